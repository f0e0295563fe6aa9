"""What surrounds every request Zoom would see: the log of requests, and faults on demand."""

import asyncio
import json
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenroom.sandbox.catalogue import published
from greenroom.sandbox.faults import Fault
from greenroom.sandbox.ledger import Request
from greenroom.sandbox.state import State

CONTROL = "/_sandbox"
DROP = "greenroom.drop"
OAUTH_OPERATIONS = ("GET /oauth/authorize", "POST /oauth/authorize", "POST /oauth/token", "POST /oauth/revoke")

_EXCHANGE = "greenroom.exchange"
_PER_SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
_HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>The service is unavailable.</p></body></html>"


@dataclass
class Exchange:
    """What is learnt about one request while it is handled."""

    app: str | None = None
    user: str | None = None
    status: int | None = None


def exchange_of(scope: MutableMapping[str, object]) -> Exchange:
    """Return the notes on the request being handled."""
    return cast("Exchange", scope.setdefault(_EXCHANGE, Exchange()))


def operation_name(method: str, path: str) -> str:
    """Name a request as the catalogue does; requests outside it are named by their path."""
    found = published().find(method, path.removeprefix("/v2")) if path.startswith("/v2/") else None
    return found[0].name if found else f"{method} {path}"


class Traffic:
    """Logs each request to the OAuth pages, the token endpoint and REST, and lets a fault strike it."""

    def __init__(self, app: ASGIApp, state: State) -> None:
        self._app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection; control calls pass untouched."""
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await self._app(scope, receive, send)
            return
        operation = operation_name(scope["method"], scope["path"])
        fault = self._state.faults.strike(operation)
        self._state.ledger.received[operation] += 1
        exchange = exchange_of(scope)
        at, started = self._state.clock.now(), time.perf_counter()
        ledger = self._state.ledger
        try:
            await self._perform(fault, scope, receive, _noting(exchange, send))
        finally:
            latency = round((time.perf_counter() - started) * 1000, 3)
            kind = fault.kind if fault else None
            ledger.requests.append(
                Request(at, operation, scope["path"], exchange.app, exchange.user, exchange.status, latency, kind)
            )

    async def _perform(self, fault: Fault | None, scope: Scope, receive: Receive, send: Send) -> None:
        if fault is None:
            await self._app(scope, receive, send)
            return
        if fault.after:
            await self._app(scope, receive, _unheard)
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            await self._app(scope, receive, send)
        elif fault.kind in ("hang", "hang_after"):
            await _gone(receive)
        elif fault.kind in ("reset_before", "reset_after"):
            await _drop(scope, receive)
        else:
            await _answer(fault, send)


def _noting(exchange: Exchange, send: Send) -> Send:
    async def noting(message: Message) -> None:
        if message["type"] == "http.response.start":
            exchange.status = message["status"]
        await send(message)

    return noting


async def _unheard(message: Message) -> None:
    """Take an answer that nobody is to hear."""


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _drop(scope: Scope, receive: Receive) -> None:
    """Break the TCP connection; without one, as in in-process calls, raise what a broken one raises."""
    drop = cast("Callable[[], None] | None", scope.get(DROP))
    if drop is None:
        message = "the connection was reset by a sandbox fault"
        raise ConnectionResetError(message)
    drop()
    await _gone(receive)


async def _answer(fault: Fault, send: Send) -> None:
    body, content_type = _canned(fault)
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in fault.headers]
    await send({"type": "http.response.start", "status": fault.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _canned(fault: Fault) -> tuple[bytes, str]:
    if isinstance(fault.body, str):
        return fault.body.encode(), "text/html" if fault.kind == "html" else "text/plain"
    if fault.body is None and fault.kind == "html":
        return _HTML.format(fault.status).encode(), "text/html"
    text = _PER_SECOND if fault.status == 429 else "Internal server error."
    body = fault.body if fault.body is not None else {"code": fault.status, "message": text}
    return json.dumps(body).encode(), "application/json"
