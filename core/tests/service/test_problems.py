"""From error to answer: the status, and who is told what."""

import json
from datetime import UTC, datetime

import pytest
from starlette.requests import Request

from greenroom.engine.ports.zoom import GrantDead, OutcomeUnclear, RateLimited, ZoomError, ZoomUnavailable
from greenroom.errors import BadInput, ConfigurationFault, GreenroomError, NotFound
from greenroom.service.problems import answer_error
from greenroom.store import SealBroken, StoreUnavailable

VISITORS = [
    (BadInput("the link is old", next="Ask for another"), 400),
    (NotFound("no such thing"), 404),
    (ZoomUnavailable("Zoom does not answer"), 503),
    (RateLimited("too many requests", until=datetime(2026, 1, 1, tzinfo=UTC)), 503),
    (GrantDead("the grant is over"), 502),
    (OutcomeUnclear("it may have been made"), 502),
    (ZoomError("Zoom said something odd"), 502),
]
OPERATORS = [
    (ConfigurationFault("no such Zoom app", where="GREENROOM_ZOOM_APPS"), 500),
    (StoreUnavailable("locked", where="/var/lib/greenroom.db"), 503),
    (SealBroken("grants.access_token"), 500),
]


def request(path: str = "/connect/x", accept: str = "text/html") -> Request:
    """Return a request as the envelope hands it on."""
    headers = [(b"accept", accept.encode())]
    scope = {"type": "http", "path": path, "headers": headers, "method": "GET", "greenroom.request_id": "ref1"}
    return Request(scope)


@pytest.mark.parametrize(("error", "status"), VISITORS, ids=[type(error).__name__ for error, _ in VISITORS])
def test_the_visitor_is_told_what_they_can_mend(error: GreenroomError, status: int) -> None:
    """Input and Zoom's state are the visitor's business: what happened, and what to do next."""
    answer = answer_error(request(), error)

    page = bytes(answer.body).decode()
    assert answer.status_code == status
    assert error.what[1:] in page
    assert error.next in page


@pytest.mark.parametrize(("error", "status"), OPERATORS, ids=[type(error).__name__ for error, _ in OPERATORS])
def test_the_operator_is_told_the_rest(error: GreenroomError, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """Configuration, database and plugins are the operator's: one line of log, and for the visitor its reference."""
    answer = answer_error(request(), error)

    page = bytes(answer.body).decode()
    assert answer.status_code == status
    assert error.what not in page
    assert error.where not in page
    assert "ref1" in page
    assert [record.getMessage() for record in caplog.records] == [f"ref1 {error.code}: {error}"]


def test_a_page_escapes_what_an_error_quotes() -> None:
    """Whatever text an error carries is text on the page."""
    page = bytes(answer_error(request(), BadInput("<script>alert(1)</script>")).body).decode()

    assert "<script>" not in page


def test_a_program_is_told_in_json() -> None:
    """Where no page is asked for, the same is said as a document."""
    answer = answer_error(request("/webhooks/zoom/a", accept="*/*"), NotFound("no such thing", next="Look again"))

    assert json.loads(bytes(answer.body)) == {
        "error": {"code": "input.not_found", "what": "no such thing", "next": "Look again", "request_id": "ref1"}
    }
