"""The engine's way to Zoom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar

from pydantic import SecretStr

from greenroom.engine.ports.zoom import (
    Access,
    AppContext,
    ChatMessage,
    HostBudget,
    MadeMeeting,
    MeetingDraft,
    MeetingLocks,
    MeetingSettings,
    OutcomeUnclear,
    Participant,
    PhoneCall,
    PhoneRecording,
    RateLimited,
    Recording,
    Role,
    RoleMember,
    Room,
    Tokens,
    UnreadableReply,
    ZoomApp,
    ZoomNotFound,
)
from greenroom.http import HttpPool, Timeouts
from greenroom.model import Cloud, Permission, ZoomStatus, ZoomUser
from greenroom.zoom import archive, oauth, traces
from greenroom.zoom import operations as op
from greenroom.zoom.app_context import read_context
from greenroom.zoom.calendar import ZoomCalendar
from greenroom.zoom.downloads import Downloads
from greenroom.zoom.drafts import change, creation
from greenroom.zoom.host_days import HostDays
from greenroom.zoom.hosts import Hosts
from greenroom.zoom.refusals import MEETING_GONE
from greenroom.zoom.replies import meeting_of, permissions_of, user_of
from greenroom.zoom.rest import Rest
from greenroom.zoom.settings import LOCKS_SHAPES, SETTINGS_SHAPES, locks_of, settings_of

T = TypeVar("T")

_STATUSES: tuple[ZoomStatus, ...] = ("active", "inactive", "pending")
_LONGEST_SPAN = timedelta(days=28)
_KEPT_FOR = timedelta(days=180)
"""Zoom shows calls and messages of half a year; a few days less are asked for, as the edge moves."""


class ZoomClient:
    """Speaks to Zoom; implements the engine's `Zoom` port.

        async with ZoomClient(apps=configuration.apps().values()) as zoom:
            made = await zoom.create_meeting(access, host_id, draft)

    One client serves all organizations of a deployment and many calls at once. ``apps``: those of the deployment;
    tokens are shown to Zoom's hosts and to theirs, to no other. ``now`` is asked when Zoom says how long to wait,
    and for the UTC day. ``pauses``: seconds before each further try of what may be sent again (`greenroom.zoom.rest`
    says what that is).
    """

    def __init__(
        self,
        *,
        apps: Iterable[ZoomApp] = (),
        timeouts: Timeouts | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pauses: tuple[float, ...] = (0.2, 0.6),
    ) -> None:
        hosts = Hosts(apps)
        self._pool = HttpPool(timeouts or Timeouts())
        self._tokens = oauth.TokenEndpoint(self._pool, now)
        self._rest = Rest(self._pool, hosts, now, pauses)
        self._downloads = Downloads(self._pool, hosts, now)
        self._host_days = HostDays(now)
        self._now = now
        self.calendar = ZoomCalendar(self._rest)

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

        Raises `GrantDead` when Zoom does not accept the code, `AppRefused` when it does not accept the app,
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
        document = await self._rest.read(access, op.ME)
        permissions = await self._my_permissions(access) if with_permissions else frozenset()
        user = _found(user_of(document, cloud=cloud, permissions=permissions), op.ME, "user")
        self._host_days.learn(access, "me", user.id)
        return user

    async def users(self, access: Access, *, cloud: Cloud) -> AsyncIterator[ZoomUser]:
        """Walk all users of the account, active, inactive and pending; pending ones without an id are left out."""
        for status in _STATUSES:
            async for entry in self._rest.pages(access, op.USERS, {"status": status}):
                user = user_of(entry, cloud=cloud, status=status)
                if user is not None:
                    yield user

    async def create_meeting(self, access: Access, host_id: str, draft: MeetingDraft) -> MadeMeeting:
        """Create a meeting; sent once. Raises `OutcomeUnclear` when it may exist although no usable answer came."""
        body = creation(draft)
        document = await self._counted(
            access,
            host_id,
            op.CREATE_MEETING,
            lambda: self._rest.write(access, op.CREATE_MEETING, body, userId=host_id),
        )
        made = meeting_of(document or {}, host_id=host_id)
        if made is None:
            what = "Zoom's answer names no meeting, though one may have been made"
            remedy = "Look at Zoom before trying again"
            raise OutcomeUnclear(what, where=op.CREATE_MEETING.where, next=remedy, status=201)
        self._host_days.learn(access, host_id, made.host_id)
        return made

    async def get_meeting(self, access: Access, meeting_id: str) -> MadeMeeting:
        """Return a meeting; raises `ZoomNotFound` if it is gone."""
        document = await self._rest.read(access, op.GET_MEETING, meetingId=op.GET_MEETING.meeting_id(meeting_id))
        return _found(meeting_of(document, host_id=""), op.GET_MEETING, "meeting")

    async def meetings(self, access: Access, host_id: str) -> AsyncIterator[MadeMeeting]:
        """Walk the host's scheduled meetings, without their settings."""
        # One that cannot be read is never skipped: whoever looks for a lost meeting must not conclude that it is gone.
        async for entry in self._rest.pages(access, op.LIST_MEETINGS, {"type": "scheduled"}, userId=host_id):
            yield _found(meeting_of(entry, host_id=host_id), op.LIST_MEETINGS, "meeting")

    async def update_meeting(
        self, access: Access, meeting_id: str, draft: MeetingDraft, *, host_id: str | None = None
    ) -> None:
        """Change a meeting in place; sent once. Raises `OutcomeUnclear` when it may have been changed."""
        number = op.UPDATE_MEETING.meeting_id(meeting_id)
        await self._counted(
            access,
            host_id,
            op.UPDATE_MEETING,
            lambda: self._rest.write(access, op.UPDATE_MEETING, change(draft), meetingId=number),
        )

    async def delete_meeting(self, access: Access, meeting_id: str) -> None:
        """Delete a meeting; one that is already gone counts as deleted."""
        number = op.DELETE_MEETING.meeting_id(meeting_id)
        try:
            await self._rest.write(access, op.DELETE_MEETING, meetingId=number)
        except ZoomNotFound as error:
            if error.zoom_code != MEETING_GONE:
                raise

    def host_budget(self, access: Access, host_id: str) -> HostBudget:
        """Return what is known of the host's hundred changes of today; asks nothing of Zoom."""
        return self._host_days.budget(access, host_id)

    async def user_settings(self, access: Access, user_id: str) -> MeetingSettings:
        """Return what a user's settings say about new meetings."""
        return settings_of(await self._shapes(access, op.USER_SETTINGS, SETTINGS_SHAPES, userId=user_id))

    async def account_settings(self, access: Access) -> MeetingSettings:
        """Return what the account's settings say about new meetings."""
        return settings_of(await self._shapes(access, op.ACCOUNT_SETTINGS, SETTINGS_SHAPES))

    async def account_locks(self, access: Access) -> MeetingLocks:
        """Return which settings the account has locked."""
        return locks_of(await self._shapes(access, op.ACCOUNT_LOCKS, LOCKS_SHAPES))

    async def roles(self, access: Access) -> tuple[Role, ...]:
        """Return the roles of the account."""
        entries = op.ROLES.entries_of(await self._rest.read(access, op.ROLES))
        return tuple(_found(archive.role_of(entry), op.ROLES, "role") for entry in entries)

    async def role_members(self, access: Access, role_id: str) -> AsyncIterator[RoleMember]:
        """Walk those who hold a role."""
        async for entry in self._rest.pages(access, op.ROLE_MEMBERS, roleId=role_id):
            yield _found(archive.member_of(entry), op.ROLE_MEMBERS, "user")

    async def rooms(self, access: Access) -> AsyncIterator[Room]:
        """Walk the account's Zoom Rooms."""
        async for entry in self._rest.pages(access, op.ROOMS):
            yield _found(archive.room_of(entry), op.ROOMS, "room")

    async def past_participants(self, access: Access, meeting: str) -> AsyncIterator[Participant]:
        """Walk the stays in a meeting that is over."""
        name = op.PAST_PARTICIPANTS.instance(meeting)
        async for entry in self._rest.pages(access, op.PAST_PARTICIPANTS, meetingId=name):
            yield archive.participant_of(entry)

    async def recording(self, access: Access, meeting: str) -> Recording:
        """Return what was recorded of a meeting."""
        document = await self._rest.read(access, op.RECORDING, meetingId=op.RECORDING.instance(meeting))
        return _found(archive.recording_of(document), op.RECORDING, "recording")

    async def recordings(self, access: Access, user_id: str, *, since: date, until: date) -> AsyncIterator[Recording]:
        """Walk what a host recorded, a month at a time."""
        for span in _months(since, until):
            async for entry in self._rest.pages(access, op.RECORDINGS, span, userId=user_id):
                yield _found(archive.recording_of(entry), op.RECORDINGS, "recording")

    async def calls(self, access: Access, user_id: str, *, since: date, until: date) -> AsyncIterator[PhoneCall]:
        """Walk a user's phone calls, a month at a time."""
        for span in _months(max(since, self._oldest().date()), until):
            async for entry in self._rest.pages(access, op.CALLS, span, userId=user_id):
                yield _found(traces.call_of(entry), op.CALLS, "call")

    async def call_recordings(
        self, access: Access, user_id: str, *, since: date, until: date
    ) -> AsyncIterator[PhoneRecording]:
        """Walk the recordings of a user's phone calls, a month at a time."""
        for span in _months(max(since, self._oldest().date()), until):
            async for entry in self._rest.pages(access, op.CALL_RECORDINGS, span, userId=user_id):
                yield _found(traces.call_recording_of(entry), op.CALL_RECORDINGS, "recording")

    async def messages(
        self, access: Access, user_id: str, contact: str, *, since: datetime, until: datetime
    ) -> AsyncIterator[ChatMessage]:
        """Walk what a user and a contact wrote each other; a message that is no text (a file, say) is passed over."""
        begin = max(since, self._oldest())
        times = {"from": begin.strftime("%Y-%m-%dT%H:%M:%SZ"), "to": until.strftime("%Y-%m-%dT%H:%M:%SZ")}
        async for entry in self._rest.pages(access, op.MESSAGES, {"to_contact": contact, **times}, userId=user_id):
            message = traces.message_of(entry)
            if message is not None:
                yield message

    async def access_key(self, access: Access) -> SecretStr:
        """Return the ZAK of whom the access belongs to."""
        token = (await self._rest.read(access, op.ACCESS_KEY)).get("token")
        return _found(SecretStr(token) if isinstance(token, str) and token else None, op.ACCESS_KEY, "key")

    def app_context(self, app: ZoomApp, header: str) -> AppContext:
        """Return where ``app`` was opened in Zoom's client."""
        return read_context(app, header, self._now())

    async def download(self, access: Access, url: str, write: Callable[[bytes], Awaitable[None]]) -> int:
        """Stream a recording's file to ``write``; sent once, as nobody can take back what was written."""
        return await self._downloads.stream(access, url, write)

    def _oldest(self) -> datetime:
        return self._now() - _KEPT_FOR

    async def _my_permissions(self, access: Access) -> frozenset[Permission]:
        document = await self._rest.read(access, op.MY_PERMISSIONS)
        privileges = document.get("permissions")
        return permissions_of(privileges if isinstance(privileges, list) else ())

    async def _shapes(
        self, access: Access, operation: op.Operation, shapes: tuple[str, ...], **ids: str
    ) -> list[Mapping[str, object]]:
        queries = [{"option": shape} if shape else None for shape in shapes]
        return [await self._rest.read(access, operation, query, **ids) for query in queries]

    async def _counted(
        self, access: Access, host_id: str | None, operation: op.Operation, send: Callable[[], Awaitable[T]]
    ) -> T:
        """Count a change among the host's hundred of the day, as far as the host is known."""
        if host_id is None:
            return await send()
        self._host_days.check(access, host_id, operation.where)
        try:
            answer = await send()
        except RateLimited as error:
            if error.limit == "host_day":
                self._host_days.use_up(access, host_id)
            raise
        except OutcomeUnclear:
            self._host_days.spend(access, host_id)
            raise
        self._host_days.spend(access, host_id)
        return answer


def _months(since: date, until: date) -> Iterator[Mapping[str, str]]:
    """Yield the days from ``since`` to ``until`` in parts: Zoom takes a month at most."""
    begin = since
    while begin <= until:
        end = min(begin + _LONGEST_SPAN - timedelta(days=1), until)
        yield {"from": begin.isoformat(), "to": end.isoformat()}
        begin = end + timedelta(days=1)


def _found(value: T | None, operation: op.Operation, what: str) -> T:
    if value is None:
        raise UnreadableReply(f"the answer describes no {what}", where=operation.where, next="Try again later")
    return value
