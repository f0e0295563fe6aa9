"""A report as Markdown, for a ticket or a page: what differs is bold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from greenroom.whatif.report import EventPlayed, WhatIf
from greenroom.whatif.sheet import Row, rows


def markdown(report: WhatIf) -> str:
    """Return the whole report as Markdown text."""
    return "\n".join(_document(report)) + "\n"


def _document(report: WhatIf) -> Iterator[str]:
    yield from (f"# {_text(report.title)}", "", _text(report.question), "")
    if report.look_for:
        yield from ("Look for:", "", *(f"- {_text(line)}" for line in report.look_for), "")
    yield from ("## Where they differ", "", *(f"- {_text(line)}" for line in report.where_they_differ), "")
    names = [profile.product for profile in report.profiles]
    for event in report.events:
        yield from _event(event, names)
    played = ", ".join(f"{one.name}@{one.edition} ({one.version})" for one in report.profiles)
    yield f"Played with seed {report.seed} through {played}."


def _event(event: EventPlayed, names: Sequence[str]) -> Iterator[str]:
    yield from (f"## {event.number}. {_text(event.text)}", "", f"{event.at:%a %d %b %Y %H:%M} UTC", "")
    yield _row(("", *(_cell(name) for name in names)))
    yield _row(("---",) * (len(names) + 1))
    yield from (_row((row.aspect, *_cells(row))) for row in rows(event))
    yield ""


def _cells(row: Row) -> tuple[str, ...]:
    cells = (_cell(cell) for cell in row.cells)
    return tuple(f"**{cell}**" if row.differs and cell else cell for cell in cells)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return _text(text).replace("\n", "<br>")


def _text(text: str) -> str:
    """Return text as it stands, whatever signs of Markdown or HTML are in it."""
    for sign in ("\\", "`", "*", "_", "|", "[", "]", "#"):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("&", "&amp;").replace("<", "&lt;")
