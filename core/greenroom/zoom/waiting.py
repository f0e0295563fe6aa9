"""When Zoom wants to be asked again, and which of its limits was reached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from greenroom.engine.ports.zoom import Limit

LONGEST = timedelta(days=1)
"""No limit of Zoom's outlasts a day; a later instant is taken for a mistake and brought down to this."""

_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_EPOCH = re.compile(r"[0-9]{10}([0-9]{3})?")
_HOSTS_DAY = re.compile(r"daily rate limit \(\d+\)|Create/Update|GMT 00:00", re.IGNORECASE)
_WITHIN = {"per-second": timedelta(seconds=1), "per-minute": timedelta(minutes=1)}


def retry_after(header: str | None, now: datetime) -> datetime | None:
    """Return the instant a ``Retry-After`` header means: seconds, an HTTP date or an ISO date-time.

    ``None`` if there is no header or it says nothing; never before ``now``.
    """
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return now + min(timedelta(seconds=float(text)), LONGEST)
    stated = _date(text)
    return None if stated is None else _within_a_day(stated, now)


def resets_at(header: str | None, now: datetime) -> datetime | None:
    """Return the instant an ``X-RateLimit-Reset`` header means: seconds since 1970, or as ``Retry-After``."""
    text = (header or "").strip()
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return _within_a_day(datetime.fromtimestamp(seconds, UTC), now)
    return retry_after(text, now)


def reached(headers: Mapping[str, str], message: str, now: datetime) -> tuple[Limit, datetime | None]:
    """Return which limit a 429 is about, and when it ends as far as Zoom tells.

    One status serves several limits, and the headers may be those of another one: the text decides first. The
    limit of a host's meetings a day ends at 00:00 UTC; the limit per second within the second.
    """
    if _HOSTS_DAY.search(message):
        return "host_day", next_midnight(now)
    stated = retry_after(headers.get("retry-after"), now) or resets_at(headers.get("x-ratelimit-reset"), now)
    if "concurrent" in message:
        return "concurrency", stated
    for text, window in _WITHIN.items():
        if text in message:
            return "second", stated or now + window
    if "daily" in message:
        return "day", stated
    return _by_type(headers), stated


def next_midnight(now: datetime) -> datetime:
    """Return the next 00:00 UTC."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)


def _by_type(headers: Mapping[str, str]) -> Limit:
    stated = headers.get("x-ratelimit-type", "").casefold()
    if stated == "qps":
        return "second"
    return "day" if stated.startswith("daily") else "unnamed"


def _within_a_day(stated: datetime, now: datetime) -> datetime:
    return min(max(stated, now), now + LONGEST).astimezone(UTC)


def _date(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
