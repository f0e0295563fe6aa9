"""docs/choosing-a-profile.md leads an integrator through commands that work as shown."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from greenroom.cli import main

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "choosing-a-profile.md"


def shown_commands() -> list[list[str]]:
    """Return every command that the page shows, as words after ``greenroom``."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def runs() -> list[object]:
    """Return the commands to run; the whole kit on a profile takes its time."""
    long = pytest.mark.deep
    return [
        pytest.param(words, id=" ".join(words), marks=long if words[0] == "conformance" else ())
        for words in shown_commands()
    ]


@pytest.mark.parametrize("words", runs())
def test_the_commands_of_the_page_run(words: list[str]) -> None:
    """Each command shown in docs/choosing-a-profile.md runs from the project's folder."""
    with contextlib.chdir(ROOT):
        found = CliRunner().invoke(main, words, env={"COLUMNS": "165"})
    assert found.exit_code == 0, found.output
    assert found.stdout


def test_the_page_shows_every_command_of_the_group_that_chooses() -> None:
    """Listing, showing, comparing, choosing and registering the app are all on the page."""
    shown = {words[1] for words in shown_commands() if words[0] == "profiles"}
    assert shown == {"list", "show", "compare", "choose", "zoom-app"}
