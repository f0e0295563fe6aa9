"""``greenroom conformance``: judge products by clause checks and contracts."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from greenroom.cli.run import guarded, show_json, switches
from greenroom.cli.tables import console, plain, table
from greenroom.conformance import InProcess, Product
from greenroom.conformance.verdicts import PASSING, CheckResult, ConformanceReport, ProductReport
from greenroom.errors import BadInput
from greenroom.profiles import Profile, Registry

if TYPE_CHECKING:
    from greenroom.conformance.kit import Check

FILE = click.Path(dir_okay=False, path_type=Path)

PASSED, FAILED, USAGE, KIT_FAULT, NOT_TESTABLE = range(5)

_WORDS = {
    "fail": "[red]fail[/]",
    "error": "[red]kit error[/]",
    "not_testable": "[red]not testable[/]",
    "expected_failure": "[yellow]expected failure[/]",
}


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Every installed profile.")
@click.option("--against", metavar="PRODUCT", help="Judge by this profile's clause checks instead of NAME's own.")
@click.option("--subject", "subject_url", metavar="URL", help="Judge what answers there, as docs/protocol.md has it.")
@click.option("--check", "only", multiple=True, metavar="CHECK", help="Run only this check; may be repeated.")
@click.option("--deep", is_flag=True, help="Try 500 examples of each contract instead of 20.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), metavar="N", help="Repeat a run.")
@click.option("--html", type=FILE, metavar="FILE", help="Write a page for people.")
@click.option("--junit", type=FILE, metavar="FILE", help="Write JUnit XML for a build server.")
@click.option("--markdown", type=FILE, metavar="FILE", help="Write a summary in Markdown.")
@click.option("--diff", "earlier", type=FILE, metavar="FILE", help="Say what changed since this JSON report.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (see docs/schemas).")
@guarded
def conformance(
    names: tuple[str, ...],
    everything: bool,
    against: str | None,
    subject_url: str | None,
    only: tuple[str, ...],
    deep: bool,
    seed: int | None,
    html: Path | None,
    junit: Path | None,
    markdown: Path | None,
    earlier: Path | None,
    as_json: bool,
) -> None:
    """Judge profiles NAME, or what answers at a URL, by clause checks and by the contracts of every product.

    Exit codes: 0 all passed, 1 a check failed, 2 bad input, 3 the kit itself failed, 4 something could not be tested.
    """
    from greenroom.conformance.contract import VERSION  # loads hypothesis
    from greenroom.conformance.kit import DEEP, QUICK, checks_for, checksum

    before = _read(earlier) if earlier is not None else None
    registry = Registry.discover(switches())
    judged = _judged(registry, names, everything=everything, against=against, subject_url=subject_url)
    first = random.SystemRandom().randrange(2**32) if seed is None else seed
    examples = DEEP if deep else QUICK
    began = datetime.now(UTC)
    sheets = [(profile, by, _chosen(checks_for(by), only)) for profile, by in judged]
    products = tuple(_reports(sheets, subject_url, seed=first, examples=examples, quiet=as_json))
    report = ConformanceReport(
        contracts=VERSION,
        checksum=checksum([check for *_, checks in sheets for check in checks]),
        only=only,
        seed=first,
        examples=examples,
        kit=version("greenroom"),
        at=began,
        products=products,
    )
    _write(report, html=html, junit=junit, markdown=markdown)
    if as_json:
        show_json("greenroom.conformance.v1", report)
    else:
        _show(report)
    if before is not None and not as_json:
        _show_difference(before, report)
    sys.exit(exit_code(report))


def exit_code(report: ConformanceReport) -> int:
    """Return the code that says how a run ended: the gravest of what was found."""
    found = {result.verdict for product in report.products for result in product.results}
    if "error" in found:
        return KIT_FAULT
    if "not_testable" in found:
        return NOT_TESTABLE
    return FAILED if found - PASSING else PASSED


def _read(file: Path) -> ConformanceReport:
    """Return the report that ``--json`` printed into a file. Raises `BadInput` when it holds none."""
    try:
        document = json.loads(file.read_text("utf-8"))
        return ConformanceReport.model_validate_json(json.dumps(document["data"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        next_step = "Name a file that greenroom conformance --json wrote"
        raise BadInput("it holds no report", where=str(file), next=next_step) from error


def _write(report: ConformanceReport, *, html: Path | None, junit: Path | None, markdown: Path | None) -> None:
    """Write the report in each form that is asked for. Raises `BadInput` for a file that cannot be written."""
    from greenroom.conformance.reports import html_report, junit_report, markdown_report

    for file, text_of in ((html, html_report), (junit, junit_report), (markdown, markdown_report)):
        if file is None:
            continue
        try:
            file.write_text(text_of(report), "utf-8")
        except OSError as error:
            raise BadInput("it cannot be written", where=str(file), next="Choose another file") from error


def _show_difference(before: ConformanceReport, after: ConformanceReport) -> None:
    from greenroom.conformance.reports import difference, difference_rows

    found, out = difference(before, after), console()
    for caution in found.cautions:
        out.print(f"[yellow]{plain(caution)}[/]")
    rows = [tuple(map(plain, row)) for row in difference_rows(found)]
    if not rows:
        out.print("Nothing changed since that report.")
        return
    out.print(table("since that report", ("", "product", "check", "before", "after"), rows))


def _judged(
    registry: Registry, names: Sequence[str], *, everything: bool, against: str | None, subject_url: str | None
) -> list[tuple[Profile | None, Profile]]:
    """Return whom to judge (nobody installed, for a subject) and by whose clauses."""
    by = registry.profile(against) if against else None
    if subject_url is not None:
        if names or everything or by is None:
            what = "--subject is judged by one profile"
            raise BadInput(what, where="greenroom conformance", next="Say which with --against, and leave names out")
        return [(None, by)]
    chosen = registry.names if everything else tuple(dict.fromkeys(names))
    if not chosen:
        raise BadInput("nothing is named", where="greenroom conformance", next="Name profiles, or say --all")
    return [(profile, by or profile) for profile in map(registry.profile, chosen)]


def _chosen(checks: Sequence[Check], only: Sequence[str]) -> Sequence[Check]:
    """Return the checks that are asked for. Raises `BadInput` for a name that none of them has."""
    if not only:
        return checks
    unknown = set(only) - {check.name for check in checks}
    if unknown:
        raise BadInput(f"there is no check {min(unknown)}", where="--check", next="Run all once: the report names them")
    return [check for check in checks if check.name in only]


def _reports(
    sheets: Sequence[tuple[Profile | None, Profile, Sequence[Check]]],
    subject_url: str | None,
    *,
    seed: int,
    examples: int,
    quiet: bool,
) -> Iterator[ProductReport]:
    from greenroom.conformance.kit import report_on

    for profile, by, checks in sheets:
        with _product(profile, subject_url) as product, _progress(by, len(checks), quiet=quiet) as progress:
            yield report_on(
                product,
                by,
                checks,
                name=profile.name if profile is not None else "subject",
                seed=seed,
                examples=examples,
                subject=subject_url or "",
                heard=progress,
            )


@contextmanager
def _product(profile: Profile | None, subject_url: str | None) -> Iterator[Product]:
    if profile is not None:
        yield Product(InProcess(profile))
        return
    from greenroom.conformance.remote import RemoteSubject  # loads the HTTP library

    assert subject_url is not None
    with RemoteSubject(subject_url) as remote:
        yield Product(remote)


class _Bar:
    def __init__(self, progress: Progress, name: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(name, total=total)

    def __call__(self, _result: CheckResult) -> None:
        self._progress.advance(self._task)


@contextmanager
def _progress(by: Profile, total: int, *, quiet: bool) -> Iterator[_Bar]:
    """Show how far the checks are, on standard error and only where somebody looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    err = Console(stderr=True)
    with Progress(*columns, console=err, transient=True, disable=quiet or not err.is_terminal) as progress:
        yield _Bar(progress, by.name, total)


def _show(report: ConformanceReport) -> None:
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
        counts = product.counts
        failed = sum(number for verdict, number in counts.items() if verdict not in PASSING)
        word = "pass" if product.passed else "FAIL"
        total = len(product.results) - counts["not_applicable"]
        click.echo(f"{product.name} {word} checks={total} failed={failed} seconds={product.seconds:.1f}")


def _found(result: CheckResult) -> str:
    return "\n".join((result.said, *result.story, *((f"fix: {result.fix}",) if result.fix else ())))
