"""Who exists at Zoom: looked up through the organization's connections, kept with an age."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from greenroom.engine.deployment import Deployment
from greenroom.engine.grants import Grants
from greenroom.engine.ports.records import ConnectionRecord
from greenroom.engine.ports.zoom import Access
from greenroom.engine.standing import Standing
from greenroom.model import Person, ZoomUser, normalize_email

FRESH_FOR = timedelta(minutes=15)


class Directory:
    """Looks people up. Nobody there is an answer; *could not look* raises what Zoom raised [CORE-07]."""

    def __init__(self, deployment: Deployment, grants: Grants) -> None:
        self._deployment = deployment
        self._grants = grants

    async def look_up(self, standing: Standing, emails: Collection[str]) -> Mapping[str, ZoomUser]:
        """Return the Zoom users of these addresses, through every usable connection the profile may see.

        An account-wide connection knows everybody in the account, a member's own only its own user. The first
        connection in the order of precedence wins.
        """
        wanted = {normalize_email(email) for email in emails}
        found: dict[str, ZoomUser] = {}
        for connection in standing.visible():
            row = standing.stored_as(connection)
            if not wanted or row is None or row.grant_id is None or not connection.usable:
                continue
            for email, user in (await self._known_to(standing, row, wanted)).items():
                found.setdefault(email, user)
        return found

    async def people(self, standing: Standing, people: Collection[Person]) -> dict[str, Person]:
        """Return people with their Zoom user filled in, by address."""
        users = await self.look_up(standing, [person.email for person in people])
        return {person.email: person.model_copy(update={"zoom": users.get(person.email)}) for person in people}

    async def _known_to(
        self, standing: Standing, row: ConnectionRecord, wanted: Collection[str]
    ) -> Mapping[str, ZoomUser]:
        if standing.profile.manifest.apps[row.level] == "user":
            user = row.zoom_user
            return {} if user is None else {normalize_email(user.email): user}
        assert row.grant_id is not None
        grant_id = row.grant_id
        await self._renew_if_old(row, grant_id)
        return await self._deployment.store.read(lambda tx: tx.directory.find(grant_id, wanted))

    async def _renew_if_old(self, row: ConnectionRecord, grant_id: str) -> None:
        fetched_at = await self._deployment.store.read(lambda tx: tx.directory.fetched_at(grant_id))
        now = self._deployment.clock.now()
        if fetched_at is not None and now - fetched_at < FRESH_FOR:
            return
        users = await self._grants.call(grant_id, lambda access: self._all_users(access, row))
        await self._deployment.store.write(lambda tx: tx.directory.replace(grant_id, users, now))

    async def _all_users(self, access: Access, row: ConnectionRecord) -> tuple[ZoomUser, ...]:
        assert row.zoom_user is not None
        account = row.zoom_user.account
        walk = self._deployment.zoom.users(access, cloud=account.cloud)
        return tuple([user.model_copy(update={"account": account}) async for user in walk])
