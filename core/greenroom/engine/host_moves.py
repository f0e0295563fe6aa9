"""Give one host's coming meetings to another [CORE-18].

Zoom lets nobody change a meeting's host, so each interview gets a new meeting under the new host; the earlier one is
deleted only once the interview states the new link. What was begun is kept on the interview (`HostMove`), so that a
second run completes it, wherever the first was stopped.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.engine.calendars import Calendars
from greenroom.engine.change import Change
from greenroom.engine.decisions import decision_record
from greenroom.engine.deployment import Deployment
from greenroom.engine.grants import Grants
from greenroom.engine.host_move_views import moved_view, refused_view, view_of
from greenroom.engine.host_views import HostMoveOutcome, HostMoveView
from greenroom.engine.letters import Letters
from greenroom.engine.meetings import FactsMoved, HostRefused, Meetings, new_marker
from greenroom.engine.ports.records import HostMove, InterviewRecord, LetterRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import GrantDead, OutcomeUnclear, ZoomNotFound
from greenroom.engine.questions import Decided, Questions
from greenroom.engine.standing import find_organization
from greenroom.errors import GreenroomError
from greenroom.model import GivenLink, HostChoice, Interview, Meeting, NewMeeting, Person, Refusal

MOST_ASKS = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Coming:
    """An interview to move, and the meeting it has."""

    record: InterviewRecord
    row: MeetingRecord


class HostMoves:
    """The use case behind `hosts move`, and what completes a move that was begun."""

    def __init__(
        self,
        deployment: Deployment,
        grants: Grants,
        questions: Questions,
        meetings: Meetings,
        letters: Letters,
        calendars: Calendars,
        change: Change,
    ) -> None:
        self._deployment = deployment
        self._grants = grants
        self._questions = questions
        self._meetings = meetings
        self._letters = letters
        self._calendars = calendars
        self._change = change

    async def move(self, organization: str, from_: str, to: str, *, dry_run: bool) -> HostMoveOutcome:
        """Move every coming interview that ``from_`` hosts to ``to``, and complete what an earlier run began.

        One that cannot be moved keeps its link and stops no other. ``dry_run`` asks and writes nothing.
        """
        found = await self._deployment.store.read(lambda tx: tuple(_coming(tx, organization, from_)))
        views = [await self._one(one, from_, to, dry_run=dry_run) for one in found]
        name = await self._deployment.store.read(lambda tx: find_organization(tx, organization).name)
        return HostMoveOutcome(organization=name, from_=from_, to=to, dry_run=dry_run, interviews=tuple(views))

    async def resume(self, record: InterviewRecord) -> HostMoveView:
        """Complete a move that was begun. Raises what Zoom raises."""
        move = record.moving
        assert move is not None
        if not move.taken_over:
            record = await self._settled(record, move)
            if record.meeting_id == move.leaves:
                record = await self._made(record, move)
            record = await self._take_over(record, move)
        return await self._completed(record, move)

    async def complete(self, interview_id: str) -> None:
        """Complete a move of this interview if one was begun; what cannot be done now stays begun."""
        record = await self._deployment.store.read(lambda tx: tx.interviews.get(None, interview_id))
        if record is None or record.moving is None:
            return
        try:
            await self.resume(record)
        except GreenroomError as error:
            log.warning("interview %s is not at its new host yet: %s", record.id, error.code)

    async def _one(self, one: _Coming, from_: str, to: str, *, dry_run: bool) -> HostMoveView:
        record = one.record
        try:
            if record.moving is not None:
                return view_of(record, "would_move") if dry_run else await self.resume(record)
            if await self._has_begun(one):
                return view_of(record, "untouched", "it has begun or is over")
            return await self._begun(one, from_, to, dry_run=dry_run)
        except OutcomeUnclear as unclear:
            return view_of(record, "unclear", str(unclear), code=unclear.code)
        except GreenroomError as error:
            await self._given_up(record)
            refused = error.refusal if isinstance(error, HostRefused) else None
            return view_of(record, "failed", str(error), code=refused.code if refused is not None else error.code)

    async def _begun(self, one: _Coming, from_: str, to: str, *, dry_run: bool) -> HostMoveView:
        record = one.record
        decided = await self._decided(record, from_, to)
        refusal = decided.refusal
        if refusal is not None:
            if not dry_run:
                await self._deployment.store.write(lambda tx: self._keep(tx, record, decided))
            return refused_view(record, decided, refusal)
        if dry_run:
            return moved_view(record, decided.interview, None, decided=decided)
        move = HostMove(
            to=to,
            leaves=one.row.meeting.id,
            marker=new_marker(self._deployment.ids.secret()),
            interview=decided.interview,
        )
        begun = record.model_copy(update={"moving": move})
        await self._deployment.store.write(lambda tx: tx.interviews.save(begun))
        foreseen = moved_view(record, decided.interview, None, decided=decided)
        view = await self.resume(begun)
        return view.model_copy(update={"because": foreseen.because, "place_taken": foreseen.place_taken})

    async def _decided(self, record: InterviewRecord, from_: str, to: str) -> Decided:
        """Ask whether ``to`` may host: the interview as it is, else with ``to`` in the place of ``from_``."""
        asked = []
        for interview in dict.fromkeys((record.interview, _in_place(record.interview, from_, to))):
            asked.append(await self._ask(record, interview, to))
            if asked[-1].refusal is None:
                break
        return asked[-1]

    async def _ask(self, record: InterviewRecord, interview: Interview, to: str) -> Decided:
        there = record.model_copy(update={"interview": interview})
        standing = await self._change.standing(there)
        decided = await self._questions.decide(standing, there, host=to)
        return Decided(
            standing=standing, interview=interview, want=decided.want, choice=decided.choice, plan=decided.plan
        )

    def _keep(self, tx: Transaction, record: InterviewRecord, decided: Decided) -> None:
        for answered in decided.answers:
            question = f"{answered.hook} (another host)"
            tx.records.add_decision(
                decision_record(self._deployment, decided.standing, answered, question=question, interview_id=record.id)
            )

    async def _settled(self, record: InterviewRecord, move: HostMove) -> InterviewRecord:
        """Settle a call whose end nobody saw: the meeting it made is the interview's then."""
        intent = await self._deployment.store.read(lambda tx: tx.interviews.open_intent(record.id))
        if intent is None:
            return record
        there = record.model_copy(update={"interview": move.interview})
        await self._meetings.settle(intent, await self._change.standing(there))
        return await self._again(record)

    async def _made(self, record: InterviewRecord, move: HostMove) -> InterviewRecord:
        """Make the new meeting; the marker is the move's, so that one that came of a lost call is found first."""
        there = record.model_copy(update={"interview": move.interview, "marker": move.marker})
        for ask in range(MOST_ASKS):
            decided = await self._ask(there, move.interview, move.to)
            choice = decided.choice.answer if decided.choice is not None else None
            plan = decided.plan.answer if decided.plan is not None else None
            if not isinstance(choice, HostChoice) or not isinstance(plan, NewMeeting):
                raise FactsMoved("the profile does not let this host have it any more", next="Ask again")
            try:
                await self._meetings.make(there, decided, choice, plan)
            except FactsMoved:
                if ask == MOST_ASKS - 1:
                    raise
                continue
            break
        return await self._again(record)

    async def _take_over(self, record: InterviewRecord, move: HostMove) -> InterviewRecord:
        """State the new link: in this interview, and in those that were given the earlier one."""
        return await self._deployment.store.write(lambda tx: _taken_over(tx, record.id, move))

    async def _completed(self, record: InterviewRecord, move: HostMove) -> HostMoveView:
        """Delete the earlier meeting, tell whoever was told, once, and forget the move."""
        deleted = await self._deleted(record, move)
        row = await self._row(record)
        await self._calendars.change_writer(record, row.connection_id)
        affected = await self._deployment.store.read(lambda tx: _stating(tx, record, row))
        told = {email for one in affected for email in await self._tell(one)}
        done = await self._deployment.store.write(lambda tx: _forgotten(tx, record))
        view = moved_view(done, done.interview, row.meeting.join_url)
        return view.model_copy(
            update={
                "earlier_at_zoom": "deleted" if deleted else "stays",
                "told": tuple(sorted(told)),
                "with_it": tuple(one.id for one in affected if one.id != record.id),
            }
        )

    async def _deleted(self, record: InterviewRecord, move: HostMove) -> bool:
        """Delete the earlier meeting; return ``False`` where Zoom cannot be reached through what it was made with."""

        def read(tx: Transaction) -> tuple[MeetingRecord | None, str | None]:
            row = tx.interviews.meeting(record.organization_id, move.leaves)
            connection = tx.connections.get(row.connection_id) if row is not None else None
            return row, connection.grant_id if connection is not None else None

        row, grant_id = await self._deployment.store.read(read)
        if row is None or row.state != "live":
            return True
        if grant_id is None:
            return False
        await self._change.leave(record, row, grant_id)
        return True

    async def _tell(self, record: InterviewRecord) -> set[str]:
        """Tell whoever was told of the earlier link; done again, nobody is told twice."""
        if record.unconfirmed:
            return set()
        waiting = await self._letters.waiting((record,))
        drafted: tuple[LetterRecord, ...] | Refusal
        drafted = tuple(one for one in waiting if one.sequence == record.sequence)
        if not drafted:
            drafted = await self._letters.draft(await self._change.standing(record), record, why="changed")
        if isinstance(drafted, Refusal):
            return set()
        sent = await self._letters.follow(record.id, drafted)
        return {email for letter in sent for email in letter.recipients}

    async def _has_begun(self, one: _Coming) -> bool:
        """Whether an interview is over or under way: by its time, and by what Zoom says of its meeting."""
        start = one.record.interview.start
        if start is None or start <= self._deployment.clock.now():
            return True
        connection_id, zoom = one.row.connection_id, self._deployment.zoom
        connection = await self._deployment.store.read(lambda tx: tx.connections.get(connection_id))
        if connection is None or connection.grant_id is None:
            return False
        try:
            there = await self._grants.call(
                connection.grant_id, lambda access: zoom.get_meeting(access, one.row.meeting.id)
            )
        except (GrantDead, ZoomNotFound):
            return False
        return there.running

    async def _given_up(self, record: InterviewRecord) -> None:
        """Forget a move of which nothing was made: the interview keeps what it has."""

        def write(tx: Transaction) -> None:
            now = tx.interviews.get(record.organization_id, record.id)
            if now is None or now.moving is None or now.meeting_id != now.moving.leaves:
                return
            if tx.interviews.open_intent(now.id) is None:
                tx.interviews.save(now.model_copy(update={"moving": None}))

        await self._deployment.store.write(write)

    async def _again(self, record: InterviewRecord) -> InterviewRecord:
        found = await self._deployment.store.read(lambda tx: tx.interviews.get(record.organization_id, record.id))
        assert found is not None
        return found

    async def _row(self, record: InterviewRecord) -> MeetingRecord:
        meeting_id = record.meeting_id or ""
        row = await self._deployment.store.read(lambda tx: tx.interviews.meeting(record.organization_id, meeting_id))
        assert row is not None
        return row


