"""The contracts are worth trusting: each tells the mistakes it is there for, and takes no other style for one."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from core.tests.profiles.acme import Site, acme
from tests.faulty_profiles.faults import Fault

from greenroom.conformance.contract import contracts

PRODUCTS = ("calendly", "exelare", "interviewplanner", "lever", "trakstar")
ROOT = Path(__file__).parents[2]


def faults(name: str) -> Sequence[Fault]:
    """Return the mistakes that are made in a product's profile."""
    found: Sequence[Fault] = importlib.import_module(f"tests.faulty_profiles.{name}").FAULTS
    return found


def printed(module: str, *words: str, **environment: str) -> list[str]:
    """Run a module of this folder in a process of its own and return the lines it prints."""
    command = [sys.executable, "-m", f"tests.faulty_profiles.{module}", *words]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.deep
@pytest.mark.parametrize("name", PRODUCTS)
def test_each_mistake_is_told(name: str) -> None:
    """Each mistake fails the contract it names, with words that tell it; some words are missed when it is loaded."""
    told = [json.loads(line) for line in printed("judging", name)]
    assert len(told) == len(faults(name))
    missed = [
        (fault.contract, fault.mistake, one["verdict"], one["said"])
        for fault, one in zip(faults(name), told, strict=True)
        if one["verdict"] not in {"fail", "unloadable"} or fault.says not in one["said"]
    ]
    assert missed == []


def test_each_contract_tells_a_mistake() -> None:
    """No contract is without a faulty profile that it notices, and no product without six."""
    every = [fault.contract for name in PRODUCTS for fault in faults(name)]
    assert {one.name for one in contracts()} == set(every)
    assert all(count >= 6 for count in Counter(name for name in PRODUCTS for _ in faults(name)).values())


def test_another_style_is_no_mistake(tmp_path: Path) -> None:
    """Other words, another order, a setting more, hooks elsewhere: all contracts are kept."""
    Site(tmp_path).install(acme())
    told = [json.loads(line) for line in printed("judging", "acme", PYTHONPATH=str(tmp_path))]
    assert [one for one in told if one["verdict"] != "judged"] == []
    assert len(told) == 5


@pytest.mark.deep
@pytest.mark.parametrize("name", PRODUCTS)
def test_answers_do_not_depend_on_the_process(name: str) -> None:
    """Where strings hash otherwise, the same questions have the same answers."""
    assert printed("digest", name, PYTHONHASHSEED="1") == printed("digest", name, PYTHONHASHSEED="2")
