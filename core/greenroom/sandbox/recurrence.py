"""The dates of a recurring meeting with fixed times."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, islice
from typing import cast
from zoneinfo import ZoneInfo

from greenroom.sandbox.clock import milliseconds
from greenroom.sandbox.errors import ValidationError
from greenroom.sandbox.ledger import Occurrence
from greenroom.sandbox.meeting_times import local, moment

DAILY, WEEKLY, MONTHLY = 1, 2, 3
MOST_DATES = 60

_LONGEST_INTERVAL = {DAILY: 99, WEEKLY: 50, MONTHLY: 10}
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Recurrence:
    """A rule, checked.

    Attributes:
        days: for a weekly rule the days, 0 is Sunday.
        month_day: for a monthly rule by date; months without that day are skipped.
        month_week: for a monthly rule by weekday, 1 to 4, or -1 for the last; then `days` holds one day.
        times: how many dates at most.
        until: the instant after which there are none.
    """

    type: int
    interval: int
    days: frozenset[int]
    month_day: int
    month_week: int
    times: int
    until: datetime | None

    def occurrences(self, start: datetime, duration: int, zone: str) -> tuple[Occurrence, ...]:
        """Return the dates from `start` on, each at the same local time in `zone`.

        Raises:
            ValidationError: there is none, or they go on past the end of the calendar.
        """
        first = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        starts = (local(datetime.combine(day, first.time()), zone) for day in self._days(first.date()))
        try:
            found = [one for one in islice(starts, self.times) if self.until is None or one <= self.until]
        except (ValueError, OverflowError):
            found = []
        if not found:
            raise ValidationError({"recurrence": "There is no date between the start and the end."})
        return tuple(Occurrence(str(milliseconds(one)), one, duration) for one in found)

    def _days(self, first: date) -> Iterator[date]:
        if self.type == DAILY:
            return (first + timedelta(days=self.interval * n) for n in count())
        days = self._weekly(first) if self.type == WEEKLY else self._monthly(first)
        return (day for day in days if day >= first)

    def _weekly(self, first: date) -> Iterator[date]:
        sunday = first - timedelta(days=first.isoweekday() % 7)
        for n in count():
            for day in sorted(self.days):
                yield sunday + _WEEK * self.interval * n + timedelta(days=day)

    def _monthly(self, first: date) -> Iterator[date]:
        for n in count():
            years, month = divmod(first.month - 1 + self.interval * n, 12)
            day = self._in_month(first.year + years, month + 1)
            if day:
                yield day

    def _in_month(self, year: int, month: int) -> date | None:
        last = calendar.monthrange(year, month)[1]
        if not self.month_week:
            return date(year, month, self.month_day) if self.month_day <= last else None
        (weekday,) = self.days
        days = [day for day in range(1, last + 1) if date(year, month, day).isoweekday() % 7 == weekday]
        return date(year, month, days[-1 if self.month_week == -1 else self.month_week - 1])


def recurrence_of(asked: Mapping[str, object]) -> Recurrence:
    """Read a rule as a request gives it.

    Without an end it has one date, as the published default says; `end_times` 0 means as many as Zoom keeps.

    Raises:
        ValidationError: a number is out of range, a field lacks its companion, or two ends are given.
    """
    kind = _number(asked, "type", 0, range(DAILY, MONTHLY + 1))
    interval = _number(asked, "repeat_interval", 1, range(1, _LONGEST_INTERVAL[kind] + 1))
    if asked.get("end_times") and asked.get("end_date_time"):
        raise ValidationError({"recurrence.end_date_time": "Give either end_times or end_date_time, not both."})
    by_weekday = kind == MONTHLY and ("monthly_week" in asked or "monthly_week_day" in asked)
    if by_weekday and not ("monthly_week" in asked and "monthly_week_day" in asked):
        raise ValidationError({"recurrence.monthly_week": "Give monthly_week and monthly_week_day together."})
    end = asked.get("end_date_time")
    return Recurrence(
        type=kind,
        interval=interval,
        days=_weekday(asked) if by_weekday else _weekdays(asked),
        month_day=_number(asked, "monthly_day", 1, range(1, 32)),
        month_week=int(cast("int", asked["monthly_week"])) if by_weekday else 0,
        times=MOST_DATES if end else _number(asked, "end_times", 1, range(MOST_DATES + 1)) or MOST_DATES,
        until=moment(str(end), "UTC", "recurrence.end_date_time") if end else None,
    )


def _weekday(asked: Mapping[str, object]) -> frozenset[int]:
    return frozenset({_number(asked, "monthly_week_day", 1, range(1, 8)) - 1})


def _weekdays(asked: Mapping[str, object]) -> frozenset[int]:
    """Read a comma list of days, 1 for Sunday; without one it is Sunday, the published default."""
    days = [day.strip() for day in str(asked.get("weekly_days") or "1").split(",")]
    if not set(days) <= set("1234567"):
        raise ValidationError({"recurrence.weekly_days": "Give numbers from 1 (Sunday) to 7, separated by commas."})
    return frozenset(int(day) - 1 for day in days)


def _number(asked: Mapping[str, object], name: str, default: int, allowed: range) -> int:
    value = int(cast("int", asked.get(name, default)))
    if value not in allowed:
        raise ValidationError({f"recurrence.{name}": f"Give a number from {allowed[0]} to {allowed[-1]}."})
    return value
