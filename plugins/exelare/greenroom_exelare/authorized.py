"""Through whom Exelare acts at Zoom: the toggle that has to be on, and the user who authorized [EXE-09, EXE-11]."""

from __future__ import annotations

from greenroom.model import Action, Ask, Connection, Level, Refusal
from greenroom.rules import phase_at, refuse
from greenroom_exelare.scopes import printed

OFF, ON = "off", "on"
NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT = "not_connected", "connected", "needs_reconnect"


def toggle(request: Ask) -> str:
    """Return where the organization's switch stands [EXE-07]."""
    return phase_at(request, Level.ORGANIZATION, OFF)


def own_phase(request: Ask) -> str:
    """Return the phase of the acting user's own authorization."""
    return next((found.phase for found in request.connections if _is_own(found, request)), NOT_CONNECTED)


def authorized_connection(request: Ask) -> Connection | None:
    """Return the acting user's own authorization, or else the authorized user's; of several the first by member id.

    The document speaks of one authorized user. ``None`` while the toggle is off: then there is no access at all.
    """
    if toggle(request) != ON:
        return None
    usable = [found for found in request.connections if found.level is Level.MEMBER and found.usable]
    return min(usable, key=lambda found: (not _is_own(found, request), found.owner), default=None)


def usable_connection(request: Ask, through: Connection | None) -> Connection | None:
    """Return the authorization ``through`` which a meeting was made, as it is now, if one is named; otherwise the
    authorized user's. ``None`` while there is no access through it."""
    if through is None or toggle(request) != ON:
        return authorized_connection(request)
    same = (found for found in request.connections if (found.level, found.owner) == (through.level, through.owner))
    return next((found for found in same if found.usable), None)


def no_access(request: Ask) -> Refusal:
    """Return why nothing can be done at Zoom now: the toggle is off, or nobody has authorized [EXE-12]."""
    if toggle(request) != ON:
        return refuse("not_enabled", "EXE-07", "EXE-09", next=(Action.ENABLE,), fact="the toggle is off")
    return refuse("login_first", "EXE-09", "EXE-12", next=(Action.CONNECT,), fact="no authorized user")


def scope_missing(via: Connection, scope: str) -> Refusal | None:
    """Refuse what is tied to the printed ``scope`` where it is not granted [EXE-59]; ``None`` lets it pass."""
    if scope in printed(via.scopes):
        return None
    return refuse("scope_missing", "EXE-59", next=(Action.CONNECT,), fact=f"{scope} is not granted", scope=scope)


def _is_own(connection: Connection, request: Ask) -> bool:
    actor = request.actor
    return actor is not None and (connection.level, connection.owner) == (Level.MEMBER, actor.id)
