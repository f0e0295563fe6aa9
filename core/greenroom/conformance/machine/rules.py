"""The machine: hypothesis chooses what happens next, and every choice is an event of a scenario."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from greenroom.conformance.machine.choosing import next_deeds
from greenroom.conformance.machine.ground import Ground
from greenroom.conformance.machine.trial import PromiseBroken, Tally, Trial, trial
from greenroom.profiles import Profile
from greenroom.whatif.theatre import Theatre

T = TypeVar("T")


@dataclass
class Run:
    """What plays of one run have in common.

    Attributes:
        fired: how often each rule did; ``tally``: what was looked at; ``broken``: the first promise broken.
    """

    theatre: Theatre
    profile: Profile
    runner: asyncio.Runner
    fired: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    broken: PromiseBroken | None = None
    plays: int = 0

    @property
    def ground(self) -> Ground:
        """What the machine knows of the profile."""
        return Ground((self.profile,))


class Play(RuleBasedStateMachine):
    """One play; `machine` adds the rules that are applicable to a profile."""

    run: Run

    def __init__(self) -> None:
        super().__init__()
        self._stack = AsyncExitStack()
        self._trial: Trial | None = None

    @initialize(set_up=st.sampled_from((True, True, True, True, True, False)))
    def begin(self, set_up: bool) -> None:  # noqa: FBT001  # hypothesis passes arguments by name
        """Begin with the profile's own walkthrough, or with nothing connected."""
        run = self.run
        run.plays += 1
        opened = trial(run.theatre, run.profile, run.tally, set_up=set_up)
        self._trial = self._keeping(lambda: run.runner.run(self._stack.enter_async_context(opened)))

    @rule(data=st.data())
    def happens(self, data: st.DataObject) -> None:
        """Draw a deed and what exactly happens, and let it.

        One rule for all: of many, hypothesis turns most off for a whole play, and few plays get anywhere.
        """
        assert self._trial is not None
        playing, ground = self._trial, self.run.ground
        deed = data.draw(next_deeds(ground, playing.reference.plot))
        event = data.draw(deed.draw(ground, playing.reference.plot))
        self.run.fired[deed.name] += 1
        self._keeping(lambda: self.run.runner.run(playing.do(event)))

    def teardown(self) -> None:
        """See that nothing is left waiting, and stop everything."""
        try:
            if self._trial is not None and self.run.broken is None:
                playing = self._trial
                self._keeping(lambda: self.run.runner.run(playing.end()))
        finally:
            self.run.runner.run(self._stack.aclose())

    def _keeping(self, step: Callable[[], T]) -> T:
        try:
            return step()
        except PromiseBroken as found:
            self.run.broken = self.run.broken or found
            raise


def machine(run: Run) -> type[Play]:
    """Return the machine that gives the plays of a run."""
    return type(f"{run.profile.name.title()}Play", (Play,), {"run": run})
