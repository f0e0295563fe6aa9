"""Rate limits: how much an account may ask for, and how often one host's meetings may change in a day."""

from typing import Any

import pytest

from greenroom.sandbox import parse_world
from greenroom.sandbox.catalogue import published
from greenroom.sandbox.limits import LimitReached
from greenroom.sandbox.rate_labels import ASSUMED, STATED

PER_SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
PER_DAY = (
    "You have reached the maximum daily rate limit for this API. Refer to the response header for details "
    "on when you can make another request."
)
HOST_DAY = (
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this "
    "particular user. You may resume these requests at GMT 00:00:00."
)
LIGHT, MEDIUM, HEAVY = "/users/me", "/users", "/phone/call_history"


@pytest.fixture
def open_world(in_process) -> Any:
    """Open a world of one account on a plan, its clock standing still at noon."""

    def opened(plan: str = "basic", **switches: str) -> Any:
        facts = "\n".join(f"{name}: {value}" for name, value in switches.items())
        zoom = in_process(
            parse_world(f"""
{facts}
accounts:
  - id: acme
    name: Acme
    plan: {plan}
    users:
      - {{email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}}
      - {{email: emil@acme.example, first_name: Emil, last_name: Two, role: admin, type: 2}}
  - id: other
    name: Other
    plan: {plan}
    users: [{{email: otto@other.example, first_name: Otto, last_name: Three, role: owner, type: 2}}]
apps:
  - &app
    name: first
    kind: admin
    scopes: ["user:read:user:admin", "user:read:list_users:admin", "meeting:write:meeting:admin",
             "meeting:read:meeting:admin", "meeting:update:meeting:admin", "meeting:delete:meeting:admin",
             "meeting:update:status:admin"]
  - {{<<: *app, name: second}}
""")
        )
        zoom.sandbox.state.clock.freeze(frozen=True)
        return zoom

    return opened


async def _statuses(caller: Any, path: str, times: int) -> list[int]:
    return [(await caller("GET", path)).status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("plan", "path", "allowed"),
    [
        ("basic", LIGHT, 4),
        ("basic", MEDIUM, 2),
        ("pro", LIGHT, 30),
        ("pro", MEDIUM, 20),
        ("business", LIGHT, 80),
        ("business", MEDIUM, 60),
        ("education", MEDIUM, 60),
        ("enterprise", LIGHT, 80),
    ],
)
async def test_plan_and_label_give_the_rate(open_world, plan: str, path: str, allowed: int) -> None:
    """So many requests of a label are answered in a second, and the next one is refused in Zoom's words."""
    caller = await open_world(plan).connect("olga@acme.example", "first")
    assert set(await _statuses(caller, path, allowed)) == {200}
    refused = await caller("GET", path)
    assert (refused.status_code, refused.json()) == (429, {"code": 429, "message": PER_SECOND})


async def test_next_second_is_free(open_world) -> None:
    """Refused requests cost nothing, and a second later all is as before."""
    zoom = open_world()
    caller = await zoom.connect("olga@acme.example", "first")
    assert await _statuses(caller, MEDIUM, 4) == [200, 200, 429, 429]
    await zoom.control("/clock", advance=1)
    assert await _statuses(caller, MEDIUM, 3) == [200, 200, 429]


async def test_apps_and_people_of_an_account_share(open_world) -> None:
    """Two apps authorized by two people draw on one account's limit; another account has its own."""
    zoom = open_world()
    callers = [
        await zoom.connect(who, app) for who, app in (("olga@acme.example", "first"), ("emil@acme.example", "second"))
    ]
    for caller in callers:
        assert (await caller("GET", MEDIUM)).status_code == 200
    assert [(await caller("GET", MEDIUM)).status_code for caller in callers] == [429, 429]
    assert (await (await zoom.connect("otto@other.example", "first"))("GET", MEDIUM)).status_code == 200


async def test_labels_are_apart(open_world) -> None:
    """Using up the medium limit leaves the light one."""
    caller = await open_world().connect("olga@acme.example", "first")
    assert await _statuses(caller, MEDIUM, 3) == [200, 200, 429]
    assert (await caller("GET", LIGHT)).status_code == 200


