"""Each flipped fact is noticed by its checks, and by those alone."""

from __future__ import annotations

import httpx
import pytest
from tests.zoom_facts.conftest import BASE, start
from tests.zoom_facts.flips import FLIPS, Flip

from greenroom.conformance.zoom import load_facts
from greenroom.conformance.zoom.kit import find_fact_checks, run_one
from greenroom.conformance.zoom.subject import SimulatedZoom
from greenroom.sandbox import Sandbox, World

CHECKS = {check.name: check for check in find_fact_checks()}


async def _failing(world: World, names: tuple[str, ...]) -> set[str]:
    """Return which of the checks fail, each against a sandbox of its own."""
    failed = set()
    for name in names:
        async with SimulatedZoom.at(BASE, httpx.ASGITransport(start(world).app)) as zoom:
            run = await run_one(zoom, CHECKS[name])
        assert run.outcome != "broken", run.said
        failed |= {name} if run.outcome == "failed" else set()
    return failed


@pytest.mark.parametrize("flip", [pytest.param(one, id=f"{one.fact} {one.instead}") for one in FLIPS])
async def test_flipped_fact_is_noticed(monkeypatch: pytest.MonkeyPatch, world: World, flip: Flip) -> None:
    """Before the flip all its checks pass; after it those named fail and the related ones do not."""
    names = (*flip.noticed_by, *flip.not_by)
    assert await _failing(world, names) == set()
    flip.apply(monkeypatch)
    assert await _failing(world, names) == set(flip.noticed_by)


@pytest.mark.parametrize("flip", [pytest.param(one, id=one.fact) for one in FLIPS])
def test_one_who_notices_proves_the_fact(flip: Flip) -> None:
    """Of the checks that notice at least one claims to prove the fact."""
    assert flip.fact in load_facts()
    assert any(flip.fact in CHECKS[name].clauses for name in flip.noticed_by)


def test_ten_facts_are_flipped() -> None:
    """At least ten facts, each once."""
    assert len({flip.fact for flip in FLIPS}) == len(FLIPS) >= 10


class Mute(httpx.ASGITransport):
    """Reaches a sandbox whose REST replies all come as one and the same."""

    def __init__(self, sandbox: Sandbox, status: int, body: dict[str, object]) -> None:
        super().__init__(sandbox.app)
        self._reply = status, body
        self.silenced = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request on, and let nothing of a REST reply through."""
        reply = await super().handle_async_request(request)
        if not request.url.path.startswith("/v2/"):
            return reply
        self.silenced += 1
        return httpx.Response(self._reply[0], json=self._reply[1])


@pytest.mark.parametrize(("status", "body"), [(200, {}), (400, {"code": 300, "message": "No."})])
@pytest.mark.parametrize("name", sorted(CHECKS))
async def test_no_check_passes_without_answers(world: World, name: str, status: int, body: dict[str, object]) -> None:
    """A check that asks the API anything fails when all is granted and nothing told, and when all is refused."""
    mute = Mute(start(world), status, body)
    async with SimulatedZoom.at(BASE, mute) as zoom:
        run = await run_one(zoom, CHECKS[name])
    assert (run.outcome == "passed") is (mute.silenced == 0), run.said
