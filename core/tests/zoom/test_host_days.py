"""The hundred changes a day of one host's meetings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from core.tests.zoom.conftest import NOON
from core.tests.zoom.wire import Act, Wire, answer
from pydantic import SecretStr

from greenroom.engine.ports.zoom import (
    Access,
    HostBudget,
    MeetingDraft,
    OutcomeUnclear,
    RateLimited,
    ZoomApp,
    ZoomError,
)
from greenroom.zoom import ZoomClient

MIDNIGHT = datetime(2027, 3, 2, tzinfo=UTC)
MADE = {"id": 9, "host_id": "u1", "join_url": "https://zoom.us/j/9"}
USED_UP = {
    "code": 429,
    "message": "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this "
    "particular user. You may resume these requests at GMT 00:00:00.",
}


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        """Return the time."""
        return self.at


@pytest.fixture
def clock() -> Clock:
    """A clock at noon."""
    return Clock()


@pytest.fixture
async def zoom(app: ZoomApp, clock: Clock) -> AsyncIterator[ZoomClient]:
    """A client with a clock that can be moved."""
    async with ZoomClient(apps=[app], now=clock.now, pauses=()) as client:
        yield client


def budget(host_id: str, count: int, remaining: int) -> HostBudget:
    """Return a budget of the day that ends at midnight."""
    return HostBudget(host_id=host_id, count=count, remaining=remaining, resets_at=MIDNIGHT)


async def test_creates_and_updates_count_and_deletes_do_not(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """All meetings of a host together; an update whose host is not named cannot be counted."""
    assert zoom.host_budget(access, "u1") == budget("u1", 0, 100)
    wire.then(answer(201, MADE), answer(204), answer(204), answer(204))
    await zoom.create_meeting(access, "u1", draft)
    await zoom.update_meeting(access, "9", draft, host_id="u1")
    await zoom.update_meeting(access, "9", draft)
    await zoom.delete_meeting(access, "9")
    assert zoom.host_budget(access, "u1") == budget("u1", 2, 98)
    assert zoom.host_budget(access, "u2") == budget("u2", 0, 100)


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (Act.RESET, 1),
        (answer(500, ""), 1),
        (answer(400, {"code": 300, "message": "Validation Failed."}), 0),
        (answer(401, {"code": 124, "message": ""}), 0),
        (answer(429, {"code": 429, "message": "per-second"}), 0),
    ],
)
async def test_what_may_have_been_done_counts_and_what_was_refused_does_not(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire, given: bytes | Act, count: int
) -> None:
    """The count is what Zoom probably counts."""
    wire.then(given)
    with pytest.raises(ZoomError):
        await zoom.create_meeting(access, "u1", draft)
    assert zoom.host_budget(access, "u1").count == count


async def test_when_zoom_says_so_the_rest_of_the_day_is_nothing(
    zoom: ZoomClient, clock: Clock, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """Others changed this host's meetings too; until midnight in UTC nothing more is sent, and other hosts go on."""
    wire.then(answer(201, MADE), answer(429, USED_UP), answer(201, {**MADE, "host_id": "u2"}), answer(201, MADE))
    await zoom.create_meeting(access, "u1", draft)
    with pytest.raises(RateLimited) as caught:
        await zoom.create_meeting(access, "u1", draft)
    assert (caught.value.until, caught.value.limit) == (MIDNIGHT, "host_day")
    assert zoom.host_budget(access, "u1") == budget("u1", 1, 0)
    with pytest.raises(RateLimited, match="nothing was sent") as again:
        await zoom.update_meeting(access, "9", draft, host_id="u1")
    assert again.value.until == MIDNIGHT
    await zoom.create_meeting(access, "u2", draft)
    clock.at = MIDNIGHT
    assert zoom.host_budget(access, "u1") == budget("u1", 0, 100).model_copy(
        update={"resets_at": MIDNIGHT + timedelta(days=1)}
    )
    await zoom.create_meeting(access, "u1", draft)
    assert len(wire.received) == 4


async def test_a_count_of_our_own_holds_nothing_back(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """It may be wrong; only Zoom's word is final."""
    wire.then(*[answer(204)] * 101)
    for _ in range(101):
        await zoom.update_meeting(access, "9", draft, host_id="u1")
    assert zoom.host_budget(access, "u1") == budget("u1", 101, 0)


@pytest.mark.parametrize("name", ["me", "Ana@acme.example"])
async def test_a_host_is_one_whatever_the_name(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire, name: str
) -> None:
    """``me`` and an e-mail are joined with the id that Zoom's reply tells, with what was counted before."""
    wire.then(Act.RESET, answer(201, MADE), answer(204))
    with pytest.raises(OutcomeUnclear):
        await zoom.create_meeting(access, name, draft)
    await zoom.create_meeting(access, name, draft)
    await zoom.update_meeting(access, "9", draft, host_id="u1")
    assert zoom.host_budget(access, "u1") == zoom.host_budget(access, name) == budget("u1", 3, 97)


async def test_me_is_somebody_else_under_another_token(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """Two people's ``me`` are two hosts, until a token is known to be the same person's."""
    other = access.model_copy(update={"token": SecretStr("another")})
    wire.then(answer(201, MADE), answer(200, {"id": "u1", "email": "ana@acme.example"}))
    await zoom.create_meeting(access, "me", draft)
    assert zoom.host_budget(other, "me").count == 0
    await zoom.me(other, cloud="commercial", with_permissions=False)
    assert zoom.host_budget(other, "me") == budget("u1", 1, 99)


async def test_what_is_used_up_under_one_name_is_under_all(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """Zoom's word about ``me`` holds for the id, once it is known."""
    wire.then(answer(429, USED_UP), answer(200, {"id": "u1", "email": "ana@acme.example"}))
    with pytest.raises(RateLimited):
        await zoom.create_meeting(access, "me", draft)
    await zoom.me(access, cloud="commercial", with_permissions=False)
    assert zoom.host_budget(access, "u1") == budget("u1", 0, 0)
