"""Zoom's operations, as its documents name them, with the label of the rate limit that each draws on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from greenroom.engine.ports.zoom import FieldsRefused, UnreadableReply

Label = Literal["Light", "Medium", "Heavy", "Resource-intensive"]

_MEETING_ID = re.compile(r"[0-9]{1,20}")
_UUID = re.compile(r"[A-Za-z0-9+/=_-]{1,64}")


@dataclass(frozen=True)
class Operation:
    """One operation such as ``GET /meetings/{meetingId}``; ``entries``: under which name a list holds its entries.

    ``page_size`` is how many of them a page may have at most.
    """

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    label: Label = "Light"
    entries: str = ""
    page_size: int = 300

    @property
    def name(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    @property
    def where(self) -> str:
        """Say which operation it is, for a person, with nobody's id in it."""
        return f"Zoom {self.name}"

    @property
    def repeatable(self) -> bool:
        """Whether it may be sent again when no usable answer came."""
        return self.method in {"GET", "DELETE"}

    def url(self, api_url: str, **ids: str) -> str:
        """Return the address; each id becomes one path segment, whatever is in it."""
        segments = {name: self._segment(name, value) for name, value in ids.items()}
        return f"{api_url.rstrip('/')}/v2{self.path.format(**segments)}"

    def entries_of(self, document: Mapping[str, object]) -> list[Mapping[str, object]]:
        """Return the entries of a list's page; a page that cannot be read is never an empty one."""
        found = document.get(self.entries)
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            raise UnreadableReply(f"the answer lists no {self.entries}", where=self.where, next="Try again later")
        return found

    def meeting_id(self, value: str) -> str:
        """Return a meeting's number; raises `FieldsRefused` for anything else."""
        return value if _MEETING_ID.fullmatch(value) else self._refuse("meetingId", "a Zoom meeting id is a number")

    def instance(self, value: str) -> str:
        """Return a meeting's number, or an instance's uuid, which Zoom wants quoted twice where it has slashes to
        begin with or side by side."""
        if not _UUID.fullmatch(value):
            return self._refuse("meetingId", "this is no meeting id and no uuid of Zoom's")
        return quote(value, safe="") if value.startswith("/") or "//" in value else value

    def _segment(self, name: str, value: str) -> str:
        if value in {"", ".", ".."}:  # these change the path even when they are quoted
            return self._refuse(name, "the id is not one of Zoom's")
        return quote(value, safe="", errors="replace")

    def _refuse(self, field: str, what: str) -> str:
        raise FieldsRefused(f"{what}; nothing was sent", fields=(field,), where=self.where, next="Correct the id")


ME = Operation("GET", "/users/me")
MY_PERMISSIONS = Operation("GET", "/users/me/permissions")
USERS = Operation("GET", "/users", "Medium", "users")
USER_SETTINGS = Operation("GET", "/users/{userId}/settings", "Medium")
ACCOUNT_SETTINGS = Operation("GET", "/accounts/me/settings", "Medium")
ACCOUNT_LOCKS = Operation("GET", "/accounts/me/lock_settings", "Medium")
ROLES = Operation("GET", "/roles", "Medium", "roles")
ROLE_MEMBERS = Operation("GET", "/roles/{roleId}/members", "Medium", "members")
ROOMS = Operation("GET", "/rooms", "Medium", "rooms")

CREATE_MEETING = Operation("POST", "/users/{userId}/meetings")
LIST_MEETINGS = Operation("GET", "/users/{userId}/meetings", "Medium", "meetings")
GET_MEETING = Operation("GET", "/meetings/{meetingId}")
UPDATE_MEETING = Operation("PATCH", "/meetings/{meetingId}")
DELETE_MEETING = Operation("DELETE", "/meetings/{meetingId}")

PAST_PARTICIPANTS = Operation("GET", "/past_meetings/{meetingId}/participants", "Medium", "participants")
RECORDING = Operation("GET", "/meetings/{meetingId}/recordings")
CALLS = Operation("GET", "/phone/users/{userId}/call_history", "Medium", "call_elements")
CALL_RECORDINGS = Operation("GET", "/phone/users/{userId}/recordings", "Medium", "recordings")
MESSAGES = Operation("GET", "/chat/users/{userId}/messages", "Medium", "messages", page_size=50)
ACCESS_KEY = Operation("GET", "/users/me/zak")

CALENDARS = Operation("GET", "/calendars/users/{userIdentifier}/calendarList", "Light", "items")
EVENTS = Operation("GET", "/calendars/{calId}/events", "Medium", "items")
ADD_EVENT = Operation("POST", "/calendars/{calId}/events")
CHANGE_EVENT = Operation("PATCH", "/calendars/{calId}/events/{eventId}")
REMOVE_EVENT = Operation("DELETE", "/calendars/{calId}/events/{eventId}")
FREE_BUSY = Operation("POST", "/calendars/freeBusy")

RECORDINGS = Operation("GET", "/users/{userId}/recordings", "Medium", "meetings")
