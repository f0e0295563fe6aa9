"""HTML fragments: what of a rendered one is kept, and how plain text becomes one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from greenroom.invites.links import anchor, clickable

_KEPT = frozenset(
    "b blockquote caption code dd div dl dt em h1 h2 h3 i li ol p pre section small span"  # noqa: SIM905
    " strong table tbody td th thead time tr ul".split()
)
_EMPTY = frozenset({"br", "hr"})
_MUTED = frozenset({"head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"})
_ATTRIBUTES = frozenset({"datetime", "dir", "lang", "scope"})


def sifted(fragment: str, *, direct_link: bool) -> str:
    """Return ``fragment`` reduced to plain structure: known elements, balanced, and links that may be clicked.

    Scripts, styles, frames and event handlers go, whoever wrote them. A link that is not `clickable`, and every
    link when ``direct_link`` is off, is shown as text.
    """
    sieve = _Sieve(direct_link=direct_link)
    sieve.feed(fragment)
    return sieve.finish()


def paragraphs(text: str, *, direct_link: bool) -> str:
    """Return ``text`` as escaped HTML paragraphs: a blank line parts them, addresses become links where allowed."""
    blocks = (block.strip("\n") for block in re.split(r"\n\s*\n", text))
    return "\n".join(f"<p>{_lines(block, direct_link=direct_link)}</p>" for block in blocks if block.strip())


def _lines(block: str, *, direct_link: bool) -> str:
    words = (_word(word, direct_link=direct_link) for word in re.split(r"(\s)", block))
    return "".join(words).replace("\n", "<br>\n")


def _word(word: str, *, direct_link: bool) -> str:
    url = word.rstrip(".,;:!?)")
    if direct_link and clickable(url):
        return anchor(url) + escape(word[len(url) :])
    return escape(word)


@dataclass(frozen=True)
class _Open:
    tag: str
    closing: str
    unlinked: str = ""
    since: int = 0


class _Sieve(HTMLParser):
    def __init__(self, *, direct_link: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._direct_link = direct_link
        self._out: list[str] = []
        self._open: list[_Open] = []
        self._muted: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MUTED:
            self._muted.append(tag)
        elif self._muted:
            return
        elif tag in _EMPTY:
            self._out.append(f"<{tag}>")
        elif tag == "a":
            self._start_link(dict(attrs).get("href") or "")
        elif tag in _KEPT:
            kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name in _ATTRIBUTES)
            self._out.append(f"<{tag}{kept}>")
            self._open.append(_Open(tag, f"</{tag}>"))

    def handle_endtag(self, tag: str) -> None:
        if self._muted:
            if tag == self._muted[-1]:
                self._muted.pop()
        elif any(one.tag == tag for one in self._open):
            while self._close_last() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._muted:
            self._out.append(escape(data))

    def finish(self) -> str:
        self.close()
        while self._open:
            self._close_last()
        return "".join(self._out)

    def _start_link(self, href: str) -> None:
        if self._direct_link and clickable(href):
            self._out.append(f'<a href="{escape(href)}" rel="noopener noreferrer">')
            self._open.append(_Open("a", "</a>"))
        else:
            self._open.append(_Open("a", "", unlinked=escape(href), since=len(self._out)))

    def _close_last(self) -> str:
        last = self._open.pop()
        # An address that lost its link must still be readable: "Join" becomes "Join (https://…)".
        if last.unlinked and last.unlinked not in "".join(self._out[last.since :]):
            self._out.append(f" ({last.unlinked})")
        self._out.append(last.closing)
        return last.tag
