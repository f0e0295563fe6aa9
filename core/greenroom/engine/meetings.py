"""Make at most one live meeting per interview, and never lose one.

Intent is committed before Zoom is called; the result is committed with what follows from it. When the call ends
without a usable answer, Zoom is asked what is there: the meeting is found by its marker in the host's list and
adopted, or it is not there. It is never simply tried again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from greenroom.engine.decisions import decision_record, keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.grants import Grants
from greenroom.engine.host_days import note_refusal, plainly, today, used_up
from greenroom.engine.notices import deliver
from greenroom.engine.ports.records import (
    ConnectionRecord,
    IntentRecord,
    InterviewRecord,
    MeetingRecord,
    NoticeRecord,
)
from greenroom.engine.ports.store import StoreConflict, Transaction
from greenroom.engine.ports.zoom import (
    Access,
    HostCannotSchedule,
    MadeMeeting,
    MeetingDraft,
    OutcomeUnclear,
    RateLimited,
    ZoomError,
    ZoomNotFound,
    ZoomRefused,
)
from greenroom.engine.questions import Decided
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.words import text_of
from greenroom.errors import GreenroomError
from greenroom.model import HostChoice, Interview, Meeting, NewMeeting, Say, Span

PASSCODE_LENGTH = 8
CALL_LASTS = timedelta(seconds=60)
"""Longer than any create may take: an intent younger than this may be under way in another process."""


_MENDED = {"attention": None, "differs": None}
"""What is said of an interview without a meeting is over once it has one."""

_NOT_THERE = "no answer came, and no such meeting was found at Zoom"


class FactsMoved(GreenroomError):
    """A fact a decision rested on changed before it was committed: ask again."""

    code = "engine.facts_moved"


class HostRefused(GreenroomError):
    """Zoom made no meeting because of the host that was chosen: gone, deactivated, or not allowed to host.

    What is kept of who exists is out of date then, and marked so. ``refusal`` is what Zoom said.
    """

    code = "engine.host_refused"

    def __init__(self, choice: HostChoice, refusal: ZoomRefused) -> None:
        self.choice = choice
        self.refusal = refusal
        super().__init__(refusal.what, where=refusal.where, next=refusal.next)


@dataclass(frozen=True)
class Made:
    """A meeting that exists, and whether it was found rather than freshly answered."""

    record: MeetingRecord
    found: bool


def new_marker(secret: str) -> str:
    """Return a marker that finds a meeting again: short, and neutral to somebody who reads it."""
    letters = "".join(char for char in secret.upper() if char.isalnum())
    return f"GR-{letters[:12]}"


def draft_of(standing: Standing, interview: Interview, plan: NewMeeting, *, marker: str, passcode: str) -> MeetingDraft:
    """Return what is sent to Zoom for a plan; the agenda opens with the interview's marker.

    Raises ``ValueError`` when start or length are open: callers refuse first [CORE-05].
    """
    if interview.start is None or interview.minutes is None:
        message = "a meeting needs a start and a length"
        raise ValueError(message)
    topic = text_of(standing.profile, plan.topic) if isinstance(plan.topic, Say) else plan.topic
    words = text_of(standing.profile, plan.agenda) if plan.agenda is not None else ""
    return MeetingDraft(
        topic=topic,
        agenda=f"Ref. {marker}\n\n{words}".rstrip(),
        start=interview.start,
        minutes=interview.minutes,
        zone=interview.zone or "UTC",
        use_pmi=plan.use_pmi,
        join_before_host=plan.join_before_host,
        waiting_room=plan.waiting_room,
        authentication=plan.authentication,
        passcode=passcode if plan.passcode == "generate" else None,  # a plan's word, not a secret
        auto_recording=plan.auto_recording,
    )


class Meetings:
    """Carries a decided meeting out at Zoom."""

    def __init__(self, deployment: Deployment, grants: Grants) -> None:
        self._deployment = deployment
        self._grants = grants

    async def make(self, record: InterviewRecord, decided: Decided, choice: HostChoice, plan: NewMeeting) -> Made:
        """Make the meeting of a decision.

        Raises `FactsMoved` when the decision must be made anew, `HostRefused` when Zoom does not let this host have
        it, `OutcomeUnclear` when nobody can say yet whether Zoom made it, and any other `ZoomError` when it did not.
        """
        intent = self._intent(record, decided, choice, plan)
        connection, limited = await self._deployment.store.write(lambda tx: self._commit_intent(tx, intent, decided))
        if limited is not None:
            raise limited
        if await self._deployment.store.read(lambda tx: tx.interviews.was_unclear(record.id)):
            earlier = await self._found(intent, connection)
            if earlier is not None:
                return Made(await self._commit_result(intent, decided, connection, earlier), found=True)
        return await self._call(intent, decided, connection)

    async def settle(self, intent: IntentRecord, standing: Standing) -> Made | None:
        """Settle an intent whose outcome is open: adopt the meeting found at Zoom, or mark it not made (`None`).

        Raises `OutcomeUnclear` when Zoom could not be asked: it does not answer, or nobody is connected any more.
        """
        connection = next(row for row in standing.connections if row.id == intent.connection_id)
        age = self._deployment.clock.now() - intent.created_at
        under_way = intent.state == "committed" and age < CALL_LASTS
        if not under_way:
            # From here on, a later attempt at this interview looks at Zoom first: the lost call may still land.
            await self._end_intent(intent, "unclear")
        made = await self._look(intent, connection)
        if made is None and under_way:
            raise OutcomeUnclear(
                "its meeting is being made right now, or a process that was making it has just stopped",
                where=intent.interview_id,
                next=f"Run `greenroom retry ID` in {CALL_LASTS.seconds} seconds",
            )
        if made is None:
            await self._end_intent(intent, "failed", _NOT_THERE)
            return None
        return Made(await self._commit_result(intent, None, connection, made), found=True)

    async def _call(self, intent: IntentRecord, decided: Decided, connection: ConnectionRecord) -> Made:
        zoom = self._deployment.zoom
        assert connection.grant_id is not None
        try:
            made = await self._grants.call(
                connection.grant_id, lambda access: zoom.create_meeting(access, intent.host_path, intent.draft)
            )
        except OutcomeUnclear:
            await self._end_intent(intent, "unclear")
            found = await self._look(intent, connection)
            if found is None:
                await self._end_intent(intent, "failed", _NOT_THERE)
                raise
            return Made(await self._commit_result(intent, decided, connection, found), found=True)
        except (HostCannotSchedule, ZoomNotFound) as error:
            await self._fail(intent, error, stale=connection.grant_id)
            raise HostRefused(intent.choice, error) from error
        except ZoomError as error:
            await self._fail(intent, told := plainly(error))
            raise told from error
        return Made(await self._commit_result(intent, decided, connection, made), found=False)

    def _intent(self, record: InterviewRecord, decided: Decided, choice: HostChoice, plan: NewMeeting) -> IntentRecord:
        row = decided.standing.stored_as(choice.via)
        if row is None or row.grant_id is None:
            raise FactsMoved("the chosen connection is gone", next="Try again")
        passcode = "".join(char for char in self._deployment.ids.secret() if char.isalnum())[:PASSCODE_LENGTH]
        return IntentRecord(
            id=self._deployment.ids.new("itt"),
            organization_id=record.organization_id,
            interview_id=record.id,
            connection_id=row.id,
            host_path="me" if decided.standing.profile.manifest.apps[row.level] == "user" else choice.host.id,
            choice=choice,
            draft=draft_of(decided.standing, decided.interview, plan, marker=record.marker, passcode=passcode),
            insist=plan.insist,
            marker=record.marker,
            turn=choice.turn,
            created_at=self._deployment.clock.now(),
        )

    def _commit_intent(
        self, tx: Transaction, intent: IntentRecord, decided: Decided
    ) -> tuple[ConnectionRecord, RateLimited | None]:
        """Commit what is about to be asked of Zoom; where its host's day is used up, that nothing is asked."""
        before = decided.standing
        now = read_standing(tx, self._deployment.profiles, before.record.id, before.actor, under=before.record.under)
        current = tx.interviews.get(intent.organization_id, intent.interview_id)
        leaves = current.moving.leaves if current is not None and current.moving is not None else None
        if current is None or current.state != "live" or current.meeting_id not in {None, leaves}:
            raise FactsMoved("the interview has its meeting or was cancelled", next="Look at it anew")
        if now.basis != before.basis:
            raise FactsMoved("facts of this decision changed meanwhile", next="Ask again")
        for answered in decided.answers:
            tx.records.add_decision(
                decision_record(
                    self._deployment, before, answered, question=answered.hook, interview_id=intent.interview_id
                )
            )
        try:
            tx.interviews.add_intent(intent.model_copy(update={"created_at": self._deployment.clock.now()}))
        except StoreConflict:
            raise FactsMoved("a meeting of this interview is being made right now", next="Look again") from None
        limited = used_up(tx, self._deployment, intent.choice.host.id)
        if limited is not None:
            tx.interviews.settle_intent(intent.id, "failed", limited.what)
        return next(row for row in now.connections if row.id == intent.connection_id), limited

    async def _look(self, intent: IntentRecord, connection: ConnectionRecord) -> MadeMeeting | None:
        for pause in self._deployment.settle_after:
            await asyncio.sleep(pause)
            try:
                found = await self._found(intent, connection)
            except OutcomeUnclear:
                raise
            except ZoomError as error:
                raise OutcomeUnclear(
                    "Zoom cannot be asked whether it made this meeting",
                    where=intent.interview_id,
                    next="Run `greenroom retry ID` when Zoom answers again; it looks before it makes",
                ) from error
            if found is not None:
                return found
        return None

    async def _found(self, intent: IntentRecord, connection: ConnectionRecord) -> MadeMeeting | None:
        """Return the host's meeting that carries the marker; details are read from the meeting itself.

        Raises `OutcomeUnclear` when the connection it was asked for through has ended since.
        """
        zoom = self._deployment.zoom
        if connection.grant_id is None:
            raise OutcomeUnclear(
                "the connection it was asked for through has ended, so Zoom cannot be asked about this meeting",
                where=intent.interview_id,
                next="Connect again, then run `greenroom retry ID`; it looks before it makes",
            )

        async def search(access: Access) -> MadeMeeting | None:
            async for listed in zoom.meetings(access, intent.host_path):
                if intent.marker in listed.agenda:
                    return await zoom.get_meeting(access, listed.id)
            return None

        try:
            return await self._grants.call(connection.grant_id, search)
        except ZoomNotFound:  # the host is gone from the account, and their meetings with them
            return None

    async def _commit_result(
        self, intent: IntentRecord, decided: Decided | None, connection: ConnectionRecord, made: MadeMeeting
    ) -> MeetingRecord:
        meeting = Meeting(
            id=made.id,
            join_url=made.join_url,
            passcode=made.passcode,
            host=intent.choice.host,
            via=intent.choice.via,
            of=intent.interview_id,
            used_by=frozenset({intent.interview_id}),
            degraded=_degraded(intent, made),
        )
        record = MeetingRecord(
            organization_id=intent.organization_id,
            connection_id=connection.id,
            meeting=meeting,
            instance=made.uuid,
            span=_span(intent, made),
            created_at=self._deployment.clock.now(),
        )

        def commit(tx: Transaction) -> tuple[NoticeRecord, ...]:
            interview = tx.interviews.get(intent.organization_id, intent.interview_id)
            assert interview is not None
            tx.interviews.save_meeting(record)
            tx.interviews.save(interview.model_copy(update={"meeting_id": made.id, **_MENDED}))
            tx.interviews.settle_intent(intent.id, "done")
            tx.host_days.count(intent.choice.host.id, today(self._deployment))
            if decided is None:
                return ()
            notices = tuple(notice for one in decided.answers for notice in one.answer.notices)
            return keep_notices(tx, self._deployment, decided.standing, notices, event=f"made:{intent.id}")

        await deliver(self._deployment, await self._deployment.store.write(commit))
        return record

    async def _fail(self, intent: IntentRecord, error: ZoomError, *, stale: str | None = None) -> None:
        """Close an intent with its reason; ``stale``: the grant whose list of users turned out to be out of date."""

        def commit(tx: Transaction) -> None:
            tx.interviews.settle_intent(intent.id, "failed", error.what)
            note_refusal(tx, self._deployment, intent.choice.host.id, error)
            if stale is not None:
                tx.directory.mark_stale(stale, "Zoom refused a host")

        await self._deployment.store.write(commit)

    async def _end_intent(
        self, intent: IntentRecord, state: Literal["unclear", "failed"], reason: str | None = None
    ) -> None:
        await self._deployment.store.write(lambda tx: tx.interviews.settle_intent(intent.id, state, reason))


def _span(intent: IntentRecord, made: MadeMeeting) -> Span:
    """Return when Zoom has a meeting: what it does not say is as it was asked for."""
    start = made.start or intent.draft.start
    return Span(start=start, end=start + timedelta(minutes=made.minutes or intent.draft.minutes))


def _degraded(intent: IntentRecord, made: MadeMeeting) -> frozenset[str]:
    """Return the insisted fields that Zoom changed: what the reply says differs from what was asked."""
    draft = intent.draft
    asked = {
        "use_pmi": draft.use_pmi,
        "join_before_host": draft.join_before_host,
        "waiting_room": draft.waiting_room,
        "authentication": draft.authentication,
        "auto_recording": draft.auto_recording,
    }
    got = made.model_dump(include=set(asked))
    changed = {name for name, value in asked.items() if got[name] is not None and got[name] != value}
    if made.passcode != draft.passcode:  # unlike a setting, a passcode that the reply leaves out is not there
        changed.add("passcode")
    return frozenset(changed & intent.insist)
