"""What a request makes of a meeting's dates: its kind, its start, its occurrences."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.ledger import Meeting, Occurrence
from greenroom.sandbox.meeting_rules import INSTANT, RECURRING, RECURRING_FIXED, SCHEDULED
from greenroom.sandbox.meeting_times import Body, start_of, zone_of
from greenroom.sandbox.recurrence import recurrence_of

DEFAULT_DURATION = 60

# What an update of a single occurrence may change, beside its start and duration; the rest is passed over.
OCCURRENCE_SETTINGS = (
    "host_video",
    "participant_video",
    "join_before_host",
    "mute_upon_entry",
    "waiting_room",
    "watermark",
    "auto_recording",
)


@dataclass(frozen=True)
class Schedule:
    """When a meeting is; `recurrence` is the rule as it was sent, empty without one."""

    kind: int
    start: datetime | None
    zone: str
    duration: int
    recurrence: Body
    occurrences: tuple[Occurrence, ...] = ()


def plan(body: Body, zone: str, now: datetime) -> Schedule:
    """Return the schedule of a new meeting; `zone` is the host's.

    A scheduled meeting without a start is an instant one. Only a series has a recurrence.

    Raises:
        ValidationError: a time, the zone or the recurrence does not fit, or a series has none.
    """
    kind = int(cast("int", body.get("type", SCHEDULED)))
    zone = zone_of(body, zone)
    start = start_of(body, zone) if kind in (SCHEDULED, RECURRING_FIXED) else None
    if kind == SCHEDULED and start is None:
        kind = INSTANT
    schedule = Schedule(kind, start, zone, _duration(body, DEFAULT_DURATION), {})
    if kind != RECURRING_FIXED:
        return schedule
    return _series(replace(schedule, start=start or now.replace(microsecond=0)), body.get("recurrence"))


def replan(meeting: Meeting, body: Body, now: datetime) -> Schedule:
    """Return the schedule of a changed meeting; a start in the past is ignored without a word.

    Raises:
        ValidationError: as `plan`.
    """
    zone = zone_of(body, meeting.timezone)
    start = start_of(body, zone)
    new = start if start and start > now else None
    kind = _kind(meeting, body, new)
    old = Schedule(kind, new or meeting.start, zone, _duration(body, meeting.duration), {}, meeting.occurrences)
    if kind == RECURRING:
        return replace(old, start=None, occurrences=())
    if kind != RECURRING_FIXED:
        return replace(old, occurrences=())
    rule = body.get("recurrence") or meeting.extras.get("recurrence")
    if new or "recurrence" in body or not meeting.occurrences or zone != meeting.timezone:
        return _series(replace(old, start=old.start or now.replace(microsecond=0)), rule)
    lengths = tuple(replace(one, duration=_duration(body, one.duration)) for one in old.occurrences)
    return replace(old, recurrence=cast("Body", rule), occurrences=lengths)


def find_occurrence(meeting: Meeting, occurrence_id: str) -> Occurrence:
    """Return an occurrence that is not deleted.

    Raises:
        ZoomError: 400/300 when there is none of that id.
    """
    for one in meeting.occurrences:
        if one.id == occurrence_id and not one.deleted:
            return one
    raise ZoomError(400, 300, "Invalid parameter: occurrence_id.")


def with_occurrence(meeting: Meeting, changed: Occurrence) -> Meeting:
    """Return the meeting with one occurrence replaced."""
    return replace(meeting, occurrences=tuple(changed if one.id == changed.id else one for one in meeting.occurrences))


def change_occurrence(meeting: Meeting, one: Occurrence, body: Body, settings: Body, now: datetime) -> Occurrence:
    """Return one date of a series changed; only agenda, start, duration and some settings can be.

    Args:
        settings: those asked for, as locks and rules let them be.
    """
    start = start_of(body, zone_of(body, meeting.timezone))
    asked = cast("Mapping[str, object]", body.get("settings", {}))
    taken = {name: settings[name] for name in OCCURRENCE_SETTINGS if name in asked}
    before = cast("Mapping[str, object]", one.changes.get("settings", {}))
    changes: dict[str, object] = {**one.changes, "settings": {**before, **taken}}
    if "agenda" in body:
        changes["agenda"] = str(body["agenda"])
    moved = start if start and start > now else one.start
    return replace(one, start=moved, duration=_duration(body, one.duration), changes=changes)


def _series(schedule: Schedule, rule: object) -> Schedule:
    if not isinstance(rule, Mapping) or schedule.start is None:
        raise ValidationError({"recurrence": "A recurring meeting with fixed times needs a recurrence."})
    dates = recurrence_of(rule).occurrences(schedule.start, schedule.duration, schedule.zone)
    return replace(schedule, start=dates[0].start, recurrence=rule, occurrences=dates)


def _kind(meeting: Meeting, body: Body, new: datetime | None) -> int:
    """Return the kind after an update; an instant meeting that gets a start becomes a scheduled one."""
    kind = int(cast("int", body.get("type", meeting.type)))
    if kind not in (SCHEDULED, RECURRING, RECURRING_FIXED):
        kind = meeting.type
    if kind == SCHEDULED and not (new or meeting.start):
        return INSTANT
    return SCHEDULED if kind == INSTANT and new else kind


def _duration(body: Body, default: int) -> int:
    return int(cast("int", body.get("duration", default)))
