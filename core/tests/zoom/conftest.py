"""A client, an app and an access token, all aimed at a scripted server on a real port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from core.tests.zoom.setting import START, Setting, opened
from core.tests.zoom.wire import Wire
from pydantic import SecretStr

from greenroom.engine.ports.zoom import Access, MeetingDraft, ZoomApp
from greenroom.sandbox import Sandbox, SandboxServer, load_world
from greenroom.zoom import Timeouts, ZoomClient

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
TOKEN = "canary-access-0f1e2d3c4b5a69788796a5b4c3d2e1f0"
CLIENT_SECRET = "canary-secret-77aa"


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A scripted server."""
    server = Wire()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def zoom(app: ZoomApp) -> AsyncIterator[ZoomClient]:
    """A client whose clock stands at noon."""
    async with ZoomClient(apps=[app], now=lambda: NOON, pauses=(0.01, 0.01)) as client:
        yield client


@pytest.fixture
async def hasty(app: ZoomApp) -> AsyncIterator[ZoomClient]:
    """A client that waits for nothing."""
    timeouts = Timeouts(connect=0.2, read=0.2, write=0.2, pool=0.2, whole=0.5)
    async with ZoomClient(apps=[app], timeouts=timeouts, now=lambda: NOON, pauses=(0.01, 0.01)) as client:
        yield client


@pytest.fixture
def app(wire: Wire) -> ZoomApp:
    """A Zoom app whose host is the scripted server."""
    return ZoomApp(
        name="acme",
        kind="admin",
        client_id="acme-client",
        client_secret=SecretStr(CLIENT_SECRET),
        redirect_uri="https://hire.acme.example/back?a=b&c",
        host=wire.url,
    )


@pytest.fixture
def access(wire: Wire) -> Access:
    """An access token that the scripted server is shown."""
    return Access(api_url=wire.url, token=SecretStr(TOKEN))


@pytest.fixture
def draft() -> MeetingDraft:
    """A meeting that leaves open what it can."""
    return MeetingDraft(topic="Ana Lee", start=NOON, minutes=45, zone="Europe/Madrid")


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    """A sandbox on a real port, on a day in March."""
    with SandboxServer(Sandbox(load_world(), seed=7, clock=START - timedelta(days=1))) as running:
        yield running


@pytest.fixture
async def setting(server: SandboxServer) -> AsyncIterator[Setting]:
    """The sandbox's admin app, approved, and a client."""
    async with opened(server) as made:
        yield made
