"""Which addresses may be clicked."""

import pytest

from greenroom.invites import clickable
from greenroom.invites.links import anchor

SAFE = [
    "https://zoom.example/j/123?pwd=a.b%20c&x=1#top",
    "https://acme.zoom.example:8443/j/1",
    "https://localhost:8080/j/1",
    "http://127.0.0.1:8080/j/1",
    "http://localhost/j/1",
    "http://[::1]:9/j",
]
UNSAFE = [
    "",
    "http://zoom.example/j/1",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,<script>",
    "zoommtg://zoom.example/join",
    "https:evil.example",
    "//evil.example",
    "https://zoom.example@evil.example/",
    "https://zoom.example:x@evil.example/",
    "https://zoom.example\\@evil.example/",
    "https://z\u043e\u043em.example/",
    "https://xn--zm-emca.example/",
    "https://zoom.xn--p1ai/j",
    "https://zoom.example/a b",
    'https://zoom.example/"onclick=x',
    "https://zoom.example/<b>",
    "https://zoom.example/\n",
    "https://zoom.example/" + "x" * 2000,
]


@pytest.mark.parametrize("url", SAFE)
def test_plain_https_may_be_clicked(url: str) -> None:
    """https to a host plain to see, and http on this machine, become links."""
    assert clickable(url)
    assert anchor(url).startswith('<a href="http')


@pytest.mark.parametrize("url", UNSAFE)
def test_everything_else_is_text(url: str) -> None:
    """Other schemes, user information, look-alike hosts and broken addresses are shown, never linked."""
    assert not clickable(url)
    assert "<" not in anchor(url)
