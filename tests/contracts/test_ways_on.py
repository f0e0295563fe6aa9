"""Contract of every profile's words: whatever it tells people to do next, it has its own label for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.conformance import Product
from greenroom.conformance import strategies as draw
from greenroom.engine.ways import ways_on
from greenroom.profiles import Profile


@QUICK
@given(data=st.data())
def test_every_way_on_has_a_label_of_its_own(profile: Profile, product: Product, data: st.DataObject) -> None:
    """An answer leaves no way on that a page would have to name in core's words, or offer at no level."""
    kind = data.draw(st.sampled_from(["authorize", "want_meeting", "select_host"]))
    answer: object
    if kind == "authorize":
        answer = product.authorize(data.draw(draw.authorize_requests(product)))
    elif kind == "want_meeting":
        answer = product.want_meeting(data.draw(draw.meeting_requests(product)))
    else:
        answer = product.select_host(data.draw(draw.host_requests(product)))
    for way in ways_on(profile, getattr(answer, "next", ())):
        assert way.action in profile.labels.actions, (profile.name, way.action)
        assert way.action in profile.manifest.actions[way.level], (profile.name, way)
