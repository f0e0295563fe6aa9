"""The verbs beside scheduling for code without an event loop: same arguments, same answers, same errors."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Coroutine
from datetime import datetime
from typing import TypeVar

from pydantic import SecretStr

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
)
from greenroom.engine.recordings import Write
from greenroom.feature_verbs import FeatureVerbs

T = TypeVar("T")


class BlockingFeatureVerbs:
    """`greenroom.feature_verbs.FeatureVerbs`, blocking."""

    _greenroom: FeatureVerbs

    @abstractmethod
    def _run(self, verb: Coroutine[object, object, T]) -> T: ...

    def calendar(
        self,
        organization: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        as_: str | None = None,
    ) -> CalendarOutcome:
        """Return the events in the calendars behind the acting member's connection, of seven days to begin with."""
        return self._run(self._greenroom.calendar(organization, since=since, until=until, as_=as_))

    def recordings(
        self, organization: str, *, interview: str | None = None, candidate: str | None = None, as_: str | None = None
    ) -> RecordingsOutcome:
        """Return what was recorded of an interview, of a candidate's interviews, or of all; the files are at Zoom."""
        return self._run(self._greenroom.recordings(organization, interview=interview, candidate=candidate, as_=as_))

    def download(
        self, organization: str, file: str, write: Write, *, interview: str | None = None, as_: str | None = None
    ) -> DownloadOutcome:
        """Stream a recorded file to ``write``, piece by piece."""
        return self._run(self._greenroom.download(organization, file, write, interview=interview, as_=as_))

    def transcripts(
        self,
        organization: str,
        *,
        interview: str | None = None,
        candidate: str | None = None,
        words: str = "",
        as_: str | None = None,
    ) -> TranscriptsOutcome:
        """Return transcripts; with ``words`` only what was said with all of them in it."""
        return self._run(
            self._greenroom.transcripts(organization, interview=interview, candidate=candidate, words=words, as_=as_)
        )

    def calls(self, organization: str, candidate: str, *, as_: str | None = None) -> CallsOutcome:
        """Return the phone calls with a candidate: when, how long, and whether they were recorded."""
        return self._run(self._greenroom.calls(organization, candidate, as_=as_))

    def download_call(
        self, organization: str, recording: str, write: Write, *, as_: str | None = None
    ) -> DownloadOutcome:
        """Stream the recording of a phone call to ``write``."""
        return self._run(self._greenroom.download_call(organization, recording, write, as_=as_))

    def timeline(
        self, organization: str, *, candidate: str | None = None, interview: str | None = None, as_: str | None = None
    ) -> TimelineOutcome:
        """Return everything around a candidate or an interview, by time, after bringing it up to date."""
        return self._run(self._greenroom.timeline(organization, candidate=candidate, interview=interview, as_=as_))

    def candidate(self, organization: str, email: str, *, as_: str | None = None) -> CandidateOutcome:
        """Return a candidate's record: status, interviews, meeting details and links."""
        return self._run(self._greenroom.candidate(organization, email, as_=as_))

    def start_as_host(self, organization: str, interview: str, *, as_: str | None = None) -> HostStartOutcome:
        """Return what the Meeting SDK takes to start an interview's meeting as its host; it is kept nowhere."""
        return self._run(self._greenroom.start_as_host(organization, interview, as_=as_))

    def open_app(self, app: str, context: str) -> AppSessionOutcome:
        """Open a session of the in-meeting app; ``context`` is the header of Zoom app ``app``."""
        return self._run(self._greenroom.open_app(app, context))

    def in_meeting(self, session: SecretStr) -> InMeetingOutcome:
        """Return what the app shows in the meeting: the candidate, their history, notes and status."""
        return self._run(self._greenroom.in_meeting(session))

    def take_note(self, session: SecretStr, text: str) -> InMeetingOutcome:
        """Keep a note on the candidate from within the meeting."""
        return self._run(self._greenroom.take_note(session, text))

    def set_status(self, session: SecretStr, status: str) -> InMeetingOutcome:
        """Set the candidate's status from within the meeting; their record says so at once."""
        return self._run(self._greenroom.set_status(session, status))
