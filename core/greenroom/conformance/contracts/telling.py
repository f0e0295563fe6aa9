"""Contracts of letters: what is sent equals what Zoom has, in its reader's hours, and names stay names.

They look at the letters of a life of the product (`greenroom.conformance.plays`), whose candidate and interviews are
called what somebody would call them who wants more than a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from greenroom.conformance.contract import contract
from greenroom.conformance.plays.calendars import SentEvent, event_of
from greenroom.conformance.plays.cast import CANDIDATE_ZONE
from greenroom.conformance.plays.mail import addresses, harmful_markup
from greenroom.conformance.plays.moments import Moment, SentLetter, ZoomMeeting
from greenroom.conformance.plays.playing import Played, lived, not_played
from greenroom.conformance.product import Product

_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
_LINK = re.compile(r"https?://[^\s\"'<>\\]+")
_HOSTS_ONLY = ("zak=", "/s/", "start_url", "host_key", "hostkey", "access_token", "refresh_token", "Bearer ")


def _sent(life: Played) -> Iterator[tuple[SentLetter, ZoomMeeting | None, Moment]]:
    """Yield each letter once, with its interview's meeting at that moment."""
    seen = 0
    for moment in life.moments.values():
        for letter in moment.letters[seen:]:
            yield letter, moment.meeting_of(letter.interview), moment
        seen = len(moment.letters)


@contract(
    why="The host waits in one meeting and the candidate in another.",
    fix="Grant details with `shows` and let core fill them in; write no link, number or passcode into a template.",
    once=True,
    unless=not_played,
)
def letters_say_what_zoom_has(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """A link to a meeting in a letter is that of the interview's meeting, and so is the topic Zoom shows."""
    for letter, meeting, _ in _sent(lived(product)):
        for link in set(_LINK.findall(f"{letter.text}\n{_unfolded(letter)}")):
            if "/j/" in link and letter.method != "CANCEL":
                assert meeting is not None, f"the {letter.audience}'s letter has a link and Zoom no meeting"
                assert link.rstrip(".,;") == meeting.join_url, f"the {letter.audience}'s letter has another link"


@contract(
    why="Half of all missed interviews are missed by a time zone.",
    fix="Print times with the template's `interview.time`, which is in the reader's zone; do no arithmetic on times.",
    once=True,
    unless=not_played,
)
def each_reader_reads_their_own_hours(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """A letter that names an hour names the meeting's, in the zone of the candidate or of the interview."""
    for letter, meeting, moment in _sent(lived(product)):
        start = meeting.start if meeting is not None else None
        if start is not None and letter.method != "CANCEL" and _CLOCK.search(letter.text):
            zone = CANDIDATE_ZONE if letter.audience == "candidate" else moment.interviews[letter.interview].zone
            local = start.astimezone(ZoneInfo(zone or "UTC"))
            assert f"{local:%H:%M}" in letter.text, f"the {letter.audience} reads no {local:%H:%M} ({zone})"
            assert (zone or "UTC") in letter.text, f"the {letter.audience} is not told that hours are of {zone}"


@contract(
    why="A calendar that is told of a second event instead of a change shows both, at both times.",
    fix="Tell the same audience of changes by the same channel; uid and sequence are core's.",
    once=True,
    unless=not_played,
)
def a_calendar_event_lives_once(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """From schedule over move to cancellation, an event keeps its UID, its SEQUENCE rises, its METHOD and its times
    are those of what happened."""
    lives: dict[tuple[str, str], list[SentEvent]] = {}
    for letter, meeting, _ in _sent(lived(product)):
        if letter.ics is None:
            continue
        event = event_of(letter.ics)
        earlier = lives.setdefault((letter.interview, letter.audience), [])
        if earlier:
            assert event.uid == earlier[-1].uid, f"{letter.interview}: another UID"
            assert event.sequence > earlier[-1].sequence, f"{letter.interview}: SEQUENCE does not rise"
        earlier.append(event)
        _says_what_happened(letter, event, meeting)


def _says_what_happened(letter: SentLetter, event: SentEvent, meeting: ZoomMeeting | None) -> None:
    cancelled = letter.method == "CANCEL"
    assert event.method == letter.method, f"{letter.interview}: METHOD is {event.method}, and it is a {letter.method}"
    assert event.status == ("CANCELLED" if cancelled else "CONFIRMED"), f"{letter.interview}: STATUS is {event.status}"
    if meeting is not None and not cancelled:
        assert event.start == meeting.start, f"{letter.interview}: the event begins otherwise"
        assert event.end == meeting.end, f"{letter.interview}: the event ends otherwise"


@contract(
    why="An event that stays in a calendar after its cancellation has somebody waiting alone.",
    fix='Answer a cancellation with `calendars="cancel"`, and tell who was told.',
    once=True,
    unless=not_played,
)
def who_was_told_hears_of_changes(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Whoever got an event in their calendar is told when it moves, and when it is cancelled gets its CANCEL."""
    life = lived(product)
    for interview, moment, after, method in (
        ("design", life.at("scheduled"), life.at("moved"), "REQUEST"),
        ("coding", life.at("scheduled"), life.at("cancelled"), "CANCEL"),
    ):
        told = {one.audience for one in moment.letters if one.interview == interview and one.ics is not None}
        since = [one for one in after.letters[len(moment.letters) :] if one.interview == interview]
        for audience in sorted(told):
            heard = {one.method for one in since if one.audience == audience}
            assert method in heard, f"the {audience} of {interview} got no {method}"


@contract(
    why="Whoever has the start link or the host key is the host: of this meeting, and of recordings.",
    fix="Grant `join_url`, `meeting_id` and `passcode` only; nothing else of a meeting is for letters.",
    refuses=True,
    once=True,
    unless=not_played,
)
def nobody_is_sent_the_hosts_key(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """No letter to anybody holds a start link, a ZAK, a host key or a token."""
    for letter, _, _ in _sent(lived(product)):
        for part in (letter.subject, letter.text, letter.html, _unfolded(letter)):
            found = [word for word in _HOSTS_ONLY if word in part]
            assert not found, f"the {letter.audience}'s letter of {letter.interview} holds {found[0]}"


@contract(
    why="A candidate whose name is a header writes to whom they like in the company's name.",
    fix="Leave headers, pages and calendars to core; mark nothing in a template as safe.",
    refuses=True,
    once=True,
    unless=not_played,
)
def names_stay_names(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """What people are called, and what they call an interview, adds no address, no markup, no calendar property."""
    for letter, _, _ in _sent(lived(product)):
        addressed = addresses(letter.eml)
        assert set(letter.recipients) <= addressed, "somebody's name took the place of an address"
        assert not any("evil" in one for one in addressed), "a name became an address"
        assert not harmful_markup(letter.html), f"a name became markup: {', '.join(harmful_markup(letter.html))}"
        if letter.ics is not None:
            invited = set(event_of(letter.ics).attendees)
            assert invited == set(letter.recipients), "a name became an attendee, or took the place of one"


def _unfolded(letter: SentLetter) -> str:
    return (letter.ics or b"").decode().replace("\r\n ", "")
