"""Events as Zoom sends them: signed, validated first, tried again on its schedule, to whom it concerns."""

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from greenroom.sandbox import Sandbox, parse_world
from greenroom.sandbox.catalogue import event_schemas

HOOK = "https://ats.example/zoom"
WORLD = """
accounts:
  - id: acme
    name: Acme
    plan: business
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}
      - {email: emil@acme.example, first_name: Emil, last_name: Two, type: 2}
apps:
  - name: admin
    kind: admin
    webhook_secret: the-admin-secret
    deauthorization_url: https://ats.example/gone
    scopes: ["user:read:user:admin", "meeting:write:meeting:admin"]
  - name: user
    kind: user
    webhook_secret: the-user-secret
    published: false
    developer_account: acme
    deauthorization_url: https://ats.example/gone
    scopes: ["user:read:user", "meeting:write:meeting"]
"""


class Receiver:
    """A receiver of events that answers URL validations and keeps what it got."""

    def __init__(self) -> None:
        self.secret = "the-admin-secret"
        self.got: list[tuple[str, dict[str, Any], httpx.Request]] = []
        self.validations = 0
        self.statuses: list[int] = []
        self.knows_the_secret = True

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        body = json.loads(request.content)
        if body["event"] == "endpoint.url_validation":
            self.validations += 1
            plain = body["payload"]["plainToken"]
            secret = self.secret if self.knows_the_secret else "another"
            proof = hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()
            return httpx.Response(200, json={"plainToken": plain, "encryptedToken": proof})
        self.got.append((body["event"], body, request))
        return httpx.Response(self.statuses.pop(0) if self.statuses else 204)

    @property
    def names(self) -> list[str]:
        """Return the names of the events that came."""
        return [name for name, _, _ in self.got]


class Watched:
    """A sandbox with a frozen clock, and a receiver of its events."""

    def __init__(self, **options: Any) -> None:
        self.receiver = Receiver()
        noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
        transport = httpx.MockTransport(self.receiver)
        self.sandbox = Sandbox(parse_world(WORLD), seed=7, clock=noon, frozen=True, transport=transport, **options)
        self.state = self.sandbox.state
        door = httpx.ASGITransport(self.sandbox.app)
        self.http = httpx.AsyncClient(transport=door, base_url="http://sandbox.test")

    async def control(self, path: str, **body: Any) -> dict[str, Any]:
        """POST to the control API."""
        reply = await self.http.post(f"/_sandbox{path}", json=body)
        assert reply.status_code == 200, reply.text
        answer: dict[str, Any] = reply.json()
        return answer

    async def subscribe(self, *events: str, app: str = "admin", **more: Any) -> dict[str, Any]:
        """Subscribe the receiver."""
        return await self.control("/subscriptions", app=app, url=HOOK, events=events or ("*",), **more)

    async def install(self, who: str = "olga@acme.example", app: str = "admin") -> None:
        """Authorize an app and redeem the code."""
        known = self.state.directory.find_app(app)
        assert known is not None
        uri = known.redirect_uris[0]
        page = await self.control("/authorize", user=who, client_id=known.client_id, redirect_uri=uri)
        form = {"grant_type": "authorization_code", "code": httpx.URL(page["location"]).params["code"]}
        credentials = (known.client_id, known.client_secret)
        reply = await self.http.post("/oauth/token", data={**form, "redirect_uri": uri}, auth=credentials)
        assert reply.status_code == 200, reply.text

    def happen(self, name: str = "user.updated", about: str = "emil@acme.example") -> None:
        """Let something happen."""
        user = self.state.directory.find_user(about)
        assert user is not None
        self.state.events.emit(name, "acme", {"object": {"id": user.id}}, about=(user.id,))

    async def log(self) -> list[dict[str, Any]]:
        """Send what is due and return the deliveries."""
        found: list[dict[str, Any]] = (await self.control("/deliveries"))["deliveries"]
        return found


