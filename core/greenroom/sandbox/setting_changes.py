"""Changing a person's settings, and telling subscribers which."""

from collections.abc import Mapping
from typing import cast

from jsonschema import Draft7Validator

from greenroom.sandbox.catalogue import Schema, event_schemas
from greenroom.sandbox.clock import milliseconds
from greenroom.sandbox.directory import Account, User
from greenroom.sandbox.setting_shapes import Groups, account_groups, security, user_groups
from greenroom.sandbox.state import State
from greenroom.sandbox.user_changes import Operator

_EVENT = "user.settings_updated"
_ACCOUNT_EVENT = "account.settings_updated"


def alter_settings(state: State, now: User, by: Operator) -> None:
    """Store a person's record with other settings; `user.settings_updated` tells those it has room for."""
    before = _told(state, state.directory.users[now.id])
    state.directory.replace_user(now)
    after = _told(state, now)
    names = [(group, name) for group in after for name in after[group] if after[group][name] != before[group].get(name)]
    if not names:
        return
    payload = {
        "operator": by.email,
        "operator_id": by.id,
        "time_stamp": milliseconds(state.clock.now()),
        "object": {"id": now.id, "settings": _picked(after, names)},
        "old_object": {"id": now.id, "settings": _picked(before, names)},
    }
    state.events.emit(_EVENT, now.account_id, payload, about=(now.id,))


def alter_account(state: State, now: Account, by: Operator) -> None:
    """Store an account's record with other settings; `account.settings_updated` tells those it has room for."""
    before = _told_of_account(state, state.directory.accounts[now.id])
    state.directory.replace_account(now)
    after = _told_of_account(state, now)
    names = [(group, name) for group in after for name in after[group] if after[group][name] != before[group].get(name)]
    if not names:
        return
    payload = {
        "operator": by.email,
        "operator_id": by.id,
        "time_stamp": milliseconds(state.clock.now()),
        "object": {"id": now.id, "settings": _picked(after, names)},
        "old_object": {"id": now.id, "settings": _picked(before, names)},
    }
    members = [user.id for user in state.directory.members(now.id)]
    state.events.emit(_ACCOUNT_EVENT, now.id, payload, about=members)


def _told_of_account(state: State, account: Account) -> Groups:
    settings = state.directory.settings_of_account(account)
    groups: Mapping[str, Mapping[str, object]] = {
        **account_groups(account, settings),
        "meeting_security": security(settings, {}),
    }
    return _fitting(groups, _ACCOUNT_EVENT)


def _told(state: State, user: User) -> Groups:
    """Return the settings the published event has room for."""
    settings = state.directory.settings_of(user)
    groups: Mapping[str, Mapping[str, object]] = {
        **user_groups(user, state.directory.account_of(user), settings),
        "meeting_security": security(settings, user.shown_settings.get("meeting_security", {})),
    }
    return _fitting(groups, _EVENT)


def _fitting(groups: Mapping[str, Mapping[str, object]], event: str) -> Groups:
    room = _room_in(event)
    return {
        group: {name: value for name, value in fields.items() if _fits(room.get(group, {}), name, value)}
        for group, fields in groups.items()
    }


def _room_in(event: str) -> dict[str, Schema]:
    here: object = event_schemas()[event]
    for name in ("payload", "object", "settings"):
        here = cast("dict[str, dict[str, object]]", here)["properties"][name]
    return cast("dict[str, dict[str, Schema]]", here)["properties"]


def _fits(group: Schema, name: str, value: object) -> bool:
    schema = cast("dict[str, Schema]", group.get("properties", {})).get(name)
    return schema is not None and Draft7Validator(schema).is_valid(value)


def _picked(groups: Groups, names: list[tuple[str, str]]) -> Groups:
    picked: Groups = {}
    for group, name in names:
        if name in groups[group]:
            picked.setdefault(group, {})[name] = groups[group][name]
    return picked
