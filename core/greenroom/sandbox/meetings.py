"""The operations on one meeting: create, read, change, delete."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.ledger import Meeting, Occurrence
from greenroom.sandbox.meeting_events import tell_created, tell_deleted, tell_updated
from greenroom.sandbox.meeting_lists import list_meetings, list_upcoming
from greenroom.sandbox.meeting_replies import as_now, draw, draw_one_date, invitation_text, personal_room
from greenroom.sandbox.meeting_rules import (
    SCHEDULED,
    Host,
    checked_passcode,
    passcode_for,
    settle_settings,
    uses_pmi,
)
from greenroom.sandbox.schedules import Schedule, change_occurrence, find_occurrence, plan, replan, with_occurrence
from greenroom.sandbox.scheduling import check_alternative_hosts, hosting, scheduled_for

_DOMAINS = re.compile(r"[A-Za-z0-9.*-]*(;[A-Za-z0-9.*-]*)*")
_TOPIC_LENGTH, _AGENDA_LENGTH = 200, 2000
_KEPT_AS_SENT = ("tracking_fields", "pre_schedule", "template_id")


def create_meeting(call: Call) -> Reply:
    """POST /users/{userId}/meetings: each call makes a meeting, there is no idempotency key."""
    scheduler = call.target()
    hosting(call, scheduler)
    asked_kind = int(cast("int", call.body.get("type", SCHEDULED)))
    host = hosting(call, scheduled_for(call, scheduler, asked_kind))
    _check(call, host)
    schedule = plan(call.body, host.user.timezone, call.state.clock.now())
    meeting = _made(call, host, schedule, "" if host.user.id == scheduler.id else scheduler.id)
    call.state.limits.count_change(host.user.id)
    call.state.ledger.keep(meeting)
    tell_created(call, meeting)
    return Reply(201, draw(call, as_now(call.state, meeting), meeting.occurrences))


def get_meeting(call: Call) -> Reply:
    """GET /meetings/{meetingId}: by meeting number, or the host's personal room by its own.

    A series shows its dates to come, or all of them with `show_previous_occurrences`.
    """
    room_owner = _personal_room_owner(call)
    if room_owner:
        return Reply(body=personal_room(call, room_owner))
    meeting = named_meeting(call)
    if call.query.get("occurrence_id"):
        one = find_occurrence(meeting, call.query["occurrence_id"])
        return Reply(body=draw_one_date(call, meeting, one))
    previous = call.query.get("show_previous_occurrences") == "true"
    now = call.state.clock.now()
    return Reply(body=draw(call, meeting, [one for one in meeting.occurrences if previous or one.start >= now]))


def update_meeting(call: Call) -> Reply:
    """PATCH /meetings/{meetingId}: 204, whatever the locks made of the request."""
    room_owner = _personal_room_owner(call)
    if room_owner:
        return _update_room(call, hosting(call, room_owner))
    meeting = named_meeting(call)
    host = hosting(call, call.state.directory.users[meeting.host_id])
    single = call.query.get("occurrence_id")
    one = find_occurrence(meeting, single) if single else None
    new_host = _host_after(call, host, meeting)
    _check(call, new_host)
    changed = _changed_date(call, host, meeting, one) if one else _changed(call, new_host, meeting)
    call.state.limits.count_change(host.user.id)
    call.state.ledger.keep(changed)
    tell_updated(call, meeting, changed, "single" if one else "all")
    return Reply(204)


def delete_meeting(call: Call) -> Reply:
    """DELETE /meetings/{meetingId}: a second time it is not there any more; a deleted date stays listed."""
    if _personal_room_owner(call):
        raise ZoomError(400, 3018, "Not allowed to delete PMI.")
    meeting = named_meeting(call)
    if call.query.get("occurrence_id"):
        one = find_occurrence(meeting, call.query["occurrence_id"])
        call.state.ledger.keep(with_occurrence(meeting, replace(one, deleted=True)))
        tell_deleted(call, meeting, one)
        return Reply(204)
    call.state.ledger.keep(replace(meeting, deleted_at=call.state.clock.now()))
    tell_deleted(call, meeting)
    return Reply(204)


def get_invitation(call: Call) -> Reply:
    """GET /meetings/{meetingId}/invitation."""
    return Reply(body={"invitation": invitation_text(call, named_meeting(call)), "sip_links": []})


def _made(call: Call, host: Host, schedule: Schedule, assistant_id: str) -> Meeting:
    body, state = call.body, call.state
    pmi = uses_pmi(body, schedule.kind, host.settings)
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
        type=schedule.kind,
        start=schedule.start,
        duration=schedule.duration,
        timezone=schedule.zone,
        passcode=passcode,
        encrypted_passcode=_encrypted(call, passcode, pmi=pmi),
        pmi=str(host.user.pmi) if pmi else "",
        settings=settings,
        extras=_extras(body, {}, schedule),
        created_at=state.clock.now(),
        assistant_id=assistant_id,
        occurrences=schedule.occurrences,
    )


def _changed(call: Call, host: Host, meeting: Meeting) -> Meeting:
    """Return the meeting as the request changes it, with `host` from now on."""
    body, now = call.body, call.state.clock.now()
    schedule = replan(meeting, body, now)
    moved = host.user.id != meeting.host_id
    changed = replace(
        meeting,
        host_id=host.user.id,
        host_email=host.user.email,
        assistant_id=call.user.id if moved else meeting.assistant_id,
        topic=str(body.get("topic", meeting.topic)),
        agenda=str(body.get("agenda", meeting.agenda)),
        type=schedule.kind,
        start=schedule.start,
        duration=schedule.duration,
        timezone=schedule.zone,
        occurrences=schedule.occurrences,
        extras=_extras(body, meeting.extras, schedule),
        updated_at=(*meeting.updated_at, now),
    )
    return _resecured(call, host, changed)


def _changed_date(call: Call, host: Host, meeting: Meeting, one: Occurrence) -> Meeting:
    now = call.state.clock.now()
    settings, _ = settle_settings({**meeting.settings, **_asked_settings(call)}, host, call.state.ids, meeting.passcode)
    changed = with_occurrence(meeting, change_occurrence(meeting, one, call.body, settings, now))
    return replace(changed, updated_at=(*meeting.updated_at, now))


def _resecured(call: Call, host: Host, meeting: Meeting) -> Meeting:
    """Apply the settings part of an update; a changed passcode changes the join link."""
    asked = _asked_settings(call)
    pmi = bool(meeting.pmi)
    if "use_pmi" in asked:
        pmi = uses_pmi(call.body, meeting.type, host.settings)
    current = None if pmi != bool(meeting.pmi) else meeting.passcode
    passcode = passcode_for(call.body, host, call.state.ids, pmi=pmi, current=current)
    wanted = {**_merged(meeting.settings, asked), "use_pmi": pmi}
    settings, passcode = settle_settings(wanted, host, call.state.ids, passcode)
    same = passcode == meeting.passcode and pmi == bool(meeting.pmi)
    encrypted = meeting.encrypted_passcode if same else _encrypted(call, passcode, pmi=pmi)
    number = str(host.user.pmi) if pmi else ""
    return replace(meeting, settings=settings, passcode=passcode, encrypted_passcode=encrypted, pmi=number)


def _merged(before: Mapping[str, object], asked: Mapping[str, object]) -> dict[str, object]:
    """Return the settings an update asks for; a continuous chat keeps what it has, above all its channel."""
    merged = {**before, **asked}
    chats = [one["continuous_meeting_chat"] for one in (before, asked) if "continuous_meeting_chat" in one]
    if chats:
        merged["continuous_meeting_chat"] = {k: v for chat in chats for k, v in cast("dict[str, object]", chat).items()}
    return merged


def _update_room(call: Call, host: Host) -> Reply:
    """Change a personal room: of what the API can change it keeps the passcode."""
    _check(call, host)
    given = checked_passcode(call.body, host)
    call.state.limits.count_change(host.user.id)
    if given:
        call.state.directory.replace_user(replace(host.user, pmi_passcode=given))
    return Reply(204)


def _encrypted(call: Call, passcode: str, *, pmi: bool) -> str:
    """Return what the join link carries: new at each passcode; a personal room has a key of its own."""
    return f"{call.state.ids.text(30)}.1" if passcode and not pmi else ""


def _extras(body: Mapping[str, object], before: Mapping[str, object], schedule: Schedule) -> dict[str, object]:
    kept = {name: value for name, value in before.items() if name != "recurrence"}
    sent = {name: body[name] for name in _KEPT_AS_SENT if name in body}
    return {**kept, **sent, **({"recurrence": schedule.recurrence} if schedule.recurrence else {})}


def _asked_settings(call: Call) -> dict[str, object]:
    """Keep the published settings of the request; unknown ones are ignored, as Zoom does."""
    known = call.operation.body_fields("settings")
    asked = cast("Mapping[str, object]", call.body.get("settings", {}))
    return {name: value for name, value in asked.items() if name in known}


def _free_number(call: Call) -> int:
    while (number := call.state.ids.number(11)) in call.state.ledger:
        pass
    return number


def _host_after(call: Call, host: Host, meeting: Meeting) -> Host:
    """Return the host after an update: another one only if they let the person behind the token schedule.

    Raises:
        ZoomError: as `scheduled_for`.
    """
    who = str(call.body.get("schedule_for") or "")
    if not who or call.state.directory.find_user(who) == host.user:
        return host
    return hosting(call, scheduled_for(call, call.user, meeting.type))


def _check(call: Call, host: Host) -> None:
    """Check the texts and names of a request.

    Raises:
        ValidationError: a text is too long.
        ZoomError: an alternative host does not fit, or the sign-in domains do not.
    """
    limits = {"topic": _TOPIC_LENGTH, "agenda": _AGENDA_LENGTH}
    problems = {
        name: f"The maximum length is {limit} characters."
        for name, limit in limits.items()
        if len(str(call.body.get(name, ""))) > limit
    }
    if problems:
        raise ValidationError(problems)
    settings = cast("Mapping[str, object]", call.body.get("settings", {}))
    if not _DOMAINS.fullmatch(str(settings.get("enforce_login_domains") or "")):
        text = "Invalid `enforce_login_domains`. Separate multiple domains with semicolons."
        raise ZoomError(400, 300, text)
    check_alternative_hosts(settings.get("alternative_hosts"), host.user, call)


def named_meeting(call: Call) -> Meeting:
    """Return the meeting the path names, if it is there and the caller may reach its host.

    Raises:
        ZoomError: 404/3001 when there is none in the caller's account; else what `check_reach` raises.
    """
    number = call.path["meetingId"]
    found = call.state.ledger.find(int(number), call.state.clock.now()) if _is_number(number) else None
    host = call.state.directory.users.get(found.host_id) if found else None
    if found is None or host is None or host.account_id != call.user.account_id:
        raise ZoomError(404, 3001, f"Meeting does not exist: {number}.")
    call.check_reach(host)
    return as_now(call.state, found)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _personal_room_owner(call: Call) -> User | None:
    number = call.path["meetingId"]
    members = call.state.directory.members(call.user.account_id)
    owner = next((user for user in members if str(user.pmi) == number), None)
    if owner:
        call.check_reach(owner)
    return owner


HANDLERS: dict[str, Handler] = {
    "POST /users/{userId}/meetings": create_meeting,
    "GET /users/{userId}/meetings": list_meetings,
    "GET /users/{userId}/upcoming_meetings": list_upcoming,
    "GET /meetings/{meetingId}": get_meeting,
    "PATCH /meetings/{meetingId}": update_meeting,
    "DELETE /meetings/{meetingId}": delete_meeting,
    "GET /meetings/{meetingId}/invitation": get_invitation,
}
