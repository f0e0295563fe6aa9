"""Recurring meetings: which dates a rule gives, and what can happen to one of them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday
from hypothesis import given
from hypothesis import strategies as st

from greenroom.sandbox.recurrence import recurrence_of

START = "2027-03-02T15:00:00Z"  # a Tuesday
DAYS = {"type": 1, "end_times": 5}


async def _series(zoom: Any, recurrence: dict[str, Any] | None = None, **body: Any) -> tuple[Any, dict[str, Any]]:
    caller = await zoom.connect()
    return caller, await caller.meeting(type=8, timezone="UTC", recurrence=recurrence or DAYS, **body)


def _starts(meeting: dict[str, Any]) -> list[str]:
    return [one["start_time"] for one in meeting["occurrences"]]


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ({"type": 1, "end_times": 3}, ["03-02", "03-03", "03-04"]),
        ({"type": 1, "repeat_interval": 10, "end_times": 3}, ["03-02", "03-12", "03-22"]),
        ({"type": 1, "end_date_time": "2027-03-04T15:00:00Z"}, ["03-02", "03-03", "03-04"]),
        ({"type": 1, "end_date_time": "2027-03-04T14:59:59Z"}, ["03-02", "03-03"]),
        ({"type": 2, "weekly_days": "3,5", "end_times": 4}, ["03-02", "03-04", "03-09", "03-11"]),
        ({"type": 2, "weekly_days": "1", "repeat_interval": 2, "end_times": 2}, ["03-14", "03-28"]),
        ({"type": 2, "end_times": 2}, ["03-07", "03-14"]),
        ({"type": 3, "monthly_day": 15, "end_times": 2}, ["03-15", "04-15"]),
        ({"type": 3, "monthly_day": 31, "end_times": 3}, ["03-31", "05-31", "07-31"]),
        ({"type": 3, "monthly_week": 1, "monthly_week_day": 3, "end_times": 2}, ["03-02", "04-06"]),
        ({"type": 3, "monthly_week": -1, "monthly_week_day": 6, "end_times": 2}, ["03-26", "04-30"]),
        ({"type": 1}, ["03-02"]),
    ],
)
async def test_rule_gives_its_dates(zoom, rule: dict[str, Any], dates: list[str]) -> None:
    """Daily, weekly and monthly rules give the dates from the start on, each with its id; the first is the start."""
    _, made = await _series(zoom, rule)
    assert [start[5:10] for start in _starts(made)] == dates
    assert made["start_time"] == made["occurrences"][0]["start_time"]
    assert made["recurrence"] == rule
    first = made["occurrences"][0]
    at = datetime.fromisoformat(first["start_time"])
    assert first == {
        "occurrence_id": str(int(at.timestamp()) * 1000),
        "start_time": first["start_time"],
        "duration": 45,
        "status": "available",
    }


@pytest.mark.parametrize("rule", [{"type": 1, "end_times": 0}, {"type": 1, "end_date_time": "2030-01-01T00:00:00Z"}])
async def test_no_series_has_more_than_sixty_dates(zoom, rule: dict[str, Any]) -> None:
    """Without an end, or with one far away, there are sixty dates."""
    _, made = await _series(zoom, rule)
    assert len(made["occurrences"]) == 60


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"type": 4}, "recurrence.type"),
        ({}, "recurrence.type"),
        ({"type": 1, "end_times": 61}, "recurrence.end_times"),
        ({"type": 1, "end_times": 2, "end_date_time": "2027-04-01T00:00:00Z"}, "recurrence.end_date_time"),
        ({"type": 1, "end_date_time": "2027-03-01T00:00:00Z"}, "recurrence"),
        ({"type": 1, "end_date_time": "soon"}, "recurrence.end_date_time"),
        ({"type": 1, "repeat_interval": 100}, "recurrence.repeat_interval"),
        ({"type": 2, "repeat_interval": 51}, "recurrence.repeat_interval"),
        ({"type": 3, "repeat_interval": 11}, "recurrence.repeat_interval"),
        ({"type": 1, "repeat_interval": 0}, "recurrence.repeat_interval"),
        ({"type": 2, "weekly_days": "1,8"}, "recurrence.weekly_days"),
        ({"type": 3, "monthly_day": 32}, "recurrence.monthly_day"),
        ({"type": 3, "monthly_week": 2}, "recurrence.monthly_week"),
        ({"type": 3, "monthly_week": 5, "monthly_week_day": 1}, "recurrence.monthly_week"),
    ],
)
async def test_rule_that_does_not_fit(zoom, rule: dict[str, Any], field: str) -> None:
    """A rule out of range, with two ends or without any date is refused with 300, naming the field."""
    body = {"type": 8, "start_time": START, "timezone": "UTC", "recurrence": rule}
    reply = await (await zoom.connect())("POST", "/users/me/meetings", json=body)
    assert (reply.status_code, reply.json()["code"]) == (400, 300)
    assert [error["field"] for error in reply.json()["errors"]] == [field]


async def test_series_needs_a_rule_and_nothing_else_has_one(zoom) -> None:
    """Type 8 without a recurrence is refused; another type's recurrence is dropped."""
    caller = await zoom.connect()
    reply = await caller("POST", "/users/me/meetings", json={"type": 8, "start_time": START})
    assert reply.json()["errors"][0]["field"] == "recurrence"
    single = await caller.meeting(recurrence=DAYS)
    assert not {"recurrence", "occurrences"} & set(single)


