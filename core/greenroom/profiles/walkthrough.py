"""``walkthrough.yaml``: the steps by which a demo or a console walks an administrator through a profile.

The people are roles of a cast that whoever plays the walkthrough fills: Zoom's owner and admins, a recruiter,
a coordinator with a custom Zoom role, somebody with a Zoom account of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from greenroom.model import Action, Level, Scope, Value

CastName = Literal["zoom_owner", "zoom_admin", "second_zoom_admin", "recruiter", "coordinator", "solo"]
"""Whom whoever plays a walkthrough casts."""


class CastMember(Value):
    """Somebody of the cast who is a member of the organization, with the product's role names."""

    who: CastName
    """Who."""
    roles: tuple[str, ...] = ()
    """Their roles, in the product's words."""


class OrganizationSetup(Value):
    """The organization the walkthrough starts from."""

    set: dict[str, str] = Field(default_factory=dict)
    """As `greenroom org create --set` takes it."""
    members: tuple[CastMember, ...] = Field(min_length=1)
    """Who is a member of it."""


class AtZoom(Value):
    """What somebody does on Zoom's own pages."""

    who: CastName
    """Who goes there."""
    decision: Literal["authorize", "decline"] = "authorize"
    """What they decide."""


class Connect(Value):
    """Connect to Zoom."""

    level: Level
    """For whom."""
    share: bool = False
    """By a link given to somebody else."""
    at_zoom: AtZoom | None = None
    """Who decides at Zoom, and how; ``None`` = nobody goes there."""


class Act(Value):
    """Do an action of the gate."""

    action: Action
    """Which."""
    level: Level = Level.ORGANIZATION
    """For whom."""
    confirmed: bool = False
    """Whether they confirmed it already."""


class Configure(Value):
    """Save settings of a scope; values as the command line takes them (``a,b`` is a list).

    Somebody of the cast stands for their e-mail address.
    """

    scope: Scope = Scope.ORGANIZATION
    """What the settings belong to."""
    subject: str = ""
    """Which member, kind of interview or candidate; empty for the organization's."""
    values: dict[str, str]
    """By name; as the command line takes them (``a,b`` is a list)."""

    def filled(self, addresses: Mapping[str, str]) -> dict[str, str]:
        """Return the values with the addresses of those who play the cast."""
        return {
            name: ",".join(addresses.get(item, item) for item in value.split(","))
            for name, value in self.values.items()
        }


class ZoomEvent(Value):
    """Something a Zoom admin does in Zoom's own administration."""

    event: Literal["approve_app", "reject_app"]
    """What is decided."""
    app: Literal["user", "admin"]
    """About which app."""


class Expect(Value):
    """What must hold after the step."""

    level: Level | None = None
    """Whose connection."""
    phase: str | None = None
    """The phase it is in then."""
    refused: str | None = None
    """The code of the refusal."""


class WalkthroughStep(Value):
    """One step; exactly one of the four doings."""

    tell: str
    """What the person reads."""
    who: CastName
    """Who does it."""
    act: Act | None = None
    """They do an action of the gate."""
    connect: Connect | None = None
    """They connect to Zoom."""
    configure: Configure | None = None
    """They save settings."""
    zoom: ZoomEvent | None = None
    """They do something in Zoom's own administration."""
    expect: Expect = Expect()
    """What must hold then."""

    @model_validator(mode="after")
    def _one_doing(self) -> Self:
        doings = [doing for doing in (self.act, self.connect, self.configure, self.zoom) if doing is not None]
        if len(doings) != 1:
            message = "a step does exactly one of 'act', 'connect', 'configure', 'zoom'"
            raise ValueError(message)
        return self


class Walkthrough(Value):
    """From an empty organization to scheduling."""

    organization: OrganizationSetup
    """What it starts from."""
    steps: tuple[WalkthroughStep, ...] = Field(min_length=1)
    """What is done, in order."""
    scheduler: CastName
    """Who schedules the panel then."""
    stage: str | None = None
    """The kind of interview it is, where the product has such."""
    host: CastName | None = None
    """Whom the scheduler chooses as host, where the product asks for a choice."""
    interviewer: CastName | None = None
    """Who interviews too, where only an interviewer who has connected can host."""
