"""The one place where the sandbox changes: everything mutable hangs on `State`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from greenroom.sandbox.approvals import Approvals
from greenroom.sandbox.clock import Clock
from greenroom.sandbox.directory import settle
from greenroom.sandbox.events import Events
from greenroom.sandbox.faults import Faults
from greenroom.sandbox.grants import Grants
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.ledger import Ledger
from greenroom.sandbox.timers import Timers
from greenroom.sandbox.world import World


@dataclass(frozen=True)
class BrowserSession:
    """Someone signed in to the sandbox's pages; `form_token` proves a form came from them."""

    user_id: str
    form_token: str


@dataclass(frozen=True)
class PageToken:
    """Where the next page of one list starts; valid for that list only, and for a while."""

    listing: str
    offset: int
    expires_at: datetime


PAGE_TOKEN_LIFE = timedelta(minutes=15)


class State:
    """Everything the sandbox knows and remembers.

    Args:
        world: what it starts with, and returns to.
        seed: makes all ids repeatable; `None` makes them unguessable.
        clock: the clock it lives by.
    """

    def __init__(self, world: World, seed: int | None, clock: Clock) -> None:
        self.world = world
        self.clock = clock
        self._seed = seed
        self._start = clock.now()
        self._settled = settle(world, Ids(seed, "identities"), self._start)
        self.restart()

    def restart(self) -> None:
        """Forget everything that happened; ids and credentials of the world stay the same."""
        self.ids = Ids(self._seed, "run")
        self.directory = self._settled.copy()
        self.grants = Grants(self.ids, self.clock)
        self.approvals = Approvals()
        self.ledger = Ledger()
        self.faults = Faults()
        self.timers = Timers(self.clock)
        self.events = Events(self.clock)
        self.sessions: dict[str, BrowserSession] = {}
        self.page_tokens: dict[str, PageToken] = {}

    def rewind(self) -> None:
        """Put the clock back to where it started."""
        self.clock.set(self._start)
