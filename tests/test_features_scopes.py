"""Thirteen printed scopes: all are needed to connect, and one that goes later takes away just what is tied to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from tests.embedded import RECRUITER, World, connected
from tests.recruiting import CANDIDATE, ORGANIZATION, at_work, meeting_of, scheduled
from tests.test_features_calendar import appointments, busy_at, notices
from tests.test_features_in_meeting import context, uuid_of

from greenroom.configuration import Configuration
from greenroom.engine.outcomes import InterviewOutcome
from greenroom.facade import Greenroom
from greenroom.model import Action

AT_ZOOM: dict[str, tuple[str, ...]] = {
    "calendar:read": ("calendar:read:list_events", "calendar:read:list_calendar_lists"),
    "calendar:write": ("calendar:write:event",),
    "calendar:update": ("calendar:update:event",),
    "calendar:delete": ("calendar:delete:event",),
    "meeting:write": ("meeting:write:meeting",),
    "meeting:read": ("meeting:read:meeting", "meeting:read:list_meetings"),
    "meeting:update": ("meeting:update:meeting",),
    "meeting:delete": ("meeting:delete:meeting",),
    "cloud_recording:read": (
        "cloud_recording:read:list_user_recordings",
        "cloud_recording:read:list_recording_files",
        "cloud_recording:read:meeting_transcript",
    ),
    "phone:read:*": ("phone:read:list_call_logs", "phone:read:list_recordings", "phone:read:call_recording"),
    "message:read": ("team_chat:read:list_user_messages",),
    "user:read": ("user:read:user", "user:read:zak"),
    "zoomapp": ("zoomapp:inmeeting",),
}
LOST = [None, *(pytest.param(one, marks=() if one.startswith("meeting:") else pytest.mark.deep) for one in AT_ZOOM)]
"""Nothing, or one of them; those of meetings always, the others where time does not matter."""
"""The document's scopes and what stands behind each at Zoom, written down here once more on purpose."""

TIED: dict[str, frozenset[str]] = {
    "calendar:read": frozenset({"see_calendar", "see_conflicts"}),
    "calendar:write": frozenset({"event_made"}),
    "calendar:update": frozenset({"event_made", "event_moved"}),
    "calendar:delete": frozenset({"event_made", "event_removed"}),
    "meeting:write": frozenset({"schedule"}),
    "meeting:read": frozenset({"meeting_details", "notices"}),
    "meeting:update": frozenset({"reschedule"}),
    "meeting:delete": frozenset({"cancel"}),
    "cloud_recording:read": frozenset({"recordings", "transcripts"}),
    "phone:read:*": frozenset({"calls"}),
    "message:read": frozenset({"chat"}),
    "user:read": frozenset({"start_as_host"}),
    "zoomapp": frozenset({"in_meeting"}),
}
"""What the document ties to each. An event that could not follow its interview is not made: *made* needs all three."""


