"""The smallest scenario on which two products differ, or two editions of one, or a plugin and a changed copy of it."""

from __future__ import annotations

import asyncio
import importlib
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from greenroom.conformance.machine.choosing import event_sequences
from greenroom.conformance.machine.company import opening
from greenroom.conformance.machine.ground import Ground
from greenroom.conformance.machine.report import Differ, Rests
from greenroom.conformance.machine.shrinking import Events, smallest
from greenroom.errors import BadInput
from greenroom.model import Clause
from greenroom.profiles import Profile, Registry
from greenroom.whatif.differences import IMPOSSIBLE, differences
from greenroom.whatif.play import Performance, report_on
from greenroom.whatif.report import Difference, Happened
from greenroom.whatif.scenario import Scenario
from greenroom.whatif.theatre import Theatre

PLAYS = 60
MOST_EVENTS = 5

_REFUSED = "refused"

_NOT_ASKED = frozenset({"does not apply", IMPOSSIBLE})
"""How an event ends that one side's product never came to see."""


@dataclass(frozen=True)
class Side:
    """One of the two: a profile, and the registry it came from."""

    profile: Profile
    registry: Registry

    @classmethod
    def named(cls, name: str, registry: Registry) -> Self:
        """Return a profile by ``NAME`` or ``NAME@EDITION``; raises as `Registry.profile` does."""
        return cls(registry.profile(name), registry)

    @classmethod
    def in_folder(cls, folder: Path, registry: Registry) -> Self:
        """Return the profile that the package in ``folder`` is, read in place of the installed one of that name.

        Only for a process of its own: its modules take the place of the installed plugin's. Raises `BadInput` when
        no installed profile lives in a package of this name.
        """
        package = folder.resolve().name
        name = next((one for one in registry.names if registry.profile(one).folder.name == package), None)
        if name is None:
            what = f"no installed profile is a package {package}"
            raise BadInput(what, where=str(folder), next="Name a changed copy of an installed plugin's package")
        sys.path.insert(0, str(folder.resolve().parent))
        importlib.invalidate_caches()
        for module in [one for one in sys.modules if one == package or one.startswith(f"{package}.")]:
            del sys.modules[module]
        changed = Registry.discover()
        return cls(changed.profile(name), changed)


def differ(first: Side, second: Side, *, start: int = 0, plays: int = PLAYS, aspect: str | None = None) -> Differ:
    """Look for a scenario on which two sides differ, from the seed ``start``, and make it as small as it gets.

    Two refusals are alike, however each product says no. ``aspect``: one of `ASPECTS`, nothing else counts then.
    """
    began = time.monotonic()
    with asyncio.Runner() as runner:
        search = _Search(first, second, aspect)
        runner.run(search.open())
        try:
            found = _drawn(search, runner, start, plays)
            if found is not None:
                found = runner.run(search.smallest(*found))
            told = runner.run(search.told(*found, seed=start)) if found is not None else {}
        finally:
            runner.run(search.close())
    names = (_name(first.profile), _name(second.profile))
    seconds = time.monotonic() - began
    return Differ(sides=names, aspect=aspect, seed=start, plays=search.plays, seconds=seconds, **told)


class _Found(Exception):  # it ends a search, and is no error
    """Both sides played it, and differ."""


