"""What is kept about candidates beside their interviews, as frozen values and a repository."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal, Protocol

from pydantic import AwareDatetime

from greenroom.model import CalendarKind, Email, Span, Value

ActivityKind = Literal["team_chat", "meeting_chat", "call", "note", "status"]


class ActivityRecord(Value):
    """Something that happened around a candidate. ``source`` says once and for all what it was: kept a single time.

    ``who`` wrote, called or decided it. ``text``: the message, note or status. Calls have ``seconds`` (how long they
    talked), ``direction``, ``result`` and, if recorded, ``recording``: its id at Zoom, where it stays.
    """

    id: str
    organization_id: str
    candidate: Email
    interview_id: str | None = None
    kind: ActivityKind
    source: str
    at: AwareDatetime
    who: str = ""
    text: str = ""
    seconds: int | None = None
    direction: Literal["inbound", "outbound"] | None = None
    result: str = ""
    recording: str | None = None
    kept_at: AwareDatetime


class CalendarEventRecord(Value):
    """An interview's event in somebody's calendar, by the uid of the letter it stands for.

    ``writing`` = the event may be there already, at the time of ``span``: look before adding one.
    """

    uid: str
    organization_id: str
    interview_id: str
    connection_id: str
    calendar: CalendarKind
    span: Span
    event_id: str | None = None
    state: Literal["writing", "there", "removed"] = "writing"


class AppSessionRecord(Value):
    """Our app opened inside a meeting by a member; only a hash of the session's secret is kept."""

    token_hash: str
    organization_id: str
    member_id: str
    interview_id: str
    connection_id: str
    expires_at: AwareDatetime


class Activities(Protocol):
    """Activities of candidates, events in calendars, sessions of the in-meeting app."""

    def keep(self, records: Collection[ActivityRecord]) -> None:
        """Keep each; one whose source is known for its candidate takes the place, and the id, of the earlier one."""

    def of_candidate(self, organization_id: str, candidate: str) -> tuple[ActivityRecord, ...]:
        """Return all activities of a candidate, by time."""

    def latest(self, organization_id: str, candidate: str, kind: ActivityKind) -> ActivityRecord | None: ...
    def save_event(self, record: CalendarEventRecord) -> None: ...
    def event(self, uid: str) -> CalendarEventRecord | None: ...
    def events(self, organization_id: str) -> tuple[CalendarEventRecord, ...]: ...
    def open_session(self, record: AppSessionRecord) -> None: ...
    def session(self, token_hash: str) -> AppSessionRecord | None: ...
    def end_sessions(self, before: datetime) -> None:
        """Forget the sessions that were over before an instant."""
