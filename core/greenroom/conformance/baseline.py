"""What is known to fail: written down with a reason, a link and a day by which it has to be mended."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import Field

from greenroom.conformance.verdicts import CheckResult, Expected, ProductReport
from greenroom.documents import load_model
from greenroom.errors import BadInput
from greenroom.model import Value


class BaselineRow(Value):
    """One expected failure: of which product, in which check, why it may stand, where that is tracked, and the last
    day on which it does."""

    product: str = Field(min_length=1)
    check: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    link: str = Field(pattern=r"^https?://\S+$")
    expires: date

    @property
    def expected(self) -> Expected:
        """What a report says of it."""
        return Expected(reason=self.reason, link=self.link, expires=self.expires)


class Baseline(Value):
    """The failures that are expected."""

    expected: tuple[BaselineRow, ...]


def read_baseline(file: Path, known: Collection[str]) -> Baseline:
    """Return the baseline that a YAML file holds; ``known`` are the products that there are.

    Raises `greenroom.documents.DocumentError` for a file that is none, and `BadInput` when it names an unknown
    product, or a check twice.
    """
    found = load_model(file, Baseline)
    keys = [(row.product, row.check) for row in found.expected]
    for product, check in keys:
        if product not in known:
            raise BadInput(f"there is no product {product}", where=str(file), next="Name one that is installed")
        if keys.count((product, check)) > 1:
            raise BadInput(f"{check} stands twice for {product}", where=str(file), next="Leave one row")
    return found


def compared(report: ProductReport, baseline: Baseline, *, today: date, skipped: Collection[str] = ()) -> ProductReport:
    """Return a report in which failures that the baseline names are expected ones.

    A row that has expired expects nothing. A row that is stale fails: its check passes now, or there is none of that
    name, unless that is among the ``skipped``, which this run left out.
    """
    rows = {row.check: row for row in baseline.expected if row.product == report.name}
    results = [_compared(one, rows.get(one.check), today) for one in report.results]
    there = {one.check for one in report.results}
    return report.model_copy(update={"results": (*results, *_unknown(rows, {*there, *skipped}))})


def _compared(result: CheckResult, row: BaselineRow | None, today: date) -> CheckResult:
    if row is None or result.verdict in ("error", "not_testable"):
        return result
    if result.verdict != "fail":
        return result.model_copy(update={"verdict": "fail", "said": f"{_STALE}: {_STALES[result.verdict]}"})
    if row.expires < today:
        said = f"expected to fail until {row.expires}, which has passed ({row.reason}): {result.said}"
        return result.model_copy(update={"said": said})
    return result.model_copy(update={"verdict": "expected_failure", "expected": row.expected})


def _unknown(rows: Mapping[str, BaselineRow], there: Collection[str]) -> Iterator[CheckResult]:
    for check in rows.keys() - there if rows else ():
        yield CheckResult(
            check=check,
            kind="contract",
            says="What the baseline expects to fail is checked.",
            fix="Drop its row from the baseline, or correct the name.",
            verdict="fail",
            said=f"{_STALE}: there is no check of this name",
            seconds=0.0,
        )


_STALE = "the baseline is stale"
_STALES: Mapping[str, str] = {
    "pass": "it expects this to fail, and it passes: drop the row",
    "not_applicable": "it expects this to fail, and it is not applicable: drop the row",
    "unscored": "it expects this to fail, and it does not count yet: drop the row",
}
