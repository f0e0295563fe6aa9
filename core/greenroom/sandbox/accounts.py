"""The operations on a whole account: settings, locks, roles, rooms."""

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.directory import Role, User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.settings import HostSettings, settings_in_force
from greenroom.sandbox.world import RoomSpec

# Which group of Zoom's settings each lockable setting belongs to, under which name. The waiting room is
# published with `option=meeting_security` only.
_LOCK_PLACES = {
    "join_before_host": ("schedule_meeting", "join_before_host"),
    "require_password": ("schedule_meeting", "require_password_for_scheduling_new_meetings"),
    "meeting_authentication": ("schedule_meeting", "meeting_authentication"),
    "use_pmi_for_scheduled_meetings": ("schedule_meeting", "use_pmi_for_scheduled_meetings"),
    "auto_recording": ("recording", "auto_recording"),
}


def get_account_settings(call: Call) -> Reply:
    """GET /accounts/{accountId}/settings: a free account is refused under HTTP status 200."""
    _own_account(call)
    call.require_paid(status=200)
    settings = _account_settings(call)
    if call.query.get("option") == "meeting_security":
        security = {"waiting_room": settings.waiting_room, "meeting_password": settings.require_password}
        return Reply(body={"meeting_security": {"auto_security": settings.one_security_option_required, **security}})
    return Reply(
        body={
            "recording": {
                "cloud_recording": settings.cloud_recording,
                "auto_recording": settings.auto_recording,
            },
            "schedule_meeting": {
                "host_video": settings.host_video,
                "join_before_host": settings.join_before_host,
                "use_pmi_for_scheduled_meetings": settings.use_pmi_for_scheduled_meetings,
                "require_password_for_scheduling_new_meetings": settings.require_password,
                "require_password_for_scheduled_meetings": settings.require_password,
            },
        }
    )


def get_lock_settings(call: Call) -> Reply:
    """GET /accounts/{accountId}/lock_settings: which settings the account has locked."""
    _own_account(call)
    call.require_paid(status=200)
    locked = _account_settings(call).locked
    if call.query.get("option") == "meeting_security":
        security = {"waiting_room": "waiting_room" in locked, "meeting_password": "require_password" in locked}
        return Reply(body={"meeting_security": security})
    groups: dict[str, dict[str, bool]] = {}
    for name, (group, field) in _LOCK_PLACES.items():
        groups.setdefault(group, {})[field] = name in locked
    return Reply(body=groups)


def list_roles(call: Call) -> Reply:
    """GET /roles."""
    call.require_role(call.operation.privilege)
    call.require_paid()
    roles = [_role(call, role) for role in call.account.roles.values()]
    return Reply(body={"total_records": len(roles), "roles": roles})


def list_role_members(call: Call) -> Reply:
    """GET /roles/{roleId}/members."""
    call.require_role(call.operation.privilege)
    call.require_paid()
    wanted = call.path["roleId"]
    if wanted not in {role.id for role in call.account.roles.values()}:
        raise ZoomError(400, 1034, "Provided `role_id` does not exist.")
    return Reply(body=page(call, "members", _members(call, wanted), _member))


def list_rooms(call: Call) -> Reply:
    """GET /rooms."""
    call.require_role(call.operation.privilege)
    call.require_paid()
    name = call.query.get("query_name", "").casefold()
    status = call.query.get("status", "Available")
    rooms = [room for room in call.account.rooms if name in room.name.casefold() and status == "Available"]
    return Reply(body=page(call, "rooms", rooms, _room, numbered=False))


def _own_account(call: Call) -> None:
    call.require_role(call.operation.privilege)
    if call.path["accountId"] not in ("me", call.account.id):
        raise ZoomError(404, 2001, f"Account does not exist: {call.path['accountId']}")


def _account_settings(call: Call) -> HostSettings:
    account = call.account
    hosts = [u for u in call.state.directory.members(account.id) if u.status == "active" and u.type == 2]
    return settings_in_force(
        plan=account.plan,
        active_hosts=len(hosts),
        account=account.settings,
        user={},
        locks=account.locks,
        one_security_option_required=account.one_security_option_required,
    )


def _role(call: Call, role: Role) -> dict[str, object]:
    return {
        "id": role.id,
        "name": role.name,
        "description": role.description,
        "type": "common",
        "total_members": len(_members(call, role.id)),
    }


def _members(call: Call, role_id: str) -> list[User]:
    directory = call.state.directory
    members = directory.members(call.account.id)
    return [one for one in members if one.status != "pending" and directory.role_of(one).id == role_id]


def _member(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "type": user.type,
        "department": "",
    }


def _room(room: RoomSpec) -> dict[str, object]:
    return {
        "id": room.id,
        "room_id": room.id,
        "name": room.name,
        "location_id": "",
        "status": "Available",
        "tag_ids": [],
        "activation_code": "",
    }


HANDLERS: dict[str, Handler] = {
    "GET /accounts/{accountId}/settings": get_account_settings,
    "GET /accounts/{accountId}/lock_settings": get_lock_settings,
    "GET /roles": list_roles,
    "GET /roles/{roleId}/members": list_role_members,
    "GET /rooms": list_rooms,
}
