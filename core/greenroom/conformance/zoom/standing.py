"""Facts joined to their checks, as values: what is proven, what is not, and how a check went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from greenroom.conformance.checks import AnyCheck, Found
from greenroom.conformance.zoom.facts import Fact
from greenroom.model import Value


class FactStanding(Fact):
    """A fact with the names of the checks that prove it."""

    checks: tuple[str, ...]


class CheckRun(Value):
    """How one check went: ``said`` holds what failed and where, empty when it passed.

    ``failed``: what is claimed does not hold. ``broken``: the check could not be carried through, since the
    simulator was not reached or refused a control call.
    """

    check: str
    facts: tuple[str, ...]
    outcome: Literal["passed", "failed", "broken"]
    said: str = ""


def join(facts: Mapping[str, Fact], checks: Sequence[Found[AnyCheck]]) -> tuple[FactStanding, ...]:
    """Return each fact with its checks, in the order of the facts."""
    return tuple(
        FactStanding(**dict(fact), checks=tuple(check.name for check in checks if fact.id in check.clauses))
        for fact in facts.values()
    )
