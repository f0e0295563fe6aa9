"""The keys that secrets are sealed with: the first one seals, all of them open."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from typing import Self

from pydantic import SecretStr

from greenroom.store.errors import BadKeys, NoKeys, UnknownKey
from greenroom.store.sealing import KEY_BYTES, Place, key_id_of, seal, unseal

_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class Keyring:
    """Keys by id, in the order given. A new key goes first; an old one may leave when nothing is sealed with it."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise NoKeys
        self._keys = dict(keys)
        self.first = next(iter(self._keys))

    def __repr__(self) -> str:
        return f"<Keyring {', '.join(self._keys)}>"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"k2:<base64url of 32 bytes>,k1:<…>"``.

        Raises `NoKeys` when there is none, `BadKeys` naming the entry that is wrong; never what stands in it.
        """
        keys: dict[str, bytes] = {}
        for position, entry in enumerate((part.strip() for part in text.split(",")), start=1):
            if not entry:
                continue
            key_id, key = _read_entry(entry, position)
            if key_id in keys:
                raise BadKeys("has the id of an earlier one", position=position)
            keys[key_id] = key
        return cls(keys)

    @staticmethod
    def generate() -> str:
        """Return the text of a fresh key under a fresh id, for `parse`."""
        key = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).rstrip(b"=").decode()
        return f"k{secrets.token_hex(3)}:{key}"

    def seal(self, secret: SecretStr, place: Place) -> bytes:
        """Seal with the first key."""
        return seal(secret.get_secret_value(), place, key_id=self.first, key=self._keys[self.first])

    def open(self, sealed: bytes, place: Place) -> SecretStr:
        """Open with whichever key sealed it. Raises `UnknownKey`, `SealBroken`."""
        key_id = key_id_of(sealed, place)
        key = self._keys.get(key_id)
        if key is None:
            raise UnknownKey(place.purpose, key_id if _KEY_ID.fullmatch(key_id) else "?")
        return SecretStr(unseal(sealed, place, key=key))


def _read_entry(entry: str, position: int) -> tuple[str, bytes]:
    key_id, colon, text = entry.partition(":")
    if not colon or not _KEY_ID.fullmatch(key_id.strip()):
        raise BadKeys("does not begin with an id and a colon", position=position)
    try:
        key = base64.b64decode(_padded(text.strip()), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadKeys("is not base64url", position=position) from None
    if len(key) != KEY_BYTES:
        raise BadKeys(f"has a key of {len(key)} bytes, not {KEY_BYTES}", position=position)
    return key_id.strip(), key


def _padded(text: str) -> str:
    bare = text.rstrip("=")
    return bare + "=" * (-len(bare) % 4)
