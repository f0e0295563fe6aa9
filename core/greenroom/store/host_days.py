"""How often a host's meetings were created or updated today; kept, so that a restart does not forget."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, delete, select

from greenroom.engine.ports.records import HostDayRecord
from greenroom.store.dialect import insert_into
from greenroom.store.rows import rows
from greenroom.store.tables import host_days


class SqlHostDays:
    """`greenroom.engine.ports.store.HostDays` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, host_id: str, day: date) -> HostDayRecord:
        found = self.of_hosts([host_id], day)
        return found[0] if found else HostDayRecord(host_id=host_id, day=day)

    def of_hosts(self, host_ids: Collection[str], day: date) -> tuple[HostDayRecord, ...]:
        query = select(host_days).where(host_days.c.host_id.in_(host_ids), host_days.c.day == day)
        return tuple(HostDayRecord(**row) for row in rows(self._connection, query.order_by(host_days.c.host_id)))

    def count(self, host_id: str, day: date) -> None:
        self._note(host_id, day, changes=1, used_up=False)

    def use_up(self, host_id: str, day: date) -> None:
        self._note(host_id, day, changes=0, used_up=True)

    def _note(self, host_id: str, day: date, *, changes: int, used_up: bool) -> None:
        # The primary key begins with the host: this finds the few rows of one, not all that are of earlier days.
        gone = delete(host_days).where(host_days.c.host_id == host_id, host_days.c.day < day)
        self._connection.execute(gone)
        fresh = insert_into(self._connection, host_days).values(
            host_id=host_id, day=day, changes=changes, used_up=used_up
        )
        self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=("host_id", "day"),
                set_={
                    "changes": host_days.c.changes + fresh.excluded.changes,
                    "used_up": host_days.c.used_up | fresh.excluded.used_up,
                },
            )
        )
