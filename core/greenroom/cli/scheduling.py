"""``schedule``, ``preview``, ``edit``, ``send``, ``reschedule``, ``place``, ``confirm``, ``cancel``, ``retry``."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from pydantic import JsonValue, TypeAdapter

from greenroom.cli.run import guarded, interviews_code, json_option, run, show_json
from greenroom.cli.tables import clauses, console, plain, table, ways, when
from greenroom.documents import read_document
from greenroom.engine.outcomes import InterviewOutcome, LetterView, PanelOutcome
from greenroom.model import GivenLink

_PANEL: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])

_FATES = {
    "made": "[green]link made[/]",
    "link": "[green]given link[/]",
    "planned": "[cyan]would make[/]",
    "not_yet": "[yellow]not yet[/]",
    "none": "no Zoom",
    "refused": "[red]refused[/]",
    "failed": "[red]failed[/]",
    "unclear": "[red]unclear[/]",
}


@click.command()
@click.argument("organization")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "as_", metavar="EMAIL", help="Who schedules, instead of the file's scheduler.")
@click.option("--dry-run", is_flag=True, help="Say what would be created, under whom, seen by whom; write nothing.")
@json_option
@guarded
def schedule(organization: str, file: Path, as_: str | None, dry_run: bool, as_json: bool) -> None:
    """Schedule the panel in FILE for ORGANIZATION.

    \b
    FILE is YAML:
      scheduler: rita@example.com
      candidate: {name: Cam Diaz, email: cam@example.com, time_zone: Europe/Berlin}
      stage: Onsite                          # interview stage or event type, if the product has such
      interviews:
        - title: System design
          start: +3d 09:00                   # or 2026-11-26 10:00, or an instant with Z or an offset
          duration_minutes: 45               # or end: 2026-11-26 10:45
          time_zone: Europe/Berlin           # else the candidate's
          interviewers: [{name: Ana, email: ana@example.com}]
          place: {zoom: true, room: Lagoon}  # or manual: {url: …, meeting_id: …, password: …}
          confirmed: false                   # the time is proposed only; `greenroom confirm` agrees it
    """
    panel = _read(file)
    outcome = run(lambda greenroom: greenroom.schedule(organization, panel, as_=as_, dry_run=dry_run, file=str(file)))
    if as_json:
        show_json("greenroom.panel.v1", outcome)
    else:
        _show_panel(outcome)
    sys.exit(interviews_code(outcome.interviews))


@click.command()
@click.argument("id")
@json_option
@guarded
def preview(id: str, as_json: bool) -> None:
    """Show the letters of interview or panel ID exactly as `send` would send them."""
    letters = run(lambda greenroom: greenroom.preview(id))
    _show_letters(letters, as_json=as_json, with_text=True)


@click.command()
@click.argument("letter")
@click.option("--subject", help="The new subject line.")
@click.option("--body", help="The new text, or - to read it from standard input.")
@json_option
@guarded
def edit(letter: str, subject: str | None, body: str | None, as_json: bool) -> None:
    """Rewrite LETTER (an id that `preview` printed) before it is sent."""
    text = sys.stdin.read() if body == "-" else body
    edited = run(lambda greenroom: greenroom.edit(letter, subject=subject, body=text))
    _show_letters((edited,), as_json=as_json, with_text=True)


@click.command()
@click.argument("id")
@json_option
@guarded
def send(id: str, as_json: bool) -> None:
    """Send the waiting letters of interview or panel ID."""
    letters = run(lambda greenroom: greenroom.send(id))
    _show_letters(letters, as_json=as_json, with_text=False)


@click.command()
@click.argument("interview")
@click.option("--start", required=True, metavar="T", help="Wall time in the interview's zone, or an instant.")
@click.option("--duration", type=click.IntRange(1, 24 * 60), metavar="MIN", help="New length in minutes.")
@json_option
@guarded
def reschedule(interview: str, start: str, duration: int | None, as_json: bool) -> None:
    """Move INTERVIEW: its link stays, and whoever was told is told."""
    _end(run(lambda greenroom: greenroom.reschedule(interview, start, minutes=duration)), as_json=as_json)


@click.command()
@click.argument("interview")
@click.option("--zoom/--no-zoom", default=None, help="Add a Zoom link, or take the link out.")
@click.option("--link", metavar="URL", help="State this link instead, typed or copied from another interview.")
@click.option("--meeting-id", metavar="ID", help="With --link: the meeting's id, as typed.")
@click.option("--password", metavar="TEXT", help="With --link: the meeting's password, as typed.")
@click.option("--room", metavar="NAME", help="A room beside the link; '' for none.")
@click.option("--host", metavar="EMAIL", help="Who is to host, where the profile lets people choose.")
@json_option
@guarded
def place(
    interview: str,
    zoom: bool | None,
    link: str | None,
    meeting_id: str | None,
    password: str | None,
    room: str | None,
    host: str | None,
    as_json: bool,
) -> None:
    """Hold INTERVIEW elsewhere: with a Zoom link or without, in a room or none; what is not named stays."""
    given = GivenLink(url=link, meeting_id=meeting_id, password=password) if link is not None else None
    outcome = run(lambda greenroom: greenroom.place(interview, zoom=zoom, link=given, room=room, host=host))
    _end(outcome, as_json=as_json)


@click.command()
@click.argument("interview")
@json_option
@guarded
def confirm(interview: str, as_json: bool) -> None:
    """Agree the time of INTERVIEW, which the panel left unconfirmed."""
    _end(run(lambda greenroom: greenroom.confirm(interview)), as_json=as_json)


@click.command()
@click.argument("interview")
@json_option
@guarded
def cancel(interview: str, as_json: bool) -> None:
    """Cancel INTERVIEW: its meeting goes, and whoever was told is told."""
    _end(run(lambda greenroom: greenroom.cancel(interview)), as_json=as_json, fate="cancelled")


@click.command()
@click.argument("interview")
@json_option
@guarded
def retry(interview: str, as_json: bool) -> None:
    """Take INTERVIEW up again: settle what is open by looking at Zoom, then go on from the facts."""
    _end(run(lambda greenroom: greenroom.retry(interview)), as_json=as_json)


def _read(file: Path) -> dict[str, JsonValue]:
    return _PANEL.validate_python(dict(read_document(file)))


def _end(outcome: InterviewOutcome, *, as_json: bool, fate: str | None = None) -> None:
    if as_json:
        show_json("greenroom.interview.v1", outcome)
    else:
        _show_interview(outcome, fate)
    sys.exit(interviews_code((outcome,)))


def _show_panel(outcome: PanelOutcome) -> None:
    for one in outcome.interviews:
        _show_interview(one, None)
    if outcome.dry_run:
        console().print("Dry run: nothing was written and no meeting was made.")
    else:
        console().print(f"panel {outcome.panel}   next: greenroom preview {outcome.panel}")


def _show_interview(one: InterviewOutcome, fate: str | None) -> None:
    out = console()
    out.print(f"[bold]{plain(one.subject or 'no title yet')}[/]  {when(one.start, one.minutes, one.zone)}  {one.id}")
    label = f"[green]{fate}[/]" if fate and one.kind in {"made", "none", "link"} else _FATES[one.kind]
    out.print(f"   {label} {plain(one.message)} {plain(clauses(one.because))}")
    _show_way_here(one)
    for person in one.considered:
        reason = f"{person.verdict}: {person.because.fact} [{person.because.clause}]"
        out.print(f"      {plain(person.who)} {plain(reason)}")
    if one.meeting is not None:
        click.echo(f"   {one.meeting.join_url}")
    for audience, details in one.shows:
        out.print(f"   {audience} would see: {', '.join(details) or 'no meeting details'}")
    if one.asked:
        out.print(f"   asked of Zoom: {', '.join(one.asked)}")
    for warning in one.warnings:
        out.print(f"   [yellow]note[/] {plain(warning)}")
    for default in one.defaults:
        out.print(f"   by default, as the document is silent: {plain(default)}")
    for deviation in one.deviating:
        out.print(f"   [yellow]deviating[/] {plain(deviation)}")
    for letter in one.letters:
        link = "with the link" if letter.shows_link else "without a link"
        out.print(f"   {letter.state}: {letter.audience} by {letter.channel}, {link}: {', '.join(letter.recipients)}")
    if one.ways_on:
        out.print(f"   next: {plain(ways(one.ways_on))}")


def _show_way_here(one: InterviewOutcome) -> None:
    out = console()
    for number, sentence in enumerate(one.happened):
        out.print(f"   {'[yellow]before[/]' if number == 0 else '      '} {plain(sentence)}")
    if one.not_before is not None:
        out.print(f"   not before {one.not_before:%a %d %b %H:%M} UTC; then: greenroom retry {one.id}")
    if one.host is not None:
        word = "chosen host" if one.kind in {"failed", "unclear"} else "host"
        out.print(f"   {word} {plain(one.host)} through the {one.via} connection")


def _show_letters(letters: tuple[LetterView, ...], *, as_json: bool, with_text: bool) -> None:
    if as_json:
        show_json("greenroom.letters.v1", letters)
        return
    out = console()
    rows = [
        (
            one.id,
            one.audience,
            one.channel,
            plain(", ".join(one.recipients)),
            plain(one.subject),
            "yes" if one.shows_link else "no",
            one.state,
        )
        for one in letters
    ]
    out.print(table("", ("letter", "audience", "by", "to", "subject", "link", "state"), rows))
    for one in letters if with_text else ():
        out.print(f"[bold]{one.audience}: {plain(one.subject)}[/]")
        click.echo(one.text)
