"""Starting a meeting as its host: a signature and an access key, for the recruiting team, kept nowhere."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path

import jwt
import pytest
from tests.embedded import RECRUITER, World
from tests.recruiting import COLLEAGUE, ORGANIZATION, STRANGER, at_work, meeting_of, scheduled

from greenroom.configuration import Configuration
from greenroom.errors import BadInput
from greenroom.facade import Greenroom


@pytest.fixture
async def greenroom(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom with a recruiter connected."""
    async with at_work(configuration, world) as opened:
        yield opened


async def test_the_signature_is_the_meeting_sdks(greenroom: Greenroom, world: World) -> None:
    """A JWT that another library verifies with the app's secret: host of this meeting, for a while [EXE-51, EXE-53]."""
    outcome = await scheduled(greenroom)
    found = await greenroom.start_as_host(ORGANIZATION, outcome.id, as_=RECRUITER)
    assert found.signature is not None
    app = world.apps["user"]
    claims = jwt.decode(
        found.signature.get_secret_value(),
        app.client_secret,
        algorithms=["HS256"],
        options={"verify_exp": False, "verify_iat": False},
    )
    assert (claims["appKey"], claims["mn"], claims["role"]) == (app.client_id, meeting_of(outcome), 1)
    assert 1800 <= claims["exp"] - claims["iat"] <= 48 * 3600
    assert claims["exp"] == claims["tokenExp"]
    assert claims["iat"] == pytest.approx(world.now.timestamp(), abs=5)


async def test_the_key_starts_as_the_host(greenroom: Greenroom, world: World) -> None:
    """The access key is the host's own and lives five minutes; colleagues get it, too, as they recruit [EXE-52]."""
    outcome = await scheduled(greenroom)
    for who in (RECRUITER, COLLEAGUE):
        found = await greenroom.start_as_host(ORGANIZATION, outcome.id, as_=who)
        revealed = found.reveal()
        middle = revealed["zak"].split(".")[1]
        key = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        host = world.state.directory.find_user(RECRUITER)
        assert host is not None
        assert key["uid"] == host.id
        assert key["exp"] - world.now.timestamp() == pytest.approx(300, abs=5)
        assert revealed["meetingNumber"] == meeting_of(outcome)
        assert revealed["userName"] == who


async def test_nobody_else_gets_one(greenroom: Greenroom, world: World) -> None:
    """Without a role in recruiting there is a refusal, and no key was asked for [EXE-51, EXE-64]."""
    outcome = await scheduled(greenroom)
    found = await greenroom.start_as_host(ORGANIZATION, outcome.id, as_=STRANGER)
    assert (found.code, found.reveal()) == ("not_authorized_user", {})
    assert "GET /users/me/zak" not in [one["operation"] for one in world.ledger["requests"]]


async def test_it_is_kept_nowhere(greenroom: Greenroom, world: World, configuration: Configuration) -> None:
    """Neither database, letters nor what is printed or dumped hold key or signature [EXE-65]."""
    outcome = await scheduled(greenroom)
    found = await greenroom.start_as_host(ORGANIZATION, outcome.id)
    await greenroom.send(outcome.id)
    secrets = [found.reveal()["zak"], found.reveal()["signature"]]
    folder = Path(configuration.database_url.removeprefix("sqlite:///")).parent
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    shown = f"{found!r} {found.model_dump_json()} {await greenroom.explain(outcome.id)!r}"
    for secret in secrets:
        assert secret.encode() not in written
        assert secret not in shown


async def test_there_is_something_to_start(greenroom: Greenroom) -> None:
    """A canceled interview has no meeting that could be started."""
    outcome = await scheduled(greenroom)
    await greenroom.cancel(outcome.id)
    with pytest.raises(BadInput, match="no meeting to start"):
        await greenroom.start_as_host(ORGANIZATION, outcome.id)
