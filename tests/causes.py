"""A connection's ground given way: as it happens at Zoom, or at the engine's own door where nothing at Zoom brings it
about."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.embedded import ZOOM_ADMIN, World

from greenroom.facade import Greenroom
from greenroom.model import Action, AppKind, Cause, Level
from greenroom.profiles.manifest import Manifest
from greenroom.zoom import digest

_ASKED_FOR = {"admin": ("GET /users", "user:read:list_users:admin"), "user": ("GET /users/{userId}", "user:read:user")}
"""What is asked of Zoom when people are looked up, and the scope it takes."""


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


@dataclass(frozen=True)
class Ground:
    """What a connection of an organization rests on: whoever made it, and the app they made it through.

    ``email`` is a member's own, or empty for the organization's; ``made_by`` is who authorized it at Zoom.
    """

    greenroom: Greenroom
    world: World
    name: str
    profile: str
    level: Level
    email: str = ""
    made_by: str = ZOOM_ADMIN

    async def gives_way(self, cause: Cause) -> None:
        """Bring a cause about; where it was an admin's doing, they undo it afterwards, for whoever connects next."""
        brought_about: dict[Cause, Callable[[], Awaitable[None]]] = {
            Cause.PERSON: self._by_person,
            Cause.SWITCHED_OFF: self._switched_off,
            Cause.UNINSTALLED: self._uninstalled,
            Cause.AUTHORIZER_ROLE: self._demoted,
            Cause.AUTHORIZER_GONE: self._gone,
            Cause.SCOPES_LOST: self._scopes_lost,
            Cause.APPROVAL_WITHDRAWN: self._approval_withdrawn,
            Cause.GRANT_DEAD: self._dead,
        }
        await brought_about[cause]()

    async def tell_removal(self, **more: object) -> None:
        """Have Zoom tell that whoever made it removed the app."""
        await self._told("app_deauthorized", user_id=self._zoom_user_id, **more)

    async def _by_person(self) -> None:
        if not self._offers(Action.DISCONNECT):
            await lose(self.greenroom, self.name, self.level, self.email, Cause.PERSON)
            return
        as_ = self.email or self.made_by
        await self.greenroom.disconnect(self.name, as_=as_, level=self.level, confirmed=True)

    async def _switched_off(self) -> None:
        if not self._offers(Action.DISABLE):
            await lose(self.greenroom, self.name, self.level, self.email, Cause.SWITCHED_OFF)
            return
        await self.greenroom.act(self.name, Action.DISABLE, as_=self.made_by, level=self.level)

    async def _uninstalled(self) -> None:
        self.world.control("POST", "uninstall", app=self._app, user=self.made_by)
        await self.tell_removal()

    async def _demoted(self) -> None:
        before = self._change(role="member")
        await self._told("user.updated", object={"id": self._zoom_user_id, "role": "Member"})
        self._change(role=before)

    async def _gone(self) -> None:
        self._change(status="inactive")
        await self._told("user.deactivated", object={"id": self._zoom_user_id})
        self._change(status="active")

    async def _scopes_lost(self) -> None:
        operation, scope = _ASKED_FOR[self._kind]
        message = f"Invalid access token, does not contain scopes:[{scope}]."
        self.world.fault(operation, "status", status=400, body={"code": 4711, "message": message})
        await self.greenroom.refresh_directory(self.name)

    async def _approval_withdrawn(self) -> None:
        self.world.control("POST", "approvals", app=self._app, state="rejected")
        await self.greenroom.refresh_directory(self.name)
        self.world.control("POST", "approvals", app=self._app, state="approved")

    async def _dead(self) -> None:
        self.world.control("POST", "uninstall", app=self._app, user=self.made_by)
        await self.greenroom.refresh_directory(self.name)

    async def _told(self, event: str, **payload: object) -> None:
        body = json.dumps({"event": event, "payload": {"account_id": "northwind-account", **payload}}).encode()
        await self.greenroom.keep_webhook(self._app, body, digest(body))
        assert await self.greenroom.work_inbox() == 1

    def _change(self, **fields: str) -> str:
        """Have an admin change who made it, at Zoom; return their role before."""
        user = self.world.state.directory.find_user(self.made_by)
        assert user is not None
        self.world.control("POST", f"users/{self.made_by}", **fields)
        return user.role

    def _offers(self, action: Action) -> bool:
        return action in self._manifest.actions[self.level]

    @property
    def _manifest(self) -> Manifest:
        return self.greenroom.profiles.manifest(self.profile)

    @property
    def _zoom_user_id(self) -> str:
        user = self.world.state.directory.find_user(self.made_by)
        assert user is not None
        return user.id

    @property
    def _app(self) -> str:
        return self.world.apps[self._kind].name

    @property
    def _kind(self) -> AppKind:
        return self._manifest.apps[self.level]
