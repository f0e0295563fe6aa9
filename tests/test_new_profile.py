"""A profile begun for a product nobody has seen: every combination of options makes one that lacks only its author."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import product as combinations
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from greenroom.cli import main
from greenroom.conformance import InProcess, Product
from greenroom.conformance.contract import contracts
from greenroom.conformance.kit import QUICK, checks_for, judge
from greenroom.conformance.proving import prove
from greenroom.errors import BadInput
from greenroom.profiles import Registry
from greenroom.scaffold import Approval, Host, Levels, Link, Options, write

FIRST = "check_first.check_the_first_clause_is_written"
FEW = 3


def _named() -> Iterator[Options]:
    every = combinations(get_args(Levels), get_args(Host), get_args(Link), get_args(Approval), (True, False))
    for number, (level, host, link, approval, calendar) in enumerate(every):
        yield Options(
            name=f"zenith{number}",
            product="Zenith & Sons' Hire+",
            level=level,
            host=host,
            link=link,
            approval=approval,
            calendar=calendar,
        )


def _makes_no_sense(options: Options) -> bool:
    own_only = options.level == "member" and options.host != "scheduler"
    return own_only or (options.level == "organization" and options.approval == "pre-approval")


EVERY = tuple(_named())
SENSIBLE = tuple(one for one in EVERY if not _makes_no_sense(one))


def _pairs(options: Options) -> frozenset[tuple[str, object, str, object]]:
    chosen = {name: getattr(options, name) for name in ("level", "host", "link", "approval", "calendar")}
    return frozenset((a, chosen[a], b, chosen[b]) for a in chosen for b in chosen if a < b)


def _covering() -> tuple[Options, ...]:
    """Return options in which any two choices that go together stand together at least once."""
    left, found = frozenset().union(*map(_pairs, SENSIBLE)), []
    while left:
        best = max(SENSIBLE, key=lambda one: len(_pairs(one) & left))
        found.append(best)
        left -= _pairs(best)
    return tuple(found)


COVERING = _covering()


def _ids(options: Options) -> str:
    return (
        f"{options.level}-{options.host}-{options.link}-{options.approval}-{'calendar' if options.calendar else 'mail'}"
    )


def install(options: Options, folder: Path) -> None:
    """Write a profile and install it into ``site`` without a network: its package, and its ``.dist-info``."""
    home = folder / options.name
    write(options, home)
    info = folder / "site" / f"greenroom_{options.name}-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: greenroom-{options.name}\nVersion: 0.1.0\n", "utf-8")
    entry = f"[greenroom.profiles]\n{options.name} = {options.package}.rules\n"
    (info / "entry_points.txt").write_text(entry, "utf-8")
    (folder / "site" / options.package).symlink_to(home / options.package)


@pytest.fixture(scope="module")
def all_installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Every sensible combination, installed at once."""
    folder = tmp_path_factory.mktemp("profiles")
    for options in SENSIBLE:
        install(options, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder / "site")
        yield Registry.discover()


def _failing(registry: Registry, options: Options, *, examples: int, once: bool = False) -> dict[str, str]:
    profile = registry.profile(options.name)
    drawn = {one.name for one in contracts() if not one.once} if once else set()
    checks = [check for check in checks_for(profile) if check.name not in drawn]
    results = judge(Product(InProcess(profile)), checks, seed=1, examples=examples)
    return {one.check: one.said for one in results if one.verdict not in {"pass", "not_applicable"}}


@pytest.mark.parametrize("options", COVERING, ids=_ids)
def test_only_the_first_clause_is_left_to_write(options: Options, all_installed: Registry) -> None:
    """Each combination loads, and its one failing check says which clause to write, and where."""
    failing = _failing(all_installed, options, examples=1, once=True)
    assert failing.keys() == {FIRST}, failing
    assert f"{options.package}/clauses.yaml" in failing[FIRST]


@pytest.mark.deep
@pytest.mark.parametrize("options", COVERING, ids=_ids)
def test_contracts_are_kept_from_the_start(options: Options, all_installed: Registry) -> None:
    """Of combinations that cover every pair of choices, each keeps every contract."""
    assert _failing(all_installed, options, examples=FEW).keys() == {FIRST}


@pytest.mark.deep
@pytest.mark.parametrize("options", SENSIBLE, ids=_ids)
def test_contracts_are_kept_by_every_combination(options: Options, all_installed: Registry) -> None:
    """Each combination keeps every contract, in as many examples as a quick run tries."""
    assert _failing(all_installed, options, examples=QUICK).keys() == {FIRST}


@pytest.mark.parametrize("options", [one for one in EVERY if _makes_no_sense(one)], ids=_ids)
def test_what_makes_no_sense_is_refused(options: Options, tmp_path: Path) -> None:
    """Choices that contradict each other are refused with what to say instead, and nothing is written."""
    with pytest.raises(BadInput, match="Say --"):
        write(options, tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["Zenith", "9", "z", "a-b", "class", "core", "z9", "../x", "x" * 30])
def test_a_name_is_a_name(name: str, tmp_path: Path) -> None:
    """What cannot be a package, or begin the ids of clauses, is refused."""
    with pytest.raises(BadInput):
        write(replace(SENSIBLE[0], name=name), tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("product", ["", 'A "B"', "A\nB", "A: B", "{{ a }}", "a" * 80])
def test_a_product_stands_in_code(product: str, tmp_path: Path) -> None:
    """A product's name that would break out of code or data is refused."""
    with pytest.raises(BadInput):
        write(replace(SENSIBLE[0], product=product), tmp_path / "out")


def test_the_command_writes_and_says_what_is_next(tmp_path: Path) -> None:
    """One command writes everything; a second into the same directory, or an installed name, changes nothing."""
    words = ["new-profile", "zenith", "--out", str(tmp_path / "out")]
    made = CliRunner().invoke(main, [*words, "--yes"])
    assert made.exit_code == 0, made.output
    assert "greenroom conformance zenith" in made.output
    before = sorted(tmp_path.rglob("*"))
    for again in (words, ["new-profile", "lever", "--out", str(tmp_path / "other")]):
        assert CliRunner().invoke(main, again).exit_code == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_written_is_tidy(tmp_path: Path) -> None:
    """Of combinations that cover every pair, the code is formatted and free of complaints."""
    for options in COVERING:
        write(options, tmp_path / options.name)
    checked = ["check", "--select", "A,ARG,B,E,F,I,N,PIE,RET,RUF,SIM,UP,W"]
    for command in (checked, ["format", "--check"]):
        run = subprocess.run([sys.executable, "-m", "ruff", *command, tmp_path], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout


def test_an_installed_one_is_judged_by_the_command(tmp_path: Path) -> None:
    """Installed and judged from outside, exactly the first clause fails; each wrong reading is noticed."""
    options = replace(SENSIBLE[0], name="zenith")
    install(options, tmp_path)
    path = os.pathsep.join([str(tmp_path / "site"), *sys.path])
    command = [sys.executable, "-m", "greenroom", "conformance", "zenith", "--seed", "1", "--json"]
    environment = {"PYTHONPATH": path, "PATH": ""}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    results = json.loads(run.stdout)["data"]["products"][0]["results"]
    assert [one["check"] for one in results if one["verdict"] not in {"pass", "not_applicable"}] == [FIRST]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", path)
        proofs = tuple(prove("zenith"))
    assert proofs
    assert {one.clause: one.said for one in proofs if one.verdict != "noticed"} == {}
