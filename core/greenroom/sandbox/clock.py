"""The sandbox's clock: it may start anywhere and be moved, and otherwise runs with real time."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """A UTC clock that can be set and advanced.

    Args:
        start: an aware instant to start from; without it the clock shows the real time.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._origin = self._aware(start) if start else datetime.now(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Return the current instant, in UTC."""
        return self._origin + timedelta(seconds=time.monotonic() - self._since)

    def set(self, instant: datetime) -> None:
        """Jump to `instant`, forward or back; the clock goes on from there."""
        self._origin = self._aware(instant)
        self._since = time.monotonic()

    def advance(self, seconds: float) -> None:
        """Move by `seconds`, which may be negative."""
        self._origin += timedelta(seconds=seconds)

    @staticmethod
    def _aware(instant: datetime) -> datetime:
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def iso(instant: datetime) -> str:
    """Write an instant as Zoom does: UTC, whole seconds, `Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
