"""What Greenroom sends is what Zoom publishes: every request of a full run, against the published documents."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from jsonschema import Draft7Validator
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from tests.embedded import ZOOM_ADMIN, World, connected
from tests.test_grants import PANEL, instance

from greenroom.facade import Greenroom
from greenroom.profiles import Switches
from greenroom.sandbox.catalogue import Operation, published


class Recorder:
    """Keeps every REST request on its way into the sandbox."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.requests: list[tuple[str, str, Mapping[str, str], Any]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, noting what came."""
        body = b""

        async def noting() -> Message:
            nonlocal body
            message = await receive()
            body += message.get("body", b"")
            return message

        await self._app(scope, noting, send)
        if scope["type"] == "http" and scope["path"].startswith("/v2/"):
            query = dict(pair.partition("=")[::2] for pair in scope["query_string"].decode().split("&") if pair)
            sent = json.loads(body) if body else None
            self.requests.append((scope["method"], scope["path"].removeprefix("/v2"), query, sent))


def problems(method: str, path: str, query: Mapping[str, str], body: Any) -> Iterator[str]:
    """Yield what a request has that Zoom does not publish."""
    found = published().find(method, path)
    if found is None:
        yield f"{method} {path} is no published operation"
        return
    operation, _ = found
    known = {one["name"] for one in _parameters(operation) if one["in"] == "query"}
    yield from (f"{operation.name}: query {name}" for name in query if name not in known)
    if body is not None:
        schema = _strict(operation.body_schema)
        yield from (f"{operation.name}: {error.message}" for error in Draft7Validator(schema).iter_errors(body))


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    parameters: Any = operation.document.get("parameters", [])
    found: list[dict[str, Any]] = parameters
    return found


def _strict(schema: Any) -> Any:
    """Return the schema with every name it does not publish forbidden."""
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {name: _strict(inner) for name, inner in schema.items()}
    if isinstance(schema.get("properties"), dict):
        strict["additionalProperties"] = False
    return strict


@pytest.fixture
def recorder(world: World) -> Recorder:
    """The embedded Zoom's server, recording."""
    recorder = Recorder(world._server._server._app)
    world._server._server._app = recorder
    return recorder


@pytest.fixture
async def greenroom(world: World, recorder: Recorder) -> AsyncIterator[Greenroom]:
    """A Greenroom that talks to the recording Zoom."""
    async with Greenroom(world.configuration(), switches=Switches()) as opened:
        yield opened


async def test_a_full_run_sends_published_requests_only(greenroom: Greenroom, world: World, recorder: Recorder) -> None:
    """Connect, schedule, lose an answer, move, cancel: methods, paths, parameters and bodies are Zoom's."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    world.fault("POST /users/{userId}/meetings", "reset_after")
    made = (await greenroom.schedule("First", PANEL)).interviews[0]
    moved = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
    await greenroom.reschedule(made.id, moved)
    await greenroom.cancel(made.id)
    asked = {found[0].name for request in recorder.requests if (found := published().find(*request[:2]))}
    assert {
        "GET /users",
        "GET /users/{userId}",
        "POST /users/{userId}/meetings",
        "GET /users/{userId}/meetings",
    } <= asked
    assert {"PATCH /meetings/{meetingId}", "DELETE /meetings/{meetingId}"} <= asked
    assert [problem for request in recorder.requests for problem in problems(*request)] == []


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (("GET", "/nothing/here", {}, None), "no published operation"),
        (("GET", "/users", {"colour": "blue"}, None), "query colour"),
        (("POST", "/users/me/meetings", {}, {"colour": "blue"}), "colour"),
        (("POST", "/users/me/meetings", {}, {"settings": {"colour": "blue"}}), "colour"),
        (("POST", "/users/me/meetings", {}, {"duration": "45"}), "45"),
    ],
)
def test_the_check_can_fail(request_: tuple[str, str, Mapping[str, str], Any], said: str) -> None:
    """A path, a parameter, a field or a type that Zoom does not publish is found."""
    (problem,) = problems(*request_)
    assert said in problem
