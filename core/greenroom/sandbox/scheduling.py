"""Who may be named in a meeting: whom it is scheduled for, and who may start it in the host's place."""

from greenroom.sandbox.calls import Call
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.meeting_rules import INSTANT, Host
from greenroom.sandbox.users import hostable

LICENSED = 2


def hosting(call: Call, user: User) -> Host:
    """Return the user as a host, with the settings in force for them.

    Raises:
        ZoomError: 404/1001 before an invitation is accepted; 400/3161 without a meetings licence. How Zoom
            answers for a deactivated person is not known: the world says which of the two.
    """
    if user.status == "inactive" and call.state.world.deactivated_host == "unknown":
        raise ZoomError(404, 1001, f"User does not exist: {user.email}.")
    hostable(user)
    return Host(user, call.state.directory.settings_of(user))


def scheduled_for(call: Call, scheduler: User, kind: int) -> User:
    """Return the host `schedule_for` names: the scheduler without it, else somebody who lets them schedule.

    Raises:
        ZoomError: 400/3000 for an instant meeting, without the privilege or a licence on either side; 400/300
            for somebody who is not in the account; 403 when the app may not use what others shared.
    """
    who = str(call.body.get("schedule_for") or "")
    if not who:
        return scheduler
    if kind == INSTANT:
        text = (
            "Instant meetings do not support the `schedule_for` parameter, and you can't schedule an instant "
            "meeting for another user."
        )
        raise ZoomError(400, 3000, text)
    host = call.state.directory.find_user(who)
    if host is None or host.account_id != scheduler.account_id or host.status == "pending":
        text = "The value that you entered in the `schedule_for` field is invalid. Enter a valid value and try again."
        raise ZoomError(400, 300, text)
    if host.id == scheduler.id:
        return host
    if not _may_schedule(scheduler, host):
        raise ZoomError(400, 3000, f"You cannot schedule a meeting for {who}")
    call.check_reach(host)
    return host


def check_alternative_hosts(asked: object, host: User, call: Call) -> None:
    """Check alternative hosts: e-mails or ids with semicolons between; all, and the host, Licensed and of one account.

    Raises:
        ZoomError: 400/300 naming the first who does not fit.
    """
    for who in filter(None, (one.strip() for one in str(asked or "").split(";"))):
        other = call.state.directory.find_user(who)
        fits = other is not None and other.account_id == host.account_id and other.status == "active"
        if other is None or not fits or not other.type == host.type == LICENSED:
            raise ZoomError(400, 300, f"Invalid alternative host: {who}.")


def _may_schedule(scheduler: User, host: User) -> bool:
    allowed = {email.casefold() for email in host.schedulers}
    return scheduler.email.casefold() in allowed and scheduler.type == host.type == LICENSED
