"""Contracts of grants: who begins and who completes are held to the same, and nothing of a grant outlives it."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from greenroom.conformance import strategies as draw
from greenroom.conformance.contract import contract
from greenroom.conformance.product import Product
from greenroom.model import Action, Cause, Connection, GoToZoom, Keep, PhaseKind, Refusal

_BY_A_PERSON = (Cause.PERSON, Cause.SWITCHED_OFF)
_NOTHING_TO_REVOKE = (Cause.UNINSTALLED, Cause.GRANT_DEAD)


@contract(
    why="Whoever is demoted between the button and Zoom's answer connects all the same.",
    fix="Ask for the role again with `Action.COMPLETE`, where the attempt is direct.",
    refuses=True,
)
def who_may_not_begin_does_not_finish(product: Product, data: st.DataObject) -> None:
    """A member whose role keeps them from connecting completes no attempt of their own, either."""
    done = data.draw(draw.completions(product), label="request")
    assume(done.actor is not None and done.attempt is not None and done.attempt.path == "direct")
    assert done.actor is not None
    plain = done.actor.model_copy(update={"active": True, "roles": frozenset()})
    begin = done.model_copy(update={"action": Action.CONNECT, "attempt": None, "zoom": None, "actor": plain})
    head = plain.model_copy(update={"roles": frozenset(product.manifest.roles.known)})
    refused = product.authorize(begin)
    allowed = product.authorize(begin.model_copy(update={"actor": head}))
    if isinstance(refused, Refusal) and refused != allowed:
        kept = product.authorize(done.model_copy(update={"actor": plain}))
        assert not isinstance(kept, Keep), "kept for somebody who may not connect"


@contract(
    why="The meetings of everybody go through the Zoom of whoever was logged in there by chance.",
    fix="Compare `request.zoom.email` with `attempt.must_be_email` before keeping.",
    refuses=True,
)
def somebody_else_at_zoom_is_not_kept(product: Product, data: st.DataObject) -> None:
    """Where the product sends a person to Zoom as themself, nobody else's grant is kept."""
    done = data.draw(draw.completions(product), label="request")
    begin = done.model_copy(update={"action": Action.CONNECT, "attempt": None, "zoom": None})
    sent = product.authorize(begin)
    if isinstance(sent, GoToZoom) and sent.must_be_email is not None and done.attempt is not None:
        assert done.actor is not None
        assert sent.must_be_email == done.actor.email, "sends them to Zoom as somebody else"
        assert done.zoom is not None
        attempt = done.attempt.model_copy(update={"path": "direct", "must_be_email": sent.must_be_email})
        other = done.zoom.model_copy(update={"email": "somebody.else@acme.example"})
        kept = product.authorize(done.model_copy(update={"attempt": attempt, "zoom": other}))
        assert not isinstance(kept, Keep), "kept, though another address came back from Zoom"


@contract(
    why="One member's login at Zoom becomes everybody's, or the organization's nobody's.",
    fix="Keep a grant at the level that was asked about, and replace only a connection that there is.",
    refuses=True,
)
def a_grant_is_kept_where_it_was_asked_for(product: Product, data: st.DataObject) -> None:
    """What is kept is kept at the level of the question, and takes the place of nothing where there was nothing."""
    done = data.draw(draw.completions(product), label="request")
    kept = product.authorize(done)
    if isinstance(kept, Keep):
        assert kept.level is done.level, f"asked at {done.level}, kept at {kept.level}"
        idle = all(one.kind is PhaseKind.IDLE for one in done.connections if one.level is done.level)
        assert not (idle and kept.replaces), "replaces a connection that there is not"


@contract(
    why="Tokens that stay after somebody disconnected are an access nobody knows of.",
    fix="Answer with an idle phase, `ends` what it ends, and `revoke=True`, as `greenroom.rules.loss` does.",
    refuses=True,
)
def who_disconnects_leaves_nothing(product: Product, data: st.DataObject) -> None:
    """When a person ends a working connection, it becomes idle, ends, and its grant is revoked."""
    request = data.draw(draw.disconnect_requests(product), label="request")
    via = data.draw(draw.working_connections(product), label="connection")
    ended = {"cause": data.draw(st.sampled_from(_BY_A_PERSON), label="cause"), "connection": via}
    loss = product.disconnect(request.model_copy(update={**ended, "connections": _beside(via, request.connections)}))
    phase = product.manifest.phase(via.level, loss.phase)
    assert phase is not None, f"{loss.phase} is no phase of this level"
    assert phase.kind is PhaseKind.IDLE, f"ended by a person, and is {loss.phase}"
    assert loss.ends != "nothing", "ended by a person, and nothing ends"
    assert loss.revoke, "ended by a person, and the grant is not revoked"


@contract(
    why="A call with a grant that Zoom has ended fails, is tried again, and hides failures that matter.",
    fix="Leave `revoke` alone where Zoom itself ended the grant.",
    refuses=True,
)
def what_zoom_ended_is_not_revoked(product: Product, data: st.DataObject) -> None:
    """A grant that Zoom took back is not given back to Zoom."""
    request = data.draw(draw.disconnect_requests(product), label="request")
    cause = data.draw(st.sampled_from(_NOTHING_TO_REVOKE), label="cause")
    assert not product.disconnect(request.model_copy(update={"cause": cause})).revoke, f"revokes after {cause}"


def _beside(one: Connection, shown: tuple[Connection, ...]) -> tuple[Connection, ...]:
    return (one, *(other for other in shown if other.level is not one.level))
