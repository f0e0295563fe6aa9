"""What one running Greenroom consists of: its ports, its Zoom apps, its profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from greenroom.engine.ports.ambient import Clock, Ids
from greenroom.engine.ports.calendar import Calendar
from greenroom.engine.ports.delivery import Delivery
from greenroom.engine.ports.store import Store
from greenroom.engine.ports.zoom import Zoom, ZoomApp
from greenroom.errors import ConfigurationFault
from greenroom.model import AppKind, CalendarKind
from greenroom.profiles import Registry

SETTLE_AFTER = (0.0, 0.5, 1.5)
"""Seconds: a request whose answer was lost may still be at work at Zoom."""


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """The engine's surroundings.

    ``apps``: the configured Zoom apps by name. ``public_url``: where our own service is reached from browsers
    (no trailing slash); ``None`` = no service runs, people are sent to Zoom directly. ``calendars``: the calendar
    systems that can be written to and looked into. ``settle_after``: pauses in seconds before each look at Zoom for a
    meeting whose creation ended unclear.
    """

    store: Store
    zoom: Zoom
    profiles: Registry
    clock: Clock
    ids: Ids
    delivery: Delivery
    apps: Mapping[str, ZoomApp]
    public_url: str | None = None
    calendars: Mapping[CalendarKind, Calendar] = field(default_factory=dict)
    settle_after: tuple[float, ...] = SETTLE_AFTER

    def app_for(self, profile: str, kind: AppKind) -> ZoomApp:
        """Return the Zoom app a profile's connections go through.

        An app named ``<profile>_<kind>`` or ``<profile>`` wins; otherwise the only app of that kind. Raises
        `ConfigurationFault` when there is none, or more than one to choose from.
        """
        for name in (f"{profile}_{kind}", profile):
            named = self.apps.get(name)
            if named is not None and named.kind == kind:
                return named
        fitting = [app for app in self.apps.values() if app.kind == kind]
        if len(fitting) == 1:
            return fitting[0]
        what = f"no Zoom app of kind {kind!r}" if not fitting else f"{len(fitting)} Zoom apps of kind {kind!r}"
        raise ConfigurationFault(
            f"{what} for profile {profile!r}",
            where="GREENROOM_ZOOM_APPS",
            next=f"Set GREENROOM_ZOOM_APPS__{profile.upper()}_{kind.upper()}__CLIENT_ID, …__CLIENT_SECRET and "
            f"…__KIND={kind}",
        )

    def app_named(self, name: str) -> ZoomApp:
        """Return a configured app; raises `ConfigurationFault` if its name is not configured any more."""
        app = self.apps.get(name)
        if app is None:
            raise ConfigurationFault(
                f"the Zoom app {name!r} is not configured",
                where="GREENROOM_ZOOM_APPS",
                next=f"Configured are: {', '.join(sorted(self.apps)) or 'none'}",
            )
        return app
