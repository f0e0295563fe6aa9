"""The verbs beside scheduling: calendar, recordings, calls, timeline, starting as host, the in-meeting app.

Each asks the profile first whether the acting member may; a refusal is an outcome, in the product's words.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import SecretStr

from greenroom.engine.calendars import Calendars
from greenroom.engine.candidates import Candidates
from greenroom.engine.conversations import Conversations
from greenroom.engine.deployment import Deployment
from greenroom.engine.feature_outcomes import (
    AppSessionOutcome,
    CalendarOutcome,
    CallsOutcome,
    CandidateOutcome,
    DownloadOutcome,
    HostStartOutcome,
    InMeetingOutcome,
    RecordingsOutcome,
    TimelineOutcome,
    TranscriptsOutcome,
    refused,
)
from greenroom.engine.features import Features
from greenroom.engine.grants import Grants
from greenroom.engine.host_start import HostStart
from greenroom.engine.in_meeting import InMeeting
from greenroom.engine.recordings import Recordings, Write
from greenroom.engine.standing import Standing
from greenroom.engine.timeline import Timeline
from greenroom.errors import BadInput
from greenroom.model import Refusal, Span

CALENDAR_LOOKS_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class FeatureDesk:
    """The use cases behind the verbs."""

    calendars: Calendars
    recordings: Recordings
    conversations: Conversations
    timeline: Timeline
    candidates: Candidates
    host_start: HostStart
    in_meeting: InMeeting


def feature_desk(deployment: Deployment, features: Features, calendars: Calendars, grants: Grants) -> FeatureDesk:
    """Return the use cases, wired."""
    recordings = Recordings(deployment, features)
    conversations = Conversations(deployment, features, recordings)
    timeline = Timeline(deployment, features, conversations, recordings)
    candidates = Candidates(deployment, features, timeline)
    return FeatureDesk(
        calendars=calendars,
        recordings=recordings,
        conversations=conversations,
        timeline=timeline,
        candidates=candidates,
        host_start=HostStart(deployment, features),
        in_meeting=InMeeting(deployment, features, grants, timeline, candidates),
    )


class FeatureVerbs:
    """The verbs of `greenroom.Greenroom` beside scheduling."""

    _deployment: Deployment
    _desk: FeatureDesk

    @abstractmethod
    async def _standing(self, organization: str, as_: str | None) -> Standing: ...

    async def calendar(
        self,
        organization: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        as_: str | None = None,
    ) -> CalendarOutcome:
        """Return the events in the calendars behind the acting member's connection: the next seven days unless said
        otherwise. Raises `BadInput` for times without a zone or the wrong way round."""
        begin = since or self._deployment.clock.now()
        end = until or begin + CALENDAR_LOOKS_AHEAD
        if begin.tzinfo is None or end.tzinfo is None or end <= begin:
            raise BadInput("the time to look at has no zone or ends before it begins", next="Give two aware datetimes")
        return await self._desk.calendars.view(await self._standing(organization, as_), Span(start=begin, end=end))

    async def recordings(
        self, organization: str, *, interview: str | None = None, candidate: str | None = None, as_: str | None = None
    ) -> RecordingsOutcome:
        """Return what was recorded of an interview, of a candidate's interviews, or of all; the files are at Zoom."""
        standing = await self._standing(organization, as_)
        return await self._desk.recordings.list(standing, interview=interview, candidate=candidate)

    async def download(
        self, organization: str, file: str, write: Write, *, interview: str | None = None, as_: str | None = None
    ) -> DownloadOutcome:
        """Stream a recorded file to ``write``, piece by piece. Raises `NotFound` when there is none of this id, and
        `ZoomUnavailable` when it broke off: what was written then is not the whole."""
        standing = await self._standing(organization, as_)
        return await self._desk.recordings.download(standing, file, write, interview=interview)

    async def transcripts(
        self,
        organization: str,
        *,
        interview: str | None = None,
        candidate: str | None = None,
        words: str = "",
        as_: str | None = None,
    ) -> TranscriptsOutcome:
        """Return transcripts; with ``words`` only what was said with all of them in it."""
        standing = await self._standing(organization, as_)
        return await self._desk.recordings.transcripts(
            standing, interview=interview, candidate=candidate, words=words.strip()
        )

    async def calls(self, organization: str, candidate: str, *, as_: str | None = None) -> CallsOutcome:
        """Return the phone calls with a candidate: when, how long, and whether they were recorded."""
        return await self._desk.timeline.calls(await self._standing(organization, as_), candidate)

    async def download_call(
        self, organization: str, recording: str, write: Write, *, as_: str | None = None
    ) -> DownloadOutcome:
        """Stream the recording of a phone call to ``write``. Raises as `download` does."""
        standing = await self._standing(organization, as_)
        size = await self._desk.conversations.download_call(standing, recording, write)
        if isinstance(size, Refusal):
            return refused(DownloadOutcome, standing, size, file=recording)
        return DownloadOutcome(organization=standing.record.name, file=recording, size=size)

    async def timeline(
        self, organization: str, *, candidate: str | None = None, interview: str | None = None, as_: str | None = None
    ) -> TimelineOutcome:
        """Return everything around a candidate or an interview, by time, after bringing it up to date.

        What cannot be brought up to date is shown as it was kept, and a warning says why.
        """
        standing = await self._standing(organization, as_)
        return await self._desk.timeline.of(standing, candidate=candidate, interview=interview)

    async def candidate(self, organization: str, email: str, *, as_: str | None = None) -> CandidateOutcome:
        """Return a candidate's record: status, interviews, meeting details and links."""
        return await self._desk.candidates.record(await self._standing(organization, as_), email)

    async def start_as_host(self, organization: str, interview: str, *, as_: str | None = None) -> HostStartOutcome:
        """Return what the Meeting SDK takes to start an interview's meeting as its host; it is kept nowhere.

        Hand `HostStartOutcome.reveal` to the page that starts the meeting, for the acting member and nobody else.
        """
        return await self._desk.host_start.start(await self._standing(organization, as_), interview)

    async def open_app(self, app: str, context: str) -> AppSessionOutcome:
        """Open a session of the in-meeting app; ``context`` is the header ``X-Zoom-App-Context`` of Zoom app ``app``.

        Raises `AppContextRefused` for a context that is not Zoom's, `NotFound` for a meeting that is no interview.
        """
        return await self._desk.in_meeting.open(app, context)

    async def in_meeting(self, session: SecretStr) -> InMeetingOutcome:
        """Return what the app shows in the meeting: the candidate, their history, notes and status."""
        return await self._desk.in_meeting.view(session.get_secret_value())

    async def take_note(self, session: SecretStr, text: str) -> InMeetingOutcome:
        """Keep a note on the candidate from within the meeting."""
        return await self._desk.in_meeting.take_note(session.get_secret_value(), text)

    async def set_status(self, session: SecretStr, status: str) -> InMeetingOutcome:
        """Set the candidate's status from within the meeting; their record says so at once."""
        return await self._desk.in_meeting.set_status(session.get_secret_value(), status)
