"""The user operations: who someone is, what they may do, what their meetings start with."""

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.privileges import EVERY_PRIVILEGE
from greenroom.sandbox.settings import HostSettings

_HIGHEST_PAGE_SIZE = 2000
_MEETING_CAPACITY = {1: 100, 2: 300, 4: 0}


def get_user(call: Call) -> Reply:
    """GET /users/{userId}."""
    return Reply(body=_profile(call, call.target()))


def list_users(call: Call) -> Reply:
    """GET /users: active people unless another status is asked for."""
    call.require_role(call.operation.privilege)
    status = call.query.get("status", "active")
    role_id = call.query.get("role_id")
    users = [user for user in call.state.directory.members(call.account.id) if user.status == status]
    if role_id:
        users = [user for user in users if call.state.directory.role_of(user).id == role_id]
    return Reply(body=page(call, "users", users, lambda user: _entry(call, user), highest=_HIGHEST_PAGE_SIZE))


def check_email(call: Call) -> Reply:
    """GET /users/email."""
    call.require_role(call.operation.privilege)
    return Reply(body={"existed_email": call.state.directory.find_user(call.query.get("email", "")) is not None})


def get_permissions(call: Call) -> Reply:
    """GET /users/{userId}/permissions."""
    role = call.state.directory.role_of(call.target())
    return Reply(body={"permissions": [one for one in EVERY_PRIVILEGE if role.holds(one)]})


def get_settings(call: Call) -> Reply:
    """GET /users/{userId}/settings: the default shape, or one of its options."""
    user = call.target()
    settings = call.state.directory.settings_of(user)
    option = call.query.get("option")
    if option == "meeting_security":
        return Reply(body={"meeting_security": _security(settings)})
    if option == "meeting_authentication":
        return Reply(body=_authentication(settings))
    if option == "recording_authentication":
        return Reply(body={"recording_authentication": False, "authentication_options": []})
    shape = _settings(user, settings)
    wanted = call.query.get("custom_query_fields")
    return Reply(body=_only(shape, frozenset(wanted.split(","))) if wanted else shape)


def get_zak(call: Call) -> Reply:
    """GET /users/me/zak: a token that starts a meeting as this person."""
    return Reply(body={"token": call.state.ids.text(120)})


def get_token(call: Call) -> Reply:
    """GET /users/{userId}/token: the token of old is dead, a ZAK is not."""
    call.target()
    if call.query.get("type", "token") == "token":
        return Reply(body={"token": "This token is no longer supported. Use the ZAK token instead."})
    return Reply(body={"token": call.state.ids.text(120)})


def _profile(call: Call, user: User) -> dict[str, object]:
    directory = call.state.directory
    account, role = directory.account_of(user), directory.role_of(user)
    entry = _entry(call, user)
    entry.pop("role_id")
    return {
        **entry,
        "id": user.id,
        "role_name": role.name,
        "role_id": role.id,
        "use_pmi": directory.settings_of(user).use_pmi_for_scheduled_meetings,
        "personal_meeting_url": f"{call.state.world.meeting_base_url}/j/{user.pmi}",
        "account_id": account.id,
        "account_number": account.number,
        "cluster": "us04",
        "jid": f"{user.id.lower()}@xmpp.zoom.us",
        "job_title": "",
        "language": "en-US",
        "location": "",
        "login_types": [100],
        "phone_country": "",
        "phone_number": "",
    }


def _entry(call: Call, user: User) -> dict[str, object]:
    """Draw a person as lists do; someone who has not accepted the invitation has no id yet."""
    seen = iso(call.state.clock.now() if user.status == "pending" else user.created_at)
    identity = {} if user.status == "pending" else {"id": user.id, "pmi": user.pmi}
    return {
        **identity,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "display_name": user.display_name,
        "type": user.type,
        "status": user.status,
        "timezone": user.timezone,
        "verified": 0 if user.status == "pending" else 1,
        "dept": "",
        "created_at": seen,
        "user_created_at": seen,
        "group_ids": [],
        "im_group_ids": [],
        "role_id": call.state.directory.role_of(user).id,
    }


