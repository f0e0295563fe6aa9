"""Saved settings, and the host addresses that were looked up and accepted."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from greenroom.engine.ports.records import SettingsRecord
from greenroom.model import Scope
from greenroom.store.dialect import insert_into
from greenroom.store.rows import first, record_of, row_of, rows
from greenroom.store.tables import settings, verified_hosts


class SqlSettings:
    """`greenroom.engine.ports.store.SettingsShelf` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, organization_id: str, scope: Scope, subject: str = "") -> SettingsRecord | None:
        query = select(settings).where(
            settings.c.organization_id == organization_id,
            settings.c.scope == scope.value,
            settings.c.subject == subject,
        )
        row = first(self._connection, query)
        return record_of(SettingsRecord, row) if row is not None else None

    def of_organization(self, organization_id: str) -> tuple[SettingsRecord, ...]:
        query = (
            select(settings)
            .where(settings.c.organization_id == organization_id)
            .order_by(settings.c.scope, settings.c.subject)
        )
        return tuple(record_of(SettingsRecord, row) for row in rows(self._connection, query))

    def save(self, record: SettingsRecord) -> None:
        statement = insert_into(self._connection, settings).values({**row_of(settings, record), "revision": 1})
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=("organization_id", "scope", "subject"),
                set_={"document": statement.excluded.document, "revision": settings.c.revision + 1},
            )
        )

    def verified(self, organization_id: str) -> frozenset[str]:
        query = select(verified_hosts.c.email).where(verified_hosts.c.organization_id == organization_id)
        return frozenset(self._connection.execute(query).scalars())

    def save_verified(self, organization_id: str, emails: Collection[str]) -> None:
        self._connection.execute(delete(verified_hosts).where(verified_hosts.c.organization_id == organization_id))
        fresh = [{"organization_id": organization_id, "email": email} for email in sorted(set(emails))]
        if fresh:
            self._connection.execute(insert(verified_hosts), fresh)
