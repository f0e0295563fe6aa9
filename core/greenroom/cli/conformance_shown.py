"""What a run of the kit shows in the terminal: how far it is, what stands against each product, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from greenroom.cli.tables import console, plain, table
from greenroom.conformance.verdicts import PASSING, CheckResult, ConformanceReport, ProductReport
from greenroom.profiles import Registry

if TYPE_CHECKING:
    from greenroom.conformance.orders import Order

PASSED, FAILED, USAGE, KIT_FAULT, NOT_TESTABLE = range(5)

_WORDS = {
    "fail": "[red]fail[/]",
    "error": "[red]kit error[/]",
    "not_testable": "[red]not testable[/]",
    "expected_failure": "[yellow]expected failure[/]",
    "unscored": "[yellow]unscored[/]",
}


def exit_code(report: ConformanceReport) -> int:
    """Return the code that says how a run ended: the gravest of what was found."""
    found = {result.verdict for product in report.products for result in product.results}
    if "error" in found:
        return KIT_FAULT
    if "not_testable" in found:
        return NOT_TESTABLE
    return FAILED if found - PASSING else PASSED


@contextmanager
def progress(orders: Sequence[Order], *, quiet: bool) -> Iterator[Callable[[CheckResult], None]]:
    """Show how far the checks are, on standard error and only where somebody looks."""
    from greenroom.conformance.orders import checks_of

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    err = Console(stderr=True)
    unseen = quiet or not err.is_terminal
    with Progress(*columns, console=err, transient=True, disable=unseen) as bar:
        registry = Registry.discover(orders[0].switches)
        total = None if unseen else sum(len(checks_of(order, registry)) for order in orders)
        task = bar.add_task("checks", total=total)
        yield lambda _result: bar.advance(task)


def show_report(report: ConformanceReport, before: ConformanceReport | None = None) -> None:
    """Print what stands against each product, then a line for each, then what changed since ``before``."""
    out = console()
    for product in report.products:
        rows = [
            (_WORDS[one.verdict], plain(one.check), plain(", ".join(one.clauses)), plain(_found(one)))
            for one in product.results
            if one.verdict in _WORDS
        ]
        if rows:
            out.print(table(f"{plain(product.product)}, by {product.by}", ("", "check", "clauses", "found"), rows))
    for product in report.products:
        click.echo(_last_line(product))
    if before is not None:
        from greenroom.cli.conformance_diff import show_changes

        show_changes(before, report)


def _last_line(product: ProductReport) -> str:
    counts = product.counts
    failed = sum(number for verdict, number in counts.items() if verdict not in PASSING)
    word = "pass" if product.passed else "FAIL"
    total = len(product.results) - counts["not_applicable"]
    return f"{product.name} {word} checks={total} failed={failed} seconds={product.seconds:.1f}"


def _found(result: CheckResult) -> str:
    from greenroom.conformance.reports.wording import excuse

    fix = f"fix: {result.fix}" if result.fix else ""
    return "\n".join(part for part in (excuse(result), result.said, *result.story, fix) if part)
