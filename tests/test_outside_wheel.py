"""A plugin that nobody here knows, built and installed outside the repository: found, judged, and seen through.

The plugin is the tutorial's, as the page leaves it. Neither Greenroom nor the plugin is installed from source, so what
their wheels leave out is missing here as it would be anywhere.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.tutorial.follow import write_files
from tests.tutorial.page import steps_of
from tests.tutorial.workbench import ROOT, Workbench

from greenroom.conformance.wrong import Edit
from greenroom.scaffold import Options, write

PAGE = ROOT / "docs" / "tutorial.md"
PASSES, FAILS = 0, 1

ONE_EXAMPLE_EACH = """
from greenroom.conformance import InProcess, Product
from greenroom.conformance.kit import checks_for, judge
from greenroom.profiles import Registry

profile = Registry.discover().profile("oakfen")
for found in judge(Product(InProcess(profile)), checks_for(profile), seed=1, examples=1):
    if found.verdict not in ("pass", "not_applicable"):
        print(found.check, found.verdict, found.said)
"""


@dataclass(frozen=True)
class Mistake:
    """A change of the plugin, the checks that name it, the plugin's own first, and what they say."""

    edits: tuple[Edit, ...]
    checks: tuple[str, ...]
    said: str


MISTAKES: Mapping[str, Mistake] = {
    "nobody looks whether the host is active": Mistake(
        (
            Edit(
                "hosting.py",
                "host_for_email(chosen, request.hosts)",
                "next((one.zoom for one in request.hosts if one.email == chosen), None)",
            ),
            Edit("hosting.py", 'if host is None or host.status != "active":', "if host is None:"),
        ),
        ("check_protection.check_somebody_inactive_does_not_host", "the_host_is_active_in_the_connected_account"),
        "at Zoom. Allowed is an active Zoom user",
    ),
    "interviewers are told the passcode": Mistake(
        (Edit("rules.py", '"interviewer")', '"interviewer", shows=frozenset({"join_url", "passcode"}))'),),
        ("check_protection.check_candidates_are_told_the_passcode",),
        "passcode",
    ),
    "a capability is claimed that is not there": Mistake(
        (Edit("profile.yaml", "\nfacts:\n", "\ncapabilities:\n  share_link: {level: full}\n\nfacts:\n"),),
        ("capabilities_and_buttons_agree",),
        "share_link",
    ),
    "a meeting is planned before its stage": Mistake(
        (Edit("rules.py", "stage < Stage.CONFIRMED", "stage < Stage.SAVED"),),
        ("check_scheduling.check_when_the_meeting_is_made", "no_meeting_before_the_link_stage"),
        "wanted at SAVED",
    ),
    "a clause is cited that does not exist": Mistake(
        (Edit("hosting.py", 'refuse("no_host", "OAKFEN-08")', 'refuse("no_host", "OAKFEN-88")'),),
        ("check_scheduling.check_nobody_stands_in", "every_answer_cites_what_it_rests_on"),
        "OAKFEN-88",
    ),
}
QUICK = (
    "nobody looks whether the host is active",
    "interviewers are told the passcode",
    "a capability is claimed that is not there",
)


