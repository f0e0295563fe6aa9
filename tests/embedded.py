"""The embedded Zoom of a test, and the way through its consent page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from greenroom.configuration import Configuration, ZoomAppConfiguration
from greenroom.facade import Greenroom
from greenroom.store import Keyring

ZOOM_OWNER = "olivia.owner@northwind.example"
ZOOM_ADMIN = "adam.admin@northwind.example"
RECRUITER = "rita.recruiter@northwind.example"
SERVICE = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class World:
    """The embedded Zoom of one test: where it is, and its control API."""

    base_url: str
    apps: dict[str, dict[str, Any]]

    def control(self, method: str, path: str, **body: Any) -> Any:
        """Call the control API and return its JSON."""
        with httpx.Client(base_url=f"{self.base_url}/_sandbox", trust_env=False) as client:
            answer = client.request(method, path, json=body or None)
            answer.raise_for_status()
            return answer.json()

    def consent(self, authorize_url: str, user: str, decision: str = "authorize") -> dict[str, Any]:
        """Decide at Zoom's consent page without a browser; return what the page did."""
        found = self.control("POST", "/authorize", authorize_url=authorize_url, user=user, decision=decision)
        assert isinstance(found, dict)
        return found

    @property
    def meetings(self) -> list[dict[str, Any]]:
        """Every meeting ever made here."""
        found = self.control("GET", "/ledger")["meetings"]
        assert isinstance(found, list)
        return found

    @property
    def creates(self) -> int:
        """How many creates were asked for."""
        return int(self.control("GET", "/ledger")["create_requests"])


def configured(world: World, folder: Path, **more: Any) -> Configuration:
    """Return a configuration for ``world`` with its database and letters below ``folder``."""
    chosen = {"admin": world.apps["coordination"], "user": world.apps["user"]}
    return Configuration(
        database_url=f"sqlite:///{folder / 'greenroom.db'}",
        keys=Keyring.generate(),
        out=folder / "out",
        zoom_apps={
            app["name"]: ZoomAppConfiguration(
                client_id=app["client_id"],
                client_secret=app["client_secret"],
                kind=kind,
                redirect_uri=f"{SERVICE}/oauth/callback/{app['name']}",
                webhook_secret=app["webhook_secret"],
                host=world.base_url,
            )
            for kind, app in chosen.items()
        },
        **more,
    )


async def connected(greenroom: Greenroom, world: World, name: str, **how: Any) -> None:
    """Lead ``how['as_']`` through Zoom's consent and back for organization ``name``."""
    begun = await greenroom.connect(name, **how)
    assert begun.url is not None, begun
    page = world.consent(begun.url, how["as_"])
    assert page["outcome"] == "redirect", page
    settled = await greenroom.complete_url(page["location"])
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
