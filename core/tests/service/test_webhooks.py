"""Webhooks as Zoom sends them, and as somebody else might."""

import asyncio
import gzip
import http.client
import json
import time
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from core.tests.service.outside import PUBLIC, SECRETS, event, signed

from greenroom.facade import Greenroom
from greenroom.service import ServiceServer, create_app
from greenroom.service import webhooks as module

URL = "/webhooks/zoom/admin"
BODY = event("app_deauthorized", account_id="a1", user_id="u1")


async def test_a_signed_webhook_is_kept_and_answered_without_content(
    idle: httpx.AsyncClient, greenroom: Greenroom
) -> None:
    """What Zoom signed for this app is answered 204 once it is in the database."""
    answer = await idle.post(URL, content=BODY, headers=signed(BODY))

    assert (answer.status_code, answer.content) == (204, b"")
    assert await greenroom.work_inbox() == 1


async def test_a_redelivery_is_kept_once(idle: httpx.AsyncClient, greenroom: Greenroom) -> None:
    """The same body, signed afresh or replayed, is answered like the first and kept once."""
    for at in (None, None, time.time() - 30):
        assert (await idle.post(URL, content=BODY, headers=signed(BODY, at=at))).status_code == 204

    assert await greenroom.work_inbox() == 1


async def test_parallel_redeliveries_are_kept_once(idle: httpx.AsyncClient, greenroom: Greenroom) -> None:
    """Ten at once of the same body are one webhook."""
    answers = await asyncio.gather(*(idle.post(URL, content=BODY, headers=signed(BODY)) for _ in range(10)))

    assert {answer.status_code for answer in answers} == {204}
    assert await greenroom.work_inbox() == 1


FORGED = {
    "nothing": {},
    "no signature": {"x-zm-request-timestamp": signed(BODY)["x-zm-request-timestamp"]},
    "no timestamp": {"x-zm-signature": signed(BODY)["x-zm-signature"]},
    "wrong signature": signed(BODY) | {"x-zm-signature": "v0=" + "0" * 64},
    "another app's": signed(BODY, secret=SECRETS["other"]),
    "an hour old": signed(BODY, at=time.time() - 3600),
    "an hour ahead": signed(BODY, at=time.time() + 3600),
    "exponent": signed(BODY) | {"x-zm-request-timestamp": "1e9"},
    "negative": signed(BODY, at=-1),
    "400 digits": signed(BODY) | {"x-zm-request-timestamp": "1" * 400},
    "for other bytes": signed(BODY.replace(b":", b": ")),
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
async def test_what_zoom_did_not_just_sign_is_refused(
    idle: httpx.AsyncClient, greenroom: Greenroom, headers: dict[str, str]
) -> None:
    """Anything but this app's signature over these bytes within five minutes is 401 and leaves nothing."""
    answer = await idle.post(URL, content=BODY, headers=headers)

    assert answer.status_code == 401
    assert SECRETS["admin"] not in answer.text
    assert await greenroom.work_inbox() == 0


async def test_digits_of_other_scripts_are_no_timestamp(idle: httpx.AsyncClient) -> None:
    """A timestamp in Arabic digits is refused, not read."""
    headers = {name.encode(): value.encode() for name, value in signed(BODY).items()}

    answer = await idle.post(URL, content=BODY, headers=headers | {b"x-zm-request-timestamp": "١٢٣".encode()})

    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["nobody", "plain", "..%2Fadmin", "admin%00"])
async def test_an_app_without_a_webhook_secret_takes_no_webhooks(idle: httpx.AsyncClient, name: str) -> None:
    """An unknown app, and one whose webhook secret is not configured, are alike: 404."""
    answer = await idle.post(f"/webhooks/zoom/{name}", content=BODY, headers=signed(BODY, secret=""))

    assert answer.status_code == 404


async def test_the_validation_of_the_address_is_answered(idle: httpx.AsyncClient, greenroom: Greenroom) -> None:
    """``endpoint.url_validation`` gets its token back with the HMAC-SHA256 of it, and is not kept."""
    body = event("endpoint.url_validation", plainToken="qgg8vlvZRS6UYooatFL8Aw")

    answer = await idle.post(URL, content=body, headers=signed(body))

    assert answer.status_code == 200
    assert answer.json() == {
        "plainToken": "qgg8vlvZRS6UYooatFL8Aw",
        "encryptedToken": "7b8120a22267526c076c492961f3f31c220ce0f827b9a44b71b2a4ecb223e1a2",
    }
    assert await greenroom.work_inbox() == 0


@pytest.mark.parametrize("token", ["<script>alert(1)</script>", "x" * 100_000, "v0:1:{}", ""])
async def test_a_strange_validation_token_is_not_signed(idle: httpx.AsyncClient, token: str) -> None:
    """Our secret signs nothing that could be a webhook of somebody's making, and nothing is echoed."""
    body = event("endpoint.url_validation", plainToken=token)

    answer = await idle.post(URL, content=body, headers=signed(body))

    assert answer.status_code == 401
    assert "script" not in answer.text


async def test_an_unsigned_validation_is_not_answered(idle: httpx.AsyncClient) -> None:
    """A validation is signed like any webhook; ours is no oracle for those who cannot sign."""
    body = event("endpoint.url_validation", plainToken="abc")

    assert (await idle.post(URL, content=body)).status_code == 401


