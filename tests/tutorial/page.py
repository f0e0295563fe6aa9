"""A page as the things it tells its reader to do, in order.

Three kinds of fenced block count; all others are only shown:

- ``console``: commands behind ``$ ``, each followed by what it prints. ``…`` stands for what varies: within a line for
  the rest of it, or a part; alone on a line for any number of lines. A command is expected to succeed unless the next
  one is ``echo $?``. ``console deep`` takes long.
- any language with ``title="PATH"``: the whole of that file.
- ``diff`` with ``title="PATH"``: an edit of it. Lines that begin with a blank or ``-`` stand in the file, once and
  together; those that begin with a blank or ``+`` take their place. ``@@`` alone on a line begins another edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)$", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r'title="([^"]+)"')
_PROMPT = "$ "
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Command:
    """A command of the page, what it prints, and the line of the page it stands on."""

    line: int
    text: str
    printed: str
    deep: bool = False
    may_fail: bool = False

    def mismatch(self, printed: str) -> str:
        """Return what tells ``printed`` from what the page shows; empty where nothing does."""
        seen = _trimmed(printed)
        if _pattern(self.printed).fullmatch(f"{seen}\n" if seen else ""):
            return ""
        shown = f"the page, line {self.line}, shows for\n\n{self.text}\n\n{_trimmed(self.printed)}"
        return f"{shown}\n\nit printed\n\n{seen}"


@dataclass(frozen=True)
class WholeFile:
    """A file the page shows from its first line to its last."""

    line: int
    path: str
    text: str

    def write(self, home: Path) -> None:
        """Write it below ``home``."""
        file = home / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.text, "utf-8")


@dataclass(frozen=True)
class Edit:
    """A change the page shows of a file: each ``before`` stands in it once, and ``after`` takes its place."""

    line: int
    path: str
    changes: tuple[tuple[str, str], ...]

    def write(self, home: Path) -> None:
        """Change the file below ``home``; raises ``AssertionError`` where it does not read as the page says."""
        file = home / self.path
        text = file.read_text("utf-8")
        for before, after in self.changes:
            count = text.count(before)
            assert count == 1, (
                f"line {self.line} of the page changes what stands {count} times in {self.path}:\n{before}"
            )
            text = text.replace(before, after)
        file.write_text(text, "utf-8")


Step = Command | WholeFile | Edit


def steps_of(page: Path) -> tuple[Step, ...]:
    """Return what a page tells its reader to do."""
    text = page.read_text("utf-8")
    found: list[Step] = []
    for fence in _FENCE.finditer(text):
        line = text.count("\n", 0, fence.start()) + 2
        found += _steps_of_block(fence["info"].strip(), fence["body"], line)
    return tuple(found)


def _steps_of_block(info: str, body: str, line: int) -> Iterator[Step]:
    language, *flags = info.split() or [""]
    title = _TITLE.search(info)
    if language == "console":
        yield from _commands(body, line, deep="deep" in flags)
    elif title is not None and language == "diff":
        yield Edit(line, title[1], tuple(_change(part) for part in re.split(r"^@@\n", body, flags=re.MULTILINE)))
    elif title is not None:
        yield WholeFile(line, title[1], body)


def _commands(body: str, line: int, *, deep: bool) -> Iterator[Command]:
    parts = re.split(r"^(?=\$ )", body, flags=re.MULTILINE)
    assert not parts[0].strip(), f"line {line} of the page begins with output"
    texts = [re.match(r"\$ (?:[^\n]*\\\n)*[^\n]*\n", part) for part in parts[1:]]
    for number, (part, text) in enumerate(zip(parts[1:], texts, strict=True)):
        assert text is not None, part
        follows = texts[number + 1] if number + 1 < len(texts) else None
        may_fail = follows is not None and follows[0].strip() == "$ echo $?"
        yield Command(
            line, text[0].removeprefix(_PROMPT).rstrip("\n"), part[text.end() :], deep=deep, may_fail=may_fail
        )
        line += part.count("\n")


def _change(part: str) -> tuple[str, str]:
    lines = part.splitlines(keepends=True)
    before = "".join(one[1:] or one for one in lines if not one.startswith("+"))
    after = "".join(one[1:] or one for one in lines if not one.startswith("-"))
    return before, after


def _trimmed(printed: str) -> str:
    """Return what was printed without what nobody sees: blanks at ends of lines, empty lines around it."""
    return "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")


def _pattern(shown: str) -> re.Pattern[str]:
    return re.compile("".join(_line_pattern(line) for line in _trimmed(shown).splitlines()))


def _line_pattern(line: str) -> str:
    if line.strip() == _ELLIPSIS:
        return r"(?:[^\n]*\n)*?"
    return "[^\\n]*?".join(re.escape(part) for part in line.split(_ELLIPSIS)) + r"\n"
