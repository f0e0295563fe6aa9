"""The embedded Zoom of a test, and the way through its consent page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from greenroom.configuration import Configuration
from greenroom.embedded import EmbeddedZoom
from greenroom.facade import Greenroom
from greenroom.sandbox.state import State

ZOOM_OWNER = "olivia.owner@northwind.example"
ZOOM_ADMIN = "adam.admin@northwind.example"
RECRUITER = "rita.recruiter@northwind.example"


class World(EmbeddedZoom):
    """The embedded Zoom, with what tests look at."""

    @property
    def ledger(self) -> Any:
        """Every meeting ever and every request."""
        return self.control("GET", "ledger")

    @property
    def meetings(self) -> list[dict[str, Any]]:
        """Every meeting ever made here."""
        found: list[dict[str, Any]] = self.ledger["meetings"]
        return found

    @property
    def now(self) -> datetime:
        """The instant it is here."""
        return self._sandbox.state.clock.now()

    @property
    def state(self) -> State:
        """Everything the embedded Zoom knows."""
        return self._sandbox.state

    @property
    def creates(self) -> int:
        """How many creates were asked for."""
        return int(self.ledger["create_requests"])

    def let_refresh_tokens_live(self, seconds: float) -> None:
        """Have replaced refresh tokens stay usable for some seconds: 0, as at the start, is strict rotation."""
        apps = self._sandbox.state.directory.apps
        for name, app in list(apps.items()):
            apps[name] = replace(app, refresh_grace_seconds=seconds)

    def take_scopes(self, prefix: str) -> None:
        """Have every grant lose its scopes of this prefix, as new tokens will tell."""
        known = self._sandbox.state.grants._grants
        for name, grant in list(known.items()):
            left = tuple(scope for scope in grant.scopes if not scope.startswith(prefix))
            known[name] = replace(grant, scopes=left)

    def give_role(self, who: str, role: str, privileges: Collection[str]) -> None:
        """Make a role of somebody's account with these privileges, or give it these, and assign it."""
        directory = self._sandbox.state.directory
        user = directory.find_user(who)
        assert user is not None
        account = directory.account_of(user)
        made = replace(account.roles["member"], id=f"role-{role}", name=role, privileges=frozenset(privileges))
        directory.accounts[account.id] = replace(account, roles={**account.roles, role: made})
        self.control("POST", f"users/{who}", role=role)

    def struck(self) -> bool:
        """Return whether any planted fault has met a request."""
        faults: Any = self.control("GET", "faults")["faults"]
        return any(one["seen"] for one in faults)

    def fault(self, operation: str, kind: str, **more: Any) -> None:
        """Plant a fault."""
        self.control("POST", "faults", operation=operation, kind=kind, **more)


async def connected(greenroom: Greenroom, world: World, name: str, **how: Any) -> None:
    """Lead ``how['as_']`` through Zoom's consent and back for organization ``name``."""
    begun = await greenroom.connect(name, **how)
    assert begun.url is not None, begun
    settled = await greenroom.complete_url(world.authorize(begun.url, how["as_"]))
    assert not settled.refused, settled


def environment(configuration: Configuration) -> dict[str, str]:
    """Return a configuration as environment variables for a child process."""
    found = {
        "GREENROOM_DATABASE_URL": configuration.database_url,
        "GREENROOM_OUT": str(configuration.out),
        "GREENROOM_KEYS": configuration.keys.get_secret_value() if configuration.keys else "",
    }
    for name, app in configuration.zoom_apps.items():
        prefix = f"GREENROOM_ZOOM_APPS__{name.upper()}__"
        found |= {
            f"{prefix}CLIENT_ID": app.client_id,
            f"{prefix}CLIENT_SECRET": app.client_secret.get_secret_value(),
            f"{prefix}KIND": app.kind,
            f"{prefix}REDIRECT_URI": app.redirect_uri or "",
            f"{prefix}HOST": app.host,
        }
    return found
