"""Calendly, end to end: what happens at Zoom to the account behind the connection, and the events it leaves behind."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
from tests.calendly_team import APRIL, ZOE, Team, team
from tests.embedded import RECRUITER, ZOOM_ADMIN, World
from tests.told import eventually, told

from greenroom.facade import Greenroom
from greenroom.model import Level

ATTENTION = "the location of this event needs attention"


@pytest.fixture
async def calendly(world: World) -> AsyncIterator[Team]:
    """An organization connected through Adam, whose service Zoom tells of its events."""
    async with told(world) as greenroom:
        found = await team(greenroom, world)
        await found.share()
        yield found


@pytest.fixture
async def untold(greenroom: Greenroom, world: World) -> Team:
    """The same without a service."""
    found = await team(greenroom, world)
    await found.share()
    return found


async def test_a_demoted_zoom_admin_makes_reconnecting_necessary(calendly: Team, world: World) -> None:
    """The account used must stay a Zoom administrator: demoted, a different administrator has to reconnect, and
    personal connections go on [CAL-21, CAL-22, CAL-23, CAL-24]."""
    await calendly.connect(APRIL)
    world.control("POST", f"users/{ZOOM_ADMIN}", role="member")
    await eventually(calendly.phase, "needs_reconnect")
    assert (await calendly.schedule()).code == "reconnect_needed"
    assert (await calendly.schedule(APRIL)).via is Level.MEMBER
    assert not (await calendly.share(at_zoom=ZOE)).refused
    assert (await calendly.schedule()).via is Level.ORGANIZATION


async def test_another_admin_role_is_no_demotion(calendly: Team, world: World) -> None:
    """Somebody else's demotion, and any other change of the administrator, leave the connection alone [CAL-21]."""
    world.control("POST", f"users/{ZOE}", role="member")
    world.control("POST", f"users/{ZOOM_ADMIN}", type=1)
    world.control("POST", "uninstall", app="user", user=ZOOM_ADMIN)
    await settled(calendly)
    assert (await calendly.schedule()).kind == "made"
    assert await calendly.phase() == "connected"


async def settled(calendly: Team) -> None:
    """Wait until Zoom has told everything and all of it was acted on."""
    calendly.world.control("POST", "deliveries")
    while await calendly.greenroom.work_inbox():
        pass


def removed(world: World) -> None:
    """Delete the account the connection was made with."""
    world.control("DELETE", f"users/{ZOOM_ADMIN}")


def uninstalled(world: World) -> None:
    """Uninstall the app as the account the connection was made with."""
    world.control("POST", "uninstall", app=world.apps["admin"].name, user=ZOOM_ADMIN)


@pytest.mark.parametrize("gone", [removed, uninstalled])
async def test_removing_the_zoom_account_disconnects_everybody(
    calendly: Team, world: World, gone: Callable[[World], None]
) -> None:
    """With the Zoom account used gone the org-level integration is disconnected too: for everybody who had it, with
    a mark on events whose location it disrupts; personal accounts stay and can be connected
    [CAL-36, CAL-37, CAL-38, CAL-39, CAL-40, CAL-41]."""
    await calendly.connect(APRIL)
    open_event = await calendly.schedule(start=None)
    assert open_event.kind == "not_yet"

    gone(world)
    await eventually(calendly.phase, "not_connected")

    types = await calendly.types()
    assert (types[RECRUITER], types[APRIL]) == (None, "personal")
    assert list(await calendly.needing_attention()) == [open_event.id]
    assert (await calendly.schedule(APRIL)).via is Level.MEMBER
    assert (await calendly.connect(RECRUITER)).phase == "connected"


async def test_events_without_a_way_are_marked_and_cleared(untold: Team) -> None:
    """Disconnecting marks the events not made yet whose user has no other Zoom; made ones keep their link, and the
    mark goes when a way comes back [CAL-35, CAL-38, CAL-39]."""
    made = await untold.schedule()
    waiting = await untold.schedule(start=None)
    elsewhere = await untold.schedule(zoom=False)
    await untold.connect(APRIL)
    own_way = await untold.schedule(APRIL, start=None)

    await untold.disconnect(ZOOM_ADMIN, Level.ORGANIZATION)

    marked = await untold.needing_attention()
    assert list(marked) == [waiting.id]
    assert ATTENTION in marked[waiting.id]
    assert {made.kind, elsewhere.kind, own_way.kind} == {"made", "none", "not_yet"}
    assert all(one["live"] for one in untold.world.meetings)

    await untold.connect(RECRUITER)
    assert await untold.needing_attention() == {}


async def test_a_mark_ends_with_the_event(untold: Team) -> None:
    """A cancelled event needs no attention any more; reconnecting the organization clears all others [CAL-38]."""
    first, second = await untold.schedule(start=None), await untold.schedule(start=None)
    await untold.disconnect(ZOOM_ADMIN, Level.ORGANIZATION)
    assert list(await untold.needing_attention()) == [first.id, second.id]
    await untold.greenroom.cancel(first.id)
    assert list(await untold.needing_attention()) == [second.id]
    await untold.share(at_zoom=ZOE)
    assert await untold.needing_attention() == {}


async def test_events_refused_meanwhile_go_on_after_reconnecting(untold: Team) -> None:
    """An event that was refused while nothing was connected is made when it is taken up again [CAL-13, CAL-15]."""
    await untold.disconnect(ZOOM_ADMIN, Level.ORGANIZATION)
    refused = await untold.schedule()
    assert refused.kind == "refused"
    await untold.share()
    assert (await untold.greenroom.retry(refused.id)).kind == "made"
