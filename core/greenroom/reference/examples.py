"""Examples out of the files of installed profiles: what a key looks like where somebody really wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

MOST_LINES = 12
"""An example that is longer is cut."""

_KEY = re.compile(r"([a-z_]+):")


class Example(NamedTuple):
    """A top-level key as a profile has it: the profile's name, and the lines of its file."""

    profile: str
    text: str


def examples(files: Mapping[str, str]) -> Mapping[str, Example]:
    """Return the shortest example of each top-level key; ``files`` are the same file of several profiles, by name."""
    found: dict[str, Example] = {}
    for profile, text in sorted(files.items()):
        for key, block in blocks(text).items():
            if key not in found or len(block) < len(found[key].text):
                found[key] = Example(profile, block)
    return {key: Example(one.profile, _cut(one.text)) for key, one in found.items()}


def blocks(text: str) -> Mapping[str, str]:
    """Return the lines of each top-level key of a YAML file, without comments between keys."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        start = _KEY.match(line)
        if start:
            key = start[1]
        if key and line and not line.startswith("#"):
            found.setdefault(key, []).append(line)
    return {key: "\n".join(lines) for key, lines in found.items()}


def _cut(block: str) -> str:
    """Leave out whole entries at the end, so that what is left can be read by a parser."""
    lines = block.splitlines()
    if len(lines) <= MOST_LINES:
        return block
    indent = len(lines[1]) - len(lines[1].lstrip())
    entries = [number for number, line in enumerate(lines) if number and len(line) - len(line.lstrip()) == indent]
    end = max((number for number in entries[1:] if number <= MOST_LINES), default=len(lines))
    return "\n".join((*lines[:end], f"{' ' * indent}# and so on" if end < len(lines) else "")).rstrip()
