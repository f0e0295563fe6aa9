"""What the engine takes from its surroundings instead of reaching for it: time and identity."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where *now* comes from."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...


class Ids(Protocol):
    """Where new names and secrets come from."""

    def new(self, prefix: str) -> str:
        """Return a fresh id such as ``int_3f9a…``, unique in the deployment."""
        ...

    def secret(self) -> str:
        """Return a fresh URL-safe secret of at least 128 random bits."""
        ...
