"""What a scenario came to: event by event, profile beside profile, and where they differ."""

from __future__ import annotations

from pydantic import AwareDatetime

from greenroom.model import Because, Considered, Value


class ConnectionNow(Value):
    """A connection that an event moved. ``label`` is the product's word, ``kind`` what it amounts to everywhere."""

    level: str
    owner: str
    label: str
    kind: str
    zoom_user: str | None = None


class InterviewNow(Value):
    """An interview that an event was about. ``state``: made, link, not_yet, none, refused, failed, unclear.

    ``link`` numbers the links of one profile in the order in which they came to be, so that an old one is recognized;
    ``new_link``: the interview did not have it before.
    """

    name: str
    state: str
    host: str | None = None
    via: str | None = None
    link: str | None = None
    new_link: bool = False
    considered: tuple[Considered, ...] = ()


class LetterNow(Value):
    """A letter that went out, or that waits (``sent`` is false). ``links``: those that stand in its text."""

    interview: str
    audience: str
    by: str
    to: tuple[str, ...]
    method: str | None = None
    sent: bool
    links: tuple[str, ...] = ()


class NoticeNow(Value):
    """A notice to somebody, in the product's words."""

    to: str
    text: str


class Happened(Value):
    """What one event came to under one profile.

    Attributes:
        outcome: a word for it, the same for all profiles (connected, refused, made, does not apply, …).
        says: what the person is told, in the product's words; at Zoom, in Zoom's.
        code: of a refusal or failure.
        next: what the person can do instead, as the product calls it.
        at_zoom: what changed at Zoom, as its ledger shows it.
        notes: what of the event does not apply to this profile, and why.
        because: what every decision of this event rests on.
    """

    outcome: str
    says: str = ""
    code: str | None = None
    next: tuple[str, ...] = ()
    connections: tuple[ConnectionNow, ...] = ()
    interviews: tuple[InterviewNow, ...] = ()
    letters: tuple[LetterNow, ...] = ()
    notices: tuple[NoticeNow, ...] = ()
    warnings: tuple[str, ...] = ()
    at_zoom: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The ids it rests on, each once."""
        return tuple(dict.fromkeys(reason.clause for reason in self.because))


class ProfilePlayed(Value):
    """A profile that the scenario was played through."""

    name: str
    edition: str
    product: str
    version: str


class Difference(Value):
    """One thing in which profiles differ: the values there are, and the profiles of each."""

    aspect: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


class EventPlayed(Value):
    """One event under every profile; ``number`` 0 is the set-up. ``by_profile`` is in the order of the profiles."""

    number: int
    kind: str
    text: str
    at: AwareDatetime
    by_profile: tuple[Happened, ...]
    differences: tuple[Difference, ...] = ()


class WhatIf(Value):
    """A scenario played through several profiles."""

    title: str
    question: str
    look_for: tuple[str, ...] = ()
    seed: int
    profiles: tuple[ProfilePlayed, ...]
    events: tuple[EventPlayed, ...]
    where_they_differ: tuple[str, ...] = ()
