"""The settings of people and accounts in the groups Zoom publishes them in.

A setting of `HostSettings` has a place here, sometimes two. Everything else in the groups has no effect in the
sandbox; it is shown as Zoom has it by default, or as it was last sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from greenroom.sandbox.directory import Account, User
from greenroom.sandbox.meeting_rules import SIGN_IN
from greenroom.sandbox.settings import HostSettings

Groups = dict[str, dict[str, object]]
LICENSED = 2

# Group, field and setting. Of two fields for one setting, the later one wins when both are sent.
PLACES = (
    ("in_meeting", "waiting_room", "waiting_room"),
    ("in_meeting", "breakout_room_schedule", "breakout_room_schedule"),
    ("recording", "cloud_recording", "cloud_recording"),
    ("recording", "auto_recording", "auto_recording"),
    ("schedule_meeting", "host_video", "host_video"),
    ("schedule_meeting", "participants_video", "participant_video"),
    ("schedule_meeting", "join_before_host", "join_before_host"),
    ("schedule_meeting", "use_pmi_for_scheduled_meetings", "use_pmi_for_scheduled_meetings"),
    ("schedule_meeting", "embed_password_in_join_link", "embed_password_in_join_link"),
    ("schedule_meeting", "meeting_password_requirement", "meeting_password_requirement"),
    ("schedule_meeting", "require_password_for_scheduled_meetings", "require_password"),
    ("schedule_meeting", "require_password_for_scheduling_new_meetings", "require_password"),
    ("meeting_security", "waiting_room", "waiting_room"),
    ("meeting_security", "embed_password_in_join_link", "embed_password_in_join_link"),
    ("meeting_security", "meeting_password_requirement", "meeting_password_requirement"),
    ("meeting_security", "require_password_for_scheduled_meeting", "require_password"),
    ("meeting_security", "meeting_password", "require_password"),
)

# The published account settings name the groups alike, with these exceptions.
_NOT_OF_ACCOUNTS = {("in_meeting", "waiting_room"), ("schedule_meeting", "embed_password_in_join_link")}
_ACCOUNT_NAMES = {"participants_video": "participant_video"}

# The published locks; the waiting room's is told with `option=meeting_security` only.
_LOCK_PLACES = (
    ("recording", "auto_recording", "auto_recording"),
    ("schedule_meeting", "embed_password_in_join_link", "embed_password_in_join_link"),
    ("schedule_meeting", "host_video", "host_video"),
    ("schedule_meeting", "join_before_host", "join_before_host"),
    ("schedule_meeting", "meeting_authentication", "meeting_authentication"),
    ("schedule_meeting", "participant_video", "participant_video"),
    ("schedule_meeting", "require_password_for_scheduling_new_meetings", "require_password"),
    ("schedule_meeting", "use_pmi_for_scheduled_meetings", "use_pmi_for_scheduled_meetings"),
    ("meeting_security", "embed_password_in_join_link", "embed_password_in_join_link"),
    ("meeting_security", "meeting_password", "require_password"),
    ("meeting_security", "waiting_room", "waiting_room"),
)

_USUAL: Mapping[str, Mapping[str, object]] = {
    "audio_conferencing": {"personal_audio_conference": False},
    "email_notification": {
        "alternative_host_reminder": True,
        "cancel_meeting_reminder": True,
        "cloud_recording_available_reminder": True,
        "jbh_reminder": False,
        "schedule_for_reminder": True,
    },
    "feature": {"large_meeting": False, "webinar": False, "zoom_events": False},
    "in_meeting": {"breakout_room": True, "chat": True, "e2e_encryption": False, "private_chat": True},
    "profile": {},
    "recording": {"local_recording": True},
    "schedule_meeting": {
        "audio_type": "both",
        "personal_meeting": True,
        "pstn_password_protected": True,
        "use_pmi_for_instant_meetings": False,
    },
    "telephony": {"third_party_audio": False, "show_international_numbers_link": False},
    "tsp": {"call_out": False, "show_international_numbers_link": False},
    "whiteboard": {"in_meeting_advanced_whiteboard": False, "out_meeting_advanced_whiteboard": False},
}

_CAPACITY = {"basic": 100, "pro": 100, "business": 300, "education": 300, "enterprise": 500}
# How many meetings at once each add-on allows is not published; these numbers are the sandbox's own.
CONCURRENT = {"None": None, "Basic": 5, "Plus": 20}


def user_groups(user: User, account: Account, settings: HostSettings) -> Groups:
    """Return a person's settings in the default shape."""
    cloud = settings.cloud_recording and user.type == LICENSED
    passcodes = settings.require_password
    shown = _merged(_USUAL, user.shown_settings)
    shown = {group: shown[group] for group in _USUAL}
    shown = _merged(shown, _placed(settings, _USUAL))
    shown["feature"] |= _licences(user, account)
    shown["recording"] |= {"cloud_recording": cloud}
    shown["recording"].setdefault("recording_audio_transcript", cloud)
    shown["schedule_meeting"] |= {"pmi_password": user.pmi_passcode}
    shown["schedule_meeting"].setdefault("require_password_for_instant_meetings", passcodes)
    shown["schedule_meeting"].setdefault("require_password_for_pmi_meetings", "all" if passcodes else "none")
    return shown


