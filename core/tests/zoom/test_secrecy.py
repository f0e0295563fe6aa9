"""No secret and nothing of a person gets into a message, a repr, a chained error or a log, whatever goes wrong."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from core.tests.zoom.conftest import CLIENT_SECRET, TOKEN
from core.tests.zoom.wire import Act, Wire, answer
from pydantic import SecretStr

from greenroom.engine.ports.zoom import Access, MeetingDraft, ZoomApp, ZoomError
from greenroom.http import HttpPool, Timeouts
from greenroom.zoom import WebhookRejected, ZoomClient, verify

CODE = "canary-code-5f6e7d8c9bafb0c1d2e3"
PERSON = "ana.canary@acme.example"
NAME = "Ana Canary"
HOST_ID = "KDcuGIm1Qgecanary"
PASSCODE = "cnry77"
NOW = datetime.fromtimestamp(1803902400, UTC)
SECRETS = (TOKEN, CLIENT_SECRET, CODE, PERSON, NAME, "Canary", HOST_ID, PASSCODE)

ECHO = f"Invalid {TOKEN} {CODE} {CLIENT_SECRET} for {PERSON} ({NAME}), '{HOST_ID}' {PASSCODE}\r\n"
ERRORS = [{"field": text, "message": text} for text in (*SECRETS, ECHO, "topic")]
TOLD = {"reason": ECHO, "message": ECHO, "errors": ERRORS, "path": ECHO, "topic": ECHO}


def refused(status: int, code: object, error: object = "x") -> bytes:
    """Return a refusal that repeats all that was sent."""
    headers = {"x-ratelimit-category": PERSON, "retry-after": CODE, "x-ratelimit-reset": CODE}
    return answer(status, {**TOLD, "code": code, "error": error}, headers)


ANSWERS: dict[str, bytes | Act] = {
    "reset": Act.RESET,
    "silence": Act.HANG,
    "garbage": f"{ECHO}\r\n\r\n".encode(),
    "half": f"HTTP/1.1 200 X\r\ncontent-length: 500\r\nconnection: close\r\n\r\n{CODE}".encode(),
    "wrong packing": answer(200, ECHO, {"content-encoding": "gzip"}),
    "page": answer(200, f"<html>{ECHO}"),
    "page of an error": answer(404, f"<html>{ECHO}", {"content-type": "text/html"}),
    "redirect": answer(302, "", {"location": f"https://evil.example/?{CODE}"}),
    "down": refused(503, 500),
    "another shape": answer(200, {"id": [ECHO], "users": ECHO, "meetings": [{"id": ECHO}], "rooms": [ECHO]}),
    "tokens of another shape": answer(200, {"access_token": [TOKEN], "refresh_token": CODE}),
    "refused under 200": refused(200, 200),
    "grant refused": refused(400, None, "invalid_grant"),
    "app refused": refused(401, None, "invalid_client"),
    "named strangely": refused(400, CODE, CODE),
    "scopes": answer(400, {"code": 4711, "message": f"does not contain scopes:[{TOKEN}, {PERSON}, meeting:read]"}),
    **{f"{status}/{code}": refused(status, code) for status, code in [(401, 124), (429, 429), (400, 200), (404, 1001)]},
    **{f"400/{code}": refused(400, code) for code in (300, 1010, 1120, 3000, 3001, 3161, 4700, 4711, 9999)},
}


@dataclass(frozen=True)
class Aim:
    """What a call is made with."""

    app: ZoomApp
    access: Access
    draft: MeetingDraft


Call = Callable[[ZoomClient, Aim], Awaitable[object]]


async def listed(walk: AsyncIterator[object]) -> object:
    """Walk a list to its end."""
    return [entry async for entry in walk]


async def thrown_away(_: bytes) -> None:
    """Write nowhere."""


CALLS: dict[str, Call] = {
    "exchange": lambda zoom, at: zoom.exchange_code(at.app, CODE, verifier=CODE),
    "refresh": lambda zoom, at: zoom.refresh(at.app, SecretStr(CODE)),
    "revoke": lambda zoom, at: zoom.revoke(at.app, at.access.token),
    "me": lambda zoom, at: zoom.me(at.access, cloud="commercial", with_permissions=True),
    "users": lambda zoom, at: listed(zoom.users(at.access, cloud="commercial")),
    "create": lambda zoom, at: zoom.create_meeting(at.access, PERSON, at.draft),
    "update": lambda zoom, at: zoom.update_meeting(at.access, "9", at.draft, host_id=PERSON),
    "delete": lambda zoom, at: zoom.delete_meeting(at.access, "9"),
    "get": lambda zoom, at: zoom.get_meeting(at.access, "9"),
    "wrong id": lambda zoom, at: zoom.get_meeting(at.access, PERSON),
    "meetings": lambda zoom, at: listed(zoom.meetings(at.access, PERSON)),
    "settings": lambda zoom, at: zoom.user_settings(at.access, PERSON),
    "locks": lambda zoom, at: zoom.account_locks(at.access),
    "roles": lambda zoom, at: zoom.roles(at.access),
    "members": lambda zoom, at: listed(zoom.role_members(at.access, CODE)),
    "rooms": lambda zoom, at: listed(zoom.rooms(at.access)),
    "participants": lambda zoom, at: listed(zoom.past_participants(at.access, HOST_ID)),
    "wrong uuid": lambda zoom, at: zoom.recording(at.access, PERSON),
    "recording": lambda zoom, at: zoom.recording(at.access, HOST_ID),
    "recordings": lambda zoom, at: listed(
        zoom.recordings(at.access, PERSON, since=date(2027, 3, 1), until=date(2027, 3, 1))
    ),
    "download": lambda zoom, at: zoom.download(at.access, f"{at.app.host}/{CODE}", thrown_away),
    "foreign": lambda zoom, at: zoom.get_meeting(
        at.access.model_copy(update={"api_url": f"https://{TOKEN}@evil.example"}), "9"
    ),
}


@pytest.fixture
def loud() -> Iterator[None]:
    """Somebody set every logger to say all it can."""
    names = [
        "",
        "httpx",
        "httpcore",
        "httpcore.connection",
        "httpcore.http11",
        "asyncio",
        "greenroom",
        "greenroom.http",
    ]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def told_by(error: Exception) -> str:
    """Return everything an error shows of itself."""
    chained = [repr(error.__cause__), repr(error.__context__)]
    return "\n".join([str(error), repr(error), repr(vars(error)), *traceback.format_exception(error), *chained])


@pytest.mark.usefixtures("loud")
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_nothing_gets_out(
    call: Call, app: ZoomApp, access: Access, draft: MeetingDraft, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    """Every call against every way to fail, with a server that repeats all it knows wherever it can."""
    at = Aim(app, access, draft.model_copy(update={"topic": NAME, "passcode": PASSCODE}))
    timeouts = Timeouts(connect=0.1, read=0.1, write=0.1, pool=0.1, whole=0.2)
    errors: list[ZoomError] = []
    for given in ANSWERS.values():
        async with ZoomClient(apps=[app], timeouts=timeouts, pauses=(0.0,)) as zoom:
            wire.script.clear()
            wire.then(*[given] * 9)
            try:
                await call(zoom, at)
            except ZoomError as error:
                errors.append(error)
    assert errors
    assert {error.__cause__ or error.__context__ for error in errors} == {None}
    told = "".join(told_by(error) for error in errors)
    told += caplog.text + "".join(repr(vars(record)) for record in caplog.records)
    assert [secret for secret in SECRETS if secret.casefold() in told.casefold()] == []


@pytest.mark.usefixtures("loud")
async def test_the_pool_says_nothing_below_a_warning(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    """The HTTP library would print each address and each header, whatever level is set."""
    wire.then(answer(200, {}))
    async with HttpPool(Timeouts()) as pool:
        await pool.send("GET", f"{wire.url}/{PERSON}", headers={"authorization": TOKEN}, query={"code": CODE})
    assert [record.name for record in caplog.records if record.name.startswith("http")] == []


@pytest.mark.parametrize("body", [b"{}", ECHO.encode()])
def test_a_webhook_that_is_rejected_is_not_repeated(app: ZoomApp, body: bytes) -> None:
    """Neither its body nor its headers nor a secret of ours."""
    known = app.model_copy(update={"webhook_secret": SecretStr(TOKEN), "webhook_secret_previous": SecretStr(CODE)})
    headers = {"x-zm-request-timestamp": "1803902400", "x-zm-signature": ECHO}
    told = ""
    for one, sent in ((known, headers), (known, {}), (app, headers)):
        with pytest.raises(WebhookRejected) as caught:
            verify(one, sent, body, NOW)
        told += told_by(caught.value)
    assert [secret for secret in SECRETS if secret in told] == []


def test_values_do_not_show_their_secrets(app: ZoomApp, access: Access) -> None:
    """They get into logs and error reports by their repr."""
    shown = repr(app) + repr(access) + str(app) + str(access)
    assert [secret for secret in SECRETS if secret in shown] == []
