"""An organization under any profile, brought into whatever state people's steps lead to, and all that can be seen
of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st
from tests.embedded import RECRUITER, ZOOM_ADMIN, ZOOM_OWNER, World

from greenroom.embedded import ZoomPageShown
from greenroom.engine.connect import Callback
from greenroom.engine.ports.store import Transaction
from greenroom.engine.setups import member_connections
from greenroom.engine.standing import read_standing
from greenroom.errors import GreenroomError
from greenroom.facade import Greenroom, _callback_of
from greenroom.model import Action, Level, Scope

APRIL = "april.lee@northwind.example"
PEOPLE = (ZOOM_ADMIN, ZOOM_OWNER, RECRUITER, APRIL)
MANAGERS = frozenset({ZOOM_ADMIN, ZOOM_OWNER})
STAGE = "Onsite"
PUBLIC_URL = "http://127.0.0.1:8000"
"""Where links of ours would be answered, and Zoom sends browsers back to."""

Verb = Literal["connect", "share", "opt_out", "ask_approval", "schedule", "propose", "paste", "send"]
Step = tuple[Verb, str, Level]
Drawn = tuple[Verb, str, int]

STEPS: st.SearchStrategy[list[Drawn]] = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "connect",
                "share",
                "opt_out",
                "ask_approval",
                "schedule",
                "schedule",
                "propose",
                "propose",
                "paste",
                "send",
            ]
        ),
        st.sampled_from(PEOPLE),
        st.integers(0, 1),
    ),
    max_size=9,
)
"""What people try, one after another; what their product refuses changes nothing. The number is a level."""


@dataclass(frozen=True)
class Anybody:
    """An organization whose people try things: two who administer it, and are owner and admin at Zoom, and two who
    do not."""

    greenroom: Greenroom
    world: World
    profile: str
    name: str

    async def play(self, steps: Sequence[Step]) -> None:
        """Try each step; what is refused, or not there in this product, is passed over."""
        for verb, who, level in steps:
            with suppress(GreenroomError, ZoomPageShown):
                await self._try(verb, who, level)

    async def connect(self, who: str, level: Level) -> bool:
        """Lead somebody to Zoom and back; return whether something was connected."""
        begun = await self.greenroom.connect(self.name, as_=who, level=level)
        if begun.refused and not (await self.greenroom.act(self.name, Action.ENABLE, as_=ZOOM_ADMIN)).refused:
            begun = await self.greenroom.connect(self.name, as_=who, level=level)
        if begun.url is None:
            return False
        return (await self.follow(begun.url, who)) == "keep"

    async def follow(self, url: str, who: str) -> str:
        """Follow a link to Zoom, authorize there, and come back; return what came of it."""
        if not url.startswith(PUBLIC_URL):
            return (await self.greenroom.complete_url(self.world.authorize(url, who))).kind
        opened = await self.greenroom.open_ticket(url.rpartition("/")[2])
        back: Callback = _callback_of(self.world.authorize(opened.authorize_url, who), self.greenroom.apps)
        return (await self.greenroom.complete(back, binding=opened.binding)).kind

    async def schedule(self, who: str, **changes: Any) -> str:
        """Schedule one interview; return its id."""
        interview: dict[str, Any] = {
            "title": "System design",
            "start": "+3d 09:00",
            "duration_minutes": 45,
            "interviewers": [{"name": "April Lee", "email": APRIL}],
            "place": {"zoom": True},
            **changes,
        }
        candidate = {"name": "Cam Novak", "email": "cam@home.example", "time_zone": "Europe/Berlin"}
        panel = {"scheduler": who, "candidate": candidate, "stage": STAGE, "interviews": [interview]}
        return (await self.greenroom.schedule(self.name, panel)).interviews[0].id

    async def _try(self, verb: Verb, who: str, level: Level) -> None:
        match verb:
            case "connect":
                await self.connect(who, level)
            case "share":
                await self.greenroom.connect(self.name, as_=who, level=level, share=True)
            case "opt_out":
                await self.greenroom.act(self.name, Action.REMOVE_MINE, as_=who)
            case "ask_approval":
                await self.greenroom.act(self.name, Action.ASK_APPROVAL, as_=who)
            case "schedule":
                await self.schedule(who)
            case "propose":
                await self.schedule(who, confirmed=False)
            case "paste":
                await self.schedule(who, place={"manual": {"url": "https://meet.example/1"}})
            case "send":
                interviews = (await self.greenroom.status(self.name)).interviews
                if interviews:
                    await self.greenroom.preview(interviews[-1].id)
                    await self.greenroom.send(interviews[-1].id)


async def anybody(greenroom: Greenroom, world: World, profile: str, name: str) -> Anybody:
    """Return a fresh organization under a profile, ready to connect: apps approved, stages and opt-outs switched on
    where there are such."""
    roles = greenroom.profiles.profile(profile).manifest.roles
    members = {who: [roles.administrator if who in MANAGERS else roles.plain] for who in PEOPLE}
    facts = {"calendar": "google", "package": "LeverTRM"}
    await greenroom.create_organization(name, profile, facts=facts, members=members)
    for app in world.apps.values():
        world.control("POST", "approvals", app=app.name, state="approved")
    return Anybody(greenroom, world, profile, name)


async def switched_on(one: Anybody) -> None:
    """Switch on what a connected organization's settings keep off: its stage, and people's opting out."""
    for values, scope, subject in (
        ({"video": "on"}, Scope.KIND, STAGE),
        ({"allow_removal": "on"}, Scope.ORGANIZATION, ""),
    ):
        with suppress(GreenroomError):
            await one.greenroom.configure(one.name, values, as_=ZOOM_ADMIN, scope=scope, subject=subject)


async def seen(one: Anybody) -> dict[str, Any]:
    """Return everything that can be seen of an organization, here and at Zoom, but for the decisions about it."""
    deployment = one.greenroom._deployment
    status = (await one.greenroom.status(one.name)).model_dump(mode="json")
    now = deployment.clock.now()

    def read(tx: Transaction) -> dict[str, Any]:
        standing = read_standing(tx, deployment.profiles, one.name)
        organization_id = standing.record.id
        users = {row.zoom_user.id: row.zoom_user.email for row in standing.connections if row.zoom_user is not None}
        interviews = tx.interviews.of_organization(organization_id)
        return {
            "members": {row.email: row.model_dump(mode="json") for row in member_connections(tx, standing)},
            "opted_out": standing.opted_out,
            "approval": standing.approval,
            "settings": standing.settings,
            "verified": standing.verified,
            "turns": standing.turns,
            "kept_grants": {
                (app.client_id, email)
                for app in deployment.apps.values()
                for key, email in users.items()
                if tx.grants.find(app.client_id, key)
            },
            "held": {email for key, email in users.items() if tx.connections.holder(standing.record.profile, key)},
            "links": tx.attempts.waiting_tickets(organization_id, now),
            "letters": [(letter.id, letter.state) for row in interviews for letter in tx.records.letters(row.id)],
            "intents": [(intent.id, intent.state) for row in interviews for intent in tx.interviews.intents(row.id)],
            "meetings_kept": tx.interviews.meetings(organization_id),
            "events": tx.activities.events(organization_id),
        }

    return {
        "organization": status["organization"],
        "connections": status["connections"],
        "interviews": {row["id"]: row for row in status["interviews"]},
        "notices": [(row["to"], row["text"]) for row in status["notices"]],
        **await deployment.store.read(read),
        **at_zoom(one.world),
    }


def at_zoom(world: World) -> dict[str, Any]:
    """Return what Zoom has: who granted which app something that still counts, and every meeting."""
    emails = {user.id: user.email for user in world.state.directory.users.values()}
    live = {(grant.client_id, emails[grant.user_id]) for grant in world.state.grants if grant.ended is None}
    return {"grants_at_zoom": live, "meetings_at_zoom": world.meetings}
