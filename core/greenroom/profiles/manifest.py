"""``profile.yaml``: what a profile is, readable without importing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from greenroom.model import Action, AppKind, Cause, Level, Permission, PhaseKind, Value
from greenroom.profiles.dimensions import wrong_words

ClauseId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}-\d{2,3}$")]
"""A clause's id, such as ``ACME-07``."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]+$")]
"""A name of the profile's own: lower case, digits, ``_``, ``.`` and ``-``."""

Clauses = tuple[ClauseId, ...]

HookFact = Literal["approval", "busy", "hosts", "interviewers", "load", "permissions", "turns"]
"""What is gathered for a hook only where the manifest declares it."""

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
    """One state of a connection."""

    name: Key
    """The product's word for it, or a key for that word; its label stands in ``labels/<edition>.yaml``."""
    kind: PhaseKind
    """What core makes of it."""
    clauses: Clauses = ()


class Move(Value):
    """A connection goes from phase ``at`` to phase ``to`` by an action, or by the cause of a loss."""

    at: Key
    to: Key
    by: str


class Moves(Value):
    """Every way from phase ``at`` to phase ``to``: actions, and causes of a loss."""

    at: Key
    """The phase before."""
    to: Key
    """The phase after."""
    by: tuple[str, ...] = Field(min_length=1)
    """The actions, and causes of a loss, that lead there."""

    def each(self) -> tuple[Move, ...]:
        """Return one move for each way."""
        return tuple(Move(at=self.at, to=self.to, by=by) for by in self.by)


class Exclusive(Value):
    """One Zoom user may hold connections of this profile in one organization only."""

    by: Literal["zoom_user"]
    """What is exclusive."""
    clauses: Clauses = Field(min_length=1)


class NotOffered(Value):
    """An action the product does not have, and what it tells people instead."""

    say: Key
    """The message people get instead."""
    clauses: Clauses = Field(min_length=1)


class LinkRule(Value):
    """When a meeting link comes into being, at whose wish, and whether it is unique."""

    stage: Literal["draft", "saved", "confirmed"]
    """From which stage on a meeting is made."""
    opt_in: Literal["interview", "kind", "always"]
    """Whether each interview wishes for it, its kind does, or every interview gets one."""
    unique: Literal["always", "unless_pmi", "silent"]
    """Whether each interview has a link of its own; *silent*: the document does not say."""
    clauses: Clauses = Field(min_length=1)


class Sending(Value):
    """Whether somebody looks at the invites before they go out."""

    review_first: bool
    """*true*: they wait until somebody says send."""
    clauses: Clauses = ()


class SharedLink(Value):
    """The life of a link that somebody else completes with."""

    life: Literal["until_used", "until_connected"]
    """Until it was used once, or until the connection is made, however often it is opened."""
    clauses: Clauses = Field(min_length=1)


class Roles(Value):
    """The product's role names."""

    administrator: str
    """Who administers; must be among ``known``."""
    plain: str
    """Who merely uses; must be among ``known``."""
    known: tuple[str, ...] = Field(min_length=1)
    """All that there are, as members hold them."""
    clauses: Clauses = ()


class Purpose(Value):
    """What a scope is needed for."""

    say: Key
    """The message that says it."""
    clauses: Clauses = Field(min_length=1)


class ScopeSpec(Value):
    """A permission as the product prints it, and the Zoom scopes it stands for."""

    name: str
    """As the product prints it."""
    zoom: tuple[str, ...] = ()
    """Zoom's granular scopes behind it; it counts as granted when all of them are."""
    classic: tuple[str, ...] = ()
    """Or these: the scopes of Zoom apps that were made before there were granular ones."""
    purposes: tuple[Purpose, ...] = Field(min_length=1)
    """What it is needed for."""


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
"""The capabilities of core that a profile can switch on."""


class FeatureSpec(Value):
    """A capability of core that this profile switches on."""

    scopes: tuple[str, ...] = ()
    """The product scopes (``scopes``) it needs."""
    roles: tuple[str, ...] = ()
    """The roles that may use it; empty = all."""
    clauses: Clauses = Field(min_length=1)


class ProblemSpec(Value):
    """What is said, and to whom, when something goes wrong at Zoom."""

    say: Key
    """The message."""
    scopes: tuple[str, ...] = ()
    """Told only while these product scopes are granted."""
    to: Literal["actor", "scheduler", "authorizer", "zoom_admins"] = "actor"
    """Who is told."""
    clauses: Clauses = Field(min_length=1)


class RecipePermission(Permission):
    """A Zoom role permission, and what it is for."""

    purpose: Key
    """The message that says what it is for."""
    clauses: Clauses = ()


