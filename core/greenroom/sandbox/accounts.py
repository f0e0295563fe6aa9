"""The operations on a whole account: its settings, its locks, its roles."""

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.directory import Role, User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.setting_shapes import (
    account_groups,
    locks,
    meeting_authentication,
    only,
    recording_authentication,
    security,
)

# What option=security is about: sessions of the Video SDK, which the sandbox does not have.
_SESSIONS = {"in_session": {"custom_data_center_regions": False}, "recording": {"cloud_recording": False}}


def get_account_settings(call: Call) -> Reply:
    """GET /accounts/{accountId}/settings: the default shape, or one of its options."""
    _paying_account(call)
    settings = call.state.directory.settings_of_account(call.account)
    option = call.query.get("option")
    if option == "meeting_security":
        return Reply(body={"meeting_security": security(settings, {})})
    if option == "meeting_authentication":
        return Reply(body=meeting_authentication(settings, {}))
    if option == "recording_authentication":
        return Reply(body=recording_authentication({}))
    groups = _SESSIONS if option == "security" else account_groups(call.account, settings)
    wanted = call.query.get("custom_query_fields")
    return Reply(body=only(groups, frozenset(wanted.split(","))) if wanted else dict(groups))


def get_lock_settings(call: Call) -> Reply:
    """GET /accounts/{accountId}/lock_settings: which settings the account has locked."""
    _paying_account(call)
    groups = locks(
        call.state.directory.settings_of_account(call.account),
        of_security=call.query.get("option") == "meeting_security",
    )
    wanted = call.query.get("custom_query_fields")
    return Reply(body=only(groups, frozenset(wanted.split(","))) if wanted else dict(groups))


def list_roles(call: Call) -> Reply:
    """GET /roles; roles of the kind `iq` are none."""
    call.require_role(call.operation.privilege)
    call.require_paid()
    roles = [] if call.query.get("type") == "iq" else [_role(call, role) for role in call.account.roles.values()]
    return Reply(body={"total_records": len(roles), "roles": roles})


def get_role(call: Call) -> Reply:
    """GET /roles/{roleId}: whoever may not see it is told so under HTTP status 200."""
    if not call.state.directory.role_of(call.user).holds(call.operation.privilege):
        raise ZoomError(200, 200, "You do not have the permission to retrieve role information.")
    call.require_paid()
    role = _named_role(call)
    return Reply(body={**_role(call, role), "privileges": sorted(role.privileges)})


def list_role_members(call: Call) -> Reply:
    """GET /roles/{roleId}/members."""
    call.require_role(call.operation.privilege)
    call.require_paid()
    return Reply(body=page(call, "members", _members(call, _named_role(call).id), _member))


def _paying_account(call: Call) -> None:
    """Check that the account is the caller's own, and pays; a free one is refused under HTTP status 200."""
    call.require_role(call.operation.privilege)
    if call.path["accountId"] not in ("me", call.account.id):
        raise ZoomError(404, 2001, f"Account does not exist: {call.path['accountId']}")
    if not call.account.paid:
        raise ZoomError(200, 200, f"Only available for paid account:{call.account.id}")


def _named_role(call: Call) -> Role:
    wanted = call.path["roleId"]
    role = next((role for role in call.account.roles.values() if role.id == wanted), None)
    if role is None:
        raise ZoomError(400, 1034, "Provided `role_id` does not exist.")
    return role


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
        "department": user.profile.get("dept", ""),
    }


HANDLERS: dict[str, Handler] = {
    "GET /accounts/{accountId}/settings": get_account_settings,
    "GET /accounts/{accountId}/lock_settings": get_lock_settings,
    "GET /roles": list_roles,
    "GET /roles/{roleId}": get_role,
    "GET /roles/{roleId}/members": list_role_members,
}