async def test_headers_tell_what_is_left(open_world) -> None:
    """A reply names category, type, limit and rest; a per-second refusal says when it ends, in Unix seconds."""
    zoom = open_world("pro")
    caller = await zoom.connect("olga@acme.example", "first")
    first = await caller("GET", MEDIUM)
    assert _told(first) == {"category": "Medium", "type": "QPS", "limit": "20", "remaining": "19"}
    await _statuses(caller, MEDIUM, 19)
    refused = await caller("GET", MEDIUM)
    reset = str(int(zoom.sandbox.state.clock.now().timestamp()) + 1)
    assert _told(refused) == {"category": "Medium", "type": "QPS", "limit": "20", "remaining": "0", "reset": reset}
    assert "retry-after" not in refused.headers


async def test_daily_limit_of_the_free_plan(open_world) -> None:
    """A free account has 2,000 medium requests a day; the refusal says in ISO when the next day begins."""
    zoom = open_world()
    account = zoom.sandbox.state.directory.accounts["acme"]
    caller = await zoom.connect("olga@acme.example", "first")
    for _ in range(1999):
        zoom.sandbox.state.limits.spend(account, "GET /users")
        zoom.sandbox.state.clock.advance(0.5)
    last = await caller("GET", MEDIUM)
    assert _told(last) == {"category": "Medium", "type": "Daily-limit", "limit": "2000", "remaining": "0"}
    refused = await caller("GET", MEDIUM)
    assert (refused.status_code, refused.json()) == (429, {"code": 429, "message": PER_DAY})
    assert refused.headers["retry-after"] == "2027-03-02T00:00:00Z"
    assert "x-ratelimit-reset" not in refused.headers
    await zoom.control("/clock", set="2027-03-02T00:00:00Z")
    assert (await (await zoom.connect("olga@acme.example", "first"))("GET", MEDIUM)).status_code == 200


async def test_light_and_medium_have_no_day_on_paid_plans(open_world) -> None:
    """A paid account's medium requests are limited by the second only."""
    zoom = open_world("pro")
    account = zoom.sandbox.state.directory.accounts["acme"]
    for _ in range(6001):
        zoom.sandbox.state.limits.spend(account, "GET /users")
        zoom.sandbox.state.clock.advance(1)


async def test_phone_has_limits_of_its_own(open_world) -> None:
    """Zoom Phone's heavy limit is 5 a second on Pro, and its 15,000 a day are not the main product's."""
    zoom = open_world("pro")
    state, account = zoom.sandbox.state, zoom.sandbox.state.directory.accounts["acme"]
    told = [state.limits.spend(account, f"GET {HEAVY}") for _ in range(5)]
    assert [one["X-RateLimit-Remaining"] for one in told] == ["14999", "14998", "14997", "14996", "14995"]
    with pytest.raises(LimitReached, match="per-second"):
        state.limits.spend(account, f"GET {HEAVY}")


@pytest.mark.parametrize(
    ("plan", "operation", "a_minute", "a_day"),
    [
        ("pro", "GET /reports", 10, 30_000),
        ("business", "GET /reports", 20, 60_000),
        ("pro", "GET /phone/reports", 5, 15_000),
        ("business", "GET /phone/reports", 10, 30_000),
    ],
)
async def test_heavy_and_resource_intensive_share_a_day(
    open_world, monkeypatch, plan: str, operation: str, a_minute: int, a_day: int
) -> None:
    """Resource-intensive requests are limited by the minute, and on paid plans share the day of the heavy ones."""
    heavy = operation.replace("reports", "details")
    monkeypatch.setitem(ASSUMED, operation, "Resource-intensive")
    monkeypatch.setitem(ASSUMED, heavy, "Heavy")
    state = open_world(plan).sandbox.state
    account = state.directory.accounts["acme"]
    for _ in range(a_minute):
        state.limits.spend(account, operation)
    with pytest.raises(LimitReached, match="per-minute"):
        state.limits.spend(account, operation)
    for _ in range(a_day - a_minute):
        state.clock.advance(0.5)
        state.limits.spend(account, heavy)
    state.clock.advance(60)
    for either in (operation, heavy):
        with pytest.raises(LimitReached, match="daily"):
            state.limits.spend(account, either)


async def test_switched_off_nothing_is_refused(open_world) -> None:
    """With `rate_limits: off` any number is answered, and only the category is told."""
    caller = await open_world(rate_limits="off").connect("olga@acme.example", "first")
    assert set(await _statuses(caller, MEDIUM, 10)) == {200}
    assert _told(await caller("GET", MEDIUM)) == {"category": "Medium"}


