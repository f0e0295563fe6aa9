"""The one place where the sandbox changes: everything mutable hangs on `State`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from greenroom.sandbox.appointments import Appointments
from greenroom.sandbox.approvals import Approvals
from greenroom.sandbox.chat_messages import ChatMessages
from greenroom.sandbox.clock import Clock
from greenroom.sandbox.deliveries import Deliveries, SigningClock
from greenroom.sandbox.directory import settle
from greenroom.sandbox.events import Events
from greenroom.sandbox.faults import Faults
from greenroom.sandbox.grants import Grants
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.ledger import Ledger
from greenroom.sandbox.limits import Limits
from greenroom.sandbox.outgoing import Transport
from greenroom.sandbox.phone_calls import PhoneCalls
from greenroom.sandbox.recorded import Recordings
from greenroom.sandbox.sessions import Sessions
from greenroom.sandbox.subscriptions import DEAUTHORIZED, Subscriptions
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
        transport: where events are sent; the network by default.
        signing_clock: whose time their signatures carry.
    """

    def __init__(
        self,
        world: World,
        seed: int | None,
        clock: Clock,
        *,
        transport: Transport | None = None,
        signing_clock: SigningClock = "real",
    ) -> None:
        self.world = world
        self._transport = transport
        self._signing_clock = signing_clock
        self.clock = clock
        self._seed = seed
        self._start = clock.now()
        self._settled = settle(world, Ids(seed, "identities"), self._start)
        self.restart()

    def restart(self) -> None:
        """Forget everything that happened; ids and credentials of the world stay the same."""
        self.ids = Ids(self._seed, "run", awkward_uuids=self.world.awkward_uuids)
        self.directory = self._settled.copy()
        self.grants = Grants(self.ids, self.clock)
        self.approvals = Approvals()
        self.ledger = Ledger()
        self.limits = Limits(self.world, self.clock)
        self.faults = Faults()
        self.timers = Timers(self.clock)
        self.sessions = Sessions()
        self.recordings = Recordings()
        self.chat_messages = ChatMessages()
        self.phone_calls = PhoneCalls(self.world, self.directory, Ids(self._seed, "calls"), self.clock.now())
        self.appointments = Appointments(self.world, self.directory, Ids(self._seed, "appointments"), self.clock.now())
        self.events = Events(self.clock)
        self.subscriptions = Subscriptions(self.ids)
        self.deliveries = Deliveries(self, self._transport, self._signing_clock)
        self.events.listeners.append(self.deliveries.take)
        self._subscribe()
        self.base_url = ""
        self.signed_in: dict[str, BrowserSession] = {}
        self.page_tokens: dict[str, PageToken] = {}

    async def pass_time(self, until: datetime) -> None:
        """Move the clock to `until`; everything due on the way happens at its own instant, events are sent."""
        while (due := self.timers.next_due()) is not None and due <= until:
            self.timers.run_next()
            with self.clock.holding(due):
                await self.deliveries.flush()
        self.clock.set(until)
        await self.deliveries.flush()

    def _subscribe(self) -> None:
        for app in self.directory.apps.values():
            for spec in app.subscriptions:
                self.subscriptions.add(app, spec.url, spec.events, spec.audience, spec.secret)
            if app.deauthorization_url:
                self.subscriptions.add(app, app.deauthorization_url, (DEAUTHORIZED,))

    def rewind(self) -> None:
        """Put the clock back to where it started."""
        self.clock.set(self._start)
