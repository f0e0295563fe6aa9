"""Which role privilege stands behind which scope, and behind operations whose document names none."""

from collections.abc import Iterable

from greenroom.sandbox.scopes import level_of

# First match wins. Zoom's documents list meetings under the User privileges.
_BEHIND_SCOPES = (
    ("user:read:", "User:Read"),
    ("user:", "User:Edit"),
    ("meeting:read:", "User:Read"),
    ("meeting:", "User:Edit"),
    ("zoom_rooms:read:", "ZoomRooms:Read"),
    ("zoom_rooms:", "ZoomRooms:Edit"),
    ("room:read:", "ZoomRooms:Read"),
    ("role:read:", "Role:Read"),
    ("role:", "Role:Edit"),
    ("account:read:", "AccountSetting:Read"),
    ("account:", "AccountSetting:Edit"),
    ("marketplace:read:", "MarketPlace:Read"),
    ("marketplace:", "MarketPlace:Edit"),
    ("marketplace_app:read:", "MarketPlace:Read"),
    ("marketplace_app:", "MarketPlace:Edit"),
    ("cloud_recording:read:", "Recording:Read"),
    ("cloud_recording:", "Recording:Edit"),
    ("recording:read:", "Recording:Read"),
    ("recording:", "Recording:Edit"),
    ("meeting_summary:read:", "User:Read"),
    ("phone:read:", "Phone:Read"),
    ("phone:", "Phone:Edit"),
    ("phone_recording:read:", "Phone:Read"),
    ("phone_call_log:read:", "Phone:Read"),
    ("team_chat:read:", "ChatMessage:Read"),
    ("team_chat:", "ChatMessage:Edit"),
    ("chat_message:read:", "ChatMessage:Read"),
    ("chat_message:", "ChatMessage:Edit"),
    ("calendar:read:", "Calendar:Read"),
    ("calendar:", "Calendar:Edit"),
)

# Operations whose published document leaves the privilege out.
UNLISTED = {
    "POST /calendars/freeBusy": "Calendar:Read",
    "GET /calendars/users/{userIdentifier}/calendarList": "Calendar:Read",
    "GET /calendars/{calId}/events": "Calendar:Read",
    "POST /calendars/{calId}/events": "Calendar:Edit",
    "GET /calendars/{calId}/events/{eventId}": "Calendar:Read",
    "PATCH /calendars/{calId}/events/{eventId}": "Calendar:Edit",
    "DELETE /calendars/{calId}/events/{eventId}": "Calendar:Edit",
    "GET /phone/call_history": "Phone:Read",
    "GET /phone/call_history/{callHistoryUuid}": "Phone:Read",
    "GET /phone/recordings": "Phone:Read",
    "GET /phone/users/{userId}/call_history": "Phone:Read",
    "GET /phone/users/{userId}/recordings": "Phone:Read",
    "GET /roles": "Role:Read",
    "GET /roles/{roleId}": "Role:Read",
    "GET /roles/{roleId}/members": "Role:Read",
}

APPROVER = "MarketPlace:Edit"

EVERY_PRIVILEGE = tuple(sorted({privilege for _, privilege in _BEHIND_SCOPES}))


def behind(scopes: Iterable[str]) -> frozenset[str]:
    """Return the privileges a role needs to install an app with these admin scopes.

    A scope outside the table needs a privilege no custom role can hold: only owner and admin install it.
    """
    return frozenset(_behind_one(scope) for scope in scopes if level_of(scope) != "user")


def _behind_one(scope: str) -> str:
    return next((privilege for prefix, privilege in _BEHIND_SCOPES if scope.startswith(prefix)), "Account:Owner")
