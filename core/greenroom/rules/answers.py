"""Short forms for the parts every answer has."""

from __future__ import annotations

from greenroom.model import Action, Because, Connection, Done, Refusal, Say


def because(*clauses: str, about: str = "", fact: str = "") -> tuple[Because, ...]:
    """Return one reason a clause, all about the same thing."""
    return tuple(Because(clause=clause, about=about, fact=fact) for clause in clauses)


def refuse(
    code: str,
    *clauses: str,
    say: str | None = None,
    next: tuple[Action, ...] = (),
    about: str = "",
    fact: str = "",
    **values: str | int,
) -> Refusal:
    """Return a refusal; its message key is ``say``, or ``code`` where none is given."""
    message = Say(key=say or code, values=tuple(sorted(values.items())))
    return Refusal(code=code, say=message, next=next, because=because(*clauses, about=about, fact=fact))


def done(*clauses: str, phase: str | None = None, via: Connection | None = None) -> Done:
    """Return `Done`, moving the connection to ``phase`` if one is named; ``via`` is what a feature goes through."""
    return Done(phase=phase, via=via, because=because(*clauses))
