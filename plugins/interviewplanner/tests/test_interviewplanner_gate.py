"""The gate over every combination of Zoom role, permissions, approval, phase and what came back from Zoom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product, cited
from greenroom.model import (
    Action,
    Approval,
    Cause,
    Done,
    GoToZoom,
    Instruct,
    Keep,
    Outcome,
    Permission,
    Refusal,
    ZoomRole,
)
from greenroom.profiles import Registry
from greenroom_interviewplanner.checks.asks import ask, complete, delegate, ending, setting

PLANNER = Product(InProcess(Registry.discover().profile("interviewplanner")))
UNHURRIED = settings(deadline=None)
"""The first question loads the profile."""
PHASES = ("not_connected", "connected", "needs_reconnect")

phases = st.sampled_from(PHASES)
approvals = st.sampled_from(("not_requested", "requested", "approved", "refused")).map(
    lambda state: Approval.model_validate({"state": state})
)
roles: st.SearchStrategy[ZoomRole] = st.sampled_from(("owner", "admin", "custom", "member"))
permissions = st.frozensets(
    st.builds(
        Permission,
        section=st.sampled_from(("User and Permission Management", "Zoom Rooms Management", "Recording Management")),
        item=st.sampled_from(("Users", "Zoom rooms", "Recordings")),
        view=st.booleans(),
        edit=st.booleans(),
    )
)


def _gives(held: frozenset[Permission], section: str, item: str, *, edit: bool) -> bool:
    lines = [one for one in held if (one.section, one.item) == (section, item)]
    return any(one.view and (one.edit or not edit) for one in lines)


def _has_both(held: frozenset[Permission]) -> bool:
    users = _gives(held, "User and Permission Management", "Users", edit=True)
    return users and _gives(held, "Zoom Rooms Management", "Zoom rooms", edit=False)


@UNHURRIED
@given(role=roles, held=permissions, approval=approvals, phase=phases)
def test_kept_exactly_when_the_document_says_so(
    role: ZoomRole, held: frozenset[Permission], approval: Approval, phase: str
) -> None:
    """A Zoom admin's grant is kept, and that of somebody pre-approved whose role has both permissions; of nobody
    else, who is instructed instead."""
    answer = complete(PLANNER, delegate(*held, role=role), approval=approval, phase=phase)
    delegated = approval.state == "approved" and _has_both(held)
    assert isinstance(answer, Keep if role in {"owner", "admin"} or delegated else Instruct)
    if isinstance(answer, Keep):
        assert answer.replaces == (phase != "not_connected")


@UNHURRIED
@given(held=permissions, approval=approvals)
def test_an_instruction_names_the_missing_half(held: frozenset[Permission], approval: Approval) -> None:
    """Pre-approval is named as missing exactly when it is, and so is each permission."""
    answer = complete(PLANNER, delegate(*held), approval=approval)
    if isinstance(answer, Keep):
        return
    clauses = cited(answer)
    approved = approval.state == "approved"
    assert bool(clauses & {"IVP-20", "IVP-23"}) == (
        not _gives(held, "User and Permission Management", "Users", edit=True)
    )
    assert ("IVP-26" in clauses) == (not _gives(held, "Zoom Rooms Management", "Zoom rooms", edit=False))
    assert ("IVP-12" in clauses) == approved
    assert bool(clauses & {"IVP-11", "IVP-13"}) == (not approved)
    assert isinstance(answer, Instruct)
    assert (Action.APPROVAL_DECIDED in answer.next) == (not approved)


@UNHURRIED
@given(outcome=st.sampled_from(("declined", "not_allowed", "approval_needed", "failed")), phase=phases, said=approvals)
def test_only_a_grant_is_kept(outcome: Outcome, phase: str, said: Approval) -> None:
    """Whatever else Zoom answers connects nothing, and leaves the way to try again."""
    answer = complete(PLANNER, outcome=outcome, phase=phase, approval=said)
    assert isinstance(answer, Refusal | Instruct)
    assert Action.CONNECT in answer.next


@UNHURRIED
@given(action=st.sampled_from(Action), phase=phases, approval=approvals, confirmed=st.booleans())
def test_what_each_button_leads_to(action: Action, phase: str, approval: Approval, *, confirmed: bool) -> None:
    """ "Connect your account" leads to Zoom from everywhere, and nothing else does; nothing is kept unasked."""
    answer = ask(PLANNER, action, phase=phase, approval=approval, confirmed=confirmed)
    assert isinstance(answer, GoToZoom) == (action is Action.CONNECT)
    assert not isinstance(answer, Keep)


@pytest.mark.parametrize(
    "action",
    sorted(set(Action) - {Action.CONNECT, Action.COMPLETE, Action.APPROVAL_DECIDED, Action.CONFIGURE}),
)
def test_other_actions_are_refused(action: Action) -> None:
    """What InterviewPlanner does not have is refused, should it be asked all the same."""
    answer = ask(PLANNER, action, phase="connected")
    assert isinstance(answer, Refusal)
    assert answer.code == "not_offered"


@UNHURRIED
@given(phase=phases, on=st.sampled_from((True, False, None)), stage=st.booleans())
def test_only_enabling_needs_a_connection(phase: str, *, on: bool | None, stage: bool) -> None:
    """Saving is refused exactly when it would enable video conferencing without a connection that works."""
    video = on is True if stage else on
    answer = setting(PLANNER, "kind" if stage else "candidate", video=video, phase=phase)
    assert isinstance(answer, Refusal if on and phase != "connected" else Done)


@pytest.mark.parametrize(
    ("cause", "phase", "ends", "revoked"),
    [
        (Cause.PERSON, "not_connected", "this", True),
        (Cause.SWITCHED_OFF, "not_connected", "this", True),
        (Cause.UNINSTALLED, "not_connected", "all_of_organization", False),
        (Cause.AUTHORIZER_ROLE, "connected", "nothing", False),
        (Cause.AUTHORIZER_GONE, "needs_reconnect", "this", False),
        (Cause.SCOPES_LOST, "needs_reconnect", "nothing", False),
        (Cause.APPROVAL_WITHDRAWN, "needs_reconnect", "this", False),
        (Cause.GRANT_DEAD, "needs_reconnect", "this", False),
    ],
)
def test_what_each_loss_means(cause: Cause, phase: str, ends: str, *, revoked: bool) -> None:
    """Uninstalling ends everything, a demotion nothing; what is dead at Zoom has to be connected again."""
    loss = ending(PLANNER, cause)
    assert (loss.phase, loss.ends, loss.revoke) == (phase, ends, revoked)
