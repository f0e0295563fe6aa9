"""Recordings and transcripts: listed, searched, downloaded; at Zoom, and for the recruiting team only."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.embedded import RECRUITER, World
from tests.recruiting import CANDIDATE, COLLEAGUE, ORGANIZATION, STRANGER, at_work, hold, meeting_of, scheduled

from greenroom.configuration import Configuration
from greenroom.errors import NotFound
from greenroom.facade import Greenroom


@pytest.fixture
async def greenroom(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom with a recruiter connected."""
    async with at_work(configuration, world) as opened:
        yield opened


@pytest.fixture
async def interview(greenroom: Greenroom, world: World) -> str:
    """Return an interview that was held and recorded."""
    outcome = await scheduled(greenroom)
    hold(
        world,
        meeting_of(outcome),
        ("host", "Tell me about the compiler you wrote.", True),
        ("candidate", "It was a small compiler for queries.", True),
        ("candidate", "Here is the link: example.org/compiler", False),
    )
    return outcome.id


async def test_recordings_are_listed_where_they_are_at_zoom(greenroom: Greenroom, interview: str) -> None:
    """Recruiters see what was recorded of an interview; the files stay at Zoom [EXE-44, EXE-46]."""
    for who in (RECRUITER, COLLEAGUE):
        found = await greenroom.recordings(ORGANIZATION, candidate=CANDIDATE, as_=who)
        assert [one.interview for one in found.recordings] == [interview]
        assert {file.kind for file in found.recordings[0].files} == {"MP4", "M4A", "CHAT", "TRANSCRIPT"}
        assert all(file.ready for file in found.recordings[0].files)


async def test_who_is_not_authorized_opens_none(greenroom: Greenroom, interview: str, world: World) -> None:
    """Without a role in recruiting there is a refusal, and Zoom is not even asked [EXE-45, EXE-64]."""
    before = len(world.ledger["requests"])
    refused = await greenroom.recordings(ORGANIZATION, interview=interview, as_=STRANGER)
    assert (refused.kind, refused.code, refused.recordings) == ("refusal", "not_authorized_user", ())
    assert "EXE-45" in {reason.clause for reason in refused.because}
    searched = await greenroom.transcripts(ORGANIZATION, interview=interview, as_=STRANGER)
    assert searched.refused
    assert len(world.ledger["requests"]) == before


async def test_a_file_is_downloaded_byte_by_byte(greenroom: Greenroom, interview: str) -> None:
    """Whoever may see a recording can view it from here: its bytes come through [EXE-44]."""
    found = await greenroom.recordings(ORGANIZATION, interview=interview)
    video = next(file for file in found.recordings[0].files if file.kind == "MP4")
    received = bytearray()

    async def write(piece: bytes) -> None:
        received.extend(piece)

    outcome = await greenroom.download(ORGANIZATION, video.id, write, interview=interview)
    assert outcome.size == len(received) == video.size
    assert b"ftyp" in received
    with pytest.raises(NotFound):
        await greenroom.download(ORGANIZATION, "no-such-file", write, interview=interview)


async def test_keywords_are_found_in_transcripts(greenroom: Greenroom, interview: str) -> None:
    """A transcript is retrieved with who said what when, and searched by words in any order and case [EXE-47]."""
    whole = await greenroom.transcripts(ORGANIZATION, interview=interview)
    assert [(cue.speaker, cue.text) for cue in whole.transcripts[0].cues] == [
        ("Rita Recruiter", "Tell me about the compiler you wrote."),
        ("Cam Novak", "It was a small compiler for queries."),
    ]
    found = await greenroom.transcripts(ORGANIZATION, candidate=CANDIDATE, words="COMPILER queries")
    assert [cue.speaker for cue in found.transcripts[0].cues] == ["Cam Novak"]
    assert found.transcripts[0].cues[0].at == pytest.approx(40, abs=5)
    assert (await greenroom.transcripts(ORGANIZATION, words="gardening")).transcripts == ()


async def test_an_interview_that_was_not_recorded_has_nothing(greenroom: Greenroom) -> None:
    """No recording is no error."""
    outcome = await scheduled(greenroom)
    found = await greenroom.recordings(ORGANIZATION, interview=outcome.id)
    assert (found.kind, found.recordings) == ("done", ())


async def test_an_interview_of_others_is_not_found(greenroom: Greenroom, interview: str) -> None:
    """An organization never reaches what another one recorded."""
    await greenroom.create_organization("Second", "exelare")
    with pytest.raises(NotFound):
        await greenroom.recordings("Second", interview=interview)
