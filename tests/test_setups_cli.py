"""``members``, ``setup``, ``rooms`` and ``recipes`` as their users meet them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.calendly_team import APRIL, NAME, team
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, environment
from tests.test_cli import Terminal

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches


@pytest.fixture
def terminal(configuration: Configuration, tmp_path: Path) -> Terminal:
    """A terminal in a folder of its own."""
    return Terminal(tmp_path, environment(configuration))


async def prepared(configuration: Configuration, world: World) -> None:
    """Make an organization with both kinds of connection, and a waiting event."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        found = await team(greenroom, world)
        await found.share()
        await found.connect(APRIL)
        await found.schedule(start=None)


@pytest.fixture
def calendly(configuration: Configuration, world: World) -> None:
    """The organization; commands run event loops of their own, so its making has ended."""
    asyncio.run(prepared(configuration, world))


def test_members_have_their_type(calendly: None, terminal: Terminal) -> None:
    """The list says who is connected and how, the same in JSON; a plain user gets exit code 3 and the reason."""
    shown = terminal.run("members", NAME)
    april = next(line for line in shown.stdout.splitlines() if APRIL in line)
    assert "connected" in april
    assert "personal" in april
    types = {one["email"]: one["type"] for one in terminal.json("members", NAME)["members"]}
    assert (types[RECRUITER], types[APRIL]) == ("organization", "member")
    refused = terminal.run("members", NAME, "--as", RECRUITER)
    assert (refused.returncode, refused.stdout[:3]) == (3, "no ")


def test_setup_shows_one_connection(calendly: None, terminal: Terminal) -> None:
    """The personal connection is in front, the organization's behind it, with the buttons' own words."""
    shown = terminal.run("setup", NAME, "--as", APRIL).stdout
    assert "personal connection" in shown
    assert "behind it: organization connection" in shown
    assert "Disconnect (disconnect)" in shown
    assert terminal.json("setup", NAME, "--as", RECRUITER)["shown"]["level"] == "organization"


def test_status_says_what_needs_attention(calendly: None, terminal: Terminal) -> None:
    """An event that lost its way is pointed out below the table."""
    assert "needs attention" not in terminal.run("status", NAME).stdout
    terminal.run("disconnect", NAME, "--as", ZOOM_ADMIN, "--level", "organization", "--yes")
    assert "needs attention" in terminal.run("status", NAME).stdout
    (status,) = terminal.json("status", NAME)
    assert status["interviews"][0]["attention"]


def test_recipes_and_rooms(calendly: None, terminal: Terminal) -> None:
    """A profile's recipes are printed with their role; one without has none; rooms are listed only where offered."""
    shown = terminal.run("recipes", "interviewplanner").stdout
    assert "role name: InterviewPlanner" in shown
    assert "View and Edit" in shown
    assert terminal.json("recipes", "calendly") == []
    assert "no recipe" in terminal.run("recipes", "calendly").stdout
    rooms = terminal.run("rooms", NAME)
    assert (rooms.returncode, "does not offer" in rooms.stdout) == (3, True)
    assert terminal.json("rooms", NAME)["code"] == "not_offered"
