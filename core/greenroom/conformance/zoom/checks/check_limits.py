"""Rate limits of accounts, and the hundred changes a day of one host's meetings."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import Caller, SimulatedZoom

LIGHT, MEDIUM, HEAVY = "/users/me", "/users", "/phone/call_history"
SECOND = (429, 429, "You have reached the maximum per-second rate limit for this API. Try again later.")
DAY = (
    "You have reached the maximum daily rate limit for this API. "
    "Refer to the response header for details on when you can make another request."
)
HUNDRED = (
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular "
    "user. You may resume these requests at GMT 00:00:00."
)
OWNERS = {"free": "fred@free.example", "pro": "sara@single.example", "business": "olga@acme.example"}


async def _answered(caller: Caller, path: str) -> int:
    """Return how many requests of one instant are answered before one is refused for its rate."""
    for count in range(200):
        if (await caller.get(path)).status == 429:
            return count
    return 200


async def _rates(zoom: SimulatedZoom, path: str) -> dict[str, int]:
    callers = {plan: await zoom.caller(owner) for plan, owner in OWNERS.items()}
    return {plan: await _answered(caller, path) for plan, caller in callers.items()}


@proves("ZOOM-149")
async def check_light_calls_a_second(zoom: SimulatedZoom) -> None:
    """So many light calls are answered within one second."""
    assert await _rates(zoom, LIGHT) == {"free": 4, "pro": 30, "business": 80}


@proves("ZOOM-150")
async def check_medium_calls_a_second(zoom: SimulatedZoom) -> None:
    """So many medium calls are answered within one second."""
    assert await _rates(zoom, MEDIUM) == {"free": 2, "pro": 20, "business": 60}


@proves("ZOOM-151")
async def check_heavy_calls_a_second(zoom: SimulatedZoom) -> None:
    """A free account's second holds one heavy call."""
    assert await _answered(await zoom.caller(OWNERS["free"]), HEAVY) == 1


@proves("ZOOM-222")
async def check_phone_has_its_own_rates(zoom: SimulatedZoom) -> None:
    """A Business account's second holds ten heavy and twenty medium calls of Zoom Phone, and its meetings still go."""
    caller = await zoom.caller()
    assert await _answered(caller, HEAVY) == 10
    assert await _answered(caller, "/phone/users/april@acme.example/call_history") == 20
    assert (await caller.get(MEDIUM)).status == 200


@proves("ZOOM-148", "ZOOM-156")
async def check_account_shares_its_rate(zoom: SimulatedZoom) -> None:
    """Two people and two apps draw on one account's second; it is over with the second; others have their own."""
    first = await zoom.caller()
    second = await zoom.caller("adam@acme.example", "lenient")
    for _ in range(40):
        assert [(await one.get(LIGHT)).status for one in (first, second)] == [200, 200]
    for one in (first, second):
        assert (await one.get(LIGHT)).refusal == SECOND
    assert (await (await zoom.caller("erik@roomy.example")).get(LIGHT)).status == 200
    await zoom.pass_time(1)
    assert (await first.get(LIGHT)).status == 200


@proves("ZOOM-152", "ZOOM-157")
async def check_free_day(zoom: SimulatedZoom) -> None:
    """A free account's day ends with its thousandth heavy call, and the text points at the headers."""
    caller = await zoom.caller(OWNERS["free"])
    days = [(await caller.get(path)).headers["x-ratelimit-limit"] for path in (LIGHT, MEDIUM)]
    assert days == ["6000", "2000"]
    for count in range(1000):
        if count % 900 == 899:
            caller = await zoom.caller(OWNERS["free"])
        await zoom.pass_time(1)
        assert (await caller.get(HEAVY)).status != 429
    await zoom.pass_time(1)
    assert (await caller.get(HEAVY)).refusal == (429, 429, DAY)


@proves("ZOOM-158")
async def check_limit_headers(zoom: SimulatedZoom) -> None:
    """A reply tells the category and what is left; a refused day tells when the next begins."""
    caller = await zoom.caller(OWNERS["free"])
    headers = (await caller.get(LIGHT)).headers
    assert (headers["x-ratelimit-category"], headers["x-ratelimit-limit"]) == ("Light", "6000")
    assert (headers["x-ratelimit-type"], headers["x-ratelimit-remaining"]) == ("Daily-limit", "5999")


@proves("ZOOM-153", "ZOOM-155")
async def check_hundred_changes_a_day(zoom: SimulatedZoom) -> None:
    """Creates and updates of one host count together for whoever asks, until midnight in UTC."""
    olga, adam = await zoom.caller(), await zoom.caller("adam@acme.example", "lenient")
    meeting = await olga.meeting("april@acme.example")
    for count in range(99):
        await zoom.pass_time(1)
        caller = (olga, adam)[count % 2]
        answer = await caller.call("PATCH", f"/meetings/{meeting['id']}", {"topic": f"Interview {count}"})
        assert answer.status == 204
    await zoom.pass_time(1)
    for refused in (
        await adam.create("april@acme.example"),
        await olga.call("PATCH", f"/meetings/{meeting['id']}", {"topic": "Other"}),
    ):
        assert refused.refusal == (429, 429, HUNDRED)
    assert (await adam.create("ben@acme.example")).status == 201
    await zoom.control("POST", "/clock", set="2027-03-01T23:59:59Z")
    olga = await zoom.caller()
    assert (await olga.create("april@acme.example")).status == 429
    await zoom.pass_time(1)
    assert (await olga.create("april@acme.example")).status == 201


@proves("ZOOM-154")
async def check_deletes_do_not_count(zoom: SimulatedZoom) -> None:
    """Fifty meetings made and deleted leave fifty changes, and a hundred are the end."""
    caller = await zoom.caller()
    for _ in range(50):
        await zoom.pass_time(1)
        made = await caller.meeting()
        assert (await caller.call("DELETE", f"/meetings/{made['id']}")).status == 204
    for _ in range(50):
        await zoom.pass_time(1)
        await caller.meeting()
    await zoom.pass_time(1)
    assert (await caller.create()).status == 429
