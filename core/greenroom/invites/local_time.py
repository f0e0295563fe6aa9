"""Times as their reader reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TO = "\N{EN DASH}"


def first_zone(names: Iterable[str | None]) -> str:
    """Return the first of ``names`` that is an IANA time zone known here, else ``UTC``."""
    return next((name for name in names if name and _known(name)), "UTC")


def time_text(start: datetime, end: datetime, zone: str) -> str:
    """Return both instants as one text in ``zone``, e.g. ``Thu 26 Nov 2026, 11:00–11:45 (Europe/Berlin)``.

    In the hour that autumn repeats, the UTC offset is added, since the wall time alone says two things.
    """  # noqa: RUF002  # an en dash, as printed
    start, end = local(start, zone), local(end, zone)
    if start.date() == end.date():
        times = f"{_day(start)}, {_clock(start)}{_TO}{_clock(end)}"
    else:
        times = f"{_day(start)}, {_clock(start)} {_TO} {_day(end)}, {_clock(end)}"
    return f"{times} ({zone})"


def local(instant: datetime, zone: str) -> datetime:
    """Return the instant as an aware time in ``zone``."""
    return instant.astimezone(_zone(zone))


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _known(name: str) -> bool:
    # ValueError: no name of a zone at all ("../../etc"); LookupError: unknown; OSError: a folder ("Europe").
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return False
    return True


def _day(moment: datetime) -> str:
    return f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def _clock(moment: datetime) -> str:
    ambiguous = moment.utcoffset() != moment.replace(fold=not moment.fold).utcoffset()
    return f"{moment:%H:%M} UTC{moment.isoformat()[-6:]}" if ambiguous else f"{moment:%H:%M}"
