"""Events on their way: signed, sent, tried again after 5, 20 and 60 minutes, then dropped.

Nothing here sleeps: what is due later waits on the sandbox's timers. Sending happens in `flush`, which the
server calls after each request and the control API when it moves the clock.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, Protocol

from greenroom.sandbox.clock import Clock, milliseconds
from greenroom.sandbox.directory import Directory
from greenroom.sandbox.events import Event
from greenroom.sandbox.faults import EVENT, Faults
from greenroom.sandbox.grants import Grants
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.outgoing import Answer, Outgoing, Transport
from greenroom.sandbox.subscriptions import Subscription, Subscriptions
from greenroom.sandbox.timers import Timers

RETRIES = (timedelta(minutes=5), timedelta(minutes=20), timedelta(minutes=60))
VALIDATE_EVERY = timedelta(hours=72)

Outcome = Literal["waiting", "delivered", "refused", "retrying", "dropped", "unvalidated"]
SigningClock = Literal["real", "sandbox"]


@dataclass(frozen=True)
class Attempt:
    """One request made: `status` is `None` when no answer came within three seconds."""

    at: datetime
    status: int | None


@dataclass
class Delivery:
    """One event for one subscription, with every attempt to tell it."""

    number: int
    event: Event
    subscription_id: str
    url: str
    outcome: Outcome = "waiting"
    attempts: list[Attempt] = field(default_factory=list)
    fault: str | None = None


class _World(Protocol):
    """What deliveries need of the sandbox's state."""

    clock: Clock
    timers: Timers
    faults: Faults
    grants: Grants
    directory: Directory
    subscriptions: Subscriptions
    ids: Ids


