"""The page around a letter."""

import re

import pytest

from greenroom.invites.page import page

WHITE_PAGE, DARK_PAGE = page("T", "<p>x</p>").split("prefers-color-scheme")


def test_the_page_names_language_title_and_width() -> None:
    """A screen reader learns language and title, a phone learns its width, and the title is escaped."""
    html = page('"><script>', "<p>x</p>")
    assert '<html lang="en">' in html
    assert "<title>&#34;&gt;&lt;script&gt;</title>" in html
    assert 'name="viewport" content="width=device-width' in html
    assert "<p>x</p>" in html


@pytest.mark.parametrize("scheme", [WHITE_PAGE, DARK_PAGE], ids=["light", "dark"])
def test_every_text_colour_has_contrast(scheme: str) -> None:
    """Text and links reach the 4.5:1 of WCAG 2.2 (1.4.3) on their background, by day and by night."""
    colours = re.findall(r"(background|color): (#[0-9a-f]{6})", scheme)
    background = next(value for name, value in colours if name == "background")
    texts = [value for name, value in colours if name == "color"]
    assert len(texts) == 3
    assert all(_contrast(text, background) >= 4.5 for text in texts)


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
