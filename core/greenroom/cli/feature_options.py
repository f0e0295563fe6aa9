"""What commands for features share: who acts, and how a refusal is printed."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from greenroom.cli.run import DONE, REFUSED, show_json
from greenroom.cli.tables import clauses, console, plain, ways
from greenroom.engine.feature_outcomes import F, FeatureOutcome

as_option = click.option(
    "--as", "as_", metavar="EMAIL", help="Who looks; without it, the organization's administrator."
)


def end(outcome: F, schema: str, show: Callable[[F], None], *, as_json: bool) -> None:
    """Print an outcome, refused or done, with what is not up to date, and end with its exit code."""
    if as_json:
        show_json(schema, outcome)
    elif outcome.refused:
        _show_refusal(outcome)
    else:
        show(outcome)
    for warning in outcome.warnings if not as_json else ():
        console().print(f"[yellow]note[/] {plain(warning)}")
    sys.exit(REFUSED if outcome.refused else DONE)


def _show_refusal(outcome: FeatureOutcome) -> None:
    out = console()
    out.print(f"[red]refused[/] {plain(outcome.message)} {plain(clauses(outcome.because))}")
    if outcome.ways_on:
        out.print(f"next: {plain(ways(outcome.ways_on))}")