class Deliveries:
    """Sends events to the URLs that subscribed.

    Args:
        transport: where requests go; the network by default.
        signing_clock: whose time the signature carries. A receiver checks it against its own clock, which is
            the real one unless it was told otherwise.
    """

    def __init__(self, world: _World, transport: Transport | None = None, signing_clock: SigningClock = "real") -> None:
        self.log: list[Delivery] = []
        self._world = world
        self._transport = transport
        self._signing_clock = signing_clock
        self._outbox: deque[Delivery | Subscription] = deque()
        self._held: dict[str, list[Delivery]] = {}
        self._sending = asyncio.Lock()
        self._tasks: set[asyncio.Task[int]] = set()
        self._alarm: asyncio.TimerHandle | None = None

    def take(self, event: Event) -> None:
        """Queue an event for everyone who is to hear of it, as faults allow."""
        for subscription in self._world.subscriptions:
            if (
                subscription.standing != "disabled"
                and subscription.wants(event)
                and self._concerns(subscription, event)
            ):
                self._queue(event, subscription)

    def validate(self, subscription: Subscription) -> None:
        """Queue a URL validation."""
        self._outbox.append(subscription)

    async def flush(self) -> int:
        """Send everything that is due; return how many requests were made."""
        made = 0
        async with self._sending:
            if not self._outbox:
                return 0
            async with Outgoing(self._transport) as client:
                while self._outbox:
                    made += await self._send(client, self._outbox.popleft())
        return made

    def wake(self) -> None:
        """See to it that what is due is sent soon, without waiting for it."""
        loop = asyncio.get_running_loop()
        if self._outbox:
            task = loop.create_task(self.flush())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        due = self._world.timers.next_due()
        if due is not None and not self._world.clock.frozen:
            wait = max((due - self._world.clock.now()).total_seconds(), 0)
            self._alarm = loop.call_later(wait, self._ring)

    def _ring(self) -> None:
        self._world.timers.run_due()
        self.wake()

    def _concerns(self, subscription: Subscription, event: Event) -> bool:
        """Tell whether the app was added where the event happened, by somebody it may be told about."""
        if event.app is not None:
            return True
        directory = self._world.directory
        app = directory.apps[subscription.client_id]
        if app.kind == "s2s":
            return app.activated and app.developer_account == event.account_id
        live = [g for g in self._world.grants if g.client_id == app.client_id and not g.ended]
        owners = {grant.user_id for grant in live}
        if app.kind == "user" or subscription.audience == "installers":
            return bool(owners & event.about)
        members = (directory.users.get(one) for one in owners)
        return any(member is not None and member.account_id == event.account_id for member in members)

    def _queue(self, event: Event, subscription: Subscription) -> None:
        fault = self._world.faults.strike(EVENT + event.name)
        delivery = Delivery(len(self.log) + 1, event, subscription.id, subscription.url)
        self.log.append(delivery)
        if fault is None:
            self._put(delivery)
            return
        delivery.fault = fault.kind
        if fault.kind == "drop":
            delivery.outcome = "dropped"
        elif fault.kind == "late":
            later = self._world.clock.now() + timedelta(seconds=fault.seconds)
            self._world.timers.at(later, f"late {event.name}", partial(self._put, delivery))
        elif fault.kind == "reorder":
            self._held.setdefault(subscription.id, []).append(delivery)
        else:
            self._put(delivery)
            again = replace(delivery, number=len(self.log) + 1, attempts=[])
            self.log.append(again)
            self._put(again)

    def _put(self, delivery: Delivery) -> None:
        self._outbox.append(delivery)
        self._outbox.extend(self._held.pop(delivery.subscription_id, ()))

    async def _send(self, client: Outgoing, item: Delivery | Subscription) -> int:
        subscription = self._world.subscriptions.get(item.subscription_id if isinstance(item, Delivery) else item.id)
        if subscription is None or subscription.standing == "disabled":
            if isinstance(item, Delivery):
                item.outcome = "dropped"
            return 0
        if isinstance(item, Subscription):
            await self._validate(client, subscription)
            return 1
        validated = 0
        if subscription.standing == "new":
            subscription = await self._validate(client, subscription)
            validated = 1
        if subscription.standing != "validated":
            item.outcome = "unvalidated"
            return validated
        await self._attempt(client, subscription, item)
        return validated + 1

    async def _attempt(self, client: Outgoing, subscription: Subscription, delivery: Delivery) -> None:
        answer = await self._post(client, subscription, delivery.event.body)
        status = None if answer is None else answer.status
        delivery.attempts.append(Attempt(self._world.clock.now(), status))
        if status in (200, 204):
            delivery.outcome = "delivered"
        elif status is not None and status < 500:
            delivery.outcome = "refused"
        elif len(delivery.attempts) > len(RETRIES):
            delivery.outcome = "dropped"
        else:
            delivery.outcome = "retrying"
            later = self._world.clock.now() + RETRIES[len(delivery.attempts) - 1]
            self._world.timers.at(later, f"retry of {delivery.event.name}", partial(self._put, delivery))

    async def _validate(self, client: Outgoing, subscription: Subscription) -> Subscription:
        plain = self._world.ids.text(22)
        now = self._world.clock.now()
        body = {"event": "endpoint.url_validation", "payload": {"plainToken": plain}, "event_ts": milliseconds(now)}
        answer = await self._post(client, subscription, body)
        expected = {"plainToken": plain, "encryptedToken": subscription.proof(plain)}
        settled = subscription.answered(right=answer == Answer(200, expected), now=now)
        self._world.subscriptions.keep(settled)
        if settled.standing == "validated":
            again = partial(self.validate, settled)
            self._world.timers.at(now + VALIDATE_EVERY, f"validation of {settled.url}", again)
        return settled

    async def _post(self, client: Outgoing, subscription: Subscription, body: Mapping[str, object]) -> Answer | None:
        # Compact and unescaped: some receivers sign their own rendering of the parsed JSON.
        raw = json.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
        sandbox = self._signing_clock == "sandbox"
        timestamp = str(int(self._world.clock.now().timestamp() if sandbox else time.time()))
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "Zoom Marketplace/1.0a",
            "x-zm-request-timestamp": timestamp,
            "x-zm-signature": subscription.signature(timestamp, raw),
            "x-zm-trackingid": f"v=2.0;clid=us04;rid=WEBHOOK_{self._world.ids.text(32).lower()}",
        }
        return await client.post(subscription.url, raw, headers)
