"""What the end of a connection changes and leaves alone, as people and programs read it."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from greenroom.model import CalendarKind, Level, PhaseKind, Value


class PhaseView(Value):
    """A phase as it reads; ``kind`` is what it means."""

    phase: str
    label: str
    colour: str
    kind: PhaseKind


class ConnectionChange(Value):
    """A connection before and after. ``zoom_user``: of whom it is, where it rests on a grant.

    ``grant``: what becomes of that grant. *revoked*: ended at Zoom too; *forgotten*: kept no longer, Zoom is not
    told; *shared*: another connection rests on it, so that it lives on; *stays*; *none*: there was none.
    """

    level: Level
    level_label: str
    owner: str
    zoom_user: str | None = None
    before: PhaseView
    after: PhaseView
    grant: Literal["revoked", "forgotten", "shared", "stays", "none"]


class Uses(Value):
    """The connection a member schedules through: its level, and whose Zoom user it is of."""

    level: Level
    level_label: str
    zoom_user: str | None = None


class MemberChange(Value):
    """What a member schedules through before and after; ``None``: nothing. ``opt_out_ends``: they had removed
    themselves from the connection that ends, and a later one is theirs again."""

    email: str
    before: Uses | None = None
    after: Uses | None = None
    opt_out_ends: bool = False


class InterviewStays(Value):
    """An interview whose meeting was made through a connection that ends: it keeps its link.

    ``in_reach``: moving or cancelling it still reaches Zoom afterwards.
    """

    id: str
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    host: str
    join_url: str
    in_reach: bool


class InterviewMarked(Value):
    """An interview that is left without a way to Zoom, and what is said of it from then on."""

    id: str
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    text: str


class WaitingLink(Value):
    """A link to Zoom that somebody may still follow, and whether they may afterwards."""

    level: Level
    path: Literal["direct", "shared"]
    created_at: AwareDatetime
    expires_at: AwareDatetime | None = None
    after: Literal["open", "closed"]


class NoticePlan(Value):
    """Somebody who is told, and what."""

    to: str
    text: str


class EventStays(Value):
    """An interview's event in a calendar that is written through a connection that ends: it stays as it is."""

    interview: str
    calendar: CalendarKind


class DisconnectPlan(Value):
    """Everything the end of a connection changes, and what of it stays: a dry run's answer, carried out as it is.

    ``meetings_at_zoom`` are deleted or changed by none of it. ``approval``: of the app, as it will be.
    ``joins``: whoever acts is not a member yet and becomes one.
    """

    connections: tuple[ConnectionChange, ...]
    members: tuple[MemberChange, ...]
    interviews_kept: tuple[InterviewStays, ...] = ()
    interviews_marked: tuple[InterviewMarked, ...] = ()
    links: tuple[WaitingLink, ...] = ()
    approval: Literal["not_requested", "requested", "approved", "refused"] = "not_requested"
    notices: tuple[NoticePlan, ...] = ()
    calendar_events: tuple[EventStays, ...] = ()
    joins: str | None = None
