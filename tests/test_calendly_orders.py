"""Calendly: whoever connects, removes and disconnects in whatever order, everybody has what the document gives them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st
from tests.calendly_team import APRIL, Team, team
from tests.causes import lose
from tests.contracts.depth import QUICK
from tests.embedded import RECRUITER, ZOOM_ADMIN, ZOOM_OWNER, World

from greenroom.facade import Greenroom
from greenroom.model import Cause, Level
from greenroom.profiles import Switches

PEOPLE = (ZOOM_ADMIN, ZOOM_OWNER, RECRUITER, APRIL)
MANAGERS = frozenset({ZOOM_ADMIN, ZOOM_OWNER})
Verb = Literal["share", "end", "connect", "disconnect", "allow", "forbid", "remove", "demote"]
NUMBERS = count(1)


@dataclass(frozen=True)
class Expected:
    """What the document says everybody has."""

    shared: Literal["not_connected", "connected", "needs_reconnect"] = "not_connected"
    allowed: bool = False
    personal: frozenset[str] = field(default_factory=frozenset)
    without: frozenset[str] = field(default_factory=frozenset)

    def type_of(self, who: str) -> str | None:
        """Personal first [CAL-27, CAL-29], the organization's unless removed [CAL-19], else nothing [CAL-34]."""
        if who in self.personal:
            return "personal"
        return "organization" if self.shared == "connected" and who not in self.without else None

    def after(self, verb: Verb, who: str) -> tuple[Expected, bool]:
        """Return what is so afterwards, and whether ``who`` may do it."""
        manages, connected = who in MANAGERS, self.shared == "connected"
        match verb:
            case "share":
                return replace(self, shared="connected"), manages and not connected
            case "end":
                ended = replace(self, shared="not_connected", without=frozenset())
                return ended, manages and self.shared != "not_connected"
            case "connect":
                return replace(self, personal=self.personal | {who}), True
            case "disconnect":
                return replace(self, personal=self.personal - {who}), who in self.personal
            case "allow" | "forbid":
                return replace(self, allowed=verb == "allow"), manages and connected
            case "remove":
                there = self.shared != "not_connected" and who not in self.without
                return replace(self, without=self.without | {who}), there and self.allowed
            case "demote":
                return replace(self, shared="needs_reconnect"), connected


async def done(calendly: Team, verb: Verb, who: str) -> bool:
    """Do it, and return whether the product let them."""
    match verb:
        case "share":
            return not (await calendly.share(by=who)).refused
        case "end":
            return (await calendly.disconnect(who, Level.ORGANIZATION)).kind == "done"
        case "connect":
            return not (await calendly.connect(who)).refused
        case "disconnect":
            return (await calendly.disconnect(who)).kind == "done"
        case "allow" | "forbid":
            word = "on" if verb == "allow" else "off"
            values = {"allow_removal": word}
            return not (await calendly.greenroom.configure(calendly.name, values, as_=who)).refused
        case "remove":
            return not (await calendly.remove_mine(who)).refused
        case "demote":
            await lose(calendly.greenroom, calendly.name, Level.ORGANIZATION, "", Cause.AUTHORIZER_ROLE)
            return True


async def play(world: World, steps: list[tuple[Verb, str]]) -> None:
    """Do the steps in a fresh organization and compare after each."""
    async with Greenroom(world.configuration(), switches=Switches()) as greenroom:
        calendly = await team(greenroom, world, f"Team {next(NUMBERS)}")
        expected = Expected()
        for verb, who in steps:
            then, may = expected.after(verb, who)
            if verb == "demote" and not may:
                continue
            assert await done(calendly, verb, who) == may, (verb, who, expected)
            expected = then if may else expected
            assert await calendly.phase() == expected.shared
            assert await calendly.types() == {one: expected.type_of(one) for one in PEOPLE}
        for who in PEOPLE:
            page = await greenroom.setup(calendly.name, as_=who)
            assert (page.shown.level_label if page.connected else None) == expected.type_of(who)
            event = await calendly.schedule(who)
            assert (
                event.via
                == {"personal": Level.MEMBER, "organization": Level.ORGANIZATION, None: None}[expected.type_of(who)]
            )


VERBS = st.sampled_from(["share", "end", "connect", "disconnect", "allow", "forbid", "remove", "demote"])


@QUICK
@given(steps=st.lists(st.tuples(VERBS, st.sampled_from(PEOPLE)), max_size=12))
def test_any_order_leaves_everybody_what_is_theirs(world: World, steps: list[tuple[Verb, str]]) -> None:
    """After any steps by anybody the phase, the Type column, each page and the connection used are as documented
    [CAL-16, CAL-19, CAL-25 to CAL-30, CAL-33, CAL-34, CAL-37, CAL-40 to CAL-44]."""
    asyncio.run(play(world, steps))


SCOPES = ("user:read:user", "meeting:write:meeting", "meeting:read:meeting", "meeting:read:list_meetings")


async def play_scopes(world: World, scopes: frozenset[str]) -> None:
    """Connect a personal account whose grant has only some scopes, beside the organization's whole one."""
    world.control("POST", "apps/user", scopes=sorted(scopes | {"user:read:zak"}))
    async with Greenroom(world.configuration(), switches=Switches()) as greenroom:
        calendly = await team(greenroom, world, f"Team {next(NUMBERS)}")
        await calendly.share()
        if "user:read:user" not in scopes:
            assert (await calendly.connect(RECRUITER)).refused
            assert (await calendly.types())[RECRUITER] == "organization"
            return
        await calendly.connect(RECRUITER)
        event = await calendly.schedule()
        assert (event.kind, event.code) == (
            ("made", None) if "meeting:write:meeting" in scopes else ("failed", "zoom.scope_missing")
        )
        assert await calendly.types() == {one: "personal" if one == RECRUITER else "organization" for one in PEOPLE}
        told = [one for one in (await greenroom.status(calendly.name)).notices if "link you shared" not in one.text]
        assert {one.to for one in told} == (set() if event.kind == "made" else {RECRUITER})
        assert (await calendly.schedule(APRIL)).kind == "made"


@QUICK
@given(scopes=st.frozensets(st.sampled_from(SCOPES)))
def test_any_subset_of_scopes_fails_for_its_owner_alone(world: World, scopes: frozenset[str]) -> None:
    """A grant with too few scopes is refused while connecting, or its owner hears of it when a meeting needs one;
    it changes nothing for anybody else [CAL-15, CAL-30]."""
    asyncio.run(play_scopes(world, scopes))
