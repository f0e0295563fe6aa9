"""Schedule a panel: bring each interview to the stage where the profile's link comes into being."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from weakref import WeakValueDictionary

from greenroom.engine.decisions import decision_record, keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.interview_outcome import outcome_of
from greenroom.engine.letters import STAGES, Letters, shows_of
from greenroom.engine.meetings import FactsMoved, HostRefused, Meetings, draft_of, new_marker
from greenroom.engine.notices import deliver
from greenroom.engine.outcomes import InterviewOutcome, InterviewOutcomeKind, PanelOutcome
from greenroom.engine.panel import Slot
from greenroom.engine.ports.records import InterviewRecord, MeetingRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import (
    OutcomeUnclear,
    RateLimited,
    ZoomError,
)
from greenroom.engine.problems import tell_failure
from greenroom.engine.questions import Decided, Questions
from greenroom.engine.second_choice import chosen_again, told
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.ways import refused_outcome
from greenroom.engine.words import text_of
from greenroom.errors import NotFound
from greenroom.model import (
    GivenLink,
    HostChoice,
    Interview,
    Meeting,
    NewMeeting,
    NotYet,
    Person,
    Refusal,
    Stage,
    UseLink,
)
from greenroom.profiles import Profile

MOST_ASKS = 30
"""Facts move when others schedule too: those of this process wait in line, so that mostly two asks do."""


class Schedule:
    """The use case behind `schedule` and `retry`."""

    def __init__(
        self,
        deployment: Deployment,
        questions: Questions,
        meetings: Meetings,
        letters: Letters,
    ) -> None:
        self._deployment = deployment
        self._questions = questions
        self._meetings = meetings
        self._letters = letters
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def panel(
        self, standing: Standing, slots: tuple[Slot, ...], *, scheduler: Person, kind: str | None
    ) -> PanelOutcome:
        """Save the interviews of a panel and bring each as far as it goes; one that fails stops no other."""
        records = self._records(standing, slots, scheduler, kind)

        def save(tx: Transaction) -> None:
            for record in records:
                tx.interviews.save(record)

        await self._deployment.store.write(save)
        outcomes = [await self.bring(record) for record in records]
        return PanelOutcome(organization=standing.record.name, panel=records[0].panel_id, interviews=tuple(outcomes))

    async def dry_run(
        self, standing: Standing, slots: tuple[Slot, ...], *, scheduler: Person, kind: str | None
    ) -> PanelOutcome:
        """Say what would be created, under whom and seen by whom; write nothing, ask nothing of Zoom but who is
        there."""
        records = self._records(standing, slots, scheduler, kind)
        outcomes = [await self._planned(standing, record) for record in records]
        return PanelOutcome(organization=standing.record.name, panel="", dry_run=True, interviews=tuple(outcomes))

    async def plan(self, standing: Standing, record: InterviewRecord) -> InterviewOutcome:
        """Say what would come of a stored interview under the profile of ``standing``; write nothing."""
        profile, confirmed = standing.profile, not record.unconfirmed
        stage = _aim(profile, record.interview, confirmed=confirmed)
        there = {"profile": profile.name, "edition": profile.edition, "given": None}
        interview = record.interview.model_copy(update={"stage": stage})
        return await self._planned(standing, record.model_copy(update={**there, "interview": interview}))

    async def refusal(self, record: InterviewRecord) -> InterviewOutcome | None:
        """Ask about an interview before anything is given up for it; return why not, and keep only that decision.

        ``None``: nothing stands in its way.
        """
        standing = await self._standing(record)
        try:
            decided = await self._questions.decide(standing, record)
        except ZoomError as error:
            return await self._failed(record, error)
        refusal = decided.refusal
        if refusal is None:
            return None
        await self._keep_decision(record, decided)
        outcome = outcome_of(record, "refused", decided, message=text_of(standing.profile, refusal.say))
        return refused_outcome(outcome, standing.profile, refusal)

    async def retry(self, interview_id: str) -> InterviewOutcome:
        """Settle what is open about an interview by looking at Zoom, then bring it as far as it goes."""
        record = await self.find(interview_id)
        intent = await self._deployment.store.read(lambda tx: tx.interviews.open_intent(record.id))
        if intent is not None:
            standing = await self._standing(record)
            try:
                await self._meetings.settle(intent, standing)
            except ZoomError as error:
                return await self._failed(record, error)
        return await self.bring(await self.find(interview_id))

    async def find(self, interview_id: str) -> InterviewRecord:
        """Return an interview; raises `NotFound`."""
        record = await self._deployment.store.read(lambda tx: tx.interviews.get(None, interview_id))
        if record is None:
            raise NotFound(f"no interview {interview_id!r}", next="`greenroom status ORG` lists them")
        return record

    async def bring(self, record: InterviewRecord) -> InterviewOutcome:
        """Bring one interview as far as it goes: decide, make its meeting, draft its letters, send what goes at
        once."""
        if record.meeting_id is not None:
            return await self._with_meeting(record)
        record = await self._raised(record)
        try:
            return await self._decided(record)
        except HostRefused as refused:
            return await self._chosen_anew(record, refused)

    async def _decided(self, record: InterviewRecord, refused: HostRefused | None = None) -> InterviewOutcome:
        """Decide and carry it out, anew while facts move. Raises `HostRefused`, also for the host refused before."""
        for ask in range(MOST_ASKS):
            decided = None
            try:
                async with self._in_line(record, ask):
                    decided = await self._questions.decide(await self._standing(record), record)
                    again = chosen_again(refused, decided) if refused is not None else None
                    if again is not None:
                        await self._keep_decision(record, decided)
                        raise again
                    return await self._carry_out(record, decided)
            except FactsMoved as moved:
                record = await self.find(record.id)
                if record.meeting_id is not None:
                    return await self._with_meeting(record)
                last = moved
            except ZoomError as error:
                return await self._failed(record, error, decided)
        return await self._failed(record, last)

    def _in_line(self, record: InterviewRecord, ask: int) -> AbstractAsyncContextManager[None]:
        """Those who ask again do so one after another, or they would go on moving each other's facts."""
        if ask == 0:
            return nullcontext()
        return self._lines.setdefault(record.organization_id, asyncio.Lock())

    async def _chosen_anew(self, record: InterviewRecord, refused: HostRefused) -> InterviewOutcome:
        """Zoom refused the host: look up who exists and ask the profile once more [CORE-16]."""
        again = None
        try:
            await self._questions.look_again(await self._standing(record), refused.choice)
            outcome = await self._decided(record, refused)
        except HostRefused as second:
            again = second
            outcome = await self._failed(record, second.refusal)
        except ZoomError as error:
            outcome = await self._failed(record, error)
        return told(outcome, refused, again)

    async def _raised(self, record: InterviewRecord) -> InterviewRecord:
        """Raise an interview to the stage it is to reach: a refusal left it a draft, and facts may have moved since."""
        interview = record.interview
        profile = (await self._standing(record)).profile
        stage = max(interview.stage, _aim(profile, interview, confirmed=not record.unconfirmed))
        if stage == interview.stage:
            return record
        raised = record.model_copy(update={"interview": interview.model_copy(update={"stage": stage})})
        await self._deployment.store.write(lambda tx: tx.interviews.save(raised))
        return raised

    def _records(
        self, standing: Standing, slots: tuple[Slot, ...], scheduler: Person, kind: str | None
    ) -> tuple[InterviewRecord, ...]:
        panel_id = self._deployment.ids.new("pan")
        return tuple(self._record(standing, slot, panel_id, scheduler, kind) for slot in slots)

    def _record(
        self, standing: Standing, slot: Slot, panel_id: str, scheduler: Person, kind: str | None
    ) -> InterviewRecord:
        interview = Interview(
            id=self._deployment.ids.new("int"),
            panel=panel_id,
            kind=kind,
            wish=slot.wish,
            subject=slot.subject,
            start=slot.start,
            minutes=slot.minutes,
            zone=slot.zone,
            scheduler=scheduler,
            interviewers=slot.interviewers,
            candidates=slot.candidates,
            room=slot.room,
            notes=slot.notes,
        )
        interview = interview.model_copy(update={"stage": _aim(standing.profile, interview, confirmed=slot.confirmed)})
        return InterviewRecord(
            id=interview.id,
            organization_id=standing.record.id,
            panel_id=panel_id,
            profile=standing.record.profile,
            edition=standing.record.edition,
            interview=interview,
            marker=new_marker(self._deployment.ids.secret()),
            unconfirmed=not slot.confirmed,
            created_at=self._deployment.clock.now(),
        )

    async def _standing(self, record: InterviewRecord) -> Standing:
        """The organization as it stands for the member who schedules: they stay the scheduler, whoever acts."""

        def read(tx: Transaction) -> Standing:
            member = tx.organizations.member(record.organization_id, record.interview.scheduler.email)
            return read_standing(tx, self._deployment.profiles, record.organization_id, member, under=record.under)

        return await self._deployment.store.read(read)

    async def _carry_out(self, record: InterviewRecord, decided: Decided) -> InterviewOutcome:
        refusal = decided.refusal
        choice = decided.choice.answer if decided.choice else None
        plan = decided.plan.answer if decided.plan else None
        if refusal is not None:
            return await self._refused(record, decided, refusal)
        if isinstance(choice, HostChoice) and isinstance(plan, NewMeeting):
            made = await self._meetings.make(record, decided, choice, plan)
            return await self._with_meeting(await self.find(record.id), decided, made.record)
        await self._keep_decision(record, decided)
        want = decided.want.answer
        if isinstance(want, NotYet):
            return outcome_of(record, "not_yet", decided, message=text_of(decided.standing.profile, want.say))
        if isinstance(want, UseLink):
            return await self._with_link(record, decided, want.link)
        return await self._invited(record, outcome_of(record, "none", decided), decided.standing)

    async def _with_link(self, record: InterviewRecord, decided: Decided, link: GivenLink) -> InterviewOutcome:
        kept = record.model_copy(update={"given": link})

        def commit(tx: Transaction) -> None:
            tx.interviews.save(kept)
            own = tx.interviews.meeting_by_url(record.organization_id, link.url)
            if own is not None:
                users = own.meeting.used_by | {record.id}
                tx.interviews.save_meeting(
                    own.model_copy(update={"meeting": own.meeting.model_copy(update={"used_by": users})})
                )

        await self._deployment.store.write(commit)
        return await self._invited(kept, outcome_of(kept, "link", decided), decided.standing)

    async def _with_meeting(
        self, record: InterviewRecord, decided: Decided | None = None, meeting: MeetingRecord | None = None
    ) -> InterviewOutcome:
        standing = decided.standing if decided is not None else await self._standing(record)
        if meeting is None:
            meeting_id = record.meeting_id or ""
            meeting = await self._deployment.store.read(
                lambda tx: tx.interviews.meeting(record.organization_id, meeting_id)
            )
        assert meeting is not None
        outcome = outcome_of(record, "made", decided, meeting=meeting.meeting)
        problems = _degraded_warnings(standing, meeting.meeting)
        differs = (text_of(standing.profile, record.differs),) if record.differs is not None else ()
        outcome = outcome.model_copy(update={"warnings": (*outcome.warnings, *problems, *differs)})
        if await self._letters.told(record.id, of=record.sequence):
            return outcome.model_copy(update={"letters": await self._letters.view(record.id)})
        return await self._invited(record, outcome, standing)

    async def _invited(
        self, record: InterviewRecord, outcome: InterviewOutcome, standing: Standing
    ) -> InterviewOutcome:
        """Tell who is to be told; of a time that is only proposed nobody is."""
        if record.unconfirmed:
            return outcome
        told = await self._letters.told(record.id)
        drafted = await self._letters.draft(standing, record, why="changed" if told else "new")
        if isinstance(drafted, Refusal):
            return outcome
        if told:
            sent = await self._letters.follow(record.id, drafted)
        else:
            sent = await self._letters.release(drafted, held_too=False)
        if sent:
            await self._sent(record)
        return outcome.model_copy(update={"letters": await self._letters.view(record.id)})

    async def _sent(self, record: InterviewRecord) -> None:
        moved = record.interview.model_copy(update={"stage": Stage.SENT})
        kept = record.model_copy(update={"interview": moved})
        await self._deployment.store.write(lambda tx: tx.interviews.save(kept))

    async def _keep_decision(self, record: InterviewRecord, decided: Decided) -> None:
        def commit(tx: Transaction) -> tuple[NoticeRecord, ...]:
            for answered in decided.answers:
                tx.records.add_decision(
                    decision_record(
                        self._deployment, decided.standing, answered, question=answered.hook, interview_id=record.id
                    )
                )
            notices = decided.answers[-1].answer.notices
            return keep_notices(tx, self._deployment, decided.standing, notices, event=f"decided:{record.id}")

        await deliver(self._deployment, await self._deployment.store.write(commit))

    async def _refused(self, record: InterviewRecord, decided: Decided, refusal: Refusal) -> InterviewOutcome:
        """A refusal keeps the interview where it was before this stage: a draft, without a meeting."""
        await self._keep_decision(record, decided)
        back = record.interview.model_copy(update={"stage": Stage.DRAFT})
        kept = record.model_copy(update={"interview": back})
        await self._deployment.store.write(lambda tx: tx.interviews.save(kept))
        outcome = outcome_of(kept, "refused", decided, message=text_of(decided.standing.profile, refusal.say))
        return refused_outcome(outcome, decided.standing.profile, refusal)

    async def _failed(
        self, record: InterviewRecord, error: ZoomError | FactsMoved, decided: Decided | None = None
    ) -> InterviewOutcome:
        standing = await self._standing(record)
        kind: InterviewOutcomeKind = "unclear" if isinstance(error, OutcomeUnclear) else "failed"
        if isinstance(error, ZoomError):
            event = f"{record.id}:{record.sequence}"
            await tell_failure(self._deployment, standing, error, event=event)
        outcome = outcome_of(record, kind, decided, message=str(error))
        until = error.until if isinstance(error, RateLimited) else None
        return outcome.model_copy(update={"code": error.code, "not_before": until})

    async def _planned(self, standing: Standing, record: InterviewRecord) -> InterviewOutcome:
        try:
            decided = await self._questions.decide(standing, record)
        except ZoomError as error:
            return outcome_of(record, "failed", None, message=str(error)).model_copy(update={"code": error.code})
        refusal = decided.refusal
        if refusal is not None:
            message = text_of(standing.profile, refusal.say)
            planned = outcome_of(record, "refused", decided, message=message)
            return refused_outcome(planned, standing.profile, refusal)
        plan = decided.plan.answer if decided.plan else None
        if not isinstance(plan, NewMeeting) or decided.choice is None:
            return self._planned_without(standing, record, decided)
        choice = decided.choice.answer
        assert isinstance(choice, HostChoice)
        pretend = Meeting(id="0", join_url="https://zoom.us/j/0", host=choice.host, via=choice.via, of=record.id)
        draft = draft_of(standing, decided.interview, plan, marker=record.marker, passcode="")
        invites = self._letters.ask(standing, record, pretend, "new")
        return outcome_of(record, "planned", decided).model_copy(
            update={"shows": shows_of(invites), "asked": _asked(draft.model_dump(exclude_none=True))}
        )

    def _planned_without(self, standing: Standing, record: InterviewRecord, decided: Decided) -> InterviewOutcome:
        want = decided.want.answer
        if isinstance(want, NotYet):
            return outcome_of(record, "not_yet", decided, message=text_of(standing.profile, want.say))
        kind: InterviewOutcomeKind = "link" if isinstance(want, UseLink) else "none"
        given = want.link if isinstance(want, UseLink) else None
        invites = self._letters.ask(standing, record.model_copy(update={"given": given}), None, "new")
        return outcome_of(record, kind, decided).model_copy(update={"shows": shows_of(invites)})


def _aim(profile: Profile, interview: Interview, *, confirmed: bool) -> Stage:
    """Return the stage scheduling brings an interview to: the profile's link stage, saved at most while it is open."""
    target = STAGES[profile.manifest.link.stage]
    complete = confirmed and interview.subject is not None and interview.span is not None
    return target if complete else min(target, Stage.SAVED)


def _degraded_warnings(standing: Standing, meeting: Meeting) -> tuple[str, ...]:
    problems = standing.profile.manifest.problems
    return tuple(
        standing.profile.labels.messages.get(problems[key].say, problems[key].say)
        for name in sorted(meeting.degraded)
        if (key := f"degraded.{name}") in problems
    )


_CONTENT = frozenset({"topic", "agenda", "start", "minutes", "zone", "passcode"})


def _asked(draft: dict[str, object]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in sorted(draft.items()) if name not in _CONTENT)