async def test_dates_keep_their_local_time_across_a_clock_change(zoom) -> None:
    """A daily meeting at 9 in Paris moves by an hour in UTC when summer time begins."""
    caller = await zoom.connect()
    body = {"start_time": "2027-03-27T09:00:00", "timezone": "Europe/Paris", "recurrence": {"type": 1, "end_times": 3}}
    made = await caller.meeting(type=8, **body)
    assert _starts(made) == ["2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z", "2027-03-29T07:00:00Z"]


async def test_no_fixed_time(zoom) -> None:
    """Type 3 has neither a start nor dates."""
    made = await (await zoom.connect()).meeting(type=3)
    assert (made["type"], "start_time" in made, "occurrences" in made) == (3, False, False)


async def test_past_dates_are_shown_on_request(zoom) -> None:
    """A read shows the dates to come, or all of them with `show_previous_occurrences`."""
    _, made = await _series(zoom)
    await zoom.control("/clock", set="2027-03-04T16:00:00Z")
    caller, path = await zoom.connect(), f"/meetings/{made['id']}"
    assert len((await caller("GET", path)).json()["occurrences"]) == 2
    shown = (await caller("GET", path, params={"show_previous_occurrences": "true"})).json()
    assert _starts(shown) == _starts(made)


class TestOneDate:
    """A request with `occurrence_id`."""

    @pytest.fixture
    async def series(self, zoom) -> Any:
        """A caller, the path of a series of five days, and the id of its second date."""
        caller, made = await _series(zoom, agenda="All")
        return caller, f"/meetings/{made['id']}", made["occurrences"][1]["occurrence_id"]

    async def test_update_changes_that_date_only(self, series) -> None:
        """Start, length, agenda and some settings change for one date; the others keep theirs."""
        caller, path, one = series
        before = (await caller("GET", path)).json()
        body = {
            "start_time": "2027-03-03T18:00:00Z",
            "duration": 30,
            "agenda": "One",
            "settings": {"waiting_room": True},
        }
        reply = await caller("PATCH", path, params={"occurrence_id": one}, json=body)
        assert (reply.status_code, reply.content) == (204, b"")
        after = (await caller("GET", path)).json()
        moved = {"occurrence_id": one, "start_time": "2027-03-03T18:00:00Z", "duration": 30, "status": "available"}
        assert after["occurrences"] == [before["occurrences"][0], moved, *before["occurrences"][2:]]
        assert (after["agenda"], after["settings"]) == ("All", before["settings"])
        single = (await caller("GET", path, params={"occurrence_id": one})).json()
        assert (single["start_time"], single["duration"], single["agenda"]) == ("2027-03-03T18:00:00Z", 30, "One")
        assert (single["settings"]["waiting_room"], single["occurrences"]) == (True, [moved])

    async def test_other_fields_are_passed_over(self, series) -> None:
        """Topic, passcode, recurrence, other settings and a past start: not for one date, and nothing is said."""
        caller, path, one = series
        ids = {"occurrence_id": one}
        before = [(await caller("GET", path, params=params)).json() for params in ({}, ids)]
        body = {
            "topic": "X",
            "password": "other1",
            "recurrence": {"type": 2},
            "start_time": "2027-02-28T10:00:00Z",
            "settings": {"focus_mode": True},
        }
        assert (await caller("PATCH", path, params=ids, json=body)).status_code == 204
        after = [(await caller("GET", path, params=params)).json() for params in ({}, ids)]
        assert [{**one, "start_url": ""} for one in after] == [{**one, "start_url": ""} for one in before]

    async def test_deleted_date_stays_listed(self, series) -> None:
        """Deleting one date marks it deleted; the series goes on, and the date cannot be found again."""
        caller, path, one = series
        assert (await caller("DELETE", path, params={"occurrence_id": one})).status_code == 204
        statuses = [date["status"] for date in (await caller("GET", path)).json()["occurrences"]]
        assert statuses == ["available", "deleted", "available", "available", "available"]
        gone = {"code": 300, "message": "Invalid parameter: occurrence_id."}
        for method in ("GET", "PATCH", "DELETE"):
            reply = await caller(method, path, params={"occurrence_id": one})
            assert (reply.status_code, reply.json()) == (400, gone)

    @pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
    async def test_unknown_date(self, series, method: str) -> None:
        """An id that no date has is refused, and nothing is lost."""
        caller, path, _ = series
        assert (await caller(method, path, params={"occurrence_id": "1"})).json()["code"] == 300
        assert len((await caller("GET", path)).json()["occurrences"]) == 5

    async def test_without_the_id_the_whole_series_goes(self, series) -> None:
        """A delete without `occurrence_id` takes everything."""
        caller, path, _ = series
        assert (await caller("DELETE", path)).status_code == 204
        assert (await caller("GET", path)).json()["code"] == 3001


