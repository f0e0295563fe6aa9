"""The schema: made by migrations, equal to the tables, and refused where it is not ours."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from core.tests.store.samples import CONNECTION, MEETING_RECORD, MEMBER
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from greenroom.errors import ConfigurationFault
from greenroom.store import Keyring, SchemaFault, SqlStore, StoreUnavailable, dialect, migrations
from greenroom.store.migrations import HEAD, VERSION_TABLE
from greenroom.store.tables import metadata


def test_migrations_make_the_tables(connection: Connection) -> None:
    """After all migrations of an empty database nothing is left to migrate."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
    assert compare_metadata(context, metadata) == []


def test_migrations_make_exactly_the_tables(database: Path) -> None:
    """Migrated and freshly created tables have the same columns, keys, rules and indexes, word for word."""
    engine = create_engine("sqlite://")
    with engine.connect() as fresh:
        metadata.create_all(fresh)
        created = {row[0] for row in fresh.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))}
    engine.dispose()
    connection = sqlite3.connect(database)
    migrated = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    connection.close()
    assert {_clauses(sql) for sql in created} == {_clauses(sql) for sql in migrated if VERSION_TABLE not in sql}


def _clauses(sql: str) -> frozenset[str]:
    """The parts of a definition; two tables are equal whatever the order of their columns and the breaks of lines."""
    head, _, body = sql.partition("(")
    parts = re.split(r",(?![^(]*\))", body.strip().removesuffix(")"))
    return frozenset({" ".join(part.split()) for part in (head, *parts)})


def _migrated_to(engine: Engine, revision: str) -> None:
    """Bring an empty database to an earlier revision."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


async def test_what_an_earlier_version_kept_is_there_after_the_upgrade(tmp_path: Path, keyring: Keyring) -> None:
    """A database of the first revision opens: its webhooks, which had no claims then, are there to be acted on, and
    its connections are found by their Zoom user, its meetings by their host, and its notices count as delivered."""
    url = f"sqlite:///{tmp_path / 'earlier.db'}"
    reading, writing = dialect.engines(url, readers=1)
    _migrated_to(writing, "0001")
    with writing.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO inbox (id, digest, body, document) "
                """VALUES ('wh_1', 'd1', x'7b7d', '{"app":"main","received_at":"2027-03-02T15:00:00Z"}')"""
            )
        )
        user = CONNECTION.model_dump_json(include={"phase", "zoom_user", "scopes", "revision"})
        connection.execute(
            text("""INSERT INTO organizations (id, name_key, document) VALUES (:o, :o, '{}')"""),
            {"o": "org_1"},
        )
        connection.execute(
            text(
                "INSERT INTO notices (id, organization_id, event, told, document) VALUES "
                """('ntc_1', 'org_1', 'e', 'actor', '{"to":"actor","say":{"key":"said"},"text":"Said.","""
                """"at":"2027-03-02T15:00:00Z"}')"""
            )
        )
        connection.execute(
            text("INSERT INTO connections (id, organization_id, level, owner, document) VALUES (:i, :o, :l, :w, :d)"),
            {"i": "con_1", "o": "org_1", "l": CONNECTION.level.value, "w": CONNECTION.owner, "d": user},
        )
        connection.execute(
            text(
                "INSERT INTO meetings (organization_id, meeting_id, connection_id, join_url, state, document) "
                "VALUES ('org_1', :m, 'con_1', 'https://zoom.us/j/1', 'live', :d)"
            ),
            {"m": MEETING_RECORD.meeting.id, "d": MEETING_RECORD.model_dump_json(include={"meeting", "created_at"})},
        )
    reading.dispose()
    writing.dispose()
    store = await SqlStore.open(url, keyring)
    host_id = MEETING_RECORD.meeting.host.id
    hosted = await store.read(lambda tx: tx.interviews.meetings_hosted_by(host_id))
    found = await store.read(lambda tx: tx.records.unhandled())
    assert CONNECTION.zoom_user is not None
    zoom_user_id = CONNECTION.zoom_user.id
    theirs = await store.read(lambda tx: tx.connections.of_zoom_user(zoom_user_id))
    notices = await store.read(lambda tx: tx.records.notices("org_1"))
    await store.close()
    assert [one.delivered_at == one.at for one in notices] == [True]
    assert [one.id for one in found] == ["wh_1"]
    assert [one.id for one in theirs] == ["con_1"]
    assert [one.meeting.id for one in hosted] == [MEETING_RECORD.meeting.id]


def test_the_newest_revision_is_known_without_alembic() -> None:
    """The constant that spares an import is the head of the migrations."""
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert script.get_heads() == [HEAD]


