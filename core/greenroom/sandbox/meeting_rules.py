"""What Zoom makes of a meeting request: times, passcodes, security, personal rooms.

Everything here is a function from what was asked and the host's settings to what the meeting becomes. The
request is never refused for asking something a lock forbids: the lock wins and the reply says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.ledger import Meeting
from greenroom.sandbox.settings import HostSettings
from greenroom.sandbox.world import is_timezone

INSTANT, SCHEDULED, RECURRING, PERSONAL, RECURRING_FIXED = 1, 2, 3, 4, 8
DEFAULT_DURATION = 60

Body = Mapping[str, object]

_START = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(?P<utc>Z)?")
_PASSCODE = re.compile(r"[A-Za-z0-9@\-_*!#$%&^+=.,;:?/~()\[\]{}|<>]{0,10}")
_PMI_TYPES = (INSTANT, SCHEDULED, RECURRING)

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


def start_of(body: Body, zone: str) -> datetime | None:
    """Return the instant `start_time` means, or `None` when it is absent.

    `Z` makes it UTC whatever `timezone` says; otherwise it is local time in `zone`.

    Raises:
        ValidationError: the text has another form or names no moment.
    """
    text = body.get("start_time")
    if not text:
        return None
    match = _START.fullmatch(str(text))
    try:
        moment = datetime.fromisoformat(str(text)) if match else None
    except ValueError:
        moment = None
    if match is None or moment is None:
        raise ValidationError({"start_time": "Invalid field."})
    return (moment if match["utc"] else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def zone_of(body: Body, default: str) -> str:
    """Return the request's time zone, or the default.

    Raises:
        ValidationError: no such zone.
    """
    zone = str(body.get("timezone") or default)
    if not is_timezone(zone):
        raise ValidationError({"timezone": "Invalid field."})
    return zone


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
        ValidationError: the given passcode is too long or holds a character Zoom does not take.
    """
    if pmi:
        return host.user.pmi_passcode
    given = str(body.get("password") or "")
    if not _PASSCODE.fullmatch(given):
        raise ValidationError({"password": "Invalid field."})
    if given:
        return given
    if current is not None and "password" not in body:
        return current
    required = host.settings.require_password
    locked = "require_password" in host.settings.locked
    wanted = current is None and bool(body.get("default_password", True))
    return ids.passcode() if required and (locked or wanted) else ""


def settle_settings(asked: Body, host: Host, ids: Ids, passcode: str) -> tuple[dict[str, object], str]:
    """Return the settings the meeting gets and its passcode, once locks and security rules have spoken."""
    rules = host.settings
    settings = {**_DEFAULTS, **asked}
    for name in ("waiting_room", "meeting_authentication", "join_before_host"):
        settings[name] = rules.bool_of(name, asked=bool(settings[name]))
    passcode = _secure(settings, rules, ids, passcode)
    if settings["waiting_room"]:
        settings["join_before_host"] = False
    if not settings["join_before_host"]:
        settings["jbh_time"] = 0
    settings["auto_recording"] = _recording(str(settings["auto_recording"]), host)
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
        return ids.passcode()
    settings["waiting_room"] = True
    return passcode


def _recording(asked: str, host: Host) -> str:
    """Cloud recording needs a Licensed host whose setting allows it; a locked setting wins."""
    rules = host.settings
    wanted = rules.auto_recording if "auto_recording" in rules.locked else asked
    allowed = rules.cloud_recording and host.user.type == 2
    return "none" if wanted == "cloud" and not allowed else wanted


def reschedule(meeting: Meeting, body: Body, now: datetime) -> Meeting:
    """Return the meeting at its new time; a start in the past is ignored without a word."""
    zone = zone_of(body, meeting.timezone)
    start = start_of(body, zone)
    moved = replace(meeting, timezone=zone, duration=int(cast("int", body.get("duration", meeting.duration))))
    if start is None or start <= now:
        return moved
    kind = SCHEDULED if meeting.type == INSTANT else meeting.type
    return replace(moved, start=start, type=kind)
