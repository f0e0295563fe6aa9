"""Play a story under a product, once, and keep what was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from greenroom.conformance.in_process import InProcess
from greenroom.conformance.plays.cast import casting
from greenroom.conformance.plays.moments import Moment
from greenroom.conformance.plays.stories import Teller, fail, live, press
from greenroom.conformance.product import Product
from greenroom.conformance.subject import SubjectFault
from greenroom.errors import GreenroomError
from greenroom.profiles import Profile, Switches
from greenroom.whatif.play import staged
from greenroom.whatif.set_up import create_organization, set_up

Story = Callable[[Teller], Awaitable[None]]

SEED = 1


@dataclass(frozen=True)
class Played:
    """What was seen of one story, by the names of its moments.

    Raises `SubjectFault` for a moment the story did not come to.
    """

    profile: Profile
    moments: Mapping[str, Moment]

    def at(self, name: str) -> Moment:
        """Return what was seen then."""
        if name not in self.moments:
            raise SubjectFault("a play", f"it never came to {name!r}")
        return self.moments[name]


def not_played(product: Product) -> str:
    """Return why a product cannot be played, or nothing: the engine asks profiles in this process only."""
    return "" if isinstance(product.subject, InProcess) else "it is reached from outside, where no engine asks it"


@lru_cache(maxsize=8)
def lived(product: Product) -> Played:
    """Return the story of a life, played once. Raises `SubjectFault` when it cannot be played to its end."""
    return play(product, live)


def play(product: Product, story: Story) -> Played:
    """Set a profile up as its walkthrough has it, and play a story. Raises `SubjectFault`."""
    assert isinstance(product.subject, InProcess)
    profile = product.subject.profile
    with ThreadPoolExecutor(max_workers=1) as apart:  # a loop of its own, whoever asks
        return apart.submit(asyncio.run, _play(profile, story)).result()


async def _play(profile: Profile, story: Story) -> Played:
    opening, file = casting(profile), f"{profile.name}: walkthrough.yaml"
    switches = Switches(only=frozenset({profile.name}))
    try:
        async with staged(opening, profile, switches, SEED, file) as stage:
            await create_organization(stage, file=file)
            teller = Teller(stage)
            begun = await set_up(stage, file=file)
            await teller.seen("set up", begun)
            if begun.outcome != "set up":
                raise SubjectFault("a play", f"its walkthrough does not lead to scheduling: {begun.says}")
            await story(teller)
            return Played(profile, teller.moments)
    except GreenroomError as error:
        raise SubjectFault("a play", str(error)) from error


@lru_cache(maxsize=8)
def pressed(product: Product) -> Played:
    """Return the story of what is not offered and pressed all the same, played once. Raises `SubjectFault`."""
    return play(product, press)


@lru_cache(maxsize=8)
def failed(product: Product) -> Played:
    """Return the story of a meeting that Zoom refuses to make, played once. Raises `SubjectFault`."""
    return play(product, fail)
