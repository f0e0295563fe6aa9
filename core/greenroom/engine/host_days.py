"""The hundred changes a day that Zoom takes of one host's meetings: counted, kept, and respected once they are used up.

Zoom counts by its own user and UTC day, whoever asks: what is kept is shared by all organizations and processes of
the deployment. The count informs. Only Zoom's own word holds a change back, until 00:00 UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import HostDayRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import CHANGES_A_DAY, HostBudget, RateLimited, ZoomError

_USED_UP = f"the {CHANGES_A_DAY} changes a day of this host's meetings (made or moved) are used up until 00:00 UTC"


def today(deployment: Deployment) -> date:
    """Return the current UTC day."""
    return deployment.clock.now().astimezone(UTC).date()


def budget_of(day: HostDayRecord) -> HostBudget:
    """Return what is left of a host's day; an upper bound until Zoom says that nothing is."""
    remaining = 0 if day.used_up else max(CHANGES_A_DAY - day.changes, 0)
    return HostBudget(host_id=day.host_id, count=day.changes, remaining=remaining, resets_at=_resets_at(day.day))


def used_up(tx: Transaction, deployment: Deployment, host_id: str) -> RateLimited | None:
    """Return the refusal that Zoom would answer to a further change of this host's meetings today, if it said so."""
    day = tx.host_days.get(host_id, today(deployment))
    if not day.used_up:
        return None
    return RateLimited(f"{_USED_UP}; nothing was sent", until=_resets_at(day.day), limit="host_day", status=None)


def plainly(error: ZoomError) -> ZoomError:
    """Return a failure in words for people where it is about a host's day, and as it is otherwise."""
    if not isinstance(error, RateLimited) or error.limit != "host_day":
        return error
    return RateLimited(_USED_UP, until=error.until, limit="host_day", where=error.where, tracking_id=error.tracking_id)


def note_refusal(tx: Transaction, deployment: Deployment, host_id: str, error: ZoomError) -> None:
    """Take note if a refusal says that the host's changes of today are used up."""
    if isinstance(error, RateLimited) and error.limit == "host_day":
        tx.host_days.use_up(host_id, today(deployment))


def _resets_at(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
