"""What somebody does to a meeting in Zoom's own pages is noticed, told once to whom it concerns, and follows only where
the profile says so; what we did ourselves, and what Zoom tells twice, late or in another order, changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from tests.embedded import ZOOM_ADMIN, World
from tests.in_zoom import InZoom
from tests.test_silence import PROFILES, scheduled
from tests.told import eventually, told

from greenroom.engine.outcomes import InterviewView
from greenroom.engine.ports.zoom import Access
from greenroom.facade import Greenroom
from greenroom.zoom import ZoomClient, digest

NAME = "First"
LATER = datetime.now(UTC).replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=6)


class Effect(NamedTuple):
    """What comes of it: the interview's state, whether it takes Zoom's time, needs attention, and is told anew."""

    state: str
    follows: bool
    attention: bool
    letters: bool


STAYS = Effect(state="live", follows=False, attention=True, letters=False)

MOVED = {
    "calendly": STAYS,
    "interviewplanner": STAYS,
    "lever": STAYS,
    "trakstar": STAYS,
    "exelare": Effect(state="live", follows=True, attention=False, letters=True),
}
"""Moved at Zoom [CORE-17]; the one whose calendar is Zoom's has its events follow [EXE-38]."""

DELETED = {
    "calendly": STAYS,
    "interviewplanner": STAYS,
    "lever": STAYS,
    "trakstar": STAYS,
    "exelare": Effect(state="cancelled", follows=False, attention=False, letters=True),
}
"""Deleted at Zoom [CORE-17, EXE-39]."""


async def seen(greenroom: Greenroom, interview: str) -> InterviewView:
    """Return an interview as status lists it."""
    return next(one for one in (await greenroom.status(NAME)).interviews if one.id == interview)


async def about_zoom(greenroom: Greenroom) -> list[tuple[str, str]]:
    """Return whom notices told that something was done in Zoom's own pages, and which word says what."""
    notices = (await greenroom.status(NAME)).notices
    return [(one.to, "deleted" if "deleted" in one.text else "moved") for one in notices if "own pages" in one.text]


def meeting_of(world: World) -> str:
    """Return the number of the newest meeting."""
    return str(world.meetings[-1]["id"])


async def works(greenroom: Greenroom, world: World, event: str, to: str | None = None, **about: Any) -> None:
    """Hand a webhook about the newest meeting to the inbox, sent to each app or to one, and act on all there is."""
    found = {"id": int(meeting_of(world)), **about.pop("object", {})}
    body = {"event": event, "payload": {"account_id": "northwind-account", "object": found, **about}}
    raw = json.dumps(body).encode()
    for app in world.apps.values():
        if to in {None, app.kind}:
            await greenroom.keep_webhook(app.name, raw, digest(raw))
    await greenroom.work_inbox()


def test_no_profile_is_left_out() -> None:
    """Both tables say something of each profile there is."""
    assert sorted(MOVED) == sorted(DELETED) == PROFILES


@pytest.mark.parametrize("profile", PROFILES)
async def test_a_meeting_moved_in_zooms_pages(greenroom: Greenroom, world: World, profile: str) -> None:
    """The scheduler is told once, and the interview follows or stays as its profile says [CORE-17, EXE-38]."""
    interview = await scheduled(greenroom, world, profile)
    before = await seen(greenroom, interview)
    InZoom(world).move(meeting_of(world), f"{LATER:%Y-%m-%dT%H:%M:%SZ}", 30)

    for stamp in (1, 2):
        await works(greenroom, world, "meeting.updated", time_stamp=stamp)

    effect, now = MOVED[profile], await seen(greenroom, interview)
    assert (now.state, now.start == LATER, bool(now.attention)) == (effect.state, effect.follows, effect.attention)
    assert (now.letters_sent > before.letters_sent) is effect.letters
    assert now.join_url == before.join_url
    assert await about_zoom(greenroom) == [(ZOOM_ADMIN, "moved")]


