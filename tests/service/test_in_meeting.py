"""The home page of the in-meeting app, through the real service, as Zoom's client loads it."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from tests.embedded import RECRUITER, World
from tests.recruiting import ORGANIZATION, at_work, meeting_of, scheduled
from tests.test_features_in_meeting import context, uuid_of

from greenroom.facade import Greenroom
from greenroom.service import ServiceServer


@pytest.fixture
def service(world: World) -> Iterator[ServiceServer]:
    """The service, serving."""
    with ServiceServer(world.configuration) as running:
        yield running


@pytest.fixture
async def greenroom(world: World) -> AsyncIterator[Greenroom]:
    """A Greenroom over the same database, with a recruiter connected."""
    async with at_work(world.configuration(), world) as opened:
        yield opened


@pytest.fixture
async def client(service: ServiceServer) -> AsyncIterator[httpx.AsyncClient]:
    """Zoom's client: it sends the context once, and keeps no cookie."""
    async with httpx.AsyncClient(base_url=service.base_url, trust_env=False) as opened:
        yield opened


def session_in(page: str) -> str:
    """Return the session the page's forms carry."""
    found = re.search(r'name="session" value="([^"]+)"', page)
    assert found is not None
    return html.unescape(found[1])


async def test_a_recruiter_works_without_leaving_the_meeting(
    greenroom: Greenroom, world: World, client: httpx.AsyncClient
) -> None:
    """Candidate and history are shown, a note and a status are kept, what was typed is escaped [EXE-54, EXE-58]."""
    outcome = await scheduled(greenroom)
    header = context(world, mid=uuid_of(world, meeting_of(outcome)))
    home = await client.get("/zoom-app/user", headers={"x-zoom-app-context": header})
    assert home.status_code == 200
    assert "Cam Novak" in home.text
    assert "Zoom meeting" in home.text
    session = session_in(home.text)
    noted = await client.post("/zoom-app/user/note", data={"session": session, "text": "Knows <b>compilers</b>."})
    assert "Knows &lt;b&gt;compilers&lt;/b&gt;." in noted.text
    moved = await client.post("/zoom-app/user/status", data={"session": session, "text": "Second round"})
    assert "Second round" in moved.text
    assert not client.cookies


async def test_the_headers_zoom_demands(greenroom: Greenroom, world: World, client: httpx.AsyncClient) -> None:
    """No sniffing, no referrer, a content policy that lets Zoom alone frame it [EXE-65]."""
    outcome = await scheduled(greenroom)
    header = context(world, mid=uuid_of(world, meeting_of(outcome)))
    answer = await client.get("/zoom-app/user", headers={"x-zoom-app-context": header})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors https://*.zoom.us" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]


async def test_without_zooms_word_there_is_nothing(
    greenroom: Greenroom, world: World, client: httpx.AsyncClient
) -> None:
    """No context, a wrong one, a made-up session, no role any more: a page that says so, and nothing of anybody
    [EXE-64, EXE-65]."""
    outcome = await scheduled(greenroom)
    header = context(world, mid=uuid_of(world, meeting_of(outcome)))
    answers = [
        await client.get("/zoom-app/user"),
        await client.get("/zoom-app/user", headers={"x-zoom-app-context": header[:-4] + "AAAA"}),
        await client.get("/zoom-app/nobodys", headers={"x-zoom-app-context": header}),
        await client.post("/zoom-app/user/note", data={"session": "made up", "text": "Hello"}),
    ]
    await greenroom.save_member(ORGANIZATION, RECRUITER, [])
    answers.append(await client.get("/zoom-app/user", headers={"x-zoom-app-context": header}))
    assert [one.status_code for one in answers] == [401, 401, 404, 400, 403]
    assert not any("Cam Novak" in one.text for one in answers)
