"""Faults on demand, over a real port where the connection itself is at stake."""

import re
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from greenroom.sandbox import SandboxServer

CREATE = "POST /users/{userId}/meetings"
BODY = {"topic": "T", "type": 2, "start_time": "2030-01-01T10:00:00Z"}


class Client:
    """A client of a served sandbox, with an admin's token."""

    def __init__(self, server: SandboxServer) -> None:
        self.http = httpx.Client(base_url=server.base_url, timeout=5)
        app = server.sandbox.state.directory.find_app("admin")
        assert app
        wanted = {
            "client_id": app.client_id,
            "redirect_uri": app.redirect_uris[0],
            "user": "adam.admin@northwind.example",
        }
        code = httpx.URL(self.http.post("/_sandbox/authorize", json=wanted).json()["location"]).params["code"]
        self.form = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.redirect_uris[0]}
        self.auth = (app.client_id, app.client_secret)
        self.bearer = ""

    def token(self) -> httpx.Response:
        """Redeem the code."""
        reply = self.http.post("/oauth/token", data=self.form, auth=self.auth)
        self.token_reply = reply.json()
        self.bearer = self.token_reply.get("access_token", self.bearer)
        return reply

    def create(self, **options: Any) -> httpx.Response:
        """Create a meeting."""
        headers = {"authorization": f"Bearer {self.bearer}"}
        return self.http.post("/v2/users/me/meetings", json=BODY, headers=headers, **options)

    def fault(self, kind: str, operation: str = CREATE, **more: Any) -> None:
        """Set a rule."""
        reply = self.http.post("/_sandbox/faults", json={"operation": operation, "kind": kind, **more})
        assert reply.status_code == 200, reply.text

    def ledger(self) -> dict[str, Any]:
        """Return the ledger."""
        answer: dict[str, Any] = self.http.get("/_sandbox/ledger").json()
        return answer


@pytest.fixture
def client(server: SandboxServer) -> Iterator[Client]:
    """A client with a token."""
    made = Client(server)
    made.token()
    yield made
    made.http.close()


@pytest.mark.parametrize(("kind", "made"), [("reset_before", 0), ("reset_after", 1)])
def test_reset_breaks_the_connection(client: Client, kind: str, made: int) -> None:
    """The connection breaks without a byte of answer; `after` leaves the meeting behind."""
    client.fault(kind)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        client.create()
    ledger = client.ledger()
    assert (ledger["meetings_created"], ledger["create_requests"]) == (made, 1)
    assert (ledger["requests"][-1]["status"], ledger["requests"][-1]["fault"]) == (None, kind)
    assert client.create().status_code == 201


@pytest.mark.parametrize(("kind", "made"), [("hang", 0), ("hang_after", 1)])
def test_hang_never_answers(client: Client, kind: str, made: int) -> None:
    """The client's own timeout is what ends the wait."""
    client.fault(kind)
    with pytest.raises(httpx.ReadTimeout):
        client.create(timeout=0.2)
    assert client.ledger()["meetings_created"] == made


@pytest.mark.parametrize(("kind", "made"), [("status", 0), ("status_after", 1)])
def test_status_replaces_the_answer(client: Client, kind: str, made: int) -> None:
    """A status fault answers with its own body and headers; `after` leaves the meeting behind."""
    client.fault(kind, status=503, body={"code": 1, "message": "busy"}, headers={"Retry-After": "7"})
    reply = client.create()
    assert (reply.status_code, reply.json()["message"], reply.headers["retry-after"]) == (503, "busy", "7")
    assert client.ledger()["meetings_created"] == made


def test_html_instead_of_json(client: Client) -> None:
    """Zoom sometimes answers with a page where JSON is expected."""
    client.fault("html")
    reply = client.create()
    assert (reply.status_code, reply.headers["content-type"]) == (502, "text/html")
    assert client.ledger()["meetings_created"] == 0


def test_rate_limit_has_the_documented_text(client: Client) -> None:
    """A 429 without a body of its own reads as the per-second limit does."""
    client.fault("status", status=429)
    assert client.create().json()["message"].startswith("You have reached the maximum per-second rate limit")


def test_delay_answers_late(client: Client) -> None:
    """A delayed call is answered as usual, after the seconds asked for."""
    client.fault("delay", seconds=0.2)
    started = time.perf_counter()
    assert client.create().status_code == 201
    assert time.perf_counter() - started >= 0.2


def test_nth_and_times(client: Client) -> None:
    """A rule strikes from the nth matching request, so many times."""
    client.fault("status", nth=2, times=2)
    assert [client.create().status_code for _ in range(4)] == [201, 500, 500, 201]


def test_rules_without_end_are_dropped(client: Client) -> None:
    """A rule without a count strikes until the rules are dropped."""
    client.fault("status", operation="*", times=None)
    assert [client.create().status_code for _ in range(3)] == [500, 500, 500]
    client.http.delete("/_sandbox/faults")
    assert client.create().status_code == 201


def test_lost_token_reply(server: SandboxServer) -> None:
    """A token reply that is lost has used the code up all the same."""
    client = Client(server)
    client.fault("reset_after", "POST /oauth/token")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        client.token()
    assert client.token().json()["error"] == "invalid_grant"
    client.http.close()


def test_truncated_answers_cut_the_body_after_the_work(client: Client) -> None:
    """The meeting is made, and half of what Zoom says of it arrives as if it were all."""
    client.fault("truncated")
    reply = client.create()
    assert reply.status_code == 201
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        reply.json()
    assert client.ledger()["meetings_created"] == 1


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("seconds", r"90"),
        ("http-date", r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"),
        ("date-time", r"[\d-]+T[\d:]+Z"),
    ],
)
def test_retry_after_in_each_of_its_forms(client: Client, form: str, pattern: str) -> None:
    """Zoom's limits come with seconds, an HTTP date, or an ISO date-time."""
    client.fault("rate_limited", retry_after=form, seconds=90)
    reply = client.create()
    assert reply.status_code == 429
    assert re.fullmatch(pattern, reply.headers["retry-after"])


def test_good_token_may_be_rejected(client: Client) -> None:
    """401/124 with a token that is good: the very next call works with it."""
    client.fault("token_rejected")
    refused = client.create()
    assert (refused.status_code, refused.json()["code"]) == (401, 124)
    assert client.create().status_code == 201


def test_refresh_may_be_refused(client: Client) -> None:
    """`invalid_grant` as the token endpoint words it, leaving the refresh token as good as it was."""
    refresh = client.token_reply["refresh_token"]
    client.fault("invalid_grant", operation="POST /oauth/token")
    client.form = {"grant_type": "refresh_token", "refresh_token": refresh}
    refused = client.token()
    assert (refused.status_code, refused.json()) == (400, {"reason": "Invalid Token!", "error": "invalid_grant"})
    assert client.token().status_code == 200


def test_probability_with_a_seed_strikes_the_same_requests(client: Client) -> None:
    """A seeded rule strikes some requests, and the same ones each time it is set."""
    runs = []
    for _ in range(2):
        client.fault("status", probability=0.5, seed=4, times=None, status=503)
        runs.append([client.create().status_code for _ in range(20)])
        client.http.delete("/_sandbox/faults")
    assert runs[0] == runs[1]
    assert set(runs[0]) == {201, 503}
