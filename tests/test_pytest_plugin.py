"""The kit as a plugin of pytest, in real runs outside the repository, on a plugin installed there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from core.tests.profiles.acme import PluginSource, Site, acme

_CHECKS = '''\
from greenroom.conformance import Product, proves


@proves("ACME-03")
def check_a_meeting_has_a_stage(product: Product) -> None:
    """A meeting is made when an interview is saved."""
    assert product.manifest.link.stage == "saved", f"it is made when {product.manifest.link.stage}"
'''
_OWN = next(
    block
    for block in re.findall(r"```python\n(.*?)```", Path("docs/conformance.md").read_text("utf-8"), re.DOTALL)
    if "greenroom_subject" in block
)
"""The example that the page shows."""

_PLAIN = """\
def test_plain():
    pass
"""
CHECK = "check_stages.check_a_meeting_has_a_stage"
SAVED = "link: {stage: saved"


def with_checks(plugin: PluginSource) -> PluginSource:
    """Return a plugin that brings a clause check."""
    return replace(plugin, files={**plugin.files, "checks/__init__.py": "", "checks/check_stages.py": _CHECKS})


def late(plugin: PluginSource) -> PluginSource:
    """Return a plugin whose link is made later than its clause check has it."""
    return plugin.edited("profile.yaml", SAVED, "link: {stage: confirmed")


class Project:
    """A folder with plugins installed and tests of its own, apart from this repository."""

    def __init__(self, folder: Path, *plugins: PluginSource) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        self._site = folder / "site"
        self._site.mkdir()
        Site(self._site).install(*map(with_checks, plugins))
        (self.folder / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n")

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        (self.folder / name).write_text(text)

    def pytest(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run pytest here; only what is installed here is a profile."""
        environment = {
            "PYTHONPATH": str(self._site),
            "PATH": os.environ["PATH"],
            "GREENROOM_PROFILES_ONLY": "acme,apex",
        }
        command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", *words]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=120
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project beside a plugin that keeps its clauses, and one that does not."""
    return Project(tmp_path, acme(), late(acme("apex")))


def test_each_check_is_a_test(project: Project) -> None:
    """It passes, fails with the kit's message and without a traceback, or is skipped with the manifest's reason."""
    chosen = "a_meeting_has_a_stage or nothing_goes_out_unseen"
    run = project.pytest("--greenroom-profile", "all", "--greenroom-seed", "7", "-k", chosen)
    assert run.returncode == 1, run.stdout
    assert "2 skipped" in run.stdout
    assert "nothing is reviewed before it is sent" in run.stdout
    assert f"PASSED greenroom::acme::{CHECK}" in run.stdout
    assert f"FAILED greenroom::apex::{CHECK}" in run.stdout
    assert "it is made when confirmed" in run.stdout
    assert "rule: A meeting is made when an interview is saved. [ACME-03]" in run.stdout
    assert "Traceback" not in run.stdout


def test_what_is_not_testable_fails(tmp_path: Path) -> None:
    """A plugin without clause checks has not passed."""
    project = Project(tmp_path)
    Site(tmp_path / "site").install(acme())
    run = project.pytest("--greenroom-profile", "acme", "-k", "clause_checks")
    assert run.returncode == 1
    assert "not testable: its plugin has no package `checks`" in run.stdout


def test_a_test_of_ones_own_runs_for_each_product(project: Project) -> None:
    """The fixture opens each product that is named; where none is, the test is skipped and says what to name."""
    project.write("test_own.py", _OWN)
    named = project.pytest("--greenroom-profile", "acme", "--greenroom-profile", "apex", "-k", "can_disconnect")
    assert "test_own.py::test_everybody_can_disconnect[acme]" in named.stdout
    assert "test_own.py::test_everybody_can_disconnect[apex]" in named.stdout
    assert named.returncode == 0
    silent = project.pytest()
    assert "no --greenroom-profile is named" in silent.stdout
    assert silent.returncode == 0


@pytest.mark.deep
def test_workers_share_the_checks(project: Project) -> None:
    """With xdist each check runs once, whichever worker takes it."""
    project.write("test_plain.py", _PLAIN)
    chosen = "check_a_meeting or has_a_label or plain"
    run = project.pytest("--greenroom-profile", "acme", "-n", "2", "-k", chosen)
    assert run.returncode == 0, run.stdout
    assert "4 passed" in run.stdout


@pytest.mark.deep
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--greenroom-profile", "nobody"], "nobody"),
        (["--greenroom-subject", "http://127.0.0.1:9"], "--greenroom-against"),
    ],
)
def test_what_cannot_be_judged_is_a_usage_error(project: Project, words: list[str], said: str) -> None:
    """An unknown profile, and a subject without a judge, are said before anything runs."""
    run = project.pytest(*words)
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert said in run.stderr


def test_a_check_cannot_be_dropped_unseen(project: Project) -> None:
    """A conftest that takes a check out of the run ends it, with the kit's own exit code."""
    dropping = (
        "def pytest_collection_modifyitems(items):\n    items[:] = [i for i in items if 'a_label' not in i.name]\n"
    )
    project.write("conftest.py", dropping)
    run = project.pytest("--greenroom-profile", "acme")
    assert run.returncode == 3
    assert "a standard check is missing: greenroom::acme::every_button_has_a_label" in run.stdout


def test_a_run_that_does_not_ask_loads_nothing(project: Project) -> None:
    """Neither the kit nor the model nor any plugin is imported; no test is added."""
    seen = "import sys\nHEAVY = ('greenroom.', 'greenroom_', 'hypothesis', 'pydantic', 'pluggy_', 'starlette')\n"
    told = "\n\ndef pytest_sessionfinish():\n    print(sorted(n for n in sys.modules if n.startswith(HEAVY)))\n"
    project.write("conftest.py", seen + told)
    project.write("test_plain.py", _PLAIN)
    run = project.pytest("-p", "no:hypothesispytest")
    assert run.returncode == 0, run.stdout
    assert "['greenroom.pytest_plugin']" in run.stdout
    assert "1 passed" in run.stdout
