"""How a secret is sealed: AES-256-GCM, bound to the place it lies in.

A seal is ``version (1 byte) | length of key id (1) | key id | nonce (12) | ciphertext and tag``. Its associated
data are the bytes before the nonce and the `Place`, so a seal that was moved to another row, column or purpose does
not open. Nonces are random: a key must be replaced well before it made 2^32 seals.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from greenroom.store.errors import SealBroken

VERSION = b"\x01"
KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where a secret lies: the purpose (table and column), and everything that makes the row that row."""

    purpose: str
    row: tuple[str, ...]

    @property
    def identity(self) -> bytes:
        """The place as bytes; JSON keeps ("ab", "c") and ("a", "bc") apart."""
        return json.dumps([self.purpose, *self.row], ensure_ascii=True).encode()


def grant_place(column: str, *, grant_id: str, client_id: str, zoom_user_id: str) -> Place:
    """Return the place of a token of a grant."""
    return Place(f"grants.{column}", (grant_id, client_id, zoom_user_id))


def verifier_place(*, organization_id: str, state_hash: str) -> Place:
    """Return the place of the PKCE verifier of an attempt."""
    return Place("attempts.verifier", (organization_id, state_hash))


def seal(text: str, place: Place, *, key_id: str, key: bytes) -> bytes:
    """Return ``text`` sealed for ``place``."""
    head = _head(key_id)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, text.encode(), head + place.identity)


def unseal(sealed: bytes, place: Place, *, key: bytes) -> str:
    """Return what was sealed for ``place``. Raises `SealBroken`."""
    head = _head(key_id_of(sealed, place))
    nonce, body = sealed[len(head) : len(head) + _NONCE_BYTES], sealed[len(head) + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, head + place.identity).decode()
    except InvalidTag:
        raise SealBroken(place.purpose) from None


def key_id_of(sealed: bytes, place: Place) -> str:
    """Return the id of the key that sealed this. Raises `SealBroken` when it is too short or of no known version."""
    length = sealed[1] if len(sealed) > 1 else 0
    if sealed[:1] != VERSION or len(sealed) < 2 + length + _NONCE_BYTES + _TAG_BYTES:
        raise SealBroken(place.purpose)
    try:
        return sealed[2 : 2 + length].decode("ascii")
    except UnicodeDecodeError:
        raise SealBroken(place.purpose) from None


def _head(key_id: str) -> bytes:
    name = key_id.encode("ascii")
    return VERSION + bytes([len(name)]) + name