@pytest.mark.parametrize(
    ("body", "starts", "duration"),
    [
        ({"recurrence": {"type": 1, "end_times": 2}}, ["2027-03-02T15:00:00Z", "2027-03-03T15:00:00Z"], 45),
        ({"start_time": "2027-03-06T09:00:00Z"}, [f"2027-03-{day:02}T09:00:00Z" for day in range(6, 11)], 45),
        ({"duration": 20}, [f"2027-03-{day:02}T15:00:00Z" for day in range(2, 7)], 20),
        ({"start_time": "2027-02-01T09:00:00Z"}, [f"2027-03-{day:02}T15:00:00Z" for day in range(2, 7)], 45),
    ],
)
async def test_update_of_the_whole_series(zoom, body: dict[str, Any], starts: list[str], duration: int) -> None:
    """A new rule or start makes new dates, a new length applies to all, a start in the past is ignored."""
    caller, made = await _series(zoom)
    assert (await caller("PATCH", f"/meetings/{made['id']}", json=body)).status_code == 204
    now = (await caller("GET", f"/meetings/{made['id']}")).json()
    assert (_starts(now), {one["duration"] for one in now["occurrences"]}) == (starts, {duration})


async def test_type_can_change(zoom) -> None:
    """A single meeting becomes a series with a recurrence, and one without fixed time."""
    caller = await zoom.connect()
    path = f"/meetings/{(await caller.meeting(timezone='UTC'))['id']}"
    await caller("PATCH", path, json={"type": 8, "recurrence": {"type": 1, "end_times": 2}})
    assert _starts((await caller("GET", path)).json()) == ["2027-03-02T15:00:00Z", "2027-03-03T15:00:00Z"]
    await caller("PATCH", path, json={"type": 3})
    now = (await caller("GET", path)).json()
    assert (now["type"], {"start_time", "occurrences", "recurrence"} & set(now)) == (3, set())


async def test_number_lives_a_year_after_the_last_date(zoom) -> None:
    """A series is known until 365 days after its last date."""
    _, made = await _series(zoom)
    path = f"/meetings/{made['id']}"
    await zoom.control("/clock", set="2028-03-05T14:59:00Z")
    assert (await (await zoom.connect())("GET", path)).status_code == 200
    await zoom.control("/clock", advance=120)
    assert (await (await zoom.connect())("GET", path)).json()["code"] == 3001


_DAY_OF_WEEK = st.integers(1, 7)
_RULES = st.one_of(
    st.fixed_dictionaries({"type": st.just(1), "repeat_interval": st.integers(1, 99)}),
    st.fixed_dictionaries(
        {
            "type": st.just(2),
            "repeat_interval": st.integers(1, 50),
            "weekly_days": st.sets(_DAY_OF_WEEK, min_size=1).map(lambda days: ",".join(map(str, days))),
        }
    ),
    st.fixed_dictionaries(
        {"type": st.just(3), "repeat_interval": st.integers(1, 10), "monthly_day": st.integers(1, 31)}
    ),
    st.fixed_dictionaries(
        {
            "type": st.just(3),
            "repeat_interval": st.integers(1, 10),
            "monthly_week": st.sampled_from([-1, 1, 2, 3, 4]),
            "monthly_week_day": _DAY_OF_WEEK,
        }
    ),
)


@given(rule=_RULES, times=st.integers(1, 60), days=st.integers(0, 7000), seconds=st.integers(0, 86_399))
def test_dates_are_those_of_rfc_5545(rule: dict[str, Any], times: int, days: int, seconds: int) -> None:
    """An independent implementation of recurrence rules gives the same dates."""
    start = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=days, seconds=seconds)
    mine = [one.start for one in recurrence_of({**rule, "end_times": times}).occurrences(start, 30, "UTC")]
    assert mine == list(_oracle(rule, times, start))
    assert all(before < after for before, after in pairwise(mine))
    assert mine[0] - start < timedelta(days=3700)


def _oracle(rule: dict[str, Any], times: int, start: datetime) -> rrule:
    facts: dict[str, Any] = {"interval": rule["repeat_interval"], "count": times, "dtstart": start}
    days = [weekday((int(day) - 2) % 7) for day in str(rule.get("weekly_days", "")).split(",") if day]
    if rule["type"] == 1:
        return rrule(DAILY, **facts)
    if rule["type"] == 2:
        return rrule(WEEKLY, byweekday=days, wkst=weekday(6), **facts)
    if "monthly_day" in rule:
        return rrule(MONTHLY, bymonthday=rule["monthly_day"], **facts)
    return rrule(MONTHLY, byweekday=weekday((rule["monthly_week_day"] - 2) % 7)(rule["monthly_week"]), **facts)
