"""When a meeting is: what the times of a request mean, and which of them Zoom takes."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from greenroom.sandbox.errors import ValidationError
from greenroom.sandbox.world import is_timezone

Body = Mapping[str, object]

_START = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(?P<utc>Z)?")


def start_of(body: Body, zone: str) -> datetime | None:
    """Return the instant `start_time` means, or `None` when it is absent.

    `Z` makes it UTC whatever `timezone` says; otherwise it is local time in `zone`. A local time that the clocks
    skip means the same distance after the change; one they show twice means the first time.

    Raises:
        ValidationError: the text has another form or names no moment.
    """
    text = body.get("start_time")
    return moment(str(text), zone, "start_time") if text else None


def moment(text: str, zone: str, field: str) -> datetime:
    """Return the instant a text means; `field` names it in errors.

    Raises:
        ValidationError: the text has another form or names no moment.
    """
    match = _START.fullmatch(text)
    try:
        if match:
            read = datetime.fromisoformat(text)
            return (read if match["utc"] else local(read, zone)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        pass
    raise ValidationError({field: "Invalid field."})


def local(naive: datetime, zone: str) -> datetime:
    """Return the instant at which the clocks in `zone` show `naive`, the first one if there are two."""
    return naive.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def zone_of(body: Body, default: str) -> str:
    """Return the request's time zone, or the default.

    Raises:
        ValidationError: no such zone.
    """
    zone = str(body.get("timezone") or default)
    if not is_timezone(zone):
        raise ValidationError({"timezone": "Invalid field."})
    return zone
