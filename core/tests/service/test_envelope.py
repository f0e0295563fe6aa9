"""Around every answer: headers, the correlation id, the line of log."""

import base64
import hashlib
import logging
import re

import httpx
import pytest
from core.tests.service.outside import PUBLIC, browser

from greenroom.facade import Greenroom
from greenroom.service import create_app

ADDRESSES = [
    ("GET", "/healthz"),
    ("GET", "/connect/guessed"),
    ("HEAD", "/connect/guessed"),
    ("GET", "/oauth/callback/admin"),
    ("POST", "/webhooks/zoom/admin"),
    ("POST", "/webhooks/zoom/nobody"),
    ("GET", "/nowhere"),
    ("GET", "/"),
]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
async def test_every_answer_is_kept_from_caches_frames_and_sniffers(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    """No answer may be stored, framed, guessed at, or give its address away."""
    headers = (await client.request(method, path)).headers

    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"} <= set(policy)
    assert "strict-transport-security" not in headers


async def test_over_https_browsers_are_told_to_stay_there(greenroom: Greenroom) -> None:
    """HSTS is sent where the public address is https."""
    async with browser(create_app(greenroom, public_url="https://hire.example")) as http:
        assert (await http.get("/nowhere")).headers["strict-transport-security"] == "max-age=31536000"


async def test_the_policy_allows_the_pages_own_style_and_no_other(client: httpx.AsyncClient) -> None:
    """The hash in the content security policy is that of the style sheet inside the page."""
    answer = await client.get("/oauth/callback/admin")

    style = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in answer.headers["content-security-policy"]


async def test_each_request_has_an_id_of_ours(client: httpx.AsyncClient) -> None:
    """The id is fresh each time and never what the caller sends; an error page shows it."""
    answers = [await client.get("/connect/x", headers={"x-request-id": "mine\x1b[31m"}) for _ in range(2)]

    first, second = (answer.headers["x-request-id"] for answer in answers)
    assert first != second
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert first in answers[0].text


async def test_a_request_is_one_line_of_log_without_its_secrets(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Method, route template, status, time, id and error code; neither link nor query nor cookie nor address."""
    caplog.set_level(logging.INFO, logger="greenroom")
    answer = await client.get("/connect/CANARY1?code=CANARY2", headers={"cookie": "a=CANARY3"})
    await client.get("/oauth/callback/admin?state=CANARY4&code=CANARY5")
    await client.get("/CANARY6")

    lines = [record.getMessage() for record in caplog.records if record.name == "greenroom.service.envelope"]
    assert len(lines) == 3
    assert re.fullmatch(
        rf"GET /connect/\{{token\}} 400 \d+\.\dms {answer.headers['x-request-id']} input\.invalid", lines[0]
    )
    assert "CANARY" not in "\n".join(record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "forwarded", "x-original-url"])
async def test_who_we_are_is_not_taken_from_the_request(client: httpx.AsyncClient, header: str) -> None:
    """No header of the caller's makes its way into an address, and none makes us redirect."""
    value = "host=evil.example" if header == "forwarded" else "evil.example"
    for path in ("/healthz/", "/connect/guessed", "/oauth/callback/admin"):
        answer = await client.get(path, headers={header: value, "x-forwarded-proto": "https"})

        assert answer.status_code >= 400
        assert "evil.example" not in answer.text + str(answer.headers)


async def test_an_unknown_address_speaks_the_callers_language(client: httpx.AsyncClient) -> None:
    """404 is a page for a browser, and JSON for anything else."""
    page = await client.get("/nowhere")
    document = await client.get("/nowhere", headers={"accept": "application/json"})

    assert (page.status_code, document.status_code) == (404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert document.json()["error"]["code"] == "http.not_found"


async def test_a_defect_is_a_reference_and_nothing_more(greenroom: Greenroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unforeseen error is answered 500 with our headers and a reference; its text stays inside."""

    async def defective(token: str) -> None:
        raise ZeroDivisionError(f"CANARY {token}")

    monkeypatch.setattr(greenroom, "open_ticket", defective)
    async with browser(create_app(greenroom, public_url=PUBLIC)) as http:
        answer = await http.get("/connect/guessed")

    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "CANARY" not in answer.text
    assert "Traceback" not in answer.text
