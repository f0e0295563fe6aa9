"""`greenroom hosts`, `hosts … move` and `org profile` as an operator reads them."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path

import pytest
from tests.any_organization import APRIL
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, environment
from tests.test_cli import Terminal
from tests.test_hosts import BRYNNA, in_rotation

from greenroom import blocking
from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches


@pytest.fixture
def terminal(configuration: Configuration, tmp_path: Path) -> Terminal:
    """A terminal in a folder of its own."""
    return Terminal(tmp_path, environment(configuration))


async def prepared(configuration: Configuration, world: World) -> None:
    """Make an organization whose hosts take turns, with one interview at the first of them."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        one = await in_rotation(greenroom, world)
        await one.schedule(RECRUITER)


@pytest.fixture
def acme(configuration: Configuration, world: World) -> None:
    """The organization; commands run event loops of their own, so its making has ended."""
    asyncio.run(prepared(configuration, world))


def line_of(text: str, start: str) -> list[str]:
    """Return the words of the line that begins with ``start``."""
    return next(line.split() for line in text.splitlines() if line.strip().startswith(start))


def test_hosts_are_listed_with_their_turn(acme: None, terminal: Terminal) -> None:
    """Each host has a place, turns and what is left of today; whoever may not host has the profile's reason."""
    shown = terminal.run("hosts", "Acme").stdout
    april, rita = line_of(shown, APRIL), line_of(shown, RECRUITER)
    assert april[:4] == [APRIL, "yes", "active,", "licensed"]
    assert "99" in april
    assert "no" in rita[1]
    only = terminal.run("hosts", "Acme", "--next").stdout
    assert only.split()[:2] == ["next:", "calvin.ross@northwind.example,"]
    assert terminal.json("hosts", "Acme")["next"]["order"][-1] == APRIL


def test_a_move_is_shown_before_it_is_made(acme: None, terminal: Terminal, world: World) -> None:
    """Without --yes nothing moves; with it each interview has its new link; JSON fits its schema."""
    asked = terminal.run("hosts", "Acme", "move", APRIL, BRYNNA)
    assert (asked.returncode, "Do it with --yes" in asked.stdout) == (3, True)
    assert len(world.meetings) == 1
    assert "would move" in terminal.run("hosts", "Acme", "move", APRIL, BRYNNA, "--dry-run").stdout
    (moved,) = terminal.json("hosts", "Acme", "move", APRIL, BRYNNA, "--yes")["interviews"]
    assert (moved["kind"], moved["earlier_at_zoom"]) == ("moved", "deleted")
    assert "hosts no coming meeting" in terminal.run("hosts", "Acme", "move", APRIL, BRYNNA, "--yes").stdout


@pytest.mark.parametrize("words", [("move",), ("move", APRIL), ("give", APRIL, BRYNNA), ("move", APRIL, "nobody")])
def test_a_move_names_two_people(acme: None, terminal: Terminal, words: tuple[str, ...]) -> None:
    """What is no move, and who is no address, is bad input."""
    assert terminal.run("hosts", "Acme", *words, "--yes").returncode == 2


def test_a_change_of_profile_is_shown_before_it_is_made(acme: None, terminal: Terminal) -> None:
    """The dry run shows what carries over and what stays behind; without --yes nothing changes."""
    foreseen = terminal.run("org", "profile", "Acme", "calendly", "--dry-run").stdout
    for said in (
        "would change from lever@2026-11 to calendly@2026-11",
        f"{ZOOM_ADMIN}: access carries over",
        "stays behind",
        "keeps its link",
        "(not there: Super Admin)",
        "Dry run",
    ):
        assert said in foreseen
    assert terminal.run("org", "profile", "Acme", "calendly").returncode == 3
    assert terminal.json("org", "show", "Acme")["profile"] == "lever"
    done = terminal.json("org", "profile", "Acme", "calendly", "--yes")
    assert (done["before"], done["after"], done["dry_run"]) == ("lever@2026-11", "calendly@2026-11", False)
    shown = terminal.json("org", "show", "Acme")
    assert (shown["profile"], shown["earlier"]) == ("calendly", ["lever@2026-11"])
    assert terminal.run("org", "profile", "Acme", "nowhere", "--yes").returncode == 2


def test_what_the_page_shows_runs(acme: None, terminal: Terminal, world: World) -> None:
    """The commands of the page's section about changes for everybody run as they stand there, one after another."""
    page = (Path(__file__).parents[1] / "docs" / "using.md").read_text("utf-8")
    section = page.partition("## Before something changes for everybody")[2].partition("\n## ")[0]
    block = section.partition("```sh\n")[2].partition("```")[0]
    shown = [shlex.split(line, comments=True)[1:] for line in block.splitlines()]
    assert len(shown) > 5
    for words in shown:
        found = terminal.run(*words)
        assert found.returncode == 0, (words, found)
    assert [each["host"] for each in terminal.json("status", "Acme")[0]["interviews"]] == [BRYNNA]
    assert terminal.json("org", "show", "Acme")["profile"] == "interviewplanner"


def test_the_same_verbs_without_an_event_loop(acme: None, configuration: Configuration) -> None:
    """The blocking face has them too, with the same answers."""
    with blocking.Greenroom(configuration, switches=Switches()) as greenroom:
        assert greenroom.hosts("Acme").next is not None
        assert greenroom.move_host("Acme", APRIL, BRYNNA, dry_run=True).interviews[0].kind == "would_move"
        assert greenroom.change_profile("Acme", "calendly", dry_run=True).connections[0].carries