def _coming(tx: Transaction, organization: str, from_: str) -> Iterator[_Coming]:
    """Yield the live interviews of a host by time, and those whose move was begun."""
    organization_id = find_organization(tx, organization).id
    rows = {row.meeting.id: row for row in tx.interviews.meetings(organization_id)}
    records = [one for one in tx.interviews.of_organization(organization_id) if one.state == "live"]
    for record in sorted(records, key=lambda one: (one.interview.start is None, one.interview.start, one.id)):
        leaves = record.moving.leaves if record.moving is not None else record.meeting_id
        row = rows.get(leaves or "")
        if row is not None and row.meeting.host.email == from_ and (record.moving is not None or row.state == "live"):
            yield _Coming(record, row)


def _in_place(interview: Interview, from_: str, to: str) -> Interview:
    """Return an interview with one person in another's place, as scheduler and interviewer."""
    scheduler = Person(email=to) if interview.scheduler.email == from_ else interview.scheduler
    people = [Person(email=to) if one.email == from_ else one for one in interview.interviewers]
    kept = tuple(one for index, one in enumerate(people) if one.email not in {other.email for other in people[:index]})
    return interview.model_copy(update={"scheduler": scheduler, "interviewers": kept})


def _taken_over(tx: Transaction, interview_id: str, move: HostMove) -> InterviewRecord:
    """Have an interview, and whoever was given its earlier link, state the new one."""
    record = tx.interviews.get(None, interview_id)
    assert record is not None
    assert record.meeting_id is not None
    earlier = tx.interviews.meeting(record.organization_id, move.leaves)
    fresh = tx.interviews.meeting(record.organization_id, record.meeting_id)
    assert earlier is not None
    assert fresh is not None
    users = earlier.meeting.used_by | {record.id}
    tx.interviews.save_meeting(earlier.model_copy(update={"meeting": _used_by(earlier, {record.id})}))
    tx.interviews.save_meeting(fresh.model_copy(update={"meeting": _used_by(fresh, users)}))
    for other in (tx.interviews.get(record.organization_id, one) for one in users - {record.id}):
        if other is not None and other.state == "live":
            tx.interviews.save(_given(other, fresh.meeting.join_url))
    taken = record.model_copy(
        update={
            "interview": move.interview,
            "sequence": record.sequence + 1,
            "moving": move.model_copy(update={"taken_over": True}),
        }
    )
    tx.interviews.save(taken)
    return taken


def _used_by(row: MeetingRecord, users: frozenset[str] | set[str]) -> Meeting:
    return row.meeting.model_copy(update={"used_by": frozenset(users)})


def _given(record: InterviewRecord, url: str) -> InterviewRecord:
    """Return an interview that was given the earlier link, with the new one."""
    link = GivenLink(url=url)
    wish = record.interview.wish.model_copy(update={"given": link})
    interview = record.interview.model_copy(update={"wish": wish})
    return record.model_copy(update={"given": link, "interview": interview, "sequence": record.sequence + 1})


def _stating(tx: Transaction, record: InterviewRecord, row: MeetingRecord) -> tuple[InterviewRecord, ...]:
    """Return the live interviews that state a meeting's link, its own first."""
    others = sorted(row.meeting.used_by - {record.id})
    found = [tx.interviews.get(record.organization_id, one) for one in (record.id, *others)]
    return tuple(one for one in found if one is not None and one.state == "live")


def _forgotten(tx: Transaction, record: InterviewRecord) -> InterviewRecord:
    """Forget the move of an interview that is complete."""
    now = tx.interviews.get(record.organization_id, record.id)
    assert now is not None
    done = now.model_copy(update={"moving": None})
    tx.interviews.save(done)
    return done
