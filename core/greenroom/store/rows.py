"""Records as rows: columns where the table has one of the field's name, and a document of all other fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar, cast

from sqlalchemy import Connection, LargeBinary, RowMapping, Select, Table

from greenroom.engine.ports.store import StoreConflict
from greenroom.model import Value
from greenroom.store.columns import Instant
from greenroom.store.dialect import insert_into
from greenroom.store.document import Document, pack, unpack

V = TypeVar("V", bound=Value)
Row = dict[str, object]

_COUNTED = {"preserve_rowcount": True}
"""Inserts are not counted otherwise on PostgreSQL, where they return the new ordinal."""


def row_of(table: Table, record: Value, **more: object) -> Row:
    """Return a record as a row of ``table``; ``more`` are columns that are not plainly a field."""
    plain, native = _columns(table, type(record))
    document = pack(record, leave_out=native)
    row: Row = {name: getattr(record, name) for name in native}
    row.update((name, document.pop(name)) for name in plain)
    return {**row, **more, "document": document}


def record_of(kind: type[V], row: RowMapping, **more: object) -> V:
    """Return the record of a row; ``more`` are fields that are not plainly a column. Raises `SchemaFault`."""
    columns = {name: value for name, value in row.items() if name in kind.model_fields}
    return unpack(kind, {**cast("Document", row["document"]), **columns, **more})


def put(connection: Connection, table: Table, row: Row, *, key: tuple[str, ...]) -> None:
    """Insert a row, or replace the one of the same ``key``.

    Raises `StoreConflict` ``organization`` when that one is another organization's: it stays as it is.
    """
    insert = insert_into(connection, table).values(row)
    owned = "organization_id" in table.c and "organization_id" not in key
    statement = insert.on_conflict_do_update(
        index_elements=key,
        set_={name: insert.excluded[name] for name in row if name not in key},
        where=table.c.organization_id == insert.excluded.organization_id if owned else None,
    )
    if connection.execute(statement, execution_options=_COUNTED).rowcount == 0:
        raise StoreConflict("organization")


def put_once(connection: Connection, table: Table, row: Row) -> bool:
    """Insert a row unless one like it is there; return whether it was inserted."""
    statement = insert_into(connection, table).values(row).on_conflict_do_nothing()
    return connection.execute(statement, execution_options=_COUNTED).rowcount == 1


def put_single(connection: Connection, table: Table, row: Row, *, rule: str) -> None:
    """Insert a row; raises `StoreConflict` ``rule`` when one like it is there."""
    if not put_once(connection, table, row):
        raise StoreConflict(rule)


def first(connection: Connection, query: Select[tuple[object, ...]]) -> RowMapping | None:
    """Return the first row of a query."""
    return connection.execute(query).mappings().first()


def rows(connection: Connection, query: Select[tuple[object, ...]]) -> Sequence[RowMapping]:
    """Return all rows of a query."""
    return connection.execute(query).mappings().all()


@cache
def _columns(table: Table, kind: type[Value]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns that are fields: those that take the JSON value, and those that take the Python one."""
    shared = [column for column in table.c if column.name in kind.model_fields]
    native = tuple(column.name for column in shared if isinstance(column.type, Instant | LargeBinary))
    return tuple(column.name for column in shared if column.name not in native), native
