"""Every mistake that is made on purpose, how it was made, and what the kit says of it.

    python -m tests.told_mistakes

prints what it says of policies that loosen. Each group of mistakes is judged in a process of its own.
"""

from __future__ import annotations

import difflib
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from core.tests.profiles.acme import Site, acme, policy
from tests.faulty_profiles import policies
from tests.faulty_profiles.faults import EngineFault, Fault

from greenroom.conformance import InProcess, Product
from greenroom.conformance.contract import contracts
from greenroom.conformance.contract_page import ToldMistake
from greenroom.conformance.kit import contract_check, judge
from greenroom.profiles import Registry, Switches

ROOT = Path(__file__).parents[1]
SEED, EXAMPLES = 1, 60

PRODUCTS = tuple(sorted(path.name for path in (ROOT / "plugins").iterdir() if (path / "pyproject.toml").is_file()))
GROUPS = (*PRODUCTS, "acme", "engine", "policies")
"""Where mistakes are made: in each product's plugin, in a small one, in what carries decisions out, in policies."""

_TOLD = frozenset({"fail", "unloadable"})
"""Verdicts on a mistake that was told: by the contract, or when the plugin was loaded."""

_AROUND = {"engine": "what carries decisions out", "policies": "a policy around a profile"}


def faults(group: str) -> tuple[Fault | EngineFault, ...]:
    """Return the mistakes of a group that stand in a table; those of policies stand in none."""
    if group == "policies":
        return ()
    found: tuple[Fault | EngineFault, ...] = importlib.import_module(f"tests.faulty_profiles.{group}").FAULTS
    return found


def judged(group: str) -> tuple[ToldMistake, ...]:
    """Judge a group and return what was said of each mistake that a contract tells, in order.

    Raises `subprocess.CalledProcessError` when it cannot be judged.
    """
    known = {one.name for one in contracts()}
    return tuple(one for one in _judged(group) if one.contract in known)


def diff_of(files: Mapping[str, str], fault: Fault) -> str:
    """Return how a mistake is made in files, by their names, with little around it."""
    return "\n".join(line for edit in fault.edits for line in _diff(edit.file, files[edit.file], edit.old, edit.new))


def _judged(group: str) -> Iterator[ToldMistake]:
    if group == "policies":
        for one in _lines("tests.told_mistakes"):
            yield ToldMistake.model_validate(one)
        return
    with tempfile.TemporaryDirectory() as folder:
        Site(Path(folder)).install(acme())
        lines = _lines("tests.faulty_profiles.judging", group, folder=folder)
    for fault, line in zip(faults(group), (one for one in lines if "mistake" in one), strict=True):
        if line["verdict"] in _TOLD:
            diff = diff_of(_files(group, fault), fault) if isinstance(fault, Fault) else ""
            yield _told(group, fault.check, fault.mistake, diff, line["said"])


def _told(group: str, contract: str, mistake: str, diff: str, said: str) -> ToldMistake:
    return ToldMistake(group=group, where=where(group), contract=contract, mistake=mistake, diff=diff, said=said)


def where(group: str) -> str:
    """Return where the mistakes of a group are made, in words."""
    return _AROUND.get(group, f"the profile `{group}`")


def _files(group: str, fault: Fault) -> Mapping[str, str]:
    if group == "acme":
        return acme().files
    folder = ROOT / "plugins" / group / f"greenroom_{group}"
    return {edit.file: (folder / edit.file).read_text("utf-8") for edit in fault.edits}


def _diff(file: str, before: str, old: str, new: str) -> Iterator[str]:
    after = before.replace(old, new, 1)
    changed = difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
    yield f"--- {file}"
    yield from (line for line in changed if not line.startswith(("---", "+++", "@@")))


def _lines(module: str, *words: str, folder: str = "") -> list[dict[str, str]]:
    path = os.pathsep.join(part for part in (folder, os.environ.get("PYTHONPATH", "")) if part)
    command = [sys.executable, "-m", module, *words]
    environment = {**os.environ, "PYTHONPATH": path}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def _loosening() -> Iterable[ToldMistake]:
    """Judge each policy that loosens; only for a process of its own."""
    for said, rules in policies.LOOSENING.items():
        with tempfile.TemporaryDirectory() as folder:
            sys.path.insert(0, folder)
            for name in [one for one in sys.modules if one.startswith(("greenroom_acme", "greenroom_strict"))]:
                del sys.modules[name]
            Site(Path(folder)).install(acme(), policy("strict", rules))
            profile = Registry.discover(Switches(only=frozenset({"acme"}))).profile("acme")
            checks = [contract_check(policies.CONTRACT)]
            (result,) = judge(Product(InProcess(profile)), checks, seed=SEED, examples=EXAMPLES)
            sys.path.remove(folder)
        body = rules.partition("@hookimpl")[2].strip().splitlines()[1:]
        diff = "\n".join(("--- rules.py", *(f"+{line}" for line in body)))
        yield _told("policies", policies.CONTRACT.name, said, diff, result.said)


if __name__ == "__main__":
    for told in _loosening():
        sys.stdout.write(told.model_dump_json() + "\n")
