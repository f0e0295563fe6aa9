"""Calls and chat captured into the candidate's timeline, which only the recruiting team sees."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.embedded import RECRUITER, World
from tests.recruiting import (
    CANDIDATE,
    COLLEAGUE,
    ORGANIZATION,
    PHONE,
    STRANGER,
    at_work,
    hold,
    meeting_of,
    scheduled,
    write_chat,
)

from greenroom.configuration import Configuration
from greenroom.engine.feature_outcomes import TimelineOutcome
from greenroom.errors import BadInput, NotFound
from greenroom.facade import Greenroom

NUMBER = "+16465550199"


@pytest.fixture
async def greenroom(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom with a recruiter connected."""
    async with at_work(configuration, world) as opened:
        yield opened


def texts(found: TimelineOutcome, kind: str) -> list[str]:
    """Return what the entries of one kind say."""
    return [one.text for one in found.entries if one.kind == kind]


async def test_calls_are_captured_with_duration_and_recording(greenroom: Greenroom, world: World) -> None:
    """Calls with the candidate's number, however it was written, are there with length and recording; others are
    nobody's business [EXE-48]."""
    await scheduled(greenroom)
    assert PHONE != NUMBER
    world.control("POST", "calls", caller=RECRUITER, callee=NUMBER, seconds=310, recorded=True)
    world.control("POST", "calls", caller=NUMBER, callee=RECRUITER, seconds=0, result="no_answer")
    world.control("POST", "calls", caller="+12125550100", callee=RECRUITER, seconds=50)
    found = await greenroom.calls(ORGANIZATION, CANDIDATE, as_=COLLEAGUE)
    assert {(one.direction, one.seconds, bool(one.recording)) for one in found.calls} == {
        ("outbound", 310, True),
        ("inbound", 0, False),
    }
    received = bytearray()

    async def write(piece: bytes) -> None:
        received.extend(piece)

    recording = next(one.recording for one in found.calls if one.recording)
    outcome = await greenroom.download_call(ORGANIZATION, recording, write)
    assert outcome.size == len(received) > 0
    with pytest.raises(NotFound):
        await greenroom.download_call(ORGANIZATION, "no-such-recording", write)


async def test_capturing_again_keeps_each_call_once(greenroom: Greenroom, world: World) -> None:
    """However often somebody looks, a call is one call [EXE-48]."""
    await scheduled(greenroom)
    world.control("POST", "calls", caller=RECRUITER, callee=NUMBER, seconds=60)
    for _ in range(3):
        assert len((await greenroom.calls(ORGANIZATION, CANDIDATE)).calls) == 1


async def test_both_kinds_of_chat_are_in_the_timeline(greenroom: Greenroom, world: World) -> None:
    """Team Chat with the candidate and the chat of their meeting, each once, with who wrote [EXE-49]."""
    outcome = await scheduled(greenroom)
    write_chat(world, "Looking forward to it!")
    write_chat(world, "So do I.", by_candidate=True)
    hold(world, meeting_of(outcome), ("candidate", "My repository: example.org/cam", False))
    for _ in range(2):
        found = await greenroom.timeline(ORGANIZATION, candidate=CANDIDATE, as_=COLLEAGUE)
        assert found.warnings == ()
        assert texts(found, "team_chat") == ["Looking forward to it!", "So do I."]
        assert texts(found, "meeting_chat") == ["My repository: example.org/cam"]
    chat = next(one for one in found.entries if one.kind == "meeting_chat")
    assert (chat.who, chat.interview) == ("Cam Novak", outcome.id)


async def test_the_timeline_tells_the_whole_story(greenroom: Greenroom, world: World) -> None:
    """Interview, meeting, letter, call and recording stand in the order they happened [EXE-21, EXE-49]."""
    outcome = await scheduled(greenroom)
    await greenroom.send(outcome.id)
    world.control("POST", "calls", caller=RECRUITER, callee=NUMBER, seconds=60)
    hold(world, meeting_of(outcome), ("host", "Welcome.", True))
    found = await greenroom.timeline(ORGANIZATION, interview=outcome.id)
    whole = await greenroom.timeline(ORGANIZATION, candidate=CANDIDATE)
    assert [one.kind for one in found.entries] == ["interview", "meeting", "letter", "recording"]
    assert {one.kind for one in whole.entries} == {"interview", "meeting", "letter", "recording", "call"}
    assert [one.at for one in whole.entries] == sorted(one.at for one in whole.entries)
    with pytest.raises(BadInput):
        await greenroom.timeline(ORGANIZATION)
    with pytest.raises(NotFound):
        await greenroom.timeline(ORGANIZATION, candidate="nobody@home.example")


async def test_only_the_recruiting_team_sees_it(greenroom: Greenroom, world: World) -> None:
    """Who has no role in recruiting sees neither timeline nor calls, and Zoom is not asked [EXE-50, EXE-64]."""
    await scheduled(greenroom)
    before = len(world.ledger["requests"])
    for refused in (
        await greenroom.timeline(ORGANIZATION, candidate=CANDIDATE, as_=STRANGER),
        await greenroom.calls(ORGANIZATION, CANDIDATE, as_=STRANGER),
        await greenroom.candidate(ORGANIZATION, CANDIDATE, as_=STRANGER),
    ):
        assert (refused.kind, refused.code) == ("refusal", "not_authorized_user")
    assert len(world.ledger["requests"]) == before


async def test_what_was_stored_stays_after_revoking(greenroom: Greenroom, world: World) -> None:
    """Revoked at Zoom, the timeline shows what was stored and says that it is not brought up to date [EXE-60,
    EXE-61]."""
    await scheduled(greenroom)
    write_chat(world, "Looking forward to it!")
    await greenroom.timeline(ORGANIZATION, candidate=CANDIDATE)
    world.control("POST", "uninstall", app="user", user=RECRUITER)
    for _ in range(2):
        found = await greenroom.timeline(ORGANIZATION, candidate=CANDIDATE)
        assert texts(found, "team_chat") == ["Looking forward to it!"]
        assert {line.split(" ", 1)[0] for line in found.warnings} == {"calls", "chat", "recordings"}
    refused = await greenroom.calls(ORGANIZATION, CANDIDATE)
    assert refused.code == "login_first"


async def test_a_candidates_record_shows_meeting_and_link(greenroom: Greenroom) -> None:
    """Details and join link are retrieved from Zoom for the candidate's record [EXE-21, EXE-40]."""
    outcome = await scheduled(greenroom)
    found = await greenroom.candidate(ORGANIZATION, CANDIDATE, as_=COLLEAGUE)
    assert (found.name, found.status) == ("Cam Novak", "")
    (interview,) = found.interviews
    assert outcome.meeting is not None
    assert (interview.join_url, interview.topic, interview.host) == (
        outcome.meeting.join_url,
        "System design",
        RECRUITER,
    )
    await greenroom.cancel(outcome.id)
    (gone,) = (await greenroom.candidate(ORGANIZATION, CANDIDATE)).interviews
    assert (gone.state, gone.join_url) == ("cancelled", None)
