"""Times as their reader reads them."""

from datetime import UTC, datetime, timedelta

import pytest

from greenroom.invites.local_time import first_zone, time_text

START = datetime(2026, 11, 26, 10, tzinfo=UTC)


def test_a_time_says_day_hours_and_zone() -> None:
    """One text says everything a reader needs, in their zone."""
    assert time_text(START, START + timedelta(minutes=45), "Europe/Berlin") == (
        "Thu 26 Nov 2026, 11:00\u201311:45 (Europe/Berlin)"
    )


def test_a_time_across_midnight_names_both_days() -> None:
    """What ends on another day, in the reader's zone, says so."""
    assert time_text(START, START + timedelta(hours=6), "Asia/Tokyo") == (
        "Thu 26 Nov 2026, 19:00 \u2013 Fri 27 Nov 2026, 01:00 (Asia/Tokyo)"
    )


def test_the_repeated_hour_is_told_apart() -> None:
    """02:30 happens twice on the last Sunday of October: each carries its offset."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    texts = [time_text(first + n * timedelta(hours=1), first + timedelta(hours=3), "Europe/Berlin") for n in (0, 1)]
    assert "02:30 UTC+02:00\u201304:30 (" not in texts[1]
    assert texts[0].startswith("Sun 25 Oct 2026, 02:30 UTC+02:00")
    assert texts[1].startswith("Sun 25 Oct 2026, 02:30 UTC+01:00")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "", "Europe", "W. Europe Standard Time", "a\0b", None]
)
def test_what_is_no_zone_is_passed_over(name: str | None) -> None:
    """A hostile or unknown zone neither reads a file nor fails: the next one counts, UTC is the last."""
    assert first_zone((name, "Europe/Berlin")) == "Europe/Berlin"
    assert first_zone((name,)) == "UTC"
