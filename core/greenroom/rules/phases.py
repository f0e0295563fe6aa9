"""Where a connection stands."""

from __future__ import annotations

from greenroom.model import Ask, Level


def phase_at(request: Ask, level: Level, initial: str) -> str:
    """Return the phase of the first connection of ``level`` that the question sees; ``initial`` where there is none."""
    return next((found.phase for found in request.connections if found.level is level), initial)
