"""What is kept of meetings that are over, and who and what else the account has, as Zoom's replies hold it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import StrictStr

from greenroom.engine.ports.zoom import Participant, Recording, RecordingFile, Role, RoleMember, Room
from greenroom.zoom.fields import AsText, Id, IdOfAnyType, Instant, Int, Link, MeetingId, Reply, Text, read

_NeededId = Annotated[StrictStr, AsText]


class _File(Reply):
    id: Id = None
    file_type: Text = None
    recording_type: Text = None
    file_extension: Text = None
    file_size: Int = None
    status: Text = None
    recording_start: Instant = None
    recording_end: Instant = None
    download_url: Link


class _Recording(Reply):
    uuid: StrictStr
    id: MeetingId
    host_id: Id = None
    topic: Text = None
    start_time: Instant = None
    duration: Int = None
    recording_files: object = ()
    participant_audio_files: object = ()


class _Participant(Reply):
    id: IdOfAnyType = None
    name: Text = None
    user_email: Text = None
    join_time: Instant = None
    leave_time: Instant = None
    duration: Int = None


class _Role(Reply):
    id: _NeededId
    name: Text = None
    total_members: Int = None


class _Member(Reply):
    id: StrictStr
    email: Text = None


class _Room(Reply):
    id: StrictStr
    name: Text = None
    status: Text = None
    location_id: Id = None


def recording_of(document: Mapping[str, object]) -> Recording | None:
    """Return the recording a reply describes, ``None`` without its ids; files without an address are left out."""
    found = read(_Recording, document)
    if found is None:
        return None
    listed = (found.recording_files, found.participant_audio_files)
    entries = [entry for entries in listed if isinstance(entries, list) for entry in entries if isinstance(entry, dict)]
    return Recording(
        uuid=found.uuid,
        meeting_id=found.id,
        host_id=found.host_id or "",
        topic=found.topic or "",
        start=found.start_time,
        minutes=found.duration,
        files=tuple(file for entry in entries if (file := _file_of(entry)) is not None),
    )


def participant_of(document: Mapping[str, object]) -> Participant:
    """Return the stay a reply describes; nothing in it is indispensable."""
    found = read(_Participant, document) or _Participant()
    return Participant(
        id=found.id or "",
        name=found.name or "",
        email=found.user_email or "",
        joined_at=found.join_time,
        left_at=found.leave_time,
        seconds=found.duration,
    )


def role_of(document: Mapping[str, object]) -> Role | None:
    """Return the role a reply describes, ``None`` without its id."""
    found = read(_Role, document)
    return None if found is None else Role(id=found.id, name=found.name or "", members=found.total_members)


def member_of(document: Mapping[str, object]) -> RoleMember | None:
    """Return whom an entry of a role's members describes, ``None`` without an id."""
    found = read(_Member, document)
    return None if found is None else RoleMember(id=found.id, email=found.email or "")


def room_of(document: Mapping[str, object]) -> Room | None:
    """Return the Zoom Room an entry describes, ``None`` without its id."""
    found = read(_Room, document)
    return (
        None
        if found is None
        else Room(id=found.id, name=found.name or "", status=found.status, location_id=found.location_id)
    )


def _file_of(document: Mapping[str, object]) -> RecordingFile | None:
    found = read(_File, document)
    if found is None:
        return None
    return RecordingFile(
        id=found.id or "",
        kind=found.file_type or "",
        shows=found.recording_type or "",
        extension=found.file_extension or "",
        size=found.file_size,
        complete=found.status != "processing",
        begun_at=found.recording_start,
        ended_at=found.recording_end,
        download_url=found.download_url,
    )
