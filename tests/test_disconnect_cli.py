"""`greenroom disconnect --dry-run` as an operator reads it."""

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

END = ("disconnect", NAME, "--as", ZOOM_ADMIN, "--level", "organization")


@pytest.fixture
def terminal(configuration: Configuration, tmp_path: Path) -> Terminal:
    """A terminal in a folder of its own."""
    return Terminal(tmp_path, environment(configuration))


async def prepared(configuration: Configuration, world: World) -> None:
    """Make an organization connected as a whole, one member connected personally, a meeting and a waiting event."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        found = await team(greenroom, world)
        await found.share()
        await found.connect(APRIL)
        await found.schedule()
        await found.schedule(start=None)


@pytest.fixture
def calendly(configuration: Configuration, world: World) -> None:
    """The organization; commands run event loops of their own, so its making has ended."""
    asyncio.run(prepared(configuration, world))


def test_the_plan_is_read_before_it_is_carried_out(calendly: None, terminal: Terminal) -> None:
    """The dry run shows connections, members, interviews and what Zoom is asked; the real run shows the same."""
    foreseen = terminal.run(*END, "--dry-run")
    assert foreseen.returncode == 0
    for said in (
        f"{ZOOM_ADMIN}: access is revoked",
        "keeps its link; at Zoom it is changed no more",
        "needs attention",
        "1 interview(s) keep their links, 1 need attention.",
        "stays: meetings at Zoom, invites that went out, settings and host lists.",
    ):
        assert said in foreseen.stdout
    rita = next(line for line in foreseen.stdout.splitlines() if line.strip().startswith(RECRUITER))
    april = next(line for line in foreseen.stdout.splitlines() if line.strip().startswith(APRIL))
    assert rita.split()[1:] == ["organization,", ZOOM_ADMIN, "nothing"]
    assert april.count("personal") == 2
    done = terminal.run(*END, "--yes")
    assert done.stdout.splitlines()[1:] == foreseen.stdout.splitlines()[1:-1]


def test_the_plan_is_the_same_in_json(calendly: None, terminal: Terminal) -> None:
    """What `--json` prints of the dry run and of the real run is the same plan, and fits its schema."""
    foreseen = terminal.json(*END, "--dry-run")
    done = terminal.json(*END, "--yes")
    assert (foreseen["dry_run"], done["dry_run"]) == (True, False)
    assert foreseen["plan"] == done["plan"]
    assert [one["grant"] for one in done["plan"]["connections"]] == ["revoked"]


def test_what_happens_at_zoom_can_be_asked_about(calendly: None, terminal: Terminal) -> None:
    """`--cause` says what a demotion at Zoom would mean; it goes with a dry run only."""
    demoted = terminal.json(*END, "--dry-run", "--cause", "authorizer_role")
    assert [one["after"]["kind"] for one in demoted["plan"]["connections"]] == ["broken"]
    assert terminal.run(*END, "--yes", "--cause", "uninstalled").returncode == 2
    assert terminal.json("status", NAME)[0]["connections"][0]["phase"] == "connected"
