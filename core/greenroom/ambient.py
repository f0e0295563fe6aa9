"""Time and identity as the surroundings give them: the system's, or seeded for runs that repeat."""

from __future__ import annotations

import random
import secrets
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """Return the current instant."""
        return datetime.now(UTC)


class SteppingClock:
    """A clock that starts at an instant and moves by a fixed step at each look, so that runs repeat."""

    def __init__(self, start: datetime, step: timedelta = timedelta(seconds=1)) -> None:
        self._now = start
        self._step = step

    def now(self) -> datetime:
        """Return the next instant."""
        self._now += self._step
        return self._now


class SecureIds:
    """Ids and secrets from the operating system's randomness."""

    def new(self, prefix: str) -> str:
        """Return ``prefix_`` and 80 random bits."""
        return f"{prefix}_{secrets.token_hex(10)}"

    def secret(self) -> str:
        """Return 256 random bits, URL-safe."""
        return secrets.token_urlsafe(32)


class SeededIds:
    """Ids that repeat with their seed. For demonstrations and tests only: nothing about them is secret."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # repeatable on purpose

    def new(self, prefix: str) -> str:
        """Return ``prefix_`` and 80 seeded bits."""
        return f"{prefix}_{self._random.getrandbits(80):020x}"

    def secret(self) -> str:
        """Return 256 seeded bits in hexadecimal."""
        return f"{self._random.getrandbits(256):064x}"
