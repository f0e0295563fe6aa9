"""The settings operations of a person: `GET` and `PATCH /users/{userId}/settings`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.catalogue import Schema
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.meeting_rules import SIGN_IN
from greenroom.sandbox.setting_changes import alter_settings
from greenroom.sandbox.setting_shapes import (
    CONCURRENT,
    LICENSED,
    PLACES,
    Groups,
    meeting_authentication,
    only,
    recording_authentication,
    security,
    user_groups,
)
from greenroom.sandbox.user_changes import Operator
from greenroom.sandbox.users import invited

_NOT_KEPT = {"meeting_capacity", "zoom_phone", "concurrent_meeting", "license_info_list", "pmi_password"}
_AUTHENTICATION = ("meeting_authentication", "recording_authentication")


def get_settings(call: Call) -> Reply:
    """GET /users/{userId}/settings: the default shape, or one of its options."""
    user = invited(call)
    option = call.query.get("option")
    if option:
        return Reply(body=_optional(call, user, option))
    shape = _groups(call, user)
    wanted = call.query.get("custom_query_fields")
    return Reply(body=only(shape, frozenset(wanted.split(","))) if wanted else shape)


def update_settings(call: Call) -> Reply:
    """PATCH /users/{userId}/settings: 204; what the account has locked stays as it is, silently."""
    user = invited(call)
    asked = _asked(call)
    _check_licences(user, asked.get("feature", {}))
    _check_room_passcode(call, user, asked)
    alter_settings(call.state, _changed(call, user, asked), Operator(call.user.id, call.user.email))
    return Reply(204)


def _groups(call: Call, user: User) -> Groups:
    directory = call.state.directory
    return user_groups(user, directory.account_of(user), directory.settings_of(user))


def _optional(call: Call, user: User, option: str) -> dict[str, object]:
    settings = call.state.directory.settings_of(user)
    kept = user.shown_settings.get(option, {})
    if option == "meeting_security":
        return {"meeting_security": security(settings, kept)}
    if option == "meeting_authentication":
        return meeting_authentication(settings, kept)
    return recording_authentication(kept)


def _asked(call: Call) -> Groups:
    """Return the request as groups; the two kinds of sign-in rules become groups of their own."""
    groups = {name: dict(value) for name, value in call.body.items() if isinstance(value, Mapping)}
    rule = groups.pop("authentication_option", {})
    if rule and rule.get("id", SIGN_IN["id"]) != SIGN_IN["id"]:
        raise ValidationError({"authentication_option.id": "Name one of the user's authentication options."})
    option = call.query.get("option", next((name for name in _AUTHENTICATION if name in call.body), ""))
    if option in _AUTHENTICATION:
        switch = {name: call.body[name] for name in _AUTHENTICATION if name == option and name in call.body}
        groups[option] = {**_shown_rule(rule), **switch}
    return groups


def _shown_rule(rule: Mapping[str, object]) -> dict[str, object]:
    shown = {name: value for name, value in rule.items() if name in ("default_option", "domains", "name", "type")}
    return {**shown, "visible": rule["action"] != "hide"} if "action" in rule else shown


def _check_licences(user: User, feature: Mapping[str, object]) -> None:
    """Check that a person may have the add-ons asked for.

    Raises:
        ZoomError: 400/1108, 1204, 1205, 1206 or 1207. The text of 1207 is not published.
    """
    held = {**user.shown_settings.get("feature", {}), **feature}
    licensed = user.type == LICENSED
    if feature.get("large_meeting") and not licensed:
        raise ZoomError(400, 1108, "Only Licensed or On-prem users can enable the large meeting feature.")
    if feature.get("webinar") and held.get("zoom_events"):
        text = "You can't enable the Webinar feature because you already have the Zoom Events feature."
        raise ZoomError(400, 1204, text)
    if feature.get("zoom_events") and held.get("webinar"):
        text = "You can't enable the Zoom Events feature because you already have the Webinar feature."
        raise ZoomError(400, 1205, text)
    if feature.get("zoom_events") and not licensed:
        raise ZoomError(400, 1206, "You can only enable the Zoom Events feature for Licensed or On-prem users.")
    if feature.get("concurrent_meeting", "None") != "None" and not licensed:
        raise ZoomError(400, 1207, "You can only enable concurrent meetings for Licensed or On-prem users.")


def _check_room_passcode(call: Call, user: User, asked: Groups) -> None:
    for name in ("pmi_password", "default_password_for_scheduled_meetings"):
        passcode = asked.get("schedule_meeting", {}).get(name)
        objection = call.state.directory.settings_of(user).passcodes.objection(str(passcode)) if passcode else None
        if objection:
            raise ValidationError({f"schedule_meeting.{name}": objection})


def _changed(call: Call, user: User, asked: Groups) -> User:
    locked = call.state.directory.settings_of(user).locked
    effects = {name: asked[group][field] for group, field, name in PLACES if field in asked.get(group, {})}
    if "meeting_authentication" in asked.get("meeting_authentication", {}):
        effects["meeting_authentication"] = asked["meeting_authentication"]["meeting_authentication"]
    free = {name: value for name, value in effects.items() if name not in locked}
    feature = asked.get("feature", {})
    concurrent = user.concurrent_meetings
    if "concurrent_meeting" in feature:
        concurrent = CONCURRENT[str(feature["concurrent_meeting"])]
    return replace(
        user,
        settings=cast("Mapping[str, bool | str]", {**user.settings, **free}),
        shown_settings=_kept(call, user, asked),
        concurrent_meetings=concurrent,
        pmi_passcode=str(asked.get("schedule_meeting", {}).get("pmi_password", user.pmi_passcode)),
    )


def _kept(call: Call, user: User, asked: Groups) -> Groups:
    """Return the settings without effect, with those of the request; unpublished names are ignored."""
    effective = {(group, field) for group, field, _ in PLACES}
    kept = {group: dict(fields) for group, fields in user.shown_settings.items()}
    for group, fields in asked.items():
        known = _published(call, group)
        for field, value in fields.items():
            if field in known and (group, field) not in effective and field not in _NOT_KEPT:
                kept.setdefault(group, {})[field] = value
    return kept


def _published(call: Call, group: str) -> frozenset[str]:
    if group in _AUTHENTICATION:
        return frozenset(("default_option", "domains", "name", "type", "visible", "recording_authentication"))
    return next((fields for fields in (*_alternatives(call, group),) if fields), frozenset())


def _alternatives(call: Call, group: str) -> Iterator[frozenset[str]]:
    for alternative in cast("list[Schema]", call.operation.body_schema["oneOf"]):
        properties = cast("dict[str, Schema]", alternative.get("properties", {}))
        yield frozenset(cast("Schema", properties.get(group, {}).get("properties", {})))


HANDLERS: dict[str, Handler] = {
    "GET /users/{userId}/settings": get_settings,
    "PATCH /users/{userId}/settings": update_settings,
}
