"""Organizations and their members."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from greenroom.engine.ports.records import OrganizationRecord
from greenroom.engine.ports.store import StoreConflict
from greenroom.model import Member, normalize_email
from greenroom.store.rows import first, put, put_single, record_of, row_of, rows
from greenroom.store.tables import members, organizations


class SqlOrganizations:
    """`greenroom.engine.ports.store.Organizations` in SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: OrganizationRecord) -> None:
        row = row_of(organizations, record, name_key=_name_key(record.name))
        put_single(self._connection, organizations, row, rule="organization_name")

    def get(self, id_or_name: str) -> OrganizationRecord | None:
        query = select(organizations).where(
            or_(organizations.c.id == id_or_name, organizations.c.name_key == _name_key(id_or_name))
        )
        found = [record_of(OrganizationRecord, row) for row in rows(self._connection, query)]
        # Somebody may have named an organization like another one's id: the id wins.
        found.sort(key=lambda record: record.id != id_or_name)
        return found[0] if found else None

    def list(self) -> tuple[OrganizationRecord, ...]:
        query = select(organizations).order_by(organizations.c.ordinal)
        return tuple(record_of(OrganizationRecord, row) for row in rows(self._connection, query))

    def replace(self, record: OrganizationRecord) -> None:
        row = row_of(organizations, record, name_key=_name_key(record.name))
        put(self._connection, organizations, row, key=("id",))

    def save_member(self, organization_id: str, member: Member) -> None:
        """Raises `StoreConflict` ``member_email`` when another member has the address."""
        same_email = select(members.c.id).where(
            members.c.organization_id == organization_id, members.c.email == member.email, members.c.id != member.id
        )
        if first(self._connection, same_email) is not None:
            raise StoreConflict("member_email")
        row = row_of(members, member, organization_id=organization_id)
        put(self._connection, members, row, key=("organization_id", "id"))

    def member(self, organization_id: str, id_or_email: str) -> Member | None:
        query = select(members).where(
            members.c.organization_id == organization_id,
            or_(members.c.id == id_or_email, members.c.email == normalize_email(id_or_email)),
        )
        row = first(self._connection, query)
        return record_of(Member, row) if row is not None else None

    def members(self, organization_id: str) -> tuple[Member, ...]:
        query = select(members).where(members.c.organization_id == organization_id).order_by(members.c.ordinal)
        return tuple(record_of(Member, row) for row in rows(self._connection, query))


def _name_key(name: str) -> str:
    return name.strip().casefold()
