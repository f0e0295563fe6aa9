"""Which role privilege stands behind which scope, and behind operations whose document names none."""

from collections.abc import Iterable

# First match wins. Zoom's documents list meetings under the User privileges.
_BEHIND_SCOPES = (
    ("user:read:", "User:Read"),
    ("user:", "User:Edit"),
    ("meeting:read:", "User:Read"),
    ("meeting:", "User:Edit"),
    ("zoom_rooms:read:", "ZoomRooms:Read"),
    ("zoom_rooms:", "ZoomRooms:Edit"),
    ("role:read:", "Role:Read"),
    ("role:", "Role:Edit"),
    ("account:read:", "AccountSetting:Read"),
    ("account:", "AccountSetting:Edit"),
    ("marketplace:read:", "MarketPlace:Read"),
    ("marketplace:", "MarketPlace:Edit"),
    ("cloud_recording:read:", "Recording:Read"),
    ("cloud_recording:", "Recording:Edit"),
    ("phone:read:", "Phone:Read"),
    ("phone:", "Phone:Edit"),
    ("team_chat:read:", "ChatMessage:Read"),
    ("team_chat:", "ChatMessage:Edit"),
    ("calendar:read:", "Calendar:Read"),
    ("calendar:", "Calendar:Edit"),
)

# Operations on a whole account whose published document leaves the privilege out.
UNLISTED = {
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
    return frozenset(_behind_one(scope) for scope in scopes if scope.endswith((":admin", ":master")))


def _behind_one(scope: str) -> str:
    return next((privilege for prefix, privilege in _BEHIND_SCOPES if scope.startswith(prefix)), "Account:Owner")
