"""Changes of ours on their way to Zoom: news of a meeting that come back meanwhile are not somebody else's doing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from greenroom.engine.deployment import Deployment
from greenroom.engine.meetings import CALL_LASTS
from greenroom.engine.ports.records import MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import OutcomeUnclear, ZoomError
from greenroom.errors import GreenroomError


class BeingChanged(GreenroomError):
    """We are changing this meeting at Zoom right now, or a process that was has just stopped."""

    code = "engine.being_changed"


@asynccontextmanager
async def changing(deployment: Deployment, row: MeetingRecord) -> AsyncIterator[None]:
    """Have news of a meeting wait while the block asks Zoom to change it.

    Whoever commits what follows saves the meeting without the mark. Where Zoom refused, it goes at once; where nobody
    knows, or the process stops, it lapses after `CALL_LASTS`.
    """
    await _mark(deployment, row, deployment.clock.now())
    try:
        yield
    except OutcomeUnclear:
        raise
    except ZoomError:
        await _mark(deployment, row, None)
        raise


def refuse_while_changing(deployment: Deployment, row: MeetingRecord) -> None:
    """Raise `BeingChanged` while a change of ours may be under way."""
    since = row.changing_since
    if since is not None and deployment.clock.now() - since < CALL_LASTS:
        raise BeingChanged("this meeting is being changed by us right now", next="Look at it again in a minute")


async def _mark(deployment: Deployment, row: MeetingRecord, since: datetime | None) -> None:
    def write(tx: Transaction) -> None:
        current = tx.interviews.meeting(row.organization_id, row.meeting.id)
        if current is not None:
            tx.interviews.save_meeting(current.model_copy(update={"changing_since": since}))

    await deployment.store.write(write)