@pytest.mark.parametrize("profile", PROFILES)
async def test_a_meeting_deleted_in_zooms_pages(greenroom: Greenroom, world: World, profile: str) -> None:
    """The dead link is stated no more, the scheduler is told once, and nobody invited is unless the profile follows;
    then retrying makes a new meeting, of which everybody who had the old link is told [CORE-17, EXE-39]."""
    interview = await scheduled(greenroom, world, profile)
    before = await seen(greenroom, interview)
    InZoom(world).delete(meeting_of(world))

    for stamp in (1, 2):
        await works(greenroom, world, "meeting.deleted", time_stamp=stamp)

    effect, now = DELETED[profile], await seen(greenroom, interview)
    assert (now.state, now.join_url, bool(now.attention)) == (effect.state, None, effect.attention)
    assert (now.letters_sent > before.letters_sent) is effect.letters
    assert await about_zoom(greenroom) == [(ZOOM_ADMIN, "deleted")]
    if effect.state == "cancelled":
        return
    again = await greenroom.retry(interview)
    assert again.meeting is not None
    assert again.meeting.join_url != before.join_url
    mended = await seen(greenroom, interview)
    assert (mended.attention, mended.join_url) == ("", again.meeting.join_url)
    assert mended.letters_sent > before.letters_sent


@pytest.mark.parametrize("event", ["user.deleted", "user.disassociated"])
@pytest.mark.parametrize("passed_on", [False, True])
async def test_meetings_of_a_host_who_left(greenroom: Greenroom, world: World, event: str, *, passed_on: bool) -> None:
    """With whoever hosted it, a meeting goes, and the scheduler is told once; passed on to somebody else, it stays as
    it is, and nothing is told [CORE-17]."""
    interview = await scheduled(greenroom, world, "lever")
    before, host = await seen(greenroom, interview), str(world.meetings[-1]["host_id"])
    assert before.host == "april.lee@northwind.example"
    if not passed_on:
        path = f"users/{before.host}"
        world.control("DELETE", path) if event == "user.deleted" else world.control("POST", f"{path}/disassociate")

    for stamp in (1, 2):
        await works(greenroom, world, event, object={"id": host}, time_stamp=stamp)

    now = await seen(greenroom, interview)
    assert (now == before) is passed_on
    assert (now.join_url is None, bool(now.attention)) == (not passed_on, not passed_on)
    assert await about_zoom(greenroom) == ([] if passed_on else [(ZOOM_ADMIN, "deleted")])


@pytest.mark.parametrize("profile", PROFILES)
async def test_our_own_changes_are_no_news(greenroom: Greenroom, world: World, profile: str) -> None:
    """Zoom's words about what we made, moved and deleted tell nobody anything, in whatever order they come."""
    interview = await scheduled(greenroom, world, profile)
    await works(greenroom, world, "meeting.updated", time_stamp=1)
    await greenroom.reschedule(interview, LATER)
    before = await greenroom.status(NAME)
    await works(greenroom, world, "meeting.deleted", operation="single", time_stamp=2)
    await works(greenroom, world, "meeting.updated", time_stamp=0)
    assert await greenroom.status(NAME) == before
    await greenroom.cancel(interview)
    gone = await greenroom.status(NAME)
    await works(greenroom, world, "meeting.deleted", operation="all", time_stamp=3)
    await works(greenroom, world, "meeting.updated", time_stamp=4)
    assert await greenroom.status(NAME) == gone
    assert await about_zoom(greenroom) == []


async def test_late_and_in_another_order(greenroom: Greenroom, world: World) -> None:
    """What counts is how Zoom has the meeting when it is looked at: an update told after the deletion, and a deletion
    told first of all, come to the same."""
    interview = await scheduled(greenroom, world, "calendly")
    zoom, meeting = InZoom(world), meeting_of(world)
    zoom.move(meeting, f"{LATER:%Y-%m-%dT%H:%M:%SZ}", 30)
    zoom.delete(meeting)
    await works(greenroom, world, "meeting.deleted", time_stamp=2)
    await works(greenroom, world, "meeting.updated", time_stamp=1)
    assert (await seen(greenroom, interview)).join_url is None
    assert await about_zoom(greenroom) == [(ZOOM_ADMIN, "deleted")]


async def test_moved_back_needs_no_attention(greenroom: Greenroom, world: World) -> None:
    """A meeting that Zoom has again as it was agreed needs no attention; the words about the move were said once."""
    interview = await scheduled(greenroom, world, "calendly")
    agreed = await seen(greenroom, interview)
    assert agreed.start is not None
    zoom = InZoom(world)
    zoom.move(meeting_of(world), f"{LATER:%Y-%m-%dT%H:%M:%SZ}", 30)
    await works(greenroom, world, "meeting.updated", time_stamp=1)
    zoom.move(meeting_of(world), f"{agreed.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", agreed.minutes or 0)
    await works(greenroom, world, "meeting.updated", time_stamp=2)
    assert await seen(greenroom, interview) == agreed
    assert len(await about_zoom(greenroom)) == 1


