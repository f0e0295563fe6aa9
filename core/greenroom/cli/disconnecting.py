"""``disconnect``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from greenroom.cli.run import DONE, REFUSED, guarded, json_option, run, show_json
from greenroom.cli.tables import clauses, console, dot, plain, table, ways, when
from greenroom.engine.ending_views import ConnectionChange, DisconnectPlan, MemberChange, PhaseView, Uses
from greenroom.engine.outcomes import DisconnectOutcome
from greenroom.model import Cause, Level

_GRANTS = {
    "revoked": "access is revoked",
    "forgotten": "access is over; Zoom is not asked",
    "shared": "access stays: another connection rests on it",
    "stays": "access stays",
    "none": "there is no access",
}


@click.command()
@click.argument("organization")
@click.option("--as", "as_", metavar="EMAIL", help="Who acts; without it, the organization's administrator.")
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    help="Whose connection; without it, the first one open to who acts.",
)
@click.option("--yes", is_flag=True, help="Confirm, where the profile asks for it.")
@click.option("--dry-run", is_flag=True, help="Say what would and would not change; change nothing.")
@click.option(
    "--cause",
    type=click.Choice([cause.value for cause in Cause]),
    default=Cause.PERSON.value,
    help="With --dry-run: what would change if this happened at Zoom.",
)
@json_option
@guarded
def disconnect(
    organization: str,
    as_: str | None,
    level: str | None,
    yes: bool,
    dry_run: bool,
    cause: str,
    as_json: bool,
) -> None:
    """End a connection of ORGANIZATION to Zoom, or say exactly what that would change."""
    chosen = Level(level) if level else None
    if cause != Cause.PERSON.value and not dry_run:
        raise click.UsageError("--cause goes with --dry-run")

    def ask(*, confirmed: bool) -> DisconnectOutcome:
        return run(
            lambda greenroom: greenroom.disconnect(
                organization, as_=as_, level=chosen, confirmed=confirmed, dry_run=dry_run, cause=Cause(cause)
            )
        )

    outcome = ask(confirmed=yes)
    if outcome.kind == "confirm" and sys.stdin.isatty() and not as_json and click.confirm(outcome.message):
        outcome = ask(confirmed=True)
    if as_json:
        show_json("greenroom.disconnect.v1", outcome)
    else:
        _show(outcome)
    sys.exit(DONE if outcome.kind == "done" else REFUSED)


def _show(outcome: DisconnectOutcome) -> None:
    out = console()
    if outcome.kind != "done" or outcome.plan is None:
        question = " Confirm with --yes." if outcome.kind == "confirm" else ""
        out.print(f"[red]no[/] {plain(outcome.message)}{question} {plain(clauses(outcome.because))}")
    else:
        verb = "this would change" if outcome.dry_run else "this changed"
        out.print(f"[green]ok[/] {verb}: {plain(clauses(outcome.because))}")
        _show_plan(outcome.plan)
    for warning in outcome.warnings:
        out.print(f"   [yellow]note[/] {plain(warning)}")
    for user in outcome.unrevoked:
        out.print(f"   [red]not revoked[/] at Zoom for {plain(user)}: remove the app under Installed Apps there")
    if outcome.ways_on:
        out.print(f"   next: {plain(ways(outcome.ways_on))}")
    if outcome.dry_run:
        out.print("Dry run: nothing was changed and nothing was asked of Zoom.")


def _show_plan(plan: DisconnectPlan) -> None:
    out = console()
    out.print(table("", ("connection", "whose", "is", "becomes", "at Zoom"), map(_connection, plan.connections)))
    out.print(table("", ("member", "schedules through", "afterwards"), map(_member, plan.members)))
    _show_interviews(plan)
    for link in plan.links:
        until = f" until {link.expires_at:%a %d %b %H:%M} UTC" if link.expires_at is not None else ""
        fate = "can be followed no more" if link.after == "closed" else f"can still be followed{until}"
        out.print(f"   the link of {link.created_at:%a %d %b %H:%M} UTC ({link.path}, {link.level.value}) {fate}")
    for notice in plan.notices:
        out.print(f"   {plain(notice.to)} is told: {plain(notice.text)}")
    _show_rest(plan)


def _show_interviews(plan: DisconnectPlan) -> None:
    out = console()
    kept = [
        (
            one.id,
            plain(one.subject or "-"),
            when(one.start, one.minutes, one.zone),
            plain(one.host),
            "keeps its link" if one.in_reach else "keeps its link; at Zoom it is changed no more",
        )
        for one in plan.interviews_kept
    ]
    marked = [
        (
            one.id,
            plain(one.subject or "-"),
            when(one.start, one.minutes, one.zone),
            "-",
            f"[yellow]needs attention[/]: {plain(one.text)}",
        )
        for one in plan.interviews_marked
    ]
    if kept or marked:
        out.print(table("", ("interview", "title", "time", "host", "what becomes of it"), (*kept, *marked)))
    out.print(f"   {len(kept)} interview(s) keep their links, {len(marked)} need attention.")


def _show_rest(plan: DisconnectPlan) -> None:
    out = console()
    if plan.joins is not None:
        out.print(f"   {plain(plan.joins)} becomes a member.")
    if plan.calendar_events:
        out.print(f"   {len(plan.calendar_events)} event(s) stay in calendars and are changed no more.")
    if plan.approval != "not_requested":
        out.print(f"   pre-approval then: {plan.approval.replace('_', ' ')}")
    out.print("   stays: meetings at Zoom, invites that went out, settings and host lists.")


def _connection(one: ConnectionChange) -> Sequence[str]:
    access = _GRANTS[one.grant]
    at_zoom = f"{one.zoom_user}: {access}" if one.zoom_user is not None else access
    return plain(one.level_label), plain(one.owner), _phase(one.before), _phase(one.after), plain(at_zoom)


def _phase(one: PhaseView) -> str:
    return dot(one.label, one.colour)


def _member(one: MemberChange) -> Sequence[str]:
    again = " (removed themselves; a later one is theirs again)" if one.opt_out_ends else ""
    return plain(one.email), _uses(one.before), _uses(one.after) + again


def _uses(uses: Uses | None) -> str:
    if uses is None:
        return "nothing"
    whose = f", {uses.zoom_user}" if uses.zoom_user is not None else ""
    return plain(f"{uses.level_label}{whose}")
