"""Instants and zones in which a clock misleads: where an hour is skipped, or there twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from greenroom.conformance.strategies.choices import among

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The instant around which everything is drawn: a Monday morning."""

ZONES = (
    "Europe/Berlin",
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",  # 5:45 ahead
    "Australia/Lord_Howe",  # moves its clocks by half an hour
    "Pacific/Apia",  # 13 hours ahead
    "Pacific/Chatham",  # 12:45 ahead, with a summer time
    "America/Sao_Paulo",  # has given up its summer time
    "Africa/Casablanca",  # is behind its own time in one month of the year
)

_LENGTHS = (15, 40, 41, 45, 60, 90, 240)
_AROUND = (-90, -30, -1, 0, 1, 30, 59)


class Slot(NamedTuple):
    """When something is: an instant in UTC, minutes, and the IANA zone it was typed in."""

    start: datetime
    minutes: int
    zone: str


def zones() -> st.SearchStrategy[str]:
    """Draw IANA zones: whole hours, halves and quarters from UTC, on both sides of the date line, with and without
    summer time."""
    return among(ZONES)


def instants() -> st.SearchStrategy[datetime]:
    """Draw aware instants in UTC within the ninety days after `NOW`."""
    return st.integers(1, 90 * 24 * 4).map(lambda quarters: NOW + timedelta(minutes=15 * quarters))


def minutes() -> st.SearchStrategy[int]:
    """Draw lengths, those around Zoom's forty minutes among them."""
    return among(_LENGTHS)


def slots() -> st.SearchStrategy[Slot]:
    """Draw ordinary times in any zone, and times at the edge of a change of clocks."""
    return st.builds(Slot, instants(), minutes(), zones()) | edges()


@cache
def edges() -> st.SearchStrategy[Slot]:
    """Draw times that begin shortly before, at or after the moment at which a zone's clocks change, in the year after
    `NOW`: in an hour that is there twice, across an hour that is skipped."""
    changes = [(zone, moment) for zone in ZONES for moment in clock_changes(zone)]
    return st.builds(
        lambda change, around, length: Slot(change[1] + timedelta(minutes=around), length, change[0]),
        among(changes),
        among(_AROUND),
        minutes(),
    )


@cache
def clock_changes(zone: str) -> tuple[datetime, ...]:
    """Return the instants, in UTC and to the minute, at which a zone's clocks change in the year after `NOW`."""
    return tuple(_changes(ZoneInfo(zone)))


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    for day in range(366):
        before, after = NOW + timedelta(days=day), NOW + timedelta(days=day + 1)
        if _offset(before, zone) == _offset(after, zone):
            continue
        while after - before > timedelta(minutes=1):
            middle = before + (after - before) / 2
            before, after = (middle, after) if _offset(middle, zone) == _offset(before, zone) else (before, middle)
        yield after.replace(second=0, microsecond=0)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()
