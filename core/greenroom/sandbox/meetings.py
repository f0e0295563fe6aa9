"""The meeting operations."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.ledger import Meeting
from greenroom.sandbox.meeting_replies import draw, draw_entry, invitation_text, personal_room
from greenroom.sandbox.meeting_rules import (
    DEFAULT_DURATION,
    INSTANT,
    RECURRING,
    RECURRING_FIXED,
    SCHEDULED,
    Host,
    passcode_for,
    reschedule,
    settle_settings,
    start_of,
    uses_pmi,
    zone_of,
)
from greenroom.sandbox.paging import page
from greenroom.sandbox.users import hostable

DAILY_CHANGES = 100
_TOPIC_LENGTH, _AGENDA_LENGTH = 200, 2000
_KEPT_AS_SENT = ("tracking_fields", "recurrence", "pre_schedule", "template_id")


def create_meeting(call: Call) -> Reply:
    """POST /users/{userId}/meetings: each call makes a meeting, there is no idempotency key."""
    host = _host(call, call.target())
    kind = int(cast("int", call.body.get("type", SCHEDULED)))
    _check_schedule_for(call, host.user, kind)
    _check_lengths(call.body)
    _check_alternative_hosts(call, host.user)
    _count_change(call, host.user)
    meeting = _made(call, host, kind)
    call.state.ledger.keep(meeting)
    return Reply(201, draw(call, meeting))


def get_meeting(call: Call) -> Reply:
    """GET /meetings/{meetingId}: by meeting number, or the host's personal room by its own."""
    room_owner = _personal_room_owner(call)
    if room_owner:
        return Reply(body=personal_room(call, room_owner))
    return Reply(body=draw(call, _meeting(call)))


def list_meetings(call: Call) -> Reply:
    """GET /users/{userId}/meetings: instant meetings never show, long agendas are cut."""
    user = call.target()
    now = call.state.clock.now()
    meetings = [m for m in call.state.ledger.hosted_by(user.id, now) if m.type != INSTANT and _listed(call, m, now)]
    meetings.sort(key=lambda meeting: (meeting.start or meeting.created_at, meeting.id))
    return Reply(body=page(call, "meetings", meetings, lambda meeting: draw_entry(call, meeting)))


def update_meeting(call: Call) -> Reply:
    """PATCH /meetings/{meetingId}: 204, whatever the locks made of the request."""
    meeting = _meeting(call)
    host = _host(call, call.state.directory.users[meeting.host_id])
    _check_schedule_for(call, host.user, meeting.type)
    _check_lengths(call.body)
    _check_alternative_hosts(call, host.user)
    _count_change(call, host.user)
    now = call.state.clock.now()
    moved = reschedule(meeting, call.body, now)
    kept = {name: call.body[name] for name in _KEPT_AS_SENT if name in call.body}
    changed = replace(
        moved,
        topic=str(call.body.get("topic", meeting.topic)),
        agenda=str(call.body.get("agenda", meeting.agenda)),
        extras={**meeting.extras, **kept},
        updated_at=(*meeting.updated_at, now),
    )
    call.state.ledger.keep(_resecured(call, host, changed))
    return Reply(204)


def delete_meeting(call: Call) -> Reply:
    """DELETE /meetings/{meetingId}: a second time it is not there any more."""
    if _personal_room_owner(call):
        raise ZoomError(400, 3018, "Not allowed to delete PMI.")
    meeting = _meeting(call)
    if call.query.get("occurrence_id"):
        raise ZoomError(400, 300, "Invalid parameter: occurrence_id.")
    call.state.ledger.keep(replace(meeting, deleted_at=call.state.clock.now()))
    return Reply(204)


def get_invitation(call: Call) -> Reply:
    """GET /meetings/{meetingId}/invitation."""
    return Reply(body={"invitation": invitation_text(call, _meeting(call)), "sip_links": []})


def _made(call: Call, host: Host, kind: int) -> Meeting:
    body, state = call.body, call.state
    zone = zone_of(body, host.user.timezone)
    start = start_of(body, zone) if kind in (SCHEDULED, RECURRING_FIXED) else None
    if kind == SCHEDULED and start is None:
        kind = INSTANT
    pmi = uses_pmi(body, kind, host.settings)
    passcode = passcode_for(body, host, state.ids, pmi=pmi)
    settings, passcode = settle_settings({**_asked_settings(call), "use_pmi": pmi}, host, state.ids, passcode)
    return Meeting(
        id=_free_number(call),
        uuid=state.ids.uuid(),
        account_id=host.user.account_id,
        host_id=host.user.id,
        host_email=host.user.email,
        client_id=call.app.client_id,
        topic=str(body.get("topic") or f"{host.user.display_name}'s Zoom Meeting"),
        agenda=str(body.get("agenda", "")),
        type=kind,
        start=start,
        duration=int(cast("int", body.get("duration", DEFAULT_DURATION))),
        timezone=zone,
        passcode=passcode,
        encrypted_passcode=_encrypted(call, host, passcode, pmi=pmi),
        pmi=str(host.user.pmi) if pmi else "",
        settings=settings,
        extras={name: body[name] for name in _KEPT_AS_SENT if name in body},
        created_at=state.clock.now(),
    )


