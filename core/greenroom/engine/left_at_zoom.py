"""Meetings that stay at Zoom as they were, because the connection they were made through no longer works [CORE-09]."""

from __future__ import annotations

from greenroom.engine.ports.records import InterviewRecord, MeetingRecord
from greenroom.model import Follow, Interview, Say


def left_at_zoom(
    record: InterviewRecord, after: Interview | None, row: MeetingRecord | None, answer: Follow
) -> Say | None:
    """Return what is said of a meeting that does not follow its interview; ``None`` where none is left behind.

    A meeting that other interviews still state is not left behind by the one that is cancelled.
    """
    if row is None or row.state != "live" or answer.at_zoom != "keep" or answer.calendars == "keep":
        return None
    if after is None and row.meeting.used_by - {record.id}:
        return None
    key = "core.left_at_zoom" if after is None else "core.not_moved_at_zoom"
    return Say(key=key, values=(("subject", record.interview.subject or "the interview"),))
