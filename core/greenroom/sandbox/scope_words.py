"""What an app asks for, in words a person at the consent page understands."""

from collections.abc import Iterable

_GROUPS = {
    "user": "People",
    "meeting": "Meetings",
    "cloud_recording": "Recordings",
    "zoom_rooms": "Zoom Rooms",
    "role": "Roles",
    "account": "Account",
    "marketplace": "Marketplace",
    "phone": "Phone",
    "team_chat": "Team Chat",
    "calendar": "Calendar",
}
_ACTIONS = {"read": "View", "write": "Create", "update": "Change", "delete": "Delete"}


def asked_in_words(scopes: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return groups with sentences, such as `("Meetings", ["Create meetings …"])`, in a fixed order."""
    groups: dict[str, list[str]] = {}
    for scope in scopes:
        service, action, thing, *level = scope.split(":")
        whose = "for everyone in the account" if level else "of your own"
        sentence = (
            f"{_ACTIONS.get(action, action.capitalize())} {thing.removeprefix('list_').replace('_', ' ')} {whose}"
        )
        groups.setdefault(_GROUPS.get(service, service.replace("_", " ").capitalize()), []).append(sentence)
    return sorted(groups.items())
