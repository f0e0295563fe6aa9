"""The hundred changes a day of one host's meetings: counted across restarts, told with their end, no disconnection."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from tests.booking import LaterClock, panel_of
from tests.embedded import ZOOM_ADMIN, World, connected, environment
from tests.test_grants import instance

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches

CREATE = "POST /users/{userId}/meetings"
APRIL = "april.lee@northwind.example"
USED_UP = {
    "status": 429,
    "body": {
        "code": 429,
        "message": "You have reached the maximum daily rate limit (100) for Meeting Create/Update API requests for "
        "the user. You can resume these API requests at GMT 00:00:00.",
    },
}


@pytest.fixture
async def ready(greenroom: Greenroom, world: World) -> Greenroom:
    """A Greenroom whose organization First is connected."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    return greenroom


def midnight() -> datetime:
    """Return the next 00:00 UTC."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


async def test_the_hundred_and_first_waits_for_midnight(
    ready: Greenroom, world: World, configuration: Configuration
) -> None:
    """After a host's hundred the next one fails and says until when; another host, and the connection, stay well.

    A restart does not forget: the next process asks Zoom nothing for that host before midnight, and does after it.
    """
    found = await asyncio.gather(*(ready.schedule("First", panel_of("april.lee")) for _ in range(100)))
    assert {one.interviews[0].kind for one in found} == {"made"}
    late = (await ready.schedule("First", panel_of("april.lee"))).interviews[0]
    assert (late.kind, late.code, late.host) == ("failed", "zoom.rate_limited", APRIL)
    assert late.not_before == midnight()
    assert "used up until 00:00 UTC" in late.message
    assert (await ready.schedule("First", panel_of("calvin.ross"))).interviews[0].kind == "made"
    assert (await ready.status("First")).connections[0].phase == "blue"
    asked = world.creates
    async with Greenroom(configuration, switches=Switches()) as restarted:
        again = await restarted.retry(late.id)
        assert (again.kind, again.not_before) == ("failed", midnight())
        april = next(day for day in (await restarted.status("First")).host_days if day.host == APRIL)
        assert (april.changes, april.remaining, april.resets_at) == (100, 0, midnight())
        reasons = [one.reason for one in (await restarted.explain(late.id)).creations]
        assert len(reasons) == 2
        assert all(reasons)
    assert world.creates == asked
    world.control("POST", "clock", advance=86_400)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(24)) as tomorrow:
        assert (await tomorrow.retry(late.id)).kind == "made"


async def test_a_move_counts_and_is_held_back_too(ready: Greenroom, world: World) -> None:
    """Creating and moving count alike; once Zoom takes no more, a move fails unsent and changes nothing."""
    outcome = (await ready.schedule("First", panel_of("april.lee"))).interviews[0]
    assert (await ready.reschedule(outcome.id, "+4d 10:00")).kind == "made"
    assert [day.changes for day in (await ready.status("First")).host_days] == [2]
    world.fault("PATCH /meetings/{meetingId}", "status", **USED_UP)
    before = dict(world.meetings[0])
    for _ in range(2):
        moved = await ready.reschedule(outcome.id, "+5d 10:00")
        assert (moved.kind, moved.not_before) == ("failed", midnight())
    asked = [one["operation"] for one in world.ledger["requests"]]
    assert asked.count("PATCH /meetings/{meetingId}") == 2
    assert world.meetings[0] == before
    assert [day.remaining for day in (await ready.status("First")).host_days] == [0]


async def test_the_commands_say_it(ready: Greenroom, world: World, configuration: Configuration) -> None:
    """`status` names the host whose day is used up and until when; `explain` says which creation it stopped."""
    world.fault(CREATE, "status", **USED_UP)
    late = (await ready.schedule("First", panel_of("april.lee"))).interviews[0]

    def command(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "greenroom", *words],
            env={**os.environ, **environment(configuration)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    status = await asyncio.to_thread(command, "status", "First")
    assert f"{APRIL}: no changes of meetings left until" in status
    explained = await asyncio.to_thread(command, "explain", late.id)
    assert f"a meeting hosted by {APRIL} was not made: " in explained
