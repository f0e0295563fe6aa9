"""What the engine asks of Zoom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime
from typing import Protocol

from pydantic import SecretStr

from greenroom.engine.ports.zoom.traces import AppContext, ChatMessage, PhoneCall, PhoneRecording
from greenroom.engine.ports.zoom.values import (
    Access,
    HostBudget,
    MadeMeeting,
    MeetingDraft,
    MeetingLocks,
    MeetingSettings,
    Participant,
    Recording,
    Role,
    RoleMember,
    Room,
    Tokens,
    ZoomApp,
)
from greenroom.model import Cloud, ZoomUser

MARKER_REACH = 250
"""Characters of ``agenda`` that Zoom shows in meeting lists: a marker has to stand within them."""


class Zoom(Protocol):
    """Zoom's OAuth and REST, one call a method unless it says otherwise. Every method may raise `ZoomError`.

    Lists are walked page by page. A list whose pages expire on the way is walked once more from its beginning;
    entries that were given already are not given again, but one that changed meanwhile is.
    """

    def authorize_url(self, app: ZoomApp, *, state: str, challenge: str) -> str:
        """Return Zoom's consent page for ``app``; ``challenge`` is the S256 PKCE challenge."""
        ...

    async def exchange_code(self, app: ZoomApp, code: str, *, verifier: str) -> Tokens:
        """Trade an authorization code (single use, five minutes) for tokens."""
        ...

    async def refresh(self, app: ZoomApp, refresh_token: SecretStr) -> Tokens:
        """Trade a refresh token for new tokens; the old refresh token is dead afterwards."""
        ...

    async def revoke(self, app: ZoomApp, access_token: SecretStr) -> None:
        """End the grant at Zoom."""
        ...

    async def me(self, access: Access, *, cloud: Cloud, with_permissions: bool) -> ZoomUser:
        """Return the user behind the token; their role permissions, a second call, only if asked for."""
        ...

    def users(self, access: Access, *, cloud: Cloud) -> AsyncIterator[ZoomUser]:
        """Walk all users of the account, active, inactive and pending."""
        ...

    async def create_meeting(self, access: Access, host_id: str, draft: MeetingDraft) -> MadeMeeting:
        """Create a meeting. Raises `OutcomeUnclear` when it may exist although no answer came."""
        ...

    async def get_meeting(self, access: Access, meeting_id: str) -> MadeMeeting:
        """Return a meeting; raises `ZoomNotFound` if it is gone."""
        ...

    def meetings(self, access: Access, host_id: str) -> AsyncIterator[MadeMeeting]:
        """Walk the host's scheduled meetings; ``agenda`` is cut at `MARKER_REACH` characters."""
        ...

    async def update_meeting(
        self, access: Access, meeting_id: str, draft: MeetingDraft, *, host_id: str | None = None
    ) -> None:
        """Change a meeting in place; its id and join URL stay. ``host_id``: whose `HostBudget` it is counted in."""
        ...

    async def delete_meeting(self, access: Access, meeting_id: str) -> None:
        """Delete a meeting; one that is already gone counts as deleted."""
        ...

    def host_budget(self, access: Access, host_id: str) -> HostBudget:
        """Return what is known of the host's hundred changes of today; asks nothing of Zoom."""
        ...

    async def user_settings(self, access: Access, user_id: str) -> MeetingSettings:
        """Return what a user's settings say about new meetings; three calls."""
        ...

    async def account_settings(self, access: Access) -> MeetingSettings:
        """Return what the account's settings say about new meetings; three calls. Paid plans only: `PlanRefused`."""
        ...

    async def account_locks(self, access: Access) -> MeetingLocks:
        """Return which settings the account has locked; two calls. Paid plans only: `PlanRefused`.

        Apps with granular scopes need ``account:read:lock_settings:master``, which only master accounts can grant;
        for most, `ScopeMissing` is the answer.
        """
        ...

    async def roles(self, access: Access) -> tuple[Role, ...]:
        """Return the roles of the account. Paid plans only: `PlanRefused`."""
        ...

    def role_members(self, access: Access, role_id: str) -> AsyncIterator[RoleMember]:
        """Walk those who hold a role."""
        ...

    def rooms(self, access: Access) -> AsyncIterator[Room]:
        """Walk the account's Zoom Rooms."""
        ...

    def past_participants(self, access: Access, meeting: str) -> AsyncIterator[Participant]:
        """Walk the stays in a meeting that is over, named by its id (the latest instance) or an instance's uuid."""
        ...

    async def recording(self, access: Access, meeting: str) -> Recording:
        """Return what was recorded of a meeting, named by id or uuid; raises `ZoomNotFound` if nothing was."""
        ...

    def recordings(self, access: Access, user_id: str, *, since: date, until: date) -> AsyncIterator[Recording]:
        """Walk what a host recorded on the days (UTC) from ``since`` to ``until``, both included."""
        ...

    def calls(self, access: Access, user_id: str, *, since: date, until: date) -> AsyncIterator[PhoneCall]:
        """Walk a user's phone calls of the days (UTC) from ``since`` to ``until``; Zoom keeps half a year of them."""
        ...

    def call_recordings(
        self, access: Access, user_id: str, *, since: date, until: date
    ) -> AsyncIterator[PhoneRecording]:
        """Walk the recordings of a user's phone calls of these days (UTC)."""
        ...

    def messages(
        self, access: Access, user_id: str, contact: str, *, since: datetime, until: datetime
    ) -> AsyncIterator[ChatMessage]:
        """Walk what a user and ``contact``, an e-mail address, wrote each other, latest first; half a year is kept."""
        ...

    async def access_key(self, access: Access) -> SecretStr:
        """Return the ZAK of whom the access belongs to: it starts meetings as them, for five minutes."""
        ...

    def app_context(self, app: ZoomApp, header: str) -> AppContext:
        """Return where ``app`` was opened in Zoom's client, as its header ``X-Zoom-App-Context`` says.

        Asks nothing of Zoom. Raises `AppContextRefused` when it is not of this app, was tampered with, or has expired.
        """
        ...

    async def download(self, access: Access, url: str, write: Callable[[bytes], Awaitable[None]]) -> int:
        """Stream a recording's file to ``write``, piece by piece; return its length in bytes.

        Redirects are followed, and the token shown, only among Zoom's own hosts and those of the configuration.
        Raises `ZoomUnavailable` when the file broke off: what was written then is not the whole.
        """
        ...
