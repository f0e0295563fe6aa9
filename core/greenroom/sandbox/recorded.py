"""What is kept of meetings that were held: recordings, transcripts, summaries, and who may download them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from greenroom.sandbox.ledger import Meeting


@dataclass(frozen=True)
class RecordingFile:
    """One file of a recording; `key` is the last part of its download address."""

    id: str
    key: str
    file_type: str
    extension: str
    recording_type: str
    start: datetime
    end: datetime
    content: bytes


@dataclass(frozen=True)
class Recording:
    """The cloud recording of one session.

    Attributes:
        uuid: the session's UUID.
        minutes: the session's length.
        transcript_due: whether a transcript is still being made.
        trashed: when it was moved to the trash; from there it can be recovered for thirty days.
    """

    uuid: str
    meeting: Meeting
    host_email: str
    start: datetime
    minutes: int
    passcode: str
    share_key: str
    files: tuple[RecordingFile, ...]
    transcript_due: bool
    trashed: datetime | None = None

    @property
    def transcript(self) -> RecordingFile | None:
        """Return the transcript, once it is made."""
        return next((file for file in self.files if file.file_type == "TRANSCRIPT"), None)

    @property
    def size(self) -> int:
        """Return the size of all files, in bytes."""
        return sum(len(file.content) for file in self.files)


@dataclass(frozen=True)
class Summary:
    """What an assistant wrote about a session."""

    uuid: str
    meeting: Meeting
    host_email: str
    start: datetime
    end: datetime
    made: datetime
    overview: str
    next_steps: tuple[str, ...]


@dataclass(frozen=True)
class DownloadPass:
    """A token that opens one recording's files for a while."""

    uuid: str
    until: datetime


class Recordings:
    """Everything kept, by the session's UUID."""

    def __init__(self) -> None:
        self._all: dict[str, Recording] = {}
        self.summaries: dict[str, Summary] = {}
        self.passes: dict[str, DownloadPass] = {}

    def __iter__(self) -> Iterator[Recording]:
        return iter(self._all.values())

    def keep(self, recording: Recording) -> None:
        """Store a new or changed recording."""
        self._all[recording.uuid] = recording

    def drop(self, uuid: str) -> bool:
        """Forget a recording; tell whether there was one."""
        return self._all.pop(uuid, None) is not None

    def get(self, uuid: str) -> Recording | None:
        """Return the recording of a session."""
        return self._all.get(uuid)

    def file(self, key: str) -> tuple[Recording, RecordingFile] | None:
        """Return the file with this download key, and whose it is."""
        return next(((one, file) for one in self for file in one.files if file.key == key), None)

    def add_file(self, uuid: str, file: RecordingFile) -> Recording:
        """Add a file to a recording."""
        recording = self._all[uuid]
        made = file.file_type == "TRANSCRIPT"
        changed = replace(
            recording, files=(*recording.files, file), transcript_due=recording.transcript_due and not made
        )
        self.keep(changed)
        return changed
