"""A profile as a stranger has it: written by an installed Greenroom, taken on by its README, judged elsewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from zipfile import ZipFile

import pytest
import yaml
from tests.scaffolds import called, choices, options
from tests.tutorial.workbench import Workbench

from greenroom.conformance.verdicts import PASSING
from greenroom.scaffold import Options, files_of

FIRST = "check_first.check_the_first_clause_is_written"
DEEP = (
    options("zenith", level="both", host="scheduler", link="save", calendar="no"),
    options("zenith", level="organization", host="first-interviewer", link="schedule", approval="pre-approval"),
    options("zenith", level="member", host="round-robin", link="draft", approval="pre-approval"),
)


@dataclass(frozen=True)
class Desk:
    """Where the stranger works: the profile's folder, the programs of its environment, and what is set there."""

    home: Path
    programs: Path
    environment: Mapping[str, str]

    def run(self, *words: str, status: int = 0) -> str:
        """Run a program in the profile's folder, and return what it printed once it ended as expected."""
        environment = {**self.environment, "PATH": f"{self.programs}:{self.environment['PATH']}", "COLUMNS": "200"}
        command = [shutil.which(words[0], path=environment["PATH"]) or words[0], *words[1:]]
        run = subprocess.run(command, cwd=self.home, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == status, f"{' '.join(words)}\n{run.stdout}{run.stderr}"
        return run.stdout

    def blocks(self, language: str) -> list[str]:
        """Return what the README shows in a language, without its indentation."""
        readme = (self.home / "README.md").read_text("utf-8")
        return [dedent(one) for one in re.findall(rf"```{language}\n(.*?)```", readme, re.DOTALL)]

    def edit(self, file: str, old: str, new: str) -> None:
        """Put ``new`` in the place of ``old``, which stands once in a file of the package."""
        path = self.home / "greenroom_zenith" / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} in {file}"
        path.write_text(text.replace(old, new), "utf-8")


def begun(bench: Workbench, folder: Path, chosen: Options) -> Desk:
    """Have the installed command write a profile, and install it from its folder."""
    programs = bench.environment_with("greenroom", at=folder / "environment")
    home = folder / "greenroom-zenith"
    desk = Desk(home, programs, bench.environment)
    Desk(folder, programs, bench.environment).run(*command_line(chosen))
    there = {str(path.relative_to(home)): path.read_text("utf-8") for path in home.rglob("*") if path.is_file()}
    assert there == files_of(chosen)
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--editable", str(home)], env={**os.environ, **bench.environment}, check=True)
    return desk


def command_line(chosen: Options) -> list[str]:
    """Return the command that says everything."""
    words = [word for name, value in choices(chosen) for word in (f"--{name}", value)]
    return ["greenroom", "new-profile", chosen.name, "--product", chosen.product, *words, "--yes"]


def follow_the_readme(desk: Desk) -> None:
    """Write the first clause, its check, what it rests on and a wrong reading, as the README shows them."""
    (clause,), (check, readings), (diff,) = desk.blocks("yaml"), desk.blocks("python"), desk.blocks("diff")
    clauses = (desk.home / "greenroom_zenith" / "clauses.yaml").read_text("utf-8")
    entry = clauses[clauses.rindex("  - id: ") :]
    assert "TODO" in entry
    for file in ("clauses.yaml", "profile.yaml"):
        desk.edit(file, 'source: ""\n', "source: zenith-help.txt\n")
    desk.edit("clauses.yaml", entry, indent(dedent(clause), "  "))
    (desk.home / "greenroom_zenith" / "checks" / "check_first.py").write_text(check, "utf-8")
    before, after = (line[1:] for line in diff.splitlines())
    desk.edit("rules.py", before, after)
    added = readings.partition("...,\n")[2]
    text = (desk.home / "greenroom_zenith" / "checks" / "wrong.py").read_text("utf-8")
    assert text.endswith("    ),\n)\n")
    (desk.home / "greenroom_zenith" / "checks" / "wrong.py").write_text(text.removesuffix(")\n") + added, "utf-8")


def test_a_stranger_gets_from_nothing_to_a_proven_clause(bench: Workbench, tmp_path: Path) -> None:
    """Begun, installed and found; its failing check leads to the first clause, which the README's example proves."""
    desk = begun(bench, tmp_path, options("zenith", level="both", host="chosen", link="save"))
    assert "available" in desk.run("greenroom", "profiles", "list")
    failed = desk.run("greenroom", "conformance", "zenith", "--check", FIRST, status=1)
    assert re.search(r"greenroom_zenith/clauses\.yaml, line \d+: ZENITH-\d+ is still marked TODO", failed)
    follow_the_readme(desk)
    assert "warnings=0" in desk.run("greenroom", "profiles", "lint", "zenith")
    desk.run("greenroom", "clauses", "zenith", "--prove")


@pytest.mark.deep
@pytest.mark.parametrize("chosen", DEEP, ids=called)
def test_everything_a_readme_and_a_build_server_run(chosen: Options, bench: Workbench, tmp_path: Path) -> None:
    """Every command of the README and of the CI file ends well once the first clause is written, and one check fails
    before; the wheel has everything that makes it a profile elsewhere."""
    desk = begun(bench, tmp_path, chosen)
    desk.run("python", "-m", "pytest", "-q", status=1)
    first = desk.run("greenroom", "conformance", "zenith", "--json", status=1)
    results = json.loads(first)["data"]["products"][0]["results"]
    assert [one["check"] for one in results if one["verdict"] not in PASSING] == [FIRST]
    follow_the_readme(desk)
    lines = [line for block in desk.blocks("sh") for line in block.splitlines() if line.startswith("greenroom ")]
    for line in lines:
        desk.run(*shlex.split(line))
    ci = yaml.safe_load((desk.home / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
    for command in (step["run"] for step in ci["jobs"]["judge"]["steps"] if "run" in step):
        if "pip install" not in command:
            desk.run("bash", "-c", command)
    check_the_wheel(bench, desk, tmp_path / "elsewhere")


def check_the_wheel(bench: Workbench, desk: Desk, elsewhere: Path) -> None:
    """Build the wheel, and have it judged where its source is not."""
    elsewhere.mkdir()
    bench.wheel(desk.home, into=elsewhere)
    (wheel,) = elsewhere.glob("*.whl")
    packed = {name for name in ZipFile(wheel).namelist() if not name.endswith("/") and ".dist-info/" not in name}
    package = desk.home / "greenroom_zenith"
    written = {f"greenroom_zenith/{path.relative_to(package)}" for path in package.rglob("*") if path.is_file()}
    assert packed == {name for name in written if not name.endswith(".pyc")}
    programs = bench.environment_with("greenroom", wheel, at=elsewhere / "environment")
    shutil.rmtree(desk.home)
    assert "loaded" in Desk(elsewhere, programs, desk.environment).run("greenroom", "profiles", "check")
    Desk(elsewhere, programs, desk.environment).run("greenroom", "conformance", "zenith")
