"""What Zoom tells of meetings made, changed and deleted; their ids are numbers in these events."""

from collections.abc import Mapping
from typing import Literal

from greenroom.sandbox.calls import Call
from greenroom.sandbox.clock import iso, milliseconds
from greenroom.sandbox.ledger import Meeting, Occurrence
from greenroom.sandbox.meeting_replies import draw_occurrence, join_url

Reach = Literal["all", "single"]

_SETTINGS_OF_CREATED = ("use_pmi", "alternative_hosts", "join_before_host", "jbh_time", "meeting_invitees")


def tell_created(call: Call, meeting: Meeting) -> None:
    """Tell that a meeting was made."""
    settings = {name: meeting.settings[name] for name in _SETTINGS_OF_CREATED if name in meeting.settings}
    found = {
        **_identity(meeting),
        "join_url": join_url(call.state, meeting),
        "settings": settings,
        **({"password": meeting.passcode} if meeting.passcode else {}),
        **({"pmi": meeting.pmi} if meeting.pmi else {}),
        **{name: meeting.extras[name] for name in ("recurrence", "tracking_fields") if name in meeting.extras},
    }
    _emit(call, "meeting.created", meeting, {"operation": "all", "object": found})


def tell_updated(call: Call, old: Meeting, new: Meeting, reach: Reach) -> None:
    """Tell what changed about a meeting, with the values before; without a change nothing is told."""
    before, after = _facts(call, old), _facts(call, new)
    settings_before, settings_after = _difference(old.settings, new.settings)
    before, after = _difference(before, after)
    if settings_before or settings_after:
        before["settings"], after["settings"] = settings_before, settings_after
    if not before and not after:
        return
    known = {"id": new.id, "uuid": new.uuid, "host_id": new.host_id}
    payload = {
        "scope": reach,
        "time_stamp": milliseconds(call.state.clock.now()),
        "object": {**known, **after},
        "old_object": {**known, **before},
    }
    _emit(call, "meeting.updated", new, payload)


def tell_deleted(call: Call, meeting: Meeting, occurrence: Occurrence | None = None) -> None:
    """Tell that a meeting, or one date of a series, was deleted."""
    found = _identity(meeting)
    reach: Reach = "all"
    if occurrence:
        reach = "single"
        found["occurrences"] = [{"occurrence_id": occurrence.id, "start_time": iso(occurrence.start)}]
    _emit(call, "meeting.deleted", meeting, {"operation": reach, "object": found})


def _facts(call: Call, meeting: Meeting) -> dict[str, object]:
    """Return what an update may change, but for the settings."""
    facts = {**_identity(meeting), "agenda": meeting.agenda, "password": meeting.passcode, **meeting.extras}
    return {**facts, "join_url": join_url(call.state, meeting)}


def _difference(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Return what differs, as it was and as it is."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {n: before[n] for n in names if n in before}, {n: after[n] for n in names if n in after}


def _identity(meeting: Meeting) -> dict[str, object]:
    return {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host_id,
        "topic": meeting.topic,
        "type": meeting.type,
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        **({"start_time": iso(meeting.start)} if meeting.start else {}),
        **({"occurrences": [draw_occurrence(one) for one in meeting.occurrences]} if meeting.occurrences else {}),
    }


def _emit(call: Call, name: str, meeting: Meeting, payload: Mapping[str, object]) -> None:
    operator = {"operator": call.user.email, "operator_id": call.user.id}
    call.state.events.emit(name, meeting.account_id, {**operator, **payload}, about=(meeting.host_id,))
