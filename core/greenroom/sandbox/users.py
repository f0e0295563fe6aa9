"""The operations that read people: who someone is, what they may do, who schedules for whom."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.privileges import EVERY_PRIVILEGE

# What people publish about themselves besides their names, as sent to and shown by the API.
PROFILE = (
    "cms_user_id",
    "company",
    "cost_center",
    "custom_attributes",
    "dept",
    "display_name",
    "division_ids",
    "group_id",
    "host_key",
    "job_title",
    "language",
    "location",
    "manager",
    "phone_country",
    "phone_number",
    "phone_numbers",
    "pronouns",
    "pronouns_option",
    "use_pmi",
    "vanity_name",
)
INVITATION_LIFE = timedelta(days=30)

_HIGHEST_PAGE_SIZE = 2000
_USUAL_PROFILE = {"job_title": "", "language": "en-US", "location": "", "phone_country": "", "phone_number": ""}
# Known to the API under another name, or told on request only.
_NOT_SHOWN = ("display_name", "group_id", "host_key", "phone_numbers", "use_pmi", "vanity_name")


def get_user(call: Call) -> Reply:
    """GET /users/{userId}."""
    return Reply(body=_profile(call, invited(call)))


def list_users(call: Call) -> Reply:
    """GET /users: active people unless another status is asked for."""
    call.require_role(call.operation.privilege)
    status = call.query.get("status") or "active"
    role_id, licence = call.query.get("role_id"), call.query.get("license")
    users = [user for user in call.state.directory.members(call.account.id) if user.status == status]
    if role_id:
        users = [user for user in users if call.state.directory.role_of(user).id == role_id]
    if licence:
        users = [user for user in users if user.shown_settings.get("feature", {}).get(licence)]
    return Reply(body=page(call, "users", users, lambda user: _listed(call, user), highest=_HIGHEST_PAGE_SIZE))


def check_email(call: Call) -> Reply:
    """GET /users/email: whether anybody in Zoom has the address."""
    if call.app.kind != "user":
        call.require_role(call.operation.privilege)
    email = call.query.get("email")
    if not email:
        raise ZoomError(400, 300, "Email is required.")
    return Reply(body={"existed_email": call.state.directory.find_user(email) is not None})


def get_permissions(call: Call) -> Reply:
    """GET /users/{userId}/permissions."""
    role = call.state.directory.role_of(call.target())
    return Reply(body={"permissions": [one for one in EVERY_PRIVILEGE if role.holds(one)]})


def list_assistants(call: Call) -> Reply:
    """GET /users/{userId}/assistants: who may schedule for this person."""
    allowed = {email.casefold() for email in call.target().schedulers}
    people = [one for one in _colleagues(call) if one.email.casefold() in allowed]
    drawn = [{"id": one.id, "email": one.email, "can_manage_host_private_event": False} for one in people]
    return Reply(body={"assistants": drawn})


def list_schedulers(call: Call) -> Reply:
    """GET /users/{userId}/schedulers: for whom this person may schedule."""
    email = call.target().email.casefold()
    people = [one for one in _colleagues(call) if email in {name.casefold() for name in one.schedulers}]
    return Reply(body={"schedulers": [{"id": one.id, "email": one.email, "pmi": one.pmi} for one in people]})


def invited(call: Call) -> User:
    """Return the user the path names, provided their invitation, if they have not accepted it, still stands.

    Raises:
        ZoomError: 400/1120 thirty days after the invitation, else what `Call.target` raises.
    """
    user = call.target()
    if user.status == "pending" and call.state.clock.now() >= user.created_at + INVITATION_LIFE:
        raise ZoomError(400, 1120, "A valid invitation to join the Zoom account was not found for this user.")
    return user


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


def _colleagues(call: Call) -> list[User]:
    members = call.state.directory.members(call.account.id)
    return [one for one in members if one.status == "active"]


def _profile(call: Call, user: User) -> dict[str, object]:
    directory = call.state.directory
    account, role = directory.account_of(user), directory.role_of(user)
    base = call.state.world.meeting_base_url
    entry = _entry(call, user)
    own = {name: user.profile[name] for name in PROFILE if name in user.profile and name not in _NOT_SHOWN}
    return {
        **entry,
        **_USUAL_PROFILE,
        **own,
        **_shown_otherwise(user, base),
        "id": user.id,
        "role_name": role.name,
        "use_pmi": user.profile.get("use_pmi", directory.settings_of(user).use_pmi_for_scheduled_meetings),
        "personal_meeting_url": f"{base}/j/{user.pmi}",
        "account_id": account.id,
        "account_number": account.number,
        "cluster": "us04",
        "jid": f"{user.id.lower()}@xmpp.zoom.us",
        "login_types": [100],
    }


def _shown_otherwise(user: User, base: str) -> dict[str, object]:
    """Return what is sent under one name, or in one form, and shown in another."""
    shown: dict[str, object] = {}
    numbers = cast("list[Mapping[str, object]]", user.profile.get("phone_numbers", []))
    if numbers:
        shown["phone_numbers"] = [{**one, "verified": False} for one in numbers]
    if user.profile.get("vanity_name"):
        shown["vanity_url"] = f"{base}/my/{user.profile['vanity_name']}"
    if user.profile.get("plan_united_type") not in (None, "none"):
        shown["plan_united_type"] = user.profile["plan_united_type"]
    if user.profile.get("zoom_one_type"):
        shown["zoom_one_type"] = user.profile["zoom_one_type"]
    return shown


def _listed(call: Call, user: User) -> dict[str, object]:
    """Draw a person as lists do; what `include_fields` asks for comes along."""
    asked = call.query.get("include_fields")
    more = {asked: user.profile[asked]} if asked and asked in user.profile else {}
    return {**_entry(call, user), **more}


def _entry(call: Call, user: User) -> dict[str, object]:
    """Draw what lists and profiles share; someone who has not accepted the invitation has no id yet."""
    seen = iso(call.state.clock.now() if user.status == "pending" else user.created_at)
    identity = {} if user.status == "pending" else {"id": user.id, "pmi": user.pmi}
    group = user.profile.get("group_id")
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
        "dept": user.profile.get("dept", ""),
        "created_at": seen,
        "user_created_at": seen,
        "group_ids": [group] if group else [],
        "im_group_ids": [],
        "role_id": call.state.directory.role_of(user).id,
    }


HANDLERS: dict[str, Handler] = {
    "GET /users": list_users,
    "GET /users/email": check_email,
    "GET /users/{userId}": get_user,
    "GET /users/{userId}/assistants": list_assistants,
    "GET /users/{userId}/permissions": get_permissions,
    "GET /users/{userId}/schedulers": list_schedulers,
}
