"""Who exists at Zoom: kept with its age, out of date at Zoom's word, looked up anew when asked, cheap otherwise."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys

import pytest
from tests.booking import LaterClock, booked
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected, environment
from tests.test_events import told, user_id
from tests.test_grants import PANEL, instance

from greenroom.configuration import Configuration
from greenroom.engine.directory_views import DirectoryPartView
from greenroom.errors import NotFound
from greenroom.facade import Greenroom
from greenroom.model import Level
from greenroom.profiles import Switches

APRIL = "april.lee@northwind.example"
LOOK = "GET /users"
ONE_LOOK = 3
"""Zoom lists active, inactive and pending users apart."""


@pytest.fixture
async def ready(greenroom: Greenroom, world: World) -> Greenroom:
    """A Greenroom whose organization First is connected and has looked who exists."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    await greenroom.schedule("First", PANEL)
    return greenroom


@pytest.fixture
async def personal(greenroom: Greenroom, world: World) -> Greenroom:
    """A Greenroom with organization Team, where the recruiter has a connection of their own and nobody else one."""
    world.control("POST", "approvals", app=world.apps["user"].name, state="approved")
    await greenroom.create_organization("Team", "calendly", members={ZOOM_ADMIN: ["admin"], RECRUITER: ["user"]})
    await connected(greenroom, world, "Team", as_=RECRUITER, level=Level.MEMBER)
    return greenroom


def looks(world: World) -> int:
    """Return how often Zoom was asked who exists."""
    return [one["operation"] for one in world.ledger["requests"]].count(LOOK)


async def part(greenroom: Greenroom, name: str = "First") -> DirectoryPartView:
    """Return what is kept through the organization's one connection."""
    (found,) = (await greenroom.directory(name)).connections
    return found


async def test_it_is_looked_up_once_by_many_at_once(
    ready: Greenroom, world: World, configuration: Configuration
) -> None:
    """Sixteen bookings that all find it too old look at Zoom once among them."""
    before = looks(world)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(0.5)) as later:
        assert await booked(later, "First", 16) == {"made": 16}
    assert looks(world) == before + ONE_LOOK


@pytest.mark.parametrize(
    "event",
    ["user.created", "user.updated", "user.activated", "user.deactivated", "user.deleted", "user.disassociated"],
)
async def test_an_event_about_anybody_makes_it_outdated(ready: Greenroom, world: World, event: str) -> None:
    """Zoom's word that somebody is new, changed or gone costs nothing by itself; whoever reads next looks, once."""
    before = looks(world)
    ids = {"account_id": "northwind-account", "object": {"id": user_id(world, APRIL)}}
    assert await told(ready, world.apps["admin"].name, event, **ids) == 1
    assert looks(world) == before
    assert (await part(ready)).outdated_by == event
    for _ in range(2):
        assert (await ready.schedule("First", PANEL)).interviews[0].kind == "made"
    assert looks(world) == before + ONE_LOOK
    assert (await part(ready)).outdated_by is None


async def test_an_event_of_another_account_changes_nothing(ready: Greenroom, world: World) -> None:
    """What happens in one Zoom account says nothing of another one's people."""
    await told(ready, world.apps["admin"].name, "user.updated", account_id="solo-account", object={"id": "x"})
    assert (await part(ready)).outdated_by is None


async def test_a_change_while_zoom_is_asked_is_not_lost(ready: Greenroom, world: World) -> None:
    """A list that was on its way when somebody changed is out of date the moment it arrives."""
    world.fault(LOOK, "delay", seconds=1)
    looking = asyncio.create_task(ready.refresh_directory("First"))
    while not world.struck():
        await asyncio.sleep(0.02)
    ids = {"account_id": "northwind-account", "object": {"id": user_id(world, APRIL)}}
    await told(ready, world.apps["admin"].name, "user.deactivated", **ids)
    assert (await looking).connections[0].outdated_by == "user.deactivated"


async def test_a_refresh_says_what_changed(ready: Greenroom, world: World) -> None:
    """Whoever is new, gone or different is named with what is different; a second look finds nothing new."""
    world.control("DELETE", "users/peter.panel@northwind.example")
    world.control("POST", f"users/{APRIL}", type=1)
    world.control("POST", "users/calvin.ross@northwind.example", status="inactive")
    (seen,) = (await ready.refresh_directory("First")).connections
    assert {one.email.partition("@")[0]: (one.what, one.details) for one in seen.changes} == {
        "april.lee": ("changed", ("licence: licensed → basic",)),
        "calvin.ross": ("changed", ("status: active → inactive", "licence: licensed → basic")),
        "peter.panel": ("gone", ()),
    }
    assert len(seen.users) == 10
    assert (seen.reach, seen.outdated_by, seen.code) == ("account", None, None)
    assert (await ready.refresh_directory("First")).connections[0].changes == ()


