"""A Greenroom beside a service on the same database, which the embedded Zoom tells of everything that happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from tests.embedded import World

from greenroom.facade import Greenroom
from greenroom.profiles import Switches
from greenroom.service import ServiceServer

T = TypeVar("T")

PATIENCE = 100
"""Looks, a twentieth of a second apart, until an event must have had its effect."""


@asynccontextmanager
async def told(world: World) -> AsyncIterator[Greenroom]:
    """Serve and subscribe; yield what a product's own pages would use."""
    with ServiceServer(world.configuration) as service:
        await asyncio.to_thread(world.subscribe, service.base_url)
        async with Greenroom(world.configuration(), switches=Switches()) as greenroom:
            yield greenroom


async def eventually(look: Callable[[], Awaitable[T]], expected: T) -> None:
    """Look until it is as expected; fail showing what it is when patience ends."""
    for _ in range(PATIENCE):
        if await look() == expected:
            return
        await asyncio.sleep(0.05)
    assert await look() == expected
