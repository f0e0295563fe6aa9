"""Text from people made fit for one line, or for a body: nothing in it can steer a reader, a header or a terminal."""

from __future__ import annotations

import re
import unicodedata

ONE_LINE_MOST = 500
"""Characters of a name, room or subject that a template sees."""

BODY_MOST = 50_000
"""Characters of a note or body."""

_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, lone surrogates, and the marks that reorder what a reader sees (bidi overrides and isolates).
_STEERING = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_GLUE = "\u200d\ufe0e\ufe0f"
_LONGEST_CLUSTER = 16


def many_lines(text: str, most: int = BODY_MOST) -> str:
    r"""Return ``text`` with ``\n`` for every kind of line break, without control characters, at most ``most`` long."""
    return trimmed(_STEERING.sub("", _BREAKS.sub("\n", text)), most)


def one_line(text: str, most: int = ONE_LINE_MOST) -> str:
    """Return ``text`` on one line, blanks run together, without control characters, at most ``most`` long."""
    return trimmed(" ".join(_STEERING.sub("", _BREAKS.sub(" ", text)).split()), most)


def trimmed(text: str, most: int) -> str:
    """Return at most ``most`` characters, ending in ``…`` where something was cut; no letter or emoji is halved."""
    if len(text) <= most:
        return text
    end = most - 1
    for _ in range(_LONGEST_CLUSTER):
        if end == 0 or not (_continues(text[end]) or text[end - 1] == "\u200d"):
            break
        end -= 1
    return text[:end].rstrip() + "…"


def _continues(character: str) -> bool:
    skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return skin_tone or character in _GLUE or unicodedata.combining(character) > 0
