"""What can happen in a scenario: each event is one doing, in the product or at Zoom, and when it happens."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from greenroom.engine.panel import Line, Moment
from greenroom.model import Action, Level, Scope, Value, ZoomPlan, ZoomStatus

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
"""How a person or an interview is called within a scenario."""

Decision = Literal["authorize", "decline", "leave"]
"""What somebody does on Zoom's consent page; who leaves sends nothing back."""

SettingValue = bool | int | str | tuple[str, ...]
"""A setting's value as YAML has it; lists are lists."""

FaultKind = Literal["status", "reset_before", "reset_after", "rate_limited", "token_rejected", "invalid_grant"]


class Doing(Value):
    """Base of everything that can happen."""


class Connect(Doing):
    """A member connects; ``at_zoom`` is whose Zoom the browser is signed in to, themself if left out.

    Where the profile says that something must be switched on first, the same member does that on the way.
    """

    by: Name
    level: Level | None = None
    at_zoom: Name | None = None
    decision: Decision = "authorize"


class Share(Doing):
    """A member asks for a link to give to somebody else."""

    by: Name
    level: Level | None = None


class OpenLink(Doing):
    """Somebody opens the latest shared link and decides at Zoom."""

    by: Name
    decision: Decision = "authorize"


class Act(Doing):
    """A member does any other action the gate knows (ask_approval, approval_decided, remove_mine …)."""

    by: Name
    action: Action
    level: Level | None = None
    confirmed: bool = False


class Configure(Doing):
    """A member changes settings. A profile that lacks one of them says so, and takes the others.

    ``subject``: the interview kind, or the candidate's name. Lists are YAML lists; a person's name may stand for
    their address.
    """

    by: Name
    scope: Scope = Scope.ORGANIZATION
    subject: str = ""
    values: dict[str, SettingValue] = Field(min_length=1)


class ScenarioInterview(Value):
    """One interview of a panel. ``link_of``: the link of an interview scheduled before is pasted into it; ``url``: a
    link typed by hand. ``start`` counts its days from the day of scheduling; ``confirmed: false``: it is only proposed
    so far."""

    name: Name
    title: Line | None = None
    start: Moment | None = None
    minutes: Annotated[int, Field(gt=0, le=24 * 60)] | None = None
    zone: str | None = None
    interviewers: tuple[Name, ...] = ()
    zoom: bool | None = None
    room: Line | None = None
    host: Name | None = None
    url: str | None = None
    link_of: Name | None = None
    notes: str | None = None
    confirmed: bool = True


class Schedule(Doing):
    """A member schedules a panel; ``kind`` is what a product calls stage or event type."""

    by: Name
    candidates: tuple[Name, ...] = ()
    kind: Line | None = None
    interviews: tuple[ScenarioInterview, ...] = Field(min_length=1, max_length=20)


class Edit(Doing):
    """Somebody rewrites the letter to one audience before it goes out."""

    interview: Name
    audience: Literal["interviewers", "candidate", "scheduler"]
    subject: str | None = None
    body: str | None = None


class OfInterview(Doing):
    """Something is done with one interview."""

    interview: Name


class Place(OfInterview):
    """An interview is held elsewhere: with or without Zoom, in a room, under a link typed by hand or another's."""

    zoom: bool | None = None
    room: Line | None = None
    host: Name | None = None
    url: str | None = None
    link_of: Name | None = None


class Reschedule(OfInterview):
    """An interview moves; ``start`` counts its days from the day of moving."""

    start: Moment
    minutes: Annotated[int, Field(gt=0, le=24 * 60)] | None = None


class Disconnect(Doing):
    """A member disconnects; ``confirmed``: whether they confirm, where the profile asks."""

    by: Name
    level: Level | None = None
    confirmed: bool = True


class Verdict(Doing):
    """A Zoom admin decides in Zoom's Marketplace on the app the profile uses."""

    by: Name


class Uninstall(Doing):
    """Somebody removes the app at Zoom."""

    by: Name


class ZoomUserChange(Doing):
    """Somebody is changed at Zoom, or deleted there."""

    who: Name
    role: str | None = None
    licence: Literal["basic", "licensed"] | None = None
    status: ZoomStatus | None = None
    settings: dict[str, bool | str] = Field(default_factory=dict)
    deleted: bool = False


class ZoomAccountChange(Doing):
    """The company's Zoom account changes."""

    plan: ZoomPlan | None = None
    approval: Literal["required", "not_required"] | None = None
    settings: dict[str, bool | str] = Field(default_factory=dict)


class RemoveScope(Doing):
    """The app loses the scopes at Zoom that begin so (``meeting:delete``). Who authorized it before has to do so anew
    once their access token has expired."""

    scope: str


class ZoomDown(Doing):
    """Zoom goes wrong from here on: for all operations or one (``POST /users/{userId}/meetings``), always or some
    times. ``reset_after``: the work is done and the answer lost."""

    operation: str = "*"
    kind: FaultKind = "status"
    status: int | None = 503
    times: Annotated[int, Field(gt=0)] | None = None


class ZoomUp(Doing):
    """Zoom works again."""


class Restart(Doing):
    """Greenroom stops and starts anew over the same database, and takes up what was open, as its service does."""


class Wait(Doing):
    """Time passes; what falls due at Zoom on the way happens."""

    days: Annotated[int, Field(ge=0)] = 0
    hours: Annotated[int, Field(ge=0)] = 0
    minutes: Annotated[int, Field(ge=0)] = 0


class Event(Value):
    """One event: when (``at``, counted from the day the scenario begins; left out: at once), and exactly one doing.

    ``tell`` is the sentence people read instead of the one made from the doing.
    """

    at: Moment | None = None
    tell: Line | None = None
    connect: Connect | None = None
    share: Share | None = None
    open_link: OpenLink | None = None
    act: Act | None = None
    configure: Configure | None = None
    schedule: Schedule | None = None
    preview: OfInterview | None = None
    edit: Edit | None = None
    send: OfInterview | None = None
    reschedule: Reschedule | None = None
    cancel: OfInterview | None = None
    confirm: OfInterview | None = None
    place: Place | None = None
    retry: OfInterview | None = None
    disconnect: Disconnect | None = None
    approve: Verdict | None = None
    reject: Verdict | None = None
    uninstall: Uninstall | None = None
    zoom_user: ZoomUserChange | None = None
    zoom_account: ZoomAccountChange | None = None
    remove_scope: RemoveScope | None = None
    zoom_down: ZoomDown | None = None
    zoom_up: ZoomUp | None = None
    wait: Wait | None = None
    restart: Restart | None = None

    @model_validator(mode="after")
    def _one_doing(self) -> Self:
        doings = [name for name in DOINGS if getattr(self, name) is not None]
        if len(doings) != 1:
            found = ", ".join(doings) or "none"
            message = f"an event is exactly one of {', '.join(DOINGS)}; here stands {found}"
            raise ValueError(message)
        return self

    @property
    def kind(self) -> str:
        """Which doing it is, as the file calls it."""
        return next(name for name in DOINGS if getattr(self, name) is not None)

    @property
    def doing(self) -> Doing:
        """What is done."""
        found = getattr(self, self.kind)
        assert isinstance(found, Doing)
        return found


DOINGS = tuple(name for name in Event.model_fields if name not in {"at", "tell"})
"""The names of everything that can happen, in the order the documentation teaches them."""
