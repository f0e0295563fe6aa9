"""A meeting as it is sent."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from greenroom.engine.ports.zoom import MeetingDraft
from greenroom.zoom.drafts import change, creation, cut


def test_only_what_is_set_is_sent(draft: MeetingDraft) -> None:
    """Open settings stay open, so that Zoom's own rule."""
    assert creation(draft) == {
        "type": 2,
        "topic": "Ana Lee",
        "start_time": "2027-03-01T12:00:00Z",
        "duration": 45,
        "timezone": "Europe/Madrid",
    }


def test_every_setting_has_its_field(draft: MeetingDraft) -> None:
    """False is sent: it is a wish, not an absence."""
    full = draft.model_copy(
        update={
            "agenda": "Ref. GR-1",
            "use_pmi": False,
            "join_before_host": False,
            "waiting_room": True,
            "authentication": False,
            "passcode": "abc12345",
            "auto_recording": "cloud",
        }
    )
    body = change(full)
    assert body["settings"] == {
        "use_pmi": False,
        "join_before_host": False,
        "waiting_room": True,
        "meeting_authentication": False,
        "auto_recording": "cloud",
    }
    assert (body["password"], body["agenda"]) == ("abc12345", "Ref. GR-1")
    assert "type" not in body


def test_an_instant_goes_out_in_utc(draft: MeetingDraft) -> None:
    """Local time with ``Z`` would be read as UTC: the offset is taken off first, fractions are dropped."""
    start = datetime(2027, 3, 1, 0, 30, 0, 999, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert change(draft.model_copy(update={"start": start}))["start_time"] == "2027-02-28T19:00:00Z"


def test_a_long_agenda_keeps_its_beginning(draft: MeetingDraft) -> None:
    """The marker that finds a meeting again stands at the beginning."""
    agenda = change(draft.model_copy(update={"agenda": "Ref. GR-1" + "x" * 5000}))["agenda"]
    assert isinstance(agenda, str)
    assert (agenda[:9], len(agenda)) == ("Ref. GR-1", 2000)


def test_a_topic_is_not_cut_through_a_character() -> None:
    """A character beyond the basic plane takes two units; half of it is not sent."""
    assert cut("x" * 199 + "😀", 200) == "x" * 199
    assert cut("x" * 198 + "😀", 200) == "x" * 198 + "😀"


@given(st.text(st.characters(exclude_categories=())), st.integers(0, 60))
def test_what_is_cut_can_always_be_sent(text: str, longest: int) -> None:
    """Even a text with lone surrogates comes out encodable, within the limit."""
    assert len(cut(text, longest).encode("utf-16-le")) <= 2 * longest
