"""``greenroom whatif``: one scenario, or one interview, under several profiles side by side."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click
from rich.table import Table

from greenroom.cli.run import guarded, json_option, run, show_json, switches
from greenroom.cli.tables import clauses, console, plain, table, when
from greenroom.engine.elsewhere import InterviewElsewhere
from greenroom.engine.outcomes import InterviewOutcome
from greenroom.errors import BadInput
from greenroom.profiles import Registry
from greenroom.whatif.report import EventPlayed, WhatIf
from greenroom.whatif.sheet import Row, rows


@click.command()
@click.argument("scenario", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--interview", metavar="ID", help="Instead of a scenario: an interview of this deployment.")
@click.option("--profiles", metavar="NAMES", help="Only these, separated by commas; without it, every installed one.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Makes the run repeatable.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown instead of tables.")
@json_option
@guarded
def whatif(
    scenario: Path | None, interview: str | None, profiles: str | None, seed: int, as_markdown: bool, as_json: bool
) -> None:
    """Play SCENARIO through every profile, each on its own Greenroom and embedded Zoom, and say where they differ.

    SCENARIO is a YAML file: people, how they stand in the product and at Zoom, and what happens, in order. With
    --interview nothing is played: every profile is asked about an interview as this deployment knows it.
    """
    if (scenario is None) == (interview is None):
        raise BadInput("either a scenario or an interview", where="greenroom whatif", next="Give one of the two")
    names = _names(profiles)
    if interview is not None:
        _decide(interview, names, as_json=as_json)
        return
    assert scenario is not None
    report = _play(scenario, names, seed)
    if as_json:
        show_json("greenroom.whatif.v1", report)
    elif as_markdown:
        _show_markdown(report)
    else:
        show(report)


def _names(profiles: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in profiles.split(",")) if profiles else Registry.discover(switches()).names
    if not names:
        raise BadInput("no profile is installed", where="greenroom whatif", next="Install one, such as ./plugins/NAME")
    return tuple(dict.fromkeys(names))


def _play(file: Path, names: tuple[str, ...], seed: int) -> WhatIf:
    from greenroom.whatif.play import play  # loads a server and a client
    from greenroom.whatif.scenario import load_scenario

    scenario = load_scenario(file)
    return asyncio.run(play(scenario, names, switches=switches(), seed=seed, file=str(file)))


def _decide(interview: str, names: tuple[str, ...], *, as_json: bool) -> None:
    found = run(lambda greenroom: greenroom.decide_elsewhere(interview, names))
    if as_json:
        show_json("greenroom.whatif_interview.v1", found)
    else:
        _show_decided(found)


def _show_decided(found: InterviewElsewhere) -> None:
    out = console()
    one = found.decided.interview
    out.print(f"[bold]{plain(one.subject or 'no title yet')}[/]  {when(one.start, one.minutes, one.zone)}")
    state = f"{one.state}, host {one.host or 'none'}"
    out.print(plain(f"{found.decided.organization}: {state}; what each profile decides from what is stored:"))
    rows = [
        (
            plain(there.product) + (" (its own)" if there.own else ""),
            _outcome(there.outcome),
            plain(there.outcome.host or "-"),
            plain("\n".join(_shown(there.outcome))),
            plain(clauses(there.outcome.because)),
            plain("\n".join(there.assumed)),
        )
        for there in found.profiles
    ]
    out.print(table("", ("profile", "decides", "host", "who would see", "clauses", "assumed"), rows))


def _outcome(outcome: InterviewOutcome) -> str:
    words = {"planned": "makes a link", "none": "no Zoom", "link": "given link"}
    said = plain(f" “{outcome.message}”") if outcome.message else ""
    return f"[bold]{words.get(outcome.kind, outcome.kind.replace('_', ' '))}[/]{said}"


def _shown(outcome: InterviewOutcome) -> tuple[str, ...]:
    return tuple(f"{audience}: {', '.join(details) or 'no link'}" for audience, details in outcome.shows)


def _show_markdown(report: WhatIf) -> None:
    from greenroom.whatif.markdown import markdown

    click.echo(markdown(report), nl=False)


def show(report: WhatIf) -> None:
    """Print a report: each event with its profiles side by side, and where they differ."""
    out = console()
    out.print(f"[bold]{plain(report.title)}[/]\n{plain(report.question)}")
    for line in report.look_for:
        out.print(f"  look for: {plain(line)}")
    for event in report.events:
        out.print()
        out.print(f"[bold]{event.number}[/]  {event.at:%a %d %b %H:%M}  [bold]{plain(event.text)}[/]{_mark(event)}")
        out.print(_table(event, [profile.product for profile in report.profiles]))
    out.print("\n[bold]Where they differ[/]")
    for line in report.where_they_differ:
        out.print(f"  {plain(line)}")


def _mark(event: EventPlayed) -> str:
    aspects = ", ".join(one.aspect for one in event.differences)
    return f"  [yellow]≠ {aspects}[/]" if aspects else "  [green]all alike[/]"


def _table(event: EventPlayed, products: list[str]) -> Table:
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    made.add_column("", style="dim", ratio=1, overflow="fold")
    for product in products:
        made.add_column(product, style="", ratio=2, overflow="fold")
    for row in rows(event):
        made.add_row(row.aspect, *_cells(row))
    return made


def _cells(row: Row) -> list[str]:
    style = "yellow" if row.differs else "dim" if row.aspect in {"clauses", "notes"} else ""
    return [f"[{style}]{plain(cell)}[/]" if style and cell else plain(cell) for cell in row.cells]
