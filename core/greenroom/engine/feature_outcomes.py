"""What the features beside scheduling return: plain values a face can print, draw or send as JSON."""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import AwareDatetime, Field, SecretStr

from greenroom.engine.outcomes import WayOn
from greenroom.engine.standing import Standing
from greenroom.engine.ways import ways_on
from greenroom.engine.words import text_of
from greenroom.model import Because, Refusal, Value


class FeatureOutcome(Value):
    """What came of using a feature: done, or the refusal in the product's words with what is left to do.

    ``warnings``: what could not be brought up to date and why; what is shown stands all the same.
    """

    organization: str
    kind: Literal["done", "refusal"] = "done"
    message: str = ""
    code: str | None = None
    ways_on: tuple[WayOn, ...] = ()
    because: tuple[Because, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the profile said no."""
        return self.kind == "refusal"


F = TypeVar("F", bound=FeatureOutcome)


def refused(outcome: type[F], standing: Standing, refusal: Refusal, **more: object) -> F:
    """Return a refusal as the outcome of this feature."""
    return outcome.model_validate(
        {
            "organization": standing.record.name,
            "kind": "refusal",
            "message": text_of(standing.profile, refusal.say),
            "code": refusal.code,
            "ways_on": ways_on(standing.profile, refusal.next),
            "because": refusal.because,
            **more,
        }
    )


class EventView(Value):
    """An event of a calendar; ``interview`` is the interview it was written for, if it is one of ours."""

    title: str
    start: AwareDatetime
    end: AwareDatetime
    busy: bool
    calendar: str
    interview: str | None = None


class CalendarOutcome(FeatureOutcome):
    """The events of the calendars behind the connection, by start."""

    events: tuple[EventView, ...] = ()


class RecordingFileView(Value):
    """One file of a recording; ``id`` is what downloads it, ``size`` is in bytes."""

    id: str
    kind: str
    shows: str = ""
    size: int | None = None
    ready: bool


class RecordingView(Value):
    """What was recorded of one time a meeting was held; the files are at Zoom."""

    interview: str
    subject: str | None
    meeting: str
    started: AwareDatetime | None
    minutes: int | None
    files: tuple[RecordingFileView, ...]


class RecordingsOutcome(FeatureOutcome):
    """Recordings, latest first."""

    recordings: tuple[RecordingView, ...] = ()


class DownloadOutcome(FeatureOutcome):
    """A file that was downloaded: how many bytes."""

    file: str
    size: int = 0


class CueView(Value):
    """Something said in a meeting: by whom, and so many seconds after its recording began."""

    at: float
    speaker: str
    text: str


class TranscriptView(Value):
    """What was said in one recorded meeting, or what of it was found."""

    interview: str
    subject: str | None
    file: str
    started: AwareDatetime | None
    cues: tuple[CueView, ...]


class TranscriptsOutcome(FeatureOutcome):
    """Transcripts, latest first."""

    transcripts: tuple[TranscriptView, ...] = ()


class CallView(Value):
    """A phone call with a candidate. ``recording``: what downloads its recording, if there is one."""

    candidate: str
    at: AwareDatetime
    direction: Literal["inbound", "outbound"]
    who: str
    seconds: int
    result: str
    recording: str | None = None


class CallsOutcome(FeatureOutcome):
    """Phone calls, latest first."""

    calls: tuple[CallView, ...] = ()


EntryKind = Literal[
    "interview", "meeting", "letter", "notice", "recording", "call", "team_chat", "meeting_chat", "note", "status"
]


class EntryView(Value):
    """One line of a timeline: when, what, who, and what it says."""

    at: AwareDatetime
    kind: EntryKind
    interview: str | None = None
    who: str = ""
    text: str = ""


class TimelineOutcome(FeatureOutcome):
    """Everything around a candidate, or around one interview, by time. ``warnings`` name what is not up to date."""

    candidate: str = ""
    entries: tuple[EntryView, ...] = ()


class CandidateInterviewView(Value):
    """An interview in a candidate's record; without the permission for meeting details its link stays empty."""

    id: str
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    state: str
    join_url: str | None = None
    host: str | None = None
    topic: str = ""


class CandidateOutcome(FeatureOutcome):
    """A candidate's record."""

    email: str = ""
    name: str = ""
    status: str = ""
    interviews: tuple[CandidateInterviewView, ...] = ()


class HostStartOutcome(FeatureOutcome):
    """What the Meeting SDK takes to start a meeting as its host, made for one use and kept nowhere.

    ``signature`` and ``access_key`` stay hidden in whatever is printed or dumped; `reveal` hands them to the page
    that starts the meeting, and to nobody else. The access key is good until ``key_expires_at``.
    """

    meeting: str = ""
    client_id: str = ""
    user_name: str = ""
    passcode: SecretStr | None = Field(default=None, repr=False)
    signature: SecretStr | None = Field(default=None, repr=False)
    access_key: SecretStr | None = Field(default=None, repr=False)
    key_expires_at: AwareDatetime | None = None

    def reveal(self) -> dict[str, str]:
        """Return what the Meeting SDK's ``join`` takes, secrets in the clear; empty when it was refused."""
        if self.signature is None or self.access_key is None:
            return {}
        return {
            "signature": self.signature.get_secret_value(),
            "appKey": self.client_id,
            "sdkKey": self.client_id,
            "meetingNumber": self.meeting,
            "passWord": self.passcode.get_secret_value() if self.passcode is not None else "",
            "userName": self.user_name,
            "zak": self.access_key.get_secret_value(),
        }


class AppSessionOutcome(FeatureOutcome):
    """Our app opened inside a meeting: ``session`` is the secret that every call from the page carries."""

    session: SecretStr | None = Field(default=None, repr=False)
    expires_at: AwareDatetime | None = None


class NoteView(Value):
    """A note on a candidate."""

    at: AwareDatetime
    who: str
    text: str


class InMeetingOutcome(FeatureOutcome):
    """What our app shows inside a meeting: the candidate, their history, notes, status."""

    interview: str = ""
    subject: str | None = None
    candidate: CandidateOutcome | None = None
    history: tuple[EntryView, ...] = ()
    notes: tuple[NoteView, ...] = ()
