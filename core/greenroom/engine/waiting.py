"""Those who went to Zoom and have not come back: Zoom's refusal pages send nobody, so a wait ends by its time."""

from __future__ import annotations

import logging
from datetime import timedelta

from greenroom.engine.decisions import keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.gate import Gate, move
from greenroom.engine.notices import deliver
from greenroom.engine.outcomes import WaitingView
from greenroom.engine.ports.records import AttemptRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, expired, read_standing
from greenroom.errors import GreenroomError
from greenroom.model import Action, Attempt, Done, Level, PhaseKind

SHOWN_FOR = timedelta(days=1)
"""How long it is shown that somebody did not come back."""

SETTLED_WITHIN = timedelta(minutes=10)
"""Longer than settling what somebody brought back takes."""

log = logging.getLogger(__name__)


class Waiting:
    """Ends waits that are overdue, as the profiles say."""

    def __init__(self, deployment: Deployment, gate: Gate) -> None:
        self._deployment = deployment
        self._gate = gate

    async def end_overdue(self) -> int:
        """Ask about each attempt whose time is up what becomes of it; return how many ended here.

        The profile is asked as if Zoom had answered that it failed. Several processes may do so at once. One whose
        profile cannot be asked now stays for later.
        """
        now, ended = self._deployment.clock.now(), 0
        for attempt in await self._deployment.store.read(lambda tx: tx.attempts.overdue(now)):
            try:
                ended += await self._end(attempt)
            except GreenroomError as error:
                log.warning("an attempt to connect stays open although its time is up: %s", error.code)
        return ended

    async def _end(self, attempt: AttemptRecord) -> bool:
        notices = await self._deployment.store.write(lambda tx: self._commit(tx, attempt))
        await deliver(self._deployment, notices or ())
        return notices is not None

    def _being_settled(self, attempt: AttemptRecord) -> bool:
        """Whether somebody came back just now. One who came too late, or in another browser, settled nothing."""
        used = attempt.used_at
        return used is not None and self._deployment.clock.now() - used < SETTLED_WITHIN

    def _commit(self, tx: Transaction, attempt: AttemptRecord) -> tuple[NoticeRecord, ...] | None:
        current = tx.attempts.get(attempt.state_hash)
        if current is None or current.outcome is not None or self._being_settled(current):
            return None
        tx.attempts.settle(attempt.state_hash, "failed")
        member = tx.organizations.member(attempt.organization_id, attempt.started_by)
        standing = read_standing(tx, self._deployment.profiles, attempt.organization_id, member)
        if _is_connected(standing, attempt):
            return ()
        asked = self._gate.ask(
            standing,
            self._gate.request(standing, Action.COMPLETE, attempt.level).model_copy(
                update={"attempt": _failed(attempt)}
            ),
        )
        tx.records.add_decision(self._gate.record_of(asked))
        if isinstance(asked.step, Done) and asked.step.phase is not None:
            move(tx, self._deployment, standing, attempt.level, asked.step.phase)
        event = f"overdue:{attempt.state_hash}"
        return keep_notices(tx, self._deployment, standing, asked.step.notices, event=event)


def waiting_views(tx: Transaction, deployment: Deployment, standing: Standing) -> tuple[WaitingView, ...]:
    """Return whoever is awaited from Zoom's pages, and for whom the wait is over without an end.

    A wait is forgotten when somebody begins anew at the same level, or is connected there.
    """
    now = deployment.clock.now()
    found = {
        (one.level, one.started_by): _view(tx, standing, one, over=expired(one.expires_at, now))
        for one in tx.attempts.unanswered(standing.record.id)
        if now - one.expires_at < SHOWN_FOR and not _is_connected(standing, one)
    }
    for ticket in tx.attempts.waiting_tickets(standing.record.id, now):
        key = (ticket.level, ticket.started_by)
        if key not in found or found[key].over:
            found[key] = WaitingView(
                level=ticket.level,
                level_label=standing.profile.labels.level(ticket.level),
                path=ticket.path,
                started_by=_name(tx, standing, ticket.started_by),
                since=ticket.created_at,
                until=ticket.expires_at,
            )
    return tuple(found.values())


def _view(tx: Transaction, standing: Standing, attempt: AttemptRecord, *, over: bool) -> WaitingView:
    return WaitingView(
        level=attempt.level,
        level_label=standing.profile.labels.level(attempt.level),
        path=attempt.path,
        started_by=_name(tx, standing, attempt.started_by),
        since=attempt.created_at,
        until=attempt.expires_at,
        over=over,
    )


def _name(tx: Transaction, standing: Standing, started_by: str) -> str:
    member = tx.organizations.member(standing.record.id, started_by)
    return member.email if member is not None else standing.record.name


def _is_connected(standing: Standing, attempt: AttemptRecord) -> bool:
    owner = standing.record.id if attempt.level is Level.ORGANIZATION else attempt.started_by
    row = standing.connection_of(attempt.level, owner)
    return row is not None and standing.seen(row).kind is PhaseKind.ACTIVE


def _failed(attempt: AttemptRecord) -> Attempt:
    return Attempt(
        path=attempt.path,
        started_by=attempt.started_by,
        level=attempt.level,
        must_be_email=attempt.must_be_email,
        outcome="failed",
    )
