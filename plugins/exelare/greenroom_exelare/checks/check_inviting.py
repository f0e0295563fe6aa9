"""The invitation mail is there to be reviewed and edited, and goes out when the recruiter says Send."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves
from greenroom.conformance.facts import interview
from greenroom.model import Stage, Wanted
from greenroom_exelare.checks.asks import INA, event, invites, letters, mail, wanted

EVERY = ("new", "changed", "cancelled")


@proves("EXE-25")
def check_the_mail_is_there_by_itself(product: Product) -> None:
    """Once a meeting is made there is one invitation mail to the candidate, with nobody's asking for it."""
    for calendar_sync in (False, True):
        found = mail(product, calendar_sync=calendar_sync)
        assert (found.channel, found.template, found.calendar) == ("mail", "candidate", None)
        assert cited(letters(product, calendar_sync=calendar_sync)) >= {"EXE-25", "EXE-29"}


@proves("EXE-25")
def check_without_a_candidate_no_mail(product: Product) -> None:
    """Where nobody is to be invited there is no mail; the calendar is the recruiter's."""
    assert letters(product, candidates=()).items == ()
    assert [one.audience for one in letters(product, candidates=(), calendar_sync=True).items] == ["scheduler"]


@proves("EXE-24", "EXE-26")
def check_no_mail_without_a_meeting(product: Product) -> None:
    """Where no meeting was made nobody is invited and no event made, also not with calendar sync."""
    for calendar_sync in (False, True):
        for why in EVERY:
            assert invites(product, why=why, made=False, calendar_sync=calendar_sync) == {}
    assert "EXE-26" in cited(letters(product, made=False))


@proves("EXE-27")
def check_what_the_mail_shows(product: Product) -> None:
    """Of the meeting's details the mail can state the link, to be clicked, and neither meeting ID nor passcode."""
    for why in EVERY:
        found = mail(product, why=why)
        assert found.shows == {"join_url"}
        assert found.direct_link


@proves("EXE-27")
def check_the_mail_has_interview_instructions(product: Product) -> None:
    """The mail says what to do with the link, in the product's words; additional notes are the recruiter's."""
    for why in EVERY:
        notes = mail(product, why=why).notes
        assert len(notes) == 1
        assert "click the link" in product.words.text(notes[0])


@proves("EXE-28")
def check_the_mail_need_not_be_reviewed(product: Product) -> None:
    """The recruiter can look at the mail before sending it, and nobody has to."""
    assert not product.manifest.sending.review_first
    assert mail(product).editable


@proves("EXE-28", "EXE-30")
def check_the_mail_can_be_edited(product: Product) -> None:
    """The recruiter may rewrite subject and body, of every mail to the candidate."""
    for why in EVERY:
        assert mail(product, why=why).editable == {"subject", "body"}


@proves("EXE-29", "EXE-31")
def check_the_mail_waits_for_send(product: Product) -> None:
    """New, changed or canceled, the mail goes out only when somebody says Send."""
    for why in EVERY:
        for calendar_sync in (False, True):
            assert mail(product, why=why, calendar_sync=calendar_sync).release == "on_send"
    assert product.words.places.get("send") == "Send"


@proves("EXE-31")
def check_the_meeting_does_not_wait_for_send(product: Product) -> None:
    """What was saved and never sent has its meeting, and its event in the calendar."""
    assert isinstance(wanted(product, interview(INA, stage=Stage.SAVED)), Wanted)
    assert event(product).release == "at_once"


@proves("EXE-32")
def check_interviewers_get_no_invitation(product: Product) -> None:
    """No invitation to interviewers is described, and none is made."""
    for why in EVERY:
        assert "interviewers" not in invites(product, why=why, calendar_sync=True)
        assert "interviewers" not in invites(product, why=why)
    assert "EXE-32" in cited(letters(product))
