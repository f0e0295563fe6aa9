"""Activities of candidates, events in calendars, sessions of the in-meeting app."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from greenroom.engine.ports.activity import ActivityKind, ActivityRecord, AppSessionRecord, CalendarEventRecord
from greenroom.store.rows import first, put, put_once, record_of, row_of, rows
from greenroom.store.tables import activities, app_sessions, calendar_events


class SqlActivities:
    """`greenroom.engine.ports.activity.Activities` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, records: Collection[ActivityRecord]) -> None:
        for record in records:
            row = row_of(activities, record)
            if not put_once(self._connection, activities, row):
                key = ("organization_id", "candidate", "source")
                known = {name: value for name, value in row.items() if name != "id"}
                same = [activities.c[name] == row[name] for name in key]
                self._connection.execute(update(activities).where(*same).values(known))

    def of_candidate(self, organization_id: str, candidate: str) -> tuple[ActivityRecord, ...]:
        query = (
            select(activities)
            .where(activities.c.organization_id == organization_id, activities.c.candidate == candidate)
            .order_by(activities.c.at, activities.c.ordinal)
        )
        return tuple(record_of(ActivityRecord, row) for row in rows(self._connection, query))

    def latest(self, organization_id: str, candidate: str, kind: ActivityKind) -> ActivityRecord | None:
        query = (
            select(activities)
            .where(
                activities.c.organization_id == organization_id,
                activities.c.candidate == candidate,
                activities.c.kind == kind,
            )
            .order_by(activities.c.at.desc(), activities.c.ordinal.desc())
            .limit(1)
        )
        row = first(self._connection, query)
        return record_of(ActivityRecord, row) if row is not None else None

    def save_event(self, record: CalendarEventRecord) -> None:
        put(self._connection, calendar_events, row_of(calendar_events, record), key=("uid",))

    def event(self, uid: str) -> CalendarEventRecord | None:
        row = first(self._connection, select(calendar_events).where(calendar_events.c.uid == uid))
        return record_of(CalendarEventRecord, row) if row is not None else None

    def events(self, organization_id: str) -> tuple[CalendarEventRecord, ...]:
        query = select(calendar_events).where(calendar_events.c.organization_id == organization_id)
        found = rows(self._connection, query.order_by(calendar_events.c.ordinal))
        return tuple(record_of(CalendarEventRecord, row) for row in found)

    def open_session(self, record: AppSessionRecord) -> None:
        self._connection.execute(insert(app_sessions).values(row_of(app_sessions, record)))

    def session(self, token_hash: str) -> AppSessionRecord | None:
        row = first(self._connection, select(app_sessions).where(app_sessions.c.token_hash == token_hash))
        return record_of(AppSessionRecord, row) if row is not None else None

    def end_sessions(self, before: datetime) -> None:
        self._connection.execute(delete(app_sessions).where(app_sessions.c.expires_at <= before))
