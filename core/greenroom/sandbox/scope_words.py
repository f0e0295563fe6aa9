"""What an app asks for, in words a person at the consent page understands."""

from collections.abc import Iterable

_GROUPS = {
    "user": "People",
    "user_profile": "People",
    "user_info": "People",
    "user_zak": "People",
    "meeting": "Meetings",
    "meeting_token": "Meetings",
    "cloud_recording": "Recordings",
    "recording": "Recordings",
    "zoom_rooms": "Zoom Rooms",
    "room": "Zoom Rooms",
    "role": "Roles",
    "account": "Account",
    "marketplace": "Marketplace",
    "marketplace_app": "Marketplace",
    "phone": "Phone",
    "team_chat": "Team Chat",
    "chat_message": "Team Chat",
    "chat_contact": "Team Chat",
    "calendar": "Calendar",
}
_ACTIONS = {"read": "View", "write": "Create", "update": "Change", "delete": "Delete"}
# A classic scope to write is one to read, change and delete as well.
_CLASSIC_ACTIONS = {"read": "View", "write": "View and manage"}
_WHERE = {"admin": "across the account", "master": "across the account and its sub-accounts"}
_THINGS = {
    "meeting": "meetings",
    "user": "profile",
    "past_meeting": "past meetings",
    "event": "events",
    "zak": "key to start meetings (ZAK)",
}


def asked_in_words(scopes: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return groups with sentences, such as `("Meetings", ["Create meetings …"])`, in a fixed order."""
    groups: dict[str, list[str]] = {}
    for scope in scopes:
        service = scope.split(":")[0]
        group = groups.setdefault(_GROUPS.get(service, _spaced(service).capitalize()), [])
        sentence = in_words(scope)
        if sentence not in group:
            group.append(sentence)
    return sorted(groups.items())


def in_words(scope: str) -> str:
    """Return one scope as a sentence."""
    service, *rest = scope.split(":")
    level = next((word for word in rest if word in _WHERE), "")
    rest = [word for word in rest if word != level]
    if len(rest) == 2:
        action, thing = rest
        verb, what = _ACTIONS.get(action, action.capitalize()), thing.removeprefix("list_")
        what = _THINGS.get(what, _spaced(what))
    else:
        verb = _CLASSIC_ACTIONS.get(rest[0], _spaced(rest[0]).capitalize()) if rest else "View"
        what = f"{_spaced(service)} data"
    return f"{verb} {what} {_WHERE[level]}" if level else f"{verb} your {what}"


def _spaced(word: str) -> str:
    return word.replace("_", " ")
