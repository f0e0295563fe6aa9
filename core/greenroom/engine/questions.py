"""Gather the facts of one interview and ask its three questions, in order."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.engine.deployment import Deployment
from greenroom.engine.directory import Directory
from greenroom.engine.ports.records import InterviewRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.settings_input import looked_up_emails
from greenroom.engine.standing import Standing
from greenroom.engine.words import core_refusal
from greenroom.model import (
    Answer,
    Choice,
    CreateRequest,
    HostChoice,
    HostRequest,
    Interview,
    MeetingRequest,
    NewMeeting,
    Person,
    Plan,
    Refusal,
    Span,
    Want,
    Wanted,
)
from greenroom.profiles import Answered


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a profile decided about one interview, as far as it was asked."""

    standing: Standing
    interview: Interview
    want: Answered[Want]
    choice: Answered[Choice] | None = None
    plan: Answered[Plan] | None = None

    @property
    def answers(self) -> tuple[Answered[Answer], ...]:
        """Return the answers in the order they were given."""
        return tuple(one for one in (self.want, self.choice, self.plan) if one is not None)

    @property
    def refusal(self) -> Refusal | None:
        """Return the refusal that ended the questions, if one did."""
        last = self.answers[-1].answer
        if isinstance(last, Refusal):
            return last
        if isinstance(last, NewMeeting) and self.interview.span is None:
            return core_refusal("time_missing", "CORE-05")
        return None


class Questions:
    """Asks `want_meeting`, `select_host` and `create_meeting` with complete facts."""

    def __init__(self, deployment: Deployment, directory: Directory) -> None:
        self._deployment = deployment
        self._directory = directory

    async def decide(self, standing: Standing, record: InterviewRecord) -> Decided:
        """Return the decision about an interview as it stands; raises what Zoom raises when facts cannot be
        looked up [CORE-07]."""
        interview = await self._deployment.store.read(lambda tx: self._with_known_link(tx, record))
        asking = await self._meeting_request(standing, interview)
        want = standing.profile.want_meeting(asking)
        if not isinstance(want.answer, Wanted):
            return Decided(standing=standing, interview=interview, want=want)
        host_request = await self._host_request(standing, asking)
        choice = standing.profile.select_host(host_request)
        if not isinstance(choice.answer, HostChoice):
            return Decided(standing=standing, interview=interview, want=want, choice=choice)
        request = CreateRequest(**_fields(asking), choice=choice.answer)
        plan = standing.profile.create_meeting(request)
        return Decided(standing=standing, interview=interview, want=want, choice=choice, plan=plan)

    def _with_known_link(self, tx: Transaction, record: InterviewRecord) -> Interview:
        """A pasted link that is one of our own meetings is told as such."""
        interview, given = record.interview, record.interview.wish.given
        if given is None:
            return interview
        own = tx.interviews.meeting_by_url(record.organization_id, given.url)
        wish = interview.wish.model_copy(
            update={"given": given.model_copy(update={"same_as": own.meeting if own else None})}
        )
        return interview.model_copy(update={"wish": wish})

    async def _meeting_request(self, standing: Standing, interview: Interview) -> MeetingRequest:
        candidate = interview.candidates[0].email if len(interview.candidates) == 1 else None
        busy: tuple[Span, ...] = ()
        if "busy" in _facts(standing, "want_meeting", "select_host", "create_meeting") and interview.span:
            span = interview.span
            busy = await self._deployment.store.read(lambda tx: _busy(tx, standing, interview, span))
        return MeetingRequest(
            organization=standing.organization,
            actor=standing.actor,
            at=self._deployment.clock.now(),
            settings=standing.settings_view(kind=interview.kind, candidate=candidate),
            connections=standing.visible(),
            parameters=standing.parameters,
            interview=interview,
            calendar=standing.record.calendar,
            busy=busy,
        )

    async def _host_request(self, standing: Standing, asking: MeetingRequest) -> HostRequest:
        facts = _facts(standing, "select_host")
        interview = asking.interview
        named = self._named_hosts(asking) if "hosts" in facts else ()
        asked = {person.email: person for person in named}
        if "interviewers" in facts:
            asked.update({person.email: person for person in interview.interviewers})
        found = await self._directory.people(standing, tuple(asked.values())) if asked else {}
        if "interviewers" in facts:
            interviewers = tuple(found[one.email] for one in interview.interviewers)
            interview = interview.model_copy(update={"interviewers": interviewers})
        if "hosts" in facts:
            scheduler = found[interview.scheduler.email]
            interview = interview.model_copy(update={"scheduler": scheduler})
        load: tuple[tuple[str, Span], ...] = ()
        if "load" in facts and interview.span:
            span = interview.span
            load = await self._deployment.store.read(lambda tx: _load(tx, standing, interview.id, span))
        return HostRequest(
            **{**_fields(asking), "interview": interview},
            hosts=tuple(found[one.email] for one in named),
            turns=standing.turns,
            load=load,
        )

    def _named_hosts(self, asking: MeetingRequest) -> tuple[Person, ...]:
        """The scheduler, and everybody whom settings or the wish name as a host."""
        settings = asking.settings
        emails = [asking.interview.scheduler.email]
        for one in (settings.organization, settings.member, settings.kind, settings.candidate):
            emails.extend(looked_up_emails(one) if one is not None else ())
        if asking.interview.wish.host:
            emails.append(asking.interview.wish.host)
        return tuple(Person(email=email) for email in dict.fromkeys(emails))


def _facts(standing: Standing, *hooks: str) -> frozenset[str]:
    return frozenset().union(*(standing.profile.manifest.facts_for(hook) for hook in hooks))


def _fields(request: MeetingRequest) -> dict[str, object]:
    return {name: getattr(request, name) for name in MeetingRequest.model_fields}


def _busy(tx: Transaction, standing: Standing, interview: Interview, span: Span) -> tuple[Span, ...]:
    """The scheduler's other interviews around that time, as far as we know them."""
    others = tx.interviews.of_organization(standing.record.id)
    return tuple(
        found
        for row in others
        if row.id != interview.id
        and row.state == "live"
        and row.interview.scheduler.email == interview.scheduler.email
        and (found := row.interview.span) is not None
        and found.overlaps(span)
    )


def _load(tx: Transaction, standing: Standing, interview_id: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Other live meetings around that time, by their host's address."""
    spans = {row.id: row.interview.span for row in tx.interviews.of_organization(standing.record.id)}
    rows: tuple[MeetingRecord, ...] = tx.interviews.meetings(standing.record.id)
    return tuple(
        (row.meeting.host.email, found)
        for row in rows
        if row.state == "live"
        and row.meeting.of != interview_id
        and (found := spans.get(row.meeting.of)) is not None
        and found.overlaps(span)
    )
