"""``greenroom conformance differ``: the smallest scenario on which two profiles differ."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenroom.cli.conformance_files import FILE
from greenroom.cli.run import guarded, json_option, show_json, switches
from greenroom.cli.tables import console, plain
from greenroom.cli.whatif import show
from greenroom.conformance.machine.report import ASPECTS, Differ
from greenroom.profiles import Registry

if TYPE_CHECKING:
    from greenroom.conformance.machine.differing import Side

ALIKE, DIFFERENT = range(2)


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--aspect", type=click.Choice(ASPECTS), help="Only this counts, and nothing else that differs.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), metavar="N", help="Repeat a search.")
@click.option("--plays", type=click.IntRange(1), default=60, show_default=True, metavar="P", help="How many to try.")
@click.option("--out", type=FILE, metavar="FILE", help="Write the scenario, for greenroom whatif.")
@json_option
@guarded
def differ(
    first: str, second: str, aspect: str | None, seed: int | None, plays: int, out: Path | None, as_json: bool
) -> None:
    """Find the smallest scenario on which A and B differ, and show both sides with their clauses.

    A and B are profiles, NAME or NAME@EDITION; B may also be the folder of a changed copy of A's package. Two
    refusals are alike, however each product says no. Exit codes: 0 no difference was found, 1 they differ, 2 bad input.
    """
    from greenroom.conformance.machine import differing  # loads hypothesis and a server

    registry = Registry.discover(switches())
    one, other = differing.Side.named(first, registry), _side(second, registry)
    start = random.SystemRandom().randrange(2**32) if seed is None else seed
    found = differing.differ(one, other, start=start, plays=plays, aspect=aspect)
    if found.scenario is not None and out is not None:
        from greenroom.whatif.writing import write_scenario

        write_scenario(found.scenario, out)
    if as_json:
        show_json("greenroom.conformance_differ.v1", found)
    else:
        _show(found, out)
    sys.exit(ALIKE if found.scenario is None else DIFFERENT)


def _side(name: str, registry: Registry) -> Side:
    from greenroom.conformance.machine.differing import Side

    folder = Path(name)
    return Side.in_folder(folder, registry) if "/" in name and folder.is_dir() else Side.named(name, registry)


def _show(found: Differ, written: Path | None) -> None:
    first, second = found.sides
    if found.report is None or found.scenario is None:
        about = f" in {found.aspect}" if found.aspect else ""
        click.echo(f"{first} {second} alike{about} plays={found.plays} seed={found.seed} seconds={found.seconds:.1f}")
        return
    show(found.report)
    out = console()
    for side in found.rests:
        out.print(f"\n[bold]{plain(side.profile)}[/] rests on")
        if not side.clauses:
            out.print("  nothing: no answer was asked for")
        for clause in side.clauses:
            when = "; ".join(part for part in (clause.given, clause.when) if part)
            out.print(f"  {plain(clause.id)}  {plain(f'{when}: {clause.then}' if when else clause.then)}")
    if written is not None:
        out.print(f"\nwritten: {plain(str(written))}")
    events = len(found.scenario.events)
    click.echo(f"{first} {second} differ events={events} plays={found.plays} seed={found.seed}")
