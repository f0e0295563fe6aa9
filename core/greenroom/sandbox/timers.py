"""What is to happen at an instant of sandbox time: a free meeting's cut, a finished recording, a retry."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from greenroom.sandbox.clock import Clock


@dataclass(order=True)
class Timer:
    """One thing due; `cancel` takes it back."""

    due: datetime
    order: int
    what: str = field(compare=False)
    action: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Take it back; it will not happen."""
        self.cancelled = True


class Timers:
    """Everything due, in the order of its instants; equal instants keep the order they were set in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[Timer] = []
        self._order = count()

    def at(self, instant: datetime, what: str, action: Callable[[], None]) -> Timer:
        """Have `action` run when sandbox time reaches `instant`; `what` is shown to people."""
        timer = Timer(instant, next(self._order), what, action)
        heapq.heappush(self._heap, timer)
        return timer

    def next_due(self) -> datetime | None:
        """Return the instant of the next thing due."""
        while self._heap and self._heap[0].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0].due if self._heap else None

    def run_next(self) -> None:
        """Run the next thing due, at its own instant."""
        timer = heapq.heappop(self._heap)
        with self._clock.holding(timer.due):
            timer.action()

    def run_due(self) -> int:
        """Run everything that is due by now; return how many things were."""
        ran = 0
        while (due := self.next_due()) is not None and due <= self._clock.now():
            self.run_next()
            ran += 1
        return ran

    def waiting(self) -> list[Timer]:
        """Return what is still to come, soonest first."""
        return sorted(timer for timer in self._heap if not timer.cancelled)
