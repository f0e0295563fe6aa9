"""Secrets at rest: never in the file, bound to their row, opened by any key on the ring."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from core.tests.store.samples import ATTEMPT, GRANT
from pydantic import SecretStr

from greenroom.engine.ports.store import Transaction
from greenroom.store import Keyring, SealBroken, SqlStore, UnknownKey
from greenroom.store.sealing import Place
from greenroom.store.sql import RESEAL_AT_ONCE

PLACE = Place("grants.access_token", ("grt_1", "client", "zu_1"))
SECOND = GRANT.model_copy(update={"id": "grt_2", "zoom_user_id": "zu_2"})
CANARIES = (b"canary-access", b"canary-refresh", b"canary-verifier")


@pytest.fixture
async def planted(store: SqlStore) -> SqlStore:
    """A store that holds two grants and an attempt."""

    def plant(tx: Transaction) -> None:
        tx.grants.add(GRANT)
        tx.grants.add(SECOND)
        tx.attempts.add(ATTEMPT)

    await store.write(plant)
    return store


def run(database: Path, *statements: str) -> None:
    """Change the file behind the store's back."""
    connection = sqlite3.connect(database)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def _read_all(database: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(database.parent.glob("greenroom.db*"))]


async def test_no_secret_is_in_the_file(planted: SqlStore, database: Path) -> None:
    """Neither the database nor its log holds a token in the clear, while it is open or afterwards."""
    kept = _read_all(database)
    await planted.close()
    kept += _read_all(database)
    assert len(kept) > 2
    assert b"api-eu.zoom.us" in kept[-1]
    assert not any(canary in data for data in kept for canary in CANARIES)


async def test_no_secret_is_in_a_repr(planted: SqlStore, keyring: Keyring, key_text: str) -> None:
    """Printing a record, or the ring, shows no secret."""
    grant = await planted.read(lambda tx: tx.grants.get("grt_1"))
    attempt = await planted.read(lambda tx: tx.attempts.get("state-1"))
    assert "canary" not in f"{grant!r} {attempt!r}"
    assert key_text.partition(":")[2] not in repr(keyring)


@pytest.mark.parametrize(
    "swap",
    [
        "UPDATE grants SET access_token = (SELECT access_token FROM grants WHERE id = 'grt_2') WHERE id = 'grt_1'",
        "UPDATE grants SET access_token = refresh_token",
        "UPDATE grants SET client_id = 'another' WHERE id = 'grt_1'",
        "UPDATE grants SET zoom_user_id = 'zu_9' WHERE id = 'grt_1'",
        "UPDATE grants SET access_token = substr(access_token, 1, length(access_token) - 1)",
        "UPDATE grants SET access_token = x'01'",
        "UPDATE grants SET access_token = x''",
    ],
)
async def test_a_moved_or_cut_token_does_not_open(planted: SqlStore, database: Path, swap: str) -> None:
    """A token opens in the row and column it was sealed for, whole, and nowhere else."""
    run(database, swap)
    with pytest.raises(SealBroken):
        await planted.read(lambda tx: tx.grants.get("grt_1"))


async def test_a_moved_verifier_does_not_open(planted: SqlStore, database: Path) -> None:
    """A verifier carried to another organization's attempt does not open there."""
    run(database, "UPDATE attempts SET organization_id = 'org_2'")
    with pytest.raises(SealBroken):
        await planted.read(lambda tx: tx.attempts.get("state-1"))


def test_no_flipped_bit_goes_unnoticed(keyring: Keyring) -> None:
    """Whichever bit of a seal is flipped, version and key id included, it does not open; nothing sealed is told."""
    sealed = keyring.seal(SecretStr("canary-access"), PLACE)
    assert keyring.open(sealed, PLACE).get_secret_value() == "canary-access"
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken) as caught:
            keyring.open(bytes(flipped), PLACE)
        assert "canary" not in str(caught.value)


def test_a_seal_under_another_key_id_does_not_open(key_text: str) -> None:
    """The id of the key is part of what is sealed, even if two ids name the same key."""
    key = key_text.partition(":")[2]
    ring = Keyring.parse(f"k1:{key},k2:{key}")
    sealed = ring.seal(SecretStr("x"), PLACE)
    with pytest.raises(SealBroken):
        ring.open(sealed.replace(b"k1", b"k2", 1), PLACE)


def test_the_parts_of_a_place_do_not_run_together(keyring: Keyring) -> None:
    """Two rows whose identities read the same when joined are two places."""
    sealed = keyring.seal(SecretStr("x"), Place("p", ("ab", "c")))
    with pytest.raises(SealBroken):
        keyring.open(sealed, Place("p", ("a", "bc")))


def test_equal_secrets_do_not_look_equal(keyring: Keyring) -> None:
    """Sealing the same text twice gives different bytes."""
    assert keyring.seal(SecretStr("x"), PLACE) != keyring.seal(SecretStr("x"), PLACE)


async def test_an_old_key_still_opens_and_rotation_retires_it(planted: SqlStore, url: str, key_text: str) -> None:
    """With a new key in front everything opens; after rotation the old one is not needed any more."""
    await planted.close()
    fresh = Keyring.generate()
    both = await SqlStore.open(url, Keyring.parse(f"{fresh},{key_text}"))
    assert await both.read(lambda tx: tx.grants.get("grt_1")) == GRANT
    assert await both.rotate() == 3
    assert await both.rotate() == 0
    await both.close()

    alone = await SqlStore.open(url, Keyring.parse(fresh))
    assert await alone.read(lambda tx: tx.grants.get("grt_2")) == SECOND
    assert await alone.read(lambda tx: tx.attempts.get("state-1")) == ATTEMPT
    await alone.close()


async def test_rotation_reaches_every_row(store: SqlStore, url: str, key_text: str) -> None:
    """More rows than one transaction takes are all sealed anew."""
    count = RESEAL_AT_ONCE + 5

    def fill(tx: Transaction) -> None:
        for number in range(count):
            tx.grants.add(GRANT.model_copy(update={"id": f"g{number}", "zoom_user_id": f"u{number}"}))

    await store.write(fill)
    other = await SqlStore.open(url, Keyring.parse(f"{Keyring.generate()},{key_text}"))
    assert await other.rotate() == count
    await other.close()


async def test_a_missing_key_is_named(planted: SqlStore, url: str, key_text: str) -> None:
    """Without the key that sealed it nothing opens or is sealed anew, and the message says which key is missing."""
    key_id = key_text.partition(":")[0]
    other = await SqlStore.open(url, Keyring.parse(Keyring.generate()))
    for call in (other.read(lambda tx: tx.grants.get("grt_1")), other.rotate()):
        with pytest.raises(UnknownKey, match=key_id):
            await call
    await other.close()
    assert await planted.read(lambda tx: tx.grants.get("grt_1")) == GRANT
