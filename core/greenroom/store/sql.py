"""The store over SQLAlchemy Core: blocking connections in threads of its own, one transaction a call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from greenroom.engine.ports.store import Transaction
from greenroom.store.activities import SqlActivities
from greenroom.store.attempts import SqlAttempts
from greenroom.store.connections import SqlConnections
from greenroom.store.dialect import engines
from greenroom.store.directory import SqlDirectory
from greenroom.store.errors import StoreUnavailable
from greenroom.store.grants import SqlGrants
from greenroom.store.host_days import SqlHostDays
from greenroom.store.interviews import SqlInterviews
from greenroom.store.keyring import Keyring
from greenroom.store.organizations import SqlOrganizations
from greenroom.store.records import SqlRecords
from greenroom.store.schema import ensure_schema
from greenroom.store.settings import SqlSettings

T = TypeVar("T")

READERS = 4
RESEAL_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class SqlTransaction:
    """`greenroom.engine.ports.store.Transaction` over one connection."""

    organizations: SqlOrganizations
    connections: SqlConnections
    grants: SqlGrants
    attempts: SqlAttempts
    settings: SqlSettings
    directory: SqlDirectory
    interviews: SqlInterviews
    records: SqlRecords
    activities: SqlActivities
    host_days: SqlHostDays

    @classmethod
    def over(cls, connection: Connection, keyring: Keyring) -> Self:
        """Return all repositories over an open transaction."""
        return cls(
            organizations=SqlOrganizations(connection),
            connections=SqlConnections(connection),
            grants=SqlGrants(connection, keyring),
            attempts=SqlAttempts(connection, keyring),
            settings=SqlSettings(connection),
            directory=SqlDirectory(connection),
            interviews=SqlInterviews(connection),
            records=SqlRecords(connection),
            activities=SqlActivities(connection),
            host_days=SqlHostDays(connection),
        )


class SqlStore:
    """`greenroom.engine.ports.store.Store` on SQLite or PostgreSQL.

    Writes of a process go one after another through a single thread, so they queue here in order instead of
    polling the database's lock. A call that is cancelled while its transaction runs still ends it, either way.
    """

    def __init__(self, url: str, keyring: Keyring) -> None:
        self._keyring = keyring
        self._reader, self._writer = engines(url, readers=READERS)
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="greenroom-read")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="greenroom-write")

    @classmethod
    async def open(cls, url: str, keyring: Keyring) -> Self:
        """Return a store over a database that was brought up to this version.

        Raises `ConfigurationFault` for a URL that cannot be used, `SchemaFault` when the database is of a newer
        version or not Greenroom's, `StoreUnavailable` when it cannot be opened.
        """
        store = cls(url, keyring)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(store.close)
            await store._run(store._writing, lambda: ensure_schema(store._writer))
            stack.pop_all()
        return store

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` on one snapshot of the database; it cannot write."""
        return await self._run(self._reading, lambda: self._transact(self._reader, work))

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` as the only writer and commit; any exception rolls back and is raised.

        What ``work`` does outside its transaction is not undone, and it must not wait for the network.
        """
        return await self._run(self._writing, lambda: self._transact(self._writer, work))

    async def rotate(self) -> int:
        """Seal everything with the first key; return how many rows were sealed with another.

        Works in short transactions and may be stopped and begun again. Afterwards the other keys can leave the ring.
        """
        count = 0
        while True:
            done = await self._run(self._writing, self._reseal_some)
            if done == 0:
                return count
            count += done

    async def close(self) -> None:
        """Release connections and threads, after what runs has ended."""
        for pool in (self._reading, self._writing):
            await asyncio.to_thread(pool.shutdown)
        self._reader.dispose()
        self._writer.dispose()

    async def _run(self, pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(pool, work)

    def _transact(self, engine: Engine, work: Callable[[Transaction], T]) -> T:
        try:
            with engine.begin() as connection:
                return work(SqlTransaction.over(connection, self._keyring))
        except OperationalError as error:
            raise StoreUnavailable(
                f"the database did not answer: {error.orig}",
                where="database",
                next="Check that it is reachable, not full and not locked",
            ) from error

    def _reseal_some(self) -> int:
        with self._writer.begin() as connection:
            tx = SqlTransaction.over(connection, self._keyring)
            return tx.grants.reseal(limit=RESEAL_AT_ONCE) + tx.attempts.reseal(limit=RESEAL_AT_ONCE)