async def test_minimal_headers(open_world) -> None:
    """With `rate_limit_headers: minimal` even a refusal names the category only."""
    caller = await open_world(rate_limit_headers="minimal").connect("olga@acme.example", "first")
    assert await _statuses(caller, MEDIUM, 2) == [200, 200]
    refused = await caller("GET", MEDIUM)
    assert (refused.status_code, _told(refused)) == (429, {"category": "Medium"})
    assert "retry-after" not in refused.headers


@pytest.mark.parametrize(("token", "status"), [("garbage", 401), ("", 401)])
async def test_every_reply_has_the_category(open_world, token: str, status: int) -> None:
    """A refusal before anyone is known names the category too, and costs nobody anything."""
    headers = {"authorization": f"Bearer {token}"}
    reply = await open_world().http.get("/v2/users/me", headers=headers)
    assert (reply.status_code, _told(reply)) == (status, {"category": "Light"})


class TestHostsDay:
    """The hundred creates and updates of one host's meetings in a UTC day."""

    @pytest.fixture
    async def zoom(self, open_world) -> Any:
        """A business account in which Olga has 100 meetings of today, made one a second."""
        zoom = open_world("business")
        caller = await zoom.connect("olga@acme.example", "first")
        self.made = []
        for _ in range(100):
            self.made.append(await caller.meeting())
            zoom.sandbox.state.clock.advance(1)
        return zoom

    async def test_all_meetings_of_the_host_count_together(self, zoom) -> None:
        """The next create and an update of any of them are refused, whoever and whichever app asks."""
        for who, app in (("olga@acme.example", "first"), ("emil@acme.example", "second")):
            caller = await zoom.connect(who, app)
            for reply in (
                await caller("POST", "/users/olga@acme.example/meetings", json={"topic": "T"}),
                await caller("PATCH", f"/meetings/{self.made[5]['id']}", json={"topic": "T"}),
            ):
                assert (reply.status_code, reply.json()) == (429, {"code": 429, "message": HOST_DAY})
                assert "retry-after" not in reply.headers
                assert set(_told(reply)) == {"category", "limit", "remaining"}

    async def test_reads_deletes_and_other_hosts_do_not_count(self, zoom) -> None:
        """Reading, ending and deleting go on, and so do other hosts' meetings."""
        caller = await zoom.connect("olga@acme.example", "first")
        path = f"/meetings/{self.made[0]['id']}"
        assert (await caller("GET", path)).status_code == 200
        assert (await caller("PUT", f"{path}/status", json={"action": "end"})).json()["code"] == 3000
        assert (await caller("DELETE", path)).status_code == 204
        await caller.meeting("emil@acme.example")

    async def test_midnight_in_utc_frees(self, zoom) -> None:
        """One second before midnight is still the same day; at midnight a new hundred begins."""
        await zoom.control("/clock", set="2027-03-01T23:59:59Z")
        caller = await zoom.connect("olga@acme.example", "first")
        assert (await caller("POST", "/users/me/meetings", json={"topic": "T"})).status_code == 429
        await zoom.control("/clock", advance=1)
        await caller.meeting()
        assert zoom.sandbox.state.limits.changes_left(self.made[0]["host_id"]) == 99

    async def test_refused_requests_do_not_count(self, zoom) -> None:
        """A request refused for its body leaves the number where it was."""
        await zoom.control("/clock", set="2027-03-02T00:00:00Z")
        caller = await zoom.connect("olga@acme.example", "first")
        reply = await caller("POST", "/users/me/meetings", json={"topic": "x" * 201})
        assert reply.status_code == 400
        assert zoom.sandbox.state.limits.changes_left(self.made[0]["host_id"]) == 100


def test_every_published_operation_has_one_label() -> None:
    """Each operation is in one of the two tables, so that nobody forgets to decide."""
    assert set(published().by_name) <= set(STATED) | set(ASSUMED)
    assert not set(STATED) & set(ASSUMED)


def _told(reply: Any) -> dict[str, str]:
    prefix = "x-ratelimit-"
    return {name.removeprefix(prefix): value for name, value in reply.headers.items() if name.startswith(prefix)}
