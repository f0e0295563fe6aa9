"""The toggle over any order of what people do, what comes back from Zoom, and what is lost there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.conformance.facts import NOW, connection, member, organization, zoom_user
from greenroom.model import (
    Action,
    Attempt,
    AuthorizeRequest,
    Cause,
    Connection,
    DisconnectRequest,
    Keep,
    Level,
    Outcome,
    PhaseKind,
    Step,
    Value,
    ZoomRole,
)
from greenroom_lever.checks.asks import event, question
from greenroom_lever.rules import authorize, disconnect, want_meeting

KINDS = {
    "off": PhaseKind.IDLE,
    "yellow": PhaseKind.PENDING,
    "blue": PhaseKind.ACTIVE,
    "needs_reconnect": PhaseKind.BROKEN,
}


class Click(Value):
    """Somebody of a role clicks something in Lever."""

    action: Action
    role: str


class Back(Value):
    """Somebody comes back from Zoom: by which path, with what outcome, as whom."""

    path: str
    outcome: Outcome
    role: ZoomRole
    same: bool
    held: bool

    @property
    def clean(self) -> bool:
        """Whether an authorization counts, where one is waited for."""
        allowed = self.role in {"owner", "admin"} and not self.held
        return self.outcome == "granted" and allowed and (self.same or self.path == "shared")


did = st.builds(
    Click,
    action=st.sampled_from(
        (Action.ENABLE, Action.DISABLE, Action.CONNECT, Action.SHARE, Action.CONFIGURE, Action.APPROVAL_DECIDED)
    ),
    role=st.sampled_from(("Super Admin", "Super Admin", "Admin", "Team Member")),
)
back = st.builds(
    Back,
    path=st.sampled_from(("direct", "shared")),
    outcome=st.sampled_from(("granted", "granted", "declined", "not_allowed", "approval_needed", "failed")),
    role=st.sampled_from(("owner", "admin", "custom", "member")),
    same=st.booleans(),
    held=st.booleans(),
)
clean = st.sampled_from(("direct", "shared")).map(
    lambda path: Back(path=path, outcome="granted", role="admin", same=True, held=False)
)
lost = st.sampled_from((*Cause, Cause.AUTHORIZER_ROLE, Cause.AUTHORIZER_ROLE))


class Toggle:
    """The instance's toggle, moved by the profile's answers as core would move it."""

    def __init__(self, phase: str) -> None:
        self.phase = phase
        self.demoted = False

    @property
    def waits(self) -> bool:
        """Whether somebody's authorization is wanted: there is none, it is dead, or who gave it is no admin now."""
        return self.phase in {"yellow", "needs_reconnect"} or (self.phase == "blue" and self.demoted)

    def connection(self) -> Connection:
        authorizer = zoom_user("adam@acme.example", role="member" if self.demoted else "admin")
        return connection(
            phase=self.phase,
            kind=KINDS[self.phase],
            zoom=authorizer if self.phase in {"blue", "needs_reconnect"} else None,
        )

    def click(self, click: Click) -> None:
        self._move(authorize(question(click.action, actor=member(click.role), connections=(self.connection(),))))

    def come_back(self, found: Back) -> None:
        address = "rita@acme.example" if found.same else "zoe@acme.example"
        tried = Attempt.model_validate(
            {
                "path": found.path,
                "started_by": "mem_rita",
                "level": Level.ORGANIZATION,
                "must_be_email": "rita@acme.example" if found.path == "direct" else None,
                "outcome": found.outcome,
            }
        )
        asked: AuthorizeRequest = question(
            Action.COMPLETE,
            actor=member("Super Admin") if found.path == "direct" else None,
            connections=(self.connection(),),
            attempt=tried,
            zoom=zoom_user(address, role=found.role) if found.outcome == "granted" else None,
            held_elsewhere=found.held,
        )
        answer = authorize(asked)
        assert isinstance(answer, Keep) == (found.clean and self.waits)
        if isinstance(answer, Keep):
            assert answer.replaces == (self.phase in {"blue", "needs_reconnect"})
            self.demoted = False
        self._move(answer)

    def lose(self, cause: Cause) -> None:
        ours = self.connection()
        self.demoted = self.demoted or cause is Cause.AUTHORIZER_ROLE
        self.phase = disconnect(
            DisconnectRequest(
                organization=organization(), actor=None, at=NOW, connections=(ours,), cause=cause, connection=ours
            )
        ).phase

    def _move(self, answer: Step) -> None:
        self.phase = getattr(answer, "phase", None) or self.phase


def _after(phase: str, step: Click | Back | Cause) -> str:
    """Return where the document has the toggle go."""
    match step:
        case Click(action=Action.ENABLE, role="Super Admin") if phase == "off":
            return "yellow"
        case Click(action=Action.DISABLE, role="Super Admin"):
            return "off"
        case Back(clean=True) if phase in {"yellow", "needs_reconnect"}:
            return "blue"
        case Cause.PERSON | Cause.SWITCHED_OFF | Cause.UNINSTALLED:
            return "off"
        case Cause.AUTHORIZER_ROLE:
            return phase
        case Cause():
            return "needs_reconnect"
        case _:
            return phase


@given(start=st.sampled_from(tuple(KINDS)), steps=st.lists(st.one_of(did, back, clean, lost), max_size=12))
def test_any_order_of_steps(start: str, steps: list[Click | Back | Cause]) -> None:
    """Off, yellow, blue: each step moves the toggle as the document says and no other does, blue comes of a Zoom
    admin's authorization alone, and links are for a blue toggle only."""
    toggle = Toggle(start)
    for step in steps:
        before = toggle.phase
        match step:
            case Click():
                toggle.click(step)
            case Back():
                toggle.come_back(step)
            case Cause() if before in {"blue", "needs_reconnect"}:
                toggle.lose(step)
            case Cause():
                continue
        assert toggle.phase == _after(before, step), (before, step)
        asked = event().model_copy(update={"connections": (toggle.connection(),)})
        assert (want_meeting(asked).kind == "wanted") == (toggle.phase == "blue")
