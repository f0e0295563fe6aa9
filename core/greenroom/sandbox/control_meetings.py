"""Control calls about meetings being held: people come and go, speak, record, and the host ends it."""

from starlette.requests import Request

from greenroom.sandbox.clock import iso
from greenroom.sandbox.control_bodies import EndBody, JoinBody, ParticipantBody, SayBody
from greenroom.sandbox.control_room import Call, ControlRoom, read
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.ledger import Meeting
from greenroom.sandbox.live import Guest, admit, end, join, leave, say
from greenroom.sandbox.recordings import delete, start_recording, stop_recording, trash
from greenroom.sandbox.sessions import Attendance, Session
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import CONTROL


def meeting_calls(state: State) -> list[Call]:
    """Return the calls."""
    control = _MeetingControl(state)
    of = "/meetings/{meeting:int}"
    return [
        ("GET", "/sessions", control.sessions),
        ("POST", f"{of}/join", control.join),
        ("POST", f"{of}/admit", control.admit),
        ("POST", f"{of}/leave", control.leave),
        ("POST", f"{of}/say", control.say),
        ("POST", f"{of}/record", control.record),
        ("POST", f"{of}/end", control.end),
        ("DELETE", f"{of}/recording", control.trash),
    ]


class _MeetingControl(ControlRoom):
    async def sessions(self, _: Request) -> dict[str, object]:
        return {"sessions": [session_view(session) for session in self.state.sessions]}

    async def join(self, request: Request) -> dict[str, object]:
        """Let somebody come; the host, and an alternative host, starts the meeting."""
        body = await read(request, JoinBody)
        user = self.user(body.user) if body.user else None
        name = body.name or (user.display_name if user else "")
        if not name:
            message = "Give `user`, an e-mail of the world, or the `name` of a guest."
            raise ControlError(message)
        arrival = join(self.state, self._meeting(request), Guest(name, user), end_other=body.end_other)
        return {
            "door": arrival.door,
            "participant": arrival.attendance.number if arrival.attendance else None,
            "session": session_view(arrival.session) if arrival.session else None,
        }

    async def admit(self, request: Request) -> dict[str, object]:
        body = await read(request, ParticipantBody)
        return session_view(admit(self.state, self._live(request), body.participant))

    async def leave(self, request: Request) -> dict[str, object]:
        body = await read(request, ParticipantBody)
        return session_view(leave(self.state, self._live(request), body.participant))

    async def say(self, request: Request) -> dict[str, object]:
        body = await read(request, SayBody)
        line = say(self.state, self._live(request), body.participant, body.text, aloud=body.aloud)
        return {"id": line.id, "at": iso(line.at)}

    async def record(self, request: Request) -> dict[str, object]:
        """Start recording to the cloud, or stop it when it runs."""
        session = self._live(request)
        changed = stop_recording if session.recording_since else start_recording
        return session_view(changed(self.state, session))

    async def end(self, request: Request) -> dict[str, object]:
        await read(request, EndBody)
        return session_view(end(self.state, self._live(request)))

    async def trash(self, request: Request) -> dict[str, object]:
        """Move the last recording of a meeting to the trash; from there, delete it for good."""
        meeting = self._meeting(request)
        kept = (self.state.recordings.get(one.uuid) for one in self.state.sessions.of(meeting.id))
        recording = next((one for one in kept if one is not None), None)
        if recording is None:
            message = f"No recording of meeting {meeting.id}; end it and let its processing time pass."
            raise ControlError(message, 404)
        if recording.trashed:
            delete(self.state, recording)
            return {"deleted": recording.uuid}
        trash(self.state, recording)
        return {"trashed": recording.uuid}

    def _meeting(self, request: Request) -> Meeting:
        number = request.path_params["meeting"]
        found = self.state.ledger.find(number, self.state.clock.now())
        if found is None:
            message = f"No meeting {number}; GET {CONTROL}/ledger lists them."
            raise ControlError(message, 404)
        return found

    def _live(self, request: Request) -> Session:
        number = request.path_params["meeting"]
        session = self.state.sessions.live_of(number)
        if session is None:
            message = f"Meeting {number} is not going on; POST {CONTROL}/meetings/{number}/join starts it."
            raise ControlError(message, 409)
        return session


def session_view(session: Session) -> dict[str, object]:
    """Return a session with everyone in it."""
    return {
        "uuid": session.uuid,
        "meeting": session.meeting.id,
        "host": session.meeting.host_email,
        "started": iso(session.started),
        "ended": iso(session.ended) if session.ended else None,
        "heads": session.heads,
        "recording": session.recording_since is not None,
        "participants": [_attendance(one) for one in session.attendances],
    }


def _attendance(one: Attendance) -> dict[str, object]:
    return {
        "participant": one.number,
        "name": one.name,
        "host": one.is_host,
        "place": one.place,
        "came": iso(one.came),
        "left": iso(one.left) if one.left else None,
        "reason": one.reason,
    }
