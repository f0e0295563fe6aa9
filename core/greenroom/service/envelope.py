"""Around every answer: security headers, a correlation id, and one line of log without query or cookies."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REQUEST_ID = "greenroom.request_id"
_PROBLEM = "greenroom.problem"

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_HTTPS_ONLY = {"strict-transport-security": "max-age=31536000"}

log = logging.getLogger(__name__)


class Envelope:
    """Wraps an ASGI application, its error pages included. ``https``: browsers reach us over TLS."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = _HEADERS | _HTTPS_ONLY if https else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        # Never the caller's own: what stands in a log must be one word, and of nobody's choice.
        scope[_REQUEST_ID] = secrets.token_hex(8)
        status = 0

        async def send_in_envelope(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add(message, self._headers | {"x-request-id": scope[_REQUEST_ID]})
            await send(message)

        try:
            await self._app(scope, receive, send_in_envelope)
        finally:
            _log(scope, status, seconds=time.perf_counter() - began)


def request_id(scope: Scope) -> str:
    """Return what a request is called in the log and on the pages it is answered with."""
    return str(scope[_REQUEST_ID])


def note_problem(scope: Scope, code: str) -> None:
    """Let the request's line of log end with the stable code of what went wrong."""
    scope[_PROBLEM] = code


def _add(start: Message, headers: Mapping[str, str]) -> None:
    given = MutableHeaders(scope=start)
    for name, value in headers.items():
        given.setdefault(name, value)


def _log(scope: Scope, status: int, *, seconds: float) -> None:
    # The route's template, not the path: a path of ours can carry the secret of a link.
    route = getattr(scope.get("route"), "path", "-")
    words = (scope["method"], route, status, f"{seconds * 1000:.1f}ms", request_id(scope), scope.get(_PROBLEM, ""))
    log.info("%s", " ".join(str(word) for word in words).rstrip())
