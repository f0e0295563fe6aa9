"""Scheduling in Trakstar Hire, end to end: links at confirmation, under the scheduler, joinable without the host."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.embedded import RECRUITER, World, connected
from tests.test_trakstar_approval import APRIL, SAM, hire
from tests.test_trakstar_connection import meeting_type

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.model import Action, GivenLink

DETAILS = {"url": "https://zoom.example/j/123?pwd=As%20Typed", "meeting_id": "123 456 789", "password": "s3cret"}


async def ready(greenroom: Greenroom, world: World, *users: str, **facts: str) -> None:
    """Make a Hire account whose users are connected; their app is approved."""
    world.control("POST", "approvals", app="user", state="approved")
    await hire(greenroom, *users, **facts)
    await greenroom.act("First", Action.APPROVAL_DECIDED, as_=users[0])
    for user in users:
        await connected(greenroom, world, "First", as_=user)


def at(time: str, scheduler: str = RECRUITER, **changes: Any) -> dict[str, Any]:
    """Return a Zoom interview that ``scheduler`` plans at ``time``."""
    return {**meeting_type(start=time, **changes), "scheduler": scheduler}


async def test_before_confirmation_there_is_only_a_message(greenroom: Greenroom, world: World) -> None:
    """Zoom Meeting chosen, time proposed: a message says when details come, no meeting exists, nobody is told;
    confirming makes the link and sends it [TRK-30, TRK-31, TRK-32, TRK-33, TRK-34]."""
    await ready(greenroom, world, RECRUITER)
    outcome = (await greenroom.schedule("First", at("+3d 09:00", confirmed=False))).interviews[0]
    assert outcome.kind == "not_yet"
    assert outcome.message == "Meeting details will be generated once the meeting is confirmed."
    moved = await greenroom.reschedule(outcome.id, "+4d 09:00")
    assert moved.kind == "not_yet"
    assert (world.creates, moved.letters) == (0, ())
    confirmed = await greenroom.confirm(outcome.id)
    assert confirmed.kind == "made"
    assert {one.audience: (one.state, one.shows_link) for one in confirmed.letters} == {
        "candidate": ("sent", True),
        "interviewers": ("sent", True),
    }
    assert (await greenroom.confirm(outcome.id)).meeting == confirmed.meeting
    assert world.creates == 1


async def test_each_interview_has_its_own_link(greenroom: Greenroom, world: World) -> None:
    """Links are unique, also where the scheduler's own Zoom would use their Personal Meeting ID [TRK-35]."""
    await ready(greenroom, world, RECRUITER)
    world.control("POST", f"users/{RECRUITER}", settings={"use_pmi_for_scheduled_meetings": True})
    outcomes = [(await greenroom.schedule("First", at(f"+{day}d 09:00"))).interviews[0] for day in (3, 4)]
    urls = {one.meeting.join_url for one in outcomes if one.meeting is not None}
    assert len(urls) == 2


async def test_the_scheduler_hosts_and_interviewers_need_nothing(greenroom: Greenroom, world: World) -> None:
    """Each link is made under who schedules; interviewers without Zoom get it all the same
    [TRK-36, TRK-37, TRK-39, TRK-40]."""
    await ready(greenroom, world, RECRUITER, APRIL)
    found = [(await greenroom.schedule("First", at("+3d 09:00", who))).interviews[0] for who in (RECRUITER, APRIL)]
    assert [one.host for one in found] == [RECRUITER, APRIL]
    assert [one["host_email"] for one in world.meetings] == [RECRUITER, APRIL]
    told = [letter for one in found for letter in one.letters if letter.audience == "interviewers"]
    assert [letter.shows_link for letter in told] == [True, True]


async def test_another_user_who_confirms_does_not_become_host(greenroom: Greenroom, world: World) -> None:
    """An interview that somebody else moves or confirms stays with whoever scheduled it [TRK-39]."""
    await ready(greenroom, world, RECRUITER, APRIL)
    outcome = (await greenroom.schedule("First", at("+3d 09:00", confirmed=False))).interviews[0]
    assert (await greenroom.confirm(outcome.id)).host == RECRUITER


async def test_a_disconnect_before_confirmation_leaves_the_manual_way(greenroom: Greenroom, world: World) -> None:
    """Disconnected between proposal and confirmation, no link is made; details by hand are [TRK-50, TRK-52]."""
    await ready(greenroom, world, RECRUITER)
    outcome = (await greenroom.schedule("First", at("+3d 09:00", confirmed=False))).interviews[0]
    await greenroom.disconnect("First", as_=RECRUITER, confirmed=True)
    assert (await greenroom.confirm(outcome.id)).code == "connect_first"
    assert (await greenroom.place(outcome.id, link=GivenLink(**DETAILS))).kind == "link"
    assert world.creates == 0


async def test_details_by_hand_pass_through_as_typed(
    greenroom: Greenroom, world: World, configuration: Configuration
) -> None:
    """Url, id and password typed by an unconnected scheduler go to everybody as typed; Zoom is not asked
    [TRK-05, TRK-45, TRK-46]."""
    await hire(greenroom, RECRUITER)
    refused = (await greenroom.schedule("First", at("+3d 09:00"))).interviews[0]
    assert "Connect your Zoom account" in refused.message
    placed = await greenroom.place(refused.id, link=GivenLink(**DETAILS))
    assert placed.kind == "link"
    assert len(placed.letters) == 2
    for letter in placed.letters:
        assert letter.state == "sent"
        assert all(value in letter.text for value in DETAILS.values())
    assert world.ledger["requests"] == []


