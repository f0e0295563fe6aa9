"""``greenroom conformance machine``: chance uses a product, and everything has to hold after every step."""

from __future__ import annotations

import asyncio
import logging
import random
import sys
from pathlib import Path

import click

from greenroom.cli.conformance_files import FILE
from greenroom.cli.run import guarded, json_option, show_json, switches
from greenroom.cli.tables import console, plain, table
from greenroom.conformance.machine.report import Finding, MachineReport
from greenroom.errors import BadInput
from greenroom.profiles import Profile, Registry

HELD, BROKEN, NOT_TRIED = 0, 1, 4


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Every installed profile.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), metavar="N", help="Repeat a run.")
@click.option("--plays", type=click.IntRange(1), metavar="P", help="How often it begins anew [40].")
@click.option("--steps", type=click.IntRange(1, 150), metavar="S", help="How many events a play has at most [15].")
@click.option("--scenario", type=FILE, metavar="FILE", help="Hold this scenario to the promises; draw nothing.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Where the story of a broken promise is written [here].",
)
@json_option
@guarded
def machine(
    names: tuple[str, ...],
    everything: bool,
    seed: int | None,
    plays: int | None,
    steps: int | None,
    scenario: Path | None,
    out: Path,
    as_json: bool,
) -> None:
    """Let chance use profiles NAME through the engine and the embedded Zoom, and see that every promise holds.

    What breaks is told as the shortest story that breaks it, and written as a scenario that greenroom whatif plays.
    Exit codes: 0 all held, 1 a promise broke, 2 bad input, 4 some rule never fired: give it more plays.
    """
    registry = Registry.discover(switches())
    profiles = _chosen(registry, names, everything=everything)
    if scenario is not None:
        sys.exit(_judge(scenario, profiles, registry))
    from greenroom.conformance.machine.running import PLAYS, STEPS, run_machine  # loads hypothesis and a server

    first = random.SystemRandom().randrange(2**32) if seed is None else seed
    logging.getLogger("greenroom").addHandler(logging.NullHandler())  # what goes wrong here was meant to
    reports = []
    for profile in profiles:
        found = run_machine(profile, registry, first=first, plays=plays or PLAYS, steps=steps or STEPS)
        reports.append(found)
        if found.finding is not None:
            _write(found.profile, found.finding, out, quiet=as_json)
        if not as_json:
            _show(found)
    if as_json:
        show_json("greenroom.conformance_machine.v1", tuple(reports))
    sys.exit(_exit_code(reports))


def _chosen(registry: Registry, names: tuple[str, ...], *, everything: bool) -> list[Profile]:
    chosen = registry.names if everything else tuple(dict.fromkeys(names))
    if not chosen:
        raise BadInput("nothing is named", where="greenroom conformance machine", next="Name profiles, or say --all")
    return [registry.profile(name) for name in chosen]


def _judge(file: Path, profiles: list[Profile], registry: Registry) -> int:
    """Play a scenario under judgement for each profile; return the exit code."""
    from greenroom.conformance.machine.running import judge_scenario
    from greenroom.whatif.scenario import load_scenario

    scenario, code = load_scenario(file), HELD
    for profile in profiles:
        broken = asyncio.run(judge_scenario(scenario, profile, registry))
        if broken is None:
            click.echo(f"{profile.name} pass events={len(scenario.events)}")
            continue
        click.echo(f"{broken.promise.says}\n  but {broken.found}\n  fix: {broken.promise.fix}")
        click.echo(f"{profile.name} FAIL promise={broken.promise.name}")
        code = BROKEN
    return code


def _write(profile: str, finding: Finding, folder: Path, *, quiet: bool) -> None:
    from greenroom.whatif.writing import write_scenario

    file = folder / f"{profile}-{finding.promise.replace('_', '-')}.yaml"
    write_scenario(finding.scenario, file)
    click.echo(f"written: {file}", err=quiet)
    click.echo(f"  greenroom whatif {file} --profiles {profile}", err=quiet)
    click.echo(f"  greenroom conformance machine {profile} --scenario {file}", err=quiet)


def _show(report: MachineReport) -> None:
    out, finding = console(), report.finding
    if finding is not None:
        out.print(f"[red]{plain(finding.says)}[/]\n  but {plain(finding.found)}\n  fix: {plain(finding.fix)}")
        for number, line in enumerate(finding.story, 1):
            out.print(f"  {number}. {plain(line)}")
    else:
        rows = [(plain(one.name), str(one.times), plain(one.says)) for one in report.rules]
        out.print(table(f"{plain(report.product)}: rules", ("rule", "fired", ""), rows))
        kept = [(plain(one.name), str(one.times), plain(one.says)) for one in report.promises]
        out.print(table(f"{plain(report.product)}: promises", ("promise", "at stake", ""), kept))
    if report.not_applicable:
        out.print(f"not applicable: {', '.join(report.not_applicable)}")
    if finding is None and report.never_fired:
        out.print(f"[yellow]never fired: {', '.join(report.never_fired)}[/]")
    if finding is None and report.never_at_stake:
        out.print(f"never at stake: {', '.join(report.never_at_stake)}")
    word = "pass" if report.passed else "FAIL"
    counts = f"plays={report.plays} events={report.events} rules={len(report.rules)} never={len(report.never_fired)}"
    click.echo(f"{report.profile} {word} {counts} seed={report.seed} seconds={report.seconds:.1f}")


def _exit_code(reports: list[MachineReport]) -> int:
    if any(one.finding is not None for one in reports):
        return BROKEN
    return HELD if all(one.passed for one in reports) else NOT_TRIED
