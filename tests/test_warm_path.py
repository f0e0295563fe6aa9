"""Scheduling once more asks Zoom once, over a connection that is open already."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from urllib.parse import urlsplit

import pytest
from tests.embedded import ZOOM_ADMIN, World, connected
from tests.test_grants import PANEL, instance

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches


class Door:
    """A door in front of a server: everything passes, and the TCP connections are counted."""

    def __init__(self, behind: str) -> None:
        parts = urlsplit(behind)
        self._host, self._port = parts.hostname or "", parts.port or 0
        self.connections = 0
        self.url = ""

    async def open(self, stack: AsyncExitStack) -> Door:
        """Listen on a free port until ``stack`` ends."""
        server = await asyncio.start_server(self._enter, "127.0.0.1", 0)
        stack.callback(server.close)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return self

    async def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        back, through = await asyncio.open_connection(self._host, self._port)
        await asyncio.gather(_pass(reader, through), _pass(back, writer))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    writer.close()


@pytest.fixture
async def door(world: World) -> AsyncIterator[Door]:
    """The door in front of the embedded Zoom."""
    async with AsyncExitStack() as stack:
        yield await Door(world.base_url).open(stack)


@pytest.fixture
def configuration(world: World, door: Door) -> Configuration:
    """A deployment that reaches the embedded Zoom through the door."""
    plain = world.configuration()
    apps = {name: app.model_copy(update={"host": door.url}) for name, app in plain.zoom_apps.items()}
    return plain.model_copy(update={"zoom_apps": apps})


async def test_scheduling_once_more_is_one_call_on_an_open_connection(
    configuration: Configuration, world: World, door: Door
) -> None:
    """The token is good and everybody is known, so nothing is asked but the meeting, and nothing is dialled."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        await instance(greenroom, "First")
        await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
        await greenroom.schedule("First", PANEL)
        asked, dialled = len(world.ledger["requests"]), door.connections
        for _ in range(3):
            outcome = await greenroom.schedule("First", PANEL)
            assert [one.kind for one in outcome.interviews] == ["made"]
        further = world.ledger["requests"][asked:]
        assert [request["operation"] for request in further] == ["POST /users/{userId}/meetings"] * 3
        assert door.connections == dialled
