"""Bring a database up to this version, or say why not."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.exc import DatabaseError, OperationalError

from greenroom.store.errors import SchemaFault, StoreUnavailable
from greenroom.store.migrations import HEAD, VERSION_TABLE
from greenroom.store.tables import metadata

_MIGRATIONS = Path(__file__).with_name("migrations")

# Alembic keeps what it is migrating in one place for the whole process: two databases take turns.
_ALEMBIC = threading.Lock()


def ensure_schema(engine: Engine) -> None:
    """Migrate up if needed, in one transaction that no other writer can enter.

    ``engine`` is the one that writes. Raises `SchemaFault`, `StoreUnavailable`.
    """
    try:
        with engine.begin() as connection:
            if current_revision(connection) != HEAD:
                _migrate(connection)
    except OperationalError as error:
        raise StoreUnavailable(
            f"the database cannot be opened: {error.orig}",
            where="GREENROOM_DATABASE_URL",
            next="Check that its folder or server exists and may be written to",
        ) from None
    except DatabaseError as error:
        raise SchemaFault(
            f"this is no database of Greenroom: {error.orig}",
            where="GREENROOM_DATABASE_URL",
            next="Name another file or database",
        ) from None


def current_revision(connection: Connection) -> str | None:
    """Return the revision a database is at; ``None`` when it is empty. Raises `SchemaFault` when it is not ours."""
    names = set(inspect(connection).get_table_names())
    if VERSION_TABLE in names:
        found: str | None = connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()
        return found
    foreign = names & set(metadata.tables)
    if foreign:
        raise SchemaFault(
            f"there is a table {min(foreign)!r} that Greenroom did not make",
            where="GREENROOM_DATABASE_URL",
            next="Name another file or database",
        )
    return None


def _migrate(connection: Connection) -> None:
    from alembic import command  # takes 0.4 s to import, and is needed once a version
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        with _ALEMBIC:
            command.upgrade(config, "head")
    except CommandError:
        raise SchemaFault(
            f"the database is of a newer version of Greenroom (revision {current_revision(connection)})",
            where="GREENROOM_DATABASE_URL",
            next="Run that version, or restore a backup from before",
        ) from None
