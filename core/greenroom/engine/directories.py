"""An organization's directory, for people: what is kept of who exists at Zoom, and looking there now."""

from __future__ import annotations

from greenroom.engine.deployment import Deployment
from greenroom.engine.directory import Directory, Renewal
from greenroom.engine.directory_views import (
    DirectoryPartView,
    DirectoryView,
    changes_between,
    may_host,
    user_views,
)
from greenroom.engine.ports.records import ConnectionRecord, DirectoryAge
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import ZoomError
from greenroom.engine.standing import Standing, read_standing
from greenroom.errors import NotFound
from greenroom.model import Level, ZoomUser


class Directories:
    """The use cases behind `directory show` and `directory refresh`."""

    def __init__(self, deployment: Deployment, directory: Directory) -> None:
        self._deployment = deployment
        self._directory = directory

    async def show(self, organization: str) -> DirectoryView:
        """Return what is kept; asks nothing of Zoom. Raises `NotFound` when nothing is connected."""
        standing = await self._standing(organization)
        parts = [await self._part(standing, row) for row in _connected(standing)]
        return self._view(standing, parts)

    async def refresh(self, organization: str) -> DirectoryView:
        """Look at Zoom now through every connection, and say what changed; one that fails stops no other.

        Raises `NotFound` when nothing is connected.
        """
        standing = await self._standing(organization)
        parts = [await self._renewed(standing, row) for row in _connected(standing)]
        return self._view(standing, parts)

    async def _renewed(self, standing: Standing, row: ConnectionRecord) -> DirectoryPartView:
        try:
            renewal = await self._directory.renew(standing, row)
        except ZoomError as error:
            part = await self._part(standing, row)
            return part.model_copy(update={"problem": str(error), "code": error.code})
        return await self._part(standing, row, renewal)

    async def _part(
        self, standing: Standing, row: ConnectionRecord, renewal: Renewal | None = None
    ) -> DirectoryPartView:
        users, age, owner = await self._deployment.store.read(lambda tx: _kept(tx, standing, row))
        now = self._deployment.clock.now()
        if renewal is not None and age is None:
            age = DirectoryAge(fetched_at=now)
        return DirectoryPartView(
            level=row.level,
            level_label=standing.profile.labels.level(row.level),
            owner=owner,
            reach="account" if standing.knows_account(row) else "own",
            users=user_views(users),
            hosts=sum(may_host(user) for user in users),
            seen_at=age.fetched_at if age is not None else None,
            outdated_by=age.stale_because if age is not None and age.stale else None,
            first_look=renewal is not None and not renewal.before,
            changes=changes_between(renewal.before, renewal.after) if renewal is not None and renewal.before else (),
        )

    async def _standing(self, organization: str) -> Standing:
        return await self._deployment.store.read(lambda tx: read_standing(tx, self._deployment.profiles, organization))

    def _view(self, standing: Standing, parts: list[DirectoryPartView]) -> DirectoryView:
        name = standing.record.name
        if not parts:
            raise NotFound(
                "nothing is connected to Zoom, so nobody can be looked up",
                where=name,
                next=f"Connect first: greenroom connect {name!r}",
            )
        return DirectoryView(organization=name, at=self._deployment.clock.now(), connections=tuple(parts))


def _connected(standing: Standing) -> tuple[ConnectionRecord, ...]:
    return tuple(row for row in standing.connections if row.grant_id is not None and standing.seen(row).usable)


def _kept(
    tx: Transaction, standing: Standing, row: ConnectionRecord
) -> tuple[tuple[ZoomUser, ...], DirectoryAge | None, str]:
    member = tx.organizations.member(standing.record.id, row.owner) if row.level is Level.MEMBER else None
    owner = member.email if member is not None else standing.record.name
    if not standing.knows_account(row):
        current = tx.connections.get(row.id)
        own = current.zoom_user if current is not None else None
        return (own,) if own is not None else (), None, owner
    grant_id = row.grant_id or ""
    return tx.directory.users(grant_id), tx.directory.age(grant_id), owner
