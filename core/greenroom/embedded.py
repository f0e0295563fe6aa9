"""The embedded Zoom beside a Greenroom: for trying things out and for an integrator's own tests, with no account.

with EmbeddedZoom(folder) as zoom:
    async with Greenroom(zoom.configuration()) as greenroom:
        begun = await greenroom.connect("Northwind", as_="adam.admin@northwind.example")
        await greenroom.complete_url(zoom.authorize(begun.url, "adam.admin@northwind.example"))
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from greenroom.configuration import DEFAULT_SERVICE, Configuration, ZoomAppConfiguration
from greenroom.engine.ports.ambient import Clock
from greenroom.errors import GreenroomError
from greenroom.sandbox import RemoteSandbox, Sandbox, SandboxServer, World, load_world
from greenroom.store import Keyring


class ZoomPageShown(GreenroomError):
    """Zoom showed a page (a refusal, say) and sent nobody back."""

    code = "embedded.zoom_page"


class ReadyApp(BaseModel):
    """An app of the embedded Zoom."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    kind: Literal["user", "admin"]
    client_id: str
    client_secret: str
    webhook_secret: str | None = None


class EmbeddedZoom:
    """Runs the sandbox on a free port, and configures a Greenroom for it.

    ``folder`` takes database and letters. ``seed`` makes the sandbox's ids repeatable. Of several apps of a kind
    the one that asks for the fewest scopes is used. ``world`` is the demonstration's unless given. With ``starts``
    its clock stands still at that instant until the control API moves it; let Greenroom go by the same `clock` then.
    """

    def __init__(
        self, folder: Path, *, seed: int | None = None, world: World | None = None, starts: datetime | None = None
    ) -> None:
        self._folder = folder
        self._sandbox = Sandbox(world or load_world(), seed=seed, clock=starts, frozen=starts is not None)
        self._server = SandboxServer(self._sandbox)
        self._keys = Keyring.generate()

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    @property
    def base_url(self) -> str:
        """Where the embedded Zoom answers."""
        return self._server.base_url

    @property
    def control_url(self) -> str:
        """The control API."""
        return f"{self.base_url}/_sandbox"

    @property
    def clock(self) -> Clock:
        """The embedded Zoom's clock."""
        return self._sandbox.state.clock

    @property
    def apps(self) -> Mapping[str, ReadyApp]:
        """The app used of each kind."""
        ready = [ReadyApp.model_validate(app) for app in json.loads(self._server.ready_line)["apps"]]
        scopes = {app.name: len(app.scopes) for app in self._sandbox.state.directory.apps.values()}
        return {app.kind: app for app in sorted(ready, key=lambda app: scopes[app.name], reverse=True)}

    def configuration(self, public_url: str | None = None) -> Configuration:
        """Return the configuration of a Greenroom that talks to it; ``public_url`` if a service runs."""
        service = public_url or DEFAULT_SERVICE
        return Configuration(
            database_url=f"sqlite:///{self._folder / 'greenroom.db'}",
            keys=self._keys,
            public_url=public_url,
            out=self._folder / "invites",
            zoom_apps={
                app.name: ZoomAppConfiguration.model_validate(
                    {
                        **app.model_dump(exclude={"name"}),
                        "redirect_uri": f"{service}/oauth/callback/{app.name}",
                        "host": self.base_url,
                    }
                )
                for app in self.apps.values()
            },
        )

    def authorize(self, url: str | None, user: str, decision: Literal["authorize", "decline"] = "authorize") -> str:
        """Decide at Zoom's consent page ``url`` as ``user``; return the address the browser ends on.

        Raises `ZoomPageShown` when Zoom sends nobody back.
        """
        page = self.control("POST", "authorize", authorize_url=url, user=user, decision=decision)
        if page["outcome"] != "redirect":
            raise ZoomPageShown(str(page["message"]), where="Zoom's page", next="Nobody is sent back from it")
        return str(page["location"])

    def subscribe(self, public_url: str) -> None:
        """Have Zoom tell the service at ``public_url`` of every event, and of each app's removal.

        The service proves that it knows the app's webhook secret before anything is sent.
        """
        for app in self.apps.values():
            url = f"{public_url}/webhooks/zoom/{app.name}"
            for events in (["*"], ["app_deauthorized"]):
                self.control("POST", "subscriptions", app=app.name, url=url, events=events)

    def control(self, method: str, call: str, **body: object) -> Mapping[str, object]:
        """Make one call of the control API and return its JSON object."""
        return RemoteSandbox(self.base_url).control(method, call, **body)
