"""Access through a grant: refreshed in time, by one of us at a time, and never declared dead too early."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import GrantRecord
from greenroom.engine.ports.zoom import Access, AccessRejected, GrantDead, OutcomeUnclear, Tokens, ZoomUnavailable

T = TypeVar("T")

REFRESH_BEFORE = timedelta(minutes=5)
LEASE_FOR = timedelta(seconds=45)
LOOK_AGAIN = 0.05
PATIENCE = 60.0


def with_tokens(record: GrantRecord, tokens: Tokens, deployment: Deployment) -> GrantRecord:
    """Return the grant carrying freshly granted tokens, alive, as its next generation."""
    return record.model_copy(
        update={
            "access_token": tokens.access_token,
            "refresh_token": tokens.refresh_token,
            "scopes": tokens.scopes,
            "api_url": tokens.api_url,
            "expires_at": deployment.clock.now() + timedelta(seconds=tokens.expires_in),
            "state": "live",
            "generation": record.generation + 1,
        }
    )


class Grants:
    """Hands out access and refreshes it: single flight, across processes too, through a lease in the store."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    async def call(self, grant_id: str, request: Callable[[Access], Awaitable[T]]) -> T:
        """Run one Zoom call; a rejected access token (which had no effect) is refreshed and tried once more.

        Raises `GrantDead` when somebody has to connect anew, and whatever the call raises.
        """
        grant = await self._live(grant_id)
        try:
            return await request(_access(grant))
        except AccessRejected:
            fresh = await self._refreshed(grant_id, stale=grant.generation)
            return await request(_access(fresh))

    async def _live(self, grant_id: str) -> GrantRecord:
        grant = await self._read(grant_id)
        if grant.expires_at - self._deployment.clock.now() > REFRESH_BEFORE:
            return grant
        return await self._refreshed(grant_id, stale=grant.generation)

    async def _read(self, grant_id: str) -> GrantRecord:
        grant = await self._deployment.store.read(lambda tx: tx.grants.get(grant_id))
        if grant is None or grant.state == "dead":
            raise GrantDead("the grant has ended at Zoom", next="Connect to Zoom anew")
        return grant

    async def _refreshed(self, grant_id: str, *, stale: int) -> GrantRecord:
        waited = 0.0
        # A name of its own: two tasks of this process must not share a lease.
        holder = self._deployment.ids.new("ref")
        while waited < PATIENCE:
            grant = await self._read(grant_id)
            if grant.generation != stale:
                return grant
            if await self._take_lease(grant_id, holder):
                return await self._refresh_leased(grant_id, stale, holder)
            await asyncio.sleep(LOOK_AGAIN)
            waited += LOOK_AGAIN
        raise ZoomUnavailable("another process has been refreshing this grant for a minute", next="Try again")

    async def _take_lease(self, grant_id: str, holder: str) -> bool:
        now = self._deployment.clock.now()
        return await self._deployment.store.write(
            lambda tx: tx.grants.lease(grant_id, holder, until=now + LEASE_FOR, now=now)
        )

    async def _refresh_leased(self, grant_id: str, stale: int, holder: str) -> GrantRecord:
        try:
            grant = await self._read(grant_id)
            if grant.generation != stale:
                return grant
            return await self._refresh(grant)
        finally:
            await self._deployment.store.write(lambda tx: tx.grants.end_lease(grant_id, holder))

    async def _refresh(self, grant: GrantRecord) -> GrantRecord:
        app = self._deployment.app_named(grant.app)
        try:
            tokens = await self._deployment.zoom.refresh(app, grant.refresh_token)
        except GrantDead:
            return await self._newer_or_dead(grant)
        except OutcomeUnclear as error:
            # Nothing else was asked of Zoom yet. If Zoom did rotate the token, the next refresh finds the grant dead.
            raise ZoomUnavailable("Zoom's answer to a token refresh was lost", next="Try again") from error
        fresh = with_tokens(grant, tokens, self._deployment)
        kept = await self._deployment.store.write(lambda tx: tx.grants.replace(fresh, generation=grant.generation))
        return fresh if kept else await self._read(grant.id)

    async def _newer_or_dead(self, grant: GrantRecord) -> GrantRecord:
        """Re-read before believing that a grant is dead: somebody else may have refreshed or reconnected it."""
        current = await self._read(grant.id)
        if current.generation != grant.generation:
            return current
        dead = grant.model_copy(update={"state": "dead"})
        await self._deployment.store.write(lambda tx: tx.grants.replace(dead, generation=grant.generation))
        raise GrantDead("Zoom does not accept the grant any more", next="Connect to Zoom anew")


def _access(grant: GrantRecord) -> Access:
    return Access(api_url=grant.api_url, token=grant.access_token)
