"""Zoom's limits of requests: they are an account's, one for each label, and shared by everything that asks for it."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from greenroom.engine.ports.zoom import Access, RateLimited
from greenroom.http import Reply

FIRST_GUESS = timedelta(seconds=1)
LONGEST_GUESS = timedelta(seconds=64)

LABELS = frozenset({"light", "medium", "heavy", "resource-intensive"})

_SPREAD = 0.1
_Key = tuple[str, str]


class Limiter:
    """Holds calls back while the limit they draw on is used up.

    A limit is told apart by account and label. Which label an operation has is learned from Zoom's replies; until
    then it is the one Zoom's documents give it. Calls of other accounts, or under other labels, never wait. Where
    Zoom does not say when a limit ends, a second is taken, then two, up to a minute.

    ``patience``: a call waits no longer than this, else it fails with `RateLimited` without being sent.
    """

    def __init__(self, now: Callable[[], datetime], patience: timedelta) -> None:
        self._now = now
        self._patience = patience
        self._labels: dict[str, str] = {}
        self._closed: dict[_Key, datetime] = {}
        self._guesses: Counter[_Key] = Counter()

    async def admit(self, access: Access, operation: str, label: str) -> None:
        """Wait until the limit is open; raise `RateLimited` if that takes longer than patience lasts."""
        key, left = self._key(access, operation, label), self._patience
        while (until := self._closed.get(key)) is not None:
            wait = until - self._now()
            if wait > left:
                what = f"Zoom's limit for {key[1]} requests is reached; nothing was sent"
                raise RateLimited(what, until=until, where=f"Zoom {operation}", status=None)
            left -= wait
            # Not all at once when it opens.
            await asyncio.sleep(max(wait.total_seconds(), 0) + random.uniform(0, _SPREAD))  # noqa: S311
            if self._closed.get(key) is until:
                del self._closed[key]

    def note(self, access: Access, operation: str, label: str, reply: Reply, refused: RateLimited | None) -> None:
        """Learn from a reply: which label the operation has, and whether its limit is used up until when."""
        stated = reply.headers.get("x-ratelimit-category", "").casefold()
        if stated in LABELS:
            self._labels[operation] = stated
        key = self._key(access, operation, label)
        if refused is None:
            self._guesses.pop(key, None)
            if _is_last_of_its_second(reply):
                self._close(key, self._now() + FIRST_GUESS)
        elif refused.limit in {"second", "day", "unnamed"}:  # the other two are not the account's
            self._close(key, refused.until or self._now() + self._guess(key))

    def _guess(self, key: _Key) -> timedelta:
        guess = min(FIRST_GUESS * (1 << min(self._guesses[key], 10)), LONGEST_GUESS)
        self._guesses[key] += 1
        return guess

    def _close(self, key: _Key, until: datetime) -> None:
        now = self._now()
        closed = {one: instant for one, instant in self._closed.items() if instant > now}
        self._closed = {**closed, key: max(until, closed.get(key, until))}

    def _key(self, access: Access, operation: str, label: str) -> _Key:
        return account_of(access), self._labels.get(operation, label.casefold())


def _is_last_of_its_second(reply: Reply) -> bool:
    per_second = reply.headers.get("x-ratelimit-type", "").casefold() == "qps"
    return per_second and reply.headers.get("x-ratelimit-remaining") == "0"


def account_of(access: Access) -> str:
    """Return whose limits a call draws on: the account, or, unknown, the token, by a digest."""
    return access.account or token_digest(access)


def token_digest(access: Access) -> str:
    """Return what tells tokens apart and does not give them away."""
    return hashlib.sha256(access.token.get_secret_value().encode()).hexdigest()
