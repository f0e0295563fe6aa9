"""Contracts of connecting: who may, what is kept, and what is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from hypothesis import strategies as st

from greenroom.conformance import strategies as draw
from greenroom.conformance.contract import contract
from greenroom.conformance.moves import reached
from greenroom.conformance.product import Product
from greenroom.model import (
    Action,
    AuthorizeRequest,
    Cause,
    Done,
    GoToZoom,
    Keep,
    Level,
    Outcome,
    PhaseKind,
    Refusal,
    ShareLink,
)
from greenroom.profiles.manifest import FeatureName

_UNASKED = frozenset({Action.COMPLETE, Action.APPROVAL_DECIDED})
"""What Zoom tells, not a member: somebody who is no member may be the one it is told of."""

_SAYING_MORE = frozenset({Action.COMPLETE, Action.CONFIGURE, Action.USE})
"""Actions that come with an attempt, a change or a feature."""

_PLAIN: Mapping[str, object] = {
    "attempt": None,
    "zoom": None,
    "scopes": frozenset(),
    "change": None,
    "feature": None,
    "through": None,
}

_FEATURES = frozenset(get_args(FeatureName))
"""Features that core has, off unless a product lists them."""

_ENDED_AT_ZOOM = frozenset({Cause.UNINSTALLED, Cause.GRANT_DEAD, Cause.AUTHORIZER_GONE})
"""Causes after which Zoom answers no call through the connection any more."""


def gate(product: Product, data: st.DataObject) -> Iterator[AuthorizeRequest]:
    """Draw a question of the gate, of every other action of its level that needs no more said, and of settings."""
    request = data.draw(draw.authorize_requests(product), label="request")
    yield request
    for action in product.manifest.actions[request.level]:
        if action is not request.action and action not in _SAYING_MORE:
            yield request.model_copy(update={"action": action, **_PLAIN})
    if request.level in _configures(product):
        yield data.draw(draw.authorize_requests(product, action=Action.CONFIGURE, level=request.level), label="set")


@contract(
    why="A page that offers what is then refused, or hides what would be allowed, is reported as a bug every time.",
    fix="Answer `offer=True` as the real question; leave doing things to the engine.",
)
def a_page_offers_what_the_gate_allows(product: Product, data: st.DataObject) -> None:
    """Drawn for a page, a question has the answer that pressing the button has."""
    for request in gate(product, data):
        dry = product.authorize(request.model_copy(update={"offer": True}))
        real = product.authorize(request.model_copy(update={"offer": False}))
        assert type(dry) is type(real), f"{request.action}: {dry.kind} on a page, {real.kind} when pressed"


@contract(
    why="A state that turns on before Zoom has answered stays on when Zoom says no.",
    fix="Keep a connection only with `Action.COMPLETE` and an attempt whose outcome is `granted`.",
    refuses=True,
)
def nothing_is_kept_without_a_grant(product: Product, data: st.DataObject) -> None:
    """A connection is kept only of an attempt that Zoom granted, as a known Zoom user."""
    for request in gate(product, data):
        if isinstance(product.authorize(request), Keep):
            assert request.action is Action.COMPLETE, f"kept after {request.action}"
            assert request.attempt is not None, "kept without an attempt"
            assert request.attempt.outcome == "granted", f"kept although the outcome is {request.attempt.outcome}"
            assert request.zoom is not None, "kept of nobody"
    done = data.draw(draw.completions(product), label="completed")
    assert done.attempt is not None
    for outcome in sorted(set(get_args(Outcome)) - {"granted"}):
        attempt = done.attempt.model_copy(update={"outcome": outcome})
        answer = product.authorize(done.model_copy(update={"attempt": attempt, "zoom": None, "scopes": frozenset()}))
        assert not isinstance(answer, Keep), f"kept although the outcome is {outcome}"


@contract(
    why="Only Zoom's answer makes a connection work; a product that says so earlier schedules into the void.",
    fix="Let `Done`, `GoToZoom` and `ShareLink` lead to idle or pending phases only.",
    refuses=True,
)
def no_phase_is_active_before_zoom_answered(product: Product, data: st.DataObject) -> None:
    """Nothing but keeping a grant, or staying where one is, leads to an active phase."""
    for request in gate(product, data):
        answer = product.authorize(request)
        if isinstance(answer, Done | GoToZoom | ShareLink) and answer.phase is not None:
            phases = {phase.name: phase.kind for phase in product.manifest.phases[request.level]}
            now = {one.phase for one in request.connections if one.level is request.level}
            active = phases.get(answer.phase) is PhaseKind.ACTIVE
            assert not active or answer.phase in now, f"{request.action} leads to {answer.phase}"


@contract(
    why="One Zoom user who connects two organizations mixes their meetings.",
    fix="Ask `request.held_elsewhere` before keeping, where the manifest says `exclusive`.",
    refuses=True,
    unless=lambda product: "" if product.manifest.exclusive else "the manifest declares nothing exclusive",
)
def an_exclusive_zoom_user_is_kept_once(product: Product, data: st.DataObject) -> None:
    """Where the product is exclusive, a Zoom user that another organization holds is refused."""
    request = data.draw(draw.completions(product), label="request")
    held = request.model_copy(update={"held_elsewhere": True})
    assert isinstance(product.authorize(held), Refusal), "kept although another organization holds it"


@contract(
    why="Somebody who left keeps their hands on the integration.",
    fix="Begin with `greenroom.rules.only_active`.",
    refuses=True,
)
def somebody_inactive_does_nothing(product: Product, data: st.DataObject) -> None:
    """A member who is not active is refused whatever they try; a verdict of Zoom's is nobody's doing."""
    for request in gate(product, data):
        if request.actor is not None and request.action is not Action.APPROVAL_DECIDED:
            gone = request.model_copy(update={"actor": request.actor.model_copy(update={"active": False})})
            assert isinstance(product.authorize(gone), Refusal), f"may {request.action}"


@contract(
    why="A request without a person behind it, from a queue or a forged form, must not change anything.",
    fix="Refuse when `request.actor` is None, except where a shared link was completed or Zoom tells a verdict.",
    refuses=True,
)
def nobody_does_nothing(product: Product, data: st.DataObject) -> None:
    """Without a member nothing is allowed, except what Zoom tells."""
    for request in gate(product, data):
        if request.action not in _UNASKED:
            answer = product.authorize(request.model_copy(update={"actor": None}))
            assert isinstance(answer, Refusal), f"nobody may {request.action}"


@contract(
    why="A button of another product that works here nonetheless is a behaviour nobody documented.",
    fix="Refuse every action that the manifest does not list for the level.",
    refuses=True,
)
def what_is_not_offered_is_refused(product: Product, data: st.DataObject) -> None:
    """An action that the product does not have at a level is refused there."""
    request = data.draw(draw.authorize_requests(product), label="request")
    for action in Action:
        if action not in product.manifest.actions[request.level]:
            answer = product.authorize(request.model_copy(update={"action": action, **_PLAIN}))
            assert isinstance(answer, Refusal), f"may {action}"


def _uses(product: Product) -> tuple[Level, ...]:
    """Return the levels at which features are used, if there are any."""
    return tuple(one for one in product.manifest.levels if Action.USE in product.manifest.actions[one])


@contract(
    why="Recordings that the product never showed are open to whoever knows how to ask for them.",
    fix="Refuse with `Action.USE` every feature that the manifest does not list under `features`.",
    refuses=True,
    unless=lambda product: "" if _uses(product) else "it has no features to use",
)
def a_feature_that_is_not_listed_is_refused(product: Product, data: st.DataObject) -> None:
    """Nobody uses a feature that the manifest does not list, or one that nobody ever heard of."""
    level = data.draw(st.sampled_from(_uses(product)), label="level")
    request = data.draw(draw.authorize_requests(product, action=Action.USE, level=level), label="request")
    for feature in (*sorted(_FEATURES - product.manifest.features.keys()), "no_such_feature", None):
        answer = product.authorize(request.model_copy(update={"feature": feature}))
        assert isinstance(answer, Refusal), f"may use {feature}"


def _configures(product: Product) -> tuple[Level, ...]:
    """Return the levels at which settings are offered, if there are any."""
    manifest = product.manifest
    return tuple(one for one in manifest.levels if product.settings and Action.CONFIGURE in manifest.actions[one])


@contract(
    why="Addresses that nobody verified host meetings that fail at the hour they are to begin.",
    fix="Return under `verified` only addresses whose Zoom user was found and is active.",
    refuses=True,
    unless=lambda product: "" if _configures(product) else "nobody is offered to set anything",
)
def only_active_zoom_users_are_verified(product: Product, data: st.DataObject) -> None:
    """Of the people named by settings, only those with an active Zoom user are accepted."""
    level = data.draw(st.sampled_from(_configures(product)), label="level")
    request = data.draw(draw.authorize_requests(product, action=Action.CONFIGURE, level=level), label="request")
    if request.change is None:
        return
    answer = product.authorize(request)
    active = {one.email for one in request.change.looked_up if one.zoom is not None and one.zoom.status == "active"}
    if isinstance(answer, Done):
        assert answer.verified <= active, f"accepts {', '.join(sorted(answer.verified - active))}"


@contract(
    why="A connection that Zoom has ended and the product shows as working fails at every interview.",
    fix="Answer these causes with an idle or broken phase, as `greenroom.rules.loss` does.",
    refuses=True,
)
def what_ended_at_zoom_is_not_active(product: Product, data: st.DataObject) -> None:
    """Uninstalled, dead, or its authorizer gone: the connection's phase is not an active one."""
    request = data.draw(draw.disconnect_requests(product), label="request")
    via = data.draw(draw.working_connections(product), label="connection")
    cause = data.draw(st.sampled_from(sorted(_ENDED_AT_ZOOM)), label="cause")
    loss = product.disconnect(request.model_copy(update={"cause": cause, "connection": via}))
    phases = {phase.name: phase.kind for phase in product.manifest.phases[via.level]}
    assert loss.phase in phases, f"{loss.phase} is no phase of this level"
    assert phases[loss.phase] is not PhaseKind.ACTIVE, f"stays {loss.phase}"


@contract(
    why="What would change, asked before disconnecting, has to be what then changes.",
    fix="Answer `offer=True` as the real question.",
)
def a_loss_is_told_as_it_will_be(product: Product, data: st.DataObject) -> None:
    """Asked ahead, a loss is the one that comes."""
    request = data.draw(draw.disconnect_requests(product), label="request")
    dry = product.disconnect(request.model_copy(update={"offer": True}))
    assert dry == product.disconnect(request.model_copy(update={"offer": False}))


@contract(
    why="The phase diagram is what integrators draw their pages by.",
    fix="Correct `moves` in the manifest, or the hook that moves otherwise.",
    once=True,
)
def connections_move_as_declared(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Every declared move of a connection happens, and every move that happens is declared."""
    declared = {
        (level, move) for level, moves in product.manifest.moves.items() for one in moves for move in one.each()
    }
    found = reached(product)
    assert not declared - found, f"declared and never happens: {sorted(map(str, declared - found))}"
    assert not found - declared, f"happens and is not declared: {sorted(map(str, found - declared))}"
