"""``org profile``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from greenroom.cli.run import DONE, REFUSED, guarded, json_option, run, show_json
from greenroom.cli.tables import console, dot, plain, table, when
from greenroom.engine.profile_change_views import (
    ConnectionCarried,
    InterviewUnder,
    MemberCarried,
    ProfileChange,
    SettingCarried,
)

_FATES = {"carries": "[green]carries over[/]", "left": "stays behind", "restored": "[green]comes back[/]"}


@click.command()
@click.argument("organization")
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Say what carries over and what does not; change nothing.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@json_option
@guarded
def profile(organization: str, name: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Change ORGANIZATION to profile NAME (or NAME@EDITION), and say what carries over.

    Interviews there are stay under the profile they were decided with: it says what follows when they are moved or
    cancelled. New ones are decided by the new one.
    """
    asking = not (dry_run or yes)
    change = run(lambda greenroom: greenroom.change_profile(organization, name, dry_run=dry_run or asking))
    if asking and sys.stdin.isatty() and not as_json:
        _show(change)
        if not click.confirm(f"Change to {change.after}?"):
            sys.exit(REFUSED)
        asking = False
        change = run(lambda greenroom: greenroom.change_profile(organization, name))
    if as_json:
        show_json("greenroom.profile_change.v1", change)
    else:
        _show(change)
        if asking:
            console().print("Nothing was changed. Do it with --yes.")
    sys.exit(REFUSED if asking else DONE)


def _show(change: ProfileChange) -> None:
    out = console()
    verb = "would change" if change.dry_run else "changed"
    out.print(f"[bold]{plain(change.organization)}[/] {verb} from {change.before} to {change.after}")
    if change.connections:
        columns = ("connection", "whose", "is", "becomes", "at Zoom")
        out.print(table("", columns, map(_connection, change.connections)))
    if change.settings:
        out.print(table("", ("setting", "of", "value", ""), map(_setting, change.settings)))
    out.print(table("", ("member", "roles", "afterwards"), map(_member, change.members)))
    if change.interviews:
        out.print(table("", ("interview", "title", "time", "stays under", ""), map(_interview, change.interviews)))
    _show_rest(change)
    if change.dry_run:
        out.print("Dry run: nothing was changed and nothing was asked of Zoom.")


def _show_rest(change: ProfileChange) -> None:
    out = console()
    if change.links:
        out.print(f"   {len(change.links)} link(s) to Zoom that wait for somebody can be followed no more.")
    before, after = (state.replace("_", " ") for state in change.approval)
    if before != after:
        out.print(f"   pre-approval: {before} → {after}")
    for email in change.opt_outs_end:
        out.print(f"   {plain(email)} had removed themselves from the organization's connection: that ends.")
    if change.hosts_unverified:
        out.print(f"   verified hosts that nothing names any more: {plain(', '.join(change.hosts_unverified))}")
    for user in change.unrevoked:
        out.print(f"   [red]not revoked[/] at Zoom for {plain(user)}: remove the app under Installed Apps there")


def _connection(one: ConnectionCarried) -> Sequence[str]:
    after = dot(one.after.label, one.after.colour) if one.after is not None else "-"
    access = {
        "stays": "access carries over",
        "revoked": "access is revoked",
        "shared": "access stays: another connection rests on it",
        "none": "there is no access",
    }[one.grant]
    said = "; ".join(part for part in (f"{one.zoom_user}: {access}" if one.zoom_user else access, one.why) if part)
    return plain(one.before_label), plain(one.owner), dot(one.before.label, one.before.colour), after, plain(said)


def _setting(one: SettingCarried) -> Sequence[str]:
    subject = f"{one.scope.value} {one.subject}".strip()
    return plain(one.name), plain(subject), plain(one.value), _FATES[one.fate]


def _member(one: MemberCarried) -> Sequence[str]:
    unknown = f" (not there: {', '.join(one.unknown)})" if one.unknown else ""
    return plain(one.email), plain(", ".join(one.before)), plain(", ".join(one.after) + unknown)


def _interview(one: InterviewUnder) -> Sequence[str]:
    if one.stranded:
        said = "[yellow]needs attention[/]: nothing can make its meeting any more"
    elif one.join_url is None:
        said = "no link yet"
    else:
        said = "keeps its link" if one.in_reach else "keeps its link; at Zoom it is changed no more"
    return one.id, plain(one.subject or "-"), when(one.start, one.minutes, one.zone), one.profile, said
