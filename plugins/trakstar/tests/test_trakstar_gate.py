"""The gate over every combination of plan, approval, phase and what came back from Zoom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.model import (
    Action,
    Approval,
    AskApproval,
    Cause,
    Confirm,
    Done,
    GoToZoom,
    Keep,
    Outcome,
    Refusal,
    ZoomPlan,
)
from greenroom.profiles import Registry
from greenroom_trakstar.checks.asks import PAID, ask, complete, ending

HIRE = Product(InProcess(Registry.discover().profile("trakstar")))
UNHURRIED = settings(deadline=None)
"""The first question loads the profile."""

PHASES = ("not_connected", "pre_approval_requested", "connected", "needs_reconnect")
STATES = ("not_requested", "requested", "approved", "refused")

phases = st.sampled_from(PHASES)
plans: st.SearchStrategy[ZoomPlan | None] = st.sampled_from((None, "basic", *PAID))
approvals = st.sampled_from(STATES).map(lambda state: Approval.model_validate({"state": state}))


def _missing(plan: ZoomPlan | None, approval: Approval) -> bool:
    return plan in PAID and approval.state != "approved"


@UNHURRIED
@given(action=st.sampled_from(Action), phase=phases, plan=plans, approval=approvals, confirmed=st.booleans())
def test_nobody_is_sent_to_zoom_while_approval_is_missing(
    action: Action, phase: str, plan: ZoomPlan | None, approval: Approval, *, confirmed: bool
) -> None:
    """No action from any state leads to Zoom while the plan needs an approval that is not there."""
    answer = ask(HIRE, action, phase=phase, plan=plan, approval=approval, confirmed=confirmed)
    assert not (isinstance(answer, GoToZoom) and _missing(plan, approval))
    assert not isinstance(answer, Keep)


@UNHURRIED
@given(phase=phases, plan=plans, approval=approvals)
def test_who_may_connect(phase: str, plan: ZoomPlan | None, approval: Approval) -> None:
    """Whoever is not connected may connect, unless approval is missing or an open or refused request shows that
    an account of unknown plan needs it."""
    known_to_be_needed = plan is None and approval.state in {"requested", "refused"}
    may = phase != "connected" and not _missing(plan, approval) and not known_to_be_needed
    assert isinstance(ask(HIRE, Action.CONNECT, phase=phase, plan=plan, approval=approval), GoToZoom) == may


@UNHURRIED
@given(phase=phases, plan=plans, approval=approvals)
def test_a_refused_connect_names_a_way_that_is_open(phase: str, plan: ZoomPlan | None, approval: Approval) -> None:
    """What a refusal of "Connect" offers instead is itself not refused."""
    answer = ask(HIRE, Action.CONNECT, phase=phase, plan=plan, approval=approval)
    if isinstance(answer, Refusal):
        for action in answer.next:
            assert not isinstance(ask(HIRE, action, phase=phase, plan=plan, approval=approval), Refusal)


@UNHURRIED
@given(phase=phases, plan=plans, approval=approvals)
def test_who_may_ask_for_approval(phase: str, plan: ZoomPlan | None, approval: Approval) -> None:
    """Approval is asked for once at a time, by whoever is not connected, and never for a free account."""
    answer = ask(HIRE, Action.ASK_APPROVAL, phase=phase, plan=plan, approval=approval)
    may = phase != "connected" and plan != "basic" and approval.state in {"not_requested", "refused"}
    assert isinstance(answer, AskApproval) == may


@UNHURRIED
@given(
    outcome=st.sampled_from(("granted", "declined", "not_allowed", "approval_needed", "failed")),
    phase=phases,
    plan=plans,
    approval=approvals,
    held=st.booleans(),
)
def test_only_a_clean_grant_is_kept(
    outcome: Outcome, phase: str, plan: ZoomPlan | None, approval: Approval, *, held: bool
) -> None:
    """A grant is kept exactly when Zoom gave one, none is there yet, no other Hire account holds the login, and
    no approval is missing."""
    answer = complete(HIRE, outcome=outcome, phase=phase, plan=plan, approval=approval, held_elsewhere=held)
    clean = outcome == "granted" and phase != "connected" and not held and not _missing(plan, approval)
    assert isinstance(answer, Keep) == clean
    assert isinstance(answer, Keep | Refusal)


@UNHURRIED
@given(phase=phases, plan=plans, approval=approvals)
def test_an_approval_moves_only_who_waits(phase: str, plan: ZoomPlan | None, approval: Approval) -> None:
    """Hearing of the decision takes a waiting user back to "Connect" and leaves everybody else as they are."""
    answer = ask(HIRE, Action.APPROVAL_DECIDED, phase=phase, plan=plan, approval=approval)
    if approval.state in {"not_requested", "requested"}:
        assert isinstance(answer, Refusal)
        return
    assert isinstance(answer, Done)
    assert answer.phase == ("not_connected" if phase == "pre_approval_requested" else None)
    assert bool(answer.notices) == (approval.state == "approved")


@pytest.mark.parametrize("phase", PHASES)
def test_disconnecting_takes_two_clicks(phase: str) -> None:
    """With a connection, also a broken one, the first click asks and the second does; without, both refuse."""
    first = ask(HIRE, Action.DISCONNECT, phase=phase)
    second = ask(HIRE, Action.DISCONNECT, phase=phase, confirmed=True)
    there = phase in {"connected", "needs_reconnect"}
    assert isinstance(first, Confirm) == there
    assert isinstance(second, Done) == there


@pytest.mark.parametrize("action", [Action.ENABLE, Action.SHARE, Action.CONFIGURE, Action.USE, Action.REMOVE_MINE])
def test_other_actions_are_refused(action: Action) -> None:
    """What Trakstar Hire does not have is refused, should it be asked all the same."""
    answer = ask(HIRE, action)
    assert isinstance(answer, Refusal)
    assert answer.code == "not_offered"


@pytest.mark.parametrize(
    ("cause", "phase", "ends", "revoked"),
    [
        (Cause.PERSON, "not_connected", "this", True),
        (Cause.SWITCHED_OFF, "not_connected", "this", True),
        (Cause.UNINSTALLED, "not_connected", "this", False),
        (Cause.AUTHORIZER_ROLE, "connected", "nothing", False),
        (Cause.AUTHORIZER_GONE, "needs_reconnect", "this", False),
        (Cause.SCOPES_LOST, "needs_reconnect", "nothing", False),
        (Cause.APPROVAL_WITHDRAWN, "needs_reconnect", "this", False),
        (Cause.GRANT_DEAD, "needs_reconnect", "this", False),
    ],
)
def test_what_each_loss_means(cause: Cause, phase: str, ends: str, *, revoked: bool) -> None:
    """No cause ends more than the one user's connection."""
    loss = ending(HIRE, cause)
    assert (loss.phase, loss.ends, loss.revoke) == (phase, ends, revoked)
