"""``profile.yaml``: what a profile is, readable without importing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from greenroom.model import Action, AppKind, Cause, Level, Permission, PhaseKind, Value
from greenroom.profiles.dimensions import wrong_words

ClauseId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}-\d{2,3}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]+$")]
Clauses = tuple[ClauseId, ...]

HookFact = Literal["approval", "busy", "hosts", "interviewers", "load", "permissions", "turns"]

FACTS: Mapping[str, frozenset[str]] = {
    "authorize": frozenset({"approval", "permissions"}),
    "want_meeting": frozenset({"busy", "interviewers"}),
    "select_host": frozenset({"busy", "hosts", "interviewers", "load", "turns"}),
    "create_meeting": frozenset({"busy", "interviewers"}),
    "render_invite": frozenset({"interviewers"}),
    "change": frozenset({"load"}),
}
"""The facts that each hook may declare; the others never come with its request."""


class PhaseSpec(Value):
    """One state of a connection: the product's word (or its key) and the kind core acts on."""

    name: Key
    kind: PhaseKind
    clauses: Clauses = ()


class Move(Value):
    """A connection goes from phase ``at`` to phase ``to`` by an action, or by the cause of a loss."""

    at: Key
    to: Key
    by: str


class Moves(Value):
    """Every way from phase ``at`` to phase ``to``: actions, and causes of a loss."""

    at: Key
    to: Key
    by: tuple[str, ...] = Field(min_length=1)

    def each(self) -> tuple[Move, ...]:
        """Return one move for each way."""
        return tuple(Move(at=self.at, to=self.to, by=by) for by in self.by)


class Exclusive(Value):
    """One Zoom user may hold connections of this profile in one organization only."""

    by: Literal["zoom_user"]
    clauses: Clauses = Field(min_length=1)


class NotOffered(Value):
    """An action the product does not have, and what it tells people instead."""

    say: Key
    clauses: Clauses = Field(min_length=1)


class LinkRule(Value):
    """When a meeting link comes into being, at whose wish, and whether it is unique."""

    stage: Literal["draft", "saved", "confirmed"]
    opt_in: Literal["interview", "kind", "always"]
    unique: Literal["always", "unless_pmi", "silent"]
    clauses: Clauses = Field(min_length=1)


class Sending(Value):
    """Whether somebody looks at the invites before they go out."""

    review_first: bool
    clauses: Clauses = ()


class SharedLink(Value):
    """The life of a link that somebody else completes with: until it was used, or until the connection is made."""

    life: Literal["until_used", "until_connected"]
    clauses: Clauses = Field(min_length=1)


class Roles(Value):
    """The product's role names: who administers, who merely uses, and all that are known."""

    administrator: str
    plain: str
    known: tuple[str, ...] = Field(min_length=1)
    clauses: Clauses = ()


class Purpose(Value):
    """What a scope is needed for."""

    say: Key
    clauses: Clauses = Field(min_length=1)


class ScopeSpec(Value):
    """A scope as the product prints it, the Zoom scopes it stands for, and its purposes.

    ``zoom`` are Zoom's granular names, ``classic`` those of apps that were made before there were any.
    """

    name: str
    zoom: tuple[str, ...] = ()
    classic: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = Field(min_length=1)


FeatureName = Literal[
    "recordings",
    "transcripts",
    "calls",
    "chat",
    "timeline",
    "start_as_host",
    "in_meeting",
    "calendar_view",
    "meeting_details",
    "rooms",
]


class FeatureSpec(Value):
    """A capability of core that this profile switches on, the product scopes and roles it needs."""

    scopes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    clauses: Clauses = Field(min_length=1)


class ProblemSpec(Value):
    """What is said, and to whom, when something goes wrong at Zoom; only while the product ``scopes`` are granted."""

    say: Key
    scopes: tuple[str, ...] = ()
    to: Literal["actor", "scheduler", "authorizer", "zoom_admins"] = "actor"
    clauses: Clauses = Field(min_length=1)


class RecipePermission(Permission):
    """A Zoom role permission with its purpose."""

    purpose: Key
    clauses: Clauses = ()


class Recipe(Value):
    """Steps a person follows outside the product, as data; consoles and docs draw them."""

    say: Key
    steps: tuple[Key, ...] = Field(min_length=1)
    name: str | None = None
    description: str | None = None
    permissions: tuple[RecipePermission, ...] = ()
    clauses: Clauses = Field(min_length=1)


class Capability(Value):
    """How far the product's document describes something."""

    level: Literal["full", "partial", "unsupported", "silent"]
    reason: str = ""


class Statement(Value):
    """A sentence of the document that is declared and never asserted."""

    clause: ClauseId
    say: Key


def _one_or_more(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,)


