"""Lever's specific hosts take turns: counted when a meeting is intended, given back when it is not made."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_lever_connection import instance

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.profiles import Switches

CREATE = "POST /users/{userId}/meetings"
HOSTS = ("april.lee", "calvin.ross", "brynna.diaz")
ADDRESSES = tuple(f"{host}@northwind.example" for host in HOSTS)


def panel(count: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a panel of ``count`` interviews, an hour apart, that Peter (who has Zoom) holds."""
    interviews = [
        {
            "title": f"Interview {number}",
            "start": f"+{3 + number}d 09:00",
            "duration_minutes": 30,
            "interviewers": [{"name": "Peter", "email": "peter.panel@northwind.example"}],
            "place": {"zoom": True},
            **changes,
        }
        for number in range(count)
    ]
    return {"scheduler": RECRUITER, "candidate": {"email": "cam@home.example"}, "interviews": interviews}


async def rotating(greenroom: Greenroom, world: World, *hosts: str) -> None:
    """Make the instance First, connected, whose specific hosts are ``hosts``."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    values = {"host_selection": "specific_hosts", "hosts": ", ".join(hosts)}
    await greenroom.configure("First", values, as_=ZOOM_ADMIN)


async def booked(greenroom: Greenroom, count: int = 1) -> list[str | None]:
    """Book ``count`` interviews, one after another; return who hosts them."""
    return [(await greenroom.schedule("First", panel())).interviews[0].host for _ in range(count)]


def hosted(world: World) -> Counter[str]:
    """Return how many meetings each host of the rotation has at Zoom."""
    live = (one for one in world.meetings if one["live"])
    return Counter(dict.fromkeys(ADDRESSES, 0) | Counter(one["host_email"] for one in live))


def apart(counts: Counter[str]) -> int:
    """Return how far the busiest and the idlest host are apart."""
    return max(counts.values()) - min(counts.values())


async def test_hosts_take_turns_from_the_primary_on(greenroom: Greenroom, world: World) -> None:
    """In the order entered, from the primary, and round again; the interviewers' Zoom plays no part
    [LEV-39, LEV-40, LEV-44, LEV-46]."""
    await rotating(greenroom, world, *ADDRESSES)
    assert await booked(greenroom, 5) == [*ADDRESSES, *ADDRESSES[:2]]


async def test_an_only_host_gets_them_all(greenroom: Greenroom, world: World) -> None:
    """With the primary alone, all go to the primary [LEV-45]."""
    await rotating(greenroom, world, ADDRESSES[0])
    assert await booked(greenroom, 3) == [ADDRESSES[0]] * 3


async def test_only_verified_hosts_take_turns(greenroom: Greenroom, world: World) -> None:
    """Whom Zoom does not know, or knows as inactive, is kept but gets no turn, and saving says so
    [LEV-41, LEV-42, LEV-43]."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    hosts = f"{ADDRESSES[0]}, nobody@elsewhere.example, ines.inactive@northwind.example"
    values = {"host_selection": "specific_hosts", "hosts": hosts}
    saved = await greenroom.configure("First", values, as_=ZOOM_ADMIN)
    assert len(saved.warnings) == 2
    outcome = (await greenroom.schedule("First", panel())).interviews[0]
    skipped = {one.who: one.because.clause for one in outcome.considered if one.verdict == "skipped"}
    assert outcome.host == ADDRESSES[0]
    assert set(skipped.values()) == {"LEV-41"}
    assert len(skipped) == 2


async def test_first_interviewer_ignores_the_list(greenroom: Greenroom, world: World) -> None:
    """Switched back to first interviewer, the hosts entered earlier are not used [LEV-36, LEV-47]."""
    await rotating(greenroom, world, *ADDRESSES)
    await greenroom.configure("First", {"host_selection": "first_interviewer"}, as_=ZOOM_ADMIN)
    assert await booked(greenroom, 2) == ["peter.panel@northwind.example"] * 2


async def test_a_failed_creation_gives_its_turn_back(greenroom: Greenroom, world: World) -> None:
    """The host whose meeting Zoom refused is next again [LEV-39, LEV-48]."""
    await rotating(greenroom, world, *ADDRESSES)
    await booked(greenroom)
    world.fault(CREATE, "status", status=400)
    failed = (await greenroom.schedule("First", panel())).interviews[0]
    assert failed.kind == "failed"
    assert await booked(greenroom) == [ADDRESSES[1]]


async def test_a_turn_stays_counted_while_its_outcome_is_open(
    greenroom: Greenroom, world: World, configuration: Configuration
) -> None:
    """The rotation goes on from the store in another process; an unclear one that turns out not made gives its turn
    back there."""
    await rotating(greenroom, world, *ADDRESSES)
    await booked(greenroom)
    async with Greenroom(configuration, switches=Switches()) as after:
        assert await booked(after) == [ADDRESSES[1]]
        world.fault(CREATE, "reset_before")
        lost = (await after.schedule("First", panel())).interviews[0]
        assert lost.kind == "unclear"
        retried = await after.retry(lost.id)
        assert (retried.kind, retried.host) == ("made", ADDRESSES[2])


@pytest.mark.parametrize(
    ("kind", "status"), [("status", 400), ("reset_before", None), ("status_after", 502), ("reset_after", None)]
)
async def test_four_at_once_with_failures_leave_hosts_close(
    greenroom: Greenroom, world: World, kind: str, status: int | None
) -> None:
    """Four schedule at once, again and again, and some creations fail or lose their answer: hosts stay at most two
    apart, and no meeting is lost or made twice [LEV-39]."""
    await rotating(greenroom, world, *ADDRESSES)
    made = 0
    for _ in range(3):
        world.fault(CREATE, kind, **({"status": status} if status else {}))
        found = await asyncio.gather(*(greenroom.schedule("First", panel()) for _ in range(4)))
        made += sum(one.interviews[0].kind == "made" for one in found)
        assert apart(hosted(world)) <= 2
    assert made == hosted(world).total() >= 9


async def test_forty_at_once_all_get_their_turn(greenroom: Greenroom, world: World) -> None:
    """However many move the rotation under a decision, those who ask anew wait in line until it holds: of forty at
    once none gives up."""
    await rotating(greenroom, world, *ADDRESSES)
    found = await asyncio.gather(*(greenroom.schedule("First", panel()) for _ in range(40)))
    assert [one.interviews[0].kind for one in found] == ["made"] * 40
    assert apart(hosted(world)) <= 1
