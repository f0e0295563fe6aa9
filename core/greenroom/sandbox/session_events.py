"""What Zoom tells of meetings being held."""

from collections.abc import Mapping

from greenroom.sandbox.clock import iso
from greenroom.sandbox.sessions import Attendance, Line, Session
from greenroom.sandbox.state import State


def tell_session(state: State, name: str, session: Session) -> None:
    """Tell that a meeting started or ended; its id is a text in these events."""
    ended = {"end_time": iso(session.ended)} if session.ended and name == "meeting.ended" else {}
    _emit(state, name, session, {**_session(session), **ended})


def tell_participant(state: State, name: str, session: Session, one: Attendance) -> None:
    """Tell that somebody came, waits or left."""
    _emit(state, name, session, {**_session(session), "participant": _participant(name, one)})


def tell_jbh_waiting(state: State, session: Session, name: str) -> None:
    """Tell that somebody waits for a meeting that has not started; `session` is the one that would."""
    participant = {"id": "", "customer_key": "", "user_name": name}
    _emit(state, "meeting.participant_jbh_waiting", session, {**_session(session), "participant": participant})


def tell_chat(state: State, session: Session, one: Attendance, line: Line) -> None:
    """Tell what was said in a meeting's chat; its id is a number here."""
    said = {
        "message_id": line.id,
        "date_time": iso(line.at),
        "message_content": line.text,
        "file_ids": [],
        "sender_session_id": str(one.number),
        "sender_name": one.name,
        "sender_email": one.email,
        "sender_type": "host" if one.is_host else "guest",
        "sender_context": "meeting",
        "recipient_type": "everyone",
        "recipient_context": "meeting",
    }
    found = {"id": session.meeting.id, "uuid": session.uuid, "chat_message": said}
    _emit(state, "meeting.chat_message_sent", session, found)


def _emit(state: State, name: str, session: Session, found: Mapping[str, object]) -> None:
    meeting = session.meeting
    state.events.emit(name, meeting.account_id, {"object": found}, about=(meeting.host_id,))


def _session(session: Session) -> dict[str, object]:
    meeting = session.meeting
    return {
        "id": str(meeting.id),
        "uuid": session.uuid,
        "host_id": meeting.host_id,
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": iso(session.started),
        "timezone": meeting.timezone,
        "duration": meeting.duration,
    }


def _participant(name: str, one: Attendance) -> dict[str, object]:
    about = {
        "user_id": str(one.number),
        "user_name": one.name,
        "id": one.user_id,
        "participant_uuid": one.uuid,
        "participant_user_id": one.user_id,
        "email": one.email,
        "registrant_id": "",
        "customer_key": "",
        "phone_number": "",
    }
    if name == "meeting.participant_left" and one.left:
        return {**about, "leave_time": iso(one.left), "leave_reason": one.reason}
    if name == "meeting.participant_joined_waiting_room":
        return {**about, "date_time": iso(one.came)}
    return {**about, "join_time": iso(one.joined or one.came)}
