"""Our app inside the meeting: opened with Zoom's own word, bound to one interview, asked for each time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr
from tests.embedded import RECRUITER, World
from tests.recruiting import CANDIDATE, ORGANIZATION, at_work, meeting_of, scheduled

from greenroom.configuration import Configuration
from greenroom.engine.ports.zoom import AppContextRefused
from greenroom.errors import BadInput, NotFound
from greenroom.facade import Greenroom


@pytest.fixture
async def greenroom(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom with a recruiter connected."""
    async with at_work(configuration, world) as opened:
        yield opened


def context(world: World, *, secret: str | None = None, **changes: object) -> str:
    """Return the header Zoom's client would send, for the recruiter in a meeting."""
    app = world.apps["user"]
    user = world.state.directory.find_user(RECRUITER)
    assert user is not None
    told = {
        "typ": "meeting",
        "uid": user.id,
        "aud": app.client_id,
        "iss": "marketplace.zoom.us",
        "ts": int(world.now.timestamp() * 1000),
        "exp": int((world.now + timedelta(minutes=2)).timestamp() * 1000),
        **changes,
    }
    return sealed(json.dumps(told).encode(), secret or app.client_secret)


def sealed(content: bytes, secret: str, aad: bytes = b"context") -> str:
    """Encrypt as Zoom does: lengths in little endian, AES-256-GCM under the SHA-256 of the app's secret."""
    iv = os.urandom(12)
    whole = AESGCM(hashlib.sha256(secret.encode()).digest()).encrypt(iv, content, aad)
    body, tag = whole[:-16], whole[-16:]
    parts = struct.pack("<B", 12) + iv + struct.pack("<H", len(aad)) + aad + struct.pack("<I", len(body)) + body + tag
    return base64.urlsafe_b64encode(parts).rstrip(b"=").decode()


def uuid_of(world: World, meeting: str) -> str:
    """Return the uuid of the meeting as it is held next."""
    found = world.state.ledger.find(int(meeting), world.now)
    assert found is not None
    return found.uuid


async def opened(greenroom: Greenroom, world: World, meeting: str) -> SecretStr:
    """Open the app in a meeting; return the session."""
    found = await greenroom.open_app("user", context(world, mid=uuid_of(world, meeting)))
    assert found.session is not None, found
    return found.session


async def test_candidate_history_notes_and_status_in_the_meeting(greenroom: Greenroom, world: World) -> None:
    """All four without leaving the meeting; the new status is in the record at once [EXE-54, EXE-55, EXE-56, EXE-57,
    EXE-58]."""
    outcome = await scheduled(greenroom)
    session = await opened(greenroom, world, meeting_of(outcome))
    shown = await greenroom.in_meeting(session)
    assert shown.candidate is not None
    assert (shown.interview, shown.candidate.email, shown.candidate.name) == (outcome.id, CANDIDATE, "Cam Novak")
    assert {one.kind for one in shown.history} == {"interview", "meeting"}
    await greenroom.take_note(session, "  Knows compilers.  ")
    after = await greenroom.set_status(session, "Second  round")
    assert [(note.who, note.text) for note in after.notes] == [(RECRUITER, "Knows compilers.")]
    assert after.candidate is not None
    assert after.candidate.status == "Second round"
    assert (await greenroom.candidate(ORGANIZATION, CANDIDATE)).status == "Second round"
    timeline = await greenroom.timeline(ORGANIZATION, interview=outcome.id)
    assert [one.text for one in timeline.entries if one.kind in {"note", "status"}] == [
        "Knows compilers.",
        "Second round",
    ]


async def test_a_meeting_held_again_is_found_at_zoom(greenroom: Greenroom, world: World) -> None:
    """Started a second time a meeting has another uuid; Zoom says which meeting that is [EXE-54]."""
    outcome = await scheduled(greenroom, start="+1d 09:00")
    meeting = meeting_of(outcome)
    first = uuid_of(world, meeting)
    assert outcome.start is not None
    world.control("POST", "clock", advance=(outcome.start - world.now).total_seconds())
    for _ in range(2):
        world.control("POST", f"meetings/{meeting}/join", user=RECRUITER)
        again = uuid_of(world, meeting)
        world.control("POST", f"meetings/{meeting}/end")
    assert again != first
    found = await greenroom.open_app("user", context(world, mid=again))
    assert found.session is not None


async def test_what_is_not_zooms_word_is_refused(greenroom: Greenroom, world: World) -> None:
    """Another app's secret, a changed byte, another audience, a context that is over: one answer for all [EXE-65]."""
    uuid = uuid_of(world, meeting_of(await scheduled(greenroom)))
    good = context(world, mid=uuid)
    raw = bytearray(base64.urlsafe_b64decode(good + "=" * (-len(good) % 4)))
    raw[-20] ^= 1
    over = int((world.now - timedelta(seconds=1)).timestamp() * 1000)
    for header in (
        context(world, secret="another app's secret", mid=uuid),
        base64.urlsafe_b64encode(bytes(raw)).decode(),
        good[:-8],
        good + "AAAA",
        context(world, mid=uuid, aud="another app"),
        context(world, mid=uuid, exp=over),
        "",
        "not base64!",
        "A" * 10_000,
    ):
        with pytest.raises(AppContextRefused) as caught:
            await greenroom.open_app("user", header)
        assert str(caught.value) == str(AppContextRefused())


async def test_only_inside_a_meeting_of_ours(greenroom: Greenroom, world: World) -> None:
    """Opened beside meetings, in a meeting of somebody else's, or by a user who never authorized: nothing [EXE-64]."""
    outcome = await scheduled(greenroom)
    uuid = uuid_of(world, meeting_of(outcome))
    with pytest.raises(BadInput, match="not opened in a meeting"):
        await greenroom.open_app("user", context(world, typ="panel"))
    for wrong in (context(world, mid="somewhere-else=="), context(world, mid=uuid, uid="nobody")):
        with pytest.raises(NotFound):
            await greenroom.open_app("user", wrong)


async def test_the_session_ends_and_permissions_count_each_time(greenroom: Greenroom, world: World) -> None:
    """A session is over after hours; who loses their role loses the app at once; a made-up session is none [EXE-64,
    EXE-65]."""
    outcome = await scheduled(greenroom)
    session = await opened(greenroom, world, meeting_of(outcome))
    await greenroom.save_member(ORGANIZATION, RECRUITER, [])
    refused = await greenroom.take_note(session, "Still here?")
    assert (refused.code, refused.candidate) == ("not_authorized_user", None)
    await greenroom.save_member(ORGANIZATION, RECRUITER, ["Administrator"])
    assert (await greenroom.in_meeting(session)).notes == ()
    with pytest.raises(BadInput, match="session is over"):
        await greenroom.in_meeting(SecretStr("made up"))
    world.control("POST", "clock", advance=9 * 3600)
    with pytest.raises(BadInput, match="session is over"):
        await greenroom.in_meeting(session)


async def test_revoked_at_zoom_the_app_shows_nothing(greenroom: Greenroom, world: World) -> None:
    """An open session does not outlive the authorization [EXE-61]."""
    outcome = await scheduled(greenroom)
    session = await opened(greenroom, world, meeting_of(outcome))
    world.control("POST", "uninstall", app="user", user=RECRUITER)
    noticed = await greenroom.calls(ORGANIZATION, CANDIDATE)
    assert noticed.refused
    refused = await greenroom.in_meeting(session)
    assert (refused.code, refused.candidate, refused.history) == ("login_first", None, ())
