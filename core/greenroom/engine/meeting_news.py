"""What Zoom tells of meetings: what somebody moved or deleted in Zoom's own pages is a change *by Zoom*.

A webhook only says where to look. What counts is how Zoom has the meeting now, beside how it was known to have it: so
webhooks may come twice, late and in any order, and what we changed ourselves is no news.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from greenroom.engine.addressed import meetings_hosted_by, meetings_told_of
from greenroom.engine.deployment import Deployment
from greenroom.engine.grants import Grants
from greenroom.engine.letters import Letters
from greenroom.engine.notices import deliver
from greenroom.engine.own_changes import BeingChanged, refuse_while_changing
from greenroom.engine.ports.records import ConnectionRecord, InboxRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import GrantDead, NotPermitted, ScopeMissing, ZoomNotFound
from greenroom.engine.zoom_changes import Followed, Seen, take_note
from greenroom.model import Span

_DELETED = "meeting.deleted"
_HOST_LEFT = frozenset({"user.deleted", "user.disassociated"})
TOLD_OF = frozenset({"meeting.updated", _DELETED}) | _HOST_LEFT
_LOOKS = 5
"""How often a meeting is looked at anew because what is kept of it changed meanwhile."""


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class _Object(_Loose):
    id: str = ""


class _Payload(_Loose):
    account_id: str = ""
    operation: Literal["all", "single"] | None = None
    object: _Object = _Object()


class _Told(_Loose):
    event: str
    payload: _Payload = _Payload()


class MeetingNews:
    """Looks at Zoom when it tells of a meeting of ours, and has the profile say what follows."""

    def __init__(self, deployment: Deployment, grants: Grants, letters: Letters) -> None:
        self._deployment = deployment
        self._grants = grants
        self._letters = letters

    async def heard(self, record: InboxRecord) -> None:
        """Act on a webhook, if it tells of a meeting of ours, or of somebody who hosted one and left.

        Raises `ZoomError`, and `BeingChanged` while a change of our own may be on its way: both mean that it is to be
        looked at later.
        """
        try:
            told = _Told.model_validate_json(record.body)
        except ValidationError:
            return
        if told.event not in TOLD_OF:
            return
        about, app = told.payload, record.app
        # With somebody who left, their meetings went, or passed to somebody else: Zoom says neither.
        those = meetings_hosted_by if told.event in _HOST_LEFT else meetings_told_of
        found = await self._deployment.store.read(
            lambda tx: those(tx, self._deployment, app, about.account_id, about.object.id)
        )
        for meeting, connection in found:
            await self._compare(meeting, connection, gone=told.event == _DELETED and about.operation != "single")

    async def _compare(self, row: MeetingRecord, connection: ConnectionRecord, *, gone: bool) -> None:
        for _ in range(_LOOKS):
            if row.state != "live":
                return
            refuse_while_changing(self._deployment, row)
            seen = await self._seen(row, connection, gone=gone)
            if seen is None:
                return
            current, followed = await self._noted(row, seen)
            if current == row:
                await self._tell(followed)
                return
            row = current
        raise BeingChanged("what is kept of this meeting keeps changing", next="Look at it again in a minute")

    async def _noted(self, row: MeetingRecord, seen: Seen) -> tuple[MeetingRecord, tuple[Followed, ...]]:
        def write(tx: Transaction) -> tuple[MeetingRecord, tuple[Followed, ...]]:
            current = tx.interviews.meeting(row.organization_id, row.meeting.id)
            assert current is not None
            return current, take_note(tx, self._deployment, row, seen) if current == row else ()

        return await self._deployment.store.write(write)

    async def _seen(self, row: MeetingRecord, connection: ConnectionRecord, *, gone: bool) -> Seen | None:
        """Return how Zoom has a meeting now; ``None`` where that cannot be told.

        Where its connection does not let us look any more, Zoom's word that it was deleted has to do.
        """
        zoom, meeting_id = self._deployment.zoom, row.meeting.id
        unseen: Seen | None = "deleted" if gone else None
        if connection.grant_id is None:
            return unseen
        try:
            now = await self._grants.call(connection.grant_id, lambda access: zoom.get_meeting(access, meeting_id))
        except ZoomNotFound:
            return "deleted"
        except (GrantDead, NotPermitted, ScopeMissing):
            return unseen
        if now.start is None or now.minutes is None:
            return None
        return Span(start=now.start, end=now.start + timedelta(minutes=now.minutes))

    async def _tell(self, followed: tuple[Followed, ...]) -> None:
        for one in followed:
            await deliver(self._deployment, one.notices)
            if one.why is None:
                continue
            drafted = await self._letters.draft(one.standing, one.record, why=one.why)
            if isinstance(drafted, tuple):
                await self._letters.follow(one.record.id, drafted)
