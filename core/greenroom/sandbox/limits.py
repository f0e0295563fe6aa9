"""Rate limits: how much an account may ask for, and how often one host's meetings may change in a day.

An account's limits depend on its plan and on the operation's label, and all its apps share them. They are
counted in whole seconds, minutes and UTC days of the sandbox's clock, so that moving the clock frees them.
A refused request counts for nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from greenroom.sandbox.clock import Clock, iso
from greenroom.sandbox.directory import Account
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.rate_labels import Label, label_of
from greenroom.sandbox.world import World

HOST_CHANGES_A_DAY = 100

_Tier = Literal["free", "pro", "business"]
_Product = Literal["main", "phone"]

_SECOND, _MINUTE, _DAY = 1, 60, 86_400

# For each label: how many requests in how many seconds.
_BURSTS: dict[tuple[_Product, _Tier], dict[Label, tuple[int, int]]] = {
    ("main", "free"): {
        "Light": (4, _SECOND),
        "Medium": (2, _SECOND),
        "Heavy": (1, _SECOND),
        "Resource-intensive": (10, _MINUTE),
    },
    ("main", "pro"): {
        "Light": (30, _SECOND),
        "Medium": (20, _SECOND),
        "Heavy": (10, _SECOND),
        "Resource-intensive": (10, _MINUTE),
    },
    ("main", "business"): {
        "Light": (80, _SECOND),
        "Medium": (60, _SECOND),
        "Heavy": (40, _SECOND),
        "Resource-intensive": (20, _MINUTE),
    },
    ("phone", "pro"): {
        "Light": (20, _SECOND),
        "Medium": (10, _SECOND),
        "Heavy": (5, _SECOND),
        "Resource-intensive": (5, _MINUTE),
    },
    ("phone", "business"): {
        "Light": (40, _SECOND),
        "Medium": (20, _SECOND),
        "Heavy": (10, _SECOND),
        "Resource-intensive": (10, _MINUTE),
    },
}

# The free plan limits each label's day; paid plans limit what heavy and resource-intensive requests make together.
_FREE_DAYS: dict[Label, int] = {"Light": 6_000, "Medium": 2_000, "Heavy": 1_000, "Resource-intensive": 30_000}
_COMBINED_DAYS: dict[tuple[_Product, _Tier], int] = {
    ("main", "pro"): 30_000,
    ("main", "business"): 60_000,
    ("phone", "pro"): 15_000,
    ("phone", "business"): 30_000,
}
_COMBINED: tuple[Label, ...] = ("Heavy", "Resource-intensive")

_MESSAGES = {
    _SECOND: "You have reached the maximum per-second rate limit for this API. Try again later.",
    # Zoom's wording for minutes is not published; this follows its wording for seconds.
    _MINUTE: "You have reached the maximum per-minute rate limit for this API. Try again later.",
    _DAY: (
        "You have reached the maximum daily rate limit for this API. Refer to the response header for details "
        "on when you can make another request."
    ),
}


@dataclass(frozen=True)
class Limit:
    """So many requests in each whole second, minute or UTC day.

    Attributes:
        pool: what shares the limit; distinct limits have distinct pools.
        seconds: the length of a window.
    """

    pool: str
    allowed: int
    seconds: int

    @property
    def daily(self) -> bool:
        """Tell whether the window is a UTC day."""
        return self.seconds == _DAY

    def window(self, now: datetime) -> int:
        """Return the number of the window `now` lies in."""
        return int(now.timestamp()) // self.seconds

    def resets_at(self, now: datetime) -> datetime:
        """Return when the window after `now` begins."""
        return datetime.fromtimestamp((self.window(now) + 1) * self.seconds, UTC)

    def headers(self, remaining: int) -> dict[str, str]:
        """Return the headers that tell how this limit stands."""
        return {
            "X-RateLimit-Type": "Daily-limit" if self.daily else "QPS",
            "X-RateLimit-Limit": str(self.allowed),
            "X-RateLimit-Remaining": str(remaining),
        }


class LimitReached(ZoomError):
    """429: one of the account's limits is used up."""

    def __init__(self, limit: Limit, now: datetime, *, told: bool) -> None:
        self.limit = limit
        self.resets_at = limit.resets_at(now)
        self.told = told
        super().__init__(429, 429, _MESSAGES[limit.seconds])

    def headers(self, usual: Mapping[str, str]) -> dict[str, str]:
        """Return the usual headers and, if told, the limit's and when it ends: an ISO instant for a day."""
        if not self.told:
            return dict(usual)
        told = {**usual, **self.limit.headers(0)}
        if self.limit.daily:
            return {**told, "Retry-After": iso(self.resets_at)}
        return {**told, "X-RateLimit-Reset": str(int(self.resets_at.timestamp()))}


