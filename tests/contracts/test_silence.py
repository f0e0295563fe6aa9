"""Where a document is silent, core's defaults apply and are named; where it is not, they are not passed off for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.conformance import Product
from greenroom.conformance.strategies import change_requests, invite_requests
from greenroom.model import Answer, Follow

MOVED = {"CORE-01", "CORE-02"}


def cited(answer: Answer) -> set[str]:
    """Return the clauses an answer rests on."""
    return {one.clause for one in answer.because}


def silent(product: Product) -> bool:
    """Whether the product's document says nothing of moving and cancelling."""
    return product.manifest.capabilities["lifecycle_sync"].level == "silent"


@QUICK
@given(data=st.data())
def test_moving_and_cancelling(product: Product, data: st.DataObject) -> None:
    """A silent profile updates or deletes at Zoom by core's default and says so; another by clauses of its own."""
    answer = product.change(data.draw(change_requests(product)))
    if isinstance(answer, Follow) and answer.at_zoom in {"update", "delete"}:
        assert bool(cited(answer) & MOVED) is silent(product)
        own = {clause for clause in cited(answer) if not clause.startswith("CORE-")}
        assert silent(product) or own


@QUICK
@given(data=st.data())
def test_who_is_told_again(product: Product, data: st.DataObject) -> None:
    """Being told of a change or a cancellation is core's default, being invited is the product's."""
    request = data.draw(invite_requests(product))
    answer = product.render_invite(request)
    if silent(product) and getattr(answer, "items", ()):
        assert ("CORE-03" in cited(answer)) is (request.why != "new")
