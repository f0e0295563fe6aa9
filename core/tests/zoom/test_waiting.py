"""When Zoom wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from core.tests.zoom.conftest import NOON
from hypothesis import given
from hypothesis import strategies as st

from greenroom.zoom.waiting import LONGEST, retry_after


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


@given(st.text() | st.from_regex(r"[0-9:T, A-Zadeghnuy.+-]{0,40}"), st.datetimes(timezones=st.just(UTC)))
def test_no_header_breaks_the_reading(header: str, now: datetime) -> None:
    """Whatever a server sends, the answer is nothing or an instant within a day."""
    now = now.replace(year=2027)
    until = retry_after(header, now)
    assert until is None or now <= until <= now + LONGEST
