"""A Calendly organization at the embedded Zoom, and the few things its people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.embedded import RECRUITER, ZOOM_ADMIN, ZOOM_OWNER, World

from greenroom.engine.outcomes import DisconnectOutcome, GateOutcome, InterviewOutcome
from greenroom.facade import Greenroom
from greenroom.model import Action, Level

ZOE = "zoe.admin@northwind.example"
APRIL = "april.lee@northwind.example"
NAME = "Team"


@dataclass(frozen=True)
class Team:
    """The organization: Adam is a Calendly owner and a Zoom admin, Rita and April are plain users."""

    greenroom: Greenroom
    world: World
    name: str = NAME

    async def share(self, at_zoom: str = ZOOM_ADMIN, by: str = ZOOM_ADMIN) -> GateOutcome:
        """Have ``by`` get the link for connecting Zoom, and ``at_zoom`` complete it."""
        begun = await self.greenroom.connect(self.name, as_=by, level=Level.ORGANIZATION, share=True)
        return begun if begun.refused else await self._back(begun, at_zoom)

    async def connect(self, who: str, at_zoom: str | None = None) -> GateOutcome:
        """Have somebody connect a personal Zoom account."""
        begun = await self.greenroom.connect(self.name, as_=who, level=Level.MEMBER)
        return begun if begun.refused else await self._back(begun, at_zoom or who)

    async def disconnect(self, who: str, level: Level = Level.MEMBER) -> DisconnectOutcome:
        """Have somebody choose Disconnect."""
        return await self.greenroom.disconnect(self.name, as_=who, level=level, confirmed=True)

    async def allow_removal(self, word: str = "on") -> GateOutcome:
        """Have the owner switch whether users may remove the org-level connection."""
        return await self.greenroom.configure(self.name, {"allow_removal": word}, as_=ZOOM_ADMIN)

    async def remove_mine(self, who: str) -> GateOutcome:
        """Have somebody remove the org-level connection for themself."""
        return await self.greenroom.act(self.name, Action.REMOVE_MINE, as_=who, level=Level.ORGANIZATION)

    async def types(self) -> dict[str, str | None]:
        """Return the Type column: who is connected, and how."""
        outcome = await self.greenroom.members(self.name)
        assert all(one.connected == (one.type is not None) for one in outcome.members)
        return {one.email: one.type_label or None for one in outcome.members}

    async def schedule(self, who: str = RECRUITER, **place: Any) -> InterviewOutcome:
        """Have somebody schedule an event; it has a time unless ``start`` is None."""
        start = place.pop("start", "+3d 09:00")
        event = {"title": "Chat", "start": start, "duration_minutes": 30, "place": place}
        panel = {"scheduler": who, "candidate": {"email": "cam@home.example"}, "interviews": [event]}
        return (await self.greenroom.schedule(self.name, panel)).interviews[0]

    async def needing_attention(self) -> dict[str, str]:
        """Return what is said of each event that needs attention, by its id."""
        found = (await self.greenroom.status(self.name)).interviews
        return {one.id: one.attention for one in found if one.attention}

    async def phase(self) -> str:
        """Return the phase of the org-level connection."""
        rows = (await self.greenroom.status(self.name)).connections
        return next(one.phase for one in rows if one.level is Level.ORGANIZATION)

    async def _back(self, begun: GateOutcome, at_zoom: str) -> GateOutcome:
        return await self.greenroom.complete_url(self.world.authorize(begun.url, at_zoom))


async def team(greenroom: Greenroom, world: World, name: str = NAME) -> Team:
    """Return a fresh organization, nothing connected; the Zoom account allows the app for users."""
    world.control("POST", "approvals", app=world.apps["user"].name, state="approved")
    people = {ZOOM_ADMIN: ["owner"], ZOOM_OWNER: ["admin"], RECRUITER: ["user"], APRIL: ["user"]}
    await greenroom.create_organization(name, "calendly", facts={"calendar": "google"}, members=people)
    return Team(greenroom, world, name)
