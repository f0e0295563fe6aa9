"""The operations on meetings that are being held, or were: status, past meetings, recordings, summaries."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import unquote

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.clock import iso
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.live import end
from greenroom.sandbox.meetings import named_meeting
from greenroom.sandbox.paging import page
from greenroom.sandbox.recorded import Recording
from greenroom.sandbox.recordings import draw_file, draw_summary, issue_pass, recorded_type
from greenroom.sandbox.sessions import Attendance, Session

_YEAR = timedelta(days=365)
_LONGEST_PASS = 604_800
_LONGEST_SPAN = timedelta(days=31)


def change_status(call: Call) -> Reply:
    """PUT /meetings/{meetingId}/status: end what goes on; this does not count towards the host's hundred."""
    meeting = named_meeting(call)
    session = call.state.sessions.live_of(meeting.id)
    if call.body.get("action") == "end" and session is None:
        raise ZoomError(400, 3000, f"Meeting {meeting.id} has not started.")
    if call.body.get("action") == "end" and session is not None:
        end(call.state, session)
    return Reply(204)


def get_past_meeting(call: Call) -> Reply:
    """GET /past_meetings/{meetingId}: by number the last time it was held, by UUID that time."""
    call.require_paid()
    session = _past(call)
    host = call.state.directory.users.get(session.meeting.host_id)
    inside = [one for one in session.attendances if one.joined]
    return Reply(
        body={
            "uuid": session.uuid,
            "id": session.meeting.id,
            "host_id": session.meeting.host_id,
            "type": session.meeting.type,
            "topic": session.meeting.topic,
            "user_name": host.display_name if host else "",
            "user_email": session.meeting.host_email,
            "start_time": iso(session.started),
            "end_time": iso(session.ended or session.started),
            "duration": session.minutes,
            "total_minutes": sum(_minutes(one) for one in inside),
            "participants_count": len({(one.name, one.user_id) for one in inside}),
            "dept": "",
            "source": "Zoom",
            "has_meeting_summary": session.uuid in call.state.recordings.summaries,
        }
    )


def list_past_participants(call: Call) -> Reply:
    """GET /past_meetings/{meetingId}/participants: nothing for a meeting only one person was in."""
    call.require_paid()
    session = _past(call)
    inside = [one for one in session.attendances if one.joined]
    shown = inside if len({one.name for one in inside}) > 1 else []
    return Reply(body=page(call, "participants", shown, _participant, numbered=False) | _counted(call, shown))


def get_recordings(call: Call) -> Reply:
    """GET /meetings/{meetingId}/recordings: by number the last time it was held, by UUID that time."""
    recording = _recording(call)
    if recording is None or recording.trashed:
        raise ZoomError(404, 3301, "There is no recording for this meeting.")
    body = _drawn(call, recording)
    body |= {"password": recording.passcode, "recording_play_passcode": recording.share_key}
    if "download_access_token" in call.query.get("include_fields", "").split(","):
        body["download_access_token"] = issue_pass(call.state, recording, _pass_life(call))
    return Reply(body={**body, "participant_audio_files": []})


def list_recordings(call: Call) -> Reply:
    """GET /users/{userId}/recordings: one month at most, today when nothing is said."""
    user = call.target()
    call.require_paid()
    first, last = _span(call)
    trash = call.query.get("trash") == "true"
    number = call.query.get("meeting_id")
    found = [
        one
        for one in call.state.recordings
        if one.meeting.host_id == user.id
        and (one.trashed is not None) == trash
        and first <= one.start.date() <= last
        and number in (None, "", str(one.meeting.id))
    ]
    envelope = page(call, "meetings", found, lambda one: _drawn(call, one))
    envelope.pop("page_number")
    return Reply(body={"from": first.isoformat(), "to": last.isoformat(), **envelope})


def get_transcript(call: Call) -> Reply:
    """GET /meetings/{meetingId}/transcript: where it is, or why it cannot be downloaded."""
    recording = _recording(call)
    if recording is None:
        raise ZoomError(404, 3322, "This meeting transcript does not exist.")
    body: dict[str, object] = {
        "meeting_id": recording.uuid,
        "account_id": recording.meeting.account_id,
        "meeting_topic": recording.meeting.topic,
        "host_id": recording.meeting.host_id,
        "auto_delete": False,
    }
    file = recording.transcript
    if file is None or recording.trashed:
        reason = "DELETED_OR_TRASHED" if recording.trashed else "NOT_READY"
        return Reply(body={**body, "can_download": False, "download_restriction_reason": reason})
    where = draw_file(call.state, recording, file)["download_url"]
    created = iso(file.end)
    return Reply(body={**body, "transcript_created_time": created, "can_download": True, "download_url": where})


