"""Access through a grant: refreshed in time, by one of us at a time, and never declared dead too early."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from greenroom.engine.deployment import Deployment
from greenroom.engine.flights import Flights
from greenroom.engine.ports.records import GrantRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import (
    Access,
    AccessRejected,
    AppRefused,
    GrantDead,
    GrantEnd,
    NotPermitted,
    OutcomeUnclear,
    RateLimited,
    ScopeMissing,
    Tokens,
    ZoomError,
    ZoomUnavailable,
)

T = TypeVar("T")

REFRESH_BEFORE = timedelta(minutes=5)
"""An access token with less life than this is refreshed before it is used."""

STILL_GOOD = timedelta(seconds=60)
"""With this much life an access token is used as it is when refreshing it ahead of time fails: longer than a call."""

LEASE_FOR = timedelta(seconds=45)
"""Longer than one token request may take; the holder takes it anew before another one."""

LOOK_AGAIN = 0.05
PATIENCE = 60.0
"""Seconds to wait for whoever holds the lease; a process that died holding it is waited for no longer than that."""

ASK_AT_MOST = 2
"""A lost answer to a refresh is asked for once more: Zoom may still take the same refresh token, or say that it is
used up. Either way the question is settled."""

log = logging.getLogger(__name__)


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
            "ended": None,
            "generation": record.generation + 1,
        }
    )


def keep_tokens(tx: Transaction, fresh: GrantRecord, *, generation: int) -> bool:
    """Replace a grant that still is of ``generation``; return whether it was.

    The connections that rest on it then know the scopes it has now: what was taken away stops what is tied to it.
    """
    if not tx.grants.replace(fresh, generation=generation):
        return False
    for row in tx.connections.on_grant(fresh.id):
        if row.scopes != fresh.scopes:
            tx.connections.save(row.model_copy(update={"scopes": fresh.scopes, "revision": row.revision + 1}))
    return True


Told = Callable[[str], Awaitable[None]]
ScopesLost = Callable[[str, frozenset[str]], Awaitable[None]]


class Grants:
    """Hands out access and refreshes it.

    One refresh at a time for a grant: tasks of this process wait for the same one, other processes for its lease in
    the store. New tokens are committed before anybody uses them. Only Zoom's own word, read after looking whether
    somebody else renewed the grant meanwhile, makes it dead; no other failure changes anything that is kept.
    """

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._flights: Flights[GrantRecord] = Flights()
        self._when_dead: list[Told] = []
        self._when_not_permitted: list[Told] = []
        self._when_scopes_lost: list[ScopesLost] = []

    def when_dead(self, then: Told) -> None:
        """Have ``then`` called with the id of a grant that turned out dead; it may be called again for the same."""
        self._when_dead.append(then)

    def when_not_permitted(self, then: Told) -> None:
        """Have ``then`` called with the id of a grant through which something was not permitted."""
        self._when_not_permitted.append(then)

    def when_scopes_lost(self, then: ScopesLost) -> None:
        """Have ``then`` called with the id of a grant that lives on, and the Zoom scopes it turned out to have lost."""
        self._when_scopes_lost.append(then)

    async def call(self, grant_id: str, request: Callable[[Access], Awaitable[T]]) -> T:
        """Run one Zoom call; a rejected access token (which had no effect) is refreshed and tried once more.

        Raises `GrantDead` when somebody has to connect anew, and whatever the call raises. A grant that is refused
        for a scope it was given is looked at anew: what it has lost is told to whoever watches for that.
        """
        try:
            return await self._with_access(grant_id, request)
        except GrantDead:
            await self._died(grant_id)
            raise
        except ScopeMissing as missing:
            await self._look_at_scopes(grant_id, frozenset(missing.scopes))
            raise
        except NotPermitted:
            for then in self._when_not_permitted:
                await then(grant_id)
            raise

    async def settled(self) -> None:
        """Wait for refreshes under way: one that is broken off may lose tokens that Zoom gives only once."""
        await self._flights.landed()

    async def _died(self, grant_id: str) -> None:
        for then in self._when_dead:
            await then(grant_id)

    async def _lost(self, grant_id: str, scopes: frozenset[str]) -> None:
        for then in self._when_scopes_lost if scopes else ():
            await then(grant_id, scopes)

    async def _look_at_scopes(self, grant_id: str, missing: frozenset[str]) -> None:
        """Have new tokens, whose scopes are what is granted now. A scope that Zoom lists and refuses is lost, too."""
        try:
            before = await self._read(grant_id)
            if missing and not missing & before.scopes:
                return  # it was never given
            fresh = await self._refreshed(grant_id, stale=before.generation)
        except GrantDead:
            await self._died(grant_id)
            return
        except ZoomError as error:
            log.warning("which scopes a grant still has could not be looked at: %s", error.code)
            return
        refused = missing & fresh.scopes
        if not refused:
            return
        without = fresh.model_copy(update={"scopes": fresh.scopes - refused})
        if await self._deployment.store.write(lambda tx: keep_tokens(tx, without, generation=fresh.generation)):
            await self._lost(grant_id, refused)

    async def _with_access(self, grant_id: str, request: Callable[[Access], Awaitable[T]]) -> T:
        grant = await self._live(grant_id)
        try:
            return await request(_access(grant))
        except AccessRejected:
            fresh = await self._refreshed(grant_id, stale=grant.generation)
            return await request(_access(fresh))

    async def _live(self, grant_id: str) -> GrantRecord:
        grant = await self._read(grant_id)
        left = grant.expires_at - self._deployment.clock.now()
        if left > REFRESH_BEFORE:
            return grant
        try:
            return await self._refreshed(grant_id, stale=grant.generation)
        except (AppRefused, RateLimited, ZoomUnavailable) as error:
            if left < STILL_GOOD:
                raise
            log.warning("a token is used on, as refreshing it ahead of time failed: %s", error.code)
            return grant

    async def _read(self, grant_id: str) -> GrantRecord:
        grant = await self._deployment.store.read(lambda tx: tx.grants.get(grant_id))
        if grant is None or grant.state == "dead":
            raise GrantDead("the grant has ended at Zoom", next="Connect to Zoom anew")
        return grant

    async def _refreshed(self, grant_id: str, *, stale: int) -> GrantRecord:
        return await self._flights.join(f"refresh-{grant_id}-{stale}", lambda: self._in_turn(grant_id, stale))

    async def _in_turn(self, grant_id: str, stale: int) -> GrantRecord:
        waited = 0.0
        # A name of its own: two refreshes of this process must not share a lease.
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
            return grant if grant.generation != stale else await self._refresh(grant, holder)
        finally:
            await self._deployment.store.write(lambda tx: tx.grants.end_lease(grant_id, holder))

    async def _refresh(self, grant: GrantRecord, holder: str) -> GrantRecord:
        try:
            tokens = await self._new_tokens(grant, holder)
        except GrantDead as dead:
            return await self._newer_or_dead(grant, dead.ended)
        fresh = with_tokens(grant, tokens, self._deployment)
        if not await self._deployment.store.write(lambda tx: keep_tokens(tx, fresh, generation=grant.generation)):
            return await self._read(grant.id)
        await self._lost(grant.id, grant.scopes - fresh.scopes)
        return fresh

    async def _new_tokens(self, grant: GrantRecord, holder: str) -> Tokens:
        app = self._deployment.app_named(grant.app)
        lost: OutcomeUnclear | None = None
        for _ in range(ASK_AT_MOST):
            if lost is not None and not await self._take_lease(grant.id, holder):
                break
            try:
                return await self._deployment.zoom.refresh(app, grant.refresh_token)
            except OutcomeUnclear as error:
                lost = error
        # Nothing else was asked of Zoom yet. If Zoom did replace the token, the next refresh finds the grant dead.
        raise ZoomUnavailable("Zoom's answers to a token refresh were lost", next="Try again") from lost

    async def _newer_or_dead(self, grant: GrantRecord, ended: GrantEnd | None) -> GrantRecord:
        """Look again before believing that a grant is dead: somebody else may have refreshed or reconnected it."""

        def judge(tx: Transaction) -> GrantRecord | None:
            current = tx.grants.get(grant.id)
            if current is not None and current.generation == grant.generation:
                dead = current.model_copy(update={"state": "dead", "ended": ended})
                tx.grants.replace(dead, generation=grant.generation)
                return None
            return current

        current = await self._deployment.store.write(judge)
        if current is None or current.state == "dead":
            raise GrantDead("Zoom does not accept the grant any more", next="Connect to Zoom anew")
        return current


def _access(grant: GrantRecord) -> Access:
    return Access(api_url=grant.api_url, token=grant.access_token, account=grant.zoom_account_id or None)
