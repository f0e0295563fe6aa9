"""From an error to an answer: a status, a stable code, and a sentence for a person; never a traceback.

What is the visitor's to mend is said to them. What is the operator's (configuration, a plugin, the database) is said
in the log, under the reference that the visitor sees.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from greenroom.engine.ports.zoom import AppContextRefused, RateLimited, ZoomError, ZoomUnavailable
from greenroom.errors import BadInput, GreenroomError, NotFound
from greenroom.service.envelope import note_problem, request_id
from greenroom.service.pages import Page, html
from greenroom.store import StoreUnavailable
from greenroom.zoom import WebhookRejected

_VISITORS: tuple[tuple[type[GreenroomError], int], ...] = (
    (AppContextRefused, 401),
    (NotFound, 404),
    (BadInput, 400),
    (WebhookRejected, 401),
    (ZoomUnavailable, 503),
    (RateLimited, 503),
    (ZoomError, 502),
)
_PAGES = ("/connect/", "/oauth/", "/zoom-app/")

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is told about something that went wrong."""

    status: int
    code: str
    what: str
    next: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_error(request: Request, error: GreenroomError) -> Response:
    """Return the answer to one of our errors."""
    for kind, status in _VISITORS:
        if isinstance(error, kind):
            return _answer(request, Problem(status=status, code=error.code, what=error.what, next=error.next))
    note_error(request, error)
    return _answer(request, _operators(503 if isinstance(error, StoreUnavailable) else 500, error.code))


def note_error(request: Request, error: GreenroomError) -> None:
    """Tell the operator in the log what the visitor is not told."""
    note_problem(request.scope, error.code)
    log.error("%s %s: %s", request_id(request.scope), error.code, error)


async def on_greenroom_error(request: Request, error: Exception) -> Response:
    """Answer one of our errors."""
    assert isinstance(error, GreenroomError)
    return answer_error(request, error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what is refused before any of our verbs: no such address, not this method, too large."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    plain = error.detail == phrase
    what = f"this address: {phrase.lower()}" if plain else error.detail
    code = f"http.{phrase.lower().replace(' ', '_')}"
    return _answer(request, Problem(status=error.status_code, code=code, what=what, headers=error.headers or {}))


async def on_unforeseen(request: Request, _: Exception) -> Response:
    """Answer what nobody foresaw: a reference, and nothing of the error, which the server logs."""
    return _answer(request, _operators(500, "service.unforeseen"))


def _answer(request: Request, problem: Problem) -> Response:
    """Return the problem as a page where a person waits for one, as JSON elsewhere."""
    note_problem(request.scope, problem.code)
    response = _page(request, problem) if _wants_page(request) else _json(request, problem)
    response.headers.update(problem.headers)
    return response


def _page(request: Request, problem: Problem) -> Response:
    next_ = (_sentence(problem.next),) if problem.next else ()
    page = Page(
        title=_title(problem.status),
        says=(_sentence(problem.what),),
        next=next_,
        reference=request_id(request.scope),
    )
    return html(page, status=problem.status)


def _json(request: Request, problem: Problem) -> Response:
    error = {"code": problem.code, "what": problem.what, "next": problem.next, "request_id": request_id(request.scope)}
    return JSONResponse({"error": error}, problem.status)


def _operators(status: int, code: str) -> Problem:
    what = "Greenroom could not do this, and it is not your doing"
    return Problem(status=status, code=code, what=what, next="Tell whoever runs it, with the reference given here")


def _wants_page(request: Request) -> bool:
    return request.scope["path"].startswith(_PAGES) or "text/html" in request.headers.get("accept", "")


def _title(status: int) -> str:
    if status == HTTPStatus.NOT_FOUND:
        return "There is nothing here"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "This did not work just now"
    return "This cannot be done"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
