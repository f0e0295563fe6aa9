"""A failing example as people read it: what was drawn, without the way Python writes it."""

from __future__ import annotations

import re

_DRAW = re.compile(r"Draw \d+(?: \((?P<label>[^)]*)\))?: ")
_INSTANT = re.compile(
    r"datetime\.datetime\((\d+), (\d+), (\d+), (\d+), (\d+)(?:, \d+)*, tzinfo=datetime\.timezone\.utc\)"
)
_TEXT_CHOICE = re.compile(r"<\w+\.\w+: ('[^']*')>")
_CHOICE = re.compile(r"<\w+\.(\w+): [^<>']*>")
_SET = re.compile(r"frozenset\(\{([^{}]*)\}\)")


def story_of(error: BaseException) -> tuple[str, ...]:
    """Return what hypothesis drew for the smallest failing example, a line each."""
    notes = [line.strip() for note in getattr(error, "__notes__", ()) for line in str(note).splitlines()]
    return tuple(told(line) for line in notes if _DRAW.match(line))


def told(line: str) -> str:
    """Return a drawn value with its label, instants and choices as they are said: ``request: …``."""
    line = _DRAW.sub(lambda found: f"{found['label']}: " if found["label"] else "", line, count=1)
    line = _INSTANT.sub(_instant, line)
    line = _CHOICE.sub(r"\1", _TEXT_CHOICE.sub(r"\1", line))
    return _SET.sub(r"{\1}", line).replace("frozenset()", "{}")


def _instant(found: re.Match[str]) -> str:
    year, month, day, hour, minute = map(int, found.groups())
    return f"{year}-{month:02}-{day:02} {hour:02}:{minute:02} UTC"