def account_groups(account: Account, settings: HostSettings) -> Groups:
    """Return an account's settings in the default shape."""
    places = _placed(settings, ("in_meeting", "recording", "schedule_meeting"))
    groups = {
        group: {_ACCOUNT_NAMES.get(f, f): value for f, value in fields.items() if (group, f) not in _NOT_OF_ACCOUNTS}
        for group, fields in places.items()
    }
    groups["feature"] = {"meeting_capacity": _CAPACITY[account.plan]}
    groups["security"] = {
        "admin_change_name_pic": "name" in account.admin_only,
        "admin_change_user_info": bool(account.admin_only),
    }
    return groups


def security(settings: HostSettings, kept: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of `meeting_security`, over those kept as they were sent."""
    usual = {
        "encryption_type": "enhanced_encryption",
        "end_to_end_encrypted_meetings": False,
        "phone_password": True,
        "pmi_password": settings.require_password,
        "waiting_room_settings": {"participants_to_place_in_waiting_room": 0},
    }
    own = {"auto_security": settings.one_security_option_required}
    return {**usual, **kept, **own, **_placed(settings, ("meeting_security",))["meeting_security"]}


def meeting_authentication(settings: HostSettings, kept: Mapping[str, object]) -> dict[str, object]:
    """Return who must sign in before they join a meeting, and how."""
    return {
        "meeting_authentication": settings.meeting_authentication,
        "allow_authentication_exception": settings.allow_authentication_exception,
        "authentication_options": [{**SIGN_IN, "default_option": True, "visible": True, **kept}],
    }


def recording_authentication(kept: Mapping[str, object]) -> dict[str, object]:
    """Return who must sign in before they see a recording, and how."""
    asked = {name: value for name, value in kept.items() if name != "recording_authentication"}
    return {
        "recording_authentication": kept.get("recording_authentication", False),
        "authentication_options": [{**SIGN_IN, "default_option": True, "visible": True, **asked}],
    }


def locks(settings: HostSettings, *, of_security: bool) -> Groups:
    """Return which settings are locked."""
    groups: Groups = {}
    for group, field, name in _LOCK_PLACES:
        if (group == "meeting_security") is of_security:
            groups.setdefault(group, {})[field] = name in settings.locked
    return groups


def only(groups: Mapping[str, Mapping[str, object]], names: frozenset[str]) -> Groups:
    """Return the named fields, each in its group."""
    kept = {g: {name: value for name, value in fields.items() if name in names} for g, fields in groups.items()}
    return {group: fields for group, fields in kept.items() if fields}


def concurrent_licence(user: User) -> str:
    """Return the name of the add-on that lets a person hold several meetings at once."""
    number = user.concurrent_meetings
    if number is None:
        return "None"
    return "Basic" if number <= (CONCURRENT["Basic"] or 0) else "Plus"


def _licences(user: User, account: Account) -> dict[str, object]:
    feature = user.shown_settings.get("feature", {})
    usual = 0 if user.type == 4 else _CAPACITY[account.plan]
    large = feature.get("large_meeting_capacity") if feature.get("large_meeting") else None
    return {
        "meeting_capacity": large or usual,
        "concurrent_meeting": concurrent_licence(user),
        "zoom_phone": user.phone is not None,
    }


def _placed(settings: HostSettings, groups: Iterable[str]) -> Groups:
    values: dict[str, Any] = {**asdict(settings), "meeting_password_requirement": asdict(settings.passcodes)}
    placed: Groups = {group: {} for group in groups}
    for group, field, name in PLACES:
        if group in placed:
            placed[group][field] = values[name]
    return placed


def _merged(under: Mapping[str, Mapping[str, object]], over: Mapping[str, Mapping[str, object]]) -> Groups:
    return {group: {**under.get(group, {}), **over.get(group, {})} for group in {**under, **over}}