UNREADABLE = {
    "empty": b"",
    "no JSON": b"event=app_deauthorized",
    "a list": b"[]",
    "no event": b"{}",
    "event a number": b'{"event":1}',
    "payload a string": b'{"event":"x","payload":"y"}',
    "100,000 deep": b'{"event":"x","payload":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
    "not UTF-8": b'{"event":"\xff"}',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_signed_body_that_is_no_event_is_refused(
    idle: httpx.AsyncClient, greenroom: Greenroom, body: bytes
) -> None:
    """A signature makes no event of other bytes: 400, and nothing is kept."""
    answer = await idle.post(URL, content=body, headers=signed(body))

    assert answer.status_code == 400
    assert await greenroom.work_inbox() == 0


async def test_of_two_events_in_one_body_the_last_counts_everywhere(
    idle: httpx.AsyncClient, greenroom: Greenroom
) -> None:
    """Duplicate keys are read the same way when answering and when acting: no body is two things."""
    body = b'{"event":"endpoint.url_validation","payload":{"plainToken":"abc"},"event":"app_deauthorized"}'

    answer = await idle.post(URL, content=body, headers=signed(body))

    assert (answer.status_code, answer.content) == (204, b"")
    assert await greenroom.work_inbox() == 1


async def test_an_unknown_event_is_kept(idle: httpx.AsyncClient, greenroom: Greenroom) -> None:
    """Zoom adds events as it likes, with fields of any type; they are taken and do no harm."""
    body = event("meeting.started", object={"id": 2**63, "host": None})

    assert (await idle.post(URL, content=body, headers=signed(body))).status_code == 204
    assert await greenroom.work_inbox() == 1


async def test_the_content_type_does_not_matter(idle: httpx.AsyncClient) -> None:
    """What counts is the signature over the bytes."""
    headers = signed(BODY) | {"content-type": "text/plain"}

    assert (await idle.post(URL, content=BODY, headers=headers)).status_code == 204


async def test_a_compressed_body_is_refused(idle: httpx.AsyncClient, greenroom: Greenroom) -> None:
    """A gzip bomb is never unpacked: 415, whatever its signature."""
    bomb = gzip.compress(b"0" * 50_000_000)

    answer = await idle.post(URL, content=bomb, headers=signed(bomb) | {"content-encoding": "gzip"})

    assert answer.status_code == 415
    assert await greenroom.work_inbox() == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
async def test_only_post_is_taken(idle: httpx.AsyncClient, method: str) -> None:
    """Any other method is 405 and told what is allowed."""
    answer = await idle.request(method, URL)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


async def test_errors_are_json_here(idle: httpx.AsyncClient) -> None:
    """A machine is told in JSON: a stable code, a sentence, what next, and the reference of the log."""
    answer = await idle.post(URL, content=BODY, headers={"accept": "*/*"})

    error = answer.json()["error"]
    assert error["code"] == "zoom.webhook_rejected"
    assert error["request_id"] == answer.headers["x-request-id"]
    assert set(error) == {"code", "what", "next", "request_id"}


def test_a_body_too_large_is_refused_before_it_is_read(server: ServiceServer) -> None:
    """A declared length above 1 MB is answered 413 although not one byte of it was sent."""
    connection = _connection(server)
    connection.putrequest("POST", URL)
    connection.putheader("content-length", str(50_000_000))
    connection.endheaders()

    assert connection.getresponse().status == 413
    connection.close()


def test_a_body_without_end_is_cut_off(server: ServiceServer) -> None:
    """A chunked body is answered 413 as soon as it passes 1 MB."""

    def endless() -> Iterator[bytes]:
        for _ in range(17):
            yield b"0" * 65_536

    connection = _connection(server)
    connection.request("POST", URL, body=endless(), encode_chunked=True, headers={"transfer-encoding": "chunked"})

    assert connection.getresponse().status == 413
    connection.close()


async def test_a_body_that_dawdles_is_cut_off(greenroom: Greenroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who takes too long over a body is answered 408 and holds nothing open."""
    monkeypatch.setattr(module, "READ_WITHIN", 0.05)

    async def dawdling() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(30)

    transport = httpx.ASGITransport(create_app(greenroom, public_url=PUBLIC))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as sender:
        answer = await sender.post(URL, content=dawdling())

    assert answer.status_code == 408


def test_a_body_that_ends_early_does_no_harm(server: ServiceServer) -> None:
    """A sender that goes away leaves nothing behind; the next one is served."""
    connection = _connection(server)
    connection.putrequest("POST", URL)
    connection.putheader("content-length", "1000")
    connection.endheaders(b"{")
    connection.close()

    assert httpx.post(f"{server.base_url}{URL}", content=BODY, headers=signed(BODY)).status_code == 204


def test_the_secret_and_the_body_reach_no_log(server: ServiceServer, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a forged nor a genuine webhook puts a secret, a signature or its content into the log."""
    caplog.set_level("DEBUG")
    for headers in (signed(BODY), FORGED["another app's"]):
        httpx.post(f"{server.base_url}{URL}", content=BODY, headers=headers)

    written = "\n".join(record.getMessage() for record in caplog.records)
    assert "/webhooks/zoom/{app}" in written
    for private in (*SECRETS.values(), signed(BODY)["x-zm-signature"], "u1", "app_deauthorized"):
        assert private not in written


def _connection(server: ServiceServer) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(server.base_url.removeprefix("http://"), timeout=5)


def test_an_event_is_compact_json() -> None:
    """The words of these tests write bodies as Zoom does."""
    assert json.loads(BODY)["payload"] == {"account_id": "a1", "user_id": "u1"}
    assert b" " not in BODY
