"""Texts as people type them, and as people type them who want more than a text."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from greenroom.conformance.strategies.choices import among

LONGEST_LINE = 200
"""Characters of a name or a subject, at most."""

_NAMES = ("", "Ana", "Ngũgĩ wa Thiong'o", "李小龍", "Zoë O'Brien-Łukasz", "عبد الله", "\N{PARTY POPPER} Pat")

_INJECTIONS = (
    "Ana\r\nBcc: eve@evil.example",
    "Ana\nX-Injected: yes\n\nHello",
    '"Ana" <eve@evil.example>, "B',
    "Ana <script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "Ana;RSVP=TRUE:mailto:eve@evil.example",
    "Ana\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    r"C:\New\, folder; \n",
    "{{ details.join_url }}{% for x in y %}",
    "=?utf-8?q?Ana=0ABcc=3Aeve=40evil.example?=",
)

_UNSEEN = (
    "Ana\N{RIGHT-TO-LEFT OVERRIDE}moc.live@eve",
    "An\N{ZERO WIDTH SPACE}a",
    "\N{ZERO WIDTH NO-BREAK SPACE}Ana",
    "\N{RIGHT-TO-LEFT ISOLATE}Ana",
    "Ana\N{LINE SEPARATOR}Bcc: eve@evil.example",
    "Ana\x00\x1b[31m",
    "A\N{COMBINING ACUTE ACCENT}" * 40,
)

_FOLDED = ("\N{LATIN SMALL LETTER U WITH DIAERESIS}" * 75, "x" * LONGEST_LINE, "\N{PARTY POPPER}" * 50, "a b " * 50)

_NOT_TYPED = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069{}]")


def names() -> st.SearchStrategy[str]:
    """Draw what people are called: nothing, Latin, other scripts, one written from the right."""
    return among(_NAMES)


def hostile_texts() -> st.SearchStrategy[str]:
    """Draw texts that are more than text where nobody looks: headers, addresses, markup, lines and parameters of a
    calendar, a template; what is not seen, what turns the direction of writing, what has to be folded; and any text."""
    return among((*_INJECTIONS, *_UNSEEN, *_FOLDED)) | st.text(max_size=LONGEST_LINE)


def typed_lines() -> st.SearchStrategy[str]:
    """Draw texts of one line as the engine lets them in: neither control characters nor marks that turn the direction
    of writing, no blanks around them, at most `LONGEST_LINE` characters. Braces are left out, which contracts take for
    a placeholder that nobody filled."""
    return hostile_texts().map(_typed).filter(bool)


def _typed(text: str) -> str:
    return _NOT_TYPED.sub("", text)[:LONGEST_LINE].strip()
