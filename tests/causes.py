"""A connection's ground given way on purpose, at the engine's own door for it."""

from __future__ import annotations

from greenroom.facade import Greenroom
from greenroom.model import Cause, Level


async def lose(greenroom: Greenroom, name: str, level: Level, email: str, cause: Cause) -> None:
    """Have the organization's connection, or ``email``'s own, meet a cause, as the inbox and token broker do."""
    deployment = greenroom._deployment
    organization = (await greenroom.status(name)).organization.id
    rows = await deployment.store.read(lambda tx: tx.connections.of_organization(organization))
    member = await deployment.store.read(lambda tx: tx.organizations.member(organization, email))
    owner = organization if level is Level.ORGANIZATION or member is None else member.id
    row = next(one for one in rows if (one.level, one.owner) == (level, owner))
    if cause is Cause.GRANT_DEAD:
        grant_id = row.grant_id or ""
        grant = await deployment.store.read(lambda tx: tx.grants.get(grant_id))
        assert grant is not None
        dead = grant.model_copy(update={"state": "dead"})
        await deployment.store.write(lambda tx: tx.grants.replace(dead, generation=grant.generation))
    await greenroom._disconnect.lose(row, cause)
