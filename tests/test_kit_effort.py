"""How much the kit tries: budgets are shared, failures are made smaller for so long, and one seed finds one thing."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.conformance.contract import Contract, contract
from greenroom.conformance.kit import Check, contract_check, judge
from greenroom.conformance.trying import SHRINKS, Effort, try_contract
from greenroom.profiles import Registry


@pytest.fixture(scope="module")
def product() -> Product:
    """Return some product."""
    registry = Registry.discover()
    return Product(InProcess(registry.profile(registry.names[0])))


def checks(body: Callable[[Product, st.DataObject], None], number: int = 1) -> list[Check]:
    """Return a contract with this body, so many times over."""
    return [contract_check(contract(why="It hurts.", fix="Mend it.")(body))] * number


def slow(_product: Product, data: st.DataObject) -> None:
    """It takes a while."""
    data.draw(st.integers())
    time.sleep(0.02)


def failing(_product: Product, data: st.DataObject) -> None:
    """It holds."""
    drawn = data.draw(st.lists(st.integers(), min_size=3), label="numbers")
    assert sum(drawn) < 10, "too much"


def test_a_report_says_how_many_examples_were_tried(product: Product) -> None:
    """Examples that are none, and those that only make a failure smaller, do not count."""

    def choosy(_product: Product, data: st.DataObject) -> None:
        """It holds for even numbers."""
        assume(data.draw(st.integers()) % 2 == 0)

    tried = [one.examples for one in judge(product, [*checks(choosy), *checks(slow)], seed=1, examples=7)]
    assert tried == [7, 7]
    (found,) = judge(product, checks(failing), seed=1, examples=100)
    assert found.verdict == "fail"
    assert 1 <= found.examples <= 100


def test_a_budget_is_shared(product: Product) -> None:
    """Each contract gets its share of the time and at least one example; what is left over goes to those after it."""
    began = time.monotonic()
    found = list(judge(product, [*checks(slow), *checks(lambda _product, _data: None), *checks(slow)], **AMPLE))
    assert time.monotonic() - began < 2
    assert [one.verdict for one in found] == ["pass", "pass", "pass"]
    first, quick, last = (one.examples for one in found)
    assert 1 <= first < last < 1000
    assert quick >= 1


AMPLE = {"seed": 1, "examples": 1000, "budget": 0.6}


def test_what_was_not_tried_is_not_testable(product: Product) -> None:
    """A check whose turn comes after the budget is no pass, and says why."""
    first, *others = judge(product, checks(slow, 3), seed=1, examples=1000, budget=0.001)
    assert (first.verdict, first.examples) == ("pass", 1)
    assert {(one.verdict, one.examples) for one in others} == {("not_testable", 0)}
    assert "the budget of 0.001 seconds was used up" in others[0].said


def test_a_failure_is_made_smaller_for_so_long(product: Product) -> None:
    """However many smaller examples there are, so many are tried; what is told is the smallest of them."""
    count = 0

    def counted(_product: Product, data: st.DataObject) -> None:
        """It holds."""
        nonlocal count
        drawn = data.draw(st.lists(st.integers(0, 2**40), min_size=12), label="numbers")
        count += 1
        assert sum(drawn) < 2**41, f"{sum(drawn)} is too much"

    with pytest.raises(AssertionError, match="is too much") as caught:
        try_contract(_contract(counted), product, Effort(1, 200))
    assert SHRINKS // 2 < count < 200 + SHRINKS + 10
    assert any(str(note).startswith("Draw 1 (numbers)") for note in caught.value.__notes__)


def _contract(body: Callable[[Product, st.DataObject], None]) -> Contract:
    return contract(why="It hurts.", fix="Mend it.")(body)
