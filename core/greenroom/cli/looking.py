"""``explain``, ``status``, ``doctor``, ``keys``."""

from __future__ import annotations

import asyncio
import sys

import click

from greenroom.cli.run import DONE, FAULT, guarded, json_option, run, show_json, switches
from greenroom.cli.schemas import Finding, KeyView
from greenroom.cli.tables import console, dot, plain, table, when
from greenroom.configuration import Configuration, read_configuration
from greenroom.engine.outcomes import CreationView, DecisionView, Explanation, StatusView, WaitingView
from greenroom.errors import GreenroomError
from greenroom.facade import Greenroom
from greenroom.profiles import Registry

FEW_CHANGES = 20
"""A host with no more changes left today than this is shown in the status; Zoom takes a hundred."""

_CREATIONS = {
    "committed": "is being made",
    "done": "[green]was made[/]",
    "failed": "[red]was not made[/]",
    "unclear": "[yellow]may have been made[/]",
}


@click.command()
@click.argument("interview")
@json_option
@guarded
def explain(interview: str, as_json: bool) -> None:
    """Say why INTERVIEW is as it is: each decision, its clauses, and the facts it saw."""
    found = run(lambda greenroom: greenroom.explain(interview))
    if as_json:
        show_json("greenroom.explanation.v1", found)
        return
    _show_explanation(found)


@click.command()
@click.argument("organization", required=False)
@json_option
@guarded
def status(organization: str | None, as_json: bool) -> None:
    """Show connections, interviews and notices of ORGANIZATION, or of all."""

    async def gather(greenroom: Greenroom) -> tuple[StatusView, ...]:
        names = [organization] if organization else [one.name for one in await greenroom.organizations()]
        return tuple([await greenroom.status(name) for name in names])

    found = run(gather)
    if as_json:
        show_json("greenroom.status.v1", found)
        return
    for one in found:
        _show_status(one)


@click.command()
@json_option
@guarded
def doctor(as_json: bool) -> None:
    """Check configuration, keys, database, Zoom apps and plugins, and say what to do."""
    findings = (*_deployment_findings(), *_plugin_findings())
    if as_json:
        show_json("greenroom.doctor.v1", findings)
    else:
        rows = [
            ("[green]ok[/]" if one.ok else "[red]no[/]", plain(one.name), plain(one.detail), plain(one.next))
            for one in findings
        ]
        console().print(table("", ("", "what", "found", "what to do"), rows))
    sys.exit(DONE if all(one.ok for one in findings) else FAULT)


@click.command()
@json_option
def keys(as_json: bool) -> None:
    """Print a fresh sealing key. Put it into GREENROOM_KEYS, first; keep older ones behind it."""
    from greenroom.store import Keyring  # loads cryptography

    made = KeyView(keys=Keyring.generate())
    if as_json:
        show_json("greenroom.keys.v1", made)
    else:
        click.echo(made.keys)


def _deployment_findings() -> tuple[Finding, ...]:
    try:
        configuration = read_configuration()
    except GreenroomError as error:
        return (Finding(name="configuration", ok=False, detail=error.what, next=f"{error.where}: {error.next}"),)
    return (
        Finding(name="configuration", ok=True, detail="read"),
        _database(configuration),
        *_apps(configuration),
    )


def _database(configuration: Configuration) -> Finding:
    async def open_it() -> int:
        async with Greenroom(configuration, switches=switches()) as greenroom:
            return len(await greenroom.organizations())

    shown = configuration.database_url.rpartition("@")[2]
    try:
        count = asyncio.run(open_it())
    except GreenroomError as error:
        return Finding(name="database and keys", ok=False, detail=error.what, next=error.next)
    return Finding(name="database and keys", ok=True, detail=f"{shown}: {count} organization(s)")


def _apps(configuration: Configuration) -> tuple[Finding, ...]:
    apps = configuration.apps()
    if not apps:
        what = "Set GREENROOM_ZOOM_APPS__<NAME>__CLIENT_ID, …__CLIENT_SECRET and …__KIND, or try `greenroom demo`"
        return (Finding(name="Zoom apps", ok=False, detail="none configured", next=what),)
    return tuple(
        Finding(name=f"Zoom app {app.name}", ok=True, detail=f"{app.kind}-managed at {app.host}, {app.redirect_uri}")
        for app in apps.values()
    )


