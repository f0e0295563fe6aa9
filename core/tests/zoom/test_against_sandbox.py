"""The whole way against the embedded Zoom: the client changes nothing but its addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from greenroom.engine.ports.zoom import (
    Access,
    AccessRejected,
    GrantDead,
    HostCannotSchedule,
    MeetingDraft,
    OutcomeUnclear,
    RateLimited,
    Tokens,
    ZoomApp,
    ZoomNotFound,
    ZoomRefused,
)
from greenroom.http import HttpPool, Reply, Timeouts
from greenroom.sandbox import Sandbox, SandboxServer, load_world
from greenroom.zoom import ZoomClient, pkce_challenge

ADMIN = "adam.admin@northwind.example"
VERIFIER = "a-verifier-of-forty-three-characters-or-more-00"
START = datetime(2027, 3, 2, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Setting:
    """A served sandbox, a client, and one of the sandbox's apps as a deployment would configure it."""

    url: str
    zoom: ZoomClient
    pool: HttpPool
    app: ZoomApp

    async def control(self, path: str, body: dict[str, object]) -> Reply:
        """Call the sandbox's control API."""
        reply = await self.pool.send("POST", f"{self.url}/_sandbox{path}", headers={}, json=body)
        assert isinstance(reply, Reply)
        assert reply.granted, reply.body
        return reply

    async def code(self, user: str = ADMIN) -> str:
        """Consent in somebody's name and return the authorization code."""
        url = self.zoom.authorize_url(self.app, state="st", challenge=pkce_challenge(VERIFIER))
        reply = await self.control("/authorize", {"user": user, "authorize_url": url})
        assert reply.document is not None
        query = parse_qs(urlsplit(str(reply.document["location"])).query)
        assert query["state"] == ["st"]
        return query["code"][0]

    async def connect(self) -> Tokens:
        """Return tokens of the account's admin."""
        return await self.zoom.exchange_code(self.app, await self.code(), verifier=VERIFIER)

    async def fail(self, operation: str, kind: str, **more: object) -> None:
        """Let the next such request go wrong."""
        await self.control("/faults", {"operation": operation, "kind": kind, **more})


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    """A sandbox on a real port, on a day in March."""
    with SandboxServer(Sandbox(load_world(), seed=7, clock=START - timedelta(days=1))) as running:
        yield running


@pytest.fixture
async def setting(server: SandboxServer) -> AsyncIterator[Setting]:
    """The sandbox's admin app, approved, and a client."""
    known = server.sandbox.state.directory.find_app("admin")
    assert known is not None
    app = ZoomApp(
        name="admin",
        kind="admin",
        client_id=known.client_id,
        client_secret=SecretStr(known.client_secret),
        redirect_uri=known.redirect_uris[0],
        host=server.base_url,
    )
    async with ZoomClient(pauses=(0.01, 0.01)) as zoom, HttpPool(Timeouts()) as pool:
        made = Setting(server.base_url, zoom, pool, app)
        await made.control("/approvals", {"app": "admin", "state": "approved"})
        yield made


def access_of(tokens: Tokens) -> Access:
    """Return the access that tokens give."""
    return Access(api_url=tokens.api_url, token=tokens.access_token)


def draft_of(**change: object) -> MeetingDraft:
    """Return a draft of an interview."""
    plain = MeetingDraft(topic="Ana Lee and Ben", agenda="Ref. GR-1", start=START, minutes=45, zone="Europe/Madrid")
    return plain.model_copy(update=change)


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
    """The error says until when: midnight in UTC."""
    access = access_of(await setting.connect())
    made = await setting.zoom.create_meeting(access, ADMIN, draft_of())
    for minutes in range(1, 100):
        await setting.zoom.update_meeting(access, made.id, draft_of(minutes=minutes))
    with pytest.raises(RateLimited) as caught:
        await setting.zoom.update_meeting(access, made.id, draft_of())
    assert caught.value.until is not None
    assert (caught.value.until.hour, caught.value.until.minute) == (0, 0)
