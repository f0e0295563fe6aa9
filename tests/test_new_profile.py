"""``greenroom new-profile``: what it asks, what it refuses, and what it writes."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
import tomllib
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

import click
import pytest
import yaml
from click.testing import CliRunner
from packaging.specifiers import SpecifierSet
from tests.scaffolds import EVERY, PAIRS, SINGLES, called, options

from greenroom.cli import main
from greenroom.errors import BadInput
from greenroom.hooks import HOOK_API
from greenroom.scaffold import QUESTIONS, Options, files_of, write

USUAL = options("zenith")
SHORT = ("ab", "A")
LONG = ("abcdefghijklmnopqrstuvwx", "The Abcdefghij & Klmnopqrst Company's Hiring Suite (2026 +)")
"""The shortest and the longest names of a profile and its product."""


@pytest.mark.parametrize("name", ["Zenith", "9", "z", "a-b", "class", "core", "z9", "../x", "x" * 30])
def test_a_name_is_a_name(name: str, tmp_path: Path) -> None:
    """What cannot be a package, or begin the ids of clauses, is refused, and nothing is written."""
    with pytest.raises(BadInput):
        write(replace(USUAL, name=name), tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("product", ["", 'A "B"', "A\nB", "A: B", "{{ a }}", "<< a >>", "a" * 80])
def test_a_product_stands_in_code(product: str, tmp_path: Path) -> None:
    """A product's name that would break out of code or data is refused, and nothing is written."""
    with pytest.raises(BadInput):
        write(replace(USUAL, product=product), tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("written", [PAIRS, pytest.param(EVERY, marks=pytest.mark.deep)], ids=["pairs", "every"])
def test_combinations_are_generated(written: tuple[Options, ...]) -> None:
    """Whatever is chosen, every file is rendered, and nothing of a template is left in it."""
    for one in written:
        for path, text in files_of(one).items():
            assert not re.search(r"<<|>>|<%|%>|<#|#>", text), (one, path)


@pytest.mark.parametrize(("written", "names"), [(SINGLES, SHORT), (PAIRS, LONG)], ids=["short", "long"])
def test_what_is_written_is_tidy(written: tuple[Options, ...], names: tuple[str, str], tmp_path: Path) -> None:
    """The code is formatted and free of complaints, be names as short or as long as they may."""
    for one in written:
        write(replace(one, name=names[0], product=names[1]), tmp_path / one.name)
    checked = ["check", "--extend-select", "A,ARG,B,D1,E,F,FBT,I,N,PIE,PT,RET,RUF,SIM,UP,W", "--ignore", "D107"]
    for command in (checked, ["format", "--check"]):
        run = subprocess.run([sys.executable, "-m", "ruff", *command, tmp_path], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout


def test_the_command_writes_and_says_what_is_next(tmp_path: Path) -> None:
    """One command writes everything; a second into the same directory, or an installed name, changes nothing."""
    words = ["new-profile", "zenith", "--out", str(tmp_path / "out"), "--yes"]
    made = CliRunner().invoke(main, words)
    assert made.exit_code == 0, made.output
    assert "greenroom conformance zenith" in made.output
    before = sorted(tmp_path.rglob("*"))
    for again in (words, ["new-profile", "lever", "--out", str(tmp_path / "other"), "--yes"]):
        refused = CliRunner().invoke(main, again)
        assert (refused.exit_code, refused.output.startswith("error: ")) == (2, True)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_said_is_not_asked(tmp_path: Path) -> None:
    """Only what was not said is asked for; a number or a word answers, and Enter takes what most products have."""
    said = ["--product", "Zenith", "--host", "chosen", "--approval", "none", "--out", str(tmp_path / "out")]
    made = CliRunner().invoke(main, ["new-profile", "zenith", *said], input="3\nsave\n\n")
    assert made.exit_code == 0, made.output
    asked = [one.name for one in QUESTIONS if one.asks in made.output]
    assert asked == ["level", "link", "calendar"]
    expected = files_of(options("zenith", level="both", host="chosen", link="save"))
    manifest = (tmp_path / "out" / "greenroom_zenith" / "profile.yaml").read_text("utf-8")
    assert manifest == expected["greenroom_zenith/profile.yaml"].replace(USUAL.product, "Zenith")


def test_what_cannot_be_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    """Nobody answers questions to learn then that the name is taken or the folder is in use."""
    (tmp_path / "kept").write_text("mine", "utf-8")
    for words in (["lever"], ["Zenith"], ["zenith", "--out", str(tmp_path)]):
        refused = CliRunner().invoke(main, ["new-profile", *words], input="")
        assert refused.exit_code == 2
        assert "?" not in refused.output


class Terminal:
    """``greenroom new-profile`` on a terminal of its own, which is closed in the end, whatever happens."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "greenroom", "new-profile", *words]
        self._child = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.shown = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.kill()
        self._child.wait()
        os.close(self._ours)

    def until(self, text: str) -> None:
        """Read until ``text`` is shown, after what was read before."""
        new, ends = "", time.monotonic() + 60
        while text not in new:
            assert time.monotonic() < ends, f"{text!r} is not shown: {new}"
            if select.select([self._ours], [], [], 1)[0]:
                new += self._read()
        self.shown += new

    def type(self, keys: str) -> None:
        """Type, as a person does."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Return the exit status, once the command ended."""
        status = self._child.wait(timeout=60)
        while select.select([self._ours], [], [], 0)[0]:
            if not (more := self._read()):
                break
            self.shown += more
        return status

    def _read(self) -> str:
        try:
            return os.read(self._ours, 65536).decode()
        except OSError:  # a terminal whose command has ended
            return ""


def test_questions_are_asked_on_a_terminal(tmp_path: Path) -> None:
    """Each question shows its answers with what they mean, and is asked again until one of them is given."""
    with Terminal(tmp_path, "zenith") as terminal:
        terminal.until("[Zenith]")
        terminal.type('A "B"\n')
        terminal.until("[Zenith]")
        terminal.type("Zenith Hire\n")
        for question, typed in zip(QUESTIONS, ["2", "nobody\n0\nRound-Robin", "", "pre-approval", "2"], strict=True):
            terminal.until(f"[{question.default}]")
            terminal.type(f"{typed}\n")
        terminal.until("files written to greenroom-zenith")
        assert terminal.end() == 0
    for question in QUESTIONS:
        assert question.asks in terminal.shown
        assert all(one.means in terminal.shown for one in question.answers)
    assert terminal.shown.count("a number from 1 to 5 or one of the words, or Enter for scheduler") == 2
    chosen = {"level": "member", "host": "round-robin", "approval": "pre-approval", "calendar": "no"}
    expected = files_of(replace(options("zenith", **chosen), product="Zenith Hire"))
    written = (tmp_path / "greenroom-zenith" / "README.md").read_text("utf-8")
    assert written == expected["README.md"]


def test_who_stops_answering_gets_nothing_and_a_clear_word(tmp_path: Path) -> None:
    """Ctrl-D in the middle writes nothing, says so and what to do, and ends as bad input does."""
    with Terminal(tmp_path, "zenith", "--product", "Zenith") as terminal:
        terminal.until("[organization]")
        terminal.type("\x04")
        assert terminal.end() == 2
    assert "stopped before the last question was answered" in terminal.shown
    assert "Traceback" not in terminal.shown
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("one", SINGLES, ids=called)
def test_the_readme_shows_commands_there_are(one: Options) -> None:
    """Every command of its README exists with the options shown, and speaks of this profile."""
    readme = files_of(one)["README.md"]
    lines = [line.strip() for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) for line in block.splitlines()]
    shown = [shlex.split(line)[1:] for line in lines if line.startswith("greenroom ")]
    assert len(shown) >= 7
    for words in shown:
        command: click.Command = main
        rest = list(words)
        while isinstance(command, click.Group):
            found = command.get_command(click.Context(main), rest.pop(0))
            assert found is not None, words
            command = found
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= known, words
        assert words[:2] == ["profiles", "list"] or one.name in words


def test_what_it_was_written_for_is_declared() -> None:
    """The ranges of Greenroom and of its plugin API begin at the versions that wrote it, and end before the next."""
    made = files_of(USUAL)
    (needed,) = tomllib.loads(made["pyproject.toml"])["project"]["dependencies"]
    stated = SpecifierSet(needed.removeprefix("greenroom"))
    assert version("greenroom") in stated
    assert not stated.contains("1.0" if version("greenroom").startswith("0.") else "99.0")
    hook_api = SpecifierSet(yaml.safe_load(made["greenroom_zenith/profile.yaml"])["hook_api"])
    assert HOOK_API in hook_api
    assert f"{int(HOOK_API.partition('.')[0]) + 1}.0" not in hook_api


def test_the_ci_file_runs_everything_and_names_no_host() -> None:
    """CI installs, lints, checks types, runs the tests and the demo; it says nowhere where packages come from."""
    text = files_of(USUAL)[".github/workflows/ci.yml"]
    (job,) = yaml.safe_load(text)["jobs"].values()
    runs = " ".join(step.get("run", "") for step in job["steps"])
    assert all(word in runs for word in ("pip install", "ruff", "mypy", "pytest", "greenroom demo zenith"))
    assert "://" not in text
    assert "index" not in text