class DimensionStatement(Value):
    """What holds for the product in one dimension of core's: its word or words for it, and what they leave out.

    Only what the rest of the manifest does not say already, or the clauses and the detail that go with it.
    """

    value: Annotated[tuple[str, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
    detail: str = ""
    clauses: Clauses = Field(min_length=1)


class Manifest(Value):
    """A profile's manifest. Every entry core acts on carries the clauses it rests on.

    ``levels`` is also the precedence: the first active connection is the one shown and used. ``reach``: which
    connections a question is shown. ``facts``: what is gathered for a hook beyond its request. ``dimensions``: what
    profiles are compared by, as far as nothing else here says it.
    """

    product: str
    hook_api: str
    source: str
    editions: tuple[str, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    level_clauses: Clauses = ()
    reach: Literal["own", "organization", "all"]
    apps: dict[Level, AppKind]
    exclusive: Exclusive | None = None
    phases: dict[Level, tuple[PhaseSpec, ...]]
    moves: dict[Level, tuple[Moves, ...]] = Field(default_factory=dict)
    roles: Roles
    actions: dict[Level, tuple[Action, ...]]
    not_offered: dict[Action, NotOffered] = Field(default_factory=dict)
    link: LinkRule
    sending: Sending
    share: SharedLink | None = None
    facts: dict[
        Literal["authorize", "want_meeting", "select_host", "create_meeting", "render_invite", "change"],
        tuple[HookFact, ...],
    ] = Field(default_factory=dict)
    scopes: tuple[ScopeSpec, ...] = ()
    features: dict[FeatureName, FeatureSpec] = Field(default_factory=dict)
    problems: dict[str, ProblemSpec] = Field(default_factory=dict)
    recipes: dict[str, Recipe] = Field(default_factory=dict)
    capabilities: dict[str, Capability] = Field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    parameters: dict[str, int | str | bool] = Field(default_factory=dict)
    dimensions: dict[Key, DimensionStatement] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _levels_are_complete(self) -> Self:
        for level in self.levels:
            if level not in self.phases or level not in self.apps or level not in self.actions:
                message = f"level {level.value!r} needs an entry in each of 'phases', 'apps' and 'actions'"
                raise ValueError(message)
            phases = self.phases[level]
            if not phases or phases[0].kind is not PhaseKind.IDLE:
                message = f"the first phase of level {level.value!r} must be of kind 'idle', where all start"
                raise ValueError(message)
            if len({phase.name for phase in phases}) != len(phases):
                message = f"phases of level {level.value!r} have equal names"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _moves_are_of_phases(self) -> Self:
        ways = {action.value for action in Action} | {cause.value for cause in Cause}
        for level, moves in self.moves.items():
            known = {phase.name for phase in self.phases.get(level, ())}
            for move in moves:
                unknown = [*({move.at, move.to} - known), *(set(move.by) - ways)]
                if unknown:
                    message = (
                        f"a move of level {level.value!r} names {unknown[0]!r}, which is no phase, action or cause"
                    )
                    raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _facts_exist(self) -> Self:
        for hook, facts in self.facts.items():
            foreign = sorted(set(facts) - FACTS[hook])
            if foreign:
                message = f"{hook} has no fact {foreign[0]!r}; it may declare {', '.join(sorted(FACTS[hook]))}"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        scopes = {scope.name for scope in self.scopes}
        for name, feature in self.features.items():
            unknown = [
                *(f"scope {scope!r}" for scope in feature.scopes if scope not in scopes),
                *(f"role {role!r}" for role in feature.roles if role not in self.roles.known),
            ]
            if unknown:
                message = f"feature {name!r} needs the {unknown[0]}, which the manifest does not list"
                raise ValueError(message)
        for key, problem in self.problems.items():
            if not scopes.issuperset(problem.scopes):
                message = f"problem {key!r} needs a scope which the manifest does not list"
                raise ValueError(message)
        for role in (self.roles.administrator, self.roles.plain):
            if role not in self.roles.known:
                message = f"role {role!r} is missing from 'roles.known'"
                raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _dimensions_are_known(self) -> Self:
        for name, statement in self.dimensions.items():
            wrong = wrong_words(name, statement.value)
            if wrong:
                raise ValueError(wrong)
        return self

    def initial_phase(self, level: Level) -> PhaseSpec:
        """Return the phase every connection of this level starts in."""
        return self.phases[level][0]

    def phase(self, level: Level, name: str) -> PhaseSpec | None:
        """Return the declared phase of this name, or ``None``; none at a level the profile lacks."""
        return next((phase for phase in self.phases.get(level, ()) if phase.name == name), None)

    def grants(self, name: str, granted: Collection[str]) -> bool:
        """Whether everything behind the product scope ``name`` is among the Zoom scopes ``granted``."""
        spec = next((scope for scope in self.scopes if scope.name == name), None)
        if spec is None:
            return False
        return any(behind and set(behind) <= set(granted) for behind in (spec.zoom, spec.classic))

    def facts_for(self, hook: str) -> frozenset[str]:
        """Return the names of the facts declared for a hook."""
        return frozenset(next((facts for name, facts in self.facts.items() if name == hook), ()))
