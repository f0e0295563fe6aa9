"""Mutants of a plugin's code: all of a kind are made, and what becomes of each is told truly."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from core.tests.profiles.acme import Site, acme

from greenroom.conformance.mutants import mutants_of, mutated

_CHECKS = """\
from greenroom.conformance import Product, proves
from greenroom.conformance.facts import NOW, interview, organization
from greenroom.model import MeetingRequest, NotYet, Stage, Wanted


def at(stage):
    return MeetingRequest(organization=organization(), actor=None, at=NOW, interview=interview(stage=stage))


@proves("ACME-03")
def check_from_saved_on(product: Product) -> None:
    assert isinstance(product.want_meeting(at(Stage.DRAFT)), NotYet)
    assert isinstance(product.want_meeting(at(Stage.SAVED)), Wanted)
"""

_SURVIVORS = (
    'survivors:\n  - {file: rules.py, line: "if refusal is not None:", change: guard dropped, reason: seen elsewhere}\n'
)


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("return a == b", {"return a != b", "return None"}),
        ("return a in b and c", {"return a not in b and c", "return a in b or c", "return None"}),
        ("return True", {"return False", "return None"}),
        ("return 40", {"return 41", "return None"}),
        ("return None", set()),
        ("a.b = c", {"pass"}),
        ("raise a", {"pass"}),
        ("a(b)", {"pass"}),
        ("c = a if b else 'd'", {"c = a if not b else 'd'"}),
        ("c: Literal[1] = a", set()),
    ],
)
def test_every_change_of_a_line(line: str, changes: set[str]) -> None:
    """Each kind of change is made where it can be, one at a time; annotations stay as they are."""
    source = f'def f(a, b, c):\n    """Say 1."""\n    {line}\n'
    made = {mutated(one, source).splitlines()[-1].strip() for one in mutants_of("rules.py", source)}
    assert made == changes


def test_a_guard_is_dropped_and_turned_round() -> None:
    """What is refused first is what mistakes leave out."""
    source = "def f(a):\n    if a:\n        return a\n    return b\n"
    made = [mutated(one, source) for one in mutants_of("rules.py", source)]
    assert "def f(a):\n    pass\n    return b" in made
    assert "def f(a):\n    if not a:\n        return a\n    return b" in made


def test_only_functions_are_changed() -> None:
    """Tables of a module are for wrong readings."""
    assert list(mutants_of("rules.py", "LIMIT = 40\nassert LIMIT == 40\n")) == []


def test_what_becomes_of_each(tmp_path: Path) -> None:
    """A change that the check sees is killed, others survive, one of them with the reason that the plugin gives."""
    plugin = acme()
    checks = {"checks/__init__.py": "", "checks/check_stages.py": _CHECKS, "checks/survivors.yaml": _SURVIVORS}
    Site(tmp_path).install(replace(plugin, files={**plugin.files, **checks}))
    run = subprocess.run(
        [sys.executable, "-m", "greenroom.conformance.mutation", "acme"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    fates = [json.loads(line) for line in run.stdout.splitlines()]
    seen = {(one["line"], one["change"]): (one["fate"], one["by"], one["reason"]) for one in fates}
    by = "check_stages.check_from_saved_on"
    assert seen["if request.interview.stage < Stage.SAVED:", "Lt -> GtE"] == ("killed", by, "")
    assert seen["if refusal is not None:", "guard dropped"] == ("survived", "", "seen elsewhere")
    assert seen["if refusal is not None:", "condition negated"] == ("survived", "", "")
    assert (tmp_path / "greenroom_acme/rules.py").read_text() == plugin.files["rules.py"]


def test_while_a_check_fails_no_change_counts_as_noticed(tmp_path: Path) -> None:
    """Where a check fails on the code as it is, the command says which clause, and judges no change."""
    plugin = acme().edited("rules.py", "stage < Stage.SAVED", "stage < Stage.DRAFT")
    checks = {"checks/__init__.py": "", "checks/check_stages.py": _CHECKS}
    Site(tmp_path).install(replace(plugin, files={**plugin.files, **checks}))
    run = subprocess.run(
        [sys.executable, "-m", "greenroom", "--only", "acme", "clauses", "acme", "--mutate"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert "ACME-03 fail on acme as it is" in run.stderr
