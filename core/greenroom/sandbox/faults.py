"""Faults on demand: which request is to go wrong, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["delay", "status", "html", "hang", "reset_before", "reset_after", "status_after", "hang_after"]


@dataclass(frozen=True)
class Fault:
    """A rule that makes requests go wrong.

    Attributes:
        operation: such as `POST /users/{userId}/meetings` or `POST /oauth/token`; `*` means every one.
        nth: the first matching request it strikes, counted from 1 and from when the rule was set.
        times: how many requests it strikes from then on; `None` means all.
        kind: `…_before` and plain kinds leave nothing done; `…_after` kinds do the work and lose the answer.
        seconds: how long `delay` waits.
        status: the status answered by `status`, `status_after` and `html`.
        body: the answer's body: an object is sent as JSON, a text as it is.
    """

    id: str
    operation: str
    kind: FaultKind
    nth: int = 1
    times: int | None = 1
    seconds: float = 0
    status: int = 500
    body: Mapping[str, object] | str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def after(self) -> bool:
        """Tell whether the work is done before the answer is lost."""
        return self.kind.endswith("_after")

    def strikes(self, count: int) -> bool:
        """Tell whether the rule strikes the `count`-th matching request."""
        return count >= self.nth and (self.times is None or count < self.nth + self.times)


class Faults:
    """The rules in force, each with the number of requests it has seen."""

    def __init__(self) -> None:
        self._rules: dict[str, Fault] = {}
        self._seen: dict[str, int] = {}

    def add(self, fault: Fault) -> None:
        """Put a rule in force."""
        self._rules[fault.id] = fault
        self._seen[fault.id] = 0

    def clear(self) -> None:
        """Drop every rule."""
        self._rules.clear()
        self._seen.clear()

    def listed(self) -> list[tuple[Fault, int]]:
        """Return the rules with how many matching requests each has seen."""
        return [(fault, self._seen[fault.id]) for fault in self._rules.values()]

    def strike(self, operation: str) -> Fault | None:
        """Count a request with every rule that matches it; return the first that strikes."""
        struck = None
        for fault in self._rules.values():
            if fault.operation in ("*", operation):
                self._seen[fault.id] += 1
                if struck is None and fault.strikes(self._seen[fault.id]):
                    struck = fault
        return struck
