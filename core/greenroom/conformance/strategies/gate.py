"""Questions of the gate: everything a person can press, what Zoom answers, and how a connection is lost."""

from __future__ import annotations

from functools import cache
from typing import get_args

from hypothesis import strategies as st

from greenroom.conformance.product import Product
from greenroom.conformance.strategies.choices import among
from greenroom.conformance.strategies.connections import asked_scopes, connections, grounds
from greenroom.conformance.strategies.people import PEOPLE, zoom_users
from greenroom.conformance.strategies.settings import settings_changes
from greenroom.model import (
    Action,
    Approval,
    Attempt,
    AuthorizeRequest,
    Cause,
    Connection,
    DisconnectRequest,
    Level,
    Member,
    Outcome,
    ZoomAccount,
)


@cache
@st.composite
def authorize_requests(
    draw: st.DrawFn, product: Product, *, action: Action | None = None, level: Level | None = None
) -> AuthorizeRequest:
    """Draw every action (or this one) at a level (or this one), from every state, as every kind of Zoom user."""
    level = draw(among(product.manifest.levels)) if level is None else level
    action = draw(among(product.manifest.actions[level])) if action is None else action
    ground = draw(grounds(product, ripe=draw(st.integers(0, 3)) > 0))
    shown = draw(connections(product, "mem_1", ripe=draw(st.integers(0, 2)) == 0))
    more: dict[str, object] = {}
    if action is Action.COMPLETE:
        more = draw(_completed(product, level))
        more["actor"] = None if more["path"] == "shared" else ground["actor"]
        del more["path"]
    elif action is Action.CONFIGURE:
        more["change"] = None if draw(st.integers(0, 3)) == 0 else draw(settings_changes(product))
    elif action is Action.USE:
        more = draw(_used(product, shown))
    return AuthorizeRequest.model_validate(
        {
            **ground,
            "connections": shown,
            "action": action,
            "level": level,
            "confirmed": draw(st.booleans()),
            "offer": draw(st.booleans()),
            "approval": draw(approvals()),
            **more,
        }
    )


@cache
@st.composite
def _completed(draw: st.DrawFn, product: Product, level: Level) -> dict[str, object]:
    """Draw what came back from Zoom: only what was granted comes with a person and scopes, and only they can be held
    elsewhere."""
    outcome = draw(among(("granted", "granted", "granted", *get_args(Outcome))))
    path = draw(among(("direct", "shared")))
    demanded = draw(st.none() | among(PEOPLE)) if path == "direct" else None
    attempt = Attempt(path=path, started_by="mem_1", level=level, must_be_email=demanded, outcome=outcome)
    if outcome != "granted":
        return {"path": path, "attempt": attempt}
    known = sorted(asked_scopes(product))
    some = st.frozensets(among(known)) | st.just(frozenset(known)) if known else st.just(frozenset())
    return {
        "path": path,
        "attempt": attempt,
        "zoom": draw(zoom_users()).model_copy(update={"status": "active"}),
        "scopes": draw(some),
        "held_elsewhere": draw(st.booleans()),
    }


@cache
@st.composite
def _used(draw: st.DrawFn, product: Product, shown: tuple[Connection, ...]) -> dict[str, object]:
    feature = draw(among(sorted(product.manifest.features) or ["recordings"]))
    return {"feature": feature, "through": draw(st.none() | among(shown)) if shown else None}


@cache
@st.composite
def completions(draw: st.DrawFn, product: Product) -> AuthorizeRequest:
    """Draw what Zoom granted, mostly to somebody who may have it: their own Zoom user, and everything asked for."""
    level = draw(among([one for one in product.manifest.levels if _completes(product, one)]))
    request = draw(authorize_requests(product, action=Action.COMPLETE, level=level))
    actor = Member(id="mem_1", email=PEOPLE[0], roles=frozenset(product.manifest.roles.known))
    asked = draw(among(("direct", "direct", "direct", "shared")))
    attempt = Attempt(path=asked, started_by=actor.id, level=level, outcome="granted")
    role = draw(among(("owner", "admin", "member")))
    zoom = draw(zoom_users(actor.email)).model_copy(update={"status": "active", "role": role})
    grant = {"attempt": attempt, "zoom": zoom, "scopes": asked_scopes(product), "held_elsewhere": False}
    plan = ZoomAccount(plan="business", source="stated") if draw(st.booleans()) else None
    organization = request.organization.model_copy(update={"zoom_account": plan, "package": None})
    who = {"actor": actor if asked == "direct" else None, "organization": organization}
    return request.model_copy(update={**grant, **who, "approval": Approval(state="approved")})


def _completes(product: Product, level: Level) -> bool:
    return Action.COMPLETE in product.manifest.actions[level]


def approvals() -> st.SearchStrategy[Approval]:
    """Draw where a pre-approval stands."""
    states = ["not_requested", "requested", "approved", "refused"]
    return st.builds(Approval, state=among(states), requested_by=st.none() | st.just("mem_1"))


@cache
@st.composite
def disconnect_requests(draw: st.DrawFn, product: Product) -> DisconnectRequest:
    """Draw every cause of losing a connection that exists."""
    ground = draw(grounds(product))
    shown = ground["connections"]
    assert isinstance(shown, tuple)
    return DisconnectRequest.model_validate(
        {
            **ground,
            "cause": draw(among(Cause)),
            "connection": draw(among(shown)),
            "lost_scopes": frozenset(),
            "offer": draw(st.booleans()),
        }
    )
