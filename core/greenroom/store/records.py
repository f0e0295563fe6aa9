"""Decisions, letters, notices, and Zoom's webhooks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Select, insert, or_, select, update

from greenroom.engine.ports.records import DecisionRecord, InboxRecord, LetterRecord, NoticeRecord
from greenroom.store.rows import first, put, put_once, record_of, row_of, rows
from greenroom.store.tables import decisions, inbox, letters, notices


class SqlRecords:
    """`greenroom.engine.ports.store.Records` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_decision(self, record: DecisionRecord) -> None:
        self._connection.execute(insert(decisions).values(row_of(decisions, record)))

    def decisions(self, organization_id: str, interview_id: str | None = None) -> tuple[DecisionRecord, ...]:
        query = select(decisions).where(decisions.c.organization_id == organization_id)
        if interview_id is not None:
            query = query.where(decisions.c.interview_id == interview_id)
        ordered = query.order_by(decisions.c.ordinal)
        return tuple(record_of(DecisionRecord, row) for row in rows(self._connection, ordered))

    def save_letter(self, record: LetterRecord) -> None:
        put(self._connection, letters, row_of(letters, record), key=("id",))

    def letters(self, interview_id: str) -> tuple[LetterRecord, ...]:
        query = select(letters).where(letters.c.interview_id == interview_id).order_by(letters.c.ordinal)
        return tuple(record_of(LetterRecord, row) for row in rows(self._connection, query))

    def letter(self, letter_id: str) -> LetterRecord | None:
        row = first(self._connection, select(letters).where(letters.c.id == letter_id))
        return record_of(LetterRecord, row) if row is not None else None

    def add_notice(self, record: NoticeRecord) -> bool:
        # Where nobody is named, an audience is told once: its name has no @, so it is nobody's address.
        return put_once(self._connection, notices, row_of(notices, record, told=record.recipient or record.to))

    def notices(self, organization_id: str) -> tuple[NoticeRecord, ...]:
        query = select(notices).where(notices.c.organization_id == organization_id).order_by(notices.c.ordinal)
        return tuple(record_of(NoticeRecord, row) for row in rows(self._connection, query))

    def undelivered(
        self, now: datetime, organization_id: str | None = None, limit: int = 100
    ) -> tuple[NoticeRecord, ...]:
        query = _to_deliver(now, organization_id).limit(limit)
        return tuple(record_of(NoticeRecord, row) for row in rows(self._connection, query))

    def claim_notice(
        self, *, until: datetime, now: datetime, organization_id: str | None = None, notice_id: str | None = None
    ) -> NoticeRecord | None:
        query = _to_deliver(now, organization_id).limit(1)
        row = first(self._connection, query if notice_id is None else query.where(notices.c.id == notice_id))
        if row is None:
            return None
        self.postpone_notice(row["id"], until)
        return record_of(NoticeRecord, row)

    def delivered(self, notice_id: str, at: datetime) -> None:
        self._connection.execute(update(notices).where(notices.c.id == notice_id).values(delivered_at=at))

    def postpone_notice(self, notice_id: str, until: datetime) -> None:
        self._connection.execute(update(notices).where(notices.c.id == notice_id).values(claimed_until=until))

    def add_to_inbox(self, record: InboxRecord) -> bool:
        return put_once(self._connection, inbox, row_of(inbox, record))

    def unhandled(self, limit: int = 100) -> tuple[InboxRecord, ...]:
        query = select(inbox).where(inbox.c.handled_at.is_(None)).order_by(inbox.c.ordinal).limit(limit)
        return tuple(record_of(InboxRecord, row) for row in rows(self._connection, query))

    def claim(self, *, until: datetime, now: datetime) -> InboxRecord | None:
        free = or_(inbox.c.claimed_until.is_(None), inbox.c.claimed_until <= now)
        query = select(inbox).where(inbox.c.handled_at.is_(None), free).order_by(inbox.c.ordinal).limit(1)
        row = first(self._connection, query)
        if row is None:
            return None
        self.postpone(row["id"], until)
        return record_of(InboxRecord, row)

    def postpone(self, inbox_id: str, until: datetime) -> None:
        self._connection.execute(update(inbox).where(inbox.c.id == inbox_id).values(claimed_until=until))

    def handled(self, inbox_id: str, at: datetime) -> None:
        self._connection.execute(update(inbox).where(inbox.c.id == inbox_id).values(handled_at=at))


def _to_deliver(now: datetime, organization_id: str | None) -> Select[tuple[object, ...]]:
    free = or_(notices.c.claimed_until.is_(None), notices.c.claimed_until <= now)
    query = select(notices).where(notices.c.delivered_at.is_(None), free).order_by(notices.c.ordinal)
    return query if organization_id is None else query.where(notices.c.organization_id == organization_id)
