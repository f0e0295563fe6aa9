"""Everything that differs between SQLite and PostgreSQL.

Writers are single on both: SQLite takes its write lock when the transaction begins (``BEGIN IMMEDIATE``; a
transaction that reads first and asks for the lock later loses updates or fails), PostgreSQL takes an advisory lock.
So whatever a write reads is still true when it commits. Readers see one snapshot and cannot write.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError
from typing import cast

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    Index,
    Table,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from greenroom.errors import ConfigurationFault
from greenroom.store.document import from_text, to_text

BUSY_SECONDS = 30
_LOOK_AGAIN = 0.01
_WRITERS_LOCK = 0x677265656E726F6F
_DATABASE_URL = "GREENROOM_DATABASE_URL"

Insert = sqlite.Insert | postgresql.Insert


def engines(url: str, *, readers: int) -> tuple[Engine, Engine]:
    """Return the engine that reads (one connection a thread) and the one that writes (a single connection).

    Connects to nothing. Raises `ConfigurationFault` for a URL that cannot be used; a URL may hold a password, so
    it is never repeated.
    """
    parsed = _parsed(url)
    reading, writing = _BEGINS[parsed.get_backend_name()]
    reader, writer = _engine(parsed, readers, reading), _engine(parsed, 1, writing)
    if parsed.get_backend_name() == "sqlite":
        event.listen(reader, "connect", _forbid_writing)
    return reader, writer


def insert_into(connection: Connection, table: Table) -> Insert:
    """Return an insert that knows ``ON CONFLICT``."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def unique_where(name: str, column: str, condition: ColumnElement[bool]) -> Index:
    """Return an index that keeps ``column`` unique among the rows of a condition."""
    return Index(name, column, unique=True, sqlite_where=condition, postgresql_where=condition)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationFault(
            "this is no database URL", where=_DATABASE_URL, next="Write sqlite:///path/to/greenroom.db"
        ) from None
    if parsed.get_backend_name() not in _BEGINS:
        raise ConfigurationFault(
            f"{parsed.get_backend_name()} is not supported", where=_DATABASE_URL, next="Use SQLite or PostgreSQL"
        )
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise ConfigurationFault(
            "each thread would see a database of its own in memory", where=_DATABASE_URL, next="Name a file"
        )
    return parsed


def _engine(url: URL, size: int, begin: Callable[[Connection], None]) -> Engine:
    try:
        engine = create_engine(
            url,
            pool_size=size,
            max_overflow=0,
            pool_pre_ping=url.get_backend_name() != "sqlite",
            hide_parameters=True,  # an error must not carry a person's data
            json_serializer=to_text,
            json_deserializer=from_text,
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise ConfigurationFault(
            f"the driver for {url.drivername} is not installed",
            where=_DATABASE_URL,
            next="Write sqlite:///… or, with greenroom[postgres] installed, postgresql+psycopg://…",
        ) from None
    event.listen(engine, "begin", begin)
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    """Set a new connection up. FULL: a meeting id that was committed survives a power cut."""
    sqlite_connection = cast("SqliteConnection", connection)
    sqlite_connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
    for pragma in (f"busy_timeout = {BUSY_SECONDS * 1000}", "synchronous = FULL", "foreign_keys = ON"):
        sqlite_connection.execute(f"PRAGMA {pragma}")
    _use_wal(sqlite_connection)


def _use_wal(connection: SqliteConnection) -> None:
    """Switch the file to WAL. SQLite does not wait for somebody who writes at that moment, so this does."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except SqliteError as error:
            if error.sqlite_errorcode & 0xFF != SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_LOOK_AGAIN)
        else:
            return


def _forbid_writing(connection: object, _record: object) -> None:
    cast("SqliteConnection", connection).execute("PRAGMA query_only = ON")


def _read_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _write_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _read_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _write_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


_BEGINS = {"sqlite": (_read_sqlite, _write_sqlite), "postgresql": (_read_postgresql, _write_postgresql)}
