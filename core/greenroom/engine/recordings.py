"""Recordings and transcripts of interviews: found and read at Zoom, where they stay."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from greenroom.engine.deployment import Deployment
from greenroom.engine.feature_outcomes import (
    DownloadOutcome,
    RecordingFileView,
    RecordingsOutcome,
    RecordingView,
    TranscriptsOutcome,
    TranscriptView,
    refused,
)
from greenroom.engine.features import Allowed, Features
from greenroom.engine.held import Held, held, interviews_about
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import Access, Recording, RecordingFile
from greenroom.engine.standing import Standing
from greenroom.engine.transcripts import cues_of, found_in
from greenroom.errors import BadInput, NotFound
from greenroom.model import Connection, Refusal
from greenroom.profiles.manifest import FeatureName

Write = Callable[[bytes], Awaitable[None]]
V = TypeVar("V", RecordingView, TranscriptView)

AROUND = timedelta(days=1)
"""A day more on both sides: Zoom counts days in UTC, and a meeting may be held early."""

LARGEST_TEXT = 20 * 1024 * 1024
"""Bytes of a transcript or chat that are read into memory."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """A recording of an interview's meeting, and the way it was found through."""

    held: Held
    recording: Recording
    allowed: Allowed


class Recordings:
    """The use cases behind `recordings`, `download`, `transcripts`."""

    def __init__(self, deployment: Deployment, features: Features) -> None:
        self._deployment = deployment
        self._features = features

    async def list(
        self, standing: Standing, *, interview: str | None = None, candidate: str | None = None
    ) -> RecordingsOutcome:
        """Return what was recorded of an interview, of a candidate's interviews, or of all."""
        found = await self.walk(standing, "recordings", interview, candidate)
        if isinstance(found, Refusal):
            return refused(RecordingsOutcome, standing, found)
        views = tuple(_view(one) for one in found)
        return RecordingsOutcome(organization=standing.record.name, recordings=_latest_first(views))

    async def download(
        self, standing: Standing, file: str, write: Write, *, interview: str | None = None
    ) -> DownloadOutcome:
        """Stream one file to ``write``. Raises `NotFound` when no recording has such a file, `ZoomUnavailable` when it
        broke off: what was written then is not the whole."""
        found = await self.walk(standing, "recordings", interview, None)
        if isinstance(found, Refusal):
            return refused(DownloadOutcome, standing, found, file=file)
        for one in found:
            for entry in one.recording.files:
                if entry.id == file:
                    size = await self._stream(one.allowed, entry, write)
                    return DownloadOutcome(organization=standing.record.name, file=file, size=size)
        raise NotFound(f"no recorded file {file!r}", next="`greenroom recordings ORG` lists them")

    async def transcripts(
        self, standing: Standing, *, interview: str | None = None, candidate: str | None = None, words: str = ""
    ) -> TranscriptsOutcome:
        """Return transcripts, or with ``words`` only the cues in which all of them stand."""
        found = await self.walk(standing, "transcripts", interview, candidate)
        if isinstance(found, Refusal):
            return refused(TranscriptsOutcome, standing, found)
        views, warnings = [], []
        for one in found:
            for entry in one.recording.files:
                if entry.kind == "TRANSCRIPT" and entry.complete:
                    view = await self._transcript(one, entry, words)
                    views.extend([view] if view is not None and (view.cues or not words) else [])
                    warnings.extend([] if view is not None else [f"transcript {entry.id} cannot be read"])
        return TranscriptsOutcome(
            organization=standing.record.name, transcripts=_latest_first(tuple(views)), warnings=tuple(warnings)
        )

    async def walk(
        self, standing: Standing, feature: FeatureName, interview: str | None, candidate: str | None
    ) -> tuple[Found, ...] | Refusal:
        """Walk the recordings of the meetings meant, through each connection they were made through.

        Through one that does not let us, nothing is found; only when none does, its refusal is the answer.
        """

        def read(tx: Transaction) -> tuple[Held, ...]:
            records = interviews_about(tx, standing.record.id, interview=interview, candidate=candidate)
            return held(tx, records)

        subjects = await self._deployment.store.read(read)
        if not subjects:
            nothing = await self._features.use(standing, feature, _nothing, interview=interview)
            return nothing if isinstance(nothing, Refusal) else ()
        found: list[Found] = []
        refusals: list[Refusal] = []
        for through, group in _by_connection(standing, subjects):
            work = self._asking(group)
            answer = await self._features.use(standing, feature, work, through=through, interview=interview)
            if isinstance(answer, Refusal):
                refusals.append(answer)
            else:
                found.extend(answer)
        return refusals[0] if refusals and not found else tuple(found)

    def _asking(self, group: Sequence[Held]) -> Callable[[Allowed], Awaitable[tuple[Found, ...]]]:
        since, until = self._days(group)
        meetings = {one.meeting.meeting.id: one for one in group}

        async def walk(allowed: Allowed) -> tuple[Found, ...]:
            user = allowed.user if allowed.user == "me" else group[0].meeting.meeting.host.id

            async def ask(access: Access) -> tuple[Recording, ...]:
                zoom = self._deployment.zoom
                return tuple([one async for one in zoom.recordings(access, user, since=since, until=until)])

            recordings = await allowed.call(ask)
            return tuple(
                Found(meetings[one.meeting_id], one, allowed) for one in recordings if one.meeting_id in meetings
            )

        return walk

    def _days(self, group: Sequence[Held]) -> tuple[date, date]:
        known = [self._deployment.clock.now(), *(one.record.created_at for one in group)]
        known += [one.record.interview.start for one in group if one.record.interview.start is not None]
        return (min(known) - AROUND).date(), (max(known) + AROUND).date()

    async def _stream(self, allowed: Allowed, file: RecordingFile, write: Write) -> int:
        if not file.complete:
            raise BadInput("Zoom still works on this file", where=file.id, next="Try again later")
        zoom = self._deployment.zoom
        return await allowed.call(lambda access: zoom.download(access, file.download_url, write))

    async def content(self, found: Found, file: RecordingFile) -> bytes:
        """Return a file of text. Raises `BadInput` for one that is too large to be that."""
        pieces = bytearray()

        async def write(piece: bytes) -> None:
            if len(pieces) + len(piece) > LARGEST_TEXT:
                raise BadInput("the file is too large to be read", where=file.id, next="Download it instead")
            pieces.extend(piece)

        await self._stream(found.allowed, file, write)
        return bytes(pieces)

    async def _transcript(self, found: Found, file: RecordingFile, words: str) -> TranscriptView | None:
        try:
            cues = cues_of(await self.content(found, file))
        except ValueError:
            log.warning("transcript %s is no WebVTT", file.id)
            return None
        return TranscriptView(
            interview=found.held.record.id,
            subject=found.held.record.interview.subject,
            file=file.id,
            started=found.recording.start,
            cues=found_in(cues, words) if words else cues,
        )


