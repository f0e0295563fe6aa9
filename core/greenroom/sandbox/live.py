"""Meetings being held: who starts them, who comes in, who waits, and when Zoom ends them.

Limits bite when a meeting starts, never when it is scheduled: a host may have one meeting going on at a time,
two with a licence on a Business plan or above, more with an add-on.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, cast

from greenroom.sandbox.directory import Account, User
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.ledger import Meeting
from greenroom.sandbox.recordings import process, start_recording, stop_recording
from greenroom.sandbox.session_events import tell_chat, tell_jbh_waiting, tell_participant, tell_session
from greenroom.sandbox.sessions import Attendance, Line, Session
from greenroom.sandbox.state import State

Door = Literal["meeting", "waiting_room", "not_started", "host_busy", "sign_in_required"]

CUT = "Exceeded free meeting minutes limit."
_LONGEST = timedelta(hours=30)
_HOST_ENDED = "Host ended the meeting."


@dataclass(frozen=True)
class Arrival:
    """Where somebody who joins ends up; outside the meeting there is no attendance."""

    door: Door
    session: Session | None = None
    attendance: Attendance | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody at the door; `user` when they are signed in to Zoom."""

    name: str
    user: User | None = None

    def may_host(self, meeting: Meeting) -> bool:
        """Tell whether they are the host or an alternative host."""
        if self.user is None:
            return False
        named = str(meeting.settings.get("alternative_hosts") or "").casefold().split(";")
        return self.user.id in (meeting.host_id, *named) or self.user.email.casefold() in (
            meeting.host_email.casefold(),
            *(one.strip() for one in named),
        )


def limit_of(account: Account, host: User) -> int:
    """Return how many meetings may go on in a host's name at once."""
    included = 2 if host.type == 2 and account.plan in ("business", "education", "enterprise") else 1
    return max(included, host.concurrent_meetings or 0)


def join(state: State, meeting: Meeting, guest: Guest, *, end_other: bool = False) -> Arrival:
    """Let somebody come to a meeting: hosts start it, guests may wait at one of its doors.

    Args:
        end_other: a host who has too many meetings going on ends the oldest to start this one.
    """
    session = state.sessions.live_of(meeting.id)
    host = guest.may_host(meeting)
    if not host and _must_sign_in(meeting, guest):
        return Arrival("sign_in_required")
    if session is None:
        if not host and not _may_start_alone(state, meeting):
            tell_jbh_waiting(state, _unstarted(state, meeting), guest.name)
            return Arrival("not_started")
        if not _room_for_one_more(state, meeting, end_other=end_other and host):
            return Arrival("host_busy")
        session = _start(state, meeting)
    return _enter(state, session, guest, host=host)


def admit(state: State, session: Session, number: int) -> Session:
    """Let somebody in from the waiting room.

    Raises:
        ControlError: nobody with that number waits.
    """
    one = session.attendance(number)
    if one is None or one.place != "waiting_room" or one.left:
        message = f"Nobody with number {number} is in the waiting room."
        raise ControlError(message)
    inside = replace(one, place="meeting", joined=state.clock.now())
    session = _kept(state, session.with_attendance(inside))
    tell_participant(state, "meeting.participant_joined", session, inside)
    return _watched(state, session)


def leave(state: State, session: Session, number: int, reason: str = "left the meeting.") -> Session:
    """Let somebody go; the meeting ends with the last of them.

    Raises:
        ControlError: nobody with that number is there.
    """
    one = session.attendance(number)
    if one is None or one.left:
        message = f"Nobody with number {number} is there."
        raise ControlError(message)
    session = _gone(state, session, one, f"{one.name} {reason}")
    return session if session.heads else end(state, session)


def end(state: State, session: Session, reason: str = _HOST_ENDED) -> Session:
    """End a meeting: everybody goes, and what was recorded is processed."""
    if not session.live:
        return session
    for one in session.attendances:
        if one.left is None:
            session = _gone(state, session, one, reason)
    session = stop_recording(state, session)
    session = _kept(state, replace(session, ended=state.clock.now()))
    tell_session(state, "meeting.ended", session)
    process(state, session)
    return session


def say(state: State, session: Session, number: int, text: str, *, aloud: bool = False) -> Line:
    """Write a line into the meeting's chat, or say it aloud, for the transcript.

    Raises:
        ControlError: nobody with that number is inside.
    """
    one = session.attendance(number)
    if one is None or not one.inside:
        message = f"Nobody with number {number} is in the meeting."
        raise ControlError(message)
    line = Line(state.ids.uuid(), state.clock.now(), number, text, aloud)
    session = _kept(state, replace(session, lines=(*session.lines, line)))
    if not aloud:
        tell_chat(state, session, one, line)
    return line


