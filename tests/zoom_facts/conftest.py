"""The embedded Zoom in the kit's world, in process and with a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from importlib.resources import as_file, files

import httpx
import pytest

from greenroom.conformance.zoom.contract import ReplyContract
from greenroom.conformance.zoom.subject import NOON, Answer, SimulatedZoom
from greenroom.sandbox import Sandbox, World, load_world
from greenroom.sandbox.catalogue import published

# Before the checks are imported, so that a failing one says what it compared.
pytest.register_assert_rewrite("greenroom.conformance.zoom.checks")

BASE = "http://sandbox.test"


class Judged(httpx.ASGITransport):
    """Reaches a sandbox and holds every REST reply that passes to the reply contract."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox.app)
        operations = published().by_name
        self._contract = ReplyContract({name: operation.document for name, operation in operations.items()})
        self.problems: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on, and judge what comes back."""
        reply = await super().handle_async_request(request)
        found = published().find(request.method, request.url.path.removeprefix("/v2"))
        if request.url.path.startswith("/v2/") and found is not None:
            await reply.aread()
            answer = Answer.of(reply)
            body = answer.body if answer.text else None
            said = self._contract.problems(found[0].name, dict(request.url.params), answer.status, body)
            self.problems += [f"{found[0].name}: {one}" for one in said]
        return reply


def start(world: World) -> Sandbox:
    """Return a sandbox that starts at the kit's noon, the clock standing still."""
    return Sandbox(world, seed=7, clock=datetime.fromisoformat(NOON), frozen=True)


@pytest.fixture(scope="session")
def world() -> World:
    """The kit's world."""
    with as_file(files("greenroom.conformance.zoom") / "world.yaml") as path:
        return load_world(path)


@pytest.fixture
def judged(world: World) -> Judged:
    """A sandbox in the kit's world, whose replies are judged on the way."""
    return Judged(start(world))


@pytest.fixture
async def simulated(judged: Judged) -> AsyncIterator[SimulatedZoom]:
    """That sandbox as the checks see it."""
    async with SimulatedZoom.at(BASE, judged) as zoom:
        yield zoom
