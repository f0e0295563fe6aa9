"""What Zoom makes of a meeting's settings and passcode: locks, personal rooms, the one protection every meeting has.

Everything here is a function from what was asked and the host's settings to what the meeting becomes. The
request is never refused for asking something a lock forbids: the lock wins and the reply says so.
"""

import re
from dataclasses import dataclass
from typing import cast

from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.meeting_times import Body
from greenroom.sandbox.settings import HostSettings

INSTANT, SCHEDULED, RECURRING, PERSONAL, RECURRING_FIXED = 1, 2, 3, 4, 8
NO_REGISTRATION = 2

# The sign-in every account offers; its people need any Zoom login.
SIGN_IN = {"id": "signIn_all", "name": "Sign in to Zoom", "type": "enforce_login"}

_PASSCODE = re.compile(r"[A-Za-z0-9@\-_*!#$%&^+=.,;:?/~()\[\]{}|<>]{0,10}")
_PMI_TYPES = (INSTANT, SCHEDULED, RECURRING)
_LOCKABLE = ("waiting_room", "meeting_authentication", "join_before_host", "host_video", "participant_video")
_OF_THE_ROOM = ("waiting_room", "meeting_authentication", "join_before_host")
_SIGNED_IN_ONLY = ("authentication_option", "authentication_name", "authentication_domains", "authentication_exception")

# What the API sets when a request leaves a field out; the host's own scheduler defaults do not apply.
_DEFAULTS: dict[str, object] = {
    "host_video": False,
    "participant_video": False,
    "cn_meeting": False,
    "in_meeting": False,
    "join_before_host": False,
    "jbh_time": 0,
    "mute_upon_entry": False,
    "watermark": False,
    "use_pmi": False,
    "approval_type": 2,
    "audio": "both",
    "auto_recording": "none",
    "enforce_login": False,
    "enforce_login_domains": "",
    "alternative_hosts": "",
    "alternative_hosts_email_notification": True,
    "close_registration": False,
    "show_share_button": False,
    "allow_multiple_devices": False,
    "registrants_confirmation_email": True,
    "registrants_email_notification": True,
    "meeting_authentication": False,
    "encryption_type": "enhanced_encryption",
    "waiting_room": False,
    "email_notification": True,
    "host_save_video_order": False,
    "device_testing": False,
    "focus_mode": False,
    "private_meeting": False,
    "internal_meeting": False,
    "participant_focused_meeting": False,
    "push_change_to_calendar": False,
    "global_dial_in_countries": [],
}


@dataclass(frozen=True)
class Host:
    """The host of a meeting and the settings in force for them."""

    user: User
    settings: HostSettings


def uses_pmi(body: Body, kind: int, settings: HostSettings) -> bool:
    """Tell whether the meeting happens in the host's personal room.

    A request that leaves `use_pmi` out follows the host's setting for scheduled meetings.
    """
    if kind not in _PMI_TYPES:
        return False
    asked = cast("Body", body.get("settings", {})).get("use_pmi")
    default = settings.use_pmi_for_scheduled_meetings and kind != INSTANT
    return settings.bool_of("use_pmi_for_scheduled_meetings", asked=default if asked is None else bool(asked))


def passcode_for(body: Body, host: Host, ids: Ids, *, pmi: bool, current: str | None = None) -> str:
    """Return the meeting's passcode; `current` is the one it has, for an update.

    A personal room has its own. A given one is kept. Without one, `default_password` and the host's setting
    decide; when the setting is locked on, a passcode is made even if the request refuses it.

    Raises:
        ValidationError: the given passcode is too long, holds a character Zoom does not take, or breaks the
            account's requirement.
    """
    if pmi:
        return host.user.pmi_passcode
    given = checked_passcode(body, host)
    if given:
        return given
    if current is not None and "password" not in body:
        return current
    required = host.settings.require_password
    locked = "require_password" in host.settings.locked
    wanted = current is None and bool(body.get("default_password", True))
    return host.settings.passcodes.make(ids) if required and (locked or wanted) else ""


def checked_passcode(body: Body, host: Host) -> str:
    """Return the passcode a request gives, empty when it gives none.

    Raises:
        ValidationError: naming `password`.
    """
    given = str(body.get("password") or "")
    if not _PASSCODE.fullmatch(given):
        raise ValidationError({"password": "Invalid field."})
    objection = host.settings.passcodes.objection(given) if given else None
    if objection:
        raise ValidationError({"password": objection})
    return given


def settle_settings(asked: Body, host: Host, ids: Ids, passcode: str) -> tuple[dict[str, object], str]:
    """Return the settings the meeting gets and its passcode, once locks and security rules have spoken."""
    rules = host.settings
    settings = {**_DEFAULTS, **asked}
    if settings["use_pmi"]:  # the personal room's own settings apply
        settings.update({name: getattr(rules, name) for name in _OF_THE_ROOM})
    settings.update({name: rules.bool_of(name, asked=bool(settings[name])) for name in _LOCKABLE})
    passcode = _secure(settings, rules, ids, passcode)
    if settings["waiting_room"]:
        settings["join_before_host"] = False
    if not settings["join_before_host"]:
        settings["jbh_time"] = 0
    settings["auto_recording"] = _recording(str(settings["auto_recording"]), host)
    if settings["encryption_type"] == "e2ee":
        _encrypt(settings)
    if host.user.type != 2:
        settings["approval_type"] = NO_REGISTRATION
    _settle_sign_in(settings, rules)
    _open_chat(settings, ids)
    if not rules.breakout_room_schedule:
        settings.pop("breakout_room", None)
    return settings, passcode


def _secure(settings: dict[str, object], rules: HostSettings, ids: Ids, passcode: str) -> str:
    """See that one security option is on: the waiting room, or a passcode where that is locked off."""
    if not rules.one_security_option_required:
        return passcode
    if passcode or settings["waiting_room"] or settings["meeting_authentication"]:
        return passcode
    if "waiting_room" in rules.locked:
        return rules.passcodes.make(ids)
    settings["waiting_room"] = True
    return passcode


def _recording(asked: str, host: Host) -> str:
    """Cloud recording needs a Licensed host whose setting allows it; a locked setting wins."""
    rules = host.settings
    wanted = rules.auto_recording if "auto_recording" in rules.locked else asked
    allowed = rules.cloud_recording and host.user.type == 2
    return "none" if wanted == "cloud" and not allowed else wanted


def _encrypt(settings: dict[str, object]) -> None:
    """Take away what end-to-end encryption makes impossible: the cloud, the telephone, summaries."""
    settings["audio"] = "voip"
    if settings["auto_recording"] == "cloud":
        settings["auto_recording"] = "none"
    for name in ("auto_start_meeting_summary", "auto_start_ai_companion_questions"):
        if name in settings:
            settings[name] = False


def _open_chat(settings: dict[str, object], ids: Ids) -> None:
    """Give a continuous chat its channel; a settled meeting keeps the one it has."""
    chat = cast("Body", settings.get("continuous_meeting_chat") or {})
    if chat.get("enable") and "channel_id" not in chat:
        settings["continuous_meeting_chat"] = {**chat, "channel_id": ids.text(32).lower()}


def _settle_sign_in(settings: dict[str, object], rules: HostSettings) -> None:
    """Say how people sign in, and who need not, where signing in is asked for at all."""
    if not settings["meeting_authentication"]:
        for name in _SIGNED_IN_ONLY:
            settings.pop(name, None)
        return
    settings["authentication_option"] = SIGN_IN["id"]
    settings["authentication_name"] = SIGN_IN["name"]
    if not rules.allow_authentication_exception:
        settings.pop("authentication_exception", None)
