"""The two ways in, with pre-approval, Zoom role, connecting and uninstalling in any order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.model import Action, Cause, Done, GoToZoom, Keep, Wanted, ZoomUser
from greenroom.profiles import Registry
from greenroom_interviewplanner.checks.asks import (
    APPROVED,
    BOTH,
    NOT_REQUESTED,
    ZOE_AT_ZOOM,
    ask,
    complete,
    delegate,
    ending,
    wanted,
)

PLANNER = Product(InProcess(Registry.discover().profile("interviewplanner")))
UNHURRIED = settings(deadline=None, max_examples=60)
"""The first question loads the profile."""

Move = Literal["approve", "withdraw", "give role", "take role", "delegate connects", "admin connects", "uninstall"]
MOVES: tuple[Move, ...] = (
    "approve",
    "withdraw",
    "give role",
    "take role",
    "delegate connects",
    "admin connects",
    "uninstall",
)


@dataclass(frozen=True)
class Account:
    """An InterviewPlanner account: its one connection, the app's pre-approval, and the delegate's Zoom role."""

    phase: str = "not_connected"
    approved: bool = False
    role: bool = False

    def lost(self, cause: Cause) -> Account:
        """Return the account after its connection lost its ground, if there is one."""
        if self.phase == "not_connected":
            return self
        return replace(self, phase=ending(PLANNER, cause, phase=self.phase).phase)


def _step(account: Account, move: Move) -> Account:
    match move:
        case "approve":
            assert isinstance(ask(PLANNER, Action.APPROVAL_DECIDED, phase=account.phase, approval=APPROVED), Done)
            return replace(account, approved=True)
        case "withdraw":
            return replace(account.lost(Cause.APPROVAL_WITHDRAWN), approved=False) if account.approved else account
        case "give role":
            return replace(account, role=True)
        case "take role":
            return replace(account.lost(Cause.AUTHORIZER_ROLE), role=False)
        case "delegate connects":
            return _connected(account, delegate(*BOTH) if account.role else delegate())
        case "admin connects":
            return _connected(account, ZOE_AT_ZOOM)
        case "uninstall":
            return account.lost(Cause.UNINSTALLED)


def _connected(account: Account, zoom: ZoomUser) -> Account:
    assert isinstance(ask(PLANNER, Action.CONNECT, phase=account.phase), GoToZoom)
    approval = APPROVED if account.approved else NOT_REQUESTED
    answer = complete(PLANNER, zoom, phase=account.phase, approval=approval)
    way_in = zoom.is_admin or (account.approved and account.role)
    assert isinstance(answer, Keep) == way_in
    return replace(account, phase=answer.phase) if isinstance(answer, Keep) else account


@UNHURRIED
@given(moves=st.lists(st.sampled_from(MOVES), max_size=14))
def test_meetings_are_made_while_somebody_let_in_connected(moves: list[Move]) -> None:
    """Meetings are made from the first grant that is kept until the app is uninstalled or its approval withdrawn;
    what happens to the role afterwards, or who tries and is not let in, does not matter."""
    account, serving = Account(), False
    for move in moves:
        before, account = account, _step(account, move)
        match move:
            case "admin connects":
                serving = True
            case "delegate connects":
                serving = serving or (before.approved and before.role)
            case "withdraw":
                serving = serving and not before.approved
            case "uninstall":
                serving = False
            case _:
                pass
        assert isinstance(wanted(PLANNER, stage=True, phase=account.phase), Wanted) == serving
