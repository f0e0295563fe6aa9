"""How meetings look in replies."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from greenroom.sandbox.calls import Call
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import User
from greenroom.sandbox.ledger import Meeting, Occurrence
from greenroom.sandbox.meeting_rules import INSTANT, NO_REGISTRATION, PERSONAL, Host, settle_settings
from greenroom.sandbox.state import State

_LISTED_AGENDA = 250


def draw(call: Call, meeting: Meeting, occurrences: Iterable[Occurrence] = ()) -> dict[str, object]:
    """Return a meeting as create and get answer it, with those of its dates that are to be shown."""
    shown = [draw_occurrence(one) for one in occurrences]
    reply: dict[str, object] = {
        **_identity(meeting),
        "host_email": meeting.host_email,
        "status": "started" if call.state.sessions.live_of(meeting.id) else "waiting",
        "agenda": meeting.agenda,
        "start_url": f"{call.state.world.meeting_base_url}/s/{meeting.id}?zak={call.state.ids.text(120)}",
        "join_url": join_url(call.state, meeting),
        "settings": _settings(call, meeting),
        "creation_source": "open_api",
        **meeting.extras,
        **({"occurrences": shown} if shown else {}),
        **({"assistant_id": meeting.assistant_id} if meeting.assistant_id else {}),
    }
    chat = cast("Mapping[str, object]", meeting.settings.get("continuous_meeting_chat") or {})
    if chat.get("enable"):
        reply["chat_join_url"] = f"{call.state.world.meeting_base_url}/launch/jc/{meeting.id}"
    if meeting.settings.get("approval_type", NO_REGISTRATION) != NO_REGISTRATION:
        reply["registration_url"] = f"{call.state.world.meeting_base_url}/meeting/register/{meeting.uuid[:20]}"
    reply.setdefault("pre_schedule", False)
    if meeting.passcode:
        reply["password"] = meeting.passcode
        reply["h323_password"] = reply["pstn_password"] = _digits(meeting)
        reply["encrypted_password"] = meeting.encrypted_passcode
    return reply


def draw_one_date(call: Call, meeting: Meeting, one: Occurrence) -> dict[str, object]:
    """Return a series as it is on one of its dates."""
    changed = cast("Mapping[str, object]", one.changes.get("settings", {}))
    agenda = str(one.changes.get("agenda", meeting.agenda))
    settings = {**meeting.settings, **changed}
    on_date = replace(meeting, start=one.start, duration=one.duration, agenda=agenda, settings=settings)
    return draw(call, on_date, (one,))


def draw_occurrence(one: Occurrence) -> dict[str, object]:
    """Return a date as the list of a series shows it; deleted ones stay in it."""
    return {
        "occurrence_id": one.id,
        "start_time": iso(one.start),
        "duration": one.duration,
        "status": "deleted" if one.deleted else "available",
    }


def draw_entry(call: Call, meeting: Meeting) -> dict[str, object]:
    """Return a meeting as lists show it."""
    return {
        **_identity(meeting),
        "agenda": meeting.agenda[:_LISTED_AGENDA],
        "join_url": join_url(call.state, meeting),
    }


def as_now(state: State, meeting: Meeting) -> Meeting:
    """Return a meeting as it is now: in a personal room it has the number and passcode the room has by now."""
    host = state.directory.users.get(meeting.host_id)
    if not meeting.pmi or host is None:
        return meeting
    return replace(meeting, pmi=str(host.pmi), passcode=host.pmi_passcode, encrypted_passcode=_room_key(host))


def join_url(state: State, meeting: Meeting) -> str:
    """Return the link people join by; the passcode is in it where the host's setting embeds passcodes."""
    meeting = as_now(state, meeting)
    base = f"{state.world.meeting_base_url}/j/{meeting.pmi or meeting.id}"
    host = state.directory.users.get(meeting.host_id)
    embeds = host is None or state.directory.settings_of(host).embed_password_in_join_link
    return f"{base}?pwd={meeting.encrypted_passcode}" if meeting.passcode and embeds else base


def personal_room(call: Call, owner: User) -> dict[str, object]:
    """Return a person's permanent room, which nobody created and nobody can delete."""
    base = call.state.world.meeting_base_url
    host = Host(owner, call.state.directory.settings_of(owner))
    settings, _ = settle_settings({"use_pmi": True}, host, call.state.ids, owner.pmi_passcode)
    link = f"{base}/j/{owner.pmi}"
    return {
        "uuid": f"{owner.id[:22]}==",
        "id": owner.pmi,
        "host_id": owner.id,
        "host_email": owner.email,
        "topic": f"{owner.display_name}'s Personal Meeting Room",
        "type": PERSONAL,
        "status": "waiting",
        "timezone": owner.timezone,
        "created_at": iso(owner.created_at),
        "start_url": f"{base}/s/{owner.pmi}?zak={call.state.ids.text(120)}",
        "join_url": f"{link}?pwd={_room_key(owner)}" if host.settings.embed_password_in_join_link else link,
        "password": owner.pmi_passcode,
        "pmi": str(owner.pmi),
        "settings": settings,
    }


def invitation_text(call: Call, meeting: Meeting) -> str:
    """Return the plain text Zoom would mail."""
    host = call.state.directory.users[meeting.host_id]
    lines = [
        f"{host.display_name} is inviting you to a scheduled Zoom meeting.",
        "",
        f"Topic: {meeting.topic}",
        *([f"Time: {iso(meeting.start)} Universal Time UTC"] if meeting.start else []),
        "Join Zoom Meeting",
        join_url(call.state, meeting),
        "",
        f"Meeting ID: {meeting.pmi or meeting.id}",
        *([f"Passcode: {meeting.passcode}"] if meeting.passcode else []),
    ]
    return "\r\n".join(lines)


def _room_key(owner: User) -> str:
    return f"{owner.id}{owner.pmi_passcode}"


def _settings(call: Call, meeting: Meeting) -> Mapping[str, object]:
    """Return the settings; each guest who need not sign in has a link of their own."""
    named = cast("list[dict[str, str]]", meeting.settings.get("authentication_exception", []))
    if not named:
        return meeting.settings
    link = join_url(call.state, meeting)
    joint = "&" if "?" in link else "?"
    guests = [{**one, "join_url": f"{link}{joint}tk={meeting.id}.{place}"} for place, one in enumerate(named, 1)]
    return {**meeting.settings, "authentication_exception": guests}


def _identity(meeting: Meeting) -> dict[str, object]:
    reply: dict[str, object] = {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host_id,
        "topic": meeting.topic,
        "type": meeting.type,
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "created_at": iso(meeting.created_at),
    }
    if meeting.start and meeting.type != INSTANT:
        reply["start_time"] = iso(meeting.start)
    if meeting.pmi:
        reply["pmi"] = meeting.pmi
    return reply


def _digits(meeting: Meeting) -> str:
    """Return the numeric passcode of phone and room-system joiners."""
    if meeting.passcode.isdecimal():
        return meeting.passcode
    return f"{sum(ord(letter) * 131**place for place, letter in enumerate(meeting.passcode)) % 10**6:06d}"
