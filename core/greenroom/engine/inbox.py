"""Zoom's webhooks: kept before they are answered, acted on afterwards, each once."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from greenroom.engine.addressed import connections_of_user
from greenroom.engine.capture import Capture
from greenroom.engine.deployment import Deployment
from greenroom.engine.disconnect import Disconnect
from greenroom.engine.meeting_news import MeetingNews
from greenroom.engine.ports.records import ConnectionRecord, InboxRecord
from greenroom.engine.role_watch import RoleWatch
from greenroom.errors import GreenroomError
from greenroom.model import Cause

log = logging.getLogger(__name__)

DEAUTHORIZED = "app_deauthorized"

_CAUSES: dict[str, Cause] = {
    DEAUTHORIZED: Cause.UNINSTALLED,
    "user.deactivated": Cause.AUTHORIZER_GONE,
    "user.deleted": Cause.AUTHORIZER_GONE,
    "user.disassociated": Cause.AUTHORIZER_GONE,
}


_CHANGED = frozenset({"user.activated", "user.updated"})

OF_PEOPLE = _CHANGED | {"user.created", "user.deactivated", "user.deleted", "user.disassociated"}

OF_WHOEVER_AUTHORIZED = _CHANGED | _CAUSES.keys()
"""What Zoom tells of the user behind a connection and of its app."""

CLAIM_FOR = timedelta(minutes=2)
"""Longer than acting on one webhook takes; those of a process that stopped are taken up after that."""

TRY_AGAIN_AFTER = timedelta(minutes=1)


class _Loose(BaseModel):
    """Zoom adds fields as it likes; what we read must be what we expect."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _User(_Loose):
    id: str = ""


class _Payload(_Loose):
    account_id: str = ""
    user_id: str = ""
    client_id: str = ""
    object: _User = _User()


class _Event(_Loose):
    event: str
    payload: _Payload = _Payload()


class Inbox:
    """Keeps verified webhooks and acts on what they tell: of grounds that give way, and of what changed at Zoom."""

    def __init__(
        self,
        deployment: Deployment,
        roles: RoleWatch,
        disconnect: Disconnect,
        capture: Capture,
        news: MeetingNews,
    ) -> None:
        self._deployment = deployment
        self._capture = capture
        self._news = news
        self._roles = roles
        self._disconnect = disconnect

    async def keep(self, app: str, body: bytes, digest: str) -> Literal["new", "known"]:
        """Keep a verified webhook durably; a redelivery of the same body is known already."""
        record = InboxRecord(
            id=self._deployment.ids.new("inb"),
            app=app,
            digest=f"{app}:{digest}",
            body=body,
            received_at=self._deployment.clock.now(),
        )
        new = await self._deployment.store.write(lambda tx: tx.records.add_to_inbox(record))
        return "new" if new else "known"

    async def work(self) -> int:
        """Act on what was kept and not handled yet; return how many were handled here.

        Each is claimed first, so that several processes never act on the same one. One that cannot be acted on now
        (Zoom is down, its profile is blocked) is put off for `TRY_AGAIN_AFTER` and stops no other.
        """
        handled = 0
        while (record := await self._claimed()) is not None:
            try:
                await self._handle(record)
            except GreenroomError as error:
                log.warning("webhook %s stays for later: %s", record.id, error.code)
                await self._put_off(record)
            else:
                handled += 1
        return handled

    async def waiting(self) -> bool:
        """Whether any webhook was not handled yet: put off, or claimed by whoever may have stopped since."""
        return bool(await self._deployment.store.read(lambda tx: tx.records.unhandled(limit=1)))

    async def _claimed(self) -> InboxRecord | None:
        now = self._deployment.clock.now()
        return await self._deployment.store.write(lambda tx: tx.records.claim(until=now + CLAIM_FOR, now=now))

    async def _put_off(self, record: InboxRecord) -> None:
        until = self._deployment.clock.now() + TRY_AGAIN_AFTER
        await self._deployment.store.write(lambda tx: tx.records.postpone(record.id, until))

    async def _handle(self, record: InboxRecord) -> None:
        try:
            event = _Event.model_validate_json(record.body)
        except ValidationError:
            event = None
        if event is not None:
            await self._mark_directory(event)
            for row in await self._connections(record.app, event.payload):
                await self._meet(event, row)
        await self._capture.heard(record)
        await self._news.heard(record)
        now = self._deployment.clock.now()
        await self._deployment.store.write(lambda tx: tx.records.handled(record.id, now))

    async def _mark_directory(self, event: _Event) -> None:
        """Somebody in the account is new, changed or gone: whoever asks next who exists looks at Zoom first."""
        account = event.payload.account_id
        if event.event in OF_PEOPLE and account:
            await self._deployment.store.write(lambda tx: tx.directory.mark_account_stale(account, event.event))

    async def _meet(self, event: _Event, row: ConnectionRecord) -> None:
        """Act on an event about the Zoom user behind a connection."""
        cause = _CAUSES.get(event.event)
        if event.event in _CHANGED:
            await self._roles.look(row)
        elif cause is not None:
            await self._disconnect.lose(row, cause)

    async def _connections(self, app: str, payload: _Payload) -> tuple[ConnectionRecord, ...]:
        """The connections that the event's Zoom user made through the app it was sent to, their grants alive or not."""
        user_id = payload.user_id or payload.object.id
        return await self._deployment.store.read(
            lambda tx: connections_of_user(tx, self._deployment, app, payload.account_id, user_id)
        )