def _plugin_findings() -> tuple[Finding, ...]:
    return tuple(
        Finding(
            name=f"profile {one.name}",
            ok=one.status in {"loaded", "available", "blocked"},
            detail=f"{one.distribution} {one.version}: {one.status}" + (f", {one.detail}" if one.detail else ""),
            next="" if one.status in {"loaded", "available"} else "greenroom profiles check shows the traceback",
        )
        for one in Registry.discover(switches()).check_all()
    )


def _show_explanation(found: Explanation) -> None:
    out = console()
    one = found.interview
    out.print(f"[bold]{plain(one.subject or 'no title yet')}[/]  {when(one.start, one.minutes, one.zone)}")
    out.print(f"{plain(found.organization)}, {one.state}, stage {one.stage}, host {plain(one.host or 'none')}")
    timeline: list[DecisionView | CreationView] = [*found.decisions, *found.creations]
    for told in sorted(timeline, key=lambda one: one.at):
        if isinstance(told, DecisionView):
            _show_decision(told)
        else:
            _show_creation(told)


def _show_decision(decision: DecisionView) -> None:
    out = console()
    amended = f" [yellow]deviating: {plain('; '.join(decision.deviating))}[/]" if decision.deviating else ""
    out.print(f"\n[bold]{decision.question}[/] → {decision.kind}  ({decision.profile}, {decision.version}){amended}")
    if decision.message:
        out.print(f"   “{plain(decision.message)}”")
    for warning in decision.warnings:
        out.print(f"   [yellow]note[/] {plain(warning)}")
    for person in decision.considered:
        out.print(f"   {plain(f'{person.who} {person.verdict}: {person.because.fact} [{person.because.clause}]')}")
    for reason in decision.reasons:
        about = " ".join(part for part in (reason.about, reason.fact) if part)
        note = f" ({about})" if about else ""
        out.print(f"   {plain(f'[{reason.clause}] {reason.basis}: {reason.says}{note}')}")


def _show_creation(creation: CreationView) -> None:
    reason = f": {creation.reason}" if creation.reason else ""
    fate = _CREATIONS[creation.state]
    console().print(f"\n[bold]at Zoom[/] → a meeting hosted by {plain(creation.host)} {fate}{plain(reason)}")


def _awaited(one: WaitingView) -> str:
    """Say who is awaited from Zoom's pages, or that nobody came back."""
    began = f"{one.started_by} began to connect ({one.level_label}) at {one.since:%a %d %b %H:%M} UTC"
    if one.path == "shared":
        began = f"{one.started_by} gave out a link to connect ({one.level_label}) at {one.since:%a %d %b %H:%M} UTC"
    if one.over:
        return f"{began}; nobody came back from Zoom in time: begin again"
    until = f"until {one.until:%H:%M} UTC" if one.until is not None else "until somebody connects, or it is closed"
    return f"{began}; awaited {until}"


def _show_status(one: StatusView) -> None:
    out = console()
    head = one.organization
    out.print(f"[bold]{plain(head.name)}[/]  {head.profile}@{head.edition} ({plain(head.product)})")
    for deviation in head.deviating:
        out.print(f"   [yellow]deviating[/] {plain(deviation)}")
    if head.silent:
        out.print(f"   its document is silent on {', '.join(head.silent)}: core's defaults apply")
    out.print(
        table(
            "",
            ("level", "whose", "phase", "Zoom user"),
            [
                (plain(row.level_label), plain(row.owner), dot(row.label, row.colour), plain(row.zoom_user or "-"))
                for row in one.connections
            ],
        )
    )
    for awaited in one.waiting:
        out.print(f"   {plain(_awaited(awaited))}")
    if one.interviews:
        rows = [
            (
                row.id,
                plain(row.subject or "-"),
                when(row.start, row.minutes, row.zone),
                "unclear" if row.unclear else row.state,
                plain(row.host or "-"),
                plain(row.join_url or "-"),
                plain(f"{row.room}{'' if row.room_booked else ' (not booked yet)'}" if row.room else "-"),
                str(row.letters_sent),
            )
            for row in one.interviews
        ]
        out.print(table("", ("interview", "title", "time", "state", "host", "link", "room", "sent"), rows))
    for row in one.interviews:
        if row.attention:
            out.print(f"   [yellow]needs attention[/] {row.id}: {plain(row.attention)}")
    for day in one.host_days:
        if day.remaining <= FEW_CHANGES:
            left = f"{day.remaining} changes" if day.remaining else "[red]no changes[/]"
            out.print(f"   {plain(day.host)}: {left} of meetings left until {day.resets_at:%a %d %b %H:%M} UTC")
    for notice in one.notices:
        out.print(f"   notice to {plain(notice.to)}: {plain(notice.text)}")
