"""What two runs of the kit differ in, product by product and check by check; times are no difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from greenroom.conformance.reports.markdown import cell, code, rows
from greenroom.conformance.reports.wording import WORDS, visible
from greenroom.conformance.verdicts import (
    CheckChange,
    CheckResult,
    ConformanceReport,
    Kind,
    ProductReport,
    ReportDifference,
    Turn,
    Verdict,
)

_ORDER: tuple[Turn, ...] = ("regression", "unproven", "changed", "appeared", "vanished", "mended")
_HEADS = ("turn", "product", "check", "before", "after")
_PRODUCT = tuple[str, str, str]
_CHECK = tuple[Kind, str]


def difference(before: ConformanceReport, after: ConformanceReport) -> ReportDifference:
    """Compare two reports. A product is the same when its name, its judge and its address are."""
    old, new = _products(before), _products(after)
    changes = [
        change
        for key, product in new.items()
        if key in old
        for change in _changes(old[key], product, same_contracts=before.contracts == after.contracts)
    ]
    return ReportDifference(
        comparable=before.checksum == after.checksum and before.contracts == after.contracts,
        cautions=tuple(_cautions(before, after)),
        came=tuple(_called(new[key]) for key in new if key not in old),
        went=tuple(_called(old[key]) for key in old if key not in new),
        changes=tuple(sorted(changes, key=lambda change: _ORDER.index(change.turn))),
    )


def difference_rows(found: ReportDifference) -> tuple[tuple[str, str, str, str, str], ...]:
    """Return a row for each change: its turn, the product, the check, the verdicts before and after."""
    return tuple(
        (one.turn, visible(one.product), visible(one.check), _word(one.before), _word(one.after))
        for one in found.changes
    )


def difference_markdown(found: ReportDifference) -> str:
    """Return a difference as Markdown; what products say stands in code only."""
    lines = ["# What changed", ""]
    if not found.comparable:
        lines += ["The two runs are not of the same checks: compare only what both ran.", ""]
    lines += [f"- {caution}" for caution in found.cautions]
    lines += [f"- New in this run: {cell(name)}" for name in found.came]
    lines += [f"- No longer in this run: {cell(name)}" for name in found.went]
    lines += [""] if lines[-1] else []
    if not found.changes:
        return "\n".join((*lines, "No check that both ran came out differently.", ""))
    cells = [(turn, cell(product), cell(check), *words) for turn, product, check, *words in difference_rows(found)]
    return "\n".join((*lines, *rows(_HEADS, cells), ""))


def without_times(report: ConformanceReport) -> ConformanceReport:
    """Return a report as if no time had passed, at the start of 1970: two runs with one seed give the same."""
    products = tuple(
        product.model_copy(
            update={"results": tuple(result.model_copy(update={"seconds": 0.0}) for result in product.results)}
        )
        for product in report.products
    )
    return report.model_copy(update={"at": datetime.fromtimestamp(0, UTC), "products": products})


def _products(report: ConformanceReport) -> Mapping[_PRODUCT, ProductReport]:
    return {(product.name, product.by, product.subject): product for product in report.products}


def _results(product: ProductReport) -> Mapping[_CHECK, CheckResult]:
    return {(result.kind, result.check): result for result in product.results}


def _called(product: ProductReport) -> str:
    return product.name if product.name == product.by else f"{product.name} by {product.by}"


def _changes(before: ProductReport, after: ProductReport, *, same_contracts: bool) -> Iterator[CheckChange]:
    old, new = _results(before), _results(after)
    for kind, check in dict.fromkeys((*new, *old)):
        was, now = old.get((kind, check)), new.get((kind, check))
        verdicts = (was.verdict if was else None, now.verdict if now else None)
        if verdicts[0] == verdicts[1]:
            continue
        yield CheckChange(
            turn=_turn(*verdicts, same_rule=same_contracts or kind == "clause"),
            product=after.name,
            by=after.by,
            kind=kind,
            check=check,
            before=verdicts[0],
            after=verdicts[1],
            said=now.said if now else "",
        )


def _turn(before: Verdict | None, after: Verdict | None, *, same_rule: bool) -> Turn:
    if before is None:
        return "appeared"
    if after is None:
        return "vanished"
    if before == "pass" and after in ("error", "not_testable"):
        return "unproven"
    turns: dict[tuple[Verdict, Verdict], Turn] = {("pass", "fail"): "regression", ("fail", "pass"): "mended"}
    return turns.get((before, after), "changed") if same_rule else "changed"


def _cautions(before: ConformanceReport, after: ConformanceReport) -> Iterator[str]:
    if before.contracts != after.contracts:
        yield f"Contracts of version {before.contracts} before, {after.contracts} after: a contract may ask for more."
    if before.checksum != after.checksum:
        yield "Other checks were run: what only one run had has appeared or vanished."
    if (before.seed, before.examples) != (after.seed, after.examples):
        yield "Other examples were drawn: a contract may find now what was there before."
    if before.kit != after.kit:
        yield f"Kit {code(before.kit)} before, {code(after.kit)} after."


def _word(verdict: Verdict | None) -> str:
    return "not run" if verdict is None else WORDS[verdict]
