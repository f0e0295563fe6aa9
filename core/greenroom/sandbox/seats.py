"""How many people of each kind an account may have, and the refusals when it has no more room."""

from greenroom.sandbox.calls import Call
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ZoomError

_BASIC, _LICENSED, _NO_MEETINGS = 1, 2, 4
TURNED_OFF = ("none", 0)

_REFUSED_ACTIVATION = (
    "Your request to activate the user was not approved at this time because your account has reached the "
    'permitted maximum number of {allowed} "Basic" users. Remove the existing "Basic" user(s) from your "Users" '
    'list or the "Pending Users" list before attempting to activate this user.'
)
_REFUSED_BASIC = (
    'Your request to convert the user type to "Basic" was not approved because you have already reached the '
    "maximum basic user limit allowed in your account. For additional help regarding this issue, contact the Zoom "
    "Customer Support team."
)
_REFUSED_LICENSED = (
    'Your request to convert the plan type of this user to "Licensed" was not approved at this time because your '
    'account has reached the permitted maximum number of "{allowed}" users. You must purchase additional licenses '
    "or contact the Zoom support team to provision additional users in your account."
)
_REFUSED_NO_MEETINGS = (
    'Your request to convert the user type of this user to a "No-Meeting License" user was not approved at this '
    'time because your account has reached the permitted maximum number of "{allowed}" No-Meeting License users.'
)
_REFUSED_BUNDLE = (
    "Your request to convert the plan type of this user was not approved at this time because your account has "
    "reached the permitted maximum number. Please purchase additional licenses or contact the Zoom support team to "
    "provision additional users in your account."
)
_REFUSED_END_OF_BUNDLE = "You can't turn off your Zoom One license now because you don't have enough basic licenses."


def check_seat(call: Call, user: User, kind: int, *, activation: bool = False) -> None:
    """Check that the account has room for `user` as one of `kind`; a free account has no licences to give.

    Raises:
        ZoomError: 400 with 2033 (Basic), 2034 (Licensed) or 3412 (no meetings licence, or an activation).
    """
    allowed = _allowed(call, kind)
    if allowed is None or _held(call, user, kind) < allowed:
        return
    if activation:
        raise ZoomError(400, 3412, _REFUSED_ACTIVATION.format(allowed=allowed))
    refusals = {
        _BASIC: (2033, _REFUSED_BASIC),
        _LICENSED: (2034, _REFUSED_LICENSED),
        _NO_MEETINGS: (3412, _REFUSED_NO_MEETINGS),
    }
    code, text = refusals[kind]
    raise ZoomError(400, code, text.format(allowed=allowed))


def check_bundle(call: Call, user: User, *, turned_off: bool) -> None:
    """Check that a person can have a bundle, or be without one.

    Raises:
        ZoomError: 400 with 2038, or 2039 when a bundle's end needs a Basic seat that is not there.
    """
    seats = call.account.seats
    if turned_off:
        if has_bundle(user) and seats.basic is not None and _held(call, user, _BASIC) >= seats.basic:
            raise ZoomError(400, 2039, _REFUSED_END_OF_BUNDLE)
        return
    members = call.state.directory.members(call.account.id)
    held = sum(1 for one in members if one.id != user.id and has_bundle(one))
    if seats.bundled is not None and held >= seats.bundled:
        raise ZoomError(400, 2038, _REFUSED_BUNDLE)


def has_bundle(user: User) -> bool:
    """Tell whether a person has a bundle of products (Zoom United or Zoom One)."""
    bundles = (user.profile.get("plan_united_type"), user.profile.get("zoom_one_type"))
    return any(one not in (None, *TURNED_OFF) for one in bundles)


def _allowed(call: Call, kind: int) -> int | None:
    seats = call.account.seats
    licensed = seats.licensed if call.account.paid else 0
    return {_BASIC: seats.basic, _LICENSED: licensed, _NO_MEETINGS: seats.no_meetings}[kind]


def _held(call: Call, user: User, kind: int) -> int:
    """Count the others who hold a seat; whoever is shut out holds none."""
    members = call.state.directory.members(call.account.id)
    return sum(1 for one in members if one.id != user.id and one.status != "inactive" and one.type == kind)
