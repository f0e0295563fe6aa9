"""What follows when a meeting was moved or deleted in Zoom's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from greenroom.engine.change_facts import change_request
from greenroom.engine.decisions import decision_record, keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import InterviewRecord, MeetingRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, read_standing
from greenroom.model import Change, Follow, Interview, Notice, Say, Span, Why
from greenroom.profiles import Answered

Seen = Span | Literal["deleted"]
"""How Zoom has a meeting: when, or not any more."""


@dataclass(frozen=True)
class Followed:
    """What became of an interview, and what is left to do: deliver notices, and send letters if there is a ``why``."""

    standing: Standing
    record: InterviewRecord
    notices: tuple[NoticeRecord, ...]
    why: Why | None


def take_note(tx: Transaction, deployment: Deployment, row: MeetingRecord, seen: Seen) -> tuple[Followed, ...]:
    """Keep how Zoom has a meeting, and carry out what the profile says of each interview that states it.

    As it was known, nothing follows. Interviews that are over are left alone.
    """
    if seen == _known(tx, row):
        return ()
    kept = {"state": "deleted"} if seen == "deleted" else {"span": seen}
    tx.interviews.save_meeting(row.model_copy(update=kept))
    found = (tx.interviews.get(row.organization_id, one) for one in sorted(row.meeting.used_by | {row.meeting.of}))
    stating = [record for record in found if record is not None]
    _settle_left(tx, stating, seen)
    upcoming = (one for one in stating if one.state == "live" and not _over(deployment, one))
    followed = (_about(tx, deployment, record, row, seen) for record in upcoming)
    return tuple(one for one in followed if one is not None)


def _settle_left(tx: Transaction, records: list[InterviewRecord], seen: Seen) -> None:
    """A meeting that a cancelled interview left at Zoom is no longer there."""
    for record in records:
        if seen == "deleted" and record.state == "cancelled" and record.differs is not None:
            tx.interviews.save(record.model_copy(update={"differs": None}))


def _known(tx: Transaction, row: MeetingRecord) -> Span | None:
    """Return when Zoom was known to have a meeting: as its interview says where that was not kept."""
    if row.span is not None:
        return row.span
    record = tx.interviews.get(row.organization_id, row.meeting.of)
    return record.interview.span if record is not None else None


def _over(deployment: Deployment, record: InterviewRecord) -> bool:
    end = record.interview.end
    return end is not None and end < deployment.clock.now()


def _about(
    tx: Transaction, deployment: Deployment, record: InterviewRecord, row: MeetingRecord, seen: Seen
) -> Followed | None:
    """Return what follows for an interview. One whose link was pasted keeps its own time, whatever Zoom says."""
    member = tx.organizations.member(record.organization_id, record.interview.scheduler.email)
    standing = read_standing(tx, deployment.profiles, record.organization_id, member, under=record.under)
    if seen != "deleted" and record.meeting_id != row.meeting.id:
        return None
    if record.meeting_id not in {None, row.meeting.id}:  # it states a newer meeting than this one
        return None
    if seen == record.interview.span:  # moved back to what was agreed
        agreed = record.model_copy(update={"differs": None})
        tx.interviews.save(agreed)
        return Followed(standing, agreed, (), None)
    after = None if seen == "deleted" else _moved(record.interview, seen)
    question = change_request(tx, deployment, standing, record, after, row).model_copy(update={"by": "zoom"})
    answered = standing.profile.change(question)
    asked = f"change by Zoom: {'deleted' if after is None else 'moved'}"
    tx.records.add_decision(decision_record(deployment, standing, answered, question=asked, interview_id=record.id))
    return _carried_out(tx, deployment, standing, record, row, after, answered)


def _carried_out(
    tx: Transaction,
    deployment: Deployment,
    standing: Standing,
    record: InterviewRecord,
    row: MeetingRecord,
    after: Interview | None,
    answered: Answered[Change],
) -> Followed:
    answer = answered.answer
    follows = isinstance(answer, Follow) and answer.calendars == ("cancel" if after is None else "update")
    say = _say(standing, record, after, follows=follows)
    changed = _changed(record, after) if follows else _left(record, row, say, deleted=after is None)
    tx.interviews.save(changed)
    if after is None:
        _drop_drafts(tx, record)
    told = (*answer.notices, _to_scheduler(standing, say))
    event = f"by-zoom:{row.meeting.id}:{deployment.ids.new('evt')}"
    notices = keep_notices(tx, deployment, standing, told, event=event)
    why: Why | None = None
    if follows:
        why = "cancelled" if after is None else "changed"
    return Followed(standing, changed, notices, why)


def _changed(record: InterviewRecord, after: Interview | None) -> InterviewRecord:
    """Return an interview that follows what was done at Zoom."""
    update: dict[str, object] = {"sequence": record.sequence + 1, "differs": None}
    update |= {"state": "cancelled"} if after is None else {"interview": after}
    return record.model_copy(update=update)


def _left(record: InterviewRecord, row: MeetingRecord, say: Say, *, deleted: bool) -> InterviewRecord:
    """Return an interview that stays as agreed. One whose meeting is gone has none: the next it gets is told of."""
    update: dict[str, object] = {"differs": say}
    if deleted and record.meeting_id == row.meeting.id:
        update |= {"meeting_id": None, "sequence": record.sequence + 1}
    return record.model_copy(update=update)


def _drop_drafts(tx: Transaction, record: InterviewRecord) -> None:
    """Letters that wait to be sent state a link that leads nowhere."""
    for letter in tx.records.letters(record.id):
        if letter.state in {"drafted", "previewed"}:
            tx.records.save_letter(letter.model_copy(update={"state": "dropped"}))


def _say(standing: Standing, record: InterviewRecord, after: Interview | None, *, follows: bool) -> Say:
    """Return what is said of it: in the profile's words where it names the problem and the interview stays."""
    problem = "deleted_at_zoom" if after is None else "moved_at_zoom"
    spec = standing.profile.manifest.problems.get(problem)
    values: tuple[tuple[str, str | int], ...] = (("subject", record.interview.subject or "the interview"),)
    if after is not None:
        values = (*values, ("when", _when(after)))
    if spec is not None and not follows:
        return Say(key=spec.say, values=values)
    return Say(key=f"core.{problem}{'_followed' if follows else ''}", values=values)


def _to_scheduler(standing: Standing, say: Say) -> Notice:
    specs = standing.profile.manifest.problems
    named = next((one for one in specs.values() if one.say == say.key), None)
    return Notice(to=named.to if named is not None else "scheduler", say=say)


def _moved(interview: Interview, seen: Span) -> Interview:
    minutes = round((seen.end - seen.start).total_seconds() / 60)
    return interview.model_copy(update={"start": seen.start, "minutes": minutes})


def _when(interview: Interview) -> str:
    assert interview.start is not None
    local = interview.start.astimezone(ZoneInfo(interview.zone or "UTC"))
    return f"{local:%a %d %b %Y %H:%M %Z}, {interview.minutes} minutes"
