"""The embedded Zoom of a test, and the way through its consent page."""

from __future__ import annotations

from typing import Any

from greenroom.configuration import Configuration
from greenroom.embedded import EmbeddedZoom
from greenroom.facade import Greenroom

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
    def creates(self) -> int:
        """How many creates were asked for."""
        return int(self.ledger["create_requests"])

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
