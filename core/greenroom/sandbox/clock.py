"""The sandbox's clock: virtual, so that a month passes in one call and nothing ever sleeps."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class Clock:
    """A UTC clock that can be set, advanced and stopped.

    Args:
        start: an aware instant to start from; without it the clock shows the real time.
        frozen: let the clock move only when told; otherwise it runs with real time from `start`.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._origin = self._aware(start) if start else datetime.now(UTC)
        self._since = time.monotonic()
        self._held: datetime | None = None
        self.frozen = frozen

    def now(self) -> datetime:
        """Return the current instant, in UTC."""
        if self._held is not None:
            return self._held
        return self._origin if self.frozen else self._origin + timedelta(seconds=time.monotonic() - self._since)

    def set(self, instant: datetime) -> None:
        """Jump to `instant`, forward or back; a running clock goes on from there."""
        self._origin = self._aware(instant)
        self._since = time.monotonic()

    def advance(self, seconds: float) -> None:
        """Move by `seconds`, which may be negative."""
        self._origin += timedelta(seconds=seconds)

    def freeze(self, *, frozen: bool) -> None:
        """Stop the clock where it is, or let it run on."""
        self.set(self.now())
        self.frozen = frozen

    @contextmanager
    def holding(self, instant: datetime) -> Iterator[None]:
        """Show `instant` while the block runs: what was due then happens then, however late it is noticed."""
        before, self._held = self._held, instant
        try:
            yield
        finally:
            self._held = before

    @staticmethod
    def _aware(instant: datetime) -> datetime:
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def iso(instant: datetime) -> str:
    """Write an instant as Zoom does: UTC, whole seconds, `Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def milliseconds(instant: datetime) -> int:
    """Return an instant as events stamp it: milliseconds since 1970."""
    return int(instant.timestamp() * 1000)