def test_a_current_database_opens_without_alembic(url: str, key_text: str) -> None:
    """Opening a database that needs no migration does not pay for Alembic."""
    code = (
        "import asyncio, sys\n"
        "from greenroom.store import Keyring, SqlStore\n"
        f"store = asyncio.run(SqlStore.open({url!r}, Keyring.parse({key_text!r})))\n"
        "assert 'sqlalchemy' in sys.modules and 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


async def test_a_newer_database_is_refused(url: str, database: Path, keyring: Keyring) -> None:
    """A database that a newer version migrated is left alone, the message names its revision, and no thread stays."""
    _change(database, "UPDATE greenroom_schema SET version_num = '9999'")
    with pytest.raises(SchemaFault, match=r"newer version.*9999"):
        await SqlStore.open(url, keyring)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("greenroom-")]


async def test_somebody_elses_database_is_refused(tmp_path: Path, keyring: Keyring) -> None:
    """A database with a table of one of our names that we did not make is left alone."""
    _change(tmp_path / "theirs.db", "CREATE TABLE members (id)")
    with pytest.raises(SchemaFault, match="members"):
        await SqlStore.open(f"sqlite:///{tmp_path}/theirs.db", keyring)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path, keyring: Keyring) -> None:
    """Any other file is left alone."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ana, " * 200)
    with pytest.raises(SchemaFault, match="not a database"):
        await SqlStore.open(f"sqlite:///{path}", keyring)
    assert path.read_text() == "Dear Ana, " * 200


async def test_a_database_that_cannot_be_opened(tmp_path: Path, keyring: Keyring) -> None:
    """A folder that is not there is said so, with what to check."""
    with pytest.raises(StoreUnavailable, match="folder"):
        await SqlStore.open(f"sqlite:///{tmp_path}/nowhere/greenroom.db", keyring)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "canary",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://canary:canary@host/db",
        "postgresql+nodriver://canary@h/d",
    ],
)
def test_urls_that_cannot_be_used(url: str, keyring: Keyring) -> None:
    """A URL that cannot be used is a fault of the configuration, and is not repeated: it may hold a password."""
    with pytest.raises(ConfigurationFault) as caught:
        SqlStore(url, keyring)
    assert "canary" not in str(caught.value)


async def test_a_locked_database(store: SqlStore, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When another process keeps the lock too long, the write is refused and may be tried again."""
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0)
    store._writer.dispose()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await store.write(lambda tx: tx.organizations.save_member("org_1", MEMBER))
    other.execute("COMMIT")
    other.close()
    await store.write(lambda tx: tx.organizations.save_member("org_1", MEMBER))


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
async def test_opening_waits_for_a_lock(tmp_path: Path, keyring: Keyring, lock: str) -> None:
    """A process that opens a new file while another one has just begun to write to it waits for its turn."""
    path = tmp_path / "fresh.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute(lock)
    other.execute("CREATE TABLE unrelated (id)")
    threading.Timer(0.2, other.execute, ["COMMIT"]).start()
    store = await SqlStore.open(f"sqlite:///{path}", keyring)
    assert await store.read(lambda tx: tx.organizations.list()) == ()
    await store.close()
    other.close()


async def test_a_read_cannot_write(store: SqlStore) -> None:
    """What was asked for as a read never changes anything."""
    with pytest.raises(StoreUnavailable, match="readonly"):
        await store.read(lambda tx: tx.organizations.save_member("org_1", MEMBER))
    assert await store.read(lambda tx: tx.organizations.members("org_1")) == ()


async def test_a_fault_of_the_database_shows_no_values(store: SqlStore) -> None:
    """An error that the database raises tells the statement, not the person's data in it."""
    with pytest.raises(IntegrityError) as caught:
        await store.write(lambda tx: tx.organizations.save_member("unknown", MEMBER))
    assert "FOREIGN KEY" in str(caught.value)
    assert "ana@example.com" not in str(caught.value)


def test_sqlite_is_set_to_keep_what_was_committed(writer: Engine) -> None:
    """Commits go to the disk, foreign keys hold, and readers do not wait for the writer."""
    with writer.connect() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 2, 1, 30_000]


async def test_databases_are_migrated_at_the_same_time(tmp_path: Path) -> None:
    """Several empty databases that one process opens at once each get their own tables."""
    keyring = Keyring.parse(Keyring.generate())
    urls = [f"sqlite:///{tmp_path / f'{number}.db'}" for number in range(5)]
    stores = await asyncio.gather(*(SqlStore.open(url, keyring) for url in urls))
    for store in stores:
        assert await store.read(lambda tx: tx.organizations.list()) == ()
        await store.close()


def test_the_schema_compiles_for_postgresql() -> None:
    """Every table and index has a form in PostgreSQL, the open-intent rule included."""
    chosen = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    for table in metadata.sorted_tables:
        str(CreateTable(table).compile(dialect=chosen))
    indexes = {
        str(index.name): str(CreateIndex(index).compile(dialect=chosen))
        for table in metadata.sorted_tables
        for index in table.indexes
    }
    assert indexes["uq_intents_open"].endswith("WHERE state IN ('committed', 'unclear')")


def _change(database: Path, statement: str) -> None:
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(statement)
    connection.close()
