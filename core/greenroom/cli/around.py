"""``calendar``, ``calls``, ``timeline``, ``candidate``, ``start``."""

from __future__ import annotations

import json
from datetime import datetime

import click

from greenroom.cli.feature_options import as_option, end
from greenroom.cli.run import guarded, json_option, run
from greenroom.cli.tables import console, plain, table, when
from greenroom.engine.feature_outcomes import (
    CalendarOutcome,
    CallsOutcome,
    CandidateOutcome,
    HostStartOutcome,
    TimelineOutcome,
)
from greenroom.errors import BadInput

_KINDS = {"team_chat": "team chat", "meeting_chat": "meeting chat"}


@click.command()
@click.argument("organization")
@click.option("--since", metavar="T", help="From this instant on (with Z or an offset); now unless given.")
@click.option("--until", metavar="T", help="Until this instant; seven days later unless given.")
@as_option
@json_option
@guarded
def calendar(organization: str, since: str | None, until: str | None, as_: str | None, as_json: bool) -> None:
    """Show the events in the calendar behind the connection, before arranging an interview."""
    begin, stop = _instant(since, "--since"), _instant(until, "--until")
    found = run(lambda room: room.calendar(organization, since=begin, until=stop, as_=as_))
    end(found, "greenroom.calendar.v1", _show_calendar, as_json=as_json)


@click.command()
@click.argument("organization")
@click.argument("candidate")
@as_option
@json_option
@guarded
def calls(organization: str, candidate: str, as_: str | None, as_json: bool) -> None:
    """List the phone calls with CANDIDATE (an e-mail address): when, how long, recorded or not."""
    found = run(lambda room: room.calls(organization, candidate, as_=as_))
    end(found, "greenroom.calls.v1", _show_calls, as_json=as_json)


@click.command()
@click.argument("organization")
@click.option("--candidate", metavar="EMAIL", help="Everything around this candidate.")
@click.option("--interview", metavar="ID", help="Everything around this interview.")
@as_option
@json_option
@guarded
def timeline(organization: str, candidate: str | None, interview: str | None, as_: str | None, as_json: bool) -> None:
    """Show meetings, letters, recordings, calls, chat, notes and notices by time."""
    found = run(lambda room: room.timeline(organization, candidate=candidate, interview=interview, as_=as_))
    end(found, "greenroom.timeline.v1", _show_timeline, as_json=as_json)


@click.command()
@click.argument("organization")
@click.argument("email")
@as_option
@json_option
@guarded
def candidate(organization: str, email: str, as_: str | None, as_json: bool) -> None:
    """Show the record of the candidate with this EMAIL: status, interviews, meeting links."""
    found = run(lambda room: room.candidate(organization, email, as_=as_))
    end(found, "greenroom.candidate.v1", _show_candidate, as_json=as_json)


@click.command()
@click.argument("organization")
@click.argument("interview")
@click.option("--reveal", is_flag=True, help="Print what the Meeting SDK takes, secrets in the clear, once.")
@as_option
@json_option
@guarded
def start(organization: str, interview: str, reveal: bool, as_: str | None, as_json: bool) -> None:
    """Make what the Meeting SDK needs to start INTERVIEW's meeting as its host; nothing of it is kept."""
    found = run(lambda room: room.start_as_host(organization, interview, as_=as_))
    shown = _reveal if reveal else _show_start
    end(found, "greenroom.host_start.v1", shown, as_json=as_json and not reveal)


def _instant(text: str | None, where: str) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadInput(f"{text!r} is no instant", where=where, next="Write one like 2026-11-26T10:00Z")
    return found


def _show_calendar(found: CalendarOutcome) -> None:
    rows = [
        (
            f"{one.start:%a %d %b %H:%M}",
            f"{one.end:%a %d %b %H:%M}",
            plain(one.title or "-"),
            "busy" if one.busy else "free",
            one.interview or "-",
        )
        for one in found.events
    ]
    columns = ("from (UTC)", "until", "event", "", "interview")
    console().print(table("", columns, rows) if rows else "There is nothing in the calendar.")


def _show_calls(found: CallsOutcome) -> None:
    rows = [
        (
            f"{one.at:%a %d %b %Y %H:%M}",
            one.direction,
            plain(one.who),
            plain(one.result),
            f"{one.seconds // 60}:{one.seconds % 60:02d}",
            one.recording or "-",
        )
        for one in found.calls
    ]
    columns = ("at (UTC)", "", "with", "result", "talked", "recording")
    console().print(table("", columns, rows) if rows else "There are no calls with this candidate.")


def _show_timeline(found: TimelineOutcome) -> None:
    rows = [
        (f"{one.at:%a %d %b %Y %H:%M}", _KINDS.get(one.kind, one.kind), plain(one.who), plain(one.text))
        for one in found.entries
    ]
    console().print(table(plain(found.candidate), ("at (UTC)", "what", "who", ""), rows))


def _show_candidate(found: CandidateOutcome) -> None:
    out = console()
    out.print(
        f"[bold]{plain(found.name or found.email)}[/]  {plain(found.email)}  {plain(found.status or 'no status')}"
    )
    rows = [
        (
            one.id,
            plain(one.subject or "-"),
            when(one.start, one.minutes, one.zone),
            one.state,
            plain(one.host or "-"),
            plain(one.join_url or "-"),
        )
        for one in found.interviews
    ]
    out.print(table("", ("interview", "title", "time", "state", "host", "link"), rows))


def _show_start(found: HostStartOutcome) -> None:
    until = f"{found.key_expires_at:%H:%M:%S} UTC" if found.key_expires_at else "-"
    click.echo(
        f"meeting {found.meeting}: signature and access key were made for {found.user_name}, good until {until}."
    )
    click.echo("They are shown to the page that starts the meeting only: --reveal prints them once.")


def _reveal(found: HostStartOutcome) -> None:
    click.echo(json.dumps(found.reveal(), indent=2))
