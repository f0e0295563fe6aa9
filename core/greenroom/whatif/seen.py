"""What can be seen of a play from outside: connections, letters, notices, decisions, and Zoom's own ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from greenroom.engine.outcomes import (
    ConnectionView,
    DecisionView,
    InterviewOutcome,
    InterviewView,
    LetterView,
    WaitingView,
)
from greenroom.engine.ports.records import LetterRecord, NoticeRecord
from greenroom.model import Because
from greenroom.whatif.report import ConnectionNow, Happened, InterviewNow, LetterNow, NoticeNow
from greenroom.whatif.stage import ORGANIZATION, Came, Stage


class LedgerMeeting(BaseModel):
    """A meeting as Zoom has it, in Zoom's field names; ``start_time`` and ``created_at`` in UTC."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    uuid: str
    host_email: str
    app: str
    topic: str
    agenda: str
    start_time: AwareDatetime | None = None
    duration: int
    join_url: str
    created_at: AwareDatetime
    deleted_at: AwareDatetime | None = None
    updated_at: tuple[AwareDatetime, ...] = ()


_LEDGER: TypeAdapter[tuple[LedgerMeeting, ...]] = TypeAdapter(tuple[LedgerMeeting, ...])


@dataclass(frozen=True)
class Seen:
    """Everything there was at one moment."""

    connections: tuple[ConnectionView, ...] = ()
    interviews: tuple[InterviewView, ...] = ()
    waiting: tuple[WaitingView, ...] = ()
    meetings: tuple[LedgerMeeting, ...] = ()
    letters: tuple[LetterRecord, ...] = ()
    notices: tuple[NoticeRecord, ...] = ()
    decisions: tuple[DecisionView, ...] = ()


@dataclass
class Links:
    """The links of one play, numbered as they come to be: ``link 1``. What somebody typed keeps its own text."""

    numbers: dict[str, str] = field(default_factory=dict)
    _held: dict[str, str] = field(default_factory=dict)

    def learn(self, meetings: Sequence[LedgerMeeting]) -> None:
        """Number the links of meetings not seen before."""
        for meeting in meetings:
            self.numbers.setdefault(meeting.join_url, f"link {len(self.numbers) + 1}")

    def name(self, url: str) -> str:
        """Return how a link is called."""
        return self.numbers.get(url, "the link typed by hand")

    def is_new(self, interview: str, link: str | None) -> bool:
        """Return whether an interview did not have this link when it was last looked at."""
        if link is None or self._held.get(interview) == link:
            return False
        self._held[interview] = link
        return True

    def within(self, text: str) -> tuple[str, ...]:
        """Return the links that stand in a text."""
        return tuple(name for url, name in self.numbers.items() if url in text)


async def look(stage: Stage) -> Seen:
    """Return what there is now."""
    status = await stage.greenroom.status(ORGANIZATION)
    ledger = await stage.control("GET", "ledger")
    return Seen(
        connections=status.connections,
        interviews=status.interviews,
        waiting=status.waiting,
        meetings=_LEDGER.validate_python(ledger["meetings"]),
        letters=stage.mailbox.letters,
        notices=stage.mailbox.notices,
        decisions=await stage.greenroom.decisions(ORGANIZATION),
    )


def happened(stage: Stage, came: Came, before: Seen, after: Seen, links: Links) -> Happened:
    """Return what an event came to: its answer, and everything that is otherwise than before."""
    links.learn(after.meetings)
    decided = [reason for one in after.decisions[len(before.decisions) :] for reason in _because(one)]
    return Happened(
        outcome=came.outcome,
        says=came.says,
        code=came.code,
        next=came.next,
        connections=tuple(_connections(stage, before, after)),
        interviews=tuple(_interview(stage, one, links) for one in came.interviews),
        letters=(*_sent(stage, before, after, links), *_waiting(stage, came.interviews, links)),
        notices=tuple(
            NoticeNow(to=_recipient(stage, one), text=one.text) for one in after.notices[len(before.notices) :]
        ),
        warnings=tuple(dict.fromkeys(came.warnings)),
        at_zoom=tuple(_at_zoom(stage, before, after, links)),
        notes=came.notes,
        because=tuple(dict.fromkeys((*came.because, *decided))),
    )


def _because(decision: DecisionView) -> tuple[Because, ...]:
    return tuple(Because(clause=one.clause, about=one.about, fact=one.fact) for one in decision.reasons)


def _connections(stage: Stage, before: Seen, after: Seen) -> Iterator[ConnectionNow]:
    earlier = {(one.level, one.owner): one for one in before.connections}
    for one in after.connections:
        old = earlier.get((one.level, one.owner))
        if old == one or (old is None and one.kind == "idle"):
            continue
        yield ConnectionNow(
            level=one.level.value,
            owner=stage.scenario.name_of(one.owner),
            label=one.label,
            kind=one.kind.value,
            zoom_user=stage.scenario.name_of(one.zoom_user) if one.zoom_user else None,
        )


def _interview(stage: Stage, one: InterviewOutcome, links: Links) -> InterviewNow:
    url = one.meeting.join_url if one.meeting is not None else None
    if one.kind == "link" and url is None:
        url = stage.given.get(stage.name_of_interview(one.id), "")
    name, link = stage.name_of_interview(one.id), links.name(url) if url is not None else None
    return InterviewNow(
        name=name,
        state=one.kind,
        host=stage.scenario.name_of(one.host) if one.host else None,
        via=one.via.value if one.via else None,
        link=link,
        new_link=links.is_new(name, link),
        considered=tuple(item.model_copy(update={"who": stage.scenario.name_of(item.who)}) for item in one.considered),
    )


def _sent(stage: Stage, before: Seen, after: Seen, links: Links) -> Iterator[LetterNow]:
    for letter in after.letters[len(before.letters) :]:
        yield LetterNow(
            interview=stage.name_of_interview(letter.interview_id),
            audience=letter.audience,
            by=letter.channel,
            to=tuple(stage.scenario.name_of(email) for email in letter.recipients),
            method=letter.method,
            sent=True,
            links=links.within(letter.text),
        )


def _waiting(stage: Stage, outcomes: Sequence[InterviewOutcome], links: Links) -> Iterator[LetterNow]:
    waiting = (letter for one in outcomes for letter in one.letters if letter.state in {"drafted", "previewed"})
    for letter in waiting:
        yield waiting_letter(stage, letter, links)


def waiting_letter(stage: Stage, letter: LetterView, links: Links) -> LetterNow:
    """Return a letter that waits to be sent."""
    return LetterNow(
        interview=stage.name_of_interview(letter.interview),
        audience=letter.audience,
        by=letter.channel,
        to=tuple(stage.scenario.name_of(email) for email in letter.recipients),
        sent=False,
        links=links.within(letter.text),
    )


def _recipient(stage: Stage, notice: NoticeRecord) -> str:
    return stage.scenario.name_of(notice.recipient) if notice.recipient else notice.to.replace("_", " ")


def _at_zoom(stage: Stage, before: Seen, after: Seen, links: Links) -> Iterator[str]:
    old: Mapping[str, LedgerMeeting] = {meeting.uuid: meeting for meeting in before.meetings}
    for meeting in after.meetings:
        known = old.get(meeting.uuid)
        if known is None:
            yield f"made under {stage.scenario.name_of(meeting.host_email)}"
        elif len(meeting.updated_at) > len(known.updated_at):
            yield f"{links.name(meeting.join_url)} changed"
        if meeting.deleted_at is not None and (known is None or known.deleted_at is None):
            yield f"{links.name(meeting.join_url)} deleted"
