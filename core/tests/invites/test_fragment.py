"""What of a fragment is kept, and how plain text becomes one."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.invites.fragment import paragraphs, sifted

MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<a href='https://a.example/'>",
            "<a href=javascript:x>",
            "</a>",
            "<script>",
            "</script>",
            "<br/>",
            "<b onclick=x>",
            "</b>",
            "</div></main>",
            "<ul><li>",
            "<!-- ",
            "-->",
            "<![CDATA[",
            "<svg>",
            "</svg>",
            "<?x",
            "text",
            "<",
            "&lt;i&gt;",
            "&amp;",
            "\n",
            "<style>",
            "</style",
            "<p lang='de'>",
        ]
    ),
    max_size=12,
).map("".join)


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.closed: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        self.closed.append(tag)


@given(MARKUP)
def test_a_sifted_fragment_is_harmless_and_balanced(markup: str) -> None:
    """Nothing that runs, frames or styles is left; what is opened is closed; sifting again changes nothing."""
    clean = sifted(markup, direct_link=True)
    tags = _Tags(clean)
    assert not {"script", "style", "svg", "main"} & {*tags.opened, *tags.closed}
    assert sorted(tag for tag in tags.opened if tag != "br") == sorted(tags.closed)
    assert all(
        (name, value) in {("href", "https://a.example/"), ("rel", "noopener noreferrer"), ("lang", "de")}
        for name, value in tags.attributes
    )
    assert sifted(clean, direct_link=True) == clean


def test_what_stands_inside_a_script_goes_with_it() -> None:
    """Code and style sheets are not shown as text either."""
    assert sifted("a<script>x</script><style>y</style><svg><p>z</p></svg>b", direct_link=True) == "ab"


@pytest.mark.parametrize(
    ("href", "direct_link"), [("javascript:x", True), ("https://z@evil.example", True), ("https://a.example/", False)]
)
def test_a_link_that_may_not_be_clicked_stays_readable(href: str, direct_link: bool) -> None:
    """Where a link loses its address, the address is printed, once."""
    labelled = sifted(f'<a href="{href}">Join</a>', direct_link=direct_link)
    assert labelled == f"Join ({href})"
    assert sifted(f'<a href="{href}">{href}</a>', direct_link=direct_link) == href


def test_paragraphs_come_from_blank_lines() -> None:
    """Blank lines part paragraphs, single breaks stay, markup is text, a safe address becomes a link."""
    text = "Hello <b>\n\nJoin https://a.example/j?x=1&y=2.\njavascript:x"
    assert paragraphs(text, direct_link=True) == (
        "<p>Hello &lt;b&gt;</p>\n"
        '<p>Join <a href="https://a.example/j?x=1&amp;y=2" rel="noopener noreferrer">https://a.example/j?x=1&amp;y=2</a>.'
        "<br>\njavascript:x</p>"
    )
    assert "<a" not in paragraphs(text, direct_link=False)


@given(st.text())
def test_paragraphs_hold_no_markup_of_their_text(text: str) -> None:
    """Only paragraphs, breaks and links are ever made of plain text."""
    assert set(_Tags(paragraphs(text, direct_link=True)).opened) <= {"p", "br", "a"}