class Recipe(Value):
    """Steps a person follows outside the product, as data; consoles and docs draw them."""

    say: Key
    """The message that leads to it."""
    steps: tuple[Key, ...] = Field(min_length=1)
    """A message for each step, in order."""
    name: str | None = None
    """What the person is to call what they make, such as a Zoom role."""
    description: str | None = None
    """What they are to write as its description."""
    permissions: tuple[RecipePermission, ...] = ()
    """The Zoom role permissions they are to tick."""
    clauses: Clauses = Field(min_length=1)


class Capability(Value):
    """How far the product's document describes something."""

    level: Literal["full", "partial", "unsupported", "silent"]
    """*full*, *partial*, *unsupported* (the document rules it out), or *silent* (it does not say)."""
    reason: str = ""
    """Why it is not *full*, with clause ids in brackets."""


class Statement(Value):
    """A sentence of the document that is declared and never asserted."""

    clause: ClauseId
    """The clause that says so."""
    say: Key
    """The message that says it."""


def _one_or_more(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,)


class DimensionStatement(Value):
    """What holds for the product in one dimension of core's: its word or words for it, and what they leave out.

    Only what the rest of the manifest does not say already, or the clauses and the detail that go with it.
    """

    value: Annotated[tuple[str, ...], BeforeValidator(_one_or_more), Field(min_length=1)]
    """Core's word, or words, for it."""
    detail: str = ""
    """What those words leave out, in the product's."""
    clauses: Clauses = Field(min_length=1)


class Manifest(Value):
    """A profile's manifest. Every entry core acts on carries the clauses it rests on."""

    product: str
    """What the product is called."""
    hook_api: str
    """The range of hook APIs it was written for, such as ``>=1.0,<2``; see the stability policy."""
    source: str
    """The document it was written from."""
    editions: tuple[str, ...] = Field(min_length=1)
    """The editions of its words, each a file ``labels/<edition>.yaml``; the newest is used unless asked otherwise."""
    levels: tuple[Level, ...] = Field(min_length=1)
    """Who connects: the organization, each member, or both. The order is the precedence: the first active connection is
    the one shown and used."""
    level_clauses: Clauses = ()
    """The clauses that say who connects."""
    reach: Literal["own", "organization", "all"]
    """Which connections a question is shown: one's own, the organization's too, or all."""
    apps: dict[Level, AppKind]
    """The kind of Zoom app that each level goes through."""
    exclusive: Exclusive | None = None
    """Where one Zoom user may connect one organization only."""
    phases: dict[Level, tuple[PhaseSpec, ...]]
    """The states of a connection, by level; the first is where all start, and of kind *idle*."""
    moves: dict[Level, tuple[Moves, ...]] = Field(default_factory=dict)
    """How a connection goes from phase to phase, by level. A contract compares this with what the hooks do."""
    roles: Roles
    """The product's role names."""
    actions: dict[Level, tuple[Action, ...]]
    """What people may ever do, by level; core refuses all else."""
    not_offered: dict[Action, NotOffered] = Field(default_factory=dict)
    """Actions the product does not have, and what it says instead."""
    link: LinkRule
    """When a meeting link comes into being."""
    sending: Sending
    """Whether invites wait to be looked at."""
    share: SharedLink | None = None
    """Where ``share`` is an action: the life of its links."""
    facts: dict[
        Literal["authorize", "want_meeting", "select_host", "create_meeting", "render_invite", "change"],
        tuple[HookFact, ...],
    ] = Field(default_factory=dict)
    """What is gathered for a hook beyond its request; reading any other raises `UndeclaredFact`."""
    scopes: tuple[ScopeSpec, ...] = ()
    """The permissions that the product prints, and what Zoom calls them."""
    features: dict[FeatureName, FeatureSpec] = Field(default_factory=dict)
    """The capabilities of core that this profile switches on."""
    problems: dict[str, ProblemSpec] = Field(default_factory=dict)
    """What is said when something goes wrong at Zoom, by problem: ``creation``, ``permission_lost``,
    ``degraded.FIELD``, ``calendar``, or one of the profile's own."""
    recipes: dict[str, Recipe] = Field(default_factory=dict)
    """Steps that people follow outside the product, by name; an `Instruct` names one."""
    capabilities: dict[str, Capability] = Field(default_factory=dict)
    """How far the document describes something, by name."""
    statements: tuple[Statement, ...] = ()
    """Sentences of the document that are declared and never asserted."""
    parameters: dict[str, int | str | bool] = Field(default_factory=dict)
    """Figures that a platform may see otherwise, with the document's value; a hook reads one with
    ``request.parameter(name, default)``, and a deployment may override it."""
    dimensions: dict[Key, DimensionStatement] = Field(default_factory=dict)
    """What profiles are compared by, as far as nothing else here says it."""

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
