"""The invitation mail is there to be reviewed and edited, and goes out when the recruiter says Send."""

from __future__ import annotations

from datetime import timedelta

from greenroom.conformance import Product, cited, proves
from greenroom.conformance.facts import interview
from greenroom.model import Span, Wanted
from greenroom_exelare.checks.asks import authorized, declared, invites, letters, printed, wanted, without

SPAN = interview().span
LATER = timedelta(hours=2)


@proves("EXE-25")
def check_the_mail_is_there_by_itself(product: Product) -> None:
    """Once a meeting is made there is one invitation mail to the candidate, with nobody's asking for it."""
    mail = invites(product)["candidate"]
    assert (mail.channel, mail.template) == ("mail", "candidate")


@proves("EXE-24", "EXE-26")
def check_no_mail_without_a_meeting(product: Product) -> None:
    """Where no meeting was made nobody is invited, also not with calendar sync."""
    for calendar_sync in (False, True):
        assert invites(product, made=False, calendar_sync=calendar_sync) == {}


@proves("EXE-27")
def check_what_the_mail_shows(product: Product) -> None:
    """Of the meeting's details the mail can state the link, and neither meeting ID nor passcode."""
    assert invites(product)["candidate"].shows == {"join_url"}


@proves("EXE-28", "EXE-30")
def check_the_mail_can_be_edited(product: Product) -> None:
    """The recruiter may rewrite subject and body; nobody has to look at it first."""
    assert invites(product)["candidate"].editable == {"subject", "body"}
    assert declared("sending: {review_first: false, clauses: [EXE-28, EXE-29]}")


@proves("EXE-29", "EXE-31")
def check_the_mail_waits_for_send(product: Product) -> None:
    """New, changed or canceled, the mail goes out only when somebody says Send; the meeting does not wait for it."""
    for why in ("new", "changed", "cancelled"):
        assert invites(product, why=why)["candidate"].release == "on_send"
    assert printed("send: Send")


@proves("EXE-32")
def check_interviewers_get_no_invitation(product: Product) -> None:
    """No invitation to interviewers is described, and none is made."""
    for why in ("new", "changed", "cancelled"):
        assert "interviewers" not in invites(product, why=why, calendar_sync=True)
    assert "EXE-32" in cited(letters(product))


@proves("EXE-36")
def check_conflicts_are_shown(product: Product) -> None:
    """An event of the recruiter's at that time is shown while arranging the interview, which it does not stop."""
    assert SPAN is not None
    answer = wanted(product, busy=(SPAN,))
    assert isinstance(answer, Wanted)
    assert [say.key for say in answer.warnings] == ["conflict"]


@proves("EXE-36", "EXE-43")
def check_no_conflict_no_word(product: Product) -> None:
    """Events at other times, touching ones included, are no conflict."""
    assert SPAN is not None
    others = (
        Span(start=SPAN.end, end=SPAN.end + LATER),
        Span(start=SPAN.start - LATER, end=SPAN.start),
    )
    answer = wanted(product, busy=others)
    assert (answer.warnings, answer.notices) == ((), ())


@proves("EXE-43")
def check_three_kinds_of_problems_are_notified_of(product: Product) -> None:
    """Account limitations, scheduling conflicts and creation errors each have their notification."""
    assert SPAN is not None
    assert [notice.to for notice in wanted(product, busy=(SPAN,)).notices] == ["scheduler"]
    assert declared(
        'plan_limit: {say: plan_limit, to: scheduler, scopes: ["meeting:read"], clauses: [EXE-43]}',
        'conflict: {say: conflict, to: scheduler, scopes: ["meeting:read"], clauses: [EXE-43]}',
        'creation: {say: creation_failed, to: scheduler, scopes: ["meeting:read"], clauses: [EXE-24, EXE-43]}',
    )


@proves("EXE-36", "EXE-43", "EXE-59")
def check_conflicts_need_their_permissions(product: Product) -> None:
    """Seeing a conflict is tied to the calendar's permission, its notification to that of meetings."""
    assert SPAN is not None
    unseen = wanted(product, busy=(SPAN,), connections=authorized(scopes=without("calendar:read")))
    assert (unseen.warnings, len(unseen.notices)) == ((), 1)
    untold = wanted(product, busy=(SPAN,), connections=authorized(scopes=without("meeting:read")))
    assert (len(untold.warnings), untold.notices) == (1, ())
