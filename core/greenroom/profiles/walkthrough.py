"""``walkthrough.yaml``: the steps by which a demo or a console walks an administrator through a profile.

The people are roles of a cast that whoever plays the walkthrough fills: Zoom's owner and admins, a recruiter,
a coordinator with a custom Zoom role, somebody with a Zoom account of their own.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from greenroom.model import Action, Level, Scope, Value

CastName = Literal["zoom_owner", "zoom_admin", "second_zoom_admin", "recruiter", "coordinator", "solo"]


class CastMember(Value):
    """Somebody of the cast who is a member of the organization, with the product's role names."""

    who: CastName
    roles: tuple[str, ...] = ()


class OrganizationSetup(Value):
    """The organization the walkthrough starts from: ``set`` as `greenroom org create --set` takes it."""

    set: dict[str, str] = Field(default_factory=dict)
    members: tuple[CastMember, ...] = Field(min_length=1)


class AtZoom(Value):
    """What somebody does on Zoom's own pages."""

    who: CastName
    decision: Literal["authorize", "decline"] = "authorize"


class Connect(Value):
    """Connect to Zoom: directly or by a shared link, then decide at Zoom (``at_zoom=None``: nobody goes there)."""

    level: Level
    share: bool = False
    at_zoom: AtZoom | None = None


class Act(Value):
    """Do an action of the gate."""

    action: Action
    level: Level = Level.ORGANIZATION
    confirmed: bool = False


class Configure(Value):
    """Save settings of a scope; values as the command line takes them (``a,b`` is a list)."""

    scope: Scope = Scope.ORGANIZATION
    subject: str = ""
    values: dict[str, str]


class ZoomEvent(Value):
    """Something a Zoom admin does in Zoom's own administration."""

    event: Literal["approve_app", "reject_app"]
    app: Literal["user", "admin"]


class Expect(Value):
    """What must hold after the step: the connection's phase, or the code of a refusal."""

    level: Level | None = None
    phase: str | None = None
    refused: str | None = None


class WalkthroughStep(Value):
    """One step: ``tell`` is what the person reads; exactly one of the four doings."""

    tell: str
    who: CastName
    act: Act | None = None
    connect: Connect | None = None
    configure: Configure | None = None
    zoom: ZoomEvent | None = None
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_doing(self) -> Self:
        doings = [doing for doing in (self.act, self.connect, self.configure, self.zoom) if doing is not None]
        if len(doings) != 1:
            message = "a step does exactly one of 'act', 'connect', 'configure', 'zoom'"
            raise ValueError(message)
        return self


class Walkthrough(Value):
    """From an empty organization to scheduling: ``scheduler`` schedules the panel, in ``stage`` if the product
    has stages."""

    organization: OrganizationSetup
    steps: tuple[WalkthroughStep, ...] = Field(min_length=1)
    scheduler: CastName
    stage: str | None = None
