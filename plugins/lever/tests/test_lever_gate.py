"""The gate over every combination of role, package, cloud, toggle and what came back from Zoom."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import (
    Action,
    AuthorizeRequest,
    Cause,
    DisconnectRequest,
    Done,
    GoToZoom,
    Keep,
    Organization,
    Outcome,
    Refusal,
    ShareLink,
    ZoomAccount,
    ZoomRole,
    ZoomUser,
)
from greenroom.profiles import Registry
from greenroom_lever.checks.asks import SUPER_ADMIN, complete, question, toggle
from greenroom_lever.rules import authorize, disconnect

PRODUCT = Product(InProcess(Registry.discover().profile("lever")))
PHASES = ("off", "yellow", "blue", "needs_reconnect")
ROLES = ("Super Admin", "Admin", "Team Member", "Limited Team Member", "Interviewer")
ELIGIBLE = (None, "LeverTRM", "LeverTRM for Enterprise")


def _organization(package: str | None, *, government: bool) -> Organization:
    account = ZoomAccount(cloud="government" if government else "commercial", source="stated")
    return Organization(id="org_1", package=package, zoom_account=account)


@given(
    action=st.sampled_from((Action.ENABLE, Action.CONNECT, Action.SHARE)),
    phase=st.sampled_from(PHASES),
    role=st.sampled_from(ROLES),
    package=st.sampled_from((*ELIGIBLE, "leverTRM", "Another")),
    government=st.booleans(),
)
def test_every_way_in(action: Action, phase: str, role: str, package: str | None, *, government: bool) -> None:
    """A step toward Zoom is allowed exactly to a Super Admin, on an eligible package, from the right state, and
    never toward Zoom for Government."""
    organization = _organization(package, government=government)
    answer = authorize(question(action, phase=phase, actor=member(role), organization=organization))
    eligible = role == "Super Admin" and package in ELIGIBLE
    if action is Action.ENABLE:
        assert isinstance(answer, Done) == (eligible and phase == "off")
        return
    waiting = phase in {"yellow", "needs_reconnect"}
    assert isinstance(answer, GoToZoom | ShareLink) == (eligible and waiting and not government)


@given(
    path=st.sampled_from(("direct", "shared")),
    outcome=st.sampled_from(("granted", "declined", "not_allowed", "approval_needed", "failed")),
    phase=st.sampled_from(PHASES),
    role=st.sampled_from(("owner", "admin", "custom", "member")),
    same=st.booleans(),
    government=st.booleans(),
    held=st.booleans(),
)
def test_only_a_clean_grant_turns_blue(
    path: str, outcome: Outcome, phase: str, role: ZoomRole, *, same: bool, government: bool, held: bool
) -> None:
    """A grant is kept exactly when a Zoom admin of a commercial account gave it while it was waited for, with the
    Lever address on the direct path, and serves no other instance."""
    address = SUPER_ADMIN.email if same else "other@acme.example"
    zoom: ZoomUser | None = zoom_user(address, role=role, government=government)
    answer = complete(PRODUCT, path, zoom=zoom, outcome=outcome, phase=phase, held_elsewhere=held)
    clean = outcome == "granted" and role in {"owner", "admin"} and not government and not held
    waited_for = phase in {"yellow", "needs_reconnect"}
    assert isinstance(answer, Keep) == (clean and waited_for and (same or path == "shared"))
    assert isinstance(answer, Keep | Refusal)


@pytest.mark.parametrize("action", [Action.REMOVE_MINE, Action.SEE_MEMBERS, Action.USE, Action.ENTER_MANUALLY])
def test_other_actions_are_refused(action: Action) -> None:
    """What Lever does not have is refused, should it be asked all the same."""
    answer = authorize(question(action))
    assert isinstance(answer, Refusal)
    assert answer.code == "not_offered"


def test_a_page_is_answered_as_if_asked() -> None:
    """Drawing a page gives the same answers as doing."""
    for action, phase, role in product(Action, PHASES, ROLES):
        plain: AuthorizeRequest = question(action, phase=phase, actor=member(role))
        assert authorize(plain) == authorize(plain.model_copy(update={"offer": True}))


@pytest.mark.parametrize(
    ("cause", "phase", "revoked"),
    [
        (Cause.PERSON, "off", True),
        (Cause.SWITCHED_OFF, "off", True),
        (Cause.UNINSTALLED, "off", False),
        (Cause.AUTHORIZER_ROLE, "blue", False),
        (Cause.AUTHORIZER_GONE, "needs_reconnect", False),
        (Cause.SCOPES_LOST, "needs_reconnect", False),
        (Cause.GRANT_DEAD, "needs_reconnect", False),
        (Cause.APPROVAL_WITHDRAWN, "needs_reconnect", False),
    ],
)
def test_what_each_loss_means(cause: Cause, phase: str, *, revoked: bool) -> None:
    """Each cause leaves the toggle in the phase the profile names for it."""
    asked = question(Action.CONFIGURE, phase="blue")
    request = DisconnectRequest(
        organization=asked.organization,
        actor=None,
        at=asked.at,
        connections=asked.connections,
        cause=cause,
        connection=toggle("blue"),
    )
    answer = disconnect(request)
    assert (answer.phase, answer.revoke) == (phase, revoked)
