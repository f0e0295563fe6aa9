"""Interviews, the meetings made for them, what was asked of Zoom, and whose turn it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, RowMapping, Select, delete, func, select, update

from greenroom.engine.ports.records import IntentRecord, InterviewRecord, MeetingRecord
from greenroom.model import Turn, Turns
from greenroom.store.document import from_text, to_text
from greenroom.store.rows import first, put, put_once, put_single, record_of, row_of, rows
from greenroom.store.tables import OPEN, intents, interviews, meetings, turns


class SqlInterviews:
    """`greenroom.engine.ports.store.Interviews` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, record: InterviewRecord) -> None:
        put(self._connection, interviews, row_of(interviews, record), key=("id",))

    def get(self, organization_id: str | None, interview_id: str) -> InterviewRecord | None:
        query = select(interviews).where(interviews.c.id == interview_id)
        if organization_id is not None:
            query = query.where(interviews.c.organization_id == organization_id)
        row = first(self._connection, query)
        return record_of(InterviewRecord, row) if row is not None else None

    def of_panel(self, panel_id: str) -> tuple[InterviewRecord, ...]:
        return self._interviews(select(interviews).where(interviews.c.panel_id == panel_id))

    def of_organization(self, organization_id: str) -> tuple[InterviewRecord, ...]:
        return self._interviews(select(interviews).where(interviews.c.organization_id == organization_id))

    def save_meeting(self, record: MeetingRecord) -> None:
        about = record.meeting
        row = row_of(meetings, record, meeting_id=about.id, join_url=about.join_url, host_id=about.host.id)
        put(self._connection, meetings, row, key=("organization_id", "meeting_id"))

    def meeting(self, organization_id: str, meeting_id: str) -> MeetingRecord | None:
        query = select(meetings).where(
            meetings.c.organization_id == organization_id, meetings.c.meeting_id == meeting_id
        )
        row = first(self._connection, query)
        return record_of(MeetingRecord, row) if row is not None else None

    def meeting_by_url(self, organization_id: str, join_url: str) -> MeetingRecord | None:
        """Return the meeting of this address: of several (a personal room has one for all) the newest live one."""
        query = (
            select(meetings)
            .where(meetings.c.organization_id == organization_id, meetings.c.join_url == join_url)
            .order_by(meetings.c.state != "live", meetings.c.ordinal.desc())
        )
        row = first(self._connection, query)
        return record_of(MeetingRecord, row) if row is not None else None

    def meetings(self, organization_id: str) -> tuple[MeetingRecord, ...]:
        query = select(meetings).where(meetings.c.organization_id == organization_id).order_by(meetings.c.ordinal)
        return tuple(record_of(MeetingRecord, row) for row in rows(self._connection, query))

    def meetings_at_zoom(self, meeting_id: str) -> tuple[MeetingRecord, ...]:
        query = select(meetings).where(meetings.c.meeting_id == meeting_id).order_by(meetings.c.ordinal)
        return tuple(record_of(MeetingRecord, row) for row in rows(self._connection, query))

    def meetings_hosted_by(self, zoom_user_id: str) -> tuple[MeetingRecord, ...]:
        query = select(meetings).where(meetings.c.host_id == zoom_user_id).order_by(meetings.c.ordinal)
        return tuple(record_of(MeetingRecord, row) for row in rows(self._connection, query))

    def add_intent(self, record: IntentRecord) -> None:
        row = row_of(intents, record, was_unclear=record.state == "unclear")
        put_single(self._connection, intents, row, rule="intent")
        if record.turn is not None:
            self.count_turn(record.organization_id, record.turn, record.id)

    def settle_intent(
        self, intent_id: str, state: Literal["unclear", "done", "failed"], reason: str | None = None
    ) -> None:
        """Move an open intent on; one that is done or failed stays so, and keeps or gave back its turn."""
        values: dict[str, object] = {"state": state, "reason": reason}
        if state == "unclear":
            values["was_unclear"] = True
        moved = self._connection.execute(
            update(intents).where(intents.c.id == intent_id, intents.c.state.in_(OPEN)).values(values)
        )
        if state == "failed" and moved.rowcount == 1:
            self._connection.execute(delete(turns).where(turns.c.intent_id == intent_id))

    def intents(self, interview_id: str) -> tuple[IntentRecord, ...]:
        query = select(intents).where(intents.c.interview_id == interview_id).order_by(intents.c.ordinal)
        return tuple(record_of(IntentRecord, row) for row in rows(self._connection, query))

    def open_intent(self, interview_id: str) -> IntentRecord | None:
        query = select(intents).where(intents.c.interview_id == interview_id, intents.c.state.in_(OPEN))
        row = first(self._connection, query)
        return record_of(IntentRecord, row) if row is not None else None

    def open_intents(self) -> tuple[IntentRecord, ...]:
        query = select(intents).where(intents.c.state.in_(OPEN)).order_by(intents.c.ordinal)
        return tuple(record_of(IntentRecord, row) for row in rows(self._connection, query))

    def was_unclear(self, interview_id: str) -> bool:
        query = select(intents.c.id).where(intents.c.interview_id == interview_id, intents.c.was_unclear)
        return first(self._connection, query) is not None

    def turns(self, organization_id: str) -> Turns:
        mine = turns.c.organization_id == organization_id
        latest = first(self._connection, select(turns).where(mine).order_by(turns.c.ordinal.desc()).limit(1))
        if latest is None:
            return Turns()
        changed = select(func.max(turns.c.ordinal)).where(mine, turns.c.pool != latest["pool"])
        since = self._connection.execute(changed).scalar() or 0
        counted = (
            select(turns.c.host, func.count().label("times"))
            .where(mine, turns.c.ordinal > since)
            .group_by(turns.c.host)
            .order_by(turns.c.host)
        )
        return _turns(latest, rows(self._connection, counted))

    def count_turn(self, organization_id: str, turn: Turn, intent_id: str) -> None:
        """Count a turn; that of an intent counts once."""
        row: dict[str, object] = {
            "organization_id": organization_id,
            "intent_id": intent_id,
            "pool": to_text(sorted(turn.pool)),
            "host": turn.host,
        }
        put_once(self._connection, turns, row)

    def _interviews(self, query: Select[tuple[object, ...]]) -> tuple[InterviewRecord, ...]:
        ordered = query.order_by(interviews.c.ordinal)
        return tuple(record_of(InterviewRecord, row) for row in rows(self._connection, ordered))


def _turns(latest: RowMapping, counted: Sequence[RowMapping]) -> Turns:
    pool = from_text(latest["pool"])
    assert isinstance(pool, list)
    return Turns(
        pool=frozenset(str(member) for member in pool),
        counts=tuple((row["host"], row["times"]) for row in counted),
        last=latest["host"],
    )
