"""An event as rows of plain text: an aspect a row, a profile a cell. What faces print, each in its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from greenroom.whatif.report import EventPlayed, Happened, InterviewNow, LetterNow


@dataclass(frozen=True)
class Row:
    """One aspect of an event; ``differs``: not the same under all profiles."""

    aspect: str
    cells: tuple[str, ...]
    differs: bool


def rows(event: EventPlayed) -> tuple[Row, ...]:
    """Return the aspects of an event under which anything happened, in the order they are read."""
    differing = {one.aspect for one in event.differences}
    found = []
    for aspect, read in _CELLS.items():
        cells = tuple(read(happened) for happened in event.by_profile)
        if any(cells):
            found.append(Row(aspect, cells, aspect in differing))
    return tuple(found)


def _outcome(happened: Happened) -> str:
    said = f"“{happened.says}”" if happened.says else ""
    ways_on = f"then: {', '.join(happened.next)}" if happened.next else ""
    return _lines((happened.outcome, said, ways_on))


def _connections(happened: Happened) -> str:
    return _lines(f"{one.level} of {one.owner}: {one.label} ({one.kind})" for one in happened.connections)


def _hosts(happened: Happened) -> str:
    return _lines(line for one in happened.interviews if one.host for line in _host(one))


def _host(one: InterviewNow) -> tuple[str, ...]:
    passed = (item for item in one.considered if item.verdict != "host")
    return (
        f"{one.name}: {one.host}" + (f", {one.via} connection" if one.via else ""),
        *(f"{item.who} {item.verdict}: {item.because.fact} [{item.because.clause}]" for item in passed),
    )


def _links(happened: Happened) -> str:
    return _lines(f"{one.name}: {one.link}" for one in happened.interviews if one.link)


def _letters(*, sent: bool) -> Callable[[Happened], str]:
    return lambda happened: _lines(_letter(one) for one in happened.letters if one.sent is sent)


def _letter(one: LetterNow) -> str:
    what = "cancellation" if one.method == "CANCEL" else (", ".join(one.links) or "no link")
    return f"{one.audience} by {one.by}: {what}"


def _notices(happened: Happened) -> str:
    return _lines(f"{one.to}: “{one.text}”" for one in happened.notices)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


_CELLS: dict[str, Callable[[Happened], str]] = {
    "outcome": _outcome,
    "connection": _connections,
    "host": _hosts,
    "link": _links,
    "sent": _letters(sent=True),
    "waits to be sent": _letters(sent=False),
    "notices": _notices,
    "warnings": lambda happened: _lines(happened.warnings),
    "at Zoom": lambda happened: _lines(happened.at_zoom),
    "notes": lambda happened: _lines(happened.notes),
    "clauses": lambda happened: ", ".join(happened.clauses),
}
