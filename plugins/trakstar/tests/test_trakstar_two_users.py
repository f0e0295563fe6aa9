"""Two Hire users of one paid account, in any order of approvals, connects and disconnects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.conformance.facts import interview
from greenroom.model import (
    Action,
    Approval,
    AskApproval,
    Confirm,
    Connection,
    Done,
    GoToZoom,
    HostChoice,
    Keep,
    Member,
    Person,
    Stage,
    Step,
    Wanted,
    ZoomUser,
)
from greenroom.profiles import Registry
from greenroom_trakstar.checks.asks import (
    BEN,
    BEN_AT_ZOOM,
    NOT_REQUESTED,
    RITA,
    RITA_AT_ZOOM,
    ask,
    button,
    complete,
    ending,
    hosting,
    own,
    scheduling,
)

HIRE = Product(InProcess(Registry.discover().profile("trakstar")))
UNHURRIED = settings(deadline=None, max_examples=60)
"""The first question loads the profile."""

USERS: Mapping[str, tuple[Member, ZoomUser]] = {RITA.id: (RITA, RITA_AT_ZOOM), BEN.id: (BEN, BEN_AT_ZOOM)}

Move = Literal["request", "approve", "refuse", "hear", "connect", "disconnect", "break"]
MOVES: tuple[Move, ...] = ("request", "approve", "refuse", "hear", "connect", "disconnect", "break")
STEPS = st.tuples(st.sampled_from(sorted(USERS)), st.sampled_from(MOVES))


@dataclass(frozen=True)
class Account:
    """A paid Hire account: where each user stands, and where the pre-approval does."""

    phases: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(USERS, "not_connected"))
    approval: Approval = NOT_REQUESTED
    told: tuple[str, ...] = ()

    def moved(self, who: str, phase: str | None) -> Account:
        """Return the account once a user stands in ``phase``; ``None`` is where they stood."""
        return replace(self, phases={**self.phases, who: phase or self.phases[who]})

    def connection(self, who: str) -> Connection:
        """Return a user's own connection."""
        member, zoom = USERS[who]
        return own(self.phases[who], of=member, zoom=zoom)


def _asked(account: Account, who: str, action: Action, *, confirmed: bool = False) -> Step:
    return ask(
        HIRE,
        action,
        user=USERS[who][0],
        phase=account.phases[who],
        plan="business",
        approval=account.approval,
        confirmed=confirmed,
    )


def _step(account: Account, who: str, move: Move) -> Account:
    """Return the account after somebody did something, as the product answers it; a refusal changes nothing."""
    match move:
        case "request":
            answer = _asked(account, who, Action.ASK_APPROVAL)
            if isinstance(answer, AskApproval):
                asked = replace(account, approval=Approval(state="requested", requested_by=who))
                return asked.moved(who, answer.phase)
        case "approve" | "refuse" if account.approval.state == "requested":
            state = "approved" if move == "approve" else "refused"
            return replace(account, approval=account.approval.model_copy(update={"state": state}))
        case "hear":
            answer = _asked(account, who, Action.APPROVAL_DECIDED)
            if isinstance(answer, Done):
                return replace(account, told=(*account.told, *(one.to for one in answer.notices))).moved(
                    who, answer.phase
                )
        case "connect":
            return _connected(account, who)
        case "disconnect":
            return _disconnected(account, who)
        case "break" if account.phases[who] == "connected":
            return account.moved(who, "needs_reconnect")
    return account


def _connected(account: Account, who: str) -> Account:
    if not isinstance(_asked(account, who, Action.CONNECT), GoToZoom):
        return account
    phase, (user, zoom) = account.phases[who], USERS[who]
    kept = complete(HIRE, user=user, phase=phase, plan="business", approval=account.approval, zoom=zoom)
    assert isinstance(kept, Keep), "whoever was sent to Zoom and approved the connection there is connected"
    assert kept.replaces == (phase == "needs_reconnect")
    return account.moved(who, kept.phase)


def _disconnected(account: Account, who: str) -> Account:
    if not isinstance(_asked(account, who, Action.DISCONNECT), Confirm):
        return account
    assert isinstance(_asked(account, who, Action.DISCONNECT, confirmed=True), Done)
    return account.moved(who, ending(HIRE).phase)


def _links(account: Account, who: str) -> bool:
    """Whether an interview that this user schedules gets a link, which is then their own."""
    user, zoom = USERS[who]
    theirs, about = account.connection(who), interview(scheduler=Person(email=user.email), stage=Stage.CONFIRMED)
    wanted = HIRE.want_meeting(scheduling(about=about, actor=user, connected=theirs))
    choice = HIRE.select_host(hosting(about=about, actor=user, connected=theirs))
    assert isinstance(wanted, Wanted) == isinstance(choice, HostChoice)
    assert not isinstance(choice, HostChoice) or choice.host == zoom
    return isinstance(wanted, Wanted)


@UNHURRIED
@given(steps=st.lists(STEPS, max_size=14))
def test_each_user_stands_for_themself(steps: list[tuple[str, Move]]) -> None:
    """Whatever anybody does, others stay where they stood; one is connected by connecting only, and links are made
    for those whose button is "Disconnect"."""
    account = Account()
    for who, move in steps:
        after = _step(account, who, move)
        assert all(after.phases[other] == account.phases[other] for other in USERS if other != who)
        assert move == "connect" or account.phases[who] == "connected" or after.phases[who] != "connected"
        account = after
    for who in USERS:
        assert _links(account, who) == (button(HIRE, account.phases[who]) == "Disconnect")


@UNHURRIED
@given(steps=st.lists(STEPS, max_size=14))
def test_nobody_is_connected_before_the_approval(steps: list[tuple[str, Move]]) -> None:
    """On a paid account the first connection comes after the approval, and an approval lasts: nobody asks again."""
    account = Account()
    for who, move in steps:
        after = _step(account, who, move)
        connected = {other for other in USERS if after.phases[other] == "connected"}
        assert not connected or after.approval.state == "approved"
        assert account.approval.state != "approved" or after.approval == account.approval
        account = after
    assert set(account.told) <= {"requester"}


@UNHURRIED
@given(who=st.sampled_from(sorted(USERS)), steps=st.lists(STEPS, max_size=10))
def test_there_is_always_a_way_to_a_link(who: str, steps: list[tuple[str, Move]]) -> None:
    """From wherever two users got to, one can get connected: by a request, the approval, and "Connect"."""
    account = Account()
    for other, move in steps:
        account = _step(account, other, move)
    for move in ("request", "approve", "hear", "connect"):
        account = _step(account, who, move)
    assert _links(account, who)
