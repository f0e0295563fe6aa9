"""Zoom users as last seen through a grant; they go when the grant goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from greenroom.engine.ports.records import DirectoryAge
from greenroom.model import ZoomUser, normalize_email
from greenroom.store.rows import Row, first, put_once, record_of, row_of, rows
from greenroom.store.tables import directory_ages, directory_users, grants


class SqlDirectory:
    """`greenroom.engine.ports.store.Directory` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def age(self, grant_id: str) -> DirectoryAge | None:
        row = first(self._connection, select(directory_ages).where(directory_ages.c.grant_id == grant_id))
        return DirectoryAge(**{name: value for name, value in row.items() if name != "grant_id"}) if row else None

    def replace(self, grant_id: str, users: Collection[ZoomUser], at: datetime, *, marks: int) -> None:
        """Keep these users instead of those seen before; nothing is kept for a grant that ended meanwhile."""
        if first(self._connection, select(grants.c.id).where(grants.c.id == grant_id)) is None:
            return
        age: Row = {"grant_id": grant_id, "fetched_at": at, "marks_seen": marks}
        if not put_once(self._connection, directory_ages, {**age, "marks": marks}):
            self._connection.execute(update(directory_ages).where(directory_ages.c.grant_id == grant_id).values(age))
        self._connection.execute(delete(directory_users).where(directory_users.c.grant_id == grant_id))
        by_email = {normalize_email(user.email): user for user in users}
        fresh = [row_of(directory_users, user, grant_id=grant_id, email_key=email) for email, user in by_email.items()]
        if fresh:
            self._connection.execute(insert(directory_users), fresh)

    def users(self, grant_id: str) -> tuple[ZoomUser, ...]:
        query = select(directory_users).where(directory_users.c.grant_id == grant_id)
        ordered = query.order_by(directory_users.c.email_key)
        return tuple(record_of(ZoomUser, row) for row in rows(self._connection, ordered))

    def mark_stale(self, grant_id: str, because: str) -> None:
        self._mark(directory_ages.c.grant_id == grant_id, because)

    def mark_account_stale(self, zoom_account_id: str, because: str) -> None:
        of_account = select(grants.c.id).where(grants.c.zoom_account_id == zoom_account_id)
        self._mark(directory_ages.c.grant_id.in_(of_account), because)

    def find(self, grant_id: str, emails: Collection[str]) -> Mapping[str, ZoomUser]:
        wanted = {normalize_email(email) for email in emails}
        query = select(directory_users).where(
            directory_users.c.grant_id == grant_id, directory_users.c.email_key.in_(wanted)
        )
        return {row["email_key"]: record_of(ZoomUser, row) for row in rows(self._connection, query)}

    def forget(self, grant_id: str) -> None:
        self._connection.execute(delete(directory_ages).where(directory_ages.c.grant_id == grant_id))

    def _mark(self, which: ColumnElement[bool], because: str) -> None:
        marked = update(directory_ages).where(which)
        self._connection.execute(marked.values(marks=directory_ages.c.marks + 1, stale_because=because))
