"""One play under judgement: every event is played, compared with the reference, and held to every promise."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from greenroom.conformance.machine.promise import Broken, Promise, Step
from greenroom.conformance.machine.promises import PROMISES, every_event_ends, nothing_waits_forever
from greenroom.conformance.machine.reference import Reference
from greenroom.profiles import Profile
from greenroom.whatif.events import Event
from greenroom.whatif.play import Performance
from greenroom.whatif.report import Happened
from greenroom.whatif.theatre import Theatre


class PromiseBroken(AssertionError):
    """A step broke a promise. ``events``: all that were played until then, after the set-up if ``set_up``."""

    def __init__(self, broken: Broken, events: Sequence[Event], *, set_up: bool) -> None:
        self.broken = broken
        self.events = tuple(events)
        self.set_up = set_up
        super().__init__(f"{broken.promise.says} But {broken.found}.")


@dataclass
class Tally:
    """What was looked at: how often each promise was at stake, and how each event ended."""

    at_stake: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)


class Trial:
    """A play of one profile that goes on until a promise is broken."""

    def __init__(self, performance: Performance, tally: Tally, *, set_up: bool) -> None:
        self._performance = performance
        self._tally = tally
        self._set_up = set_up
        self.reference = Reference(performance.profile.manifest)

    async def begin(self) -> None:
        """Play the profile's own walkthrough, if it is to be."""
        if self._set_up:
            before = self._performance.seen
            came = await self._coming(self._performance.set_up())
            self._judge(Step(None, came, before, self._performance.seen, self.reference))

    async def do(self, event: Event) -> Happened:
        """Let an event happen. Raises `PromiseBroken`."""
        again = self.reference.plot.last == event
        before = self._performance.seen
        came = await self._coming(self._performance.do(event))
        after = self._performance.seen
        self._tally.outcomes[event.kind, came.outcome] += 1
        self.reference.happened(event, came, before, after)
        self._judge(Step(event, came, before, after, self.reference, again))
        return came

    async def end(self) -> None:
        """Let Zoom work, time pass and Greenroom start anew; see that nothing waits. Raises `PromiseBroken`."""
        for event in _CLOSING:
            await self.do(event)
        for name, doubted in tuple(self.reference.doubted.items()):
            retry = Event.model_validate({"retry": {"interview": name}})
            for event in (doubted, retry) if doubted.kind in _DONE_AGAIN else (retry,):
                if name in self.reference.doubted:
                    await self.do(event)
        seen = self._performance.seen
        self._hold(nothing_waits_forever, Step(None, Happened(outcome="over"), seen, seen, self.reference))

    async def _coming(self, doing: Awaitable[Happened]) -> Happened:
        self._tally.at_stake[every_event_ends.name] += 1
        try:
            return await doing
        except Exception as error:  # whatever is raised is what there is to tell
            found = f"{type(error).__name__} was raised: {' '.join(str(error).split())[:300]}"
            raise self._broken(every_event_ends, found) from error

    def _broken(self, promise: Promise, found: str) -> PromiseBroken:
        return PromiseBroken(Broken(promise, found), self._performance.events, set_up=self._set_up)

    def _judge(self, step: Step) -> None:
        for one in PROMISES:
            self._hold(one, step)

    def _hold(self, promise: Promise, step: Step) -> None:
        complaints = promise.judge(step) if promise.applies(self.reference.manifest) else None
        if complaints is None:
            return
        self._tally.at_stake[promise.name] += 1
        if complaints:
            raise self._broken(promise, complaints[0])


_DONE_AGAIN = frozenset({"cancel", "place", "reschedule"})
"""What somebody does once more who was told that nobody knows whether Zoom did it."""

_CLOSING = tuple(map(Event.model_validate, ({"zoom_up": {}}, {"wait": {"minutes": 61}}, {"restart": {}})))


@asynccontextmanager
async def trial(theatre: Theatre, profile: Profile, tally: Tally, *, set_up: bool = True) -> AsyncIterator[Trial]:
    """Open a play of a profile under judgement, from the beginning."""
    async with theatre.stage(profile, from_nothing=not set_up) as stage:
        opened = Trial(await Performance.begin(stage), tally, set_up=set_up)
        await opened.begin()
        yield opened


async def judge(
    theatre: Theatre, profile: Profile, events: Sequence[Event], *, set_up: bool = True
) -> PromiseBroken | None:
    """Play events one after another and to the end; return the first promise that breaks, and what led there."""
    try:
        async with trial(theatre, profile, Tally(), set_up=set_up) as opened:
            for event in events:
                await opened.do(event)
            await opened.end()
    except PromiseBroken as found:
        return found
    return None
