"""Expected failures: written down with reason, link and expiry, and never longer than they are true."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from greenroom.cli import main
from greenroom.cli.schema_files import schema_texts
from greenroom.conformance.baseline import Baseline, BaselineRow, compared, read_baseline
from greenroom.conformance.verdicts import CheckResult, ProductReport, Verdict
from greenroom.documents import DocumentError
from greenroom.errors import BadInput

TODAY = date(2027, 1, 31)
ROW = {
    "product": "acme",
    "check": "one",
    "reason": "Zoom mends it in March",
    "link": "https://acme.example/7",
    "expires": "2027-01-31",
}


def written(folder: Path, *rows: dict[str, str]) -> Path:
    """Return a baseline file with these rows."""
    file = folder / "baseline.yaml"
    file.write_text(yaml.safe_dump({"expected": [{**ROW, **row} for row in rows]}), "utf-8")
    return file


def judged(verdict: Verdict, *, today: date = TODAY, check: str = "one") -> list[CheckResult]:
    """Return what a baseline of one row makes of a report in which check ``one`` has this verdict."""
    found = CheckResult(check="one", kind="contract", says="It holds.", verdict=verdict, said="broken", seconds=0)
    report = ProductReport(name="acme", product="Acme", edition="1", version="1", by="acme", results=(found,))
    row = BaselineRow.model_validate({**ROW, "check": check})
    return list(compared(report, Baseline(expected=(row,)), today=today).results)


def test_an_expected_failure_shows_its_reason() -> None:
    """It passes until the day it expires on, with what was found, and why it may stand."""
    (found,) = judged("fail")
    assert (found.verdict, found.said) == ("expected_failure", "broken")
    assert found.expected is not None
    assert (found.expected.reason, str(found.expected.expires)) == (ROW["reason"], "2027-01-31")


def test_what_has_expired_fails() -> None:
    """From the day after, the failure is one, and says that it was expected until then."""
    (found,) = judged("fail", today=date(2027, 2, 1))
    assert found.verdict == "fail"
    assert "until 2027-01-31, which has passed" in found.said
    assert found.said.endswith("broken")


@pytest.mark.parametrize("verdict", ["pass", "not_applicable"])
def test_what_passes_now_is_no_longer_expected_to_fail(verdict: Verdict) -> None:
    """A stale row fails the run, so that nobody relies on a failure that is mended."""
    (found,) = judged(verdict)
    assert found.verdict == "fail"
    assert "the baseline is stale" in found.said


@pytest.mark.parametrize("verdict", ["error", "not_testable"])
def test_what_could_not_be_checked_is_not_expected(verdict: Verdict) -> None:
    """A baseline speaks of failures: neither what nobody knows nor a fault of the kit is one."""
    (found,) = judged(verdict)
    assert found.verdict == verdict


def test_an_unknown_check_fails() -> None:
    """A row of a check that does not exist is stale too."""
    found = judged("pass", check="another")
    assert [(one.check, one.verdict) for one in found] == [("one", "pass"), ("another", "fail")]
    assert "there is no check of this name" in found[1].said


def test_a_baseline_file_follows_its_schema(tmp_path: Path) -> None:
    """What is read is what the schema allows; the example of the page is read."""
    file = tmp_path / "shown.yaml"
    page = Path("docs/conformance.md").read_text("utf-8")
    file.write_text(next(block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)), "utf-8")
    assert read_baseline(file, {"lever"}).expected[0].expires == date(2027, 3, 31)
    file = written(tmp_path, {})
    assert read_baseline(file, {"acme"}).expected[0].expires == TODAY
    schema = json.loads(schema_texts()["greenroom.baseline.v1.json"])
    Draft202012Validator(schema).validate(yaml.safe_load(file.read_text("utf-8")))


@pytest.mark.parametrize("row", [{"expires": "soon"}, {"link": "the tracker"}, {"reason": ""}, {"until": "2027-01-31"}])
def test_a_row_says_everything(tmp_path: Path, row: dict[str, str]) -> None:
    """A row without a day, a link or a reason is refused, with its line."""
    with pytest.raises(DocumentError, match=r"baseline\.yaml:\d+"):
        read_baseline(written(tmp_path, row), {"acme"})


def test_products_are_known_and_checks_stand_once(tmp_path: Path) -> None:
    """A row of no product would never be stale, and two of one check would contradict each other."""
    with pytest.raises(BadInput, match="there is no product acme"):
        read_baseline(written(tmp_path, {}), {"apex"})
    with pytest.raises(BadInput, match="one stands twice for acme"):
        read_baseline(written(tmp_path, {}, {"reason": "another"}), {"acme"})


def command(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["conformance", "--seed", "1", *words])


def test_the_command_takes_a_baseline(tmp_path: Path) -> None:
    """A failure that is written down does not fail the run and is shown with its reason; a stale row does."""
    broken, kept = "check_scheduling.check_uninstalled_means_nobody", "every_button_has_a_label"
    rows = {"product": "trakstar", "check": broken, "expires": "2999-12-31"}
    words = ("trakstar", "--against", "interviewplanner", "--check", broken, "--check", kept)
    found = command(*words, "--baseline", str(written(tmp_path, rows)))
    assert found.exit_code == 0, found.output
    assert "expected until 2999-12-31: Zoom mends it in March (https://acme.example/7)" in " ".join(
        found.stdout.split()
    )
    stale = command(*words, "--baseline", str(written(tmp_path, rows, {**rows, "check": kept})))
    assert stale.exit_code == 1
    assert "the baseline is stale" in stale.stdout
    left_out = command(
        "trakstar", "--check", kept, "--baseline", str(written(tmp_path, {**rows, "check": "names_stay_names"}))
    )
    assert left_out.exit_code == 0, left_out.output
