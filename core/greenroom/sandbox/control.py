"""The control API under `/_sandbox/`: what no Zoom offers, and every test wants.

Calls take and answer JSON; a mistake is answered `{"error": "..."}`. Bodies must be sent as
`application/json`, so that no web page a developer happens to visit can steer the sandbox.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.sandbox.authorization import Refusal, conclude
from greenroom.sandbox.catalogue import published
from greenroom.sandbox.clock import iso
from greenroom.sandbox.control_bodies import (
    ApprovalBody,
    AuthorizeBody,
    ClockBody,
    FaultBody,
    UninstallBody,
    UserBody,
)
from greenroom.sandbox.control_views import (
    approvals_view,
    fault_view,
    faults_view,
    ledger_view,
    user_view,
    world_view,
)
from greenroom.sandbox.directory import App, User, changed
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.faults import Fault
from greenroom.sandbox.marketplace import decide_for_account
from greenroom.sandbox.pages import render
from greenroom.sandbox.settings import SETTING_NAMES
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import CONTROL, OAUTH_OPERATIONS

B = TypeVar("B", bound=BaseModel)
_Answer = Callable[[Request], Awaitable[dict[str, object]]]

_DEFAULT_STATUS = {"html": 502}


def routes(state: State) -> list[Route]:
    """Return the control routes."""
    control = _Control(state)
    answers: list[tuple[str, str, _Answer]] = [
        ("POST", "/authorize", control.authorize),
        ("GET", "/world", control.world),
        ("GET", "/ledger", control.ledger),
        ("GET", "/clock", control.clock),
        ("POST", "/clock", control.move_clock),
        ("GET", "/approvals", control.approvals),
        ("POST", "/approvals", control.approve),
        ("POST", "/users/{email}", control.change_user),
        ("DELETE", "/users/{email}", control.remove_user),
        ("POST", "/uninstall", control.uninstall),
        ("GET", "/faults", control.faults),
        ("POST", "/faults", control.add_fault),
        ("DELETE", "/faults", control.clear_faults),
        ("POST", "/reset", control.reset),
    ]

    async def console(_: Request) -> Response:
        world, ledger = world_view(state), ledger_view(state)
        return render("console.html", world=world, ledger=ledger, approvals=approvals_view(state)["approvals"])

    made = [Route(CONTROL + path, _endpoint(answer), methods=[method]) for method, path, answer in answers]
    return [Route(f"{CONTROL}/", console, methods=["GET"]), *made]


def _endpoint(answer: _Answer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request))
        except ControlError as error:
            return JSONResponse({"error": str(error)}, error.status)

    return endpoint


class _Control:
    def __init__(self, state: State) -> None:
        self._state = state

    async def authorize(self, request: Request) -> dict[str, object]:
        """Decide as the consent page does, for the person named."""
        body = await _read(request, AuthorizeBody)
        outcome = conclude(self._state, body.request(), self._user(body.user), body.decision)
        if isinstance(outcome, Refusal):
            return {"outcome": "page", "page": outcome.page, "message": outcome.message}
        return {"outcome": "redirect", "location": outcome.location}

    async def world(self, _: Request) -> dict[str, object]:
        return world_view(self._state)

    async def ledger(self, _: Request) -> dict[str, object]:
        return ledger_view(self._state)

    async def clock(self, _: Request) -> dict[str, object]:
        return {"now": iso(self._state.clock.now())}

    async def move_clock(self, request: Request) -> dict[str, object]:
        body = await _read(request, ClockBody)
        if body.set:
            self._state.clock.set(body.set)
        self._state.clock.advance(body.advance)
        return await self.clock(request)

    async def approvals(self, _: Request) -> dict[str, object]:
        return approvals_view(self._state)

    async def approve(self, request: Request) -> dict[str, object]:
        body = await _read(request, ApprovalBody)
        app = self._app(body.app)
        accounts = self._state.directory.accounts
        if body.account is not None and body.account not in accounts:
            message = f"No account {body.account!r}; there are: {', '.join(accounts)}."
            raise ControlError(message, 404)
        for account in [accounts[body.account]] if body.account else accounts.values():
            decide_for_account(self._state, app, account, body.state)
        return approvals_view(self._state)

    async def change_user(self, request: Request) -> dict[str, object]:
        body = await _read(request, UserBody)
        user = self._user(request.path_params["email"])
        roles = self._state.directory.account_of(user).roles
        if body.role is not None and body.role not in roles:
            message = f"No role {body.role!r}; there are: {', '.join(roles)}."
            raise ControlError(message)
        unknown = set(body.settings) - SETTING_NAMES
        if unknown:
            message = f"No setting {sorted(unknown)}; there are: {', '.join(sorted(SETTING_NAMES))}."
            raise ControlError(message)
        now = changed(user, role=body.role, type=body.type, status=body.status, settings=body.settings)
        self._state.directory.replace_user(now)
        return user_view(now)

    async def remove_user(self, request: Request) -> dict[str, object]:
        """Delete a person: their meetings go, and the apps they authorized lose their tokens."""
        user = self._user(request.path_params["email"])
        ended = self._state.grants.end("owner_gone", lambda grant: grant.user_id == user.id)
        self._state.approvals.forget(user)
        self._state.ledger.drop_host(user.id, self._state.clock.now())
        self._state.directory.remove_user(user)
        return {"removed": user.email, "grants_ended": ended}

    async def uninstall(self, request: Request) -> dict[str, object]:
        body = await _read(request, UninstallBody)
        owner = (self._app(body.app).client_id, self._user(body.user).id)
        ended = self._state.grants.end("uninstalled", lambda g: (g.client_id, g.user_id) == owner)
        return {"grants_ended": ended}

    async def faults(self, _: Request) -> dict[str, object]:
        return faults_view(self._state)

    async def add_fault(self, request: Request) -> dict[str, object]:
        body = await _read(request, FaultBody)
        known = {*published().by_name, *OAUTH_OPERATIONS, "*"}
        if body.operation not in known:
            message = f"No operation {body.operation!r}; there are: {', '.join(sorted(known))}."
            raise ControlError(message)
        fault = Fault(
            id=f"fault-{len(self._state.faults.listed()) + 1}",
            operation=body.operation,
            kind=body.kind,
            nth=body.nth,
            times=body.times,
            seconds=body.seconds,
            status=body.status or _DEFAULT_STATUS.get(body.kind, 500),
            body=body.body,
            headers=tuple(body.headers.items()),
        )
        self._state.faults.add(fault)
        return fault_view(fault, 0)

    async def clear_faults(self, request: Request) -> dict[str, object]:
        self._state.faults.clear()
        return await self.faults(request)

    async def reset(self, request: Request) -> dict[str, object]:
        """Return to the world as it was at the start, the clock too."""
        self._state.rewind()
        self._state.restart()
        return await self.clock(request)

    def _user(self, who: str) -> User:
        user = self._state.directory.find_user(who)
        if user is None:
            message = f"No user {who!r}; GET {CONTROL}/world lists them."
            raise ControlError(message, 404)
        return user

    def _app(self, which: str) -> App:
        app = self._state.directory.find_app(which)
        if app is None:
            names = ", ".join(app.name for app in self._state.directory.apps.values())
            message = f"No app {which!r}; there are: {names}."
            raise ControlError(message, 404)
        return app


async def _read(request: Request, kind: type[B]) -> B:
    if not request.headers.get("content-type", "").startswith("application/json"):
        message = "Send the body as application/json."
        raise ControlError(message, 415)
    try:
        return kind.model_validate_json(await request.body())
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in error.errors()]
        raise ControlError("; ".join(problems)) from None
