"""Calls and messages as Zoom's replies hold them, read into our own values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AwareDatetime, StrictStr

from greenroom.engine.ports.zoom import ChatMessage, PhoneCall, PhoneRecording
from greenroom.zoom.fields import Id, Instant, Int, Link, OrNone, Reply, Text, read


class _Call(Reply):
    call_history_uuid: StrictStr
    call_element_id: StrictStr
    direction: Annotated[Literal["inbound", "outbound"] | None, OrNone] = None
    start_time: AwareDatetime
    talk_time: Int = None
    result: Text = None
    recording_id: Id = None
    caller_did_number: Text = None
    caller_email: Text = None
    caller_name: Text = None
    callee_did_number: Text = None
    callee_email: Text = None
    callee_name: Text = None


class _CallRecording(Reply):
    id: StrictStr
    call_element_id: Id = None
    duration: Int = None
    download_url: Link


class _Message(Reply):
    id: StrictStr
    sender: Text = None
    sender_display_name: Text = None
    message: StrictStr
    date_time: Instant


def call_of(document: Mapping[str, object]) -> PhoneCall | None:
    """Return the call an entry describes, ``None`` without its ids and time; the other side is who is not oneself."""
    found = read(_Call, document)
    if found is None:
        return None
    outbound = found.direction == "outbound"
    number, email, name = (
        (found.callee_did_number, found.callee_email, found.callee_name)
        if outbound
        else (found.caller_did_number, found.caller_email, found.caller_name)
    )
    return PhoneCall(
        id=found.call_history_uuid,
        part=found.call_element_id,
        direction="outbound" if outbound else "inbound",
        number=number or "",
        email=email or "",
        name=name or "",
        begun_at=found.start_time,
        seconds=found.talk_time or 0,
        result=found.result or "",
        recording=found.recording_id,
    )


def call_recording_of(document: Mapping[str, object]) -> PhoneRecording | None:
    """Return the recording of a call an entry describes, ``None`` without id and address."""
    found = read(_CallRecording, document)
    if found is None:
        return None
    return PhoneRecording(
        id=found.id, part=found.call_element_id or "", seconds=found.duration, download_url=found.download_url
    )


def message_of(document: Mapping[str, object]) -> ChatMessage | None:
    """Return the message an entry describes, ``None`` without id, text and time."""
    found = read(_Message, document)
    if found is None or found.date_time is None:
        return None
    return ChatMessage(
        id=found.id,
        sender=found.sender or "",
        name=found.sender_display_name or "",
        text=found.message,
        sent_at=found.date_time,
    )
