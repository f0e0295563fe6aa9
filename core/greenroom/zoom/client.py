"""The engine's way to Zoom."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from greenroom.engine.ports.zoom import (
    Access,
    MadeMeeting,
    MeetingDraft,
    OutcomeUnclear,
    Tokens,
    ZoomApp,
    ZoomNotFound,
    ZoomRefused,
    ZoomUnavailable,
)
from greenroom.http import HttpPool, Timeouts
from greenroom.model import Cloud, Permission, ZoomStatus, ZoomUser
from greenroom.zoom import oauth
from greenroom.zoom.drafts import change, creation
from greenroom.zoom.refusals import MEETING_GONE
from greenroom.zoom.replies import meeting_of, permissions_of, user_of
from greenroom.zoom.rest import Operation, Rest

_ME = Operation("GET", "/users/me")
_MY_PERMISSIONS = Operation("GET", "/users/me/permissions")
_USERS = Operation("GET", "/users")
_CREATE = Operation("POST", "/users/{userId}/meetings")
_LIST = Operation("GET", "/users/{userId}/meetings")
_GET = Operation("GET", "/meetings/{meetingId}")
_UPDATE = Operation("PATCH", "/meetings/{meetingId}")
_DELETE = Operation("DELETE", "/meetings/{meetingId}")

_STATUSES: tuple[ZoomStatus, ...] = ("active", "inactive", "pending")
_MEETING_ID = re.compile(r"[0-9]{1,20}")


class ZoomClient:
    """Speaks to Zoom; implements the engine's `Zoom` port.

        async with ZoomClient() as zoom:
            made = await zoom.create_meeting(access, host_id, draft)

    One client serves all organizations of a deployment and many calls at once. ``now`` is asked when Zoom says
    how long to wait. ``pauses``: seconds before each further try of a read that Zoom did not answer; nothing
    but reads is ever sent twice.
    """

    def __init__(
        self,
        *,
        timeouts: Timeouts | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pauses: tuple[float, ...] = (0.2, 0.6),
    ) -> None:
        self._pool = HttpPool(timeouts or Timeouts())
        self._tokens = oauth.TokenEndpoint(self._pool, now)
        self._rest = Rest(self._pool, now, pauses)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections to Zoom."""
        await self._pool.close()

    def authorize_url(self, app: ZoomApp, *, state: str, challenge: str) -> str:
        """Return Zoom's consent page for ``app``; ``challenge`` is the S256 PKCE challenge (`pkce_challenge`)."""
        return oauth.authorize_url(app, state=state, challenge=challenge)

    async def exchange_code(self, app: ZoomApp, code: str, *, verifier: str) -> Tokens:
        """Trade an authorization code for tokens.

        Raises `GrantDead` when Zoom does not accept the code, `ZoomRefused` when it does not accept the app,
        `OutcomeUnclear` when the code may be used up although no tokens came.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": app.redirect_uri,
            "code_verifier": verifier,
        }
        return await self._tokens.tokens(app, form)

    async def refresh(self, app: ZoomApp, refresh_token: SecretStr) -> Tokens:
        """Trade a refresh token for new tokens.

        Raises `GrantDead` only when Zoom says so; `OutcomeUnclear` when the old token may be used up although
        no new ones came.
        """
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token.get_secret_value()}
        return await self._tokens.tokens(app, form)

    async def revoke(self, app: ZoomApp, access_token: SecretStr) -> None:
        """End the grant at Zoom."""
        await self._tokens.revoke(app, access_token)

    async def me(self, access: Access, *, cloud: Cloud, with_permissions: bool) -> ZoomUser:
        """Return the user behind the token; their role permissions only if asked for."""
        document = await self._rest.read(access, _ME)
        permissions = await self._my_permissions(access) if with_permissions else frozenset()
        user = user_of(document, cloud=cloud, permissions=permissions)
        if user is None:
            raise ZoomUnavailable("the answer describes no user", where=_ME.where, next="Try again later")
        return user

    async def users(self, access: Access, *, cloud: Cloud) -> AsyncIterator[ZoomUser]:
        """Walk all users of the account, active, inactive and pending; pending ones without an id are left out."""
        for status in _STATUSES:
            async for entry in self._rest.pages(access, _USERS, "users", {"status": status}):
                user = user_of(entry, cloud=cloud, status=status)
                if user is not None:
                    yield user

    async def create_meeting(self, access: Access, host_id: str, draft: MeetingDraft) -> MadeMeeting:
        """Create a meeting; sent once. Raises `OutcomeUnclear` when it may exist although no usable answer came."""
        document = await self._rest.write(access, _CREATE, creation(draft), userId=host_id)
        made = meeting_of(document or {}, host_id=host_id)
        if made is None:
            what = "Zoom's answer names no meeting, though one may have been made"
            raise OutcomeUnclear(what, where=_CREATE.where, next="Look at Zoom before trying again", status=201)
        return made

    async def get_meeting(self, access: Access, meeting_id: str) -> MadeMeeting:
        """Return a meeting; raises `ZoomNotFound` if it is gone."""
        document = await self._rest.read(access, _GET, meetingId=_checked(meeting_id, _GET))
        return _listed(document, _GET, host_id="")

    async def meetings(self, access: Access, host_id: str) -> AsyncIterator[MadeMeeting]:
        """Walk the host's scheduled meetings, without their settings."""
        async for entry in self._rest.pages(access, _LIST, "meetings", {"type": "scheduled"}, userId=host_id):
            yield _listed(entry, _LIST, host_id=host_id)

    async def update_meeting(self, access: Access, meeting_id: str, draft: MeetingDraft) -> None:
        """Change a meeting in place; sent once. Raises `OutcomeUnclear` when it may have been changed."""
        await self._rest.write(access, _UPDATE, change(draft), meetingId=_checked(meeting_id, _UPDATE))

    async def delete_meeting(self, access: Access, meeting_id: str) -> None:
        """Delete a meeting; one that is already gone counts as deleted."""
        try:
            await self._rest.write(access, _DELETE, meetingId=_checked(meeting_id, _DELETE))
        except ZoomNotFound as error:
            if error.zoom_code != MEETING_GONE:
                raise

    async def _my_permissions(self, access: Access) -> frozenset[Permission]:
        document = await self._rest.read(access, _MY_PERMISSIONS)
        privileges = document.get("permissions")
        return permissions_of(privileges if isinstance(privileges, list) else ())


def _checked(meeting_id: str, operation: Operation) -> str:
    if _MEETING_ID.fullmatch(meeting_id):
        return meeting_id
    what = "a Zoom meeting id is a number; nothing was sent"
    raise ZoomRefused(what, where=operation.where, next="Give the id without spaces")


def _listed(document: Mapping[str, object], operation: Operation, *, host_id: str) -> MadeMeeting:
    found = meeting_of(document, host_id=host_id)
    if found is None:  # never skipped: whoever looks for a lost meeting must not conclude that it is not there
        raise ZoomUnavailable("the answer describes no meeting", where=operation.where, next="Try again later")
    return found
