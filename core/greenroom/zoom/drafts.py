"""A meeting as it is sent to Zoom."""

from __future__ import annotations

from datetime import UTC, datetime

from greenroom.engine.ports.zoom import MeetingDraft

LONGEST_TOPIC = 200
LONGEST_AGENDA = 2000

_SCHEDULED = 2


def creation(draft: MeetingDraft) -> dict[str, object]:
    """Return the body that creates a scheduled meeting. ``default_password`` stays Zoom's to decide."""
    return {"type": _SCHEDULED, **change(draft)}


def change(draft: MeetingDraft) -> dict[str, object]:
    """Return the body that brings an existing meeting to this draft; what the draft leaves open is not sent."""
    settings = {
        "use_pmi": draft.use_pmi,
        "join_before_host": draft.join_before_host,
        "waiting_room": draft.waiting_room,
        "meeting_authentication": draft.authentication,
        "auto_recording": draft.auto_recording,
    }
    body = {
        "topic": cut(draft.topic, LONGEST_TOPIC),
        "agenda": None if draft.agenda is None else cut(draft.agenda, LONGEST_AGENDA),
        "start_time": instant(draft.start),
        "duration": draft.minutes,
        "timezone": draft.zone,
        "password": draft.passcode,
        "settings": {name: value for name, value in settings.items() if value is not None} or None,
    }
    return {name: value for name, value in body.items() if value is not None}


def cut(text: str, longest: int) -> str:
    """Return the beginning of a text, at most ``longest`` UTF-16 units; half a surrogate pair is dropped.

    Zoom does not say in which unit it counts; this is the strictest.
    """
    return text.encode("utf-16-le", "surrogatepass")[: 2 * longest].decode("utf-16-le", "ignore")


def instant(moment: datetime) -> str:
    """Return an instant in UTC with ``Z``, to the second."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
