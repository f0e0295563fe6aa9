"""What Zoom granted, and the grants that connections rest on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from greenroom.engine.deployment import Deployment
from greenroom.engine.grants import keep_tokens, with_tokens
from greenroom.engine.ports.records import ConnectionRecord, GrantRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import Tokens, ZoomApp
from greenroom.engine.standing import Standing
from greenroom.model import ZoomUser


@dataclass(frozen=True)
class Granted:
    """What Zoom granted, and whether it replaced the tokens of a grant that others rest on.

    ``lost``: the scopes which that grant had before and has no more.
    """

    app: ZoomApp
    tokens: Tokens
    user: ZoomUser
    grant: GrantRecord | None
    lost: frozenset[str] = frozenset()


def renew_existing(tx: Transaction, deployment: Deployment, granted: Granted) -> Granted:
    """Give the tokens to the grant that there is of this app and user, if any: Zoom ended its own the moment it gave
    these."""
    current = tx.grants.find(granted.app.client_id, granted.user.id)
    if current is None:
        return granted
    fresh = with_tokens(current, granted.tokens, deployment)
    keep_tokens(tx, fresh, generation=current.generation)
    return replace(granted, grant=fresh, lost=current.scopes - fresh.scopes)


def new_grant(deployment: Deployment, granted: Granted) -> GrantRecord:
    """Return what Zoom granted as a grant of its own."""
    tokens = granted.tokens
    return GrantRecord(
        id=deployment.ids.new("grt"),
        app=granted.app.name,
        client_id=granted.app.client_id,
        zoom_user_id=granted.user.id,
        zoom_account_id=granted.user.account.id or "",
        api_url=tokens.api_url,
        access_token=tokens.access_token,
        refresh_token=tokens.refresh_token,
        scopes=tokens.scopes,
        expires_at=deployment.clock.now() + timedelta(seconds=tokens.expires_in),
    )


def leave_grant(tx: Transaction, standing: Standing, row: ConnectionRecord) -> GrantRecord | None:
    """Let go of the grant a connection rested on; return it if nobody else rests on it (it was removed here).

    The hold on its Zoom user goes when no other connection of the organization is of the same user.
    """
    if row.grant_id is None:
        return None
    others = [other for other in tx.connections.on_grant(row.grant_id) if other.id != row.id]
    grant = tx.grants.get(row.grant_id)
    user = row.zoom_user
    if user is not None and not any(other.organization_id == row.organization_id for other in others):
        tx.connections.release(standing.record.profile, user.id, row.organization_id)
    if others or grant is None:
        return None
    tx.grants.remove(grant.id)
    tx.directory.forget(grant.id)
    return grant
