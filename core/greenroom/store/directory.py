"""Zoom users as last seen through a grant; they go when the grant goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from greenroom.model import ZoomUser, normalize_email
from greenroom.store.rows import first, record_of, row_of, rows
from greenroom.store.tables import directory_ages, directory_users, grants


class SqlDirectory:
    """`greenroom.engine.ports.store.Directory` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fetched_at(self, grant_id: str) -> datetime | None:
        query = select(directory_ages.c.fetched_at).where(directory_ages.c.grant_id == grant_id)
        return self._connection.execute(query).scalar()

    def replace(self, grant_id: str, users: Collection[ZoomUser], at: datetime) -> None:
        """Keep these users instead of those seen before; nothing is kept for a grant that ended meanwhile."""
        self.forget(grant_id)
        if first(self._connection, select(grants.c.id).where(grants.c.id == grant_id)) is None:
            return
        self._connection.execute(insert(directory_ages).values(grant_id=grant_id, fetched_at=at))
        by_email = {normalize_email(user.email): user for user in users}
        fresh = [row_of(directory_users, user, grant_id=grant_id, email_key=email) for email, user in by_email.items()]
        if fresh:
            self._connection.execute(insert(directory_users), fresh)

    def find(self, grant_id: str, emails: Collection[str]) -> Mapping[str, ZoomUser]:
        wanted = {normalize_email(email) for email in emails}
        query = select(directory_users).where(
            directory_users.c.grant_id == grant_id, directory_users.c.email_key.in_(wanted)
        )
        return {row["email_key"]: record_of(ZoomUser, row) for row in rows(self._connection, query)}

    def forget(self, grant_id: str) -> None:
        self._connection.execute(delete(directory_ages).where(directory_ages.c.grant_id == grant_id))
