"""Threads, processes and kills: no update is lost, and no half of a transaction is kept."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.tests.store import counting
from core.tests.store.samples import ORGANIZATION

from greenroom.engine.ports.store import Transaction
from greenroom.store import Keyring, SqlStore

THREADS, TIMES = 8, 50


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start a process that works on a store."""
    return subprocess.Popen(
        [sys.executable, counting.__file__, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )


async def counted(store: SqlStore) -> int:
    """Return where the counter stands."""
    return await store.read(lambda tx: counting.number(tx, "counter"))


async def test_threads_lose_no_update(url: str, keyring: Keyring) -> None:
    """Eight threads, each with a store of its own, read and write one number fifty times: none of it is lost."""

    async def work() -> None:
        store = await SqlStore.open(url, keyring)
        for _ in range(TIMES):
            await store.write(counting.add_one)
        await store.close()

    with ThreadPoolExecutor(THREADS) as threads:
        running = [asyncio.get_running_loop().run_in_executor(threads, asyncio.run, work()) for _ in range(THREADS)]
        await asyncio.gather(*running)
    store = await SqlStore.open(url, keyring)
    assert await counted(store) == THREADS * TIMES
    await store.close()


async def test_tasks_lose_no_update(store: SqlStore) -> None:
    """Tasks on one store do not lose updates either."""
    await asyncio.gather(*(store.write(counting.add_one) for _ in range(100)))
    assert await counted(store) == 100


async def test_two_processes_begin_and_work_on_one_file(tmp_path: Path, keyring: Keyring, key_text: str) -> None:
    """Two processes that open an empty file at once migrate it once, and lose no update."""
    url = f"sqlite:///{tmp_path}/fresh.db"
    migrating = [start("nothing", url, key_text) for _ in range(2)]
    assert [await asyncio.to_thread(process.wait) for process in migrating] == [0, 0]
    store = await SqlStore.open(url, keyring)
    await store.write(lambda tx: tx.organizations.add(ORGANIZATION))
    counting_ = [start("count", url, key_text, "50") for _ in range(2)]
    assert [await asyncio.to_thread(process.wait) for process in counting_] == [0, 0]
    assert await counted(store) == 100
    await store.close()
    for process in (*migrating, *counting_):
        process.communicate()


async def test_a_kill_between_commits(url: str, keyring: Keyring, key_text: str) -> None:
    """After kill -9 everything that was told to be committed is there, and both halves of it."""
    process = start("pairs", url, key_text)
    assert process.stdout is not None
    told = [await asyncio.to_thread(process.stdout.readline) for _ in range(20)][-1]
    process.kill()
    rest = process.communicate()[0]
    last = int((told + rest).split()[-1])
    store = await SqlStore.open(url, keyring)
    left, right = await store.read(lambda tx: (counting.number(tx, "left"), counting.number(tx, "right")))
    assert left == right
    assert left in {last, last + 1}
    await store.close()


async def test_a_kill_inside_a_transaction(url: str, keyring: Keyring, key_text: str) -> None:
    """Of a transaction that was killed nothing is kept, and its lock holds nobody up."""
    process = start("stop-inside", url, key_text)
    assert process.stdout is not None
    assert await asyncio.to_thread(process.stdout.readline) == "inside\n"
    process.kill()
    process.communicate()
    store = await SqlStore.open(url, keyring)
    assert await counted(store) == 0
    await store.write(counting.add_one)
    assert await counted(store) == 1
    await store.close()


async def test_a_read_sees_one_moment(store: SqlStore) -> None:
    """A transaction that reads twice reads the same, whatever is written in between."""
    loop = asyncio.get_running_loop()

    def look_twice(tx: Transaction) -> tuple[int, int]:
        before = counting.number(tx, "counter")
        asyncio.run_coroutine_threadsafe(store.write(counting.add_one), loop).result(10)
        return before, counting.number(tx, "counter")

    assert await store.read(look_twice) == (0, 0)
    assert await counted(store) == 1
