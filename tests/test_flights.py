"""Work that many ask for at once is done once, and what it ends in is everybody's."""

from __future__ import annotations

import asyncio

import pytest

from greenroom.engine.flights import Flights
from greenroom.engine.ports.zoom import ZoomUnavailable


class Work:
    """Something that takes a while, counts how often it was begun, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.begun = 0
        self.done = 0
        self._failures = failures

    async def do(self) -> int:
        """Take a while; return how often this was begun."""
        self.begun += 1
        await asyncio.sleep(0.02)
        self.done += 1
        if self.done <= self._failures:
            raise ZoomUnavailable("down")
        return self.begun


async def test_those_who_ask_meanwhile_share_it() -> None:
    """Eight who ask for the same get one answer; whoever asks later gets a new one; another name is other work."""
    flights, work, other = Flights[int](), Work(), Work()
    asked = [flights.join("a", work.do) for _ in range(8)]
    found = await asyncio.gather(*asked, flights.join("b", other.do))
    assert found == [1] * 9
    assert await flights.join("a", work.do) == 2


async def test_a_failure_is_everybodys_and_is_over() -> None:
    """A failure reaches all who waited, without a second try on the way; the next one who asks tries anew."""
    flights, work = Flights[int](), Work(failures=1)
    found = await asyncio.gather(*(flights.join("a", work.do) for _ in range(8)), return_exceptions=True)
    assert [type(one) for one in found] == [ZoomUnavailable] * 8
    assert work.begun == 1
    assert await flights.join("a", work.do) == 2


async def test_it_goes_on_without_those_who_asked() -> None:
    """When everybody who asked has gone, the work ends all the same, and can be waited for."""
    flights, work = Flights[int](), Work(failures=1)
    asked = asyncio.create_task(flights.join("a", work.do))
    await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await flights.landed()
    assert (work.begun, work.done) == (1, 1)
    await flights.landed()


async def test_it_can_be_called_off() -> None:
    """What can be fetched again is called off rather than waited for: whoever waited is told, and nothing is left."""
    flights, work = Flights[int](), Work()
    asked = asyncio.create_task(flights.join("a", work.do))
    await asyncio.sleep(0.001)
    await flights.called_off()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert (work.begun, work.done) == (1, 0)
