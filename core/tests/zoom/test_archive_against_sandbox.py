"""What the embedded Zoom keeps and allows, read through the client: recordings, people, settings, limits, refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from core.tests.zoom.setting import ADMIN, START, Setting, access_of, draft_of, opened

from greenroom.engine.ports.zoom import (
    Access,
    FieldsRefused,
    PlanRefused,
    RateLimited,
    Recording,
    ScopeMissing,
    ZoomNotFound,
)
from greenroom.sandbox import SandboxServer

OPERATION = "GET /users/{userId}"


async def held(setting: Setting, access: Access) -> str:
    """Hold a meeting of half an hour that is recorded, wait for its files, and return its id."""
    made = await setting.zoom.create_meeting(access, ADMIN, draft_of(auto_recording="cloud", waiting_room=False))
    await setting.control("/clock", {"set": START.isoformat()})
    await setting.control(f"/meetings/{made.id}/join", {"user": ADMIN})
    await setting.control(f"/meetings/{made.id}/join", {"name": "Cleo Candidate"})
    await setting.control("/clock", {"advance": 1800})
    await setting.control(f"/meetings/{made.id}/end", {})
    await setting.control("/clock", {"advance": 6 * 3600})
    return made.id


async def test_a_meeting_is_held_and_its_recording_fetched(setting: Setting) -> None:
    """Who was there, what was recorded, and each file byte for byte, behind a redirect that wants the token too."""
    before = access_of(await setting.connect())
    meeting_id = await held(setting, before)
    access = access_of(await setting.connect())
    recording = await setting.zoom.recording(access, meeting_id)
    assert recording.meeting_id == meeting_id
    assert "MP4" in {file.kind for file in recording.files}
    stays = [stay async for stay in setting.zoom.past_participants(access, recording.uuid)]
    assert {stay.name for stay in stays} >= {"Cleo Candidate"}
    for file in recording.files:
        content = bytearray()

        async def keep(piece: bytes, content: bytearray = content) -> None:
            content.extend(piece)

        assert await setting.zoom.download(access, file.download_url, keep) == len(content) == file.size
    listed = await days(setting, access)
    assert [one.uuid for one in listed] == [recording.uuid]


async def days(setting: Setting, access: Access) -> list[Recording]:
    """Return what was recorded in the weeks around."""
    since, until = (START - timedelta(days=30)).date(), (START + timedelta(days=30)).date()
    return [one async for one in setting.zoom.recordings(access, ADMIN, since=since, until=until)]


async def test_what_was_not_recorded_is_not_found(setting: Setting) -> None:
    """A meeting that is only planned has no recording."""
    access = access_of(await setting.connect())
    made = await setting.zoom.create_meeting(access, ADMIN, draft_of())
    with pytest.raises(ZoomNotFound):
        await setting.zoom.recording(access, made.id)


async def test_settings_roles_and_rooms_are_read(setting: Setting) -> None:
    """As the account has them."""
    access = access_of(await setting.connect())
    settings = await setting.zoom.user_settings(access, ADMIN)
    assert (settings.waiting_room, settings.join_before_host) == (False, False)
    assert settings.passcode_required is True
    assert (await setting.zoom.account_settings(access)).waiting_room is not None
    roles = {role.id: role.name for role in await setting.zoom.roles(access)}
    assert {"0", "1", "2"} <= set(roles)
    owners = [member.email async for member in setting.zoom.role_members(access, "0")]
    assert owners == ["olivia.owner@northwind.example"]
    assert {room.name async for room in setting.zoom.rooms(access)} == {"Lagoon", "Summit"}


async def test_a_free_account_is_told_what_its_plan_has_not(setting: Setting) -> None:
    """Account settings are for paid accounts, whatever the status of the answer."""
    access = access_of(await setting.connect("sam.solo@solo.example"))
    with pytest.raises(PlanRefused) as caught:
        await setting.zoom.account_settings(access)
    assert caught.value.tracking_id
    assert "solo-account" not in str(caught.value)


async def test_a_missing_scope_is_named(server: SandboxServer) -> None:
    """Whoever administers the app reads which one to add; locks need one that few may ask for."""
    async with opened(server, "coordination") as setting:
        access = access_of(await setting.connect())
        with pytest.raises(ScopeMissing) as caught:
            await setting.zoom.account_settings(access)
        assert "account:read:settings:admin" in caught.value.scopes
        with pytest.raises(ScopeMissing) as caught:
            await setting.zoom.account_locks(access)
        assert caught.value.scopes == ("account:read:lock_settings:master",)
    assert caught.value.status == 400


async def test_fields_that_do_not_fit_are_named(setting: Setting) -> None:
    """Zoom's own list of them, in names of its documents."""
    access = access_of(await setting.connect())
    with pytest.raises(FieldsRefused) as caught:
        await setting.zoom.create_meeting(access, ADMIN, draft_of(passcode="x" * 40))
    assert caught.value.fields == ("password",)
    assert "x" * 40 not in str(caught.value)


@pytest.mark.parametrize("form", ["seconds", "http-date", "date-time"])
async def test_every_form_of_retry_after_is_kept_to(setting: Setting, form: str) -> None:
    """An hour is too long to wait for, so the caller hears until when, and nothing more is sent till then."""
    await setting.control("/clock", {"set": (datetime.now(UTC)).isoformat()})
    access = access_of(await setting.connect())
    await setting.fail(OPERATION, "rate_limited", retry_after=form, seconds=3600)
    for _ in range(2):
        with pytest.raises(RateLimited) as caught:
            await setting.zoom.me(access, cloud="commercial", with_permissions=False)
        assert caught.value.until is not None
        left = caught.value.until - datetime.now(UTC)
        assert timedelta(minutes=58) < left < timedelta(minutes=62)
    ledger = await setting.pool.send("GET", f"{setting.url}/_sandbox/ledger", headers={})
    assert str(getattr(ledger, "document", "")).count(OPERATION) == 1
