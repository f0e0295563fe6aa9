"""Documented behaviour by name: one clause, one id."""

from __future__ import annotations

from typing import Literal

from greenroom.model.value import Value

Basis = Literal["stated", "implied", "decided", "default"]
"""What a clause rests on: the document states it, implies it in one step, or leaves it open and it was *decided*;
*default* is core's own, where all documents are silent."""


class Clause(Value):
    """One documented behaviour: *given* this, *when* that, *then* so."""

    id: str
    """Two to six capitals, a dash, two or three digits: ``ACME-07``. ``CORE-…`` is core's own."""
    basis: Basis
    """What it rests on."""
    given: str = ""
    """The circumstances it holds in; empty = always."""
    when: str = ""
    """What happens; empty = at any time."""
    then: str
    """What follows."""
    note: str | None = None
    """Why it cannot be executed; only such a clause may go unproven."""
