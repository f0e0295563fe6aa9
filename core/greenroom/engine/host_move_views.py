"""A moved interview in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from greenroom.engine.host_views import HostMoveView
from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.questions import Decided
from greenroom.engine.words import text_of
from greenroom.model import Interview, Refusal

Fate = Literal["moved", "would_move", "untouched", "refused", "failed", "unclear"]


def view_of(record: InterviewRecord, kind: Fate, message: str = "", *, code: str | None = None) -> HostMoveView:
    """Return what became of an interview that stays with its host so far."""
    interview = record.interview
    return HostMoveView(
        interview=record.id,
        subject=interview.subject,
        start=interview.start,
        minutes=interview.minutes,
        zone=interview.zone,
        kind=kind,
        message=message,
        code=code,
    )


def refused_view(record: InterviewRecord, decided: Decided, refusal: Refusal) -> HostMoveView:
    """Return a refusal in the profile's words."""
    message = text_of(decided.standing.profile, refusal.say)
    return view_of(record, "refused", message, code=refusal.code).model_copy(update={"because": refusal.because})


def moved_view(
    record: InterviewRecord, after: Interview, join_url: str | None, *, decided: Decided | None = None
) -> HostMoveView:
    """Return a move that was made, or with ``decided`` that would be."""
    view = view_of(record, "moved" if decided is None else "would_move")
    because = decided.choice.answer.because if decided is not None and decided.choice is not None else ()
    return view.model_copy(
        update={"join_url": join_url, "because": because, "place_taken": tuple(_places(record.interview, after))}
    )


def _places(before: Interview, after: Interview) -> Iterator[Literal["scheduler", "interviewer"]]:
    if before.scheduler.email != after.scheduler.email:
        yield "scheduler"
    if [one.email for one in before.interviewers] != [one.email for one in after.interviewers]:
        yield "interviewer"
