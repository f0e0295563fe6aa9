"""What a plan insists on and Zoom changed makes a meeting degraded; nothing else does."""

from __future__ import annotations

import pytest
from core.tests.store.samples import INTENT

from greenroom.engine.meetings import _degraded
from greenroom.engine.ports.zoom import MadeMeeting
from greenroom.model import Insisted

AS_ASKED = INTENT.draft.model_dump(
    include={"use_pmi", "join_before_host", "waiting_room", "authentication", "auto_recording", "passcode"}
)


def degraded(insist: set[Insisted], **reply: object) -> set[str]:
    """Return what counts as degraded when Zoom made the meeting as asked, but for what ``reply`` says."""
    made = MadeMeeting.model_validate(
        {"id": "1", "host_id": "zu_1", "join_url": "https://zoom.us/j/1", **AS_ASKED, **reply}
    )
    return set(_degraded(INTENT.model_copy(update={"insist": frozenset(insist)}), made))


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("use_pmi", True),
        ("join_before_host", False),
        ("waiting_room", True),
        ("authentication", False),
        ("auto_recording", "none"),
        ("passcode", "other"),
        ("passcode", None),
    ],
)
def test_what_zoom_changed_is_degraded_where_it_is_insisted_on(field: Insisted, other: object) -> None:
    """Each field that can be insisted on, changed by Zoom, counts, and counts only then."""
    assert degraded({field}, **{field: other}) == {field}
    assert degraded(set(), **{field: other}) == set()
    assert degraded({field}) == set()


def test_a_setting_the_reply_leaves_out_is_not_known_to_differ() -> None:
    """Zoom need not repeat a setting: silence is no change."""
    assert degraded({"waiting_room"}, waiting_room=None) == set()