async def test_the_first_look_has_nothing_to_compare_with(greenroom: Greenroom, world: World) -> None:
    """Before anybody looked nobody is known and nothing is old; the first look is said to be one, not a change."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    assert ((await part(greenroom)).users, (await part(greenroom)).seen_at) == ((), None)
    (seen,) = (await greenroom.refresh_directory("First")).connections
    assert (seen.first_look, seen.changes, len(seen.users)) == (True, (), 11)


async def test_a_look_that_fails_keeps_what_was_seen(ready: Greenroom, world: World) -> None:
    """When Zoom cannot be asked, the refresh says so and why, and everybody known stays known."""
    before = await part(ready)
    world.fault(LOOK, "status", status=503, times=None)
    (seen,) = (await ready.refresh_directory("First")).connections
    assert seen.code == "zoom.unavailable"
    assert seen.problem
    assert (seen.users, seen.seen_at, seen.changes) == (before.users, before.seen_at, ())


async def test_a_connection_of_ones_own_knows_one_user(personal: Greenroom, world: World) -> None:
    """Through a member's own connection only that member is looked up; what changed at Zoom is kept."""
    before = await part(personal, "Team")
    assert [user.email for user in before.users] == [RECRUITER]
    assert before.reach == "own"
    world.control("POST", f"users/{RECRUITER}", type=1)
    (seen,) = (await personal.refresh_directory("Team")).connections
    assert [one.details for one in seen.changes] == [("licence: licensed → basic",)]
    assert (await part(personal, "Team")).users[0].licence == "basic"


async def test_an_event_about_a_connections_own_user_is_looked_at(personal: Greenroom, world: World) -> None:
    """When Zoom says that the one user of a personal connection changed, what they are now is read and kept."""
    world.control("POST", f"users/{RECRUITER}", type=1)
    ids = {"account_id": "northwind-account", "object": {"id": user_id(world, RECRUITER), "type": 1}}
    await told(personal, world.apps["user"].name, "user.updated", **ids)
    assert (await part(personal, "Team")).users[0].licence == "basic"


async def test_a_refused_own_host_is_looked_at(personal: Greenroom, world: World) -> None:
    """When Zoom refuses somebody their own meeting, what they are now is read before the profile is asked again."""
    world.control("POST", f"users/{RECRUITER}", type=1)
    world.fault("POST /users/{userId}/meetings", "status", status=400, body={"code": 3161, "message": "no"})
    outcome = (await personal.schedule("Team", PANEL)).interviews[0]
    assert (outcome.kind, outcome.code) == ("failed", "zoom.host_cannot_schedule")
    assert (await part(personal, "Team")).users[0].licence == "basic"


async def test_nothing_connected_knows_nobody(greenroom: Greenroom) -> None:
    """Without a connection there is nobody to list, and the error says how to connect."""
    await instance(greenroom, "First")
    with pytest.raises(NotFound, match="greenroom connect"):
        await greenroom.refresh_directory("First")


@pytest.mark.usefixtures("ready")
async def test_the_command(world: World, configuration: Configuration) -> None:
    """`directory refresh` prints a table of what changed with figures and age; `--json` prints the document."""
    world.control("POST", f"users/{APRIL}", type=1)

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "greenroom", "directory", *words],
            env={**os.environ, **environment(configuration)},
            capture_output=True,
            text=True,
            check=False,
        )

    shown = await asyncio.to_thread(command, "refresh", "First")
    assert shown.returncode == 0, shown.stderr
    assert "licence: licensed → basic" in shown.stdout
    assert "just now" in shown.stdout
    document = json.loads((await asyncio.to_thread(command, "show", "First", "--json")).stdout)
    assert document["schema"] == "greenroom.directory.v1"
    assert len(document["data"]["connections"][0]["users"]) == 11
    world.fault(LOOK, "status", status=503, times=None)
    failed = await asyncio.to_thread(command, "refresh", "First")
    assert failed.returncode == 5
    assert "not renewed" in failed.stdout
    unknown = await asyncio.to_thread(command, "refresh", "Nobody")
    assert unknown.returncode == 2
    assert "no organization 'Nobody'" in unknown.stderr
