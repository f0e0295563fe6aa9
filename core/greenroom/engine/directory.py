"""Who exists at Zoom: looked up through the organization's connections, kept with an age.

What is kept is looked up anew when it is older than `FRESH_FOR`, when Zoom told that somebody changed, when Zoom
refused a host, and when a person asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from greenroom.engine.deployment import Deployment
from greenroom.engine.flights import Flights
from greenroom.engine.grants import Grants
from greenroom.engine.ports.records import ConnectionRecord, DirectoryAge
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import Access
from greenroom.engine.standing import Standing
from greenroom.model import Person, ZoomUser, normalize_email

FRESH_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Renewal:
    """Who was known before Zoom was asked anew, and who is known now."""

    before: tuple[ZoomUser, ...]
    after: tuple[ZoomUser, ...]


class Directory:
    """Looks people up. Nobody there is an answer; *could not look* raises what Zoom raised [CORE-07]."""

    def __init__(self, deployment: Deployment, grants: Grants) -> None:
        self._deployment = deployment
        self._grants = grants
        self._flights: Flights[Renewal] = Flights()

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

    async def close(self) -> None:
        """Call off the looks that are under way."""
        await self._flights.called_off()

    async def renew(self, standing: Standing, row: ConnectionRecord) -> Renewal:
        """Look at Zoom now, whatever is kept, for everybody this connection knows.

        Raises what Zoom raises; what was kept stays then.
        """
        if row.grant_id is not None and standing.knows_account(row):
            return await self._renew_account(row, row.grant_id)
        return await self.renew_own(row)

    async def renew_own(self, row: ConnectionRecord) -> Renewal:
        """Look at Zoom now for the one user whom a connection is of. The permissions of their role stay as seen."""
        before = row.zoom_user
        if before is None or row.grant_id is None:
            return Renewal((), ())
        zoom, cloud = self._deployment.zoom, before.account.cloud
        now = await self._grants.call(row.grant_id, lambda access: zoom.me(access, cloud=cloud, with_permissions=False))
        seen = before.model_copy(update=now.model_dump(include={"email", "licence", "role", "status"}))
        await self._deployment.store.write(lambda tx: _keep_own(tx, row, seen))
        return Renewal((before,), (seen,))

    async def _known_to(
        self, standing: Standing, row: ConnectionRecord, wanted: Collection[str]
    ) -> Mapping[str, ZoomUser]:
        if not standing.knows_account(row):
            user = row.zoom_user
            return {} if user is None else {normalize_email(user.email): user}
        assert row.grant_id is not None
        grant_id = row.grant_id
        await self._renew_if_old(row, grant_id)
        return await self._deployment.store.read(lambda tx: tx.directory.find(grant_id, wanted))

    async def _renew_if_old(self, row: ConnectionRecord, grant_id: str) -> None:
        age = await self._age(grant_id)
        if self._old(age):
            await self._flights.join(f"directory-{grant_id}-{_marks(age)}", lambda: self._unless_fresh(row, grant_id))

    async def _unless_fresh(self, row: ConnectionRecord, grant_id: str) -> Renewal:
        age = await self._age(grant_id)  # another flight may have landed since this one was asked for
        return await self._walked(row, grant_id, _marks(age)) if self._old(age) else Renewal((), ())

    async def _renew_account(self, row: ConnectionRecord, grant_id: str) -> Renewal:
        marks = _marks(await self._age(grant_id))
        # Whoever comes after another mark must not be content with a list that was asked for before it.
        return await self._flights.join(f"renewal-{grant_id}-{marks}", lambda: self._walked(row, grant_id, marks))

    async def _age(self, grant_id: str) -> DirectoryAge | None:
        return await self._deployment.store.read(lambda tx: tx.directory.age(grant_id))

    def _old(self, age: DirectoryAge | None) -> bool:
        return age is None or age.stale or self._deployment.clock.now() - age.fetched_at >= FRESH_FOR

    async def _walked(self, row: ConnectionRecord, grant_id: str, marks: int) -> Renewal:
        began = self._deployment.clock.now()
        users = await self._grants.call(grant_id, lambda access: self._all_users(access, row))

        def keep(tx: Transaction) -> tuple[ZoomUser, ...]:
            before = tx.directory.users(grant_id)
            tx.directory.replace(grant_id, users, began, marks=marks)
            own = next((user for user in users if row.zoom_user is not None and user.id == row.zoom_user.id), None)
            if own is not None and row.zoom_user is not None:
                # A list does not tell administrators by their own roles: those are looked at one by one.
                seen = own.model_dump(include={"email", "licence", "status"})
                _keep_own(tx, row, row.zoom_user.model_copy(update=seen))
            return before

        return Renewal(await self._deployment.store.write(keep), users)

    async def _all_users(self, access: Access, row: ConnectionRecord) -> tuple[ZoomUser, ...]:
        assert row.zoom_user is not None
        account = row.zoom_user.account
        walk = self._deployment.zoom.users(access, cloud=account.cloud)
        return tuple([user.model_copy(update={"account": account}) async for user in walk])


def _marks(age: DirectoryAge | None) -> int:
    return age.marks if age is not None else 0


def _keep_own(tx: Transaction, row: ConnectionRecord, seen: ZoomUser) -> None:
    """Keep what a connection's own user is now, if it still is of that user; what did not change moves no decision."""
    current = tx.connections.get(row.id)
    if current is None or current.grant_id != row.grant_id or current.zoom_user in {None, seen}:
        return
    tx.connections.save(current.model_copy(update={"zoom_user": seen, "revision": current.revision + 1}))