@pytest.fixture
def watched() -> Watched:
    """A sandbox whose events somebody receives."""
    return Watched()


async def test_requests_are_signed_over_the_bytes_sent(watched: Watched) -> None:
    """The signature covers version, timestamp and raw body, and the body is compact and unescaped."""
    await watched.install()
    await watched.subscribe("user.updated")
    watched.state.events.emit("user.updated", "acme", {"object": {"id": "u", "dept": "Köln / Ost"}})
    await watched.log()
    _, body, request = watched.receiver.got[0]
    stamp = request.headers["x-zm-request-timestamp"]
    signed = b"v0:" + stamp.encode() + b":" + request.content
    proof = hmac.new(b"the-admin-secret", signed, hashlib.sha256).hexdigest()
    assert request.headers["x-zm-signature"] == f"v0={proof}"
    assert "Köln / Ost".encode() in request.content
    assert b", " not in request.content
    assert body["payload"]["account_id"] == "acme"
    assert abs(int(stamp) - time.time()) < 60


async def test_signature_may_carry_sandbox_time() -> None:
    """A receiver that lives by the sandbox's clock gets its timestamps; `event_ts` is sandbox time in any case."""
    watched = Watched(signing_clock="sandbox")
    await watched.install()
    await watched.subscribe("user.updated")
    watched.happen()
    await watched.log()
    _, body, request = watched.receiver.got[0]
    noon = int(datetime(2027, 3, 1, 12, tzinfo=UTC).timestamp())
    assert (request.headers["x-zm-request-timestamp"], body["event_ts"]) == (str(noon), noon * 1000)


async def test_url_is_validated_before_anything_is_sent(watched: Watched) -> None:
    """A URL that cannot prove it knows the secret token is told nothing; once it can, it is."""
    await watched.install()
    watched.receiver.knows_the_secret = False
    assert (await watched.subscribe())["standing"] == "new"
    watched.happen()
    assert [one["outcome"] for one in await watched.log()] == ["unvalidated"]
    watched.receiver.knows_the_secret = True
    watched.happen()
    assert [one["outcome"] for one in await watched.log()] == ["unvalidated", "delivered"]
    assert watched.receiver.names == ["user.updated"]


async def test_url_is_validated_every_72_hours_and_disabled_after_six_failures(watched: Watched) -> None:
    """Five straight failures are survived, the sixth disables the subscription."""
    await watched.install()
    await watched.subscribe()
    watched.receiver.knows_the_secret = False
    for failed in range(1, 7):
        await watched.control("/clock", advance=72 * 3600)
        assert watched.receiver.validations == 1 + failed
        standing = (await watched.http.get("/_sandbox/subscriptions")).json()["subscriptions"][-1]["standing"]
        assert standing == ("disabled" if failed == 6 else "validated")
    watched.happen()
    assert await watched.log() == []


async def test_failures_are_retried_after_5_20_and_60_minutes_then_dropped(watched: Watched) -> None:
    """Three retries, each counted from the attempt before; nothing sleeps."""
    await watched.install()
    await watched.subscribe("user.updated")
    watched.receiver.statuses = [500, 503, 500, 502, 204]
    watched.happen()
    await watched.log()
    await watched.control("/clock", advance=3 * 3600)
    (one,) = await watched.log()
    times = ["12:00:00", "12:05:00", "12:25:00", "13:25:00"]
    assert [attempt["at"][11:19] for attempt in one["attempts"]] == times
    assert (one["outcome"], len(watched.receiver.got)) == ("dropped", 4)


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, "delivered"), (204, "delivered"), (302, "refused"), (404, "refused")]
)
async def test_only_server_errors_are_retried(watched: Watched, status: int, outcome: str) -> None:
    """200 and 204 end it well; redirects and client errors end it badly, without another try."""
    await watched.install()
    await watched.subscribe("user.updated")
    watched.receiver.statuses = [status]
    watched.happen()
    await watched.log()
    await watched.control("/clock", advance=2 * 3600)
    assert [(one["outcome"], len(one["attempts"])) for one in await watched.log()] == [(outcome, 1)]


