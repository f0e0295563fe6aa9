"""``greenroom clauses``: documented behaviour joined to the checks that prove it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import as_file, files

import click

from greenroom.cli.run import DONE, FAULT, guarded, json_option, show_json, switches
from greenroom.cli.schemas import ClauseStanding
from greenroom.cli.tables import console, plain, table
from greenroom.conformance import find_checks
from greenroom.conformance.zoom import CheckRun, FactStanding, join, load_facts
from greenroom.errors import BadInput
from greenroom.profiles import Registry

_BESIDE_THE_TEXT = 125
"""What the other columns take of a line."""

_OUTCOMES = {"passed": "[green]passed[/]", "failed": "[red]failed[/]", "broken": "[red]broken[/]"}


@click.command()
@click.argument("profile", required=False)
@click.option("--sandbox", "of_sandbox", is_flag=True, help="The facts of Zoom that the embedded Zoom simulates.")
@click.option("--run", "run_them", is_flag=True, help="With --sandbox: run the checks against an embedded Zoom.")
@json_option
@guarded
def clauses(profile: str | None, of_sandbox: bool, run_them: bool, as_json: bool) -> None:
    """List the clauses of PROFILE, or with --sandbox the facts of Zoom, each with the checks that prove it."""
    if of_sandbox == (profile is not None) or (run_them and not of_sandbox):
        raise BadInput("name a profile or say --sandbox", where="greenroom clauses", next="--run goes with --sandbox")
    if profile is not None:
        _list_clauses(profile, as_json=as_json)
    elif run_them:
        _run_fact_checks(as_json=as_json)
    else:
        _list_facts(as_json=as_json)


def _list_clauses(name: str, *, as_json: bool) -> None:
    profile = Registry.discover(switches()).profile(name)
    checks = find_checks(f"{profile.folder.name}.checks")
    found = tuple(
        ClauseStanding(**dict(one), checks=tuple(check.name for check in checks if one.id in check.clauses))
        for one in profile.clauses.values()
    )
    if as_json:
        show_json("greenroom.clauses.v1", found)
        return
    out = console()
    rows = [(one.id, one.basis, _cut(one.then, out.width), _proof(one.checks, one.note)) for one in found]
    out.print(table("", ("clause", "basis", "then", "proven by"), rows))


def _list_facts(*, as_json: bool) -> None:
    found = _facts()
    if as_json:
        show_json("greenroom.facts.v1", found)
        return
    out = console()
    rows = [
        (one.id, one.area, _cut(one.fact, out.width), one.confidence, _proof(one.checks, one.note)) for one in found
    ]
    out.print(table("", ("fact", "area", "what Zoom does", "confidence", "proven by"), rows))
    proven = sum(1 for one in found if one.checks)
    out.print(f"{len(found)} facts, {proven} proven by checks, {len(found) - proven} noted as not simulated")


def _facts() -> tuple[FactStanding, ...]:
    from greenroom.conformance.zoom.kit import find_fact_checks  # loads the HTTP library

    return join(load_facts(), find_fact_checks())


def _run_fact_checks(*, as_json: bool) -> None:
    runs = asyncio.run(_runs(quiet=as_json))
    failed = [one for one in runs if one.outcome != "passed"]
    if as_json:
        show_json("greenroom.fact_checks.v1", runs)
    else:
        facts = {fact for one in runs for fact in one.facts}
        console().print(f"{len(runs)} checks of {len(facts)} facts: {len(failed)} did not pass")
    sys.exit(FAULT if failed else DONE)


async def _runs(*, quiet: bool) -> tuple[CheckRun, ...]:
    """Run the checks against an embedded Zoom on a port of its own, printing each as it ends."""
    from greenroom.conformance.zoom.kit import find_fact_checks, run_all
    from greenroom.conformance.zoom.subject import SimulatedZoom

    out, found = console(), []
    with _embedded() as base_url:
        async with SimulatedZoom.at(base_url) as zoom:
            async for one in run_all(zoom, find_fact_checks()):
                found.append(one)
                if not quiet:
                    out.print(f"{_OUTCOMES[one.outcome]} {plain(_words(one))}")
    return tuple(found)


@contextmanager
def _embedded() -> Iterator[str]:
    """Serve an embedded Zoom in the kit's world, and yield its address."""
    from greenroom.conformance.zoom.subject import NOON
    from greenroom.sandbox import Sandbox, SandboxServer, load_world

    with as_file(files("greenroom.conformance.zoom") / "world.yaml") as path:
        sandbox = Sandbox(load_world(path), seed=1, clock=datetime.fromisoformat(NOON), frozen=True)
    with SandboxServer(sandbox) as server:
        yield server.base_url


def _words(one: CheckRun) -> str:
    return f"{one.check} [{', '.join(one.facts)}] {one.said}".strip()


def _proof(checks: tuple[str, ...], note: str | None) -> str:
    return plain("\n".join(checks) if checks else f"({note or 'nothing'})")


def _cut(text: str, width: int) -> str:
    """Cut a text to what a line has room for, yet never to less than tells clauses apart."""
    most = max(width - _BESIDE_THE_TEXT, 40)
    return plain(text if len(text) <= most else f"{text[: most - 1]}…")
