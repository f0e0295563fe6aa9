"""Time zones for calendars: a VTIMEZONE of two yearly rules, or none where that would be wrong.

Calendar programs disagree on long lists of dates but agree on ``RRULE``. A zone file ends in a POSIX rule, such as
``CET-1CEST,M3.5.0,M10.5.0/3``, which says the same in one line.
"""

from __future__ import annotations

import re
import zoneinfo
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_NAME = r"(<[^>]+>|[A-Za-z]+)"
_TIME = r"([+-]?\d+(?::\d+){0,2})"
_RULE = rf"M(\d+)\.(\d)\.(\d)(?:/{_TIME})?"
_FOOTER = re.compile(rf"{_NAME}{_TIME}(?:{_NAME}{_TIME}?,{_RULE},{_RULE})?")
_FIRST_YEAR = 1970
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")  # POSIX counts from Sunday = 0
_LAST = 5


@dataclass(frozen=True)
class _Onset:
    """The moment of the year a phase begins: ``week`` of ``month`` (5 = the last), plus ``time`` from midnight."""

    month: int
    week: int
    weekday: int
    time: timedelta

    def on(self, year: int) -> datetime:
        """The wall time of the change, read on the clock that is about to be moved."""
        days = monthrange(year, self.month)[1]
        first = 1 + (self.weekday - date(year, self.month, 1).isoweekday()) % 7
        day = first + 7 * (self.week - 1)
        return datetime(year, self.month, day if day <= days else day - 7) + self.time  # noqa: DTZ001  # wall time

    def rule(self) -> dict[str, object] | None:
        """As RRULE; ``None`` where it can fall into another month, or into a February of unknown length."""
        shift = self.time.days
        rule: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": self.month}
        if shift == 0:
            which = -1 if self.week == _LAST else self.week
            return {**rule, "BYDAY": f"{which}{_WEEKDAYS[self.weekday]}"}
        days = monthrange(_FIRST_YEAR, self.month)[1]
        last = (days if self.week == _LAST else 7 * self.week) + shift
        if last - 6 < 1 or last > days or (self.week == _LAST and self.month == 2):
            return None
        weekday = _WEEKDAYS[(self.weekday + shift) % 7]
        return {**rule, "BYDAY": weekday, "BYMONTHDAY": list(range(last - 6, last + 1))}


@dataclass(frozen=True)
class _Phase:
    """Standard or daylight time: its name, its offset, and since when in the year (``None`` = always)."""

    name: str
    offset: timedelta
    onset: _Onset | None


def vtimezone(zone: str, *instants: datetime) -> Timezone | None:
    """Return the VTIMEZONE of an IANA zone, right at each of ``instants``.

    ``None`` where no pair of yearly rules says what the zone does then (or it is UTC itself): write UTC instead.
    """
    phases = _phases(zone)
    if not phases or zone == "UTC" or any(not _FIRST_YEAR < instant.year < MAXYEAR for instant in instants):
        return None
    here = zoneinfo.ZoneInfo(zone)
    if any(_offset(phases, instant) != instant.astimezone(here).utcoffset() for instant in instants):
        return None
    component = Timezone()
    component.add("tzid", zone)
    for phase, other in zip(phases, reversed(phases), strict=True):
        observance = _observance(phase, other)
        if observance is None:
            return None
        component.add_component(observance)
    return component


def _observance(phase: _Phase, other: _Phase) -> TimezoneStandard | TimezoneDaylight | None:
    part = TimezoneDaylight() if phase.offset > other.offset else TimezoneStandard()
    part.add("tzname", phase.name)
    part.add("tzoffsetfrom", other.offset)
    part.add("tzoffsetto", phase.offset)
    if phase.onset is None:
        part.add("dtstart", datetime(_FIRST_YEAR, 1, 1))  # noqa: DTZ001  # an onset is a wall time
        return part
    rule = phase.onset.rule()
    if rule is None:
        return None
    part.add("dtstart", phase.onset.on(_FIRST_YEAR))
    part.add("rrule", rule)
    return part


def _offset(phases: tuple[_Phase, ...], instant: datetime) -> timedelta:
    """The offset that the yearly rules give at an instant: that of the phase which began last."""
    moment = instant.astimezone(UTC).replace(tzinfo=None)
    begun = [
        (phase.onset.on(year) - other.offset, phase.offset)
        for phase, other in zip(phases, reversed(phases), strict=True)
        if phase.onset is not None
        for year in (moment.year - 1, moment.year, moment.year + 1)
    ]
    return max((onset for onset in begun if onset[0] <= moment), default=(moment, phases[0].offset))[1]


@lru_cache(maxsize=256)
def _phases(zone: str) -> tuple[_Phase, ...]:
    found = _FOOTER.fullmatch(_footer(zone))
    if found is None:
        return ()
    name, offset, summer_name, summer_offset, *rules = found.groups()
    # POSIX counts offsets westward.
    standard = -_duration(offset)
    if summer_name is None:
        return (_Phase(name.strip("<>"), standard, None),)
    summer = standard + timedelta(hours=1) if summer_offset is None else -_duration(summer_offset)
    return (
        _Phase(name.strip("<>"), standard, _onset(*rules[4:])),
        _Phase(summer_name.strip("<>"), summer, _onset(*rules[:4])),
    )


def _onset(month: str, week: str, weekday: str, time: str | None) -> _Onset:
    return _Onset(int(month), int(week), int(weekday), _duration(time or "2"))


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if text.startswith("-") else length


def _footer(zone: str) -> str:
    """The last line of the zone file, from where `zoneinfo` itself takes it."""
    for folder in zoneinfo.TZPATH:
        file = Path(folder, zone)
        if file.is_file():
            return _last_line(file.read_bytes())
    return _last_line(files("tzdata").joinpath("zoneinfo", zone).read_bytes())


def _last_line(content: bytes) -> str:
    return content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", errors="replace")
