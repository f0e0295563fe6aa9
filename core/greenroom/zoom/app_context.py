"""Where in Zoom's client our app was opened: the header ``X-Zoom-App-Context``, which Zoom encrypts for the app.

Its layout is ``length of iv (1 byte) | iv | length of aad (2) | aad | length of ciphertext (4) | ciphertext |
tag (16)``, numbers in little endian, all of it in base64url; AES-256-GCM, the key is the SHA-256 of the client secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from greenroom.engine.ports.zoom import AppContext, AppContextRefused, ZoomApp
from greenroom.zoom.fields import IdOfAnyType

LONGEST = 8192
"""Characters of a header that is read at all."""

_TAG = 16
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_SHORTEST_IV = 8


class _Context(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    typ: StrictStr
    uid: StrictStr
    aud: StrictStr
    mid: IdOfAnyType = None
    exp: int


def read_context(app: ZoomApp, header: str, now: datetime) -> AppContext:
    """Return what the header says. Raises `AppContextRefused` for whatever is not this app's, or not any more."""
    secret = app.client_secret.get_secret_value()
    try:
        found = _Context.model_validate_json(_decrypted(header, hashlib.sha256(secret.encode()).digest()))
        context = _context(found)
    except (ValidationError, InvalidTag, ValueError, OverflowError):
        raise AppContextRefused from None
    if found.aud != app.client_id or context.expires_at <= now:
        raise AppContextRefused
    return context


def _context(found: _Context) -> AppContext:
    # Zoom tells the end in milliseconds or in seconds; no end in seconds lies that far off.
    seconds = found.exp / 1000 if found.exp > 10**11 else found.exp
    return AppContext.model_validate(
        {"kind": found.typ, "user_id": found.uid, "meeting_uuid": found.mid, "expires_at": seconds}
    )


def _decrypted(header: str, key: bytes) -> bytes:
    iv, aad, ciphertext, tag = _parts(_bytes(header))
    return AESGCM(key).decrypt(iv, ciphertext + tag, aad or None)


def _bytes(header: str) -> bytes:
    if len(header) > LONGEST or not _BASE64URL.fullmatch(header):
        message = "not base64url"
        raise ValueError(message)
    bare = header.rstrip("=")
    try:
        return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _parts(sealed: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Return iv, aad, ciphertext and tag; raises ``ValueError`` where the lengths do not add up exactly."""
    try:
        (iv_length,) = struct.unpack_from("<B", sealed, 0)
        (aad_length,) = struct.unpack_from("<H", sealed, 1 + iv_length)
        aad_at = 3 + iv_length
        (length,) = struct.unpack_from("<I", sealed, aad_at + aad_length)
    except struct.error as error:
        raise ValueError(str(error)) from None
    at = aad_at + aad_length + 4
    if iv_length < _SHORTEST_IV or len(sealed) != at + length + _TAG:
        message = "the lengths do not add up"
        raise ValueError(message)
    iv, aad = sealed[1 : 1 + iv_length], sealed[aad_at : aad_at + aad_length]
    return iv, aad, sealed[at : at + length], sealed[at + length :]
