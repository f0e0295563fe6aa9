"""InterviewPlanner: switched on and off, connected and uninstalled in whatever order, candidates get what is on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st
from tests.causes import lose
from tests.contracts.depth import QUICK
from tests.embedded import World
from tests.interviewplanner_account import CANDIDATE, Account, account

from greenroom.facade import Greenroom
from greenroom.model import Cause, Level
from greenroom.profiles import Switches

CANDIDATES = (CANDIDATE, "kim@home.example")
Place = Literal["stage", "cam@home.example", "kim@home.example"]
Step = tuple[Place, str] | Literal["connect", "uninstall"]
NUMBERS = count(1)


@dataclass(frozen=True)
class Expected:
    """What the document says is on; a place without a word of its own follows the stage, which starts off."""

    connected: bool = False
    said: Mapping[str, str] = field(default_factory=dict)

    def on(self, candidate: str) -> bool:
        """Whether a candidate is conducted over Zoom [IVP-35, IVP-36, IVP-38, IVP-39]."""
        return (self.said.get(candidate) or self.said.get("stage") or "off") == "on"

    def after(self, place: Place, word: str) -> tuple[Expected, bool]:
        """Return what is so after a switch, and whether it may be made: on needs a connection [IVP-33, IVP-34]."""
        return replace(self, said={**self.said, place: word}), word != "on" or self.connected


async def made(planner: Account, expected: Expected, step: Step) -> Expected:
    """Make a step, compare whether it was allowed, and return what is so afterwards."""
    if step == "connect":
        assert (await planner.connect()).phase == "connected"
        return replace(expected, connected=True)
    if step == "uninstall":
        if expected.connected:
            await lose(planner.greenroom, planner.name, Level.ORGANIZATION, "", Cause.UNINSTALLED)
        return replace(expected, connected=False)
    place, word = step
    then, may = expected.after(place, word)
    answer = await planner.video(word, candidate=None if place == "stage" else place)
    assert answer.refused != may, (step, expected)
    return then if may else expected


async def play(world: World, steps: list[Step]) -> None:
    """Make the steps in a fresh account, and schedule both candidates after each."""
    async with Greenroom(world.configuration(), switches=Switches()) as greenroom:
        planner = await account(greenroom, world, f"Planner {next(NUMBERS)}")
        expected = Expected()
        for step in steps:
            expected = await made(planner, expected, step)
            for candidate in CANDIDATES:
                found = await planner.schedule(candidate=candidate)
                wanted = "made" if expected.connected else "refused"
                assert found.kind == (wanted if expected.on(candidate) else "none"), (step, expected)
                assert (found.meeting is not None) == (found.kind == "made")


def words(place: Place) -> st.SearchStrategy[tuple[Place, str]]:
    """Draw a switch of this place; only a candidate's can be left to the stage."""
    return st.tuples(st.just(place), st.sampled_from(["on", "off"] if place == "stage" else ["on", "off", ""]))


PLACES: tuple[Place, ...] = ("stage", "cam@home.example", "kim@home.example")
STEPS = st.one_of(*(words(place) for place in PLACES), st.sampled_from(["connect", "uninstall"]))


@QUICK
@given(steps=st.lists(STEPS, max_size=8))
def test_any_order_of_switches_and_connections(world: World, steps: list[Step]) -> None:
    """A meeting is made exactly for whom video conferencing is on while Zoom is connected; switches outlive the
    connection, and switching on needs one [IVP-01, IVP-33 to IVP-39, IVP-42, IVP-43]."""
    asyncio.run(play(world, steps))
