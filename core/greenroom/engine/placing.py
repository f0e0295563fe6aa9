"""Where one interview is held, changed after it was scheduled: its link, its room, and that its time is agreed."""

from __future__ import annotations

from greenroom.engine.change import Change
from greenroom.engine.deployment import Deployment
from greenroom.engine.host_given import refuse_while_moving
from greenroom.engine.outcomes import InterviewOutcome
from greenroom.engine.panel import Place
from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.schedule import Schedule
from greenroom.errors import BadInput
from greenroom.model import Wish


class Placing:
    """The use cases behind `place` and `confirm`."""

    def __init__(self, deployment: Deployment, schedule: Schedule, change: Change) -> None:
        self._deployment = deployment
        self._schedule = schedule
        self._change = change

    async def place(self, interview_id: str, place: Place) -> InterviewOutcome:
        """Hold an interview elsewhere; what ``place`` leaves open stays as it is, and an empty room means none.

        A link that is there stays while a Zoom link is wished for: its host does not change. Taken out, or replaced
        by a pasted one, its meeting is deleted at Zoom unless another interview states it [CORE-15]. Everybody who
        was told is told [CORE-03]. Where the profile refuses what is to take a link's place, the link stays. Raises
        `BadInput` when the interview was cancelled or its meeting may be under way.
        """
        record = await self._settled(interview_id)
        wish = _wish(record, place)
        room = record.interview.room if place.room is None else place.room or None
        interview = record.interview.model_copy(update={"wish": wish, "room": room})
        if not _loses_link(record, wish):
            return await self._again(record.model_copy(update={"interview": interview}))
        without = record.model_copy(update={"interview": interview, "meeting_id": None, "given": None})
        halted = await self._schedule.refusal(without) or await self._change.let_go(record)
        return halted if halted is not None else await self._again(without)

    async def confirm(self, interview_id: str) -> InterviewOutcome:
        """Agree the time of an interview that was scheduled unconfirmed, and bring it as far as it goes."""
        record = await self._settled(interview_id)
        if not record.unconfirmed:
            return await self._schedule.bring(record)
        return await self._again(record.model_copy(update={"unconfirmed": False}))

    async def _again(self, record: InterviewRecord) -> InterviewOutcome:
        changed = record.model_copy(update={"sequence": record.sequence + 1})
        await self._deployment.store.write(lambda tx: tx.interviews.save(changed))
        return await self._schedule.bring(changed)

    async def _settled(self, interview_id: str) -> InterviewRecord:
        record = await self._schedule.find(interview_id)
        if record.state == "cancelled":
            raise BadInput("this interview was cancelled", where=record.id, next="Schedule a new one")
        refuse_while_moving(record)
        intent = await self._deployment.store.read(lambda tx: tx.interviews.open_intent(record.id))
        if intent is not None:
            raise BadInput(
                "nobody knows yet whether Zoom made its meeting",
                where=record.id,
                next="Run `greenroom retry` first",
            )
        return record


def _wish(record: InterviewRecord, place: Place) -> Wish:
    before = record.interview.wish
    host = place.host or before.host
    if place.manual is not None:
        return before.model_copy(update={"given": place.manual, "zoom": True, "host": host})
    if place.zoom is not None:
        return before.model_copy(update={"given": None, "zoom": place.zoom, "host": host})
    return before.model_copy(update={"host": host})


def _loses_link(record: InterviewRecord, wish: Wish) -> bool:
    """Whether the link an interview states goes: it was taken out, or another one takes its place."""
    if record.given is not None:
        return wish.given is None or wish.given.url != record.given.url
    return record.meeting_id is not None and (wish.given is not None or not wish.zoom)
