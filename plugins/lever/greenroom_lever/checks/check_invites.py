"""What interviewers and candidates get when somebody clicks "Send All"."""

from __future__ import annotations

from greenroom.conformance import Product, proves
from greenroom.conformance.facts import interview
from greenroom.model import Action, Done, SettingsChange
from greenroom_lever.checks.asks import APRIL, ask, declared, invites, printed
from greenroom_lever.settings import OrganizationSettings

LINK = {"join_url"}


@proves("LEV-65", "LEV-66")
def check_room_and_link_are_both_kept(product: Product) -> None:
    """With a room the link stays on the calendar event, which waits for scheduling to be completed."""
    event = invites(product, room="Room 1")["interviewers"]
    assert event.shows == LINK
    assert (event.channel, event.release) == ("calendar", "on_send")


@proves("LEV-67")
def check_office_365_with_a_room_has_no_direct_link(product: Product) -> None:
    """In Office 365 a room beside the link means copy and paste, for everybody who sees the link."""
    sent = invites(product, calendar="microsoft365", room="Room 1", include_zoom_links=True)
    for audience in ("interviewers", "candidate"):
        assert not sent[audience].direct_link
        assert [note.key for note in sent[audience].notes] == ["copy_link"]


@proves("LEV-67", "LEV-75")
def check_no_note_about_a_link_that_is_not_shown(product: Product) -> None:
    """A candidate who gets no link is not told how to copy one."""
    sent = invites(product, calendar="microsoft365", room="Room 1")
    assert sent["candidate"].notes == ()


@proves("LEV-68")
def check_office_365_without_a_room_links_directly(product: Product) -> None:
    """Without a room Office 365 shows a direct link."""
    event = invites(product, calendar="microsoft365")["interviewers"]
    assert event.direct_link
    assert not event.notes


@proves("LEV-69")
def check_google_with_a_room_links_directly(product: Product) -> None:
    """The limitation is Office 365's only."""
    event = invites(product, calendar="google", room="Room 1")["interviewers"]
    assert event.direct_link
    assert not event.notes


@proves("LEV-70", "LEV-72")
def check_schedule_preview_send(product: Product) -> None:
    """Nothing goes out before "Send All", which comes after "Schedule" and "Preview"."""
    assert {event.release for event in invites(product).values()} == {"on_send"}
    assert declared("sending: {review_first: true, clauses: [LEV-70, LEV-72]}")
    assert printed("schedule: Schedule", "preview: Preview", "send: Send All")


@proves("LEV-71")
def check_only_events_with_a_link_show_one(product: Product) -> None:
    """An interviewer's event states the Zoom link if the interview has one, and none otherwise."""
    assert invites(product)["interviewers"].shows == LINK
    assert invites(product, linked=False, include_zoom_links=True)["interviewers"].shows == set()
    assert invites(product, linked=False, include_zoom_links=True)["candidate"].shows == set()


@proves("LEV-73")
def check_who_is_invited(product: Product) -> None:
    """Calendar events go to the interviewers, and to the candidate where there is one."""
    assert set(invites(product)) == {"interviewers", "candidate"}
    assert set(invites(product, about=interview(APRIL, candidates=()))) == {"interviewers"}


@proves("LEV-74")
def check_candidate_gets_the_link_when_included(product: Product) -> None:
    """With "Include Zoom links" on, the candidate's event has the link."""
    assert invites(product, include_zoom_links=True)["candidate"].shows == LINK


@proves("LEV-75")
def check_candidate_gets_no_link_otherwise(product: Product) -> None:
    """With it off the candidate's event has none, and the interviewers still have theirs."""
    sent = invites(product, include_zoom_links=False)
    assert sent["candidate"].shows == set()
    assert sent["interviewers"].shows == LINK


@proves("LEV-76")
def check_interviewers_reach_zoom_from_either_calendar(product: Product) -> None:
    """In G Suite and Office 365 the interviewers' event itself states the link."""
    for calendar in ("google", "microsoft365"):
        event = invites(product, calendar=calendar)["interviewers"]
        assert event.calendar == calendar
        assert event.shows == LINK


@proves("LEV-79")
def check_switching_it_touches_nothing_sent(product: Product) -> None:
    """Switching "Include Zoom links" tells nobody anything: what was sent stays."""
    on, off = OrganizationSettings(include_zoom_links=True), OrganizationSettings()
    for before, after in ((off, on), (on, off)):
        change = SettingsChange(scope="organization", subject="org_1", before=before, after=after)
        answer = product.authorize(ask(Action.CONFIGURE, phase="blue", change=change))
        assert isinstance(answer, Done)
        assert (answer.phase, answer.notices) == (None, ())
