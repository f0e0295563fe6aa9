"""What subscribers are told of phone calls."""

from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import User
from greenroom.sandbox.phone_calls import PhoneCall, Side, extension_of, log_entry, recording
from greenroom.sandbox.state import State

_HANG_UP = {
    "answered": "Call connected",
    "voicemail": "Voicemail",
    "no_answer": "No Answer",
    "busy": "Busy",
    "rejected": "Rejected",
    "canceled": "Call Cancel",
}


def tell(state: State, call: PhoneCall) -> None:
    """Tell subscribers that a call ended, that it is in the history, and that its recording is ready."""
    for role, user in call.people():
        state.events.emit(f"phone.{role}_ended", call.account_id, {"object": _ended(call, role)}, about=(user.id,))
    for role, user in call.people():
        payload = {"object": {"user_id": user.id, "call_logs": [log_entry(call, user)]}}
        state.events.emit(f"phone.{role}_call_history_completed", call.account_id, payload, about=(user.id,))
        older = {"object": {"user_id": user.id, "call_logs": [_older(call, user)]}}
        state.events.emit(f"phone.{role}_call_log_completed", call.account_id, older, about=(user.id,))
    if call.recording_id:
        owner = next(user for _, user in call.people())
        payload = {"object": {"recordings": [_recorded(state, call, owner)]}}
        state.events.emit("phone.recording_completed", call.account_id, payload, about=(owner.id,))


def _older(call: PhoneCall, user: User) -> dict[str, object]:
    """Return one person's part in a call as events told it before there was a call history."""
    return {
        "id": call.element_id(user.id),
        "call_id": call.id,
        "call_type": "voip" if call.connect_type == "internal" else "pstn",
        "direction": call.direction_for(user.id),
        "caller_number": call.caller.number,
        "caller_number_type": 1 if call.caller.user else 2,
        "caller_name": call.of_both()["caller_name"],
        "callee_number": call.callee.number,
        "callee_number_type": 1 if call.callee.user else 2,
        "callee_name": call.of_both()["callee_name"],
        "date_time": iso(call.started),
        "call_end_time": iso(call.ended),
        "duration": call.seconds,
        "result": _HANG_UP[call.result],
        "path": "extension" if call.connect_type == "internal" else "pstn",
        "has_recording": bool(call.recording_id),
        "has_voicemail": call.result == "voicemail",
        **({"recording_id": call.recording_id} if call.recording_id else {}),
    }


def _ended(call: PhoneCall, role: str) -> dict[str, object]:
    taken = {"answer_start_time": iso(call.answered)} if call.answered else {}
    told: dict[str, object] = {
        "call_id": call.id,
        "caller": _party(call.caller),
        "callee": _party(call.callee),
        "ringing_start_time": iso(call.started),
        **taken,
        "call_end_time": iso(call.ended),
    }
    return {**told, "handup_result": _HANG_UP[call.result]} if role == "caller" else told


def _party(side: Side) -> dict[str, object]:
    if side.user is None or side.user.phone is None:
        return {"phone_number": side.number, "extension_type": "pstn", "connection_type": "pstn_off_net"}
    return {
        "extension_id": extension_of(side.user),
        "extension_type": "user",
        "extension_number": side.user.phone.extension,
        "user_id": side.user.id,
        "phone_number": side.number,
        "timezone": side.user.timezone,
        "connection_type": "voip",
    }


def _recorded(state: State, call: PhoneCall, owner: User) -> dict[str, object]:
    number = owner.phone.extension if owner.phone else 0
    return {
        **recording(call, state.base_url),
        "end_time": iso(call.ended),
        "user_id": owner.id,
        "call_history_id": call.uuid,
        "call_element_id": call.element_id(owner.id),
        "recording_type": "Automatic",
        "owner": {"type": "user", "id": owner.id, "name": owner.display_name, "extension_number": number},
    }
