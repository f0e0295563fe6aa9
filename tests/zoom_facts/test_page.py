"""The page of facts is the one that the facts, the checks and the flips make."""

from __future__ import annotations

from pathlib import Path

from tests.zoom_facts.page import page

PAGE = Path(__file__).parents[2] / "docs" / "zoom-facts.md"


def test_page_is_current() -> None:
    """`make facts` would change nothing."""
    assert PAGE.read_text("utf-8") == page(), "run make facts"
