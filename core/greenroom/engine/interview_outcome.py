"""What became of one interview, as a value."""

from __future__ import annotations

from greenroom.engine.decisions import deviating
from greenroom.engine.outcomes import InterviewOutcome, InterviewOutcomeKind, MeetingView
from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.questions import Decided
from greenroom.engine.words import text_of
from greenroom.model import HostChoice, Meeting


def outcome_of(
    record: InterviewRecord,
    kind: InterviewOutcomeKind,
    decided: Decided | None,
    *,
    message: str = "",
    meeting: Meeting | None = None,
) -> InterviewOutcome:
    """Return what became of an interview: what was decided of it, if anything was, and its meeting."""
    interview = record.interview
    choice = decided.choice.answer if decided is not None and decided.choice is not None else None
    host = meeting.host if meeting else (choice.host if isinstance(choice, HostChoice) else None)
    via = meeting.via if meeting else (choice.via if isinstance(choice, HostChoice) else None)
    answers = decided.answers if decided is not None else ()
    return InterviewOutcome(
        id=record.id,
        panel=record.panel_id,
        subject=interview.subject,
        start=interview.start,
        minutes=interview.minutes,
        zone=interview.zone,
        interviewers=tuple(person.email for person in interview.interviewers),
        kind=kind,
        message=message,
        host=host.email if host else None,
        via=via.level if via else None,
        considered=choice.considered if isinstance(choice, HostChoice) else (),
        because=tuple(reason for one in answers for reason in one.answer.because),
        deviating=tuple(dict.fromkeys(said for one in answers for said in deviating(one))),
        warnings=tuple(text_of(decided.standing.profile, say) for one in answers for say in one.answer.warnings)
        if decided is not None
        else (),
        meeting=MeetingView(
            id=meeting.id,
            join_url=meeting.join_url,
            host=meeting.host.email,
            via=meeting.via.level,
            degraded=tuple(sorted(meeting.degraded)),
        )
        if meeting
        else None,
    )
