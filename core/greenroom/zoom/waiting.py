"""When Zoom wants to be asked again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)
"""No limit of Zoom's outlasts a day; a later instant is taken for a mistake and brought down to this."""

_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_HOSTS_DAY = re.compile(r"daily rate limit \(\d+\)|GMT 00:00", re.IGNORECASE)


def retry_after(header: str | None, now: datetime) -> datetime | None:
    """Return the instant a ``Retry-After`` header means: seconds, an HTTP date or an ISO date-time.

    ``None`` if there is no header or it says nothing; never before ``now``.
    """
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return now + min(timedelta(seconds=float(text)), LONGEST)
    stated = _date(text)
    return None if stated is None else min(max(stated, now), now + LONGEST).astimezone(UTC)


def limited_until(header: str | None, message: str, now: datetime) -> datetime | None:
    """Return when a limit that was reached ends, as far as Zoom tells.

    The limit of a host's meetings a day ends at 00:00 UTC; the limit per second within the second.
    """
    if _HOSTS_DAY.search(message):
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=1)
    stated = retry_after(header, now)
    if stated is None and "per-second" in message:
        return now + timedelta(seconds=1)
    return stated


def _date(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
