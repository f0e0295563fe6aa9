"""The control API under `/_sandbox/`: what no Zoom offers, and every test wants.

Calls take and answer JSON; a mistake is answered `{"error": "..."}`. Bodies must be sent as
`application/json`, so that no web page a developer happens to visit can steer the sandbox.
"""

from datetime import UTC, timedelta

from starlette.requests import Request
from starlette.routing import Route

from greenroom.sandbox.authorization import Refusal, conclude
from greenroom.sandbox.catalogue import event_names, published
from greenroom.sandbox.clock import iso
from greenroom.sandbox.control_apps import app_calls
from greenroom.sandbox.control_bodies import (
    ApprovalBody,
    AuthorizeBody,
    ClockBody,
    FaultBody,
    UninstallBody,
)
from greenroom.sandbox.control_events import event_calls
from greenroom.sandbox.control_meetings import meeting_calls
from greenroom.sandbox.control_people import people_calls
from greenroom.sandbox.control_phone import phone_calls
from greenroom.sandbox.control_room import Call, ControlRoom, endpoint_of, read
from greenroom.sandbox.control_views import (
    approvals_view,
    fault_view,
    faults_view,
    ledger_view,
    world_view,
)
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.faults import EVENT, EVENT_KINDS, Fault
from greenroom.sandbox.pre_approval import decide_for_account, decide_for_user
from greenroom.sandbox.removals import remove_app
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import CONTROL, OAUTH_OPERATIONS


def routes(state: State) -> list[Route]:
    """Return the control routes."""
    control = _Control(state)
    answers: list[Call] = [
        ("POST", "/authorize", control.authorize),
        ("GET", "/world", control.world),
        ("GET", "/ledger", control.ledger),
        ("GET", "/clock", control.clock),
        ("POST", "/clock", control.move_clock),
        ("GET", "/approvals", control.approvals),
        ("POST", "/approvals", control.approve),
        ("POST", "/uninstall", control.uninstall),
        ("GET", "/faults", control.faults),
        ("POST", "/faults", control.add_fault),
        ("DELETE", "/faults", control.clear_faults),
        ("POST", "/reset", control.reset),
        *app_calls(state),
        *event_calls(state),
        *meeting_calls(state),
        *people_calls(state),
        *phone_calls(state),
    ]

    return [Route(CONTROL + path, endpoint_of(answer), methods=[method]) for method, path, answer in answers]


class _Control(ControlRoom):
    async def authorize(self, request: Request) -> dict[str, object]:
        """Decide as the consent page does, for the person named."""
        body = await read(request, AuthorizeBody)
        asked = body.request()
        app = self.state.directory.apps.get(asked.client_id)
        unknown = set(body.declined_scopes) - set(app.optional_scopes if app else ())
        if unknown:
            message = f"Not optional: {', '.join(sorted(unknown))}; GET {CONTROL}/world lists what is."
            raise ControlError(message)
        outcome = conclude(self.state, asked, self.user(body.user), body.answer())
        if isinstance(outcome, Refusal):
            return {"outcome": "page", "page": outcome.page, "message": outcome.message}
        return {"outcome": "redirect", "location": outcome.location}

    async def world(self, _: Request) -> dict[str, object]:
        return world_view(self.state)

    async def ledger(self, _: Request) -> dict[str, object]:
        return ledger_view(self.state)

    async def clock(self, _: Request) -> dict[str, object]:
        clock = self.state.clock
        waiting = [{"at": iso(timer.due), "what": timer.what} for timer in self.state.timers.waiting()]
        return {"now": iso(clock.now()), "frozen": clock.frozen, "waiting": waiting}

    async def move_clock(self, request: Request) -> dict[str, object]:
        """Move the clock; what is due on the way happens, and is told, before this answers."""
        body = await read(request, ClockBody)
        clock = self.state.clock
        if body.frozen is not None:
            clock.freeze(frozen=body.frozen)
        start = body.set or clock.now()
        start = start.replace(tzinfo=UTC) if start.tzinfo is None else start
        await self.state.pass_time(start + timedelta(seconds=body.advance))
        return await self.clock(request)

    async def approvals(self, _: Request) -> dict[str, object]:
        return approvals_view(self.state)

    async def approve(self, request: Request) -> dict[str, object]:
        body = await read(request, ApprovalBody)
        app, by = self.app(body.app), self.user(body.by) if body.by else None
        accounts = self.state.directory.accounts
        if body.account is not None and body.account not in accounts:
            message = f"No account {body.account!r}; there are: {', '.join(accounts)}."
            raise ControlError(message, 404)
        for user in body.users:
            decide_for_user(self.state, app, self.user(user), body.state, by)
        if body.users:
            return approvals_view(self.state)
        for account in [accounts[body.account]] if body.account else accounts.values():
            decide_for_account(self.state, app, account, body.state, by)
        return approvals_view(self.state)

    async def uninstall(self, request: Request) -> dict[str, object]:
        body = await read(request, UninstallBody)
        ended = remove_app(self.state, self.app(body.app), self.user(body.user))
        return {"grants_ended": ended}

    async def faults(self, _: Request) -> dict[str, object]:
        return faults_view(self.state)

    async def add_fault(self, request: Request) -> dict[str, object]:
        body = await read(request, FaultBody)
        _check_operation(body)
        fields = body.model_dump(exclude={"headers"})
        fault = Fault(id=self.state.faults.next_id(), headers=tuple(body.headers.items()), **fields)
        self.state.faults.add(fault)
        return fault_view(fault, 0)

    async def clear_faults(self, request: Request) -> dict[str, object]:
        self.state.faults.clear()
        return await self.faults(request)

    async def reset(self, request: Request) -> dict[str, object]:
        """Return to the world as it was at the start, the clock too."""
        self.state.rewind()
        self.state.restart()
        return await self.clock(request)


def _check_operation(body: FaultBody) -> None:
    if (body.kind in EVENT_KINDS) != body.operation.startswith(EVENT):
        message = f"{body.kind!r} does not fit {body.operation!r}: events take {', '.join(EVENT_KINDS)}."
        raise ControlError(message)
    known = {*published().by_name, *OAUTH_OPERATIONS, "*", *(f"{EVENT}{name}" for name in ("*", *event_names()))}
    if body.operation not in known:
        message = f"No operation {body.operation!r}; there are: {', '.join(sorted(known))}."
        raise ControlError(message)
