"""The control API."""

import pytest


async def test_world_shows_people_apps_and_grants(zoom) -> None:
    """The world as it is now, with credentials and who authorized what."""
    await zoom.connect()
    world = (await zoom.http.get("/_sandbox/world")).json()
    assert {"clock", "accounts", "apps", "grants"} == set(world)
    assert world["apps"][0]["client_secret"] == zoom.app("admin").client_secret
    assert world["grants"][0]["user"] == "adam.admin@northwind.example"


async def test_ledger_keeps_deleted_meetings_and_every_request(zoom) -> None:
    """Nothing that happened is lost: meetings with their instants, requests with their callers."""
    caller = await zoom.connect()
    made = await caller.meeting(
        "april.lee@northwind.example", agenda="A", tracking_fields=[{"field": "f", "value": "v"}]
    )
    await caller("PATCH", f"/meetings/{made['id']}", json={"topic": "B"})
    await caller("DELETE", f"/meetings/{made['id']}")
    ledger = await zoom.ledger()
    meeting = ledger["meetings"][0]
    assert (meeting["host_email"], meeting["topic"], meeting["agenda"]) == ("april.lee@northwind.example", "B", "A")
    assert (meeting["live"], len(meeting["updated_at"]), meeting["tracking_fields"]) == (
        False,
        1,
        [{"field": "f", "value": "v"}],
    )
    assert meeting["deleted_at"]
    assert (ledger["create_requests"], ledger["meetings_created"], ledger["meetings_live"]) == (1, 1, 0)
    last = ledger["requests"][-1]
    assert (last["operation"], last["app"], last["status"]) == ("DELETE /meetings/{meetingId}", "admin", 204)
    assert last["user"] == "adam.admin@northwind.example"
    assert last["latency_ms"] > 0


async def test_requests_carry_their_rate_limit_label(zoom) -> None:
    """The ledger says under which label a request counts; token requests count under none."""
    await (await zoom.connect())("GET", "/users")
    requests = (await zoom.ledger())["requests"]
    assert [(one["operation"], one["label"]) for one in requests] == [
        ("POST /oauth/token", None),
        ("GET /users", "Medium"),
    ]


async def test_refused_creates_are_counted_too(zoom) -> None:
    """The count of create requests is of what arrived, not of what was made."""
    await (await zoom.connect())("POST", "/users/me/meetings", json={"duration": "x"})
    ledger = await zoom.ledger()
    assert (ledger["create_requests"], ledger["meetings_created"]) == (1, 0)


async def test_clock_is_set_and_moved(zoom) -> None:
    """The clock starts where it was told, jumps, and moves."""
    assert (await zoom.http.get("/_sandbox/clock")).json()["now"].startswith("2027-03-01T12:00:0")
    moved = await zoom.control("/clock", set="2030-01-01T00:00:00Z", advance=3600)
    assert moved["now"].startswith("2030-01-01T01:00:0")


async def test_reset_returns_to_the_start(zoom) -> None:
    """After a reset nothing happened, and credentials are what they were."""
    caller = await zoom.connect()
    await caller.meeting()
    secret = zoom.app("admin").client_secret
    await zoom.control("/users/adam.admin@northwind.example", role="member")
    await zoom.control("/clock", advance=86400)
    assert (await zoom.control("/reset"))["now"].startswith("2027-03-01T12:00:0")
    assert (await zoom.ledger())["meetings"] == []
    assert (await caller("GET", "/users/me")).status_code == 401
    assert zoom.app("admin").client_secret == secret
    assert (await (await zoom.connect())("GET", "/users/me")).json()["role_name"] == "Admin"


async def test_seed_makes_a_run_repeatable(zoom) -> None:
    """The same steps after a reset give the same codes, tokens and meeting numbers."""
    runs = []
    for _ in range(2):
        caller = await zoom.connect()
        runs.append((caller.tokens["access_token"].split(".")[2], (await caller.meeting())["id"]))
        await zoom.control("/reset")
    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("path", "body", "status", "text"),
    [
        ("/authorize", {"user": "nobody@x.example"}, 404, "No user 'nobody@x.example'"),
        ("/approvals", {"app": "none", "state": "approved"}, 404, "No app 'none'; there are: admin, user"),
        ("/approvals", {"app": "user", "state": "perhaps"}, 400, "state: Input should be"),
        ("/approvals", {"app": "user", "state": "approved", "account": "x"}, 404, "there are: northwind-account"),
        ("/users/april.lee@northwind.example", {"role": "boss"}, 400, "No role 'boss'; there are: owner"),
        ("/users/april.lee@northwind.example", {"settings": {"odd": True}}, 400, "No setting ['odd']"),
        ("/faults", {"operation": "POST /meetings", "kind": "delay"}, 400, "No operation 'POST /meetings'"),
        ("/faults", {"operation": "*", "kind": "explode"}, 400, "kind: Input should be"),
        ("/clock", {"advanced": 5}, 400, "advanced: Extra inputs"),
    ],
)
async def test_mistakes_are_explained(zoom, path: str, body: dict[str, object], status: int, text: str) -> None:
    """A control call that names something unknown says what there is."""
    reply = await zoom.http.post(f"/_sandbox{path}", json=body)
    assert reply.status_code == status
    assert text in reply.json()["error"]


async def test_control_takes_only_json(zoom) -> None:
    """A form that a web page could send across sites is refused."""
    reply = await zoom.http.post("/_sandbox/uninstall", data={"app": "admin"})
    assert reply.status_code == 415


async def test_console_is_a_page(zoom) -> None:
    """The console shows people, meetings and requests."""
    await (await zoom.connect()).meeting(topic="Tea & talk")
    text = (await zoom.http.get("/_sandbox/")).text
    assert "Tea &amp; talk" in text
    assert "cora.coordinator@northwind.example" in text
    assert "POST /oauth/token" in text
