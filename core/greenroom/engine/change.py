"""After the meeting was made: preview and send, reschedule, cancel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from greenroom.engine.change_facts import change_request, reachable
from greenroom.engine.decisions import decision_record, deviating, keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.grants import Grants
from greenroom.engine.host_days import note_refusal, plainly, today, used_up
from greenroom.engine.host_given import refuse_while_moving
from greenroom.engine.left_at_zoom import left_at_zoom
from greenroom.engine.letters import Letters, letter_view, waits_for_preview
from greenroom.engine.notices import deliver
from greenroom.engine.outcomes import InterviewOutcome, InterviewOutcomeKind, LetterView, MeetingView
from greenroom.engine.own_changes import changing
from greenroom.engine.ports.records import ConnectionRecord, InterviewRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import MeetingDraft, OutcomeUnclear, RateLimited, ZoomError
from greenroom.engine.questions import Questions
from greenroom.engine.schedule import Schedule
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.ways import refused_outcome
from greenroom.engine.words import defaults_in, text_of
from greenroom.errors import BadInput, NotFound
from greenroom.model import Follow, Interview, Meeting, Refusal, Stage, Wanted, Why
from greenroom.rules import because


class Change:
    """The use cases behind `preview`, `send`, `reschedule` and `cancel`."""

    def __init__(
        self, deployment: Deployment, grants: Grants, letters: Letters, schedule: Schedule, questions: Questions
    ) -> None:
        self._deployment = deployment
        self._questions = questions
        self._grants = grants
        self._letters = letters
        self._schedule = schedule

    async def preview(self, id: str) -> tuple[LetterView, ...]:
        """Compose the letters of an interview or a whole panel anew and return exactly what would be sent.

        Letters already sent stay as they are and are not among them.
        """
        views: list[LetterView] = []
        for record in await self._live(id):
            if await self._letters.told(record.id) and not await self._letters.waiting((record,)):
                continue
            drafted = await self._letters.draft(await self.standing(record), record)
            if isinstance(drafted, Refusal):
                continue
            seen = await self._letters.mark_previewed(drafted)
            url = await self._join_url(record)
            views.extend(letter_view(letter, url) for letter in seen)
        return tuple(views)

    async def send(self, id: str) -> tuple[LetterView, ...]:
        """Send every waiting letter of an interview or a panel. Raises `BadInput` when there is nothing to send, or
        when the profile wants the letters looked at first."""
        records = await self._live(id)
        waiting = await self._letters.waiting(records)
        if not waiting:
            raise BadInput("there is nothing to send", where=id, next="`greenroom preview ID` shows what there is")
        standing = await self.standing(records[0])
        if waits_for_preview(standing, waiting):
            clauses = ", ".join(standing.profile.manifest.sending.clauses)
            raise BadInput(
                f"this profile previews before it sends [{clauses}]", where=id, next=f"Run greenroom preview {id}"
            )
        sent = await self._letters.release(waiting, held_too=True)
        await self._mark_sent({letter.interview_id for letter in sent}, records)
        urls = {record.id: await self._join_url(record) for record in records}
        return tuple(letter_view(letter, urls[letter.interview_id]) for letter in sent)

    async def reschedule(self, interview_id: str, start: datetime, minutes: int | None) -> InterviewOutcome:
        """Move an interview: one update at Zoom that keeps the link, and everybody told is told."""
        record = await self._schedule.find(interview_id)
        self._must_be_live(record)
        if start <= self._deployment.clock.now():
            raise BadInput("it would start in the past", where="--start", next="Choose a later time")
        after = record.interview.model_copy(update={"start": start, "minutes": minutes or record.interview.minutes})
        if record.meeting_id is None:
            moved = record.model_copy(update={"interview": after, "sequence": record.sequence + 1})
            await self._deployment.store.write(lambda tx: tx.interviews.save(moved))
            return await self._schedule.bring(moved)
        standing = await self.standing(record)
        try:
            said = await self._questions.conflicts(standing, after)
        except ZoomError as error:
            outcome = self._outcome(record, "failed", await self._meeting_row(record), str(error))
            return outcome.model_copy(update={"code": error.code})
        outcome = await self._follow(record, after)
        return outcome if said is None else await self._with_conflicts(standing, record, outcome, said)

    async def cancel(self, interview_id: str) -> InterviewOutcome:
        """Cancel an interview: its meeting is deleted unless other interviews state its link; the told are told.

        One that was cancelled while Zoom could not be reached has its meeting deleted then, and tells nobody again.
        """
        record = await self._schedule.find(interview_id)
        if record.state == "cancelled" and record.differs is not None:
            return await self._delete_left(record)
        self._must_be_live(record)
        intent = await self._deployment.store.read(lambda tx: tx.interviews.open_intent(record.id))
        if intent is not None:
            raise BadInput(
                "nobody knows yet whether Zoom made its meeting",
                where=record.id,
                next="Run `greenroom retry` first",
            )
        return await self._follow(record, None)

    async def _delete_left(self, record: InterviewRecord) -> InterviewOutcome:
        """Delete the meeting that an interview left at Zoom when it was cancelled [CORE-02, CORE-09]."""
        standing, row = await self.standing(record), await self._meeting_row(record)
        connection = await self._connection(row)
        if row is None or connection is None or not reachable(standing, connection, row):
            raise BadInput(
                "this interview was cancelled, and its meeting is still out of reach", where=record.id, next="Connect"
            )
        assert connection.grant_id is not None
        try:
            row = await self.leave(record, row, connection.grant_id)
        except ZoomError as error:
            kind: InterviewOutcomeKind = "unclear" if isinstance(error, OutcomeUnclear) else "failed"
            return self._outcome(record, kind, row, str(error)).model_copy(update={"code": error.code})
        mended = record.model_copy(update={"differs": None})
        await self._deployment.store.write(lambda tx: tx.interviews.save(mended))
        return self._outcome(mended, "made", row, "").model_copy(update={"because": because("CORE-02")})

    async def let_go(self, record: InterviewRecord) -> InterviewOutcome | None:
        """Give up the link an interview states; return an outcome if its meeting could not be deleted [CORE-15].

        A meeting whose connection is gone stays at Zoom [CORE-09].
        """
        row = await self._meeting_row(record)
        connection = await self._connection(row)
        if row is None or row.state != "live":
            return None
        await self._keep_let_go(record, reachable=connection is not None and connection.grant_id is not None)
        if connection is None or connection.grant_id is None:
            return None
        try:
            await self.leave(record, row, connection.grant_id)
        except ZoomError as error:
            kind: InterviewOutcomeKind = "unclear" if isinstance(error, OutcomeUnclear) else "failed"
            return self._outcome(record, kind, row, str(error)).model_copy(update={"code": error.code})
        return None

    async def _keep_let_go(self, record: InterviewRecord, *, reachable: bool) -> None:
        standing = await self.standing(record)
        reasons = because("CORE-15") if reachable else because("CORE-09")
        answer = Follow(at_zoom="delete" if reachable else "keep", calendars="update", because=reasons)
        answered = standing.profile.by_core(answer, hook="change")
        question = "change: its link is taken out"
        decision = decision_record(self._deployment, standing, answered, question=question, interview_id=record.id)
        await self._deployment.store.write(lambda tx: tx.records.add_decision(decision))

    async def standing(self, record: InterviewRecord) -> Standing:
        """Return the organization's standing for the interview's scheduler."""

        def read(tx: Transaction) -> Standing:
            member = tx.organizations.member(record.organization_id, record.interview.scheduler.email)
            return read_standing(tx, self._deployment.profiles, record.organization_id, member, under=record.under)

        return await self._deployment.store.read(read)

    async def _with_conflicts(
        self, standing: Standing, record: InterviewRecord, outcome: InterviewOutcome, said: Wanted
    ) -> InterviewOutcome:
        """Say what an interview that moved conflicts with, and tell whom the profile says."""
        if outcome.kind != "made":
            return outcome
        event = f"moved:{record.id}:{record.sequence + 1}"
        kept = await self._deployment.store.write(
            lambda tx: keep_notices(tx, self._deployment, standing, said.notices, event=event)
        )
        await deliver(self._deployment, kept)
        warnings = tuple(text_of(standing.profile, say) for say in said.warnings)
        return outcome.model_copy(update={"warnings": (*outcome.warnings, *warnings)})

    async def _follow(self, record: InterviewRecord, after: Interview | None) -> InterviewOutcome:
        standing = await self.standing(record)
        row = await self._meeting_row(record)
        connection = await self._connection(row)
        request = await self._deployment.store.read(
            lambda tx: change_request(tx, self._deployment, standing, record, after, row)
        )
        answered = standing.profile.change(request)
        answer = answered.answer
        question = "change: " + ("cancelled" if after is None else "moved")
        decision = decision_record(self._deployment, standing, answered, question=question, interview_id=record.id)
        await self._deployment.store.write(lambda tx: tx.records.add_decision(decision))
        if isinstance(answer, Refusal):
            outcome = self._outcome(record, "refused", row, text_of(standing.profile, answer.say))
            return refused_outcome(outcome, standing.profile, answer)
        try:
            row = await self._at_zoom(record, after, row, connection, answer)
        except ZoomError as error:
            kind: InterviewOutcomeKind = "unclear" if isinstance(error, OutcomeUnclear) else "failed"
            until = error.until if isinstance(error, RateLimited) else None
            failed = self._outcome(record, kind, row, str(error))
            return failed.model_copy(update={"code": error.code, "not_before": until})
        outcome = await self._after_zoom(standing, record, after, row, answer)
        said = {"deviating": deviating(answered), "defaults": defaults_in(standing.profile, answer.because)}
        return outcome.model_copy(update=said)

    async def _after_zoom(
        self,
        standing: Standing,
        record: InterviewRecord,
        after: Interview | None,
        row: MeetingRecord | None,
        answer: Follow,
    ) -> InterviewOutcome:
        behind = left_at_zoom(record, after, row, answer)
        changed = record.model_copy(
            update={
                "interview": after or record.interview,
                "state": "live" if after is not None else "cancelled",
                "differs": behind,
                "sequence": record.sequence + (answer.calendars != "keep"),
            }
        )

        def commit(tx: Transaction) -> None:
            tx.interviews.save(changed)
            if row is not None and answer.at_zoom == "update":
                tx.interviews.save_meeting(row)
                tx.host_days.count(row.meeting.host.id, today(self._deployment))

        await self._deployment.store.write(commit)
        why: Why = "changed" if after is not None else "cancelled"
        said = (behind,) if behind is not None and not answer.warnings else ()
        outcome = self._outcome(changed, "made" if row is not None else "none", row, "").model_copy(
            update={
                "because": answer.because,
                "warnings": tuple(text_of(standing.profile, say) for say in (*answer.warnings, *said)),
            }
        )
        if answer.calendars == "keep":
            return outcome
        drafted = await self._letters.draft(standing, changed, why=why)
        if not isinstance(drafted, Refusal):
            await self._letters.follow(record.id, drafted)
        return outcome.model_copy(update={"letters": await self._letters.view(record.id)})

    async def _at_zoom(
        self,
        record: InterviewRecord,
        after: Interview | None,
        row: MeetingRecord | None,
        connection: ConnectionRecord | None,
        answer: Follow,
    ) -> MeetingRecord | None:
        if row is None or connection is None or connection.grant_id is None or answer.at_zoom == "keep":
            return row
        if answer.at_zoom == "update" and after is not None:
            async with changing(self._deployment, row):
                await self._update(connection.grant_id, row.meeting, _moved(after))
            return row.model_copy(update={"span": after.span})
        return await self.leave(record, row, connection.grant_id)

    async def leave(self, record: InterviewRecord, row: MeetingRecord, grant_id: str) -> MeetingRecord:
        """An interview states this meeting no more: the last one to do so takes it with it."""
        others, zoom = row.meeting.used_by - {record.id}, self._deployment.zoom
        if others:
            kept = row.model_copy(update={"meeting": row.meeting.model_copy(update={"used_by": others})})
        else:
            async with changing(self._deployment, row):
                await self._grants.call(grant_id, lambda access: zoom.delete_meeting(access, row.meeting.id))
            kept = row.model_copy(update={"state": "deleted"})
        await self._deployment.store.write(lambda tx: tx.interviews.save_meeting(kept))
        return kept

    async def _update(self, grant_id: str, meeting: Meeting, draft: MeetingDraft) -> None:
        """Update in place. It may be done again, so an unclear outcome is settled by reading the meeting back."""
        zoom, host_id, deployment = self._deployment.zoom, meeting.host.id, self._deployment
        limited = await deployment.store.read(lambda tx: used_up(tx, deployment, host_id))
        if limited is not None:
            raise limited
        try:
            await self._grants.call(
                grant_id, lambda access: zoom.update_meeting(access, meeting.id, draft, host_id=host_id)
            )
        except RateLimited as error:
            refusal = error
            await deployment.store.write(lambda tx: note_refusal(tx, deployment, host_id, refusal))
            raise plainly(error) from error
        except OutcomeUnclear:
            now = await self._grants.call(grant_id, lambda access: zoom.get_meeting(access, meeting.id))
            if (now.start, now.minutes) != (draft.start, draft.minutes):
                raise

    async def _live(self, id: str) -> tuple[InterviewRecord, ...]:
        panel = await self._deployment.store.read(lambda tx: tx.interviews.of_panel(id))
        records = panel or (await self._schedule.find(id),)
        live = tuple(record for record in records if record.state == "live")
        if not live:
            raise NotFound("every interview of it was cancelled", where=id, next="Schedule anew")
        return live

    async def _mark_sent(self, ids: set[str], records: Sequence[InterviewRecord]) -> None:
        def commit(tx: Transaction) -> None:
            for record in records:
                if record.id in ids:
                    moved = record.interview.model_copy(update={"stage": Stage.SENT})
                    tx.interviews.save(record.model_copy(update={"interview": moved}))

        await self._deployment.store.write(commit)

    async def _meeting_row(self, record: InterviewRecord) -> MeetingRecord | None:
        """The meeting an interview states: the one made for it, or one of ours it was given the link of."""

        def read(tx: Transaction) -> MeetingRecord | None:
            if record.meeting_id is not None:
                return tx.interviews.meeting(record.organization_id, record.meeting_id)
            if record.given is not None:
                return tx.interviews.meeting_by_url(record.organization_id, record.given.url)
            return None

        return await self._deployment.store.read(read)

    async def _connection(self, row: MeetingRecord | None) -> ConnectionRecord | None:
        if row is None:
            return None
        connection_id = row.connection_id
        return await self._deployment.store.read(lambda tx: tx.connections.get(connection_id))

    async def _join_url(self, record: InterviewRecord) -> str | None:
        row = await self._meeting_row(record)
        return row.meeting.join_url if row is not None else (record.given.url if record.given else None)

    def _must_be_live(self, record: InterviewRecord) -> None:
        if record.state == "cancelled":
            raise BadInput("this interview was cancelled", where=record.id, next="Schedule a new one")
        refuse_while_moving(record)

    def _outcome(
        self, record: InterviewRecord, kind: InterviewOutcomeKind, row: MeetingRecord | None, message: str
    ) -> InterviewOutcome:
        interview = record.interview
        meeting = row.meeting if row is not None and row.state == "live" else None
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
            host=row.meeting.host.email if row else None,
            via=row.meeting.via.level if row else None,
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


def _moved(after: Interview) -> MeetingDraft:
    assert after.start is not None
    assert after.minutes is not None
    return MeetingDraft(
        topic=after.subject or "",
        start=after.start,
        minutes=after.minutes,
        zone=after.zone or "UTC",
    )
