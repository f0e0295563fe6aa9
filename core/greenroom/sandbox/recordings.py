"""Recording meetings: what is recorded, how long Zoom takes to process it, and what it tells of it.

A recording is processed when the meeting is over; its transcript comes later, in an event of its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from greenroom.sandbox.clock import iso
from greenroom.sandbox.recorded import DownloadPass, Recording, RecordingFile, Summary
from greenroom.sandbox.sessions import Session
from greenroom.sandbox.state import State

PASS_LIFE = timedelta(hours=24)
TRASH_LIFE = timedelta(days=30)

# The start of a file of each kind, so that whoever looks at the bytes sees what they are.
_MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
_M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42"
_RECORDED_TYPES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 99)


def start_recording(state: State, session: Session) -> Session:
    """Record to the cloud from now on, where host, plan and encryption allow it."""
    if session.recording_since or not _may_record(state, session):
        return session
    session = replace(session, recording_since=state.clock.now())
    state.sessions.keep(session)
    _tell_started(state, session)
    return session


def stop_recording(state: State, session: Session) -> Session:
    """Stop recording; what was recorded is processed when the meeting is over."""
    if session.recording_since is None:
        return session
    piece = (session.recording_since, state.clock.now())
    session = replace(session, recording_since=None, recorded=(*session.recorded, piece))
    state.sessions.keep(session)
    return session


def process(state: State, session: Session) -> None:
    """Have an ended session's recording, transcript and summary made, each in its time."""
    assert session.ended is not None
    number, spans = session.meeting.id, state.world.processing
    if session.recorded:
        at = session.ended + timedelta(minutes=spans.recording_minutes)
        state.timers.at(at, f"recording of meeting {number}", partial(_complete, state, session))
    if session.meeting.settings.get("auto_start_meeting_summary") and _paid(state, session):
        at = session.ended + timedelta(minutes=spans.summary_minutes)
        state.timers.at(at, f"summary of meeting {number}", partial(_summarize, state, session))


def trash(state: State, recording: Recording) -> Recording:
    """Move a recording to the trash, as its host does on the web."""
    trashed = replace(recording, trashed=state.clock.now())
    state.recordings.keep(trashed)
    told = {"operator": recording.host_email, "operator_id": recording.meeting.host_id}
    _tell(state, "recording.trashed", trashed, trashed.files, **told)
    what = f"end of the trash for the recording of meeting {recording.meeting.id}"
    state.timers.at(state.clock.now() + TRASH_LIFE, what, partial(delete, state, trashed))
    return trashed


def delete(state: State, recording: Recording) -> None:
    """Delete a recording for good, as its host does from the trash, or Zoom does thirty days later."""
    if state.recordings.drop(recording.uuid):
        told = {"operator": recording.host_email, "operator_id": recording.meeting.host_id}
        _tell(state, "recording.deleted", recording, recording.files, **told)


def issue_pass(state: State, recording: Recording, life: timedelta = PASS_LIFE) -> str:
    """Return a token that opens a recording's files for a while."""
    token = ".".join((state.ids.text(36), state.ids.text(120), state.ids.text(86)))
    state.recordings.passes[token] = DownloadPass(recording.uuid, state.clock.now() + life)
    return token


def draw_file(state: State, recording: Recording, file: RecordingFile) -> dict[str, object]:
    """Return a file as replies and events show it."""
    base = state.base_url
    return {
        "id": file.id,
        "meeting_id": recording.uuid,
        "recording_start": iso(file.start),
        "recording_end": iso(file.end),
        "file_type": file.file_type,
        "file_extension": file.extension,
        "file_size": len(file.content),
        "play_url": f"{base}/rec/play/{file.key}",
        "download_url": f"{base}/rec/download/{file.key}",
        "status": "completed",
        "recording_type": file.recording_type,
    }


def share_url(state: State, recording: Recording) -> str:
    """Return the page on which people watch a recording."""
    return f"{state.base_url}/rec/share/{recording.share_key}"


def _may_record(state: State, session: Session) -> bool:
    host = state.directory.users[session.meeting.host_id]
    encrypted = session.meeting.settings.get("encryption_type") == "e2ee"
    allowed = state.directory.settings_of(host).cloud_recording and host.type == 2
    return allowed and not encrypted and _paid(state, session)


def _paid(state: State, session: Session) -> bool:
    return state.directory.accounts[session.meeting.account_id].paid


def _complete(state: State, session: Session) -> None:
    recording = Recording(
        uuid=session.uuid,
        meeting=session.meeting,
        host_email=session.meeting.host_email,
        start=session.started,
        minutes=session.minutes,
        passcode=state.ids.passcode(8),
        share_key=state.ids.text(40),
        files=_files(state, session),
        transcript_due=True,
    )
    state.recordings.keep(recording)
    _tell(state, "recording.completed", recording, recording.files)
    at = state.clock.now() + timedelta(minutes=state.world.processing.transcript_minutes)
    what = f"transcript of meeting {session.meeting.id}"
    state.timers.at(at, what, partial(_transcribe, state, session))


def _transcribe(state: State, session: Session) -> None:
    start, end = session.recorded[0][0], session.recorded[-1][1]
    file = _file(state, ("TRANSCRIPT", "VTT", "audio_transcript"), (start, end), _vtt(session, start))
    recording = state.recordings.add_file(session.uuid, file)
    _tell(state, "recording.transcript_completed", recording, (file,))


