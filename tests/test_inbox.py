"""Several processes act on kept webhooks: each webhook is acted on once, and none is dropped."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack

import pytest
from tests.booking import LaterClock
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_events import user_id

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.model import Level
from greenroom.profiles import Switches
from greenroom.zoom import digest

ME = "GET /users/{userId}"


@pytest.fixture
async def ready(greenroom: Greenroom, world: World) -> Greenroom:
    """A Greenroom with organization Team, where the recruiter has a connection of their own."""
    world.control("POST", "approvals", app=world.apps["user"].name, state="approved")
    await greenroom.create_organization("Team", "calendly", members={ZOOM_ADMIN: ["admin"], RECRUITER: ["user"]})
    await connected(greenroom, world, "Team", as_=RECRUITER, level=Level.MEMBER)
    return greenroom


async def keep(greenroom: Greenroom, world: World, count: int) -> None:
    """Keep webhooks about the recruiter; acting on one asks Zoom once what the recruiter is now."""
    ids = {"account_id": "northwind-account", "object": {"id": user_id(world, RECRUITER)}}
    for number in range(count):
        body = json.dumps({"event": "user.updated", "payload": {**ids, "time_stamp": number}}).encode()
        await greenroom.keep_webhook(world.apps["user"].name, body, digest(body))


def looks(world: World) -> int:
    """Return how often Zoom was asked what somebody is."""
    return [one["operation"] for one in world.ledger["requests"]].count(ME)


async def test_several_workers_share_the_work(ready: Greenroom, world: World, configuration: Configuration) -> None:
    """Three who work at once over one store act on each of thirty webhooks once, all of them at work."""
    await keep(ready, world, 30)
    before = looks(world)
    async with AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(Greenroom(configuration, switches=Switches())) for _ in range(3)]
        handled = await asyncio.gather(*(worker.work_inbox() for worker in workers))
    assert sum(handled) == 30
    assert all(handled)
    assert looks(world) == before + 30
    assert not await ready.inbox_waits()


async def test_what_a_stopped_worker_had_claimed_is_taken_up(
    ready: Greenroom, world: World, configuration: Configuration
) -> None:
    """While a claim lasts nobody else touches the webhook; when whoever claimed it never ended, others do later."""
    await keep(ready, world, 1)
    world.fault(ME, "delay", seconds=3)
    stopped = asyncio.create_task(ready.work_inbox())
    while not world.struck():
        await asyncio.sleep(0.02)
    stopped.cancel()
    await asyncio.wait([stopped])
    assert await ready.work_inbox() == 0
    assert await ready.inbox_waits()
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(0.1)) as later:
        assert await later.work_inbox() == 1


async def test_what_fails_is_put_off(ready: Greenroom, world: World, configuration: Configuration) -> None:
    """A webhook that cannot be acted on now stops no other, is not tried again at once, and is tried again later."""
    await keep(ready, world, 2)
    world.fault(ME, "status", status=503, times=3)
    assert await ready.work_inbox() == 1
    before = looks(world)
    assert await ready.work_inbox() == 0
    assert looks(world) == before
    assert await ready.inbox_waits()
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(0.1)) as later:
        assert await later.work_inbox() == 1
        assert not await later.inbox_waits()
