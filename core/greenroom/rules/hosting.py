"""Whose Zoom: precedence of connections, first person with Zoom, rotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenroom.model import Because, Connection, Considered, Level, Person, Turns, ZoomUser, normalize_email


def first_usable(connections: Iterable[Connection], precedence: Sequence[Level]) -> Connection | None:
    """Return the first connection a meeting can be made through, in the order of ``precedence``."""
    usable = [connection for connection in connections if connection.usable]
    for level in precedence:
        for connection in usable:
            if connection.level is level:
                return connection
    return None


def first_with_zoom(
    people: Iterable[Person], *, chosen: str, skipped: str
) -> tuple[ZoomUser | None, tuple[Considered, ...]]:
    """Return the first person's active Zoom user and who was considered on the way.

    ``chosen`` and ``skipped`` are the clauses that each verdict rests on.
    """
    considered: list[Considered] = []
    for person in people:
        user = person.zoom
        if user is not None and user.status == "active":
            because = Because(clause=chosen, about=person.email, fact="active Zoom user in this account")
            return user, (*considered, Considered(who=person.email, verdict="host", because=because))
        fact = "no Zoom user in this account" if user is None else f"Zoom user is {user.status}"
        because = Because(clause=skipped, about=person.email, fact=fact)
        considered.append(Considered(who=person.email, verdict="skipped", because=because))
    return None, tuple(considered)


def host_for_email(email: str, people: Iterable[Person]) -> ZoomUser | None:
    """Return the active Zoom user looked up for ``email`` among ``people``, or ``None``."""
    wanted = normalize_email(email)
    for person in people:
        if person.email == wanted and person.zoom is not None and person.zoom.status == "active":
            return person.zoom
    return None


def round_robin(pool: Sequence[str], turns: Turns) -> str:
    """Return whose turn it is in ``pool`` (in its order, the first being the primary).

    The host with the fewest meetings made or in flight is next; among equals, the one after the last turn.
    A changed pool starts counting anew. Raises ``ValueError`` on an empty pool.
    """
    if not pool:
        message = "a rotation needs at least one host"
        raise ValueError(message)
    counts = dict(turns.counts) if turns.pool == frozenset(pool) else {}
    start = pool.index(turns.last) + 1 if turns.last in pool else 0
    order = [*pool[start:], *pool[:start]]
    return min(order, key=lambda host: counts.get(host, 0))
