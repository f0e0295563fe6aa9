"""Calls wait for the limit they draw on, and for no other."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta

import pytest
from core.tests.zoom.conftest import NOON, TOKEN
from core.tests.zoom.wire import Wire, answer
from pydantic import SecretStr

from greenroom.engine.ports.zoom import Access, Limit, MeetingDraft, RateLimited, ZoomApp
from greenroom.http import Reply
from greenroom.zoom import ZoomClient
from greenroom.zoom.limits import Limiter

ME = {"id": "u1", "email": "ana@acme.example"}
MEETING = {"id": 9, "host_id": "u1", "join_url": "https://zoom.us/j/9"}
PER_SECOND = {"code": 429, "message": "You have reached the maximum per-second rate limit for this API."}
DAILY = {"code": 429, "message": "You have reached the maximum daily rate limit for this API."}
TOMORROW = {"retry-after": "2027-03-02T00:00:00Z"}


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        """Return the time."""
        return self.at


def of(access: Access, account: str | None, token: str = TOKEN) -> Access:
    """Return an access of another account."""
    return Access(api_url=access.api_url, token=SecretStr(token), account=account)


def limited(limit: Limit, until: datetime | None) -> RateLimited:
    """Return what a 429 is read as."""
    return RateLimited("limit", until=until, limit=limit)


async def me(zoom: ZoomClient, access: Access) -> None:
    """Make one light read."""
    await zoom.me(access, cloud="commercial", with_permissions=False)


async def test_after_a_429_other_calls_of_the_account_fail_fast(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Until the instant that Zoom names nothing more is sent for this account and label."""
    wire.then(answer(429, DAILY, TOMORROW))
    with pytest.raises(RateLimited) as first:
        await me(zoom, of(access, "a1", "one token"))
    with pytest.raises(RateLimited) as second:
        await me(zoom, of(access, "a1", "another token"))
    assert first.value.until == second.value.until == datetime.fromisoformat("2027-03-02T00:00:00Z")
    assert (first.value.status, first.value.zoom_code, first.value.limit) == (429, 429, "day")
    assert second.value.status is None
    assert len(wire.received) == 1


async def test_other_accounts_and_other_labels_are_not_touched(
    zoom: ZoomClient, access: Access, wire: Wire, draft: MeetingDraft
) -> None:
    """Limits are an account's, one for each label."""
    wire.then(
        answer(429, DAILY, TOMORROW),
        answer(200, ME),
        answer(200, {"meetings": [MEETING]}),
    )
    with pytest.raises(RateLimited):
        await me(zoom, of(access, "a1"))
    await me(zoom, of(access, "a2"))
    assert [meeting.id async for meeting in zoom.meetings(of(access, "a1"), "u1")] == ["9"]
    with pytest.raises(RateLimited, match="light requests"):
        await zoom.create_meeting(of(access, "a1"), "u1", draft)
    assert len(wire.received) == 3


