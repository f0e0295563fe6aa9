"""Connections, opt-outs, approvals, and who holds which Zoom user."""

from __future__ import annotations

from sqlalchemy import Connection, Select, delete, select

from greenroom.engine.ports.records import ConnectionRecord
from greenroom.engine.ports.store import StoreConflict
from greenroom.model import Approval, Level
from greenroom.store.rows import first, put, put_once, record_of, row_of, rows
from greenroom.store.tables import approvals, connections, holds, opt_outs


class SqlConnections:
    """`greenroom.engine.ports.store.Connections` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, record: ConnectionRecord) -> None:
        row = row_of(connections, record, zoom_user_id=record.zoom_user.id if record.zoom_user is not None else None)
        put(self._connection, connections, row, key=("organization_id", "level", "owner"))

    def get(self, connection_id: str) -> ConnectionRecord | None:
        return self._first(select(connections).where(connections.c.id == connection_id))

    def find(self, organization_id: str, level: Level, owner: str) -> ConnectionRecord | None:
        return self._first(
            select(connections).where(
                connections.c.organization_id == organization_id,
                connections.c.level == level.value,
                connections.c.owner == owner,
            )
        )

    def of_organization(self, organization_id: str) -> tuple[ConnectionRecord, ...]:
        return self._all(select(connections).where(connections.c.organization_id == organization_id))

    def on_grant(self, grant_id: str) -> tuple[ConnectionRecord, ...]:
        return self._all(select(connections).where(connections.c.grant_id == grant_id))

    def of_zoom_user(self, zoom_user_id: str) -> tuple[ConnectionRecord, ...]:
        return self._all(select(connections).where(connections.c.zoom_user_id == zoom_user_id))

    def set_opt_out(self, organization_id: str, member_id: str, *, opted_out: bool) -> None:
        if opted_out:
            put_once(self._connection, opt_outs, {"organization_id": organization_id, "member_id": member_id})
            return
        self._connection.execute(
            delete(opt_outs).where(opt_outs.c.organization_id == organization_id, opt_outs.c.member_id == member_id)
        )

    def opted_out(self, organization_id: str) -> frozenset[str]:
        query = select(opt_outs.c.member_id).where(opt_outs.c.organization_id == organization_id)
        return frozenset(self._connection.execute(query).scalars())

    def approval(self, organization_id: str) -> Approval:
        row = first(self._connection, select(approvals).where(approvals.c.organization_id == organization_id))
        return record_of(Approval, row) if row is not None else Approval()

    def save_approval(self, organization_id: str, approval: Approval) -> None:
        row = row_of(approvals, approval, organization_id=organization_id)
        put(self._connection, approvals, row, key=("organization_id",))

    def holder(self, profile: str, zoom_user_id: str) -> str | None:
        query = select(holds.c.organization_id).where(holds.c.profile == profile, holds.c.zoom_user_id == zoom_user_id)
        return self._connection.execute(query).scalar()

    def hold(self, profile: str, zoom_user_id: str, organization_id: str) -> None:
        row: dict[str, object] = {
            "profile": profile,
            "zoom_user_id": zoom_user_id,
            "organization_id": organization_id,
        }
        if not put_once(self._connection, holds, row) and self.holder(profile, zoom_user_id) != organization_id:
            raise StoreConflict("hold")

    def release(self, profile: str, zoom_user_id: str, organization_id: str) -> None:
        self._connection.execute(
            delete(holds).where(
                holds.c.profile == profile,
                holds.c.zoom_user_id == zoom_user_id,
                holds.c.organization_id == organization_id,
            )
        )

    def _first(self, query: Select[tuple[object, ...]]) -> ConnectionRecord | None:
        row = first(self._connection, query)
        return record_of(ConnectionRecord, row) if row is not None else None

    def _all(self, query: Select[tuple[object, ...]]) -> tuple[ConnectionRecord, ...]:
        ordered = query.order_by(connections.c.ordinal)
        return tuple(record_of(ConnectionRecord, row) for row in rows(self._connection, ordered))