class _Search:
    def __init__(self, first: Side, second: Side, aspect: str | None) -> None:
        self.ground = Ground((first.profile, second.profile))
        self.plays = 0
        names = f"{first.profile.manifest.product} and {second.profile.manifest.product}"
        self._opening = opening(f"{names} differ", "What does each do, and what does it rest on?")
        self._aspect = aspect
        self._sides = (first, second)
        self._stack = AsyncExitStack()

    async def open(self) -> None:
        """Open a theatre for each side."""
        self._theatres = [
            await self._stack.enter_async_context(Theatre(self._opening, side.registry)) for side in self._sides
        ]

    async def close(self) -> None:
        """Close both."""
        await self._stack.aclose()

    async def differs(self, events: Events, *, set_up: bool) -> bool:
        """Let both sides play, and compare."""
        self.plays += 1
        first, second = await self._played(events, set_up=set_up)
        return any(self._tell(one, other) for one, other in zip(first[set_up:], second[set_up:], strict=True))

    async def smallest(self, events: Events, set_up: bool) -> tuple[Events, bool]:  # noqa: FBT001  # as found
        """Return the smallest scenario; with nothing set up, where they differ from the very beginning."""
        if set_up and await self.differs(events, set_up=False):
            set_up = False
        found = await smallest(self._opening, events, lambda some: self.differs(some, set_up=set_up))
        return found, set_up

    async def told(self, events: Events, set_up: bool, *, seed: int) -> dict[str, object]:  # noqa: FBT001
        """Return the scenario, the two sides' play of it, and the clauses of each."""
        opened = self._opening if set_up else self._opening.model_copy(update={"set_up": None})
        scenario = Scenario.of(opened, events)
        played = await self._played(events, set_up=set_up)
        profiles = [side.profile for side in self._sides]
        return {
            "scenario": scenario,
            "report": report_on(scenario, profiles, played, seed=seed),
            "rests": tuple(
                Rests(profile=_name(profile), clauses=self._clauses(profile, played, index, set_up=set_up))
                for index, profile in enumerate(profiles)
            ),
        }

    def _clauses(
        self, profile: Profile, played: Sequence[tuple[Happened, ...]], index: int, *, set_up: bool
    ) -> tuple[Clause, ...]:
        columns = [pair for pair in zip(*(one[set_up:] for one in played), strict=True) if self._tell(*pair)]
        ids = dict.fromkeys(clause for pair in columns for clause in pair[index].clauses)
        return tuple(profile.clauses[clause] for clause in ids if clause in profile.clauses)

    def _tell(self, one: Happened, other: Happened) -> tuple[Difference, ...]:
        if _NOT_ASKED & {one.outcome, other.outcome}:
            return ()
        found = differences((one, other), ("first", "second"))
        wanted = [each for each in found if self._aspect in {None, each.aspect}]
        return tuple(each for each in wanted if not _both_refuse(each))

    async def _played(self, events: Events, *, set_up: bool) -> list[tuple[Happened, ...]]:
        pairs = zip(self._theatres, self._sides, strict=True)
        plays = (_play(theatre, side.profile, events, set_up=set_up) for theatre, side in pairs)
        return list(await asyncio.gather(*plays))


async def _play(theatre: Theatre, profile: Profile, events: Events, *, set_up: bool) -> tuple[Happened, ...]:
    async with theatre.stage(profile, from_nothing=not set_up) as stage:
        performance = await Performance.begin(stage)
        found = [await performance.set_up()] if set_up else []
        for event in events:
            found.append(await performance.do(event))  # noqa: PERF401  # one after another
    return tuple(found)


def _drawn(search: _Search, runner: asyncio.Runner, start: int, plays: int) -> tuple[Events, bool] | None:
    found: list[tuple[Events, bool]] = []

    @seed(start)
    @settings(
        max_examples=plays,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(events=event_sequences(search.ground, most=MOST_EVENTS), set_up=st.booleans())
    def alike(events: Events, set_up: bool) -> None:  # noqa: FBT001  # hypothesis passes arguments by name
        if not found and runner.run(search.differs(events, set_up=set_up)):
            found.append((events, set_up))
        if found:
            raise _Found

    try:
        alike()
    except (_Found, HypothesisException):
        if not found:
            raise
    return found[0] if found else None


def _both_refuse(one: Difference) -> bool:
    """Whether no more differs than the words or the code by which each says no."""
    return one.aspect == "outcome" and all(word.partition(":")[0] == _REFUSED for word, _ in one.values)


def _name(profile: Profile) -> str:
    return f"{profile.name}@{profile.edition}"
