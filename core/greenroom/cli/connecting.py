"""``actions``, ``act``, ``connect``, ``configure``."""

from __future__ import annotations

import sys

import click

from greenroom.cli.organizations import pairs
from greenroom.cli.run import NEEDS_PERSON, gate_code, guarded, json_option, run, show_json
from greenroom.cli.setups import show_steps
from greenroom.cli.tables import clauses, console, dot, plain, table, ways
from greenroom.engine.outcomes import GateOutcome, StepKind
from greenroom.facade import Greenroom
from greenroom.model import Action, Level, Scope

_LEVELS = click.Choice([level.value for level in Level])
_as = click.option("--as", "as_", metavar="EMAIL", help="Who acts; without it, the organization's administrator.")
_level = click.option("--level", type=_LEVELS, help="Whose connection; without it, the first one open to who acts.")


@click.command()
@click.argument("organization")
@_as
@json_option
@guarded
def actions(organization: str, as_: str | None, as_json: bool) -> None:
    """Say what may be done now in ORGANIZATION, what it is called there, and why not where it may not."""
    offers = run(lambda greenroom: greenroom.actions(organization, as_=as_))
    if as_json:
        show_json("greenroom.actions.v1", offers)
        return
    rows = [
        (
            one.action.value,
            one.level.value,
            plain(one.label),
            plain(one.where),
            "[green]yes[/]" if one.allowed else "[red]no[/]",
            plain(one.why),
            plain(clauses(one.because)),
        )
        for one in offers
    ]
    console().print(table("", ("action", "level", "label", "where", "now", "why not", "clauses"), rows))


@click.command()
@click.argument("organization")
@click.argument("action", type=click.Choice([action.value for action in Action]))
@_as
@_level
@click.option("--yes", is_flag=True, help="Confirm, where the profile asks for it.")
@click.option("--refused", is_flag=True, help="With approval_decided: Zoom's admins refused the app.")
@json_option
@guarded
def act(
    organization: str, action: str, as_: str | None, level: str | None, yes: bool, refused: bool, as_json: bool
) -> None:
    """Do ACTION, as `greenroom actions` names it (enable, ask_approval, …)."""
    chosen, wanted = Level(level) if level else None, Action(action)
    if refused:
        if wanted is not Action.APPROVAL_DECIDED:
            raise click.UsageError("--refused goes with approval_decided")
        outcome = run(lambda greenroom: greenroom.approval_decided(organization, "refused", as_=as_, level=chosen))
    else:
        outcome = run(lambda greenroom: greenroom.act(organization, wanted, as_=as_, level=chosen, confirmed=yes))
    end(outcome, as_json=as_json)


@click.command()
@click.argument("organization")
@_as
@_level
@click.option("--share", is_flag=True, help="Get a link to give to somebody else, as the profile offers it.")
@click.option("--callback", metavar="URL", help="The address a browser ended on after Zoom's page.")
@json_option
@guarded
def connect(
    organization: str,
    as_: str | None,
    level: str | None,
    share: bool,
    callback: str | None,
    as_json: bool,
) -> None:
    """Connect ORGANIZATION to Zoom.

    Prints where a person has to go. Where no service runs (GREENROOM_PUBLIC_URL is not set), paste the address the
    browser ended on, or pass it with --callback.
    """
    chosen = Level(level) if level else None
    if callback:
        end(run(lambda greenroom: greenroom.complete_url(callback)), as_json=as_json)
    outcome = run(lambda greenroom: _begin(greenroom, organization, as_, chosen, share=share))
    interactive = sys.stdin.isatty() and not as_json and outcome.url is not None and "/connect/" not in outcome.url
    if not interactive:
        end(outcome, as_json=as_json)
    _show_gate(outcome)
    pasted = click.prompt("Address the browser ended on (empty to do it later)", default="", show_default=False)
    if not pasted:
        sys.exit(NEEDS_PERSON)
    end(run(lambda greenroom: greenroom.complete_url(pasted)), as_json=False)


@click.command()
@click.argument("organization")
@click.argument("values", nargs=-1, required=True, metavar="K=V…")
@_as
@click.option("--kind", metavar="NAME", help="Settings of an interview stage or event type.")
@click.option("--candidate", metavar="EMAIL", help="Settings for one candidate.")
@click.option("--mine", is_flag=True, help="The acting member's own settings.")
@json_option
@guarded
def configure(
    organization: str,
    values: tuple[str, ...],
    as_: str | None,
    kind: str | None,
    candidate: str | None,
    mine: bool,
    as_json: bool,
) -> None:
    """Change settings of ORGANIZATION's profile; lists are separated by commas."""
    scope, subject = Scope.ORGANIZATION, ""
    if kind is not None:
        scope, subject = Scope.KIND, kind
    elif candidate is not None:
        scope, subject = Scope.CANDIDATE, candidate
    elif mine:
        scope = Scope.MEMBER
    typed = pairs(values, "configure")
    outcome = run(lambda greenroom: greenroom.configure(organization, typed, as_=as_, scope=scope, subject=subject))
    end(outcome, as_json=as_json)


def end(outcome: GateOutcome, *, as_json: bool) -> None:
    """Print a gate outcome and exit with its code."""
    if as_json:
        show_json("greenroom.gate.v1", outcome)
    else:
        _show_gate(outcome)
    sys.exit(gate_code(outcome))


_STEPS: dict[StepKind, str] = {
    "ask_approval": "pre-approval was asked for",
    "confirm": "confirm with --yes",
    "done": "done",
    "go_to_zoom": "somebody has to authorize this at Zoom",
    "instruct": "not this way yet",
    "keep": "connected",
    "refusal": "refused",
    "share_link": "a link to give to a Zoom admin",
}
"""What is said where the profile has no words of its own."""


async def _begin(
    greenroom: Greenroom, organization: str, as_: str | None, level: Level | None, *, share: bool
) -> GateOutcome:
    """Begin to connect; where the profile wants the integration turned on first and lets this person, do that."""
    outcome = await greenroom.connect(organization, as_=as_, level=level, share=share)
    if not outcome.refused or Action.ENABLE not in outcome.next:
        return outcome
    enabled = await greenroom.act(organization, Action.ENABLE, as_=as_)
    if enabled.refused:
        return enabled
    return await greenroom.connect(organization, as_=as_, level=level, share=share)


def _show_gate(outcome: GateOutcome) -> None:
    out = console()
    head = "[red]no[/]" if outcome.refused else "[green]ok[/]"
    out.print(f"{head} {plain(outcome.message or _STEPS[outcome.kind])} {plain(clauses(outcome.because))}")
    out.print(f"   {outcome.level.value} connection: {dot(outcome.phase_label, outcome.colour)}")
    for warning in outcome.warnings:
        out.print(f"   [yellow]note[/] {plain(warning)}")
    for deviation in outcome.deviating:
        out.print(f"   [yellow]deviating[/] {plain(deviation)}")
    if outcome.url is not None:
        shared = outcome.kind == "share_link"
        out.print("   Give this link on:" if shared else "   Open this address in a browser:")
        click.echo(f"   {outcome.url}")
    if outcome.instructions is not None:
        show_steps(outcome.instructions)
    if outcome.ways_on:
        out.print(f"   next: {plain(ways(outcome.ways_on))}")
