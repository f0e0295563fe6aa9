"""At most one live meeting per interview, and never a lost one, whatever happens between us and Zoom."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.embedded import ZOOM_ADMIN, World, connected, environment
from tests.test_grants import PANEL, instance

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches

CREATE = "POST /users/{userId}/meetings"


@pytest.fixture
async def ready(greenroom: Greenroom, world: World) -> Greenroom:
    """Return a Greenroom whose organization First is connected."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    return greenroom


async def test_the_marker_stands_where_zoom_lists_it(ready: Greenroom, world: World) -> None:
    """The agenda opens with a marker that says nothing to a reader."""
    await ready.schedule("First", PANEL)
    agenda = world.meetings[0]["agenda"]
    assert agenda.startswith("Ref. GR-")
    assert "greenroom" not in agenda.casefold()


@pytest.mark.parametrize("kind", ["reset_after", "status_after", "html"])
async def test_a_lost_answer_is_settled_by_looking(ready: Greenroom, world: World, kind: str) -> None:
    """When Zoom made the meeting and the answer was lost, it is found and adopted: one create, one meeting."""
    after = kind != "html"
    world.fault(CREATE, kind, status=502)
    outcome = (await ready.schedule("First", PANEL)).interviews[0]
    if after:
        assert outcome.kind == "made"
        assert outcome.meeting is not None
        assert outcome.meeting.join_url == world.meetings[0]["join_url"]
    assert world.creates == 1
    assert len(world.meetings) == (1 if after else 0)


async def test_a_meeting_that_was_not_made_is_said_so(ready: Greenroom, world: World) -> None:
    """When nothing is at Zoom after a lost answer, the outcome is unclear; a retry looks first, then makes one."""
    world.fault(CREATE, "reset_before")
    outcome = (await ready.schedule("First", PANEL)).interviews[0]
    assert outcome.kind == "unclear"
    assert not world.meetings
    again = await ready.retry(outcome.id)
    assert again.kind == "made"
    assert len(world.meetings) == 1


async def test_retrying_makes_no_second_meeting(ready: Greenroom, world: World) -> None:
    """An interview that has its meeting keeps it, however often it is taken up again."""
    outcome = (await ready.schedule("First", PANEL)).interviews[0]
    for _ in range(3):
        assert (await ready.retry(outcome.id)).meeting == outcome.meeting
    assert world.creates == 1


async def test_taking_up_at_once_makes_one_meeting(ready: Greenroom, world: World) -> None:
    """Eight at once take up the same interview: one create reaches Zoom."""
    world.fault(CREATE, "reset_before")
    outcome = (await ready.schedule("First", PANEL)).interviews[0]
    found = await asyncio.gather(*(ready.retry(outcome.id) for _ in range(8)), return_exceptions=True)
    assert any(getattr(one, "kind", None) == "made" for one in found)
    assert len(world.meetings) == 1


async def test_a_killed_process_loses_nothing(
    ready: Greenroom, world: World, configuration: Configuration, tmp_path: Path
) -> None:
    """Killed while Zoom was making the meeting, the next process finds it at Zoom and adopts it."""
    world.fault(CREATE, "hang_after", seconds=30)
    panel = tmp_path / "panel.json"
    panel.write_text(json.dumps(PANEL))
    child = subprocess.Popen(
        [sys.executable, "-m", "greenroom", "schedule", "First", str(panel)],
        env={**os.environ, **environment(configuration)},
        stdout=subprocess.DEVNULL,
    )
    for _ in range(400):
        if world.meetings:
            break
        await asyncio.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert len(world.meetings) == 1
    world.control("DELETE", "faults")
    async with Greenroom(configuration, switches=Switches()) as after:
        recovered = await after.recover()
    assert [one.kind for one in recovered] == ["made"]
    assert world.creates == 1
    assert recovered[0].meeting is not None
    assert recovered[0].meeting.join_url == world.meetings[0]["join_url"]


async def test_reschedule_is_one_patch_and_cancel_one_delete(ready: Greenroom, world: World) -> None:
    """Moving keeps the link with one PATCH, cancelling is one DELETE [CORE-01, CORE-02]."""
    outcome = (await ready.schedule("First", PANEL)).interviews[0]
    await ready.reschedule(outcome.id, "+5d 10:00", minutes=30)
    moved = world.meetings[0]
    assert moved["duration"] == 30
    assert moved["join_url"] == (outcome.meeting.join_url if outcome.meeting else None)
    await ready.cancel(outcome.id)
    assert not world.meetings[0]["live"]
    calls = [one["operation"] for one in world.ledger["requests"]]
    assert calls.count("PATCH /meetings/{meetingId}") == 1
    assert calls.count("DELETE /meetings/{meetingId}") == 1


async def test_a_pasted_link_outlives_the_first_interview(ready: Greenroom, world: World) -> None:
    """A link pasted into another interview keeps working when the first one is cancelled [LEV-64]."""
    first = (await ready.schedule("First", PANEL)).interviews[0]
    assert first.meeting is not None
    pasted: dict[str, Any] = {**PANEL["interviews"][0], "place": {"manual": {"url": first.meeting.join_url}}}  # type: ignore[index]
    second = (await ready.schedule("First", {**PANEL, "interviews": [pasted]})).interviews[0]
    assert second.kind == "link"
    await ready.cancel(first.id)
    assert world.meetings[0]["live"]
    await ready.cancel(second.id)
    assert not world.meetings[0]["live"]


async def test_a_directory_that_cannot_be_read_stops_before_the_question(ready: Greenroom, world: World) -> None:
    """Could not look is not nobody there: the operation stops, nobody is skipped, nothing is made [CORE-07]."""
    world.fault("GET /users", "status", status=503, times=None)
    outcome = (await ready.schedule("First", PANEL)).interviews[0]
    assert (outcome.kind, outcome.code) == ("failed", "zoom.unavailable")
    assert outcome.considered == ()
    assert world.creates == 0


async def test_tokens_are_nowhere_in_the_clear(ready: Greenroom, world: World, configuration: Configuration) -> None:
    """Neither database nor letters hold a token or a client secret."""
    await ready.schedule("First", PANEL)
    secrets = [app.client_secret for app in world.apps.values()]
    folder = Path(configuration.database_url.removeprefix("sqlite:///")).parent
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert written
    for secret in secrets:
        assert secret.encode() not in written
    assert b"eyJ" not in written


async def test_a_meeting_under_way_is_not_given_up(ready: Greenroom, world: World) -> None:
    """While one task waits for Zoom's answer, another that takes the interview up neither doubles nor drops it."""
    world.fault(CREATE, "delay", seconds=4)
    first = asyncio.create_task(ready.schedule("First", PANEL))
    while not (rows := (await ready.status("First")).interviews) or not rows[0].unclear:
        await asyncio.sleep(0.02)
    second = await ready.retry(rows[0].id)
    assert second.kind in {"unclear", "made"}
    assert (await first).interviews[0].kind == "made"
    assert world.creates == 1
    assert (await ready.retry(rows[0].id)).kind == "made"


async def test_scheduling_is_one_call_to_zoom_when_warm(ready: Greenroom, world: World) -> None:
    """With the directory warm, one interview is one request to Zoom: the create."""
    await ready.schedule("First", PANEL)
    before = len(world.ledger["requests"])
    await ready.schedule("First", PANEL)
    after = [one["operation"] for one in world.ledger["requests"]][before:]
    assert after == [CREATE]
