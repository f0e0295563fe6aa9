"""Whether whoever authorized still is a Zoom admin: looked at when Zoom says that they changed, and when it refuses."""

from __future__ import annotations

import logging

from greenroom.engine.deployment import Deployment
from greenroom.engine.directory import Directory
from greenroom.engine.disconnect import Disconnect
from greenroom.engine.ports.records import ConnectionRecord
from greenroom.errors import GreenroomError
from greenroom.model import Cause

log = logging.getLogger(__name__)


class RoleWatch:
    """Looks at Zoom what a user is now: a webhook names a role or a licence, and a refusal nothing at all."""

    def __init__(self, deployment: Deployment, directory: Directory, disconnect: Disconnect) -> None:
        self._deployment = deployment
        self._directory = directory
        self._disconnect = disconnect
        self._looking: set[str] = set()

    async def look(self, row: ConnectionRecord) -> None:
        """Look who a connection's user is; an admin who is one no more is a cause of loss. Raises `ZoomError`."""
        renewal = await self._directory.renew_own(row)
        was_admin = any(user.is_admin for user in renewal.before)
        if was_admin and not any(user.is_admin for user in renewal.after):
            await self._disconnect.lose(row, Cause.AUTHORIZER_ROLE)

    async def refused(self, grant_id: str) -> None:
        """Something was not permitted through a grant: look whether that is because an admin is one no more."""
        rows = await self._deployment.store.read(lambda tx: tx.connections.on_grant(grant_id))
        admins = [row for row in rows if row.zoom_user is not None and row.zoom_user.is_admin]
        if grant_id in self._looking:
            return  # it is this very look that is refused
        self._looking.add(grant_id)
        try:
            for row in admins:
                await self.look(row)
        except GreenroomError as error:
            log.warning("whether an admin still is one could not be looked at: %s", error.code)
        finally:
            self._looking.discard(grant_id)
