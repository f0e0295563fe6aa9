"""Each clause has a wrong reading, and its check notices it; proving tells everything else apart."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from core.tests.profiles.acme import Site, acme

from greenroom.conformance.proving import prove
from greenroom.conformance.wrong import find_readings
from greenroom.profiles import Registry

_REGISTRY = Registry.discover()

_CHECKS = """\
from greenroom.conformance import Product, proves
from greenroom.conformance.facts import NOW, interview, organization
from greenroom.model import MeetingRequest, NotYet, Stage, Wanted


def at(stage):
    return MeetingRequest(organization=organization(), actor=None, at=NOW, interview=interview(stage=stage))


@proves("ACME-01")
def check_a_draft_gets_none(product: Product) -> None:
    assert isinstance(product.want_meeting(at(Stage.DRAFT)), NotYet)


@proves("ACME-02")
def check_a_saved_one_gets_one(product: Product) -> None:
    assert isinstance(product.want_meeting(at(Stage.SAVED)), Wanted)
"""

_WRONG = """\
from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading("ACME-01", "drafts too", Edit("rules.py", "stage < Stage.SAVED", "stage < Stage.DRAFT")),
    WrongReading("ACME-02", "raises", Edit("rules.py", "stage < Stage.SAVED", "stage < {}")),
    WrongReading("ACME-02", "nothing changes", Edit("rules.py", "stage < Stage.SAVED", "stage <  Stage.SAVED")),
    WrongReading("ACME-02", "gone", Edit("rules.py", "no such text", "")),
    WrongReading("ACME-02", "no Python", Edit("rules.py", "def want_meeting", "de want_meeting")),
    WrongReading("ACME-03", "no check", Edit("rules.py", "stage < Stage.SAVED", "stage < Stage.DRAFT")),
)
"""


@pytest.mark.parametrize("name", _REGISTRY.names)
def test_wrong_readings_are_noticed(name: str) -> None:
    """Every wrong reading a plugin ships makes a check of its clause fail."""
    proofs = list(prove(name))
    assert [(one.clause, one.verdict, one.said) for one in proofs if one.verdict != "noticed"] == []
    assert len(proofs) == len(find_readings(_REGISTRY.profile(name).folder.name))


@pytest.mark.parametrize("name", _REGISTRY.names)
def test_every_clause_has_a_wrong_reading(name: str) -> None:
    """No clause that can be executed is without one, and no two clauses share their edits."""
    profile = _REGISTRY.profile(name)
    readings = find_readings(profile.folder.name)
    owed = {one.id for one in profile.clauses.values() if one.basis != "default" and one.note is None}
    assert {one.clause for one in readings} == owed
    edits: dict[object, str] = {}
    for one in readings:
        assert edits.setdefault(one.edits, one.clause) == one.clause


_IMPORTED = ("__future__", "greenroom.conformance", "greenroom.model", "greenroom.rules")


@pytest.mark.parametrize("name", _REGISTRY.names)
def test_checks_import_nothing_of_the_plugin(name: str) -> None:
    """Checks state the document independently: they share no table and no function with what they judge."""
    folder = _REGISTRY.profile(name).folder
    for file in sorted((folder / "checks").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            found = node.module if isinstance(node, ast.ImportFrom) else None
            if found is not None and found.partition(".")[0].startswith("greenroom"):
                own = found.startswith(f"{folder.name}.checks")
                assert own or found.startswith(_IMPORTED), f"{file.name} imports {found}"


def test_the_page_for_authors_holds(tmp_path: Path) -> None:
    """The check that the page shows passes, and its wrong reading is noticed by it."""
    page = Path("docs/writing-a-profile.md").read_text("utf-8")
    blocks = re.findall(r"```python\n# (checks/\w+\.py)\n(.*?)```", page, re.DOTALL)
    assert [file for file, _ in blocks] == ["checks/check_stages.py", "checks/wrong.py"]
    plugin = acme()
    Site(tmp_path).install(replace(plugin, files={**plugin.files, "checks/__init__.py": "", **dict(blocks)}))
    for option, said in (("--run", "proven"), ("--prove", "noticed")):
        run = _greenroom(tmp_path, "clauses", "acme", option, "--json")
        assert [one for one in json.loads(run)["data"] if said in one.values()]


def test_proving_tells_verdicts_apart(tmp_path: Path) -> None:
    """Noticed, not noticed, stale and broken are four things; the plugin itself is left as it was."""
    plugin = acme()
    checks = {"checks/__init__.py": "", "checks/check_stages.py": _CHECKS, "checks/wrong.py": _WRONG}
    Site(tmp_path).install(replace(plugin, files={**plugin.files, **checks}))
    proofs = json.loads(_greenroom(tmp_path, "clauses", "acme", "--prove", "--json"))["data"]
    assert [one["verdict"] for one in proofs] == ["noticed", "broken", "not_noticed", "stale", "broken", "broken"]
    assert (tmp_path / "greenroom_acme/rules.py").read_text() == plugin.files["rules.py"]


def _greenroom(site: Path, *arguments: str) -> str:
    """Return what a command prints where the plugins of ``site`` are installed, whatever its exit code."""
    command = [sys.executable, "-m", "greenroom", *arguments]
    environment = {"PYTHONPATH": str(site), "PATH": ""}
    return subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False).stdout
