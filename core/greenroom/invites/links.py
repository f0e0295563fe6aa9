"""Which addresses may be clicked."""

from __future__ import annotations

import re
from html import escape

# A host in plain ASCII and not in punycode (a look-alike of a known name is shown, never linked), no user
# information before it, and only characters that RFC 3986 allows.
_CLICKABLE = re.compile(
    r"""(?: https://(?!(?:[a-z0-9-]+\.)*xn--)[a-z0-9-]+(?:\.[a-z0-9-]+)*
          | http://(?:localhost|127\.0\.0\.1|\[::1\]) )
        (?::[0-9]{1,5})?
        (?:[/?\#][A-Za-z0-9._~:/?\#\[\]@!$&'()*+,;=%-]*)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_LONGEST = 2_000


def clickable(url: str) -> bool:
    """Whether a reader may be sent there by one click: https, or http on this machine, to a host plain to see."""
    return len(url) <= _LONGEST and _CLICKABLE.fullmatch(url) is not None


def anchor(url: str) -> str:
    """Return HTML that links to ``url`` if it is `clickable`, else its escaped text."""
    text = escape(url)
    return f'<a href="{text}" rel="noopener noreferrer">{text}</a>' if clickable(url) else text