@pytest.fixture
async def greenroom(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom with a recruiter connected and calendar sync on."""
    async with at_work(configuration, world) as opened:
        await opened.configure(ORGANIZATION, {"calendar_sync": "on"}, as_=RECRUITER)
        yield opened


async def authorize_without(
    greenroom: Greenroom, world: World, printed: str | None, *, keep: tuple[str, ...] = ()
) -> Any:
    """Have the recruiter log in again while the Zoom app asks for everything but one printed scope, ``keep`` of it
    excepted."""
    app = world.state.directory.find_app("user")
    assert app is not None
    left = [scope for scope in app.scopes if scope not in AT_ZOOM.get(printed or "", ()) or scope in keep]
    world.control("POST", "apps/user", scopes=left)
    begun = await greenroom.connect(ORGANIZATION, as_=RECRUITER)
    outcome = await greenroom.complete_url(world.authorize(begun.url, RECRUITER))
    world.control("POST", "apps/user", scopes=list(app.scopes))
    return outcome


async def test_every_scope_is_requested_of_the_demonstration_world(world: World) -> None:
    """The app that people try things out with has every scope the document names [EXE-33]."""
    app = world.state.directory.find_app("user")
    assert app is not None
    assert {scope for behind in AT_ZOOM.values() for scope in behind} <= set(app.scopes)


@pytest.mark.parametrize("missing", AT_ZOOM)
async def test_connecting_needs_all_of_them(configuration: Configuration, world: World, missing: str) -> None:
    """With one scope less there is no authorization, and the product says which is missing [EXE-08, EXE-33]."""
    async with Greenroom(configuration) as greenroom:
        world.control("POST", "approvals", app="user", state="approved")
        await greenroom.create_organization(ORGANIZATION, "exelare", members={RECRUITER: ["Administrator"]})
        await greenroom.act(ORGANIZATION, Action.ENABLE, as_=RECRUITER)
        outcome = await authorize_without(greenroom, world, missing)
        assert (outcome.kind, outcome.code, outcome.phase) == ("refusal", "scopes_required", "not_connected")
        assert missing in outcome.message
        await connected(greenroom, world, ORGANIZATION, as_=RECRUITER)


async def everything(greenroom: Greenroom, world: World, before: dict[str, InterviewOutcome]) -> dict[str, bool]:
    """Use everything the document describes once; return what worked."""
    found: dict[str, bool] = {}
    kept = before["kept"]
    found["see_calendar"] = not (await greenroom.calendar(ORGANIZATION)).refused
    found["meeting_details"] = bool((await greenroom.candidate(ORGANIZATION, CANDIDATE)).interviews[0].join_url)
    found["recordings"] = not (await greenroom.recordings(ORGANIZATION)).refused
    found["transcripts"] = not (await greenroom.transcripts(ORGANIZATION)).refused
    found["calls"] = not (await greenroom.calls(ORGANIZATION, CANDIDATE)).refused
    timeline = await greenroom.timeline(ORGANIZATION, candidate=CANDIDATE)
    found["chat"] = not timeline.refused and not any(line.startswith("chat ") for line in timeline.warnings)
    found["start_as_host"] = not (await greenroom.start_as_host(ORGANIZATION, kept.id)).refused
    opened = await greenroom.open_app("user", context(world, mid=uuid_of(world, meeting_of(kept))))
    found["in_meeting"] = not opened.refused
    return {**found, **await changes(greenroom, world, before)}


async def changes(greenroom: Greenroom, world: World, before: dict[str, InterviewOutcome]) -> dict[str, bool]:
    """Schedule into a conflict, move and cancel; return what worked."""
    found: dict[str, bool] = {}
    known = len(await notices(greenroom))
    count = len(appointments(world))
    made = await scheduled(greenroom, start="+9d 09:00")
    found["schedule"] = made.kind == "made"
    if made.kind == "made":
        found["see_conflicts"] = any("already an event" in text for text in made.warnings)
        found["event_made"] = len(appointments(world)) == count + 1
        found["notices"] = len(await notices(greenroom)) > known
    moved = await greenroom.reschedule(before["moved"].id, "+8d 12:00")
    found["reschedule"] = moved.kind == "made"
    if moved.kind == "made":
        found["event_moved"] = moved.start in {one.start for one in appointments(world)}
    cancelled = await greenroom.cancel(before["cancelled"].id)
    found["cancel"] = cancelled.kind in {"made", "none"}
    if found["cancel"]:
        found["event_removed"] = before["cancelled"].start not in {one.start for one in appointments(world)}
    return found


@pytest.mark.parametrize("lost", LOST)
async def test_a_scope_that_goes_takes_away_what_is_tied_to_it(
    greenroom: Greenroom, world: World, lost: str | None
) -> None:
    """A new authorization without one scope is refused, the old one lives on without it, and exactly what the
    document ties to it stops [EXE-34, EXE-59]."""
    before = {
        "kept": await scheduled(greenroom, start="+3d 09:00"),
        "moved": await scheduled(greenroom, start="+4d 09:00"),
        "cancelled": await scheduled(greenroom, start="+5d 09:00"),
        "other": await scheduled(greenroom, start="+9d 09:00"),
    }
    free = before["kept"].start
    assert free is not None
    busy_at(world, free + timedelta(days=6))
    # Who a grant is of has to be readable, or nobody knows whose it is.
    outcome = await authorize_without(greenroom, world, lost, keep=("user:read:user",))
    assert outcome.refused == (lost is not None)
    found = await everything(greenroom, world, before)
    stopped = {name for name, works in found.items() if not works}
    assert stopped == TIED.get(lost or "", frozenset()) & found.keys()


async def test_logging_in_again_brings_it_back(greenroom: Greenroom, world: World) -> None:
    """What stopped with its scope works again after approving everything [EXE-08, EXE-59]."""
    await scheduled(greenroom)
    await authorize_without(greenroom, world, "phone:read:*")
    refused = await greenroom.calls(ORGANIZATION, CANDIDATE)
    assert (refused.code, "phone:read:*" in refused.message) == ("scope_missing", True)
    await connected(greenroom, world, ORGANIZATION, as_=RECRUITER)
    assert not (await greenroom.calls(ORGANIZATION, CANDIDATE)).refused
