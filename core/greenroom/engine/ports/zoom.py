"""The way to Zoom: what the engine asks, what comes back, and how it fails.

ZoomError                    (a GreenroomError; carries status, Zoom's code and tracking id)
├── ZoomRefused              Zoom understood and said no
│   ├── ZoomNotFound         no such user or meeting
│   ├── ScopeMissing         the grant lacks a scope
│   └── HostCannotSchedule   this user may not host or was deactivated
├── AccessRejected           the access token is not accepted (401/124)
├── GrantDead                the refresh token is not accepted any more: connect anew
├── RateLimited              not before ``until``
├── ZoomUnavailable          Zoom is down or unreachable and the request had no effect
└── OutcomeUnclear           the request may have had its effect; look before trying again
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal, Protocol

from pydantic import AwareDatetime, Field, SecretStr

from greenroom.errors import GreenroomError
from greenroom.model import AppKind, Cloud, Value, ZoomUser

MARKER_REACH = 250
"""Characters of ``agenda`` that Zoom shows in meeting lists: a marker has to stand within them."""


class ZoomApp(Value):
    """A Zoom app of this deployment: its name, kind and credentials, and Zoom's host (``https://zoom.us``)."""

    name: str
    kind: AppKind
    client_id: str
    client_secret: SecretStr
    redirect_uri: str
    webhook_secret: SecretStr | None = None
    host: str = "https://zoom.us"
    api_hosts: tuple[str, ...] = ()

    @property
    def cloud(self) -> Cloud:
        """Which of Zoom's clouds the app lives in."""
        return "government" if "zoomgov.com" in self.host else "commercial"


class Tokens(Value):
    """What Zoom grants. ``expires_in`` is seconds; ``api_url`` the API host of the user's region."""

    access_token: SecretStr
    refresh_token: SecretStr
    expires_in: int = Field(gt=0)
    scopes: frozenset[str]
    api_url: str


class Access(Value):
    """One accepted access token and where it is accepted."""

    api_url: str
    token: SecretStr


class MeetingDraft(Value):
    """What is sent to create or update a meeting; ``None`` is not sent.

    ``start`` is an instant and goes out in UTC with ``Z``; ``zone`` is the IANA zone shown beside it.
    """

    topic: str
    agenda: str | None = None
    start: AwareDatetime
    minutes: int
    zone: str
    use_pmi: bool | None = None
    join_before_host: bool | None = None
    waiting_room: bool | None = None
    authentication: bool | None = None
    passcode: str | None = None
    auto_recording: Literal["none", "local", "cloud"] | None = None


class MadeMeeting(Value):
    """A meeting as Zoom reports it: the settings in force, whatever was asked. No start URL is ever read."""

    id: str
    host_id: str
    join_url: str
    topic: str = ""
    agenda: str = ""
    start: AwareDatetime | None = None
    minutes: int | None = None
    passcode: str | None = None
    use_pmi: bool | None = None
    join_before_host: bool | None = None
    waiting_room: bool | None = None
    authentication: bool | None = None
    auto_recording: str | None = None


class Zoom(Protocol):
    """Zoom's OAuth and REST, one call a method. Every method may raise `ZoomError`."""

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
        """Return the user behind the token; their role permissions only if asked for."""
        ...

    def users(self, access: Access, *, cloud: Cloud) -> AsyncIterator[ZoomUser]:
        """Walk all users of the account, active, inactive and pending, page by page."""
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

    async def update_meeting(self, access: Access, meeting_id: str, draft: MeetingDraft) -> None:
        """Change a meeting in place; its id and join URL stay."""
        ...

    async def delete_meeting(self, access: Access, meeting_id: str) -> None:
        """Delete a meeting; one that is already gone counts as deleted."""
        ...


class ZoomError(GreenroomError):
    """Zoom did not do it. ``status`` is the HTTP status, ``zoom_code`` Zoom's own, ``tracking_id`` for support."""

    code = "zoom.error"

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        next: str = "",
        status: int | None = None,
        zoom_code: int | None = None,
        tracking_id: str | None = None,
    ) -> None:
        self.status = status
        self.zoom_code = zoom_code
        self.tracking_id = tracking_id
        super().__init__(what, where=where, next=next)


class ZoomRefused(ZoomError):
    """Zoom understood the request and said no."""

    code = "zoom.refused"


class ZoomNotFound(ZoomRefused):
    """No such user or meeting at Zoom."""

    code = "zoom.not_found"


class ScopeMissing(ZoomRefused):
    """The grant lacks a scope; connect anew after adding it to the Zoom app."""

    code = "zoom.scope_missing"


class HostCannotSchedule(ZoomRefused):
    """This Zoom user may not host meetings, or is not active."""

    code = "zoom.host_cannot_schedule"


class AccessRejected(ZoomError):
    """The access token is not accepted."""

    code = "zoom.access_rejected"


class GrantDead(ZoomError):
    """The refresh token is not accepted any more: somebody has to connect anew."""

    code = "zoom.grant_dead"


class RateLimited(ZoomError):
    """Too many requests; not before ``until`` (an instant), if Zoom said when."""

    code = "zoom.rate_limited"

    def __init__(self, what: str, *, until: datetime | None, where: str = "", status: int | None = 429) -> None:
        self.until = until
        when = f"Try again after {until.isoformat()}" if until else "Try again later"
        super().__init__(what, where=where, next=when, status=status)


class ZoomUnavailable(ZoomError):
    """Zoom is down or unreachable, and the request had no effect."""

    code = "zoom.unavailable"


class OutcomeUnclear(ZoomError):
    """The request may have had its effect although no usable answer came: look before trying again."""

    code = "zoom.outcome_unclear"
