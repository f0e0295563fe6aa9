"""``greenroom notices`` as its users meet it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, environment
from tests.test_cli import Terminal
from tests.test_notices import APPROVED, Post, approved, asked

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.profiles import Switches


@pytest.fixture
def terminal(configuration: Configuration, tmp_path: Path) -> Terminal:
    """A terminal in a folder of its own."""
    return Terminal(tmp_path, environment(configuration))


async def prepared(configuration: Configuration, world: World) -> None:
    """Leave a notice that could not be delivered, and one that was, with something to do next."""
    async with Greenroom(configuration, switches=Switches(), delivery=Post(closed=1)) as greenroom:
        await asked(greenroom)
        await approved(greenroom)
        await greenroom.create_organization("Lever", "lever", members={ZOOM_ADMIN: ["Super Admin"]})
        await greenroom.act("Lever", Action.ENABLE, as_=ZOOM_ADMIN)
        shared = await greenroom.connect("Lever", as_=ZOOM_ADMIN, share=True)
        await greenroom.complete_url(world.authorize(shared.url or "", ZOOM_ADMIN, "decline"))


@pytest.fixture
def told(configuration: Configuration, world: World) -> None:
    """What was told; commands run event loops of their own, so its making has ended."""
    asyncio.run(prepared(configuration, world))


def test_it_says_what_waits(told: None, terminal: Terminal) -> None:
    """The one that was not delivered is said to wait, in JSON it has no instant of delivery."""
    shown = terminal.run("notices", "First").stdout
    assert RECRUITER in shown
    assert "waits" in shown
    (one,) = terminal.json("notices", "First")["notices"]
    assert (one["to"], one["text"], one["delivered_at"]) == (RECRUITER, APPROVED, None)


def test_it_says_what_to_do_next(told: None, terminal: Terminal) -> None:
    """A declined link is told with the product's own word for sharing again, and where that is."""
    shown = terminal.run("notices", "Lever").stdout
    assert "Share link" in shown
    assert "delivered" in shown
    (one,) = terminal.json("notices", "Lever")["notices"]
    assert (one["to"], one["next_label"]) == (ZOOM_ADMIN, "Share link")
    assert one["next_page"]
    assert one["delivered_at"]


def test_it_shows_one_persons(told: None, terminal: Terminal) -> None:
    """Asked for one person it shows theirs only, whatever the case of their address; nobody's is said so."""
    assert terminal.json("notices", "First", "--as", RECRUITER.upper())["notices"]
    assert terminal.json("notices", "First", "--as", ZOOM_ADMIN)["notices"] == []
    assert "Nobody was told anything" in terminal.run("notices", "First", "--as", ZOOM_ADMIN).stdout
    assert terminal.run("notices", "Unknown").returncode == 2
