"""The checks are worth trusting: each tells the mistakes it is there for, and takes no other style for one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from core.tests.profiles.acme import Site, acme, policy
from hypothesis import settings
from tests.faulty_profiles import policies
from tests.faulty_profiles.faults import ELSEWHERE, PRODUCTS, faults
from tests.faulty_profiles.judging import quick

from greenroom.conformance import InProcess, Product
from greenroom.conformance.contract import contracts
from greenroom.conformance.kit import contract_check, judge
from greenroom.conformance.verdicts import CheckResult
from greenroom.profiles import Registry, Switches

ROOT = Path(__file__).parents[2]
FEWEST, FEWEST_EACH = 60, 8


def printed(module: str, *words: str, **environment: str) -> list[str]:
    """Run a module of this folder in a process of its own and return the lines it prints."""
    command = [sys.executable, "-m", f"tests.faulty_profiles.{module}", *words]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def missed(name: str, lines: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the mistakes that were not told, or not in words that tell them; some words are missed when a plugin is
    loaded already."""
    told = [one for one in map(json.loads, lines) if "mistake" in one]
    assert len(told) == len(faults(name))
    return [
        (fault.check, fault.mistake, one["verdict"], one["said"])
        for fault, one in zip(faults(name), told, strict=True)
        if one["verdict"] not in {"fail", "unloadable"} or fault.says not in one["said"]
    ]


@pytest.mark.deep
@pytest.mark.parametrize("name", [*PRODUCTS, "engine"])
def test_each_mistake_is_told(name: str) -> None:
    """Each mistake fails the check it names, with words that tell it."""
    assert missed(name, printed("judging", name)) == []


def test_each_contract_tells_a_mistake() -> None:
    """No contract is without a mistake that it notices; of mistakes in profiles there are at least sixty, and eight a
    product."""
    every = [fault for name in PRODUCTS for fault in faults(name)]
    elsewhere = [fault for name in ELSEWHERE for fault in faults(name)]
    told = {fault.check for fault in (*every, *elsewhere)} | {policies.CONTRACT.name}
    assert {one.name for one in contracts()} <= told
    assert len(every) >= FEWEST
    assert all(count >= FEWEST_EACH for count in Counter(name for name in PRODUCTS for _ in faults(name)).values())


@pytest.mark.deep
@pytest.mark.parametrize("name", PRODUCTS)
def test_each_clause_check_notices_a_mistake(name: str) -> None:
    """No clause check passes whatever is done to its profile: it notices a wrong reading, a changed line, or a mistake
    that is made here."""
    assert set(printed("killing", name)) <= {fault.check for fault in faults(name)}


@pytest.mark.parametrize("variants", [1, pytest.param(5, marks=pytest.mark.deep)])
def test_another_style_is_no_mistake(tmp_path: Path, variants: int) -> None:
    """Other words, another order, a setting more, hooks elsewhere: all contracts are kept. Mistakes are told."""
    Site(tmp_path).install(acme())
    lines = printed("judging", "acme", str(variants), PYTHONPATH=str(tmp_path))
    told = [one for one in map(json.loads, lines) if "variant" in one]
    assert [one for one in told if one["verdict"] != "judged"] == []
    assert len(told) == variants
    assert missed("acme", lines) == []


@pytest.mark.parametrize("said", policies.LOOSENING)
def test_a_policy_that_loosens_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """A policy that allows what a profile refused, asks for less, shows more or keeps a grant is named."""
    result = _around_acme(tmp_path, monkeypatch, policies.LOOSENING[said])
    assert result.verdict == "fail", result.said
    assert "the policy strict loosens" in result.said
    assert said in result.said


@pytest.mark.parametrize("rules", policies.TIGHTENING)
def test_a_policy_that_tightens_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    """A policy that asks for more, tells fewer people, or changes nothing is what policies are for."""
    result = _around_acme(tmp_path, monkeypatch, rules)
    assert result.verdict == "pass", result.said


def _around_acme(folder: Path, monkeypatch: pytest.MonkeyPatch, rules: str) -> CheckResult:
    monkeypatch.syspath_prepend(folder)
    _forget_modules()
    Site(folder).install(acme(), policy("strict", rules))
    profile = Registry.discover(Switches(only=frozenset({"acme"}))).profile("acme")
    try:
        with settings_as_they_were():
            quick()
            (result,) = judge(Product(InProcess(profile)), [contract_check(policies.CONTRACT)], seed=1, examples=8)
    finally:
        _forget_modules()
    return result


def _forget_modules() -> None:
    """Have the next plugin of these names imported from where it is installed."""
    for name in [one for one in sys.modules if one.startswith(("greenroom_acme", "greenroom_strict"))]:
        del sys.modules[name]


@contextmanager
def settings_as_they_were() -> Iterator[None]:
    """Leave hypothesis as it was found."""
    before = settings.get_current_profile_name()
    try:
        yield
    finally:
        settings.load_profile(before)
