"""What must be true of Zoom's ledger: a model a page long, which knows nothing of how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

LIFE = timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """What a request asks a meeting to be."""

    topic: str
    start: datetime
    minutes: int


@dataclass(frozen=True)
class Seen:
    """A meeting as the ledger has it; it is live until it is deleted or has lapsed."""

    id: str
    host: str
    what: Wanted
    live: bool


@dataclass(frozen=True)
class Expected:
    """A meeting that was made and never deleted."""

    id: str
    host: str
    what: Wanted

    def seen(self, now: datetime) -> Seen:
        """Return how the ledger should have it; a meeting's number lapses thirty days after its date."""
        return Seen(self.id, self.host, self.what, live=now < self.what.start + LIFE)


@dataclass
class LedgerModel:
    """The meetings that are there, and the numbers of those that are not any more."""

    there: dict[str, Expected] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def make(self, number: str, host: str, what: Wanted) -> None:
        """Take note of a new meeting."""
        self.there[number] = Expected(number, host, what)

    def change(self, number: str, what: Wanted) -> None:
        """Take note of a change."""
        self.there[number] = replace(self.there[number], what=what)

    def delete(self, number: str) -> None:
        """Take note that a meeting is gone."""
        del self.there[number]
        self.gone.add(number)

    def delete_host(self, host: str) -> None:
        """Take note that a host left with all their meetings."""
        for one in [one for one in self.there.values() if one.host == host]:
            self.delete(one.id)

    def live_of(self, host: str, now: datetime) -> list[str]:
        """Return the numbers of a host's live meetings, in order."""
        return sorted(one.id for one in self.there.values() if one.host == host and one.seen(now).live)

    def differences(self, ledger: Mapping[str, Seen], now: datetime) -> Iterator[str]:
        """Yield what the ledger has or lacks against the model."""
        for one in ledger.values():
            known = self.there.get(one.id)
            if known is None and one.live:
                yield f"{one} was {'deleted' if one.id in self.gone else 'never asked for'}"
            elif known and one != known.seen(now):
                yield f"{one} is not {known.seen(now)}"
        yield from (f"{number} is lost" for number in self.there if number not in ledger)
