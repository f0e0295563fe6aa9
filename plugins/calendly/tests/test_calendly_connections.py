"""Any order of connecting, disconnecting and losing: what is shown is what is used, and the two never mix."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import (
    Action,
    Cause,
    Connection,
    Done,
    GoToZoom,
    HostChoice,
    Keep,
    Level,
    Refusal,
    ShareLink,
    Step,
    Wanted,
    ZoomRole,
)
from greenroom.profiles import Registry
from greenroom_calendly.checks.asks import (
    ADMIN,
    CONNECTED,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    UMA_AT_ZOOM,
    UMAS_OWN_ZOOM,
    USER,
    activate,
    ask,
    connect_personal,
    ending,
    scheduling,
    shown,
    whether,
    zooms,
)

CALENDLY = Product(InProcess(Registry.discover().profile("calendly")))

PHASES = st.sampled_from((NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT))
STEPS = st.sampled_from(
    (
        "connect organization",
        "disconnect organization",
        "demote the administrator",
        "remove the administrator",
        "connect personal",
        "disconnect personal",
        "personal grant dies",
        "remove mine",
    )
)


@dataclass(frozen=True)
class State:
    """Uma's two connections, moved only by what the profile answers."""

    phases: dict[Level, str] = field(default_factory=lambda: dict.fromkeys(Level, NOT_CONNECTED))
    removed: bool = False

    def moved(self, level: Level, phase: str) -> State:
        """Return the state with one connection in ``phase``."""
        return replace(self, phases={**self.phases, level: phase})

    @property
    def both(self) -> tuple[Connection, ...]:
        """The connections that a question about Uma is shown."""
        return zooms(organization=self.phases[Level.ORGANIZATION], own=self.phases[Level.MEMBER], removed=self.removed)


def _after(state: State, step: str) -> State:
    """Return the state after a step, moved as the answer says and in nothing else."""
    organization, own, both = state.phases[Level.ORGANIZATION], state.phases[Level.MEMBER], state.both
    match step:
        case "connect organization":
            return _kept(state, activate(CALENDLY, organization=organization))
        case "connect personal":
            return _kept(state, connect_personal(CALENDLY, own=own, organization=organization))
        case "remove mine":
            answer = ask(CALENDLY, Action.REMOVE_MINE, actor=USER, connections=both, allow_removal=True)
            return replace(state, removed=True) if isinstance(answer, Done) else state
        case "disconnect organization":
            allowed = isinstance(ask(CALENDLY, Action.DISCONNECT, actor=ADMIN, connections=both), Done)
            return _lost(state, Level.ORGANIZATION, Cause.PERSON) if allowed else state
        case "disconnect personal":
            allowed = isinstance(ask(CALENDLY, Action.DISCONNECT, Level.MEMBER, actor=USER, connections=both), Done)
            return _lost(state, Level.MEMBER, Cause.PERSON) if allowed else state
        case "demote the administrator":
            return _lost(state, Level.ORGANIZATION, Cause.AUTHORIZER_ROLE)
        case "remove the administrator":
            return _lost(state, Level.ORGANIZATION, Cause.AUTHORIZER_GONE)
        case _:
            return _lost(state, Level.MEMBER, Cause.GRANT_DEAD)


def _kept(state: State, answer: Step) -> State:
    return state.moved(answer.level, answer.phase) if isinstance(answer, Keep) else state


def _lost(state: State, level: Level, cause: Cause) -> State:
    # Only what was connected can be lost; what the organization connects after an end is everybody's again.
    if state.phases[level] == NOT_CONNECTED:
        return state
    loss = ending(CALENDLY, cause, level, at=state.phases[level])
    removed = state.removed and loss.ends != "all_of_organization"
    return replace(state, removed=removed).moved(level, loss.phase)


@given(steps=st.lists(STEPS, max_size=12))
def test_in_any_order_the_shown_one_is_used(steps: list[str]) -> None:
    """After any history a meeting goes through the connection that is shown, and is refused when none is."""
    state = State()
    for step in steps:
        before, state = state, _after(state, step)
        moved = {level for level in Level if before.phases[level] != state.phases[level]}
        assert moved <= {Level.MEMBER if "personal" in step else Level.ORGANIZATION}
        choice = CALENDLY.select_host(scheduling(state.both))
        used = choice.via.level if isinstance(choice, HostChoice) else None
        assert used is shown(CALENDLY, state.both)
        assert isinstance(CALENDLY.want_meeting(whether(scheduling(state.both))), Wanted) == (used is not None)


@given(organization=PHASES, own=PHASES, removed=st.booleans())
def test_the_host_is_always_the_scheduling_user(organization: str, own: str, *, removed: bool) -> None:
    """Whatever is connected, the host is one of the scheduling user's two Zoom users, never the administrator."""
    choice = CALENDLY.select_host(scheduling(zooms(organization=organization, own=own, removed=removed)))
    if isinstance(choice, HostChoice):
        assert choice.host == (UMAS_OWN_ZOOM if choice.via.level is Level.MEMBER else UMA_AT_ZOOM)
    else:
        assert isinstance(choice, Refusal)
        assert choice.next == (Action.CONNECT,)


@given(
    path=st.sampled_from(("direct", "shared")),
    role=st.sampled_from(("owner", "admin", "custom", "member")),
    organization=PHASES,
    outcome=st.sampled_from(("granted", "declined", "not_allowed", "approval_needed", "failed")),
)
def test_only_a_zoom_admins_grant_connects(path: str, role: ZoomRole, organization: str, outcome: str) -> None:
    """The organization is connected by a granted attempt of a Zoom owner or admin, and only if it is not already."""
    answer = activate(
        CALENDLY,
        path,
        zoom=zoom_user("zoe@acme.example", role=role),
        outcome=outcome,
        actor=ADMIN if path == "direct" else None,
        organization=organization,
    )
    expected = outcome == "granted" and role in {"owner", "admin"} and organization != CONNECTED
    assert isinstance(answer, Keep) == expected


@given(
    roles=st.frozensets(st.sampled_from(("owner", "admin", "user", "Owner", "guest"))),
    active=st.booleans(),
    organization=PHASES,
    own=PHASES,
)
def test_managing_is_for_owners_and_admins(roles: frozenset[str], organization: str, own: str, *, active: bool) -> None:
    """Whoever is not an active owner or admin manages nothing of the organization's, in any state."""
    actor = member(*roles, active=active)
    both = zooms(organization=organization, own=own, of=actor)
    managing = active and bool(roles & {"owner", "admin"})
    for action in (Action.SHARE, Action.CONNECT, Action.CONFIGURE, Action.DISCONNECT, Action.SEE_MEMBERS):
        answer = ask(CALENDLY, action, actor=actor, connections=both)
        if not managing:
            assert isinstance(answer, Refusal)
            assert answer.code in {"role_not_allowed", "not_an_active_member"}
        elif action in {Action.SHARE, Action.CONNECT}:
            assert isinstance(answer, GoToZoom | ShareLink) == (organization != CONNECTED)


@given(own=PHASES, organization=PHASES, removed=st.booleans(), allowed=st.booleans())
def test_removal_needs_leave_and_something_to_remove(
    own: str, organization: str, *, removed: bool, allowed: bool
) -> None:
    """A user removes the org-level connection exactly when it is there, still theirs, and allowed."""
    both = zooms(organization=organization, own=own, removed=removed)
    answer = ask(CALENDLY, Action.REMOVE_MINE, actor=USER, connections=both, allow_removal=allowed)
    assert isinstance(answer, Done) == (allowed and organization != NOT_CONNECTED and not removed)
