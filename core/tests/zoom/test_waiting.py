"""When Zoom wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from core.tests.zoom.conftest import NOON
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.engine.ports.zoom import Limit
from greenroom.zoom.waiting import LONGEST, reached, resets_at, retry_after


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("2", 2),
        (" 1.5 ", 1.5),
        ("2027-03-01T12:00:30Z", 30),
        ("2027-03-01T13:00:30+01:00", 30),
        ("2027-03-01T12:00:30", 30),
        ("Mon, 01 Mar 2027 12:00:30 GMT", 30),
        ("Mon, 01 Mar 2027 11:00:00 GMT", 0),
        ("999999999", 86400),
        ("9999-12-31T23:59:59-14:00", 86400),
    ],
)
def test_seconds_http_dates_and_iso_dates_are_read(header: str, seconds: float) -> None:
    """Zoom sends dates where the standard has seconds; both count, never before now, never beyond a day."""
    assert retry_after(header, NOON) == NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "header", [None, "", "soon", "-5", "٣", "1e9", "2027-13-45", "Mon, 99 Foo 2027", "4 Mar 999999999999998 11:00"]
)
def test_what_is_neither_says_nothing(header: str | None) -> None:
    """A header that cannot be read is as good as none."""
    assert retry_after(header, NOON) is None


YEARS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[0-9:T, A-Zadeghnuy.+-]{0,40}"), YEARS)
def test_no_header_breaks_the_reading(header: str, now: datetime) -> None:
    """Whatever a server sends, the answer is nothing or an instant within a day."""
    until = retry_after(header, now)
    assert until is None or now <= until <= now + LONGEST


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (str(int(NOON.timestamp()) + 5), 5),
        (f"{int(NOON.timestamp()) + 5}000", 5),
        ("5", 5),
        ("2027-03-01T12:00:05Z", 5),
        ("1000000000", 0),
        ("9999999999", 86400),
    ],
)
def test_a_reset_is_an_instant_or_a_wait(header: str, seconds: float) -> None:
    """Zoom does not say in which form it counts, so each usual one is read."""
    assert resets_at(header, NOON) == NOON + timedelta(seconds=seconds)


MIDNIGHT = datetime(2027, 3, 2, tzinfo=UTC)
SECOND = NOON + timedelta(seconds=1)
RETRY = {"retry-after": "2027-03-01T12:00:30Z"}
RESET = {"x-ratelimit-reset": str(int(NOON.timestamp()) + 30)}
HALF_A_MINUTE = NOON + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("headers", "message", "limit", "until"),
    [
        ({}, "You have exceeded the daily rate limit (100) of Meeting Create/Update API", "host_day", MIDNIGHT),
        (RETRY, "You may resume these requests at GMT 00:00:00.", "host_day", MIDNIGHT),
        ({}, "maximum per-second rate limit for this API.", "second", SECOND),
        (RESET, "maximum per-second rate limit for this API.", "second", HALF_A_MINUTE),
        ({}, "maximum per-minute rate limit for this API.", "second", NOON + timedelta(minutes=1)),
        (RETRY, "You have reached the maximum daily rate limit for this API.", "day", HALF_A_MINUTE),
        ({}, "You have reached the maximum daily rate limit for this API.", "day", None),
        ({}, "Too many concurrent requests.", "concurrency", None),
        ({"x-ratelimit-type": "QPS"}, "", "second", None),
        ({"x-ratelimit-type": "Daily-limit", **RETRY}, "", "day", HALF_A_MINUTE),
        ({}, "", "unnamed", None),
        (RETRY, "", "unnamed", HALF_A_MINUTE),
    ],
)
def test_the_text_tells_the_limits_apart(
    headers: dict[str, str], message: str, limit: Limit, until: datetime | None
) -> None:
    """One status serves several limits; where Zoom does not say when one ends, no end is invented."""
    assert reached(headers, message, NOON) == (limit, until)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["retry-after", "x-ratelimit-reset", "x-ratelimit-type"]), st.text()), st.text())
def test_no_answer_breaks_the_reading_of_a_limit(headers: dict[str, str], message: str) -> None:
    """The end is unknown, or within a day."""
    _, until = reached(headers, message, NOON)
    assert until is None or NOON <= until <= NOON + LONGEST
