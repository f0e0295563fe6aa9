"""The kit from outside: the command judges what is installed, and tells verdicts apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from core.tests.profiles.acme import PluginSource, Site, acme
from jsonschema import Draft202012Validator

from greenroom.cli import main
from greenroom.cli.conformance_shown import exit_code
from greenroom.cli.schema_files import schema_texts
from greenroom.conformance.kit import Check, _verdict
from greenroom.conformance.orders import Order
from greenroom.conformance.product import Product
from greenroom.conformance.reports import without_times
from greenroom.conformance.trying import Effort
from greenroom.conformance.verdicts import CheckResult, ConformanceReport, ProductReport, Verdict

_CHECKS = '''\
from greenroom.conformance import Product, proves
from greenroom.conformance.facts import NOW, interview, organization
from greenroom.model import MeetingRequest, NotYet, Stage


@proves("ACME-03")
def check_a_draft_gets_none(product: Product) -> None:
    """A draft gets no meeting."""
    about = interview(stage=Stage.DRAFT)
    asked = MeetingRequest(organization=organization(), actor=None, at=NOW, interview=about)
    assert isinstance(product.want_meeting(asked), NotYet)
'''
_WITH_CHECKS = {"checks/__init__.py": "", "checks/check_stages.py": _CHECKS}


def well_made() -> PluginSource:
    """Return acme with clause checks."""
    return replace(acme(), files={**acme().files, **_WITH_CHECKS})


def judged(folder: Path, plugin: PluginSource, *options: str) -> tuple[int, dict[str, str], str]:
    """Install a plugin apart and run the command on it; return its exit code, verdicts by check, and all it printed."""
    Site(folder).install(plugin)
    command = [sys.executable, "-m", "greenroom", "--only", "acme", "conformance", "acme", "--seed", "1", *options]
    environment = {"PYTHONPATH": str(folder), "PATH": ""}
    run = subprocess.run([*command, "--json"], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    document = json.loads(run.stdout)
    Draft202012Validator(json.loads(schema_texts()["greenroom.conformance.v1.json"])).validate(document)
    (product,) = document["data"]["products"]
    return run.returncode, {one["check"]: one["verdict"] for one in product["results"]}, run.stdout


def command(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["conformance", *words])


def test_an_installed_profile_passes() -> None:
    """The last line counts what was checked; whoever reads the exit code alone knows as much."""
    result = command(
        "trakstar", "--seed", "1", "--check", "every_button_has_a_label", "--check", "each_audience_is_told_once"
    )
    assert result.exit_code == 0, result.output
    last = result.stdout.strip().splitlines()[-1]
    assert last.startswith("trakstar pass checks=2")
    assert " failed=0 seconds=" in last


def test_reports_are_written_beside_it(tmp_path: Path) -> None:
    """A page, JUnit and Markdown of one run; a second run says what changed since the first one's JSON."""
    files = {name: tmp_path / f"report.{name}" for name in ("html", "junit", "markdown", "json")}
    check = ("--seed", "1", "--check", "every_button_has_a_label")
    written = [word for name in ("html", "junit", "markdown") for word in (f"--{name}", str(files[name]))]
    first = command("trakstar", *check, *written, "--json")
    assert first.exit_code == 0, first.output
    files["json"].write_text(first.stdout)
    assert all("every_button_has_a_label" in files[name].read_text() for name in ("html", "junit", "json"))
    assert "`trakstar`" in files["markdown"].read_text()
    again = command("trakstar", *check, "--diff", str(files["json"]))
    assert "Nothing changed" in again.stdout
    other = command("trakstar", "--against", "lever", *check, "--diff", str(files["json"]))
    assert "Nothing changed" not in other.stdout
    files["json"].write_text("{}")
    assert command("trakstar", *check, "--diff", str(files["json"])).exit_code == 2


def test_json_goes_into_a_file_or_is_printed(tmp_path: Path) -> None:
    """A file says by its name that it is JSON, so that a profile which follows --json is not taken for one."""
    check, file = ("--seed", "1", "--check", "every_button_has_a_label"), tmp_path / "report.json"
    assert command("trakstar", *check, "--json", str(file)).stdout.startswith("trakstar pass")
    written = json.loads(file.read_text("utf-8"))
    assert written["schema"] == json.loads(command("trakstar", *check, "--json", "-").stdout)["schema"]
    mistaken = command("--json", "trakstar", *check)
    assert mistaken.exit_code == 2
    assert "'trakstar' does not end in .json" in mistaken.stderr
    assert not (tmp_path / "trakstar").exists()


