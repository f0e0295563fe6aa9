"""Grants: token pairs, sealed for their row, and the lease of whoever refreshes one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, delete, or_, select, update

from greenroom.engine.ports.records import GrantRecord
from greenroom.store.keyring import Keyring
from greenroom.store.rows import Row, first, put_single, record_of, row_of, rows
from greenroom.store.sealing import Place, grant_place
from greenroom.store.tables import grants


class SqlGrants:
    """`greenroom.engine.ports.store.Grants` in SQL. Tokens are sealed with the first key and opened on reading."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def get(self, grant_id: str) -> GrantRecord | None:
        return self._first(select(grants).where(grants.c.id == grant_id))

    def find(self, client_id: str, zoom_user_id: str) -> GrantRecord | None:
        return self._first(select(grants).where(grants.c.client_id == client_id, grants.c.zoom_user_id == zoom_user_id))

    def of_user(self, zoom_account_id: str, zoom_user_id: str) -> tuple[GrantRecord, ...]:
        query = (
            select(grants)
            .where(grants.c.zoom_account_id == zoom_account_id, grants.c.zoom_user_id == zoom_user_id)
            .order_by(grants.c.ordinal)
        )
        return tuple(self._opened(row) for row in rows(self._connection, query))

    def add(self, record: GrantRecord) -> None:
        put_single(self._connection, grants, self._sealed(record), rule="grant")

    def replace(self, record: GrantRecord, *, generation: int) -> bool:
        statement = (
            update(grants)
            .where(grants.c.id == record.id, grants.c.generation == generation)
            .values(self._sealed(record))
        )
        return self._connection.execute(statement).rowcount == 1

    def remove(self, grant_id: str) -> None:
        self._connection.execute(delete(grants).where(grants.c.id == grant_id))

    def lease(self, grant_id: str, holder: str, *, until: datetime, now: datetime) -> bool:
        free = or_(grants.c.lease_holder.is_(None), grants.c.lease_holder == holder, grants.c.lease_until <= now)
        statement = update(grants).where(grants.c.id == grant_id, free).values(lease_holder=holder, lease_until=until)
        return self._connection.execute(statement).rowcount == 1

    def end_lease(self, grant_id: str, holder: str) -> None:
        self._connection.execute(
            update(grants)
            .where(grants.c.id == grant_id, grants.c.lease_holder == holder)
            .values(lease_holder=None, lease_until=None)
        )

    def reseal(self, *, limit: int) -> int:
        """Seal up to ``limit`` grants anew that another key than the first sealed; return how many."""
        query = select(grants).where(grants.c.sealed_with != self._keyring.first).limit(limit)
        found = rows(self._connection, query)
        for row in found:
            fresh = self._sealed(self._opened(row))
            self._connection.execute(update(grants).where(grants.c.id == row["id"]).values(fresh))
        return len(found)

    def _first(self, query: Select[tuple[object, ...]]) -> GrantRecord | None:
        row = first(self._connection, query)
        return self._opened(row) if row is not None else None

    def _sealed(self, record: GrantRecord) -> Row:
        return row_of(
            grants,
            record,
            access_token=self._keyring.seal(record.access_token, _place(record, "access_token")),
            refresh_token=self._keyring.seal(record.refresh_token, _place(record, "refresh_token")),
            sealed_with=self._keyring.first,
        )

    def _opened(self, row: RowMapping) -> GrantRecord:
        return record_of(
            GrantRecord,
            row,
            access_token=self._keyring.open(row["access_token"], _place_of_row(row, "access_token")),
            refresh_token=self._keyring.open(row["refresh_token"], _place_of_row(row, "refresh_token")),
        )


def _place(record: GrantRecord, column: str) -> Place:
    return grant_place(column, grant_id=record.id, client_id=record.client_id, zoom_user_id=record.zoom_user_id)


def _place_of_row(row: RowMapping, column: str) -> Place:
    return grant_place(column, grant_id=row["id"], client_id=row["client_id"], zoom_user_id=row["zoom_user_id"])
