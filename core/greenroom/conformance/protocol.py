"""The bodies of the kit's protocol (``docs/protocol.md``): what a subject is sent, and what it answers with."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from greenroom.conformance.subject import Question, Sight
from greenroom.model import (
    AuthorizeRequest,
    Change,
    ChangeRequest,
    Choice,
    Connection,
    CreateRequest,
    DisconnectRequest,
    HostRequest,
    InviteRequest,
    Letters,
    Loss,
    MeetingRequest,
    Organization,
    Plan,
    Scope,
    Step,
    Want,
)
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest

Object = dict[str, JsonValue]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class World(_Body):
    """What `Ask` calls by these names."""

    organization: Organization
    at: AwareDatetime
    connections: tuple[Connection, ...]
    parameters: tuple[tuple[str, str | int | bool], ...]


class SettingsByName(_Body):
    """The settings that are saved, by name, and the addresses of hosts that were verified."""

    organization: Object | None = None
    member: Object | None = None
    kind: Object | None = None
    candidate: Object | None = None
    verified: tuple[str, ...] = ()


class Reset(_Body):
    """POST /reset."""

    world: Object
    settings: Object


class Act(_Body):
    """POST /act."""

    actor: Object | None
    action: Question
    arguments: Object


class Observe(_Body):
    """POST /observe."""

    what: Sight


class Answers(_Body):
    """By question, the answers there are to it."""

    authorize: Step
    want_meeting: Want
    select_host: Choice
    create_meeting: Plan
    render_invite: Letters
    disconnect: Loss
    change: Change


class Questions(_Body):
    """By question, its request: the world, the settings and the actor stand in `reset` and `act`."""

    authorize: AuthorizeRequest
    want_meeting: MeetingRequest
    select_host: HostRequest
    create_meeting: CreateRequest
    render_invite: InviteRequest
    disconnect: DisconnectRequest
    change: ChangeRequest


class Sights(_Body):
    """What can be observed."""

    words: Labels
    manifest: Manifest
    settings: dict[Scope, Object]
    clauses: dict[str, str]


class Protocol(_Body):
    """Everything a subject is sent, and everything it answers with."""

    reset: Reset
    act: Act
    observe: Observe
    world: World
    settings: SettingsByName
    questions: Questions
    answers: Answers
    seen: Sights
