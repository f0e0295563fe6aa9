"""Zoom's webhooks: kept before they are answered, acted on afterwards, each once."""

from __future__ import annotations

import logging
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from greenroom.engine.deployment import Deployment
from greenroom.engine.disconnect import Disconnect
from greenroom.engine.grants import Grants
from greenroom.engine.ports.records import ConnectionRecord, InboxRecord
from greenroom.engine.ports.store import Transaction
from greenroom.errors import GreenroomError
from greenroom.model import Cause

log = logging.getLogger(__name__)

_CAUSES: dict[str, Cause] = {
    "app_deauthorized": Cause.UNINSTALLED,
    "user.deactivated": Cause.AUTHORIZER_GONE,
    "user.deleted": Cause.AUTHORIZER_GONE,
    "user.disassociated": Cause.AUTHORIZER_GONE,
}


class _Loose(BaseModel):
    """Zoom adds fields as it likes; what we read must be what we expect."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _User(_Loose):
    id: str = ""
    role: str | None = None


class _Payload(_Loose):
    account_id: str = ""
    user_id: str = ""
    client_id: str = ""
    object: _User = _User()


class _Event(_Loose):
    event: str
    payload: _Payload = _Payload()


class Inbox:
    """Keeps verified webhooks and acts on those that end a connection's ground."""

    def __init__(self, deployment: Deployment, grants: Grants, disconnect: Disconnect) -> None:
        self._deployment = deployment
        self._grants = grants
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
        """Act on what was kept and not handled yet; return how many were handled.

        One that cannot be acted on now (Zoom is down, its profile is blocked) stays for later and stops no other.
        """
        waiting = await self._deployment.store.read(lambda tx: tx.records.unhandled())
        handled = 0
        for record in waiting:
            try:
                await self._handle(record)
            except GreenroomError as error:
                log.warning("webhook %s stays for later: %s", record.id, error.code)
            else:
                handled += 1
        return handled

    async def _handle(self, record: InboxRecord) -> None:
        try:
            event = _Event.model_validate_json(record.body)
        except ValidationError:
            event = None
        if event is not None:
            for row in await self._connections(record.app, event.payload):
                await self._meet(event, row)
        now = self._deployment.clock.now()
        await self._deployment.store.write(lambda tx: tx.records.handled(record.id, now))

    async def _meet(self, event: _Event, row: ConnectionRecord) -> None:
        """Act on an event about the Zoom user behind a connection."""
        cause = _CAUSES.get(event.event)
        if event.event == "user.updated" and event.payload.object.role is not None:
            cause = await self._role_lost(row)
        if cause is not None:
            await self._disconnect.lose(row, cause)

    async def _role_lost(self, row: ConnectionRecord) -> Cause | None:
        """Look at Zoom what the user is now: the event names a role, not whether it administers."""
        if row.grant_id is None or row.zoom_user is None:
            return None
        before, zoom = row.zoom_user, self._deployment.zoom
        cloud = before.account.cloud
        now = await self._grants.call(row.grant_id, lambda access: zoom.me(access, cloud=cloud, with_permissions=False))
        seen = before.model_copy(update={"role": now.role, "status": now.status, "licence": now.licence})
        await self._deployment.store.write(
            lambda tx: tx.connections.save(row.model_copy(update={"zoom_user": seen, "revision": row.revision + 1}))
        )
        return Cause.AUTHORIZER_ROLE if before.is_admin and not seen.is_admin else None

    async def _connections(self, app: str, payload: _Payload) -> tuple[ConnectionRecord, ...]:
        """The connections that rest on grants of the event's Zoom user through the app it was sent to."""
        user_id = payload.user_id or payload.object.id

        def read(tx: Transaction) -> tuple[ConnectionRecord, ...]:
            grants = tx.grants.of_user(payload.account_id, user_id)
            return tuple(row for grant in grants if grant.app == app for row in tx.connections.on_grant(grant.id))

        return await self._deployment.store.read(read)
