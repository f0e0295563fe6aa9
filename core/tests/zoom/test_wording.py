"""Which of Zoom's words are repeated."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.zoom.wording import _VOCABULARY, LONGEST_QUOTE, field_named, quoted


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Validation Failed.", "Validation Failed"),
        ("User does not exist: ana.lee@acme.example.", "User does not exist …"),
        ("Only available for paid account:{77}", "Only available for paid …"),
        ("Only available for paid account: Ana Lee 77", "Only available for paid account …"),
        ("Users in 'KDcuGIm1QgePTO8WbOqwIQ' have been blocked", "Users in … have been blocked"),
        ("Invalid authorization code obBEe8ewaL\r\nx: y", "Invalid authorization code …"),
        ("", ""),
    ],
)
def test_words_of_published_texts_are_repeated_and_nothing_else(message: str, told: str) -> None:
    """Whatever Zoom puts in between, an id, an address, a name, is left out."""
    assert quoted(message) == told


@settings(deadline=None)
@given(
    st.text() | st.lists(st.sampled_from(["user", "Ana", "x@y.example", "12345", "meeting:"]), max_size=9).map(" ".join)
)
def test_no_message_gets_another_word_through(message: str) -> None:
    """One line, of limited length, of words that Zoom publishes."""
    told = quoted(message)
    assert len(told) <= LONGEST_QUOTE
    assert all(
        word == "…" or word.lower() in _VOCABULARY for word in told.split(" ") if len(told) < LONGEST_QUOTE and word
    )


def test_a_long_text_is_cut() -> None:
    """An error stays one readable line, and reading it takes no time."""
    assert len(quoted("many user " * 1_000_000)) <= LONGEST_QUOTE


@pytest.mark.parametrize(
    "name", ["topic", "settings.auto_recording", "meetingId", "start_time", "tracking_fields[].field"]
)
def test_names_of_fields_are_repeated(name: str) -> None:
    """They tell what to correct."""
    assert field_named(name) == name


@pytest.mark.parametrize("name", ["", "ana", "settings.ana", "a b", "topic9", "topic\n", "x" * 101, "тopic"])
def test_what_is_no_name_of_a_field_is_not(name: str) -> None:
    """It may be what was sent."""
    assert field_named(name) is None