async def test_a_url_is_needed_once_confirmed(greenroom: Greenroom, world: World) -> None:
    """An id alone will do before confirmation and is refused at it; the url may come later [TRK-45]."""
    await hire(greenroom, RECRUITER)
    bare = {"manual": {"url": "", "meeting_id": "123"}}
    proposed = (await greenroom.schedule("First", at("+3d 09:00", place=bare, confirmed=False))).interviews[0]
    assert (proposed.kind, proposed.letters) == ("link", ())
    refused = await greenroom.confirm(proposed.id)
    assert (refused.kind, refused.code) == ("refused", "url_needed")
    assert refused.letters == ()
    assert (await greenroom.place(proposed.id, link=GivenLink(**DETAILS))).kind == "link"
    assert world.creates == 0


@pytest.mark.parametrize(
    ("plan", "clause", "warned"), [("pro", "TRK-20", True), ("business", "TRK-21", False), (None, None, False)]
)
async def test_two_at_once_are_the_plans_matter(
    greenroom: Greenroom, world: World, plan: str | None, clause: str | None, warned: bool
) -> None:
    """On Pro a second interview at the same time is made, with the plan's limit said; on Business none is needed;
    of a plan that nobody knows nothing is said [TRK-20, TRK-21]."""
    await ready(greenroom, world, RECRUITER, **({"zoom_plan": plan} if plan else {}))
    await greenroom.schedule("First", at("+3d 09:00"))
    second = (await greenroom.schedule("First", at("+3d 09:30"))).interviews[0]
    assert second.kind == "made"
    assert any("multiple meetings" in one for one in second.warnings) is warned
    assert clause is None or clause in {reason.clause for reason in second.because}
    apart = (await greenroom.schedule("First", at("+3d 12:00"))).interviews[0]
    assert apart.warnings == ()


async def test_two_at_once_on_a_free_account_and_its_limits(greenroom: Greenroom, world: World) -> None:
    """A free scheduler's links work, with Zoom's free limits said each time, and Business named for two at once
    [TRK-22, TRK-42, TRK-43]."""
    await hire(greenroom, SAM, zoom_plan="basic")
    await connected(greenroom, world, "First", as_=SAM)
    first = (await greenroom.schedule("First", at("+3d 09:00", SAM))).interviews[0]
    second = (await greenroom.schedule("First", at("+3d 09:00", SAM))).interviews[0]
    assert (first.kind, second.kind) == ("made", "made")
    assert len(first.warnings) == 1
    assert "TRK-43" in {reason.clause for reason in first.because}
    assert len(second.warnings) == 2
    assert "TRK-22" in {reason.clause for reason in second.because}


async def test_an_overlap_by_moving_is_said_too(greenroom: Greenroom, world: World) -> None:
    """Moved onto another interview of the same host on Pro, the limit is said, and the move goes through [TRK-20]."""
    await ready(greenroom, world, RECRUITER, zoom_plan="pro")
    await greenroom.schedule("First", at("+3d 09:00"))
    other = (await greenroom.schedule("First", at("+3d 12:00"))).interviews[0]
    moved = await greenroom.reschedule(other.id, "+3d 09:15")
    assert moved.kind == "made"
    assert any("multiple meetings" in one for one in moved.warnings)


async def test_people_join_without_the_host(greenroom: Greenroom, world: World) -> None:
    """The meeting is made so that people can join before the host [TRK-41]."""
    await ready(greenroom, world, RECRUITER)
    outcome = (await greenroom.schedule("First", at("+3d 09:00"))).interviews[0]
    settings = world.meetings[0]["settings"]
    assert (settings["join_before_host"], settings["waiting_room"]) == (True, False)
    assert outcome.warnings == ()


@pytest.mark.parametrize("setting", ["waiting_room", "join_before_host"])
async def test_a_locked_account_is_degraded_and_said(greenroom: Greenroom, world: World, setting: str) -> None:
    """Where the account has the waiting room locked on, or joining early locked off, the link is made and the
    scheduler is told what it lacks [TRK-41]."""
    locked = {"waiting_room": True} if setting == "waiting_room" else {"join_before_host": False}
    world.control("POST", "accounts/northwind-account", settings=locked, locks=[setting])
    await ready(greenroom, world, RECRUITER)
    outcome = (await greenroom.schedule("First", at("+3d 09:00"))).interviews[0]
    assert outcome.kind == "made"
    assert outcome.meeting is not None
    assert setting in outcome.meeting.degraded
    assert outcome.warnings
    assert (await greenroom.retry(outcome.id)).warnings == outcome.warnings


async def test_two_that_book_at_once_keep_their_own_hosts(greenroom: Greenroom, world: World) -> None:
    """Two schedulers at the same moment: each link under its own [TRK-40]."""
    await ready(greenroom, world, RECRUITER, APRIL)
    people = [RECRUITER, APRIL] * 3
    found = await asyncio.gather(
        *(greenroom.schedule("First", at(f"+{3 + n}d 09:00", who)) for n, who in enumerate(people))
    )
    assert [one.interviews[0].host for one in found] == people
