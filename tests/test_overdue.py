"""Somebody goes to Zoom and does not come back: the wait ends by its time, as the profile says, and it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from core.tests.profiles.acme import Site, acme
from tests.booking import LaterClock
from tests.embedded import ZOOM_ADMIN, World, connected
from tests.told import eventually

from greenroom.configuration import Configuration
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.profiles import Switches
from greenroom.service.worker import Worker

NAME = "First"
ZOE = "zoe.admin@northwind.example"


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A product that shows *asked* while somebody is at Zoom, and goes back to *off* when nothing comes of it."""
    folder = tmp_path / "installed"
    folder.mkdir()
    source = acme("overdue").edited(
        "rules.py",
        "        case _:\n",
        '        case Action.COMPLETE:\n            return Done(phase="off", because=because("ACME-01"))\n'
        "        case _:\n",
    )
    monkeypatch.syspath_prepend(str(folder))
    Site(folder).install(source)


async def phase(greenroom: Greenroom) -> str:
    """Return the phase of the organization's connection."""
    return (await greenroom.status(NAME)).connections[0].phase


async def waiting(greenroom: Greenroom) -> list[tuple[str, bool]]:
    """Return who is awaited, and whether that is over."""
    return [(one.started_by, one.over) for one in (await greenroom.status(NAME)).waiting]


@pytest.mark.usefixtures("product")
async def test_the_profile_says_what_becomes_of_it(world: World, configuration: Configuration) -> None:
    """Ten minutes on, the connection is where the profile puts it, once; whoever waited sees that it is over."""
    async with Greenroom(configuration) as greenroom:
        await greenroom.create_organization(NAME, "overdue", members={ZOOM_ADMIN: ["Administrator"]})
        begun = await greenroom.connect(NAME, as_=ZOOM_ADMIN)
        assert (await phase(greenroom), await waiting(greenroom)) == ("asked", [(ZOOM_ADMIN, False)])
        assert await greenroom.end_overdue() == 0
    async with Greenroom(configuration, clock=LaterClock(0.5)) as later:
        assert await waiting(later) == [(ZOOM_ADMIN, True)]
        assert [await later.end_overdue(), await later.end_overdue()] == [1, 0]
        assert (await phase(later), await waiting(later)) == ("off", [(ZOOM_ADMIN, True)])
    async with Greenroom(configuration, clock=LaterClock(48)) as much_later:
        assert await waiting(much_later) == []
    async with Greenroom(configuration, clock=LaterClock(0.5)) as later:
        with pytest.raises(BadInput, match="expired"):
            await later.complete_url(world.authorize(begun.url, ZOOM_ADMIN))
        await connected(later, world, NAME, as_=ZOOM_ADMIN)
        assert (await phase(later), await waiting(later)) == ("on", [])
        assert await later.end_overdue() == 0


@pytest.mark.usefixtures("product")
async def test_too_late(world: World, configuration: Configuration) -> None:
    """Whoever comes back when the time is up settles nothing: the wait ends all the same."""
    async with Greenroom(configuration) as greenroom:
        await greenroom.create_organization(NAME, "overdue", members={ZOOM_ADMIN: ["Administrator"]})
        begun = await greenroom.connect(NAME, as_=ZOOM_ADMIN)
    async with Greenroom(configuration, clock=LaterClock(0.5)) as later:
        with pytest.raises(BadInput, match="expired"):
            await later.complete_url(world.authorize(begun.url, ZOOM_ADMIN))
        assert (await later.end_overdue(), await phase(later)) == (0, "asked")
    async with Greenroom(configuration, clock=LaterClock(1)) as later:
        assert (await later.end_overdue(), await phase(later)) == (1, "off")


@pytest.mark.usefixtures("product")
async def test_the_service_looks_for_them(configuration: Configuration) -> None:
    """The worker ends what is overdue by itself, and it does not end what somebody came back from."""
    async with Greenroom(configuration) as greenroom:
        await greenroom.create_organization(NAME, "overdue", members={ZOOM_ADMIN: ["Administrator"]})
        await greenroom.connect(NAME, as_=ZOOM_ADMIN)
    async with Greenroom(configuration, clock=LaterClock(0.5)) as later, Worker(later).at_work():
        await eventually(lambda: phase(later), "off")


async def test_a_document_that_lets_it_wait(world: World, configuration: Configuration) -> None:
    """A toggle that is yellow until somebody authorizes stays so when one of them does not come back [LEV-25, LEV-30],
    and a link that was given to others goes on being good."""
    public = configuration.model_copy(update={"public_url": "http://127.0.0.1:8000"})
    async with Greenroom(public, switches=Switches()) as greenroom:
        await greenroom.create_organization(NAME, "lever", members={ZOOM_ADMIN: ["Super Admin"]})
        await greenroom.act(NAME, Action.ENABLE, as_=ZOOM_ADMIN)
        shared = await greenroom.connect(NAME, as_=ZOOM_ADMIN, share=True)
        assert shared.url is not None
        (link,) = (await greenroom.status(NAME)).waiting
        assert (link.path, link.until, link.over) == ("shared", None, False)
        await greenroom.open_ticket(shared.url.rpartition("/")[2])
    async with Greenroom(public, switches=Switches(), clock=LaterClock(0.5)) as later:
        assert await later.end_overdue() == 1
        assert await phase(later) == "yellow"
        (link,) = (await later.status(NAME)).waiting
        assert (link.path, link.over) == ("shared", False)
        opened = await later.open_ticket(shared.url.rpartition("/")[2])
        location = world.authorize(opened.authorize_url, ZOE)
        assert location.startswith("http://127.0.0.1:8000/oauth/callback/")