def _settings(user: User, settings: HostSettings) -> dict[str, object]:
    cloud = settings.cloud_recording and user.type == 2
    return {
        "feature": {
            "meeting_capacity": _MEETING_CAPACITY[user.type],
            "concurrent_meeting": "None",
            "large_meeting": False,
            "webinar": False,
            "zoom_phone": False,
        },
        "in_meeting": {
            "waiting_room": settings.waiting_room,
            "breakout_room": True,
            "breakout_room_schedule": settings.breakout_room_schedule,
            "chat": True,
            "e2e_encryption": False,
        },
        "recording": {
            "cloud_recording": cloud,
            "local_recording": True,
            "auto_recording": settings.auto_recording,
            "recording_audio_transcript": cloud,
        },
        "schedule_meeting": _scheduling(user, settings),
        "email_notification": {"alternative_host_reminder": True, "cancel_meeting_reminder": True},
        "telephony": {"third_party_audio": False, "show_international_numbers_link": False},
    }


def _scheduling(user: User, settings: HostSettings) -> dict[str, object]:
    return {
        "host_video": settings.host_video,
        "participants_video": settings.participant_video,
        "audio_type": "both",
        "join_before_host": settings.join_before_host,
        "personal_meeting": True,
        "use_pmi_for_scheduled_meetings": settings.use_pmi_for_scheduled_meetings,
        "use_pmi_for_instant_meetings": False,
        "require_password_for_scheduling_new_meetings": settings.require_password,
        "require_password_for_scheduled_meetings": settings.require_password,
        "require_password_for_instant_meetings": settings.require_password,
        "require_password_for_pmi_meetings": "all" if settings.require_password else "none",
        "pmi_password": user.pmi_passcode,
        "embed_password_in_join_link": settings.embed_password_in_join_link,
        "pstn_password_protected": True,
        "meeting_password_requirement": _passcode_requirement(),
    }


def _passcode_requirement() -> dict[str, object]:
    return {
        "length": 0,
        "have_letter": False,
        "have_number": False,
        "have_special_character": False,
        "have_upper_and_lower_characters": False,
        "only_allow_numeric": False,
        "weak_enhance_detection": False,
        "consecutive_characters_length": 0,
    }


def _security(settings: HostSettings) -> dict[str, object]:
    return {
        "auto_security": settings.one_security_option_required,
        "embed_password_in_join_link": settings.embed_password_in_join_link,
        "encryption_type": "enhanced_encryption",
        "end_to_end_encrypted_meetings": False,
        "meeting_password": settings.require_password,
        "meeting_password_requirement": _passcode_requirement(),
        "pmi_password": settings.require_password,
        "phone_password": True,
        "require_password_for_scheduled_meeting": settings.require_password,
        "waiting_room": settings.waiting_room,
        "waiting_room_settings": {"participants_to_place_in_waiting_room": 0},
    }


def _authentication(settings: HostSettings) -> dict[str, object]:
    return {
        "meeting_authentication": settings.meeting_authentication,
        "allow_authentication_exception": False,
        "authentication_options": [],
    }


def _only(shape: dict[str, object], names: frozenset[str]) -> dict[str, object]:
    """Keep the named fields, each in its group."""
    kept: dict[str, object] = {}
    for group, fields in shape.items():
        if isinstance(fields, dict):
            chosen = {name: value for name, value in fields.items() if name in names}
            if chosen:
                kept[group] = chosen
    return kept


def hostable(user: User) -> None:
    """Check that a person can host at all.

    Raises:
        ZoomError: 404/1001 before an invitation is accepted; 400/3161 without a meetings licence or login.
    """
    if user.status == "pending":
        raise ZoomError(404, 1001, f"User does not exist: {user.email}.")
    if user.status == "inactive" or user.type == 4:
        text = "Your user account is not allowed meeting hosting and scheduling capabilities."
        raise ZoomError(400, 3161, text)


HANDLERS: dict[str, Handler] = {
    "GET /users": list_users,
    "GET /users/email": check_email,
    "GET /users/me/zak": get_zak,
    "GET /users/{userId}": get_user,
    "GET /users/{userId}/permissions": get_permissions,
    "GET /users/{userId}/settings": get_settings,
    "GET /users/{userId}/token": get_token,
}
