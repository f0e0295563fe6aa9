"""Text from people, made fit for a line or a body."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.invites.plain_text import many_lines, one_line, trimmed

ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_one_line_is_one_line_of_visible_text(text: str) -> None:
    """No line break, control character, lone surrogate or reordering mark survives on a line."""
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in line)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert one_line(line) == line


@given(ANYTHING)
def test_a_body_keeps_line_feeds_and_tabs_and_no_other_control(text: str) -> None:
    """Every kind of line break becomes a line feed; other controls go."""
    body = many_lines(text)
    assert not any(unicodedata.category(one) in {"Cc", "Cs"} for one in body if one not in "\n\t")
    assert body.encode().decode() == body
    assert many_lines(body) == body


@given(st.text(), st.integers(1, 30))
def test_trimming_never_exceeds_its_length(text: str, most: int) -> None:
    """The result fits, and what fitted before is left alone."""
    short = trimmed(text, most)
    assert len(short) <= most
    assert short == text or len(text) > most


@pytest.mark.parametrize("cluster", ["👩\u200d💻", "👍🏽", "e\u0301", "❤\ufe0f"])
@pytest.mark.parametrize("most", [3, 4, 5, 6])
def test_trimming_cuts_no_character_in_half(cluster: str, most: int) -> None:
    """An emoji of several code points, or a letter with its accent, stays whole or goes."""
    kept = trimmed(cluster * 10, most).removesuffix("…")
    assert kept == cluster * (len(kept) // len(cluster))


def test_a_million_characters_are_cut() -> None:
    """A title of 10⁶ characters costs neither memory nor a page."""
    assert one_line("x" * 10**6) == "x" * 499 + "…"
