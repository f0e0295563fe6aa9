"""One token pair, many at once: refreshed once, kept before it is used, and given up only at Zoom's word."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

import pytest
from tests.booking import LaterClock, booked, booking_process
from tests.embedded import ZOOM_ADMIN, World, connected
from tests.test_grants import PANEL, instance

from greenroom.configuration import Configuration
from greenroom.engine.ports.records import GrantRecord
from greenroom.facade import Greenroom
from greenroom.profiles import Switches
from greenroom.store import Keyring, SqlStore

TOKEN = "POST /oauth/token"
CREATE = "POST /users/{userId}/meetings"


@pytest.fixture(params=["strict", "lenient"])
def rotation(request: pytest.FixtureRequest, world: World) -> str:
    """Whether Zoom lets a replaced refresh token die at once or live a minute longer: both were seen."""
    rotation = str(request.param)
    world.let_refresh_tokens_live(60 if rotation == "lenient" else 0)
    return rotation


@pytest.fixture
async def ready(greenroom: Greenroom, world: World) -> Greenroom:
    """A Greenroom whose organization First is connected."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    return greenroom


def refreshes(world: World) -> int:
    """Return how often tokens were asked for after the first ones."""
    return [one["operation"] for one in world.ledger["requests"]].count(TOKEN) - 1


async def kept(configuration: Configuration) -> GrantRecord:
    """Return the grant as another process would read it."""
    assert configuration.keys is not None
    store = await SqlStore.open(configuration.database_url, Keyring.parse(configuration.keys.get_secret_value()))
    try:
        rows = await store.read(lambda tx: tx.connections.of_organization(tx.organizations.list()[0].id))
        grant_id = rows[0].grant_id
        assert grant_id is not None
        found = await store.read(lambda tx: tx.grants.get(grant_id))
    finally:
        await store.close()
    assert found is not None
    return found


async def phase(greenroom: Greenroom) -> str:
    """Return the phase of the organization's connection."""
    return (await greenroom.status("First")).connections[0].phase


@pytest.mark.parametrize("hours", [2, 0], ids=["seen to be old", "refused as old"])
@pytest.mark.usefixtures("ready", "rotation")
async def test_sixty_four_bookings_on_an_expired_token(world: World, configuration: Configuration, hours: int) -> None:
    """All are made with one refresh, whether we know that the token is old or Zoom says so."""
    world.control("POST", "clock", advance=7200)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(hours)) as later:
        found = await booked(later, "First", 64)
    assert found == {"made": 64}
    assert refreshes(world) == 1
    assert len(world.meetings) == world.creates - _rejected(world) == 64


@pytest.mark.usefixtures("ready", "rotation")
async def test_sixty_four_bookings_of_four_processes(world: World, configuration: Configuration) -> None:
    """Four processes over one store, sixteen bookings each, on one expired token: one refresh among them."""
    world.control("POST", "clock", advance=7200)
    children = [booking_process(configuration, "First", 16, 2) for _ in range(4)]
    outputs = await asyncio.gather(*(asyncio.to_thread(child.communicate) for child in children))
    found = sum((Counter(json.loads(output)) for output, _ in outputs), Counter[str]())
    assert found == {"made": 64}
    assert refreshes(world) == 1
    assert len(world.meetings) == 64


@pytest.mark.usefixtures("ready")
async def test_a_lost_refresh_reply_ends_once(world: World, configuration: Configuration) -> None:
    """Zoom replaced the tokens and its answer was lost: the connection needs reconnecting, decided once; nothing is
    asked for tokens again, and reconnecting cures it."""
    world.control("POST", "clock", advance=7200)
    world.fault(TOKEN, "reset_after")
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(2)) as later:
        assert "made" not in await booked(later, "First", 16)
        assert await phase(later) == "needs_reconnect"
        asked = refreshes(world)
        assert "made" not in await booked(later, "First", 4)
        await later.recover()
        assert refreshes(world) == asked == 2
        assert await endings(configuration) == 1
        await connected(later, world, "First", as_=ZOOM_ADMIN)
        assert await booked(later, "First", 4) == {"made": 4}


@pytest.mark.usefixtures("ready")
async def test_a_lost_refresh_reply_goes_unnoticed_where_the_old_token_lives(
    world: World, configuration: Configuration
) -> None:
    """Where Zoom still takes the replaced refresh token, asking once more brings new tokens and all are made."""
    world.let_refresh_tokens_live(60)
    world.control("POST", "clock", advance=7200)
    world.fault(TOKEN, "reset_after")
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(2)) as later:
        assert await booked(later, "First", 16) == {"made": 16}
        assert await phase(later) == "blue"
    assert refreshes(world) == 2