async def test_unreachable_receiver_is_retried() -> None:
    """A connection that fails is tried again as a server error is."""
    watched = Watched()

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    await watched.install()
    await watched.subscribe("user.updated")
    watched.state.deliveries._transport = httpx.MockTransport(refuse)
    watched.happen()
    (one,) = await watched.log()
    assert (one["outcome"], one["attempts"][0]["status"]) == ("retrying", None)


async def test_events_of_other_accounts_are_not_told(watched: Watched) -> None:
    """An app hears of an account only while somebody there has authorized it."""
    await watched.subscribe()
    watched.happen()
    await watched.install()
    watched.state.events.emit("user.updated", "elsewhere", {"object": {"id": "x"}}, about=("x",))
    watched.happen()
    assert len(await watched.log()) == 1


async def test_user_managed_app_hears_of_its_installers_only(watched: Watched) -> None:
    """A user-managed app is told of those who added it, whatever its subscription asks."""
    watched.receiver.secret = "the-user-secret"
    await watched.install("emil@acme.example", app="user")
    await watched.subscribe("user.updated", app="user")
    watched.happen(about="olga@acme.example")
    watched.happen(about="emil@acme.example")
    assert [one["event_number"] for one in await watched.log()] == [2]


async def test_subscription_needs_its_scope(watched: Watched) -> None:
    """Participants' events take a scope of their own, which no operation uses."""
    body = {"app": "admin", "url": HOOK, "events": ["meeting.participant_joined"]}
    reply = await watched.http.post("/_sandbox/subscriptions", json=body)
    assert reply.status_code == 400
    assert "The event is not allowed for the app: meeting.participant_joined" in reply.json()["error"]


async def test_removed_app_is_told_when_it_is_published(watched: Watched) -> None:
    """`app_deauthorized` names account, user and client; a development app only finds its tokens dead."""
    await watched.install()
    await watched.control("/uninstall", app="admin", user="olga@acme.example")
    await watched.log()
    (name, body, _), *more = watched.receiver.got
    assert (name, more) == ("app_deauthorized", [])
    assert set(body["payload"]) == {
        "account_id",
        "user_id",
        "client_id",
        "deauthorization_time",
        "signature",
        "event_ts",
    }
    await watched.install("emil@acme.example", app="user")
    ended = await watched.control("/uninstall", app="user", user="emil@acme.example")
    await watched.log()
    assert (ended["grants_ended"], len(watched.receiver.got)) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("duplicate", [1, 1, 2]), ("drop", [2]), ("reorder", [2, 1]), ("late", [2, 1])],
)
async def test_faults_of_events(watched: Watched, kind: str, expected: list[int]) -> None:
    """An event can come twice, never, after the next one, or late."""
    await watched.install()
    await watched.subscribe("user.updated")
    await watched.control("/faults", operation="event user.updated", kind=kind, seconds=600)
    for number in (1, 2):
        watched.state.events.emit("user.updated", "acme", {"object": {"id": str(number)}})
        await watched.log()
    await watched.control("/clock", advance=3600)
    assert [int(body["payload"]["object"]["id"]) for _, body, _ in watched.receiver.got] == expected


async def test_kind_of_fault_must_fit_what_it_strikes(watched: Watched) -> None:
    """A request cannot be told twice, and an event cannot hang."""
    for operation, kind in (("GET /users", "duplicate"), ("event *", "hang"), ("event no.such", "drop")):
        reply = await watched.http.post("/_sandbox/faults", json={"operation": operation, "kind": kind})
        assert reply.status_code == 400


def test_published_events_are_known() -> None:
    """The schemas of the events are read from Zoom's own document."""
    assert {"meeting.started", "recording.completed", "app_deauthorized"} <= set(event_schemas())
