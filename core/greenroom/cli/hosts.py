"""``hosts`` and ``hosts … move``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from greenroom.cli.run import DONE, REFUSED, failed_code, guarded, json_option, run, show_json
from greenroom.cli.tables import clauses, console, plain, table, when
from greenroom.engine.host_views import HostMoveOutcome, HostMoveView, HostsView, HostView, NextHost

_MOVE = ("move", "FROM", "TO")

_FATES = {
    "moved": "[green]moved[/]",
    "would_move": "[cyan]would move[/]",
    "untouched": "stays",
    "refused": "[red]refused[/]",
    "failed": "[red]failed[/]",
    "unclear": "[red]unclear[/]",
}


@click.command()
@click.argument("organization")
@click.argument("action", nargs=-1, metavar="[move FROM TO]")
@click.option("--next", "next_", is_flag=True, help="Only whose turn it is, and who comes after them.")
@click.option("--dry-run", is_flag=True, help="With move: say what would become of each interview; write nothing.")
@click.option("--yes", is_flag=True, help="With move: do it without asking.")
@json_option
@guarded
def hosts(organization: str, action: tuple[str, ...], next_: bool, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Show who may host in ORGANIZATION and why not, and whose turn it is. No turn is used.

    `hosts ORGANIZATION move FROM TO` gives the coming meetings of host FROM to host TO, both e-mail addresses: each
    interview gets a new link, since Zoom lets nobody change a meeting's host, and everybody who was told of it is
    told once. What is over or under way stays. Run again, it completes what was begun.
    """
    if not action:
        _show_hosts(organization, only_next=next_, as_json=as_json)
        return
    if action[0] != "move" or len(action) != len(_MOVE) or next_:
        raise click.UsageError(f"after ORGANIZATION comes nothing, or {' '.join(_MOVE)}")
    _, from_, to = action
    _move(organization, from_, to, asking=not (dry_run or yes), dry_run=dry_run, as_json=as_json)


def _show_hosts(organization: str, *, only_next: bool, as_json: bool) -> None:
    view = run(lambda greenroom: greenroom.hosts(organization))
    if as_json:
        show_json("greenroom.hosts.v1", view)
        return
    if not only_next:
        columns = ("host", "may host", "at Zoom", "verified", "in turn", "changes left today", "why")
        title = f"{plain(view.organization)}: who may host ({view.profile})"
        console().print(table(title, columns, map(_host, view.hosts)))
    _show_next(view)


def _host(one: HostView) -> Sequence[str]:
    at_zoom = f"{one.status}, {one.licence}" if one.status is not None else "not known"
    place = f"{one.place} ({one.turns} so far)" if one.place is not None else "-"
    return (
        plain(one.email) + ("" if one.member else " (no member)"),
        "[green]yes[/]" if one.hosts else "[red]no[/]",
        at_zoom,
        "-" if one.verified is None else ("yes" if one.verified else "no"),
        place,
        f"{one.day.remaining}" if one.day is not None else "-",
        plain(f"{one.why} {clauses(one.because)}"),
    )


def _show_next(view: HostsView) -> None:
    out = console()
    if view.next is None:
        said = f": {view.rotation}" if view.rotation else ""
        out.print(f"   nobody takes turns here{plain(said)}")
    else:
        out.print(_next(view.next))
    for interview in view.moving:
        out.print(f"   [yellow]being moved[/] {interview}: run the same move again, or greenroom retry {interview}")


def _next(one: NextHost) -> str:
    after = f"; then {', '.join(one.order[1:])}" if len(one.order) > 1 else ""
    return f"   next: {plain(one.email)}, {plain(one.why)} {plain(clauses(one.because))}{plain(after)}"


def _move(organization: str, from_: str, to: str, *, asking: bool, dry_run: bool, as_json: bool) -> None:
    outcome = run(lambda greenroom: greenroom.move_host(organization, from_, to, dry_run=dry_run or asking))
    if asking and sys.stdin.isatty() and not as_json:
        _show_move(outcome)
        asking = not click.confirm("Move them?")
        if asking:
            sys.exit(REFUSED)
        outcome = run(lambda greenroom: greenroom.move_host(organization, from_, to))
    if as_json:
        show_json("greenroom.host_move.v1", outcome)
    else:
        _show_move(outcome)
        if asking:
            console().print("Nothing was moved. Do it with --yes.")
    sys.exit(REFUSED if asking else _code(outcome))


def _show_move(outcome: HostMoveOutcome) -> None:
    out = console()
    if not outcome.interviews:
        out.print(f"{plain(outcome.from_)} hosts no coming meeting here.")
        return
    columns = ("interview", "title", "time", "", "link", "told", "why")
    title = f"{plain(outcome.organization)}: {plain(outcome.from_)} → {plain(outcome.to)}"
    out.print(table(title, columns, map(_moved, outcome.interviews)))
    stays = [one.interview for one in outcome.interviews if one.earlier_at_zoom == "stays"]
    if stays:
        out.print(f"   [yellow]note[/] the earlier meetings of {', '.join(stays)} are out of reach and stay at Zoom")
    if outcome.dry_run:
        out.print("Dry run: nothing was written and no meeting was made.")


def _moved(one: HostMoveView) -> Sequence[str]:
    takes = f"takes the place of the {' and '.join(one.place_taken)}" if one.place_taken else ""
    shared = f"with {', '.join(one.with_it)}, which state the same link" if one.with_it else ""
    said = "; ".join(part for part in (one.message, takes, shared) if part)
    return (
        one.interview,
        plain(one.subject or "-"),
        when(one.start, one.minutes, one.zone),
        _FATES[one.kind],
        plain(one.join_url or "-"),
        plain(", ".join(one.told) or "-"),
        plain(f"{said} {clauses(one.because)}".strip()),
    )


def _code(outcome: HostMoveOutcome) -> int:
    kinds = {one.kind for one in outcome.interviews}
    if kinds & {"failed", "unclear"}:
        return failed_code(one.code for one in outcome.interviews if one.code is not None)
    return REFUSED if "refused" in kinds else DONE
