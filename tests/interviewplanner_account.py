"""An InterviewPlanner account at the embedded Zoom, and the few things its people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.embedded import RECRUITER, ZOOM_ADMIN, World

from greenroom.engine.outcomes import GateOutcome, InterviewOutcome
from greenroom.facade import Greenroom
from greenroom.model import Action, Scope

NAME = "Planner"
CORA = "cora.coordinator@northwind.example"
APRIL = "april.lee@northwind.example"
CANDIDATE = "cam@home.example"
STAGE = "Onsite"


@dataclass(frozen=True)
class Account:
    """The account: Adam is a Zoom admin, Cora holds a role of her own, Rita and April are plain Zoom users."""

    greenroom: Greenroom
    world: World
    name: str = NAME

    async def connect(self, who: str = ZOOM_ADMIN) -> GateOutcome:
        """Have somebody click "Connect your account" and authorize. Raises `ZoomPageShown` when Zoom refuses."""
        begun = await self.greenroom.connect(self.name, as_=who)
        return await self.greenroom.complete_url(self.world.authorize(begun.url, who)) if begun.url else begun

    async def pre_approve(self, *, told: bool = True) -> None:
        """Have the Zoom admin toggle the switch; with ``told`` a user notes it."""
        self.world.control("POST", "approvals", app=self.world.apps["admin"].name, state="approved")
        if told:
            await self.greenroom.act(self.name, Action.APPROVAL_DECIDED, as_=RECRUITER)

    async def video(self, word: str, *, candidate: str | None = None) -> GateOutcome:
        """Switch video conferencing on the stage, or for a candidate; an empty word leaves it to the stage."""
        scope, subject = (Scope.KIND, STAGE) if candidate is None else (Scope.CANDIDATE, candidate)
        values = {"video": word}
        return await self.greenroom.configure(self.name, values, as_=RECRUITER, scope=scope, subject=subject)

    async def schedule(self, who: str = RECRUITER, candidate: str = CANDIDATE, **place: Any) -> InterviewOutcome:
        """Schedule a candidate in the stage."""
        interview = {"title": "Onsite", "start": "+3d 09:00", "duration_minutes": 30, "place": place}
        panel = {"scheduler": who, "candidate": {"email": candidate}, "stage": STAGE, "interviews": [interview]}
        return (await self.greenroom.schedule(self.name, panel)).interviews[0]

    async def phase(self) -> str:
        """Return the phase of the account's connection."""
        return (await self.greenroom.status(self.name)).connections[0].phase


async def account(greenroom: Greenroom, world: World, name: str = NAME) -> Account:
    """Return a fresh account, nothing connected and no stage switched on."""
    people = {ZOOM_ADMIN: ["user"], CORA: ["user"], RECRUITER: ["user"], APRIL: ["user"]}
    await greenroom.create_organization(name, "interviewplanner", facts={"calendar": "google"}, members=people)
    return Account(greenroom, world, name)
