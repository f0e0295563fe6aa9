"""VTIMEZONE: two yearly rules that say what the zone does, or none at all."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain, pairwise
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # no types are published
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Component, Timezone

from greenroom.invites import vtimezone

ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "posixrules", "Factory"})
PROBES = [datetime(2026, 1, 15, 12, tzinfo=UTC) + timedelta(days=n * 211, hours=n * 5) for n in range(27)]
NO_RULE = {"Africa/Cairo", "Egypt"}  # summer ends the day after the last Thursday of October: maybe in November
DATED = {"Africa/Casablanca", "Africa/El_Aaiun", "Asia/Gaza", "Asia/Hebron"}  # Ramadan
EVERY_KIND = (
    *("America/New_York", "America/Nuuk", "America/Santiago", "Asia/Beirut", "Asia/Jerusalem", "Asia/Kolkata"),
    *("Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin", "Pacific/Chatham", "Pacific/Easter"),
)


def _wall_offset(timezone: Timezone, wall: datetime) -> timedelta:
    """The offset a calendar program finds for a wall time, from nothing but the component's text."""
    onsets = _onsets(timezone.to_ical())
    return max(onset for onset in onsets if onset[0] <= wall)[1]


@cache
def _onsets(component: bytes) -> list[tuple[datetime, timedelta]]:
    parsed = Component.from_ical(component)
    return list(chain.from_iterable(_years(observance) for observance in parsed.subcomponents))


def _years(observance: Any) -> list[tuple[datetime, timedelta]]:
    first, offset = observance["DTSTART"].dt, observance["TZOFFSETTO"].td
    if "RRULE" not in observance:
        return [(first, offset)]
    rule = rrulestr(observance["RRULE"].to_ical().decode(), dtstart=first)
    return [(moment, offset) for moment in rule.between(first, datetime(2043, 1, 1), inc=True)]  # noqa: DTZ001


@pytest.mark.parametrize("letter", sorted({zone[0] for zone in ZONES}))
def test_the_rules_agree_with_zoneinfo(letter: str) -> None:
    """All zones, moments from 2026 to 2041: a program reading our rules finds the offset that zoneinfo gives."""
    for zone in (zone for zone in ZONES if zone.startswith(letter)):
        here = zoneinfo.ZoneInfo(zone)
        timezone = vtimezone(zone, PROBES[0])
        for probe in (one.astimezone(here) for one in PROBES):
            timezone = vtimezone(zone, probe) if zone in DATED else timezone
            if timezone is None:
                assert zone in NO_RULE | DATED | {"UTC"}
            elif not probe.fold:
                assert _wall_offset(timezone, probe.replace(tzinfo=None)) == probe.utcoffset(), (zone, probe)


@given(
    zone=st.sampled_from(EVERY_KIND),
    instant=st.datetimes(datetime(2026, 1, 1), datetime(2041, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)  # fmt: skip
def test_the_rules_agree_at_any_minute(zone: str, instant: datetime) -> None:
    """Any moment outside the repeated hour: the rules give zoneinfo's offset."""
    wall = instant.astimezone(zoneinfo.ZoneInfo(zone))
    timezone = vtimezone(zone, instant)
    assert timezone is not None
    assert wall.fold or _wall_offset(timezone, wall.replace(tzinfo=None)) == wall.utcoffset()


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "America/Nuuk", "Asia/Jerusalem"]
)
def test_the_rules_agree_around_each_change(zone: str) -> None:
    """Half an hour before and after each change of the clocks, for sixteen years."""
    here = zoneinfo.ZoneInfo(zone)
    offsets = [(hour, hour.astimezone(here).utcoffset()) for hour in _hours(2026, 2041)]
    changes = [hour for (_, before), (hour, after) in pairwise(offsets) if before != after]
    assert len(changes) == 32
    for change in changes:
        for wall in ((change + step).astimezone(here) for step in (-3 * HOUR / 2, -HOUR / 2, HOUR / 2)):
            timezone = vtimezone(zone, wall)
            assert timezone is not None
            assert wall.fold or _wall_offset(timezone, wall.replace(tzinfo=None)) == wall.utcoffset()


HOUR = timedelta(hours=1)


def _hours(first: int, last: int) -> list[datetime]:
    start = datetime(first, 1, 1, tzinfo=UTC)
    return [start + n * HOUR for n in range((last - first + 1) * 365 * 24)]


def test_a_zone_with_dated_exceptions_is_written_only_where_it_is_right() -> None:
    """In Ramadan Morocco leaves its own yearly rule: then there is no VTIMEZONE, else there is one."""
    ramadan, summer = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    assert vtimezone("Africa/Casablanca", ramadan) is None
    assert vtimezone("Africa/Casablanca", summer) is not None
    assert vtimezone("Africa/Casablanca", summer, ramadan) is None


@pytest.mark.parametrize("zone", [*sorted(NO_RULE), "UTC"])
def test_what_has_no_yearly_rule_has_no_component(zone: str) -> None:
    """A change that may fall into either of two months cannot be written as a rule, and UTC needs none."""
    assert vtimezone(zone, datetime(2026, 7, 1, tzinfo=UTC)) is None


def test_a_zone_without_summer_time_is_one_observance() -> None:
    """Tokyo is a single STANDARD without a rule."""
    timezone = vtimezone("Asia/Tokyo", datetime(2026, 7, 1, tzinfo=UTC))
    assert timezone is not None
    assert [part.name for part in timezone.subcomponents] == ["STANDARD"]
    assert b"RRULE" not in timezone.to_ical()


def test_rules_are_rules_and_not_lists_of_dates() -> None:
    """Outlook reads RRULE and ignores RDATE: a zone with summer time is two yearly rules."""
    timezone = vtimezone("Europe/Berlin", datetime(2026, 7, 1, tzinfo=UTC))
    assert timezone is not None
    assert timezone.to_ical().count(b"RRULE:FREQ=YEARLY") == 2
    assert b"RDATE" not in timezone.to_ical()


def test_summer_time_below_standard_time_is_named_by_its_offset() -> None:
    """Ireland's winter is legally its daylight time; programs expect the later clock in DAYLIGHT."""
    timezone = vtimezone("Europe/Dublin", datetime(2026, 7, 1, tzinfo=UTC))
    assert timezone is not None
    observances: list[Any] = timezone.subcomponents
    offsets = {part.name: part["TZOFFSETTO"].td for part in observances}
    assert offsets == {"STANDARD": timedelta(0), "DAYLIGHT": timedelta(hours=1)}


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_far_years_are_left_to_utc(year: int) -> None:
    """Before the rules begin, and at the calendar's end, nothing is claimed."""
    assert vtimezone("Asia/Tokyo", datetime(year, 6, 1, tzinfo=UTC)) is None
