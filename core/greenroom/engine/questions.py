"""Gather the facts of one interview and ask its three questions, in order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from greenroom.engine.calendars import Calendars
from greenroom.engine.deployment import Deployment
from greenroom.engine.directory import Directory
from greenroom.engine.host_given import given_to
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

    def __init__(self, deployment: Deployment, directory: Directory, calendars: Calendars) -> None:
        self._deployment = deployment
        self._directory = directory
        self._calendars = calendars

    async def decide(self, standing: Standing, record: InterviewRecord, *, host: str | None = None) -> Decided:
        """Return the decision about an interview as it stands; raises what Zoom raises when facts cannot be
        looked up [CORE-07]. With ``host``, whether this person may host it: nobody else is chosen then."""
        interview = await self._deployment.store.read(lambda tx: self._with_known_link(tx, record))
        asking = await self._meeting_request(standing, interview)
        want = standing.profile.want_meeting(asking)
        if not isinstance(want.answer, Wanted):
            return Decided(standing=standing, interview=interview, want=want)
        choice = await self._choice(standing, asking, host)
        if not isinstance(choice.answer, HostChoice):
            return Decided(standing=standing, interview=interview, want=want, choice=choice)
        request = CreateRequest(**_fields(asking), choice=choice.answer)
        plan = standing.profile.create_meeting(request)
        return Decided(standing=standing, interview=interview, want=want, choice=choice, plan=plan)

    async def who_hosts(self, standing: Standing, interview: Interview) -> Answered[Choice]:
        """Return whom the profile would choose for an interview; nothing is decided, and no turn is used."""
        return await self._choice(standing, await self._meeting_request(standing, interview), None)

    async def _choice(self, standing: Standing, asking: MeetingRequest, host: str | None) -> Answered[Choice]:
        request = await self._host_request(standing, asking)
        choice = standing.profile.select_host(request)
        if host is None or not isinstance(choice.answer, HostChoice) or choice.answer.host.email == host:
            return choice
        named = await self._directory.people(standing, (Person(email=host),))
        return replace(choice, answer=given_to(choice.answer, named[host]))

    async def conflicts(self, standing: Standing, interview: Interview) -> Wanted | None:
        """Return what the profile says of an interview that moved, if it looks at who is busy; nothing is decided.

        Raises what Zoom raises when a calendar cannot be looked into [CORE-07].
        """
        if "busy" not in _facts(standing, "want_meeting"):
            return None
        want = standing.profile.want_meeting(await self._meeting_request(standing, interview)).answer
        return want if isinstance(want, Wanted) else None

    async def look_again(self, standing: Standing, choice: HostChoice) -> None:
        """Look at Zoom anew for everybody whom the connection of a choice knows; raises what Zoom raises."""
        row = standing.stored_as(choice.via)
        if row is not None:
            await self._directory.renew(standing, row)

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
            others = await self._deployment.store.read(lambda tx: _busy(tx, standing, interview, span))
            busy = (*others, *await self._calendars.busy(standing, interview))
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
            load = await self._deployment.store.read(lambda tx: load_around(tx, standing, interview.id, span))
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
    """Return when whoever takes part has another interview of ours around that time; ``what`` is who."""
    people = _people(interview)
    return tuple(
        Span(start=found.start, end=found.end, what=email)
        for row in tx.interviews.of_organization(standing.record.id)
        if row.id != interview.id and row.state == "live"
        if (found := row.interview.span) is not None and found.overlaps(span)
        for email in sorted(people & _people(row.interview))
    )


def _people(interview: Interview) -> frozenset[str]:
    everybody = (interview.scheduler, *interview.interviewers, *interview.candidates)
    return frozenset(person.email for person in everybody)


def load_around(tx: Transaction, standing: Standing, interview_id: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Return other live meetings around that time, by their host's address."""
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
