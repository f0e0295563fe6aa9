"""Try a contract on drawn examples: how many, for how long, and how far a failure is made smaller."""

from __future__ import annotations

import time
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


class _TimeIsUp(BaseException):
    """Leaves hypothesis between two examples; no ``Exception``, which would be an example that fails."""


def try_contract(contract: Contract, product: Product, effort: Effort) -> None:
    """Try ``contract`` on a product; counts in ``effort`` what was tried.

    Raises ``AssertionError`` with the smallest example found that breaks it, ``RuntimeError`` when none can be drawn,
    and what else the contract raises.
    """
    smaller = 0

    @seed(effort.seed)
    @settings(
        max_examples=1 if contract.once else effort.examples,
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
        else:
            effort.tried += 1
        try:
            contract.body(product, data)
        except UnsatisfiedAssumption:  # an example that is none
            effort.tried -= not smaller
            raise
        except Exception:
            smaller = smaller or 1
            raise

    try:
        kept()
    except _TimeIsUp:
        return
    except HypothesisException as error:
        message = f"examples cannot be drawn: {error}"
        raise RuntimeError(message) from error
