"""Read the reports that the kit wrote, and write them in every form."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from greenroom.cli.run import json_text
from greenroom.conformance.verdicts import ConformanceReport
from greenroom.errors import BadInput

SCHEMA = "greenroom.conformance.v1"

FILE = click.Path(dir_okay=False, path_type=Path)


class JsonTarget(click.ParamType[Path | bool]):
    """Where JSON goes: ``-`` is standard output (``True``), and a file ends in ``.json``, so that no profile that
    follows ``--json`` is taken for one."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path | bool:
        """Return the file, or ``True``."""
        if value in ("-", True):
            return True
        if not value.endswith(".json"):
            self.fail(f"{value!r} does not end in .json; say --json=- or put --json last to print it", param, ctx)
        return Path(value)


def json_target() -> Callable[[click.decorators.FC], click.decorators.FC]:
    """Add ``--json``, alone or with a file."""
    return click.option(
        "--json",
        "as_json",
        type=JsonTarget(),
        is_flag=False,
        flag_value="-",
        metavar="[FILE]",
        help="Print the report as JSON, or write it into a file that ends in .json (see docs/schemas).",
    )


def read_report(file: Path) -> ConformanceReport:
    """Return the report that ``--json`` wrote. Raises `BadInput` when the file holds none."""
    try:
        document = json.loads(file.read_text("utf-8"))
        return ConformanceReport.model_validate_json(json.dumps(document["data"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        next_step = "Name a file that greenroom conformance --json wrote"
        raise BadInput("it holds no report", where=str(file), next=next_step) from error


def write_report(
    report: ConformanceReport,
    *,
    html: Path | None = None,
    junit: Path | None = None,
    markdown: Path | None = None,
    as_json: Path | None = None,
) -> None:
    """Write the report in each form that is asked for. Raises `BadInput` for a file that cannot be written."""
    from greenroom.conformance.reports import html_report, junit_report, markdown_report

    def json_report(report: ConformanceReport) -> str:
        return json_text(SCHEMA, report) + "\n"

    forms = ((html, html_report), (junit, junit_report), (markdown, markdown_report), (as_json, json_report))
    for file, text_of in forms:
        if file is not None:
            write_text(file, text_of(report))


def write_text(file: Path, text: str) -> None:
    """Write a file. Raises `BadInput` when that cannot be done."""
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise BadInput("it cannot be written", where=str(file), next="Choose another file") from error