async def _nothing(_: Allowed) -> None:
    """Ask for nothing: there are no meetings to look for."""


def _by_connection(standing: Standing, subjects: Sequence[Held]) -> list[tuple[Connection, list[Held]]]:
    """Return the meetings of each connection and host, with the connection as it is now."""

    def key(one: Held) -> tuple[str, str]:
        return one.meeting.connection_id, one.meeting.meeting.host.id

    groups = [list(group) for _, group in groupby(sorted(subjects, key=key), key=key)]
    return [(as_now(standing, group[0].meeting.meeting.via), group) for group in groups]


def as_now(standing: Standing, via: Connection) -> Connection:
    """Return a connection as it is now: its phase and scopes may have changed since."""
    row = standing.stored_as(via)
    return via if row is None else standing.seen(row)


def _view(found: Found) -> RecordingView:
    return RecordingView(
        interview=found.held.record.id,
        subject=found.held.record.interview.subject,
        meeting=found.recording.meeting_id,
        started=found.recording.start,
        minutes=found.recording.minutes,
        files=tuple(
            RecordingFileView(id=file.id, kind=file.kind, shows=file.shows, size=file.size, ready=file.complete)
            for file in found.recording.files
        ),
    )


def _latest_first(views: tuple[V, ...]) -> tuple[V, ...]:
    return tuple(sorted(views, key=lambda one: one.started.timestamp() if one.started else 0.0, reverse=True))
