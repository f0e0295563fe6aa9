"""Work that several tasks want at once and that is done once: they wait for the same flight."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """At most one piece of work a name in this process; its result, or its failure, is everybody's who asked meanwhile.

    A flight goes on when those who wait for it are cancelled: what it brings home (a token that Zoom gives only
    once, say) must not depend on a browser that stays. `landed` waits for the flights that are still out.
    """

    def __init__(self) -> None:
        self._out: dict[str, asyncio.Task[T]] = {}

    async def join(self, name: str, work: Callable[[], Coroutine[None, None, T]]) -> T:
        """Return what ``work`` returns, or what the flight of this name that is out already returns."""
        flight = self._out.get(name)
        if flight is None:
            flight = asyncio.create_task(work(), name=f"greenroom-{name}")
            self._out[name] = flight
            flight.add_done_callback(lambda done: self._land(name, done))
        return await asyncio.shield(flight)

    async def landed(self) -> None:
        """Wait until no flight is out; failures are those of whoever asked."""
        if self._out:
            await asyncio.wait(list(self._out.values()))

    async def called_off(self) -> None:
        """Call off every flight that is out: what it would bring home can be fetched again."""
        for flight in self._out.values():
            flight.cancel()
        await self.landed()

    def _land(self, name: str, flight: asyncio.Task[T]) -> None:
        del self._out[name]
        if not flight.cancelled():
            flight.exception()  # seen here even if everybody who waited is gone
