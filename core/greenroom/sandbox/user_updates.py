"""The operations that change people: `PATCH` and `DELETE /users/{userId}`, `PUT /users/{userId}/status`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.seats import TURNED_OFF, check_bundle, check_seat, has_bundle
from greenroom.sandbox.user_changes import (
    BASIC,
    LICENSED,
    NO_MEETINGS,
    Operator,
    activate,
    alter,
    deactivate,
    delete,
    disassociate,
)
from greenroom.sandbox.users import PROFILE, invited
from greenroom.sandbox.world import is_timezone
from greenroom.sandbox.world_products import PHONE_PLANS, PhoneSpec

_NONE = 99
_IN_RECORD = ("first_name", "last_name", "timezone", "pmi")
_KINDS_OF_LICENCE = ("type", "plan_united_type", "zoom_one_type")
_BUNDLES = ("plan_united_type", "zoom_one_type")

# What an account may keep for its admins, by the fields it covers, and how the refusal names it.
_ADMIN_ONLY = {
    "name": (("first_name", "last_name", "display_name"), "a user's name"),
    "host_key": (("host_key",), "the host key"),
    "pmi": (("pmi",), "a Personal Meeting ID (PMI)"),
    "vanity_name": (("vanity_name",), "a vanity name"),
}


def update_user(call: Call) -> Reply:
    """PATCH /users/{userId}."""
    user = invited(call)
    body = call.body
    _check_values(call, user)
    _check_admin_only(call)
    _check_licences(call, user)
    record = {name: body[name] for name in _IN_RECORD if name in body}
    profile = {name: body[name] for name in (*PROFILE, *_BUNDLES) if name in body}
    now = replace(
        user,
        **record,  # type: ignore[arg-type] # the body fits the published schema
        type=_type_asked(call, user),
        profile={**user.profile, **profile},
        phone=_phone_asked(call, user),
    )
    alter(call.state, now, _operator(call))
    return Reply(204)


def update_status(call: Call) -> Reply:
    """PUT /users/{userId}/status: owner and admins can neither be shut out nor let in; the document answers 200."""
    user = call.target()
    action = call.body["action"]
    if action in ("clock_in", "clock_out"):
        raise ZoomError(400, 200, "No permission.")
    if call.state.directory.role_of(user).everything:
        raise ZoomError(400, 200, "Zoom Room and Admin users' status cannot be activated or deactivated.")
    if action == "deactivate" and user.status == "active":
        deactivate(call.state, user, _operator(call))
    if action == "activate" and user.status == "inactive":
        check_seat(call, user, BASIC, activation=True)
        activate(call.state, user, _operator(call))
    return Reply(200)


def remove_user(call: Call) -> Reply:
    """DELETE /users/{userId}: part a person from the account, or delete them; a pending one is not invited any more."""
    user = call.target()
    if call.state.directory.role_of(user).everything:
        raise ZoomError(400, 1117, "Not allowed to delete or unlink the account's owner or an admin.")
    heir = _heir(call, user)
    if call.query.get("action") == "delete" or user.status == "pending":
        delete(call.state, user, _operator(call), heir)
    else:
        disassociate(call.state, user, _operator(call), heir)
    return Reply(204)


def _operator(call: Call) -> Operator:
    return Operator(call.user.id, call.user.email)


def _check_values(call: Call, user: User) -> None:
    problems = dict(_problems(call, user))
    if problems:
        raise ValidationError(problems)
    if sum(1 for name in _KINDS_OF_LICENCE if name in call.body) > 1:
        text = "You can't change the `type` or `plan_united_type` or `zoom_one_type` at the same time."
        raise ZoomError(400, 300, text)


def _problems(call: Call, user: User) -> Iterator[tuple[str, str]]:
    body = call.body
    if not is_timezone(str(body.get("timezone", "UTC"))):
        yield "timezone", "Invalid field."
    if body.get("type") == _NONE:
        yield "type", "Only users created by single sign-on can have this type."
    if "pmi" in body:
        yield from _problems_of_pmi(call, user, str(body["pmi"]))


def _problems_of_pmi(call: Call, user: User, pmi: str) -> Iterator[tuple[str, str]]:
    if not (pmi.isdecimal() and len(pmi) == 10):
        yield "pmi", "The Personal Meeting ID must have 10 digits."
    elif any(str(other.pmi) == pmi for other in call.state.directory.users.values() if other.id != user.id):
        yield "pmi", "This Personal Meeting ID is taken already."


def _check_admin_only(call: Call) -> None:
    """Check what the account keeps for its admins.

    Raises:
        ZoomError: 400/200 naming it.
    """
    if call.state.directory.role_of(call.user).everything:
        return
    for kept in sorted(call.account.admin_only):
        fields, text = _ADMIN_ONLY[kept]
        if any(field in call.body for field in fields):
            raise ZoomError(400, 200, f"Only an account administrator can change {text}.")


def _check_licences(call: Call, user: User) -> None:
    """Check that the person may have what is asked, and that the account has the seat.

    Which request gets 1108 and which 1109 is not published: here a role too low for the change of type, and a
    Basic person's request for what only Licensed people choose.

    Raises:
        ZoomError: 400 with 200, 1108, 1109 or a seat limit.
    """
    personal = [name for name in ("pmi", "vanity_name") if name in call.body]
    if "pmi" in personal and user.type == NO_MEETINGS:
        raise ZoomError(400, 200, 'You cannot change PMI information for a "No Meetings License" user.')
    if personal and user.type == BASIC:
        raise ZoomError(400, 1109, "Host is not a paid user.")
    wanted = _type_asked(call, user)
    if wanted != user.type and not _may_license(call, user):
        raise ZoomError(400, 1108, "Permission requirements to change the user type of this user were not met.")
    bundle = next((call.body[name] for name in _BUNDLES if name in call.body), None)
    if bundle is not None:
        check_bundle(call, user, turned_off=bundle in TURNED_OFF)
    elif wanted != user.type:
        check_seat(call, user, wanted)


def _phone_asked(call: Call, user: User) -> PhoneSpec | None:
    """Return the phone licence a request leads to; a new one comes with a number and an extension.

    Raises:
        ZoomError: 400/200 in an account whose plan has no phone.
    """
    feature = cast("Mapping[str, bool]", call.body.get("feature", {}))
    if not feature.get("zoom_phone", user.phone is not None):
        return None
    if user.phone is None and call.account.plan not in PHONE_PLANS:
        raise ZoomError(400, 200, f"Zoom Phone is not available for account: {call.account.id}.")
    return user.phone or PhoneSpec(number=f"+1{call.state.ids.number(10)}", extension=call.state.ids.number(4))


def _may_license(call: Call, user: User) -> bool:
    """Tell whether the authorizer may change a person's licence: never an admin's without being one."""
    directory = call.state.directory
    own = directory.role_of(call.user)
    return own.everything or (own.holds("User:Edit") and not directory.role_of(user).everything)


def _type_asked(call: Call, user: User) -> int:
    """Return the type a request leads to: a bundle makes Licensed, its end Basic."""
    for name in _BUNDLES:
        if name in call.body:
            if call.body[name] in TURNED_OFF:
                return BASIC if has_bundle(user) else user.type
            return LICENSED
    return int(cast("int", call.body.get("type", user.type)))


def _heir(call: Call, user: User) -> User | None:
    """Return who receives the meetings.

    Raises:
        ZoomError: 404/1001 for nobody of the account; 400/300 for the person themselves.
        ValidationError: the meetings are to be transferred, and nobody is named.
    """
    email = call.query.get("transfer_email")
    wanted = _is_true(call.query, "transfer_meeting")
    if not email:
        if wanted:
            raise ValidationError({"transfer_email": "Name who receives the meetings."})
        return None
    heir = call.state.directory.find_user(email)
    if heir is None or heir.account_id != user.account_id or heir.status == "pending":
        raise ZoomError(404, 1001, f"User does not exist: {email}.")
    if heir.id == user.id:
        text = "The transfer-to email address cannot be the same as the unlinked or deleted user's email address."
        raise ZoomError(400, 300, text)
    return heir if wanted else None


def _is_true(query: Mapping[str, str], name: str) -> bool:
    return query.get(name, "").lower() == "true"


HANDLERS: dict[str, Handler] = {
    "PATCH /users/{userId}": update_user,
    "PUT /users/{userId}/status": update_status,
    "DELETE /users/{userId}": remove_user,
}
