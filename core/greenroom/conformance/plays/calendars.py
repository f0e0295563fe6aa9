"""Read a calendar object as a calendar would, by the words of RFC 5545 alone: nothing here is shared with what wrote
it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

_NAME = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)')


@dataclass(frozen=True)
class SentEvent:
    """What a calendar is told: ``attendees`` are addresses in lower case, ``start`` and ``end`` instants."""

    method: str
    uid: str
    sequence: int
    status: str
    start: datetime
    end: datetime
    attendees: tuple[str, ...]


@dataclass(frozen=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str


def event_of(ics: bytes) -> SentEvent:
    """Return the one event of a calendar object. Raises ``AssertionError`` for a line that is none, another number of
    events, and a property that is missing or there twice."""
    properties = list(_properties(ics))
    opened = [one.value for one in properties if one.name == "BEGIN"]
    assert opened.count("VEVENT") == 1, f"{opened.count('VEVENT')} events in one calendar object"
    first = next(at for at, one in enumerate(properties) if (one.name, one.value) == ("BEGIN", "VEVENT"))
    last = next(at for at, one in enumerate(properties) if (one.name, one.value) == ("END", "VEVENT"))
    event = properties[first + 1 : last]
    return SentEvent(
        method=_one(properties, "METHOD").value,
        uid=_one(event, "UID").value,
        sequence=int(_one(event, "SEQUENCE").value),
        status=_one(event, "STATUS").value,
        start=_instant(_one(event, "DTSTART")),
        end=_instant(_one(event, "DTEND")),
        attendees=tuple(_address(one) for one in event if one.name == "ATTENDEE"),
    )


def _properties(ics: bytes) -> Iterator[_Property]:
    for line in re.sub(r"\r\n[ \t]", "", ics.decode()).split("\r\n"):
        if line:
            found = _NAME.fullmatch(line)
            assert found is not None, f"this is no line of a calendar: {line[:60]}"
            parameters = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(found[2])}
            yield _Property(found[1].upper(), parameters, found[3])


def _one(properties: list[_Property], name: str) -> _Property:
    found = [one for one in properties if one.name == name]
    assert len(found) == 1, f"{name} stands there {len(found)} times"
    return found[0]


def _instant(time: _Property) -> datetime:
    wall = datetime.strptime(time.value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  # its zone is said apart
    zone = ZoneInfo(time.parameters["TZID"]) if "TZID" in time.parameters else UTC
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _address(attendee: _Property) -> str:
    return unquote(attendee.value).removeprefix("mailto:").casefold()