def test_two_reports_are_compared(tmp_path: Path) -> None:
    """What got worse fails the comparison; what is as it was, or was only not run, does not."""
    judge = ("trakstar", "--against", "interviewplanner", "--seed", "1")
    files = []
    for name, verdict in (("before", "pass"), ("after", "fail")):
        file = tmp_path / f"{name}.json"
        command(*judge, "--check", "every_button_has_a_label", "--json", str(file))
        file.write_text(file.read_text("utf-8").replace('"verdict": "pass"', f'"verdict": "{verdict}"'), "utf-8")
        files.append(str(file))
    before, after = files
    same, worse, better = (command("diff", *pair) for pair in ((before, before), (before, after), (after, before)))
    assert (same.exit_code, worse.exit_code, better.exit_code) == (0, 1, 0)
    assert "Nothing changed" in same.stdout
    assert "regression" in worse.stdout
    as_json = command("diff", before, after, "--json", "--markdown", str(tmp_path / "diff.md"))
    Draft202012Validator(json.loads(schema_texts()["greenroom.conformance_diff.v1.json"])).validate(
        json.loads(as_json.stdout)
    )
    assert "every_button_has_a_label" in (tmp_path / "diff.md").read_text("utf-8")
    assert command("diff", before, str(tmp_path / "diff.md")).exit_code == 2


def test_every_check_is_listed() -> None:
    """Contracts with their version, clause checks with their plugin's, each with a digest of what it asks."""
    document = json.loads(command("list", "trakstar", "--json").stdout)
    Draft202012Validator(json.loads(schema_texts()["greenroom.conformance_checks.v1.json"])).validate(document)
    kinds = {one["kind"] for one in document["data"]}
    assert kinds == {"contract", "clause"}
    digests = [one["digest"] for one in document["data"]]
    assert len(set(digests)) == len(digests)
    table = command("list")
    assert "every_button_has_a_label" in table.stdout
    assert "standard list" in table.stdout.splitlines()[-1]


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["list", "--help"], ["diff", "--help"]])
def test_help_names_what_there_is(words: list[str]) -> None:
    """The group and each of its commands explain themselves."""
    assert "Usage: " in command(*words).stdout


def test_products_are_judged_at_once() -> None:
    """In processes of their own products come to what they come to one after another, and in the order named."""
    names, check = ("trakstar", "lever"), ("--seed", "1", "--check", "every_button_has_a_label", "--json")
    reports = []
    for jobs in ("1", "2"):
        document = json.loads(command(*names, *check, "--jobs", jobs).stdout)
        reports.append(without_times(ConformanceReport.model_validate_json(json.dumps(document["data"]))))
    assert reports[0] == reports[1]
    assert [product.name for product in reports[0].products] == ["trakstar", "lever"]


def test_nobody_there_is_not_testable() -> None:
    """A subject that does not answer has not failed: nothing could be tested."""
    run = command("--against", "lever", "--subject", "http://127.0.0.1:9", "--json")
    assert run.exit_code == 4
    assert json.loads(run.stdout)["data"]["code"] == "conformance.subject_unusable"


def gone(_order: Order) -> None:
    """End this process, as a machine that is out of memory ends it."""
    os._exit(1)


def test_a_judge_that_is_gone_is_the_kits_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends without a report says nothing of any product."""
    monkeypatch.setattr("greenroom.conformance.orders.carry_out", gone)
    run = command("lever", "trakstar", "--jobs", "2", "--check", "every_button_has_a_label")
    assert run.exit_code == 3
    assert "--jobs 1" in run.stderr


@pytest.mark.deep
def test_a_seed_is_all_that_a_run_depends_on() -> None:
    """A profile judged in two processes that hash otherwise: the reports are equal but for times, stories included."""
    words = ["exelare", "--against", "lever", "--seed", "3", "--json"]
    reports = []
    for hash_seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-m", "greenroom", "conformance", *words],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=False,
        )
        document = json.loads(run.stdout)
        reports.append(without_times(ConformanceReport.model_validate_json(json.dumps(document["data"]))))
    assert reports[0].products[0].counts["fail"]
    assert reports[0] == reports[1]


def test_judged_by_anothers_clauses_it_fails() -> None:
    """By a rival's clauses a profile fails, and the table says which, with what was found and where to look."""
    check = "check_scheduling.check_uninstalled_means_nobody"
    result = command("trakstar", "--against", "interviewplanner", "--check", check)
    assert result.exit_code == 1
    assert "trakstar FAIL" in result.stdout
    assert "IVP-42" in result.stdout


