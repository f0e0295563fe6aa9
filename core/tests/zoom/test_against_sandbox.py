"""The whole way against the embedded Zoom: the client changes nothing but its addresses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from core.tests.zoom.setting import ADMIN, START, VERIFIER, Setting, access_of, draft_of
from pydantic import SecretStr

from greenroom.engine.ports.zoom import (
    AccessRejected,
    GrantDead,
    HostCannotSchedule,
    OutcomeUnclear,
    RateLimited,
    ZoomNotFound,
    ZoomRefused,
)


async def test_from_consent_to_the_end_of_the_grant(setting: Setting) -> None:
    """Connect, look around, make a meeting, move it, delete it, refresh, revoke."""
    zoom = setting.zoom
    tokens = await setting.connect()
    assert tokens.api_url == setting.url
    assert "meeting:write:meeting:admin" in tokens.scopes
    access = access_of(tokens)

    me = await zoom.me(access, cloud="commercial", with_permissions=True)
    assert (me.email, me.role, me.licence, me.account.id) == (ADMIN, "admin", "licensed", "northwind-account")
    assert ("Users", True) in {(permission.item, permission.edit) for permission in me.permissions}
    users = {user.email: user async for user in zoom.users(access, cloud="commercial")}
    assert users["ines.inactive@northwind.example"].status == "inactive"
    assert "paul.pending@northwind.example" not in users

    host = users["april.lee@northwind.example"]
    made = await zoom.create_meeting(access, host.id, draft_of(waiting_room=True, passcode="abc12345"))
    assert (made.host_id, made.start, made.minutes) == (host.id, START, 45)
    assert (made.waiting_room, made.passcode) == (True, "abc12345")
    assert [meeting.agenda async for meeting in zoom.meetings(access, host.id)] == ["Ref. GR-1"]

    await zoom.update_meeting(access, made.id, draft_of(start=START + timedelta(hours=1), minutes=60))
    moved = await zoom.get_meeting(access, made.id)
    assert (moved.start, moved.minutes, moved.join_url) == (START + timedelta(hours=1), 60, made.join_url)
    assert (moved.waiting_room, moved.passcode) == (True, "abc12345")

    await zoom.delete_meeting(access, made.id)
    await zoom.delete_meeting(access, made.id)
    with pytest.raises(ZoomNotFound):
        await zoom.get_meeting(access, made.id)

    fresh = await zoom.refresh(setting.app, tokens.refresh_token)
    assert fresh.refresh_token != tokens.refresh_token
    await zoom.revoke(setting.app, fresh.access_token)
    with pytest.raises(AccessRejected):
        await zoom.me(access_of(fresh), cloud="commercial", with_permissions=False)
    with pytest.raises(GrantDead):
        await zoom.refresh(setting.app, fresh.refresh_token)


async def test_a_code_works_once_and_with_its_verifier_only(setting: Setting) -> None:
    """Both are dead ends that only a new authorization leads out of."""
    with pytest.raises(GrantDead):
        await setting.zoom.exchange_code(setting.app, await setting.code(), verifier="another" * 9)
    code = await setting.code()
    await setting.zoom.exchange_code(setting.app, code, verifier=VERIFIER)
    with pytest.raises(GrantDead):
        await setting.zoom.exchange_code(setting.app, code, verifier=VERIFIER)


async def test_wrong_credentials_kill_nobodys_grant(setting: Setting) -> None:
    """The grant lives on once the deployment's secret is put right."""
    tokens = await setting.connect()
    wrong = setting.app.model_copy(update={"client_secret": SecretStr("wrong")})
    with pytest.raises(ZoomRefused, match="invalid_client"):
        await setting.zoom.refresh(wrong, tokens.refresh_token)
    await setting.zoom.refresh(setting.app, tokens.refresh_token)


@pytest.mark.parametrize("kind", ["reset_after", "status_after"])
async def test_a_meeting_whose_answer_was_lost_is_found_by_its_agenda(setting: Setting, kind: str) -> None:
    """The creation is unclear, sent once, and the meeting is there for whoever looks."""
    access = access_of(await setting.connect())
    await setting.fail("POST /users/{userId}/meetings", kind)
    with pytest.raises(OutcomeUnclear):
        await setting.zoom.create_meeting(access, ADMIN, draft_of())
    listed = [meeting.agenda async for meeting in setting.zoom.meetings(access, ADMIN)]
    assert listed == ["Ref. GR-1"]


@pytest.mark.parametrize("kind", ["reset_before", "html"])
async def test_a_read_gets_over_a_hiccup(setting: Setting, kind: str) -> None:
    """Two failures in a row are sat out."""
    access = access_of(await setting.connect())
    await setting.fail("GET /users/{userId}", kind, times=2)
    me = await setting.zoom.me(access, cloud="commercial", with_permissions=False)
    assert me.email == ADMIN


async def test_an_expired_access_token_is_rejected(setting: Setting) -> None:
    """An hour on, the token is not accepted, and the refresh token still is."""
    tokens = await setting.connect()
    await setting.control("/clock", {"advance": 3601})
    with pytest.raises(AccessRejected):
        await setting.zoom.me(access_of(tokens), cloud="commercial", with_permissions=False)
    await setting.zoom.refresh(setting.app, tokens.refresh_token)


async def test_somebody_inactive_cannot_host_and_somebody_unknown_is_not_found(setting: Setting) -> None:
    """Who cannot host is told apart from who is not there."""
    access = access_of(await setting.connect())
    with pytest.raises(HostCannotSchedule):
        await setting.zoom.create_meeting(access, "ines.inactive@northwind.example", draft_of())
    with pytest.raises(ZoomNotFound):
        await setting.zoom.create_meeting(access, "nobody?x#y@northwind.example", draft_of())


async def test_the_hundredth_change_of_a_day_is_the_hosts_last(setting: Setting) -> None:
    """The error says until when, the budget has counted along, and another host's meetings are not touched."""
    access = access_of(await setting.connect())
    made = await setting.zoom.create_meeting(access, ADMIN, draft_of())
    for minutes in range(1, 100):
        await setting.zoom.update_meeting(access, made.id, draft_of(minutes=minutes), host_id=made.host_id)
    budget = setting.zoom.host_budget(access, ADMIN)
    assert (budget.host_id, budget.count, budget.remaining) == (made.host_id, 100, 0)
    with pytest.raises(RateLimited) as caught:
        await setting.zoom.update_meeting(access, made.id, draft_of(), host_id=made.host_id)
    assert caught.value.limit == "host_day"
    assert caught.value.until is not None
    assert (caught.value.until.hour, caught.value.until.minute) == (0, 0)
    await setting.zoom.create_meeting(access, "april.lee@northwind.example", draft_of())
