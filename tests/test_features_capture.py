"""Calls and meeting chat are captured by themselves, as Zoom tells of them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.embedded import RECRUITER, World
from tests.recruiting import CANDIDATE, ORGANIZATION, at_work, hold, meeting_of, scheduled
from tests.test_features_scopes import authorize_without

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.zoom import digest

NUMBER = "+16465550199"


@pytest.fixture
async def greenroom(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom with a recruiter connected."""
    async with at_work(configuration, world) as opened:
        yield opened


async def told(greenroom: Greenroom, world: World, app: str = "user") -> None:
    """Hand over every event the embedded Zoom has told so far, twice as Zoom may, and act on them."""
    events: Any = world.control("GET", "events")["events"]
    for one in (*events, *events):
        body = one["body"].encode() if isinstance(one["body"], str) else json.dumps(one["body"]).encode()
        await greenroom.keep_webhook(app, body, digest(body))
    await greenroom.work_inbox()


async def kept(greenroom: Greenroom, kind: str) -> list[str]:
    """Return what is kept about the candidate of one kind; Zoom cannot be asked."""
    found = await greenroom.timeline(ORGANIZATION, candidate=CANDIDATE)
    return [one.text for one in found.entries if one.kind == kind]


async def test_a_call_is_there_without_anybodys_looking(greenroom: Greenroom, world: World) -> None:
    """History, duration and recording are captured when Zoom says that the call is over [EXE-48]."""
    await scheduled(greenroom)
    world.control("POST", "calls", caller=NUMBER, callee=RECRUITER, seconds=75, recorded=True)
    await told(greenroom, world)
    world.fault("GET /phone/users/{userId}/call_history", "status", status=503, times=None)
    assert await kept(greenroom, "call") == ["inbound call, answered, 75 s, recorded"]


async def test_meeting_chat_is_there_once(greenroom: Greenroom, world: World) -> None:
    """A line that Zoom tells of, and that stands in the recording's chat file too, is one line [EXE-49]."""
    outcome = await scheduled(greenroom)
    hold(world, meeting_of(outcome), ("candidate", "example.org/cam", False), ("host", "Thanks!", False))
    await told(greenroom, world)
    assert await kept(greenroom, "meeting_chat") == ["example.org/cam", "Thanks!"]


async def test_what_is_not_granted_is_not_captured(greenroom: Greenroom, world: World) -> None:
    """Without the permission for messages no line is kept, whatever Zoom tells [EXE-12, EXE-59]."""
    outcome = await scheduled(greenroom)
    await authorize_without(greenroom, world, "message:read")
    hold(world, meeting_of(outcome), ("candidate", "example.org/cam", False))
    await told(greenroom, world)
    assert await kept(greenroom, "meeting_chat") == []


async def test_events_of_another_app_are_not_heard(greenroom: Greenroom, world: World) -> None:
    """An event counts only from the app the meeting was made through."""
    outcome = await scheduled(greenroom)
    await authorize_without(greenroom, world, "cloud_recording:read")
    hold(world, meeting_of(outcome), ("candidate", "example.org/cam", False))
    await told(greenroom, world, app="admin")
    assert await kept(greenroom, "meeting_chat") == []
    await told(greenroom, world)
    assert await kept(greenroom, "meeting_chat") == ["example.org/cam"]
