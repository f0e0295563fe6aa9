"""``greenroom conformance diff``: what changed from one run of the kit to another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from greenroom.cli.conformance_files import FILE, read_report, write_text
from greenroom.cli.run import guarded, json_option, show_json
from greenroom.cli.tables import console, plain, table
from greenroom.conformance.reports import difference, difference_markdown, difference_rows
from greenroom.conformance.verdicts import ConformanceReport, ReportDifference

NO_WORSE, WORSE = range(2)


@click.command()
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.option("--markdown", type=FILE, metavar="FILE", help="Write it in Markdown.")
@json_option
@guarded
def diff(before: Path, after: Path, markdown: Path | None, as_json: bool) -> None:
    """Say what changed from the run in BEFORE to that in AFTER, both written by --json.

    Exit codes: 0 nothing got worse, 1 a check that passed fails or could not be tested any more, 2 bad input.
    """
    found = difference(read_report(before), read_report(after))
    if markdown is not None:
        write_text(markdown, difference_markdown(found))
    if as_json:
        show_json("greenroom.conformance_diff.v1", found)
    else:
        show_difference(found)
    sys.exit(WORSE if any(change.turn in ("regression", "unproven") for change in found.changes) else NO_WORSE)


def show_changes(before: ConformanceReport, after: ConformanceReport) -> None:
    """Print what changed between two runs."""
    show_difference(difference(before, after))


def show_difference(found: ReportDifference) -> None:
    """Print what changed: what makes the comparison less than one, then each change."""
    out = console()
    for caution in found.cautions:
        out.print(f"[yellow]{plain(caution)}[/]")
    for word, names in (("new in this run", found.came), ("no longer in this run", found.went)):
        for name in names:
            out.print(f"{plain(name)}: {word}")
    rows = [tuple(map(plain, row)) for row in difference_rows(found)]
    if rows:
        out.print(table("since that report", ("", "product", "check", "before", "after"), rows))
    elif not (found.came or found.went):
        out.print("Nothing changed since that report.")
