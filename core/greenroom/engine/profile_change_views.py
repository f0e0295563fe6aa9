"""What a change of profile carries over and what it leaves behind, as people and programs read it."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from greenroom.engine.ending_views import PhaseView, WaitingLink
from greenroom.model import Level, Scope, Value


class ConnectionCarried(Value):
    """A connection before and after. ``carries``: it serves the new profile as it is; ``why`` not, in words.

    ``before_label`` and ``after_label`` are its level as the profiles call it; ``after`` is ``None`` where the new
    profile has no such level. ``grant``: *stays*; *revoked* at Zoom; *shared*: another connection rests on it; *none*.
    """

    level: Level
    owner: str
    zoom_user: str | None = None
    carries: bool
    why: str = ""
    before_label: str
    before: PhaseView
    after_label: str = ""
    after: PhaseView | None = None
    grant: Literal["revoked", "shared", "stays", "none"]


class SettingCarried(Value):
    """A saved setting: it keeps its value where the new profile has one of the same name and kind; else it is kept
    for the interviews that stay under the profile that is left. ``restored``: it comes back from an earlier time."""

    scope: Scope
    subject: str
    name: str
    value: str
    fate: Literal["carries", "left", "restored"]


class MemberCarried(Value):
    """A member's roles before and after; ``unknown``: those that the new profile does not have."""

    email: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    unknown: tuple[str, ...] = ()


class InterviewUnder(Value):
    """A live interview, which stays under the profile it was decided with.

    ``in_reach``: moving or cancelling it still reaches Zoom. ``stranded``: it waits for a meeting that nothing can
    make any more, and is marked so.
    """

    id: str
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    profile: str
    join_url: str | None
    in_reach: bool
    stranded: bool = False


class ProfileChange(Value):
    """Everything a change of profile does; a dry run's answer, carried out as it is.

    ``approval``: of the app, before and after. ``opt_outs_end``: members who had removed themselves from the
    organization's connection. ``hosts_unverified``: verified hosts that the new profile's settings do not name.
    ``unrevoked``: of which Zoom users the grant could not be ended at Zoom.
    """

    organization: str
    before: str
    after: str
    dry_run: bool
    connections: tuple[ConnectionCarried, ...] = ()
    settings: tuple[SettingCarried, ...] = ()
    members: tuple[MemberCarried, ...] = ()
    interviews: tuple[InterviewUnder, ...] = ()
    links: tuple[WaitingLink, ...] = ()
    approval: tuple[str, str] = ("not_requested", "not_requested")
    opt_outs_end: tuple[str, ...] = ()
    hosts_unverified: tuple[str, ...] = ()
    unrevoked: tuple[str, ...] = ()