def _files(state: State, session: Session) -> tuple[RecordingFile, ...]:
    kinds = [
        (("MP4", "MP4", "shared_screen_with_speaker_view"), _MP4),
        (("M4A", "M4A", "audio_only"), _M4A),
    ]
    files = [_file(state, kind, piece, content) for piece in session.recorded for kind, content in kinds]
    written = [line for line in session.lines if not line.aloud]
    if written:
        span = (session.recorded[0][0], session.recorded[-1][1])
        files.append(_file(state, ("CHAT", "TXT", "chat_file"), span, _chat(session)))
    return tuple(files)


def _file(state: State, kind: tuple[str, str, str], span: tuple[datetime, datetime], content: bytes) -> RecordingFile:
    file_type, extension, recording_type = kind
    return RecordingFile(
        state.ids.uuid(), state.ids.text(40), file_type, extension, recording_type, span[0], span[1], content
    )


def _names(session: Session) -> Mapping[int, str]:
    return {one.number: one.name for one in session.attendances}


def _chat(session: Session) -> bytes:
    names = _names(session)
    lines = [f"{line.at:%H:%M:%S}\t{names[line.attendance]}:\t{line.text}" for line in session.lines if not line.aloud]
    return "\r\n".join(lines).encode()


def _vtt(session: Session, start: datetime) -> bytes:
    names = _names(session)
    spoken = [line for line in session.lines if line.aloud and line.at >= start]
    cues = [
        f"{number}\n{_cue(line.at - start)} --> {_cue(line.at - start + timedelta(seconds=3))}\n"
        f"{names[line.attendance]}: {line.text}\n"
        for number, line in enumerate(spoken, 1)
    ]
    return "\n".join(("WEBVTT\n", *cues)).encode()


def _cue(offset: timedelta) -> str:
    seconds, micro = int(offset.total_seconds()), offset.microseconds
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{micro // 1000:03d}"


def _summarize(state: State, session: Session) -> None:
    assert session.ended is not None
    names = sorted({one.name for one in session.attendances if one.joined})
    spoken = [line.text for line in session.lines if line.aloud]
    summary = Summary(
        uuid=session.uuid,
        meeting=session.meeting,
        host_email=session.meeting.host_email,
        start=session.started,
        end=session.ended,
        made=state.clock.now(),
        overview=f"{', '.join(names)} met about {session.meeting.topic}. {' '.join(spoken)}".strip(),
        next_steps=(),
    )
    state.recordings.summaries[session.uuid] = summary
    meeting = session.meeting
    told = draw_summary(summary)
    state.events.emit("meeting.summary_completed", meeting.account_id, {"object": told}, about=(meeting.host_id,))


def draw_summary(summary: Summary) -> dict[str, object]:
    """Return a summary as replies and events show it."""
    meeting = summary.meeting
    return {
        "meeting_host_id": meeting.host_id,
        "meeting_host_email": summary.host_email,
        "meeting_uuid": summary.uuid,
        "meeting_id": meeting.id,
        "meeting_topic": meeting.topic,
        "meeting_start_time": iso(summary.start),
        "meeting_end_time": iso(summary.end),
        "summary_start_time": iso(summary.start),
        "summary_end_time": iso(summary.end),
        "summary_created_time": iso(summary.made),
        "summary_last_modified_time": iso(summary.made),
        "summary_title": f"Meeting summary for {meeting.topic}",
        "summary_overview": summary.overview,
        "summary_details": [{"label": "Summary", "summary": summary.overview}],
        "next_steps": list(summary.next_steps),
        "summary_content": summary.overview,
    }


def recorded_type(meeting_type: int) -> int:
    """Return a meeting's type as recordings know it."""
    return meeting_type if meeting_type in _RECORDED_TYPES else 2


def _tell_started(state: State, session: Session) -> None:
    meeting = session.meeting
    assert session.recording_since is not None
    found = {
        "id": meeting.id,
        "uuid": session.uuid,
        "host_id": meeting.host_id,
        "topic": meeting.topic,
        "type": recorded_type(meeting.type),
        "start_time": iso(session.started),
        "timezone": meeting.timezone,
        "duration": meeting.duration,
        "recording_file": {"recording_start": iso(session.recording_since), "recording_end": ""},
    }
    state.events.emit("recording.started", meeting.account_id, {"object": found}, about=(meeting.host_id,))


def _tell(state: State, name: str, recording: Recording, files: tuple[RecordingFile, ...], **more: object) -> None:
    meeting = recording.meeting
    found = {
        "id": meeting.id,
        "uuid": recording.uuid,
        "host_id": meeting.host_id,
        "account_id": meeting.account_id,
        "topic": meeting.topic,
        "type": recorded_type(meeting.type),
        "start_time": iso(recording.start),
        "timezone": meeting.timezone,
        "duration": recording.minutes,
        "share_url": share_url(state, recording),
        "total_size": recording.size,
        "recording_count": len(files),
        "recording_files": [draw_file(state, recording, file) for file in files],
    }
    if name not in ("recording.trashed", "recording.deleted"):
        found |= {"host_email": recording.host_email, "password": recording.passcode}
    if name == "recording.completed":
        found |= {"on_prem": False, "recording_play_passcode": recording.share_key, "auto_delete": False}
    payload, about = {"object": found, **more}, (meeting.host_id,)
    beside = {} if name == "recording.deleted" else {"download_token": issue_pass(state, recording)}
    state.events.emit(name, meeting.account_id, payload, about=about, beside=beside)