def get_summary(call: Call) -> Reply:
    """GET /meetings/{meetingId}/meeting_summary."""
    call.require_paid()
    summary = next((found for one in _sessions(call) if (found := call.state.recordings.summaries.get(one.uuid))), None)
    if summary is None:
        raise _unknown(call)
    drawn = draw_summary(summary)
    editor = {
        "summary_last_modified_user_id": summary.meeting.host_id,
        "summary_last_modified_user_email": summary.host_email,
    }
    return Reply(body={**drawn, **editor})


def _sessions(call: Call) -> Sequence[Session]:
    """Return the sessions the path names, the last first, if the caller may reach their host.

    A UUID in the path is encoded twice when it begins with a slash or holds two, so one layer is left here.
    """
    which = unquote(call.path["meetingId"])
    found = call.state.sessions.get(which)
    sessions = [found] if found else call.state.sessions.of(int(which)) if which.isdecimal() else []
    own = [one for one in sessions if one.meeting.account_id == call.user.account_id]
    host = call.state.directory.users.get(own[0].meeting.host_id) if own else None
    if host:
        call.check_reach(host)
    return own


def _unknown(call: Call) -> ZoomError:
    return ZoomError(404, 3001, f"Meeting does not exist: {unquote(call.path['meetingId'])}.")


def _past(call: Call) -> Session:
    session = next((one for one in _sessions(call) if not one.live), None)
    if session is None:
        raise _unknown(call)
    if session.ended and call.state.clock.now() - session.ended > _YEAR:
        raise ZoomError(400, 12702, "Can not access a meeting a year ago.")
    return session


def _recording(call: Call) -> Recording | None:
    """Return the recording the path names; a meeting nobody ever made is unknown."""
    sessions = _sessions(call)
    if not sessions and unquote(call.path["meetingId"]).isdecimal():
        named_meeting(call)
    kept = (call.state.recordings.get(one.uuid) for one in sessions)
    return next((one for one in kept if one is not None), None)


def _pass_life(call: Call) -> timedelta:
    text = call.query.get("ttl", "86400")
    if not text.isdecimal() or int(text) > _LONGEST_PASS:
        raise ValidationError({"ttl": "Invalid field."})
    return timedelta(seconds=int(text))


def _span(call: Call) -> tuple[date, date]:
    today = call.state.clock.now().date()
    try:
        first, last = (date.fromisoformat((call.query.get(name) or today.isoformat())[:10]) for name in ("from", "to"))
    except ValueError:
        raise ValidationError({"from": "Invalid field."}) from None
    if last - first > _LONGEST_SPAN:
        first = last - _LONGEST_SPAN
    return first, last


def _drawn(call: Call, recording: Recording) -> dict[str, object]:
    meeting = recording.meeting
    return {
        "uuid": recording.uuid,
        "id": meeting.id,
        "account_id": meeting.account_id,
        "host_id": meeting.host_id,
        "topic": meeting.topic,
        "type": str(recorded_type(meeting.type)),
        "start_time": iso(recording.start),
        "duration": recording.minutes,
        "total_size": recording.size,
        "recording_count": len(recording.files),
        "auto_delete": False,
        "recording_play_passcode": recording.share_key,
        "recording_files": [draw_file(call.state, recording, file) for file in recording.files],
    }


def _minutes(one: Attendance) -> int:
    return -(-int(((one.left or one.came) - (one.joined or one.came)).total_seconds()) // 60)


def _participant(one: Attendance) -> dict[str, object]:
    joined, left = one.joined or one.came, one.left or one.came
    return {
        "id": one.user_id,
        "user_id": str(one.number),
        "name": one.name,
        "user_email": one.email,
        "join_time": iso(joined),
        "leave_time": iso(left),
        "duration": int((left - joined).total_seconds()),
        "registrant_id": "",
        "failover": False,
        "status": "in_meeting",
        "internal_user": bool(one.email),
    }


def _counted(call: Call, shown: Sequence[Attendance]) -> dict[str, object]:
    size = int(call.query.get("page_size", "30"))
    return {"page_count": -(-len(shown) // size), "total_records": len(shown)}


HANDLERS: dict[str, Handler] = {
    "PUT /meetings/{meetingId}/status": change_status,
    "GET /past_meetings/{meetingId}": get_past_meeting,
    "GET /past_meetings/{meetingId}/participants": list_past_participants,
    "GET /meetings/{meetingId}/recordings": get_recordings,
    "GET /users/{userId}/recordings": list_recordings,
    "GET /meetings/{meetingId}/transcript": get_transcript,
    "GET /meetings/{meetingId}/meeting_summary": get_summary,
}
