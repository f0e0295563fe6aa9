"""A process of its own that works on a store, for tests that need one to wait for, or to kill.

``count URL KEYS TIMES``: add one to a counter, TIMES times.
``pairs URL KEYS``: write a number twice in one transaction, for ever; print each number once it is committed.
``stop-inside URL KEYS``: write once, print ``inside``, and never end the transaction.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time

from greenroom.engine.ports.records import SettingsRecord
from greenroom.engine.ports.store import Transaction
from greenroom.model import Scope
from greenroom.store import Keyring, SqlStore


def number(tx: Transaction, subject: str) -> int:
    """Return a number kept in the settings of this subject; 0 before it was put there."""
    found = tx.settings.get("org_1", Scope.KIND, subject)
    value = found.values["n"] if found is not None else 0
    assert isinstance(value, int)
    return value


def put(tx: Transaction, subject: str, value: int) -> None:
    """Put a number there."""
    tx.settings.save(SettingsRecord(organization_id="org_1", scope=Scope.KIND, subject=subject, values={"n": value}))


def add_one(tx: Transaction) -> None:
    """Read, add, write: loses updates unless nobody else writes in between."""
    put(tx, "counter", number(tx, "counter") + 1)


def stop_inside(tx: Transaction) -> None:
    """Write, and stay inside the transaction."""
    put(tx, "counter", 1_000)
    print("inside", flush=True)  # noqa: T201  # the parent waits for it
    time.sleep(60)


async def write_pairs(store: SqlStore) -> None:
    """Write each number twice in one transaction, and say so when it is committed."""
    for current in itertools.count(1):

        def put_both(tx: Transaction, value: int = current) -> None:
            put(tx, "left", value)
            put(tx, "right", value)

        await store.write(put_both)
        print(current, flush=True)  # noqa: T201  # the parent reads it


async def main(what: str, url: str, keys: str, times: int) -> None:
    """Do what was asked."""
    store = await SqlStore.open(url, Keyring.parse(keys))
    if what == "count":
        for _ in range(times):
            await store.write(add_one)
    elif what == "stop-inside":
        await store.write(stop_inside)
    elif what == "pairs":
        await write_pairs(store)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int((*sys.argv, "0")[4])))
