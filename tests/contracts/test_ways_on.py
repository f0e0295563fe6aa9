"""Contract of every profile's words: whatever it tells people to do next, it has its own label for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.conformance import strategies as draw
from greenroom.engine.ways import ways_on
from greenroom.model import Action
from greenroom.profiles import Profile

UNSEEN = frozenset({Action.COMPLETE, Action.USE, Action.APPROVAL_DECIDED})
"""Actions without a button: Zoom's answer, the use of a feature, and what a Zoom admin decided elsewhere."""


def test_every_button_has_a_label_of_its_own(profile: Profile) -> None:
    """What a profile offers is called what its product calls it, not core's word for it."""
    offered = {action for actions in profile.manifest.actions.values() for action in actions}
    assert offered - UNSEEN <= profile.labels.actions.keys()


@QUICK
@given(data=st.data())
def test_every_way_on_has_a_label_of_its_own(profile: Profile, data: st.DataObject) -> None:
    """An answer leaves no way on that a page would have to name in core's words, or offer at no level."""
    kind = data.draw(st.sampled_from(["authorize", "want_meeting", "select_host"]))
    answer: object
    if kind == "authorize":
        answer = profile.authorize(data.draw(draw.authorize_requests(profile))).answer
    elif kind == "want_meeting":
        answer = profile.want_meeting(data.draw(draw.meeting_requests(profile))).answer
    else:
        answer = profile.select_host(data.draw(draw.host_requests(profile))).answer
    for way in ways_on(profile, getattr(answer, "next", ())):
        assert way.action in profile.labels.actions, (profile.name, way.action)
        assert way.action in profile.manifest.actions[way.level], (profile.name, way)
