"""Zoom's word on where our app was opened: taken when it is whole, ours and fresh, and refused otherwise."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from datetime import timedelta

import pytest
from core.tests.zoom.conftest import CLIENT_SECRET, NOON
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from greenroom.engine.ports.zoom import AppContext, AppContextRefused, ZoomApp
from greenroom.zoom.app_context import LONGEST, read_context

APP = ZoomApp(
    name="acme",
    kind="user",
    client_id="acme-client",
    client_secret=SecretStr(CLIENT_SECRET),
    redirect_uri="https://hire.acme.example/back",
)
UNTIL = NOON + timedelta(minutes=2)
TOLD = {"typ": "meeting", "uid": "u1", "aud": "acme-client", "mid": "m==", "exp": int(UNTIL.timestamp() * 1000)}


def header(told: object, *, secret: str = CLIENT_SECRET, iv: bytes = bytes(range(12)), aad: bytes = b"") -> str:
    """Return a header as Zoom's documents lay it out, put together by hand."""
    whole = AESGCM(hashlib.sha256(secret.encode()).digest()).encrypt(iv, json.dumps(told).encode(), aad)
    body, tag = whole[:-16], whole[-16:]
    parts = bytes([len(iv)]) + iv + struct.pack("<H", len(aad)) + aad + struct.pack("<I", len(body)) + body + tag
    return base64.urlsafe_b64encode(parts).decode()


@pytest.mark.parametrize("exp", [int(UNTIL.timestamp()), int(UNTIL.timestamp() * 1000)])
@pytest.mark.parametrize("aad", [b"", b"aad"])
def test_what_zoom_says_is_read(exp: int, aad: bytes) -> None:
    """With or without associated data, its end in seconds or milliseconds, with or without padding."""
    text = header({**TOLD, "exp": exp}, aad=aad)
    found = AppContext(kind="meeting", user_id="u1", meeting_uuid="m==", expires_at=UNTIL)
    assert read_context(APP, text, NOON) == read_context(APP, text.rstrip("="), NOON) == found


@pytest.mark.parametrize(
    "text",
    [
        header(TOLD, secret="another app's secret"),
        header({**TOLD, "aud": "another app"}),
        header({**TOLD, "exp": int(NOON.timestamp() * 1000)}),
        header({**TOLD, "exp": 10**30}),
        header({name: value for name, value in TOLD.items() if name != "uid"}),
        header(["no", "object"]),
        header(TOLD)[:-24],
        header(TOLD).rstrip("=") + "AAAA",
        "A" * (LONGEST + 1),
        "not base64!",
        "",
    ],
)
def test_everything_else_is_refused_alike(text: str) -> None:
    """Whatever is wrong with it, the answer says nothing of what."""
    with pytest.raises(AppContextRefused) as caught:
        read_context(APP, text, NOON)
    assert str(caught.value) == str(AppContextRefused())
    assert caught.value.__cause__ is None


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    """Anything at all is refused, and nothing else happens."""
    with pytest.raises(AppContextRefused):
        read_context(APP, base64.urlsafe_b64encode(content).decode(), NOON)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    """No byte of a header can be another one."""
    raw = bytearray(base64.urlsafe_b64decode(header(TOLD, aad=b"aad")))
    raw[place % len(raw)] ^= change
    with pytest.raises(AppContextRefused):
        read_context(APP, base64.urlsafe_b64encode(bytes(raw)).decode(), NOON)