async def test_without_an_account_each_token_is_its_own(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Nobody waits for somebody who may be of another account."""
    wire.then(answer(429, DAILY, TOMORROW), answer(200, ME))
    with pytest.raises(RateLimited):
        await me(zoom, of(access, None, "one"))
    with pytest.raises(RateLimited):
        await me(zoom, of(access, None, "one"))
    await me(zoom, of(access, None, "two"))


async def test_a_short_wait_is_waited_for_by_all(app: ZoomApp, access: Access, wire: Wire) -> None:
    """A limit per second ends soon: whoever comes in between waits and is not refused."""
    wire.then(answer(429, PER_SECOND, {"retry-after": "0.3"}), *[answer(200, ME)] * 5)
    async with ZoomClient(apps=[app]) as zoom:
        begun = time.monotonic()
        first = asyncio.create_task(me(zoom, of(access, "a1")))
        await wire.until(1)
        await asyncio.sleep(0.05)
        await asyncio.gather(first, *(me(zoom, of(access, "a1")) for _ in range(4)))
    assert time.monotonic() - begun >= 0.3
    assert len(wire.received) == 6


async def test_a_change_waits_too_and_is_sent_once(
    app: ZoomApp, access: Access, wire: Wire, draft: MeetingDraft
) -> None:
    """Waiting before the first time is no second time."""
    wire.then(answer(429, PER_SECOND, {"retry-after": "0.2"}), *[answer(200, {**MEETING, **ME, "id": "9"})] * 2)
    async with ZoomClient(apps=[app]) as zoom:
        read = asyncio.create_task(me(zoom, of(access, "a1")))
        await wire.until(1)
        await asyncio.sleep(0.05)
        await zoom.create_meeting(of(access, "a1"), "u1", draft)
        await read
    assert [request.method for request in wire.received].count("POST") == 1


@pytest.fixture
def clock() -> Clock:
    """A clock at noon."""
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> Limiter:
    """A limiter that waits for nothing."""
    return Limiter(clock.now, timedelta(0))


async def test_the_label_is_learned_from_zooms_replies(limiter: Limiter, access: Access) -> None:
    """Labels change between versions of Zoom's documents; its replies are right."""
    limiter.note(access, "GET /x", "Light", Reply(200, {"x-ratelimit-category": "Heavy"}), None)
    limiter.note(access, "GET /y", "Heavy", Reply(429), limited("day", NOON + timedelta(hours=1)))
    await limiter.admit(access, "GET /z", "Light")
    with pytest.raises(RateLimited, match="heavy requests"):
        await limiter.admit(access, "GET /x", "Light")


async def test_a_label_that_zoom_does_not_have_is_not_learned(limiter: Limiter, access: Access) -> None:
    """What a reply says is repeated in messages, so only Zoom's four words pass."""
    limiter.note(access, "GET /x", "Light", Reply(200, {"x-ratelimit-category": "ana@acme.example"}), None)
    limiter.note(access, "GET /y", "Light", Reply(429), limited("day", NOON + timedelta(hours=1)))
    with pytest.raises(RateLimited, match="light requests"):
        await limiter.admit(access, "GET /x", "Light")


async def test_a_limit_ends_when_its_time_has_come(limiter: Limiter, clock: Clock, access: Access) -> None:
    """No longer than Zoom said."""
    limiter.note(access, "GET /x", "Light", Reply(429), limited("day", NOON + timedelta(hours=1)))
    with pytest.raises(RateLimited):
        await limiter.admit(access, "GET /x", "Light")
    clock.at += timedelta(hours=1)
    await limiter.admit(access, "GET /x", "Light")


async def test_an_end_that_is_not_told_is_guessed_longer_each_time(
    limiter: Limiter, clock: Clock, access: Access
) -> None:
    """A second, then two, up to about a minute; a success starts over."""
    guesses = []
    for _ in range(8):
        limiter.note(access, "GET /x", "Light", Reply(429), limited("unnamed", None))
        with pytest.raises(RateLimited) as caught:
            await limiter.admit(access, "GET /x", "Light")
        assert caught.value.until is not None
        guesses.append((caught.value.until - clock.at).total_seconds())
        clock.at = caught.value.until
        await limiter.admit(access, "GET /x", "Light")
    assert guesses == [1, 2, 4, 8, 16, 32, 64, 64]
    limiter.note(access, "GET /x", "Light", Reply(200), None)
    limiter.note(access, "GET /x", "Light", Reply(429), limited("unnamed", None))
    with pytest.raises(RateLimited) as caught:
        await limiter.admit(access, "GET /x", "Light")
    assert caught.value.until == clock.at + timedelta(seconds=1)


@pytest.mark.parametrize("limit", ["host_day", "concurrency"])
async def test_what_is_not_the_accounts_holds_nobody_back(limiter: Limiter, access: Access, limit: Limit) -> None:
    """One host's hundred, or two requests about one thing at once, say nothing about the account."""
    limiter.note(access, "GET /x", "Light", Reply(429), limited(limit, NOON + timedelta(hours=1)))
    await limiter.admit(access, "GET /x", "Light")


@pytest.mark.parametrize(
    ("headers", "waits"),
    [
        ({"x-ratelimit-type": "QPS", "x-ratelimit-remaining": "0"}, True),
        ({"x-ratelimit-type": "QPS", "x-ratelimit-remaining": "1"}, False),
        ({"x-ratelimit-type": "Daily-limit", "x-ratelimit-remaining": "0"}, False),
        ({"x-ratelimit-remaining": "0"}, False),
        ({}, False),
    ],
)
async def test_the_last_request_of_a_second_is_the_last(
    limiter: Limiter, access: Access, headers: dict[str, str], *, waits: bool
) -> None:
    """Zoom's headers are followed where they are plain, and never required."""
    limiter.note(access, "GET /x", "Light", Reply(200, headers), None)
    if waits:
        with pytest.raises(RateLimited):
            await limiter.admit(access, "GET /x", "Light")
    else:
        await limiter.admit(access, "GET /x", "Light")