FAILURES = {
    "zoom.app_refused": {"kind": "status", "status": 400, "body": {"reason": "no", "error": "invalid_client"}},
    "zoom.rate_limited": {"kind": "rate_limited"},
    "zoom.unavailable": {"kind": "status", "status": 503},
}


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("code", FAILURES)
async def test_other_failures_disconnect_nobody(world: World, configuration: Configuration, code: str) -> None:
    """An app that Zoom refuses, a limit, an outage: the tokens stay as they are, and once it is over all is well."""
    before = await kept(configuration)
    world.control("POST", "clock", advance=7200)
    world.fault(TOKEN, times=None, **FAILURES[code])
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(2)) as later:
        assert await booked(later, "First", 4) == {code: 4}
        assert await kept(configuration) == before
        assert await phase(later) == "blue"
        world.control("DELETE", "faults")
        assert await booked(later, "First", 4) == {"made": 4}


@pytest.mark.usefixtures("ready")
async def test_a_token_that_is_still_good_is_used_on(world: World, configuration: Configuration) -> None:
    """While refreshing ahead of time fails, an access token with some minutes left makes meetings."""
    world.control("POST", "clock", advance=57 * 60)
    world.fault(TOKEN, "status", status=503, times=None)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(57 / 60)) as later:
        assert await booked(later, "First", 4) == {"made": 4}
    assert refreshes(world) > 0


@pytest.mark.usefixtures("ready")
async def test_a_token_is_refreshed_before_it_expires(world: World, configuration: Configuration) -> None:
    """With less than five minutes left it is refreshed first, so that Zoom never has to refuse it."""
    world.control("POST", "clock", advance=57 * 60)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(57 / 60)) as later:
        assert await booked(later, "First", 4) == {"made": 4}
    assert refreshes(world) == 1
    assert not _rejected(world)


@pytest.mark.usefixtures("ready")
async def test_new_tokens_are_kept_before_they_are_used(world: World, configuration: Configuration) -> None:
    """While the first call with a new access token is under way, its refresh token can be read from the store."""
    before = await kept(configuration)
    world.control("POST", "clock", advance=7200)
    world.fault("GET /users", "delay", seconds=2)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(2)) as later:
        booking = asyncio.create_task(later.schedule("First", PANEL))
        while refreshes(world) == 0:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)
        after = await kept(configuration)
        assert not booking.done()
        assert after.generation == before.generation + 1
        assert after.refresh_token != before.refresh_token
        await booking


@pytest.mark.usefixtures("ready")
async def test_a_dead_token_is_looked_at_again(world: World, configuration: Configuration) -> None:
    """Zoom refuses a refresh token because the same person authorized anew meanwhile: the newer one is there, and
    nothing needs reconnecting."""
    world.control("POST", "clock", advance=7200)
    world.fault(TOKEN, "delay", seconds=2)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(2)) as later:
        booking = asyncio.create_task(booked(later, "First", 4))
        while not world.struck():
            await asyncio.sleep(0.02)
        await instance(later, "Second")
        begun = await later.connect("Second", as_=ZOOM_ADMIN)
        assert begun.url is not None
        assert (await later.complete_url(world.authorize(begun.url, ZOOM_ADMIN))).refused
        assert not booking.done()
        assert await booking == {"made": 4}
        assert await phase(later) == "blue"
    assert await endings(configuration) == 0


@pytest.mark.usefixtures("ready")
async def test_a_refresh_survives_whoever_asked(world: World, configuration: Configuration) -> None:
    """Somebody who gives up while Zoom answers takes the new tokens from nobody: they are kept, and serve the next."""
    world.control("POST", "clock", advance=7200)
    world.fault(TOKEN, "delay", seconds=1)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(2)) as later:
        gone = asyncio.create_task(later.schedule("First", PANEL))
        while not world.struck():
            await asyncio.sleep(0.02)
        gone.cancel()
        await asyncio.wait([gone])
    assert (await kept(configuration)).generation == 2
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(2)) as later:
        assert await booked(later, "First", 1) == {"made": 1}
    assert refreshes(world) == 1


async def endings(configuration: Configuration) -> int:
    """Return how often it was decided that the connection ended."""
    assert configuration.keys is not None
    store = await SqlStore.open(configuration.database_url, Keyring.parse(configuration.keys.get_secret_value()))
    try:
        found = await store.read(lambda tx: tx.records.decisions(tx.organizations.list()[0].id))
    finally:
        await store.close()
    return sum(one.question.startswith("connection ends") for one in found)


def _rejected(world: World) -> int:
    return sum(one["operation"] == CREATE and one["status"] == 401 for one in world.ledger["requests"])
