"""Who may host in an organization, and what became of moving meetings to another host, as plain values."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from greenroom.engine.outcomes import HostDayView
from greenroom.model import Because, Level, Licence, Value, ZoomStatus


class HostView(Value):
    """Somebody who is known here, and whether they may host.

    ``status`` and ``licence`` are Zoom's, ``None`` where the connections know no such user. ``verified``: whether the
    host list's verification accepted them, ``None`` where they are on no list. ``place``: in the order of the
    rotation, from 1; ``turns``: meetings made or in flight since the rotation last changed. ``why``: the profile's
    reason for a yes or a no, in words; ``because`` its clauses. ``day``: today's changes of their meetings.
    """

    email: str
    member: bool
    status: ZoomStatus | None = None
    licence: Licence | None = None
    verified: bool | None = None
    hosts: bool
    via: Level | None = None
    why: str = ""
    because: tuple[Because, ...] = ()
    place: int | None = None
    turns: int | None = None
    day: HostDayView | None = None


class NextHost(Value):
    """Whose turn it is, why, and who comes after them while nothing changes; looking uses no turn."""

    email: str
    why: str
    because: tuple[Because, ...]
    order: tuple[str, ...]


class HostsView(Value):
    """Everybody who is known here and whether they may host. ``next`` is ``None`` where nobody takes turns.

    ``rotation``: what the profile says of taking turns, where it says something. ``moving``: interviews whose move to
    another host was begun and not completed.
    """

    organization: str
    profile: str
    hosts: tuple[HostView, ...]
    next: NextHost | None = None
    rotation: str = ""
    moving: tuple[str, ...] = ()


class HostMoveView(Value):
    """What became of one interview of the host who gives them up.

    *moved*: it has a new link; *would_move*: a dry run's *moved*; *untouched*: it is over or under way; *refused*,
    *failed* and *unclear* as in an interview's outcome: its earlier link stands. ``earlier_at_zoom``: what became of
    the earlier meeting there. ``place_taken``: whom the new host stands for besides, as *scheduler* or *interviewer*.
    """

    interview: str
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    kind: Literal["moved", "would_move", "untouched", "refused", "failed", "unclear"]
    message: str = ""
    code: str | None = None
    because: tuple[Because, ...] = ()
    place_taken: tuple[Literal["scheduler", "interviewer"], ...] = ()
    join_url: str | None = None
    earlier_at_zoom: Literal["deleted", "stays"] | None = None
    told: tuple[str, ...] = ()
    with_it: tuple[str, ...] = ()


class HostMoveOutcome(Value):
    """What became of giving one host's coming meetings to another, interview by interview."""

    organization: str
    from_: str
    to: str
    dry_run: bool = False
    interviews: tuple[HostMoveView, ...]
