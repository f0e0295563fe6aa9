"""``/healthz``: what a load balancer and a supervisor ask."""

import contextlib
import sqlite3
from importlib.metadata import version
from pathlib import Path

import httpx


async def test_a_service_in_order_says_so(client: httpx.AsyncClient) -> None:
    """Version, database, worker and the number of profiles, with 200."""
    answer = await client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "version": version("greenroom"),
        "database": "ok",
        "worker": "ok",
        "profiles": 0,
    }


async def test_head_is_enough(client: httpx.AsyncClient) -> None:
    """HEAD is answered like GET, without a body."""
    answer = await client.head("/healthz")

    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_database_that_does_not_answer_is_503(client: httpx.AsyncClient, tmp_path: Path) -> None:
    """A database that lost its tables is 503, and the answer tells nothing of it but that."""
    with contextlib.closing(sqlite3.connect(tmp_path / "greenroom.db", isolation_level=None)) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            database.execute(f'DROP TABLE "{table}"')

    answer = await client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unavailable"
    assert "table" not in answer.text


async def test_without_its_lifespan_it_is_not_in_order(idle: httpx.AsyncClient) -> None:
    """Mounted so that the worker never started, webhooks would be kept and never acted on: 503."""
    answer = await idle.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["worker"] == "stopped"
