"""What interviewers and candidates get when somebody clicks "Send All"."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves
from greenroom.conformance.facts import given, interview
from greenroom.model import CalendarKind, Detail, GivenLink, Settings, Why
from greenroom_lever.checks.asks import APRIL, CALVIN, invites, letters, saved

LINK: frozenset[Detail] = frozenset({"join_url"})
INCLUDED, NOT_INCLUDED = given(include_zoom_links=True), given(include_zoom_links=False)
CALENDARS: tuple[CalendarKind, ...] = ("google", "microsoft365")


@proves("LEV-65")
def check_room_and_link_are_both_kept(product: Product) -> None:
    """With a room the link stays on the calendar event, of either calendar, and of the candidate's too."""
    for calendar in CALENDARS:
        sent = invites(product, calendar=calendar, room="Room 1", settings=INCLUDED)
        assert {one.shows for one in sent.values()} == {LINK}


@proves("LEV-66")
def check_a_room_waits_for_scheduling_to_be_completed(product: Product) -> None:
    """With a room as without, nothing reaches a calendar, where rooms are booked, before "Send All"."""
    for room in (None, "Room 1"):
        sent = invites(product, room=room)
        assert {(one.channel, one.release) for one in sent.values()} == {("calendar", "on_send")}


@proves("LEV-67")
def check_office_365_with_a_room_has_no_direct_link(product: Product) -> None:
    """In Office 365 a room beside the link means copy and paste, for everybody who sees the link."""
    sent = invites(product, calendar="microsoft365", room="Room 1", settings=INCLUDED)
    for audience in ("interviewers", "candidate"):
        assert not sent[audience].direct_link
        told = [product.words.text(note) for note in sent[audience].notes]
        assert told == ["To join the Zoom meeting, copy and paste the URL for the Zoom meeting into your browser."]


@proves("LEV-67", "LEV-75")
def check_no_note_about_a_link_that_is_not_shown(product: Product) -> None:
    """Who gets no link is not told how to copy one."""
    sent = invites(product, calendar="microsoft365", room="Room 1")
    assert (sent["candidate"].notes, sent["candidate"].direct_link) == ((), True)
    without = invites(product, calendar="microsoft365", room="Room 1", linked=False, settings=INCLUDED)
    assert {(one.notes, one.direct_link) for one in without.values()} == {((), True)}


@proves("LEV-68")
def check_office_365_without_a_room_links_directly(product: Product) -> None:
    """Without a room Office 365 shows a direct link."""
    for one in invites(product, calendar="microsoft365", settings=INCLUDED).values():
        assert one.direct_link
        assert not one.notes


@proves("LEV-69")
def check_google_with_a_room_links_directly(product: Product) -> None:
    """The limitation is Office 365's only."""
    for one in invites(product, calendar="google", room="Room 1", settings=INCLUDED).values():
        assert one.direct_link
        assert not one.notes


@proves("LEV-70", "LEV-72")
def check_schedule_preview_send(product: Product) -> None:
    """Nothing goes out before "Send All", which comes after "Schedule" and a "Preview" that is never left out."""
    assert {event.release for event in invites(product).values()} == {"on_send"}
    assert product.manifest.sending.review_first
    steps = [product.words.places[name] for name in ("schedule", "preview", "send")]
    assert steps == ["Schedule", "Preview", "Send All"]


@proves("LEV-70")
def check_changes_wait_too(product: Product) -> None:
    """What somebody is told again, by core's default, waits for "Send All" as well."""
    whys: tuple[Why, ...] = ("new", "changed", "cancelled")
    for why in whys:
        answer = letters(product, why=why)
        assert {one.release for one in answer.items} == {"on_send"}
        assert ("CORE-03" in cited(answer)) == (why != "new")


@proves("LEV-71")
def check_only_events_with_a_link_show_one(product: Product) -> None:
    """An interviewer's event states the Zoom link if the interview has one, and none otherwise."""
    for settings in (INCLUDED, NOT_INCLUDED):
        assert invites(product, settings=settings)["interviewers"].shows == LINK
        for one in invites(product, linked=False, settings=settings).values():
            assert one.shows == set()


@proves("LEV-64", "LEV-71")
def check_a_pasted_link_is_shown_like_any(product: Product) -> None:
    """An event that carries another event's link states it."""
    pasted = GivenLink(url="https://example.zoom.us/j/81234567890")
    sent = invites(product, linked=False, given=pasted, about=interview(CALVIN), settings=INCLUDED)
    assert {one.shows for one in sent.values()} == {LINK}


@proves("LEV-73")
def check_who_is_invited(product: Product) -> None:
    """Calendar events go to the named interviewers, and to the candidate where there is one, with or without links."""
    for settings in (INCLUDED, NOT_INCLUDED):
        assert set(invites(product, settings=settings)) == {"interviewers", "candidate"}
        alone = interview(APRIL, candidates=())
        assert set(invites(product, about=alone, settings=settings)) == {"interviewers"}
        assert set(invites(product, about=interview(), settings=settings)) == {"candidate"}


@proves("LEV-74")
def check_candidate_gets_the_link_when_included(product: Product) -> None:
    """With "Include Zoom links" on, the candidate's event has the link, in either calendar."""
    for calendar in CALENDARS:
        assert invites(product, settings=INCLUDED, calendar=calendar)["candidate"].shows == LINK


@proves("LEV-75")
def check_candidate_gets_no_link_otherwise(product: Product) -> None:
    """With it off the candidate's event has none, and the interviewers still have theirs."""
    sent = invites(product, settings=NOT_INCLUDED)
    assert sent["candidate"].shows == set()
    assert sent["interviewers"].shows == LINK


@proves("LEV-76")
def check_interviewers_reach_zoom_from_either_calendar(product: Product) -> None:
    """In G Suite and Office 365 the interviewers' event itself states the link, to be followed there."""
    for calendar in CALENDARS:
        event = invites(product, calendar=calendar)["interviewers"]
        assert (event.calendar, event.channel, event.shows) == (calendar, "calendar", LINK)
        assert event.direct_link


@proves("LEV-74", "LEV-75", "LEV-76")
def check_why_the_link_is_shown(product: Product) -> None:
    """The invites name the clause that gives candidates the link or withholds it, and the one about copying it."""
    cases: tuple[tuple[Settings, CalendarKind, str | None, set[str]], ...] = (
        (INCLUDED, "google", None, {"LEV-74", "LEV-76"}),
        (NOT_INCLUDED, "google", "Room 1", {"LEV-75", "LEV-76"}),
        (NOT_INCLUDED, "microsoft365", None, {"LEV-75", "LEV-76"}),
        (INCLUDED, "microsoft365", "Room 1", {"LEV-67", "LEV-74"}),
    )
    for settings, calendar, room, clauses in cases:
        answer = letters(product, settings=settings, calendar=calendar, room=room)
        assert cited(answer) == {"LEV-71", "LEV-73", *clauses}


@proves("LEV-78")
def check_candidates_get_no_links_at_first(product: Product) -> None:
    """Over a fresh connection candidates get no links until somebody includes them."""
    assert invites(product)["candidate"].shows == set()
    assert invites(product, settings=given())["candidate"].shows == set()


@proves("LEV-79")
def check_switching_it_touches_nothing_sent(product: Product) -> None:
    """Switching "Include Zoom links" tells nobody anything: what was sent stays."""
    for before, after in ((NOT_INCLUDED, INCLUDED), (INCLUDED, NOT_INCLUDED)):
        answer = saved(product, after, before=before)
        assert (answer.phase, answer.notices, answer.warnings) == (None, (), ())
