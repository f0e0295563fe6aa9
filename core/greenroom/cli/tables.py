"""Tables for the terminal: plain when piped, never cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from greenroom.engine.outcomes import WayOn
from greenroom.model import Because

_COLOURS = {"grey": "bright_black", "yellow": "yellow", "blue": "blue", "green": "green", "red": "red"}
_PIPED_WIDTH = 200


def console() -> Console:
    """Return a console on standard output; wide enough when it is not a terminal."""
    found = Console(highlight=False, soft_wrap=False)
    return found if found.is_terminal else Console(highlight=False, width=_PIPED_WIDTH)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table; cell text is data, never markup (see `dot` for the one exception)."""
    made = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD if any(columns) else None,
        show_header=any(columns),
        pad_edge=False,
    )
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def plain(text: str) -> str:
    """Return text that is shown as it stands, whatever brackets it holds."""
    return escape(text)


def dot(label: str, colour: str) -> str:
    """Return a phase as it reads, with a dot in its colour."""
    return f"[{_COLOURS.get(colour, 'white')}]●[/] {escape(label)}"


def when(start: datetime | None, minutes: int | None, zone: str | None) -> str:
    """Return an interview's time in its zone: ``Thu 26 Nov 10:00 +45 min Europe/Berlin``."""
    if start is None:
        return "time open"
    local = start.astimezone(ZoneInfo(zone or "UTC"))
    length = f" +{minutes} min" if minutes else ""
    return f"{local:%a %d %b %H:%M}{length} {zone or 'UTC'}"


def clauses(because: Iterable[Because]) -> str:
    """Return clause ids in brackets, each once: ``[ACME-36, CORE-04]``."""
    ids = list(dict.fromkeys(reason.clause for reason in because))
    return f"[{', '.join(ids)}]" if ids else ""


def ways(ways_on: Iterable[WayOn]) -> str:
    """Return what a person can do next: the product's word for it, and the action's name."""
    return ", ".join(f"{way.label} ({way.action.value})" for way in ways_on)
