"""Every installed profile keeps every contract of the kit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.conformance import Product
from greenroom.conformance.contract import Contract, contracts
from greenroom.conformance.contract_page import contract_page


@pytest.mark.parametrize("contract", contracts(), ids=lambda one: one.name)
def test_a_contract_is_kept(product: Product, contract: Contract) -> None:
    """No example breaks it, where it is applicable at all."""
    if contract.unless(product):
        return

    @QUICK
    @given(data=st.data())
    def kept(data: st.DataObject) -> None:
        contract.body(product, data)

    kept()


def test_contracts_are_told_apart_and_explained() -> None:
    """Each has a name of its own, says its rule, what its breach costs and where to look; two in five say what must not
    happen."""
    found = contracts()
    assert len({one.name for one in found}) == len(found)
    assert all(one.says.endswith(".") and one.why.endswith(".") and one.fix.endswith(".") for one in found)
    assert sum(one.refuses for one in found) >= 0.4 * len(found)


def test_the_page_is_current() -> None:
    """`make contracts` wrote it."""
    assert Path("docs/contracts.md").read_text("utf-8") == contract_page()