class HostDayReached(ZoomError):
    """429: one host's meetings changed too often today."""

    def __init__(self) -> None:
        text = (
            f"You have exceeded the daily rate limit ({HOST_CHANGES_A_DAY}) of Meeting Create/Update API requests "
            "permitted for this particular user. You may resume these requests at GMT 00:00:00."
        )
        super().__init__(429, 429, text)

    def headers(self, usual: Mapping[str, str]) -> dict[str, str]:
        """Return the headers of the account's pool, which tell nothing of this limit, not even a type."""
        return {name: value for name, value in usual.items() if name != "X-RateLimit-Type"}


class Limits:
    """Who has asked for how much.

    The account limits and their headers follow the world's switches `rate_limits` and `rate_limit_headers`;
    the hundred changes a day hold always.
    """

    def __init__(self, world: World, clock: Clock) -> None:
        self._counts = world.rate_limits
        self._tells = world.rate_limit_headers == "documented"
        self._clock = clock
        self._used: dict[tuple[str, str], tuple[int, int]] = {}
        self._changes: Counter[tuple[str, str]] = Counter()

    def category(self, operation: str) -> dict[str, str]:
        """Return the header every reply has."""
        return {"X-RateLimit-Category": label_of(operation)}

    def spend(self, account: Account, operation: str) -> dict[str, str]:
        """Count a request of the account; return the headers that tell what is left.

        Raises:
            LimitReached: a limit is used up.
        """
        if not self._counts:
            return {}
        limits = tuple(_limits(account, operation))
        now = self._clock.now()
        for limit in reversed(limits):  # a used-up day is told before a used-up second: waiting a second is no help
            if self._spent(account, limit, now) >= limit.allowed:
                raise LimitReached(limit, now, told=self._tells)
        for limit in limits:
            self._used[account.id, limit.pool] = (limit.window(now), self._spent(account, limit, now) + 1)
        told = limits[-1]
        return told.headers(told.allowed - self._spent(account, told, now)) if self._tells else {}

    def count_change(self, host_id: str) -> None:
        """Count a create or update of one of the host's meetings; deletes and ends do not count.

        Raises:
            HostDayReached: the host's hundred for this UTC day are used up.
        """
        key = (host_id, self._clock.now().date().isoformat())
        if self._changes[key] >= HOST_CHANGES_A_DAY:
            raise HostDayReached
        self._changes[key] += 1

    def changes_left(self, host_id: str) -> int:
        """Return how many creates and updates of the host's meetings today still allows."""
        return HOST_CHANGES_A_DAY - self._changes[host_id, self._clock.now().date().isoformat()]

    def _spent(self, account: Account, limit: Limit, now: datetime) -> int:
        window, count = self._used.get((account.id, limit.pool), (0, 0))
        return count if window == limit.window(now) else 0


def _limits(account: Account, operation: str) -> Iterator[Limit]:
    """Yield the limits a request draws on; the last is the one replies tell about."""
    product, tier, label = _product(account, operation), _tier(account), label_of(operation)
    allowed, seconds = _BURSTS[product, tier][label]
    yield Limit(f"{product} {label} {seconds}s", allowed, seconds)
    if tier == "free":
        yield Limit(f"{product} {label} day", _FREE_DAYS[label], _DAY)
    elif label in _COMBINED:
        yield Limit(f"{product} heavy day", _COMBINED_DAYS[product, tier], _DAY)


def _tier(account: Account) -> _Tier:
    if account.plan == "basic":
        return "free"
    return "pro" if account.plan == "pro" else "business"


def _product(account: Account, operation: str) -> _Product:
    """Zoom Phone has limits of its own on paid plans; without them it draws on the main ones."""
    return "phone" if " /phone/" in operation and account.paid else "main"
