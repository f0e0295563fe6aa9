"""``greenroom conformance differ``: the smallest scenario on which two profiles differ, and what each rests on."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from greenroom.cli import main
from greenroom.cli.schema_files import schema_texts
from greenroom.conformance.machine.differing import Side, differ
from greenroom.conformance.machine.report import ASPECTS
from greenroom.profiles import Registry, Switches
from greenroom.whatif.differences import _ASPECTS
from greenroom.whatif.play import play
from greenroom.whatif.report import WhatIf
from greenroom.whatif.scenario import load_scenario

REGISTRY = Registry.discover(Switches())
NAMES = REGISTRY.names
PAIRS = list(itertools.combinations(NAMES, 2))


def command(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["conformance", "differ", *words])


def replayed(file: Path, *names: str) -> WhatIf:
    """Play a file as ``greenroom whatif`` does."""
    return asyncio.run(play(load_scenario(file), names, switches=Switches()))


def test_the_scenario_found_shows_the_difference_again(tmp_path: Path) -> None:
    """What is written is small, and played by ``whatif`` the two profiles differ on it; each side says why."""
    first, second, file = NAMES[0], NAMES[1], tmp_path / "difference.yaml"
    found = command(first, second, "--seed", "1", "--out", str(file), "--json")
    assert found.exit_code == 1, found.output
    document = json.loads(found.stdout)
    Draft202012Validator(json.loads(schema_texts()["greenroom.conformance_differ.v1.json"])).validate(document)
    assert any(side["clauses"] for side in document["data"]["rests"])
    assert len(load_scenario(file).events) <= 3
    assert any(event.differences for event in replayed(file, first, second).events if event.number)


@pytest.mark.deep
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_two_profiles_differ(pair: tuple[str, str], tmp_path: Path) -> None:
    """Whichever two products are compared, a few events show it; whoever reads it is shown a clause for it."""
    file = tmp_path / "difference.yaml"
    found = command(*pair, "--seed", "1", "--out", str(file))
    assert found.exit_code == 1, found.output
    assert " rests on" in found.output
    assert found.stdout.splitlines()[-1].startswith(f"{pair[0]}@")
    assert len(load_scenario(file).events) <= 3
    assert any(event.differences for event in replayed(file, *pair).events if event.number)


def test_a_profile_is_like_itself() -> None:
    """Where there is nothing to find, that is what is said, with how much was tried."""
    name = NAMES[0]
    side = Side.named(name, REGISTRY)
    found = differ(side, Side.named(f"{name}@{side.profile.edition}", REGISTRY), start=1, plays=3)
    assert (found.scenario, found.plays, found.sides[0]) == (None, 3, found.sides[1])


def test_what_is_compared_can_be_chosen() -> None:
    """Each aspect that ``whatif`` compares can be asked for, and nothing else."""
    assert set(ASPECTS) == set(_ASPECTS)
    assert command(NAMES[0], NAMES[1], "--aspect", "colour").exit_code == 2


def test_what_is_not_installed_is_refused(tmp_path: Path) -> None:
    """A name that is nobody's, and a folder that is no plugin's, are bad input."""
    (tmp_path / "elsewhere").mkdir()
    assert command(NAMES[0], "nobody").exit_code == 2
    assert command(NAMES[0], str(tmp_path / "elsewhere")).exit_code == 2


@pytest.mark.deep
def test_a_changed_copy_of_a_plugin_differs_from_it(tmp_path: Path) -> None:
    """Two versions of one plugin are told apart by what they do: here, who may begin to connect."""
    profile = next(one for one in map(REGISTRY.profile, NAMES) if one.manifest.reach == "own")
    copy = tmp_path / profile.folder.name
    shutil.copytree(profile.folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
    manifest = copy / "profile.yaml"
    text = manifest.read_text()
    manifest.write_text(text.replace("link: {stage: confirmed", "link: {stage: saved"))
    assert manifest.read_text() != text
    words = [sys.executable, "-m", "greenroom", "conformance", "differ", profile.name, f"{copy}/", "--seed", "1"]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "differ events=" in run.stdout.splitlines()[-1]
