"""Stores over real SQLite files, migrated once and copied."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from core.tests.store.samples import ORGANIZATION, OTHER
from sqlalchemy import Connection, Engine

from greenroom.store import Keyring, SqlStore
from greenroom.store.dialect import engines
from greenroom.store.sql import SqlTransaction


@pytest.fixture(scope="session")
def key_text() -> str:
    """The text of one fresh key."""
    return Keyring.generate()


@pytest.fixture(scope="session")
def keyring(key_text: str) -> Keyring:
    """A ring of that key."""
    return Keyring.parse(key_text)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Path:
    """A database at the newest revision, with two organizations."""
    path = tmp_path_factory.mktemp("migrated") / "greenroom.db"

    async def make() -> None:
        store = await SqlStore.open(f"sqlite:///{path}", keyring)
        await store.write(lambda tx: tx.organizations.add(ORGANIZATION))
        await store.write(lambda tx: tx.organizations.add(OTHER))
        await store.close()

    asyncio.run(make())
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(migrated, tmp_path / "greenroom.db"))


@pytest.fixture
def url(database: Path) -> str:
    """Its URL."""
    return f"sqlite:///{database}"


@pytest.fixture
async def store(url: str, keyring: Keyring) -> AsyncIterator[SqlStore]:
    """An open store over it."""
    opened = await SqlStore.open(url, keyring)
    yield opened
    await opened.close()


@pytest.fixture
def writer(url: str) -> Iterator[Engine]:
    """The engine that writes to it."""
    reading, writing = engines(url, readers=1)
    yield writing
    reading.dispose()
    writing.dispose()


@pytest.fixture
def connection(writer: Engine) -> Iterator[Connection]:
    """A connection inside a write transaction, rolled back in the end."""
    with writer.connect() as opened, opened.begin() as transaction:
        yield opened
        transaction.rollback()


@pytest.fixture
def tx(connection: Connection, keyring: Keyring) -> SqlTransaction:
    """All repositories over it."""
    return SqlTransaction.over(connection, keyring)