@dataclass(frozen=True)
class Elsewhere:
    """An environment with Greenroom and the plugin in it, and nothing else of ours."""

    programs: Path
    environment: Mapping[str, str]

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment from a folder that has nothing to do with the plugin."""
        command = [str(self.programs / program), *words]
        return subprocess.run(
            command, cwd=self.programs, env=self.environment, capture_output=True, text=True, check=False
        )

    def judge(self, *checks: str) -> subprocess.CompletedProcess[str]:
        """Run ``greenroom conformance`` over the plugin, or only these checks of it."""
        only = [word for check in checks for word in ("--check", check)]
        return self.run("greenroom", "conformance", "oakfen", "--seed", "1", "--json", *only)

    @property
    def package(self) -> Path:
        """Where the plugin is installed."""
        return next(self.programs.parent.glob("lib/python*/site-packages/greenroom_oakfen"))

    @contextmanager
    def having(self, mistake: Mistake) -> Iterator[None]:
        """Change the installed plugin for a while."""
        before = {edit.file: (self.package / edit.file).read_text("utf-8") for edit in mistake.edits}
        try:
            for edit in mistake.edits:
                file = self.package / edit.file
                assert file.read_text("utf-8").count(edit.old) == 1, f"{edit.old!r} has to stand once in {edit.file}"
                file.write_text(file.read_text("utf-8").replace(edit.old, edit.new), "utf-8")
            yield
        finally:
            for name, text in before.items():
                (self.package / name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def elsewhere(bench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """Return an environment in which the wheel of the tutorial's plugin was installed."""
    folder = tmp_path_factory.mktemp("elsewhere")
    source = folder / "greenroom-oakfen"
    write(Options(name="oakfen", product="Oakfen", level="organization", host="chosen", link="confirm"), source)
    write_files(steps_of(PAGE), source)
    (source / "greenroom_oakfen" / "checks" / "check_first.py").unlink()
    bench.wheel(source, into=folder / "dist")
    wheel = next((folder / "dist").glob("*.whl"))
    programs = bench.environment_with("greenroom[conformance]", wheel, at=folder / "env")
    return Elsewhere(programs, bench.environment)


def judged(run: subprocess.CompletedProcess[str]) -> dict[str, tuple[str, str]]:
    """Return verdict and words of every check that does not pass, from a report in JSON."""
    results = json.loads(run.stdout)["data"]["products"][0]["results"]
    passing = {"pass", "not_applicable", "expected_failure"}
    return {one["check"]: (one["verdict"], one["said"]) for one in results if one["verdict"] not in passing}


def test_the_wheel_brings_everything(elsewhere: Elsewhere) -> None:
    """Installed from wheels, the plugin is found and loads, and no other plugin is there."""
    loaded = elsewhere.run("greenroom", "profiles", "check", "--json")
    assert loaded.returncode == PASSES, loaded.stderr
    assert [one["name"] for one in json.loads(loaded.stdout)["data"]] == ["oakfen"]


def test_nothing_stands_against_the_plugin(elsewhere: Elsewhere) -> None:
    """Every clause check and contract holds for the installed plugin, tried on one example each."""
    run = elsewhere.run("python", "-c", ONE_EXAMPLE_EACH)
    assert run.stdout == "", run.stdout
    assert run.returncode == PASSES, run.stderr


@pytest.mark.parametrize("mistake", QUICK)
def test_a_mistake_is_named(mistake: str, elsewhere: Elsewhere) -> None:
    """The check that a mistake concerns fails with the mistake in the plugin, and says which it is."""
    wrong = MISTAKES[mistake]
    with elsewhere.having(wrong):
        run = elsewhere.judge(wrong.checks[0])
    assert run.returncode == FAILS, run.stderr
    verdict, said = judged(run)[wrong.checks[0]]
    assert verdict == "fail"
    assert wrong.said in said


@pytest.mark.deep
def test_the_installed_plugin_passes_the_kit(elsewhere: Elsewhere) -> None:
    """Nothing stands against it either, tried as often as the command does."""
    run = elsewhere.judge()
    assert judged(run) == {}
    assert run.returncode == PASSES


@pytest.mark.deep
@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_check_that_concerns_a_mistake_names_it(mistake: str, elsewhere: Elsewhere) -> None:
    """Where contracts concern it as well, they fail, too, on examples drawn as often as the command draws them."""
    wrong = MISTAKES[mistake]
    with elsewhere.having(wrong):
        run = elsewhere.judge(*wrong.checks)
    assert run.returncode == FAILS, run.stderr
    failed = judged(run)
    assert {check: verdict for check, (verdict, _) in failed.items()} == dict.fromkeys(wrong.checks, "fail")
    assert any(wrong.said in said for _, said in failed.values())
