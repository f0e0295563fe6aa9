"""``greenroom clauses``: documented behaviour joined to the checks that prove it."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import as_file, files
from typing import get_args

import click

from greenroom.cli.run import DONE, FAULT, guarded, json_option, show_json, switches
from greenroom.cli.schemas import ClauseProof, ClauseStanding, ProfileMutant
from greenroom.cli.standings import standings
from greenroom.cli.tables import console, plain, table
from greenroom.conformance import InProcess, Product
from greenroom.conformance.mutation import Fate, mutate
from greenroom.conformance.proving import Verdict, prove
from greenroom.conformance.zoom import CheckRun, FactStanding, join, load_facts
from greenroom.errors import BadInput
from greenroom.profiles import Profile, Registry

_OWED = ("stated", "implied")
_COUNTED = ("proven", "decided", "noted", "unproven", "failed")
_VERDICTS = get_args(Verdict)
_FATES = get_args(Fate)
_STANDINGS = {"proven": "", "noted": "noted", "unproven": "[red]unproven[/]", "failed": "[red]failed[/]", "default": ""}

_BESIDE_THE_TEXT = 125
"""What the other columns take of a line."""

_OUTCOMES = {"passed": "[green]passed[/]", "failed": "[red]failed[/]", "broken": "[red]broken[/]"}


@click.command()
@click.argument("profile", required=False)
@click.option("--sandbox", "of_sandbox", is_flag=True, help="The facts of Zoom that the embedded Zoom simulates.")
@click.option("--uncovered", is_flag=True, help="Only clauses that no check proves.")
@click.option("--run", "run_them", is_flag=True, help="Run the checks, and count only those that pass.")
@click.option("--subject", "subject_url", metavar="URL", help="Run the checks of PROFILE on what answers there.")
@click.option("--prove", "prove_them", is_flag=True, help="Show that each check notices a wrong reading of its clause.")
@click.option("--mutate", "mutate_them", is_flag=True, help="Show which changes of a profile's code no check notices.")
@json_option
@guarded
def clauses(
    profile: str | None,
    of_sandbox: bool,
    uncovered: bool,
    run_them: bool,
    subject_url: str | None,
    prove_them: bool,
    mutate_them: bool,
    as_json: bool,
) -> None:
    """List the clauses of PROFILE, of every profile without it, or the facts of Zoom, each with what proves it.

    Ends with status 1 when a stated or implied clause is proven by nothing, a check does not pass, or a wrong reading
    or a change of the code goes unnoticed without a reason.
    """
    if of_sandbox:
        if profile or uncovered or prove_them or mutate_them:
            raise BadInput("--sandbox goes with --run and --json only", where="greenroom clauses", next="Leave it out")
        return _run_fact_checks(as_json=as_json) if run_them else _list_facts(as_json=as_json)
    registry = Registry.discover(switches())
    names = (profile,) if profile else registry.names
    if prove_them:
        return _prove(registry, names, as_json=as_json)
    if mutate_them:
        return _mutate(registry, names, as_json=as_json)
    if subject_url is None:
        judged = [(one, Product(InProcess(one)) if run_them else None) for one in map(registry.profile, names)]
        return _list_clauses(judged, uncovered=uncovered, as_json=as_json)
    if profile is None:
        raise BadInput("--subject goes with a PROFILE", where="greenroom clauses", next="Say by whose clauses to judge")
    from greenroom.conformance.remote import RemoteSubject  # loads the HTTP library

    with RemoteSubject(subject_url) as remote:
        return _list_clauses([(registry.profile(profile), Product(remote))], uncovered=uncovered, as_json=as_json)


def _list_clauses(judged: Sequence[tuple[Profile, Product | None]], *, uncovered: bool, as_json: bool) -> None:
    """List the clauses of profiles; those with a product beside them are judged on it."""
    names = [profile.name for profile, _ in judged]
    found = tuple(one for profile, product in judged for one in standings(profile, judged=product))
    shown = tuple(one for one in found if one.standing in ("unproven", "failed")) if uncovered else found
    missing = [one for one in found if one.standing == "failed" or (one.standing == "unproven" and one.basis in _OWED)]
    if as_json:
        show_json("greenroom.clauses.v1", shown)
    else:
        out = console()
        rows = [
            (one.id, one.basis, _cut(one.then, out.width), _STANDINGS[one.standing], _proof(one.checks, one.note))
            for one in shown
        ]
        if len(names) == 1 or uncovered:
            out.print(table("", ("clause", "basis", "then", "", "proven by"), rows))
        out.print(table("", ("profile", *_COUNTED, "clauses"), [_counts(name, found) for name in names]))
    sys.exit(FAULT if missing else DONE)


def _counts(name: str, found: Sequence[ClauseStanding]) -> tuple[str, ...]:
    own = [one for one in found if one.profile == name and one.basis != "default"]
    counts = Counter(one.standing for one in own)
    decided = sum(1 for one in own if one.basis == "decided")
    numbers = (counts["proven"], decided, counts["noted"], counts["unproven"], counts["failed"], len(own))
    return (name, *map(str, numbers))


def _prove(registry: Registry, names: Sequence[str], *, as_json: bool) -> None:
    """Carry out each wrong reading; say which clauses have none."""
    out, proofs, rows, wanting = console(), [], [], False
    for name in names:
        profile = registry.profile(name)
        found = tuple(prove(name))
        proofs += [ClauseProof(profile=name, **dict(one)) for one in found]
        owed = [one.id for one in profile.clauses.values() if one.basis != "default" and one.note is None]
        lacking = [clause for clause in owed if clause not in {one.clause for one in found}]
        bad = [one for one in found if one.verdict != "noticed"]
        wanting = wanting or bool(bad or lacking)
        verdicts = Counter(one.verdict for one in found)
        rows.append((name, *(str(verdicts[verdict]) for verdict in _VERDICTS), str(len(lacking)), str(len(owed))))
        for one in () if as_json else bad:
            out.print(f"[red]{one.verdict.replace('_', ' ')}[/] {one.clause}: {plain(one.reading)} {plain(one.said)}")
        if lacking and not as_json:
            out.print(f"{name}: no wrong reading of {', '.join(lacking)}")
    if as_json:
        show_json("greenroom.clause_proofs.v1", tuple(proofs))
    else:
        columns = ("profile", *(verdict.replace("_", " ") for verdict in _VERDICTS), "without a reading", "clauses")
        out.print(table("", columns, rows))
    sys.exit(FAULT if wanting else DONE)


def _mutate(registry: Registry, names: Sequence[str], *, as_json: bool) -> None:
    """Change the code of each profile in one place at a time; show the changes that no check notices."""
    out, found, rows = console(), [], []
    for name in names:
        _check_as_it_is(registry.profile(name))
        fates = tuple(mutate(name))
        found += [ProfileMutant(profile=name, **dict(one)) for one in fates]
        counts = Counter(one.fate for one in fates)
        unexplained = sum(one.fate == "survived" and not one.reason for one in fates)
        rows.append((name, *(str(counts[fate]) for fate in _FATES), str(unexplained), str(len(fates))))
        for one in () if as_json else (one for one in fates if one.fate == "survived"):
            where = plain(f"{name}/{one.file}:{one.number} {one.change}: {one.line}")
            out.print(f"[dim]{where} ({plain(one.reason)})[/]" if one.reason else f"[red]survived[/] {where}")
    if as_json:
        show_json("greenroom.mutants.v1", tuple(found))
    else:
        out.print(table("", ("profile", *_FATES, "without a reason", "changes"), rows))
    sys.exit(FAULT if any(one.fate == "survived" and not one.reason for one in found) else DONE)


def _check_as_it_is(profile: Profile) -> None:
    """Raise `BadInput` when a check fails on the code as it is: then every change would seem to be noticed."""
    judged = standings(profile, judged=Product(InProcess(profile)))
    failed = [one.id for one in judged if one.standing == "failed"]
    if failed:
        what = f"the checks of {', '.join(failed)} fail on {profile.name} as it is"
        next_step = f"Run greenroom clauses {profile.name} --run, and change the code once all checks pass"
        raise BadInput(what, where="--mutate", next=next_step)


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
