"""Try a contract on drawn examples: how many, for how long, and how far a failure is made smaller."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.control import current_build_context
from hypothesis.errors import HypothesisException, UnsatisfiedAssumption

from greenroom.conformance.contract import Contract
from greenroom.conformance.product import Product

SHRINKS = 250
"""How many smaller examples are tried once one fails. A number and no time, so that one seed finds one story."""


ROUND, ROUNDS = 10, 6
"""So many examples are drawn independently of each other, so many times; beyond ten in one go, hypothesis mostly goes
on from what it drew before."""


@dataclass
class Effort:
    """How much a check may try, and how much it did.

    Attributes:
        seed: of what is drawn; one seed always draws the same.
        examples: of each contract, at most.
        until: by `time.monotonic`; after it no further example is begun, but one always is.
        tried: how many examples were.
    """

    seed: int
    examples: int
    until: float = inf
    tried: int = 0

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.until


class _TimeIsUp(KeyboardInterrupt):
    """Leaves hypothesis between two examples, as if somebody had stopped it: any other way it would look for why an
    example drew nothing."""


def try_contract(contract: Contract, product: Product, effort: Effort) -> None:
    """Try ``contract`` on a product; counts in ``effort`` what was tried.

    Raises ``AssertionError`` with the smallest example found that breaks it, ``RuntimeError`` when none can be drawn,
    and what else the contract raises.
    """
    for number, most in enumerate(_rounds(1 if contract.once else effort.examples)):
        try:
            _try_round(contract, product, effort, first=effort.seed + number, most=most)
        except _TimeIsUp:
            return
        except HypothesisException as error:
            message = f"examples cannot be drawn: {error}"
            raise RuntimeError(message) from error


def _rounds(examples: int) -> Iterator[int]:
    """Yield how many examples to draw at a time: a few rounds of their own, then the rest in one."""
    for _ in range(ROUNDS):
        if examples:
            yield min(examples, ROUND)
            examples -= min(examples, ROUND)
    if examples:
        yield examples


def _try_round(contract: Contract, product: Product, effort: Effort, *, first: int, most: int) -> None:
    smaller = 0

    @seed(first)
    @settings(
        max_examples=most,
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=tuple(phase for phase in settings().phases if phase is not Phase.explain),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def kept(data: st.DataObject) -> None:
        nonlocal smaller
        if smaller:
            smaller += 1
            if smaller > SHRINKS and not current_build_context().is_final:
                data.conjecture_data.mark_overrun()  # as good as too large: hypothesis settles for what it has
        elif effort.tried and effort.over:
            raise _TimeIsUp
        try:
            contract.body(product, data)
        except UnsatisfiedAssumption:  # an example that is none
            raise
        except Exception:
            effort.tried += not smaller
            smaller = smaller or 1
            raise
        effort.tried += not smaller

    kept()
