"""Where a connection stands."""

from __future__ import annotations

from greenroom.model import Ask, Level


def phase_at(request: Ask, level: Level, initial: str) -> str:
    """Return the phase at ``level``: of the organization's connection, or of the acting member's own.

    ``initial`` where the question sees none. Asked for nobody, it is the first member connection that is seen.
    """
    own = request.actor.id if level is Level.MEMBER and request.actor is not None else None
    seen = (found for found in request.connections if found.level is level)
    return next((found.phase for found in seen if own in {None, found.owner}), initial)