def end_all_of(state: State, user_id: str) -> None:
    """End what goes on in the name of a host who is gone."""
    for session in state.sessions.live_hosted_by(user_id):
        end(state, session)


def _must_sign_in(meeting: Meeting, guest: Guest) -> bool:
    if not meeting.settings.get("meeting_authentication") or guest.user is not None:
        return False
    excepted = cast("list[dict[str, str]]", meeting.settings.get("authentication_exception") or [])
    return guest.name not in {one.get("name", "") for one in excepted}


def _may_start_alone(state: State, meeting: Meeting) -> bool:
    """Tell whether a guest's coming starts the meeting in the host's name: join before host, and not too early."""
    if not meeting.settings.get("join_before_host"):
        return False
    minutes = int(cast("int", meeting.settings.get("jbh_time") or 0))
    return not minutes or meeting.start is None or state.clock.now() >= meeting.start - timedelta(minutes=minutes)


def _room_for_one_more(state: State, meeting: Meeting, *, end_other: bool) -> bool:
    host = state.directory.users[meeting.host_id]
    going_on = state.sessions.live_hosted_by(host.id)
    if len(going_on) < limit_of(state.directory.account_of(host), host):
        return True
    if end_other:
        end(state, going_on[0], "The host started another meeting.")
    return end_other


def _unstarted(state: State, meeting: Meeting) -> Session:
    return Session(meeting.uuid, meeting, meeting.start or state.clock.now())


def _start(state: State, meeting: Meeting) -> Session:
    """Start a meeting; each start after the first gives it a new UUID."""
    now = state.clock.now()
    uuid = state.ids.uuid() if state.sessions.get(meeting.uuid) else meeting.uuid
    meeting = replace(meeting, uuid=uuid, last_started=now)
    state.ledger.keep(meeting)
    session = _kept(state, Session(meeting.uuid, meeting, now))
    tell_session(state, "meeting.started", session)
    state.timers.at(now + _LONGEST, f"thirty hours of meeting {meeting.id}", partial(_end_later, state, session.uuid))
    if meeting.settings.get("auto_recording") == "cloud":
        session = start_recording(state, session)
    return session


def _enter(state: State, session: Session, guest: Guest, *, host: bool) -> Arrival:
    now = state.clock.now()
    waits = bool(session.meeting.settings.get("waiting_room")) and not host
    member = guest.user is not None and guest.user.account_id == session.meeting.account_id
    one = Attendance(
        number=16_778_240 + 1024 * len(session.attendances),
        uuid=state.ids.uuid(),
        name=guest.name,
        user_id=guest.user.id if guest.user else "",
        email=guest.user.email if guest.user and member else "",
        is_host=host,
        place="waiting_room" if waits else "meeting",
        came=now,
        joined=None if waits else now,
    )
    session = _kept(state, session.with_attendance(one))
    name = "meeting.participant_joined_waiting_room" if waits else "meeting.participant_joined"
    tell_participant(state, name, session, one)
    return Arrival(one.place, _watched(state, session), one)


def _gone(state: State, session: Session, one: Attendance, reason: str) -> Session:
    left = replace(one, left=state.clock.now(), reason=reason)
    session = _kept(state, session.with_attendance(left))
    if one.joined:
        tell_participant(state, "meeting.participant_left", session, left)
    return _watched(state, session)


def _watched(state: State, session: Session) -> Session:
    """Set the cut of a free meeting once enough people are in it, and take it back when they leave; a host alone
    is not cut.
    """
    host, free, now = state.directory.users[session.meeting.host_id], state.world.free_meeting, state.clock.now()
    crowded = host.type != 2 and session.heads >= free.heads
    if crowded == (session.crowded_since is not None):
        return session
    if crowded:
        cut = partial(_cut, state, session.uuid, now)
        state.timers.at(now + timedelta(minutes=free.minutes), f"cut of meeting {session.meeting.id}", cut)
    return _kept(state, replace(session, crowded_since=now if crowded else None))


def _cut(state: State, uuid: str, since: datetime) -> None:
    """End a free meeting, unless it emptied in between."""
    session = state.sessions.get(uuid)
    if session and session.live and session.crowded_since == since:
        end(state, session, CUT)


def _end_later(state: State, uuid: str) -> None:
    session = state.sessions.get(uuid)
    if session:
        end(state, session)


def _kept(state: State, session: Session) -> Session:
    state.sessions.keep(session)
    return session