@pytest.mark.parametrize(
    "words", [[], ["--subject", "http://127.0.0.1:9"], ["lever", "--subject", "http://x", "--against", "lever"]]
)
def test_what_is_not_said_is_asked_for(words: list[str]) -> None:
    """Nothing named, a subject without a judge, a subject and names: none of these is a run."""
    assert command(*words).exit_code == 2


@pytest.mark.deep
def test_the_same_seed_finds_the_same(tmp_path: Path) -> None:
    """Two runs with one seed give the same verdicts, words and stories."""
    broken = well_made().edited("rules.py", "stage < Stage.SAVED", "stage < Stage.DRAFT")
    runs = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        checks = ("--check", "check_stages.check_a_draft_gets_none", "--check", "no_meeting_before_the_link_stage")
        (product,) = json.loads(judged(folder, broken, *checks)[2])["data"]["products"]
        runs.append([{**one, "seconds": 0} for one in product["results"]])
    assert runs[0] == runs[1]
    assert {one["check"] for one in runs[0] if one["verdict"] == "fail"} >= {
        "check_stages.check_a_draft_gets_none",
    }


def test_a_plugin_without_clause_checks_is_not_testable(tmp_path: Path) -> None:
    """Whether it does what its document says is not known, which is no pass."""
    plugin = well_made()
    bare = replace(plugin, files={name: text for name, text in plugin.files.items() if not name.startswith("checks/")})
    code, verdicts, _ = judged(tmp_path, bare, "--check", "clause_checks")
    assert verdicts["clause_checks"] == "not_testable"
    assert code == 4


@pytest.mark.deep
def test_a_plugin_that_keeps_everything_passes(tmp_path: Path) -> None:
    """Every check passes, whatever words it uses and in whatever order it stands."""
    plugin = well_made()
    labels = plugin.files["labels/2026-11.yaml"].replace("Save the interview first.", "Not saved yet.")
    code, verdicts, printed = judged(tmp_path, plugin.with_file("labels/2026-11.yaml", labels))
    assert {check for check, verdict in verdicts.items() if verdict == "fail"} == set(), printed
    assert (code, verdicts["an_exclusive_zoom_user_is_kept_once"]) == (0, "not_applicable")


@pytest.mark.parametrize(
    ("old", "new", "contract", "said"),
    [
        ('phase="asked"', 'phase="on"', "no_phase_is_active_before_zoom_answered", "leads to on"),
        ("only_active(request) or ", "", "somebody_inactive_does_nothing", "may "),
        ('refuse("not_connected"', 'refuse("no_words"', "a_refusal_says_what_and_what_next", "no_words"),
    ],
    ids=["on too early", "people who left", "no words"],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, contract: str, said: str) -> None:
    """Each mistake is found by the contract that names it, with a message that tells it."""
    code, verdicts, printed = judged(tmp_path, well_made().edited("rules.py", old, new), "--check", contract)
    (found,) = json.loads(printed)["data"]["products"][0]["results"]
    assert (code, verdicts) == (1, {contract: "fail"})
    assert said in found["said"]
    assert found["fix"]
    assert found["story"]


def result(verdict: Verdict) -> CheckResult:
    """Return what came of some check."""
    return CheckResult(check=verdict, kind="contract", says="It holds.", verdict=verdict, seconds=0.0)


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        (["pass", "not_applicable", "expected_failure"], 0),
        (["pass", "fail"], 1),
        (["fail", "not_testable"], 4),
        (["fail", "not_testable", "error"], 3),
    ],
)
def test_the_exit_code_is_that_of_the_gravest(verdicts: list[Verdict], code: int) -> None:
    """Whoever sees only the code knows whether to look at the product, at what could not be tested, or at the kit."""
    product = ProductReport(
        name="acme", product="Acme", edition="1", version="1", by="acme", results=tuple(map(result, verdicts))
    )
    report = ConformanceReport.model_validate(
        {
            "contracts": 1,
            "checksum": "0",
            "seed": 1,
            "examples": 1,
            "kit": "0",
            "at": "2026-11-23T09:00:00Z",
            "products": (product,),
        }
    )
    assert exit_code(report) == code
    assert product.passed is (code == 0)


def test_a_fault_of_the_kits_own_is_no_failure() -> None:
    """A contract that stumbles is the kit's error; a clause check that stumbles found something missing."""

    def stumble(_product: Product, _effort: Effort) -> None:
        raise KeyError("x")

    for kind, verdict in (("contract", "error"), ("clause", "fail")):
        check = Check("stumbles", kind, (), "It holds.", "", "", lambda _product: "", stumble)  # type: ignore[arg-type]  # a kind
        assert _verdict(None, check, Effort(1, 1))[:2] == (verdict, "KeyError: 'x'")  # type: ignore[arg-type]  # not looked at
