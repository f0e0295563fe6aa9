"""Documented behaviour by name: one clause, one id."""

from __future__ import annotations

from typing import Literal

from greenroom.model.value import Value

Basis = Literal["stated", "implied", "decided", "default"]


class Clause(Value):
    """One documented behaviour: *given* this, *when* that, *then* so.

    ``basis``: the document states it, implies it in one step, leaves it open (``decided``), or it is
    core's own default where all documents are silent (``default``). ``note`` says why a clause cannot
    be executed; only such a clause may go unproven.
    """

    id: str
    basis: Basis
    given: str = ""
    when: str = ""
    then: str
    note: str | None = None
