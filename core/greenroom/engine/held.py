"""The interviews a question is about, and the meetings made for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greenroom.engine.ports.records import InterviewRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.errors import NotFound
from greenroom.model import normalize_email


@dataclass(frozen=True)
class Held:
    """An interview and the meeting that was made for it, deleted ones too: what was recorded of it stays."""

    record: InterviewRecord
    meeting: MeetingRecord


def interviews_about(
    tx: Transaction, organization_id: str, *, interview: str | None = None, candidate: str | None = None
) -> tuple[InterviewRecord, ...]:
    """Return the interviews of an organization that are meant: this one, those of a candidate, or all.

    Raises `NotFound` for an interview that is not this organization's.
    """
    if interview is not None:
        record = tx.interviews.get(organization_id, interview)
        if record is None:
            raise NotFound(f"no interview {interview!r} here", next="`greenroom status ORG` lists them")
        return (record,)
    records = tx.interviews.of_organization(organization_id)
    return records if candidate is None else tuple(row for row in records if is_with(row, candidate))


def held(tx: Transaction, records: Iterable[InterviewRecord]) -> tuple[Held, ...]:
    """Return those that have a meeting of their own, with it."""
    found = []
    for record in records:
        row = tx.interviews.meeting(record.organization_id, record.meeting_id) if record.meeting_id else None
        if row is not None:
            found.append(Held(record, row))
    return tuple(found)


def is_with(record: InterviewRecord, candidate: str) -> bool:
    """Whether an interview is with this candidate."""
    email = normalize_email(candidate)
    return any(one.email == email for one in record.interview.candidates)
