"""What the page on stability promises is what happens."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import yaml
from core.tests.profiles.acme import Site, acme
from packaging.specifiers import SpecifierSet

from greenroom.hooks import HOOK_API
from greenroom.profiles import Registry

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "stability.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the page's fenced blocks in one language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_deprecations_shown_warn() -> None:
    """The example deprecates a hook, a field and a rule, and hears of each what it says."""
    (source,) = blocks("python")
    names: dict[str, object] = {"__name__": "shown"}
    exec(compile(source, "stability.md", "exec"), names)  # noqa: S102  # our own page
    options = getattr(names["want_meeting"], "greenroom_spec", {})
    assert "implement meeting_wanted" in str(options["warn_on_impl"])


def test_another_api_is_refused_as_shown(tmp_path: Path) -> None:
    """A range without this version is refused before the plugin is imported, in the words of the page."""
    (shown,) = blocks("text")
    plugin = acme().edited("profile.yaml", ">=1.0,<2", ">=2.0,<3").edited("rules.py", "SETTINGS = ", "raise 1\n")
    Site(tmp_path).install(plugin)
    command = [sys.executable, "-m", "greenroom", "profiles", "check", "--json"]
    run = subprocess.run(command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert " ".join(shown.split()) in run.stdout
    assert "incompatible" in run.stdout
    assert run.stdout.count('"loaded"') == len(Registry.discover().names)


def test_the_range_shown_is_ours() -> None:
    """The range that the page recommends has this version in it, and is the one that every profile here states."""
    (shown, *_) = blocks("yaml")
    wanted = yaml.safe_load(shown)["hook_api"]
    assert SpecifierSet(wanted).contains(HOOK_API)
    registry = Registry.discover()
    assert {registry.manifest(name).hook_api for name in registry.names} == {wanted}


def test_the_commands_shown_pass() -> None:
    """No profile here uses what is deprecated: checking them passes with such warnings as errors."""
    (shown,) = blocks("sh")
    for line in shown.splitlines():
        words = [sys.executable if word == "python" else word for word in shlex.split(line)]
        run = subprocess.run(words, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr


def test_the_matrix_shown_is_a_workflow() -> None:
    """The build shown runs every step against each version of its matrix."""
    job = yaml.safe_load(blocks("yaml")[1])["jobs"]["judge"]
    assert len(job["strategy"]["matrix"]["greenroom"]) == 2
    assert any("matrix.greenroom" in step.get("run", "") for step in job["steps"])