def _resecured(call: Call, host: Host, meeting: Meeting) -> Meeting:
    """Apply the settings part of an update; a changed passcode changes the join link."""
    asked = _asked_settings(call)
    pmi = bool(meeting.pmi)
    if "use_pmi" in asked:
        pmi = uses_pmi(call.body, meeting.type, host.settings)
    current = None if pmi != bool(meeting.pmi) else meeting.passcode
    passcode = passcode_for(call.body, host, call.state.ids, pmi=pmi, current=current)
    wanted = {**meeting.settings, **asked, "use_pmi": pmi}
    settings, passcode = settle_settings(wanted, host, call.state.ids, passcode)
    same = passcode == meeting.passcode and pmi == bool(meeting.pmi)
    encrypted = meeting.encrypted_passcode if same else _encrypted(call, host, passcode, pmi=pmi)
    number = str(host.user.pmi) if pmi else ""
    return replace(meeting, settings=settings, passcode=passcode, encrypted_passcode=encrypted, pmi=number)


def _encrypted(call: Call, host: Host, passcode: str, *, pmi: bool) -> str:
    """Return what the join link carries: new at each passcode, constant for a personal room."""
    if not passcode:
        return ""
    return f"{host.user.id}{passcode}" if pmi else f"{call.state.ids.text(30)}.1"


def _asked_settings(call: Call) -> dict[str, object]:
    """Keep the published settings of the request; unknown ones are ignored, as Zoom does."""
    known = call.operation.body_fields("settings")
    asked = cast("Mapping[str, object]", call.body.get("settings", {}))
    return {name: value for name, value in asked.items() if name in known}


def _free_number(call: Call) -> int:
    while (number := call.state.ids.number(11)) in call.state.ledger:
        pass
    return number


def _host(call: Call, user: User) -> Host:
    hostable(user)
    return Host(user, call.state.directory.settings_of(user))


def _count_change(call: Call, host: User) -> None:
    """Creates and updates count together, for each host and UTC day."""
    if call.state.ledger.count_change(host.id, call.state.clock.now()) > DAILY_CHANGES:
        message = (
            f"You have exceeded the daily rate limit ({DAILY_CHANGES}) of Meeting Create/Update API requests "
            "permitted for this particular user. You may resume these requests at GMT 00:00:00."
        )
        raise ZoomError(429, 429, message)


def _check_schedule_for(call: Call, host: User, kind: int) -> None:
    """Only the host themselves can be scheduled for: nobody in a world has given scheduling privilege."""
    who = call.body.get("schedule_for")
    if not who:
        return
    if kind == INSTANT:
        raise ZoomError(400, 3000, "Instant meetings do not support the `schedule_for` parameter.")
    other = call.state.directory.find_user(str(who))
    if other is None or other.account_id != host.account_id:
        raise ZoomError(400, 300, "The value that you entered in the schedule_for field is invalid.")
    if other.id != host.id:
        raise ZoomError(400, 3000, f"You cannot schedule a meeting for {who}")


def _check_lengths(body: Mapping[str, object]) -> None:
    limits = {"topic": _TOPIC_LENGTH, "agenda": _AGENDA_LENGTH}
    problems = {
        name: f"The maximum length is {limit} characters."
        for name, limit in limits.items()
        if len(str(body.get(name, ""))) > limit
    }
    if problems:
        raise ValidationError(problems)


def _check_alternative_hosts(call: Call, host: User) -> None:
    """Alternative hosts, and the host who names them, must be Licensed and of one account."""
    asked = str(_asked_settings(call).get("alternative_hosts") or "")
    for who in filter(None, (one.strip() for one in asked.split(";"))):
        other = call.state.directory.find_user(who)
        fits = other is not None and other.account_id == host.account_id and other.type == host.type == 2
        if not fits:
            raise ZoomError(400, 300, f"Invalid alternative host: {who}.")


def _meeting(call: Call) -> Meeting:
    """Return the meeting the path names, if it is there and the caller may reach its host."""
    number = call.path["meetingId"]
    found = call.state.ledger.find(int(number), call.state.clock.now()) if _is_number(number) else None
    if found is None or found.account_id != call.user.account_id:
        raise ZoomError(404, 3001, f"Meeting does not exist: {number}.")
    call.check_reach(call.state.directory.users[found.host_id])
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _personal_room_owner(call: Call) -> User | None:
    number = call.path["meetingId"]
    members = call.state.directory.members(call.user.account_id)
    owner = next((user for user in members if str(user.pmi) == number), None)
    if owner:
        call.check_reach(owner)
    return owner


def _listed(call: Call, meeting: Meeting, now: datetime) -> bool:
    kind = call.query.get("type", "scheduled")
    if kind in ("live", "previous_meetings"):
        return False  # nobody joins in the sandbox, so nothing is live or held
    if kind in ("upcoming", "upcoming_meetings") and meeting.type != RECURRING:
        return meeting.start is not None and meeting.start >= now and _within(call, meeting)
    return _within(call, meeting)


def _within(call: Call, meeting: Meeting) -> bool:
    day = (meeting.start or meeting.created_at).date()
    first, last = (_day(call, name) for name in ("from", "to"))
    return (first is None or day >= first) and (last is None or day <= last)


def _day(call: Call, name: str) -> date | None:
    text = call.query.get(name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise ValidationError({name: "Invalid field."}) from None


HANDLERS: dict[str, Handler] = {
    "POST /users/{userId}/meetings": create_meeting,
    "GET /users/{userId}/meetings": list_meetings,
    "GET /meetings/{meetingId}": get_meeting,
    "PATCH /meetings/{meetingId}": update_meeting,
    "DELETE /meetings/{meetingId}": delete_meeting,
    "GET /meetings/{meetingId}/invitation": get_invitation,
}