async def test_a_person_decides_after_a_move(greenroom: Greenroom, world: World) -> None:
    """Rescheduled by a person, the interview needs no attention, and Zoom has it as that person said."""
    interview = await scheduled(greenroom, world, "calendly")
    InZoom(world).move(meeting_of(world), f"{LATER:%Y-%m-%dT%H:%M:%SZ}", 30)
    await works(greenroom, world, "meeting.updated", time_stamp=1)
    wanted = LATER + timedelta(hours=2)
    assert (await greenroom.reschedule(interview, wanted)).kind == "made"
    await works(greenroom, world, "meeting.updated", time_stamp=2)
    assert (await seen(greenroom, interview)).attention == ""
    assert datetime.fromisoformat(world.meetings[-1]["start_time"]) == wanted


async def test_our_move_undone_at_zoom(greenroom: Greenroom, world: World) -> None:
    """Whoever puts a meeting that we moved back to its first time has moved it, too."""
    interview = await scheduled(greenroom, world, "calendly")
    first = (await seen(greenroom, interview)).start
    assert first is not None
    await greenroom.reschedule(interview, LATER)
    InZoom(world).change(meeting_of(world), start_time=f"{first.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    await works(greenroom, world, "meeting.updated")
    assert await about_zoom(greenroom) == [(ZOOM_ADMIN, "moved")]


async def test_another_topic_is_no_change(greenroom: Greenroom, world: World) -> None:
    """What Zoom tells of a meeting's topic or settings moves no interview."""
    await scheduled(greenroom, world, "calendly")
    before = await greenroom.status(NAME)
    InZoom(world).change(meeting_of(world), topic="Renamed", settings={"waiting_room": True})
    await works(greenroom, world, "meeting.updated", time_stamp=1)
    assert await greenroom.status(NAME) == before


async def test_another_accounts_words_are_not_heard(greenroom: Greenroom, world: World) -> None:
    """A number that is not ours, another account's word about ours, or one to an app we did not make it through,
    changes nothing."""
    await scheduled(greenroom, world, "lever")
    InZoom(world).delete(meeting_of(world))
    before = await greenroom.status(NAME)
    await works(greenroom, world, "meeting.deleted", to="user")
    await works(greenroom, world, "meeting.deleted", account_id="another-account")
    await works(greenroom, world, "meeting.deleted", object={"id": 99999999999})
    assert await greenroom.status(NAME) == before


async def test_news_wait_while_we_change_it_ourselves(
    greenroom: Greenroom, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zoom's word that comes back before our own deletion is kept here is not taken for somebody else's doing."""
    interview = await scheduled(greenroom, world, "calendly")
    waited: list[bool] = []
    delete = ZoomClient.delete_meeting

    async def told_at_once(client: ZoomClient, access: Access, meeting_id: str) -> None:
        await delete(client, access, meeting_id)
        await works(greenroom, world, "meeting.deleted", time_stamp=1)
        waited.append(await greenroom.inbox_waits())

    monkeypatch.setattr(ZoomClient, "delete_meeting", told_at_once)
    assert (await greenroom.cancel(interview)).kind == "made"
    assert waited == [True]
    assert await about_zoom(greenroom) == []


async def test_a_change_that_zoom_refused_holds_no_news_up(greenroom: Greenroom, world: World) -> None:
    """Once Zoom has refused a change of ours, what somebody else does is noticed at once."""
    interview = await scheduled(greenroom, world, "calendly")
    refusal = {"code": 300, "message": "Validation Failed."}
    world.fault("PATCH /meetings/{meetingId}", "status", status=400, body=refusal)
    assert (await greenroom.reschedule(interview, LATER)).kind == "failed"
    InZoom(world).delete(meeting_of(world))
    await works(greenroom, world, "meeting.deleted")
    assert await about_zoom(greenroom) == [(ZOOM_ADMIN, "deleted")]


async def test_zoom_tells_the_service(world: World) -> None:
    """Told over HTTP by the embedded Zoom, the service notices a deletion, and is not moved by our own doing."""
    async with told(world) as greenroom:
        interview = await scheduled(greenroom, world, "calendly")
        await greenroom.reschedule(interview, LATER)

        async def words() -> list[tuple[str, str]]:
            return await about_zoom(greenroom)

        InZoom(world).delete(meeting_of(world))
        await eventually(words, [(ZOOM_ADMIN, "deleted")])
        found = await seen(greenroom, interview)
        assert (found.state, found.join_url) == ("live", None)
        assert "its link leads nowhere" in found.attention
