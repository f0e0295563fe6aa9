"""The pool of connections, on a real port: reuse, limits of patience, and what it must never do."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
from collections.abc import Iterator

import pytest
from core.tests.zoom.wire import Act, Wire, answer
from pydantic import SecretStr

from greenroom.engine.ports.zoom import Access, MeetingDraft, OutcomeUnclear, ZoomApp, ZoomError, ZoomUnavailable
from greenroom.http import MOST_BYTES, MOST_CONNECTIONS, HttpPool, NoReply, Reply, Timeouts
from greenroom.zoom import ZoomClient

ME = {"id": "u1", "email": "ana@acme.example"}


async def read(zoom: ZoomClient, access: Access) -> None:
    """Make one REST call."""
    await zoom.me(access, cloud="commercial", with_permissions=False)


async def test_a_second_call_opens_no_connection(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Connections are kept alive between calls."""
    wire.then(*[answer(200, ME)] * 3)
    for _ in range(3):
        await read(zoom, access)
    assert (len(wire.received), wire.connections) == (3, 1)


async def test_many_calls_run_at_once(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """One client serves everybody; more calls than places in the pool wait their turn."""
    wire.then(*[answer(200, ME)] * 80)
    await asyncio.gather(*(read(zoom, access) for _ in range(80)))
    assert len(wire.received) == 80
    assert wire.connections <= MOST_CONNECTIONS


async def test_cookies_do_not_travel(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """What Zoom sets for one organization's call is not sent with another's."""
    wire.then(answer(200, ME, {"set-cookie": "session=canary; Path=/"}), answer(200, ME))
    await read(zoom, access)
    await read(zoom, access)
    assert "cookie" not in wire.received[1].headers


async def test_redirects_are_not_followed(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """A token is shown to the host it is for, and to no other."""
    wire.then(answer(307, "", {"location": f"{wire.url}/stolen"}), answer(200, ME))
    with pytest.raises(ZoomError, match="redirected, which is not followed"):
        await read(zoom, access)
    assert [request.target for request in wire.received] == ["/v2/users/me"]


async def test_the_environment_sets_no_proxy(
    monkeypatch: pytest.MonkeyPatch, app: ZoomApp, access: Access, wire: Wire
) -> None:
    """A proxy in the environment is not asked to carry tokens."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    wire.then(answer(200, ME))
    async with ZoomClient(apps=[app]) as zoom:
        await read(zoom, access)
    assert wire.received[0].target == "/v2/users/me"


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port that accepts no further connection and refuses none: its queue is full."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


async def test_no_connection_in_time_had_no_effect(hasty: ZoomClient, full_port: int, draft: MeetingDraft) -> None:
    """A timeout before anything was sent is no reason to look for a meeting."""
    with pytest.raises(ZoomUnavailable, match="no connection"):
        await hasty.create_meeting(Access(api_url=f"http://127.0.0.1:{full_port}", token=SecretStr("t")), "u1", draft)


async def test_no_answer_in_time_is_unclear(hasty: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire) -> None:
    """A timeout after the request was received leaves open what became of it."""
    wire.then(Act.HANG)
    with pytest.raises(OutcomeUnclear, match="no answer in time"):
        await hasty.create_meeting(access, "u1", draft)
    assert len(wire.received) == 1


async def test_a_dripping_answer_ends_too(wire: Wire) -> None:
    """However steadily bytes come, one request has an end."""
    wire.then(b"HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n")
    begun = time.monotonic()
    async with HttpPool(Timeouts(read=5.0, whole=0.1)) as pool:
        assert await pool.send("GET", wire.url, headers={}) == NoReply("no answer in time", sent=True)
    assert time.monotonic() - begun < 4


async def test_no_free_place_in_the_pool_had_no_effect(wire: Wire) -> None:
    """Whoever waits in vain for a connection has sent nothing."""
    wire.then(*[Act.HANG] * MOST_CONNECTIONS)
    async with HttpPool(Timeouts(pool=0.05, read=0.4)) as pool:
        busy = [asyncio.create_task(pool.send("GET", wire.url, headers={})) for _ in range(MOST_CONNECTIONS)]
        await wire.until(MOST_CONNECTIONS)
        assert await pool.send("GET", wire.url, headers={}) == NoReply("no free connection in time", sent=False)
        await asyncio.gather(*busy)


async def test_an_endless_answer_is_not_read(wire: Wire) -> None:
    """A small packed answer cannot unpack into more than memory."""
    packed = gzip.compress(b"x" * (MOST_BYTES + 1))
    wire.then(answer(200, packed, {"content-encoding": "gzip"}))
    async with HttpPool(Timeouts()) as pool:
        got = await pool.send("GET", wire.url, headers={})
    assert isinstance(got, NoReply)
    assert got.sent


@pytest.mark.parametrize(
    "url", ["", "nowhere", "ftp://127.0.0.1/", "http://", "http://[", "http://a b/", "http://x:99999/"]
)
async def test_an_address_that_cannot_be_used_is_no_reply(url: str) -> None:
    """Nothing was sent, and nothing of the HTTP library comes out."""
    async with HttpPool(Timeouts(connect=0.3)) as pool:
        got = await pool.send("GET", url, headers={})
    assert isinstance(got, NoReply)
    assert not got.sent


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[1]", b'"a"', b"null", b'{"a": 1', b'{"a": "\xff"}', b"[" * 100_000]
)
def test_only_a_json_object_is_a_document(body: bytes) -> None:
    """Whatever else a server sends is no answer, and does no harm."""
    assert Reply(200, {}, body).document is None
