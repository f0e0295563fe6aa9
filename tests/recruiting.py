"""A recruiter at work in the embedded Zoom: connected, scheduling, holding interviews, calling and chatting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.embedded import RECRUITER, World, connected
from tests.test_grants import PANEL

from greenroom.configuration import Configuration
from greenroom.engine.outcomes import InterviewOutcome
from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.profiles import Switches
from greenroom.sandbox.chat_messages import ChatMessage, Conversation

CANDIDATE, PHONE = "cam@home.example", "+1 (646) 555-0199"
COLLEAGUE, STRANGER = "calvin.ross@northwind.example", "peter.panel@northwind.example"
ORGANIZATION = "First"


@asynccontextmanager
async def at_work(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Open a Greenroom that lives by the embedded Zoom's clock, with a recruiter connected."""
    async with Greenroom(configuration, switches=Switches(), clock=WorldClock(world)) as opened:
        await recruiting(opened, world)
        yield opened


class WorldClock:
    """The clock of the embedded Zoom, so that both sides agree on what time it is."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now(self) -> datetime:
        """Return the instant it is in the embedded Zoom."""
        return self._world.now


async def recruiting(greenroom: Greenroom, world: World) -> None:
    """Make an organization whose administrator has authorized, with a recruiter who has not and somebody without a
    role in recruiting."""
    world.control("POST", "approvals", app="user", state="approved")
    members = {RECRUITER: ["Administrator"], COLLEAGUE: ["Recruiter"], STRANGER: []}
    await greenroom.create_organization(ORGANIZATION, "exelare", members=members)
    await greenroom.act(ORGANIZATION, Action.ENABLE, as_=RECRUITER)
    await connected(greenroom, world, ORGANIZATION, as_=RECRUITER)


async def scheduled(greenroom: Greenroom, *, as_: str | None = None, **changes: Any) -> InterviewOutcome:
    """Schedule one interview with the candidate."""
    interviews: Any = PANEL["interviews"]
    candidate: Any = PANEL["candidate"]
    source = {
        **PANEL,
        "candidate": {**candidate, "phone": PHONE},
        "interviews": [{**interviews[0], **changes}],
    }
    return (await greenroom.schedule(ORGANIZATION, source, as_=as_)).interviews[0]


def meeting_of(outcome: InterviewOutcome) -> str:
    """Return the number of the meeting that was made."""
    assert outcome.meeting is not None, outcome
    return outcome.meeting.id


def hold(world: World, meeting: str, *said: tuple[str, str, bool]) -> None:
    """Hold a recorded meeting at its time; ``said``: by ``host`` or ``candidate``, the words, aloud or written."""
    world.control("POST", "clock", advance=timedelta(days=3).total_seconds())
    host: Any = world.control("POST", f"meetings/{meeting}/join", user=RECRUITER)
    guest: Any = world.control("POST", f"meetings/{meeting}/join", name="Cam Novak")
    world.control("POST", f"meetings/{meeting}/record")
    people = {"host": host["participant"], "candidate": guest["participant"]}
    for who, text, aloud in said:
        world.control("POST", "clock", advance=20)
        world.control("POST", f"meetings/{meeting}/say", participant=people[who], text=text, aloud=aloud)
    world.control("POST", "clock", advance=1800)
    world.control("POST", f"meetings/{meeting}/end")
    world.control("POST", "clock", advance=timedelta(hours=6).total_seconds())


def write_chat(world: World, text: str, *, by_candidate: bool = False) -> None:
    """Have recruiter and candidate write each other in Team Chat."""
    state = world.state
    user = state.directory.find_user(RECRUITER)
    assert user is not None
    state.directory.users[user.id] = replace(user, contacts=(CANDIDATE,))
    where = Conversation.between(user.id, CANDIDATE)
    sender = CANDIDATE if by_candidate else user.id
    state.chat_messages.keep(ChatMessage(state.ids.text(22), where, sender, text, state.clock.now()))
