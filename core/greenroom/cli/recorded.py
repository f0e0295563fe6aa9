"""``recordings``, ``download``, ``transcript``."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from greenroom.cli.feature_options import as_option, end
from greenroom.cli.run import guarded, json_option, run
from greenroom.cli.tables import console, plain, table
from greenroom.engine.feature_outcomes import (
    CueView,
    DownloadOutcome,
    RecordingsOutcome,
    TranscriptsOutcome,
)
from greenroom.errors import BadInput
from greenroom.facade import Greenroom

_interview = click.option("--interview", metavar="ID", help="Only this interview.")
_candidate = click.option("--candidate", metavar="EMAIL", help="Only interviews with this candidate.")


@click.command()
@click.argument("organization")
@_interview
@_candidate
@as_option
@json_option
@guarded
def recordings(organization: str, interview: str | None, candidate: str | None, as_: str | None, as_json: bool) -> None:
    """List what was recorded of ORGANIZATION's interviews. The files are at Zoom; `download` fetches one."""
    found = run(lambda room: room.recordings(organization, interview=interview, candidate=candidate, as_=as_))
    end(found, "greenroom.recordings.v1", _show_recordings, as_json=as_json)


@click.command()
@click.argument("organization")
@click.argument("file")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write it.")
@click.option("--call", is_flag=True, help="FILE is the recording of a phone call, as `calls` lists it.")
@_interview
@as_option
@json_option
@guarded
def download(
    organization: str, file: str, out: Path, call: bool, interview: str | None, as_: str | None, as_json: bool
) -> None:
    """Fetch recorded FILE (an id that `recordings` printed) from Zoom."""
    if out.exists():
        raise BadInput("there is a file already", where=str(out), next="Name another one with --out")
    part = out.with_name(f"{out.name}.part")

    async def fetch(room: Greenroom) -> DownloadOutcome:
        with part.open("wb") as target:

            async def write(piece: bytes) -> None:
                await asyncio.to_thread(target.write, piece)

            if call:
                return await room.download_call(organization, file, write, as_=as_)
            return await room.download(organization, file, write, interview=interview, as_=as_)

    try:
        found = run(fetch)
        if not found.refused:
            part.rename(out)
    finally:
        part.unlink(missing_ok=True)
    end(found, "greenroom.download.v1", lambda one: click.echo(f"{out}: {one.size} bytes"), as_json=as_json)


@click.group()
def transcript() -> None:
    """Read what was said in recorded interviews."""


@transcript.command()
@click.argument("organization")
@click.argument("interview")
@as_option
@json_option
@guarded
def show(organization: str, interview: str, as_: str | None, as_json: bool) -> None:
    """Print the transcript of INTERVIEW."""
    found = run(lambda room: room.transcripts(organization, interview=interview, as_=as_))
    end(found, "greenroom.transcripts.v1", _show_transcripts, as_json=as_json)


@transcript.command()
@click.argument("organization")
@click.argument("words", nargs=-1, required=True)
@_interview
@_candidate
@as_option
@json_option
@guarded
def search(
    organization: str,
    words: tuple[str, ...],
    interview: str | None,
    candidate: str | None,
    as_: str | None,
    as_json: bool,
) -> None:
    """Find where all WORDS were said together, in any order and case."""
    found = run(
        lambda room: room.transcripts(
            organization, interview=interview, candidate=candidate, words=" ".join(words), as_=as_
        )
    )
    end(found, "greenroom.transcripts.v1", _show_transcripts, as_json=as_json)


def _show_recordings(found: RecordingsOutcome) -> None:
    rows = [
        (
            file.id,
            f"{one.started:%a %d %b %Y %H:%M} UTC" if one.started else "-",
            plain(one.subject or "-"),
            plain(file.kind),
            "-" if file.size is None else f"{file.size:,}",
            "ready" if file.ready else "in the making",
            one.interview,
        )
        for one in found.recordings
        for file in one.files
    ]
    columns = ("file", "recorded", "interview", "kind", "bytes", "", "id")
    console().print(table("", columns, rows) if rows else "Nothing was recorded.")


def _show_transcripts(found: TranscriptsOutcome) -> None:
    out = console()
    for one in found.transcripts:
        started = f"{one.started:%a %d %b %Y %H:%M} UTC" if one.started else "time unknown"
        out.print(f"[bold]{plain(one.subject or 'no title')}[/]  {started}  {one.interview}")
        out.print(table("", ("", "", ""), [_cue(cue) for cue in one.cues]))
    if not found.transcripts:
        out.print("Nothing was found.")


def _cue(cue: CueView) -> tuple[str, str, str]:
    minutes, seconds = divmod(int(cue.at), 60)
    return f"{minutes:d}:{seconds:02d}", plain(cue.speaker), plain(cue.text)
