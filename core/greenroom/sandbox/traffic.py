"""What surrounds every request Zoom would see: the log of requests, and faults on demand."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from greenroom.sandbox.catalogue import published
from greenroom.sandbox.faults import Fault
from greenroom.sandbox.ledger import Request
from greenroom.sandbox.rate_labels import label_of
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
        """Handle one ASGI connection: what is due happens first, and events go out afterwards."""
        self._state.base_url = _own_address(scope) or self._state.base_url
        self._state.timers.run_due()
        try:
            await self._handle(scope, receive, send)
        finally:
            self._state.deliveries.wake()

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log a request and let faults strike it; control calls pass untouched."""
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
            label = label_of(operation) if operation in published().by_name else None
            ledger.requests.append(
                Request(
                    at, operation, label, scope["path"], exchange.app, exchange.user, exchange.status, latency, kind
                )
            )

    async def _perform(self, fault: Fault | None, scope: Scope, receive: Receive, send: Send) -> None:
        if fault is None:
            await self._app(scope, receive, send)
            return
        if fault.after:
            await self._app(scope, receive, _unheard)
        if fault.kind == "delay":
            heard = await _heard(receive)
            await asyncio.sleep(fault.seconds)
            await self._app(scope, heard, send)
        elif fault.kind in ("hang", "hang_after"):
            await _gone(receive)
        elif fault.kind in ("reset_before", "reset_after"):
            await _drop(scope, receive)
        elif fault.kind == "truncated":
            await self._app(scope, receive, _Halved(send))
        else:
            await _answer(fault, self._state.clock.now(), send)


def _own_address(scope: Scope) -> str | None:
    """Return where the sandbox was just called, which its addresses in events start with."""
    host = next((value.decode("latin-1") for name, value in scope.get("headers", ()) if name == b"host"), None)
    return f"{scope['scheme']}://{host}" if host and scope["type"] == "http" else None


def _noting(exchange: Exchange, send: Send) -> Send:
    async def noting(message: Message) -> None:
        if message["type"] == "http.response.start":
            exchange.status = message["status"]
        await send(message)

    return noting


async def _unheard(message: Message) -> None:
    """Take an answer that nobody is to hear."""


async def _heard(receive: Receive) -> Receive:
    """Take in a request whole, so that it is handled even if whoever sent it does not wait for the answer."""
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())
    waiting = iter(messages)

    async def again() -> Message:
        return next(waiting, None) or await receive()

    return again


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


class _Halved:
    """Sends the first half of a body as if it were all of it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            half = self._body[: len(self._body) // 2]
            kept = [(name, value) for name, value in self._start["headers"] if name.lower() != b"content-length"]
            length = (b"content-length", str(len(half)).encode())
            await self._send({**self._start, "headers": [*kept, length]})
            await self._send({"type": "http.response.body", "body": half})


async def _answer(fault: Fault, now: datetime, send: Send) -> None:
    body, content_type = _canned(fault)
    headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(body)).encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in fault.headers]
    waiting = fault.waiting_header(now)
    headers += [(b"retry-after", waiting.encode())] if waiting else []
    await send({"type": "http.response.start", "status": fault.answered, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _canned(fault: Fault) -> tuple[bytes, str]:
    if isinstance(fault.body, str):
        return fault.body.encode(), "text/html" if fault.kind == "html" else "text/plain"
    if fault.body is None and fault.kind == "html":
        return _HTML.format(fault.answered).encode(), "text/html"
    body = fault.body if fault.body is not None else _said(fault)
    return json.dumps(body).encode(), "application/json"


def _said(fault: Fault) -> Mapping[str, object]:
    """Return what Zoom says in the case a fault plays."""
    if fault.kind == "invalid_grant":
        return {"reason": "Invalid Token!", "error": "invalid_grant"}
    if fault.kind == "token_rejected":
        return {"code": 124, "message": "Invalid access token."}
    text = _PER_SECOND if fault.answered == 429 else "Internal server error."
    return {"code": fault.answered, "message": text}
