"""What ends with a connection, whatever the cause; and what Zoom's events mean for it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import partial

from greenroom.engine.deployment import Deployment
from greenroom.engine.ending import Ending, carry_out, foresee
from greenroom.engine.ending_plan import plan_of
from greenroom.engine.ending_views import DisconnectPlan
from greenroom.engine.gate import Asked, Gate, message_of
from greenroom.engine.notices import deliver
from greenroom.engine.outcomes import DisconnectOutcome
from greenroom.engine.ports.records import ConnectionRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import GrantEnd, ZoomError
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.ways import ways_on
from greenroom.engine.words import core_refusal, text_of
from greenroom.errors import GreenroomError
from greenroom.model import (
    Action,
    Cause,
    Confirm,
    DisconnectRequest,
    Done,
    Level,
    Loss,
    PhaseKind,
    Refusal,
)
from greenroom.profiles import Answered

_ENDED_AT_ZOOM: dict[GrantEnd, Cause] = {
    "approval_withdrawn": Cause.APPROVAL_WITHDRAWN,
    "owner_gone": Cause.AUTHORIZER_GONE,
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Ended:
    """What is left to do after connections ended: grants to revoke at Zoom, notices to deliver."""

    ending: Ending
    notices: tuple[NoticeRecord, ...]


@dataclass(frozen=True)
class _Answered:
    """What comes of a person's wish; ``ended`` is what is left to do, ``None`` where nothing was changed."""

    outcome: DisconnectOutcome
    ended: _Ended | None = None


class Disconnect:
    """Ends connections as the profile says, and leaves alone what it does not name."""

    def __init__(self, deployment: Deployment, gate: Gate) -> None:
        self._deployment = deployment
        self._gate = gate

    async def by_person(self, standing: Standing, level: Level, *, confirmed: bool, dry_run: bool) -> DisconnectOutcome:
        """End a connection at a person's wish. ``dry_run`` says what would change and changes nothing; the plan it
        returns is the value that the real run carries out."""
        store = self._deployment.store
        if dry_run:
            return (
                await store.read(lambda tx: self._answered(tx, standing, level, confirmed=True, offer=True))
            ).outcome
        done = await store.write(lambda tx: self._answered(tx, standing, level, confirmed=confirmed, offer=False))
        unrevoked = await self._after(done.ended) if done.ended is not None else ()
        return done.outcome.model_copy(update={"unrevoked": unrevoked})

    async def by_cause(self, standing: Standing, level: Level, cause: Cause) -> DisconnectOutcome:
        """Say what would change if a connection lost its ground for this cause; change nothing."""
        return await self._deployment.store.read(lambda tx: self._foreseen(tx, standing, level, cause))

    async def lose(self, row: ConnectionRecord, cause: Cause, *, lost_scopes: frozenset[str] = frozenset()) -> None:
        """A connection lost its ground: ask what that means and carry it out, once however many find out at once.

        One that needs to be made anew already may end for a further cause; one that ended is left alone.
        """
        ended = await self._deployment.store.write(lambda tx: self._lose(tx, row, cause, lost_scopes))
        if ended is not None:
            await self._after(ended)

    async def grant_died(self, grant_id: str) -> None:
        """Every connection that rests on a dead grant lost its ground, for the cause that Zoom named if it did."""
        for row in await self._resting(grant_id):
            await self._told(row, self._deployment.store.write(partial(self._lose_dead, row=row)))

    async def scopes_lost(self, grant_id: str, scopes: frozenset[str], *, renewed: str | None = None) -> None:
        """Every connection that rests on a grant lost these scopes of Zoom's, but the one that was just ``renewed``."""
        for row in await self._resting(grant_id):
            if row.id == renewed:
                continue
            losing = partial(self._lose, row=row, cause=Cause.SCOPES_LOST, lost_scopes=scopes)
            await self._told(row, self._deployment.store.write(losing))

    async def _resting(self, grant_id: str) -> tuple[ConnectionRecord, ...]:
        return await self._deployment.store.read(lambda tx: tx.connections.on_grant(grant_id))

    async def _told(self, row: ConnectionRecord, losing: Awaitable[_Ended | None]) -> None:
        """Carry out what follows for one connection; one that cannot be told so stops no other."""
        try:
            ended = await losing
            if ended is not None:
                await self._after(ended)
        except GreenroomError as error:
            log.warning("connection %s stays as it is although its ground gave way: %s", row.id, error.code)

    def _lose_dead(self, tx: Transaction, row: ConnectionRecord) -> _Ended | None:
        grant = tx.grants.get(row.grant_id) if row.grant_id is not None else None
        if grant is None or grant.state == "live":
            return None  # ended, or reconnected meanwhile
        cause = Cause.GRANT_DEAD if grant.ended is None else _ENDED_AT_ZOOM[grant.ended]
        return self._lose(tx, row, cause, frozenset())

    def _lose(self, tx: Transaction, row: ConnectionRecord, cause: Cause, lost_scopes: frozenset[str]) -> _Ended | None:
        current = tx.connections.get(row.id)
        if current is None or (current.grant_id != row.grant_id and row.grant_id is not None):
            return None  # ended, or reconnected meanwhile
        ending = self._lost(tx, current, cause, offer=False, lost_scopes=lost_scopes)
        if current.grant_id is None and not _goes_on_ending(ending, current):
            return None
        return self._carried_out(tx, ending)

    def _lost(
        self,
        tx: Transaction,
        row: ConnectionRecord,
        cause: Cause,
        *,
        offer: bool,
        lost_scopes: frozenset[str] = frozenset(),
    ) -> Ending:
        member = tx.organizations.member(row.organization_id, row.owner)
        standing = read_standing(tx, self._deployment.profiles, row.organization_id, member)
        answered = self._loss(standing, row, cause, offer=offer, lost_scopes=lost_scopes)
        return foresee(tx, self._deployment, standing, row, answered, cause)

    def _foreseen(self, tx: Transaction, standing: Standing, level: Level, cause: Cause) -> DisconnectOutcome:
        row = standing.connection_of(level)
        if row is None or row.grant_id is None:
            refusal = standing.profile.by_core(core_refusal("nothing_connected", "CORE-13"), hook="authorize")
            return _not_ended(Asked(standing, Action.DISCONNECT, level, refusal), dry_run=True)
        ending = self._lost(tx, row, cause, offer=True)
        return _outcome(ending.standing, ending, plan_of(tx, self._deployment, ending), dry_run=True)

    def _answered(
        self, tx: Transaction, standing: Standing, level: Level, *, confirmed: bool, offer: bool
    ) -> _Answered:
        """Ask and, unless it is an ``offer``, carry it out: from the facts of one transaction."""
        now = read_standing(tx, self._deployment.profiles, standing.record.id, standing.actor)
        request = self._gate.request(now, Action.DISCONNECT, level, confirmed=confirmed, offer=offer)
        asked = self._gate.ask(now, request)
        row = now.connection_of(level)
        if not isinstance(asked.step, Done) or row is None:
            return _Answered(_not_ended(asked, dry_run=offer))
        answered = self._loss(now, row, Cause.PERSON, offer=offer)
        ending = foresee(tx, self._deployment, now, row, answered, Cause.PERSON)
        outcome = _outcome(now, ending, plan_of(tx, self._deployment, ending), dry_run=offer)
        if offer:
            return _Answered(outcome)
        if now.actor is not None and outcome.plan is not None and outcome.plan.joins is not None:
            tx.organizations.save_member(now.record.id, now.actor)
        tx.records.add_decision(self._gate.record_of(asked))
        return _Answered(outcome, self._carried_out(tx, ending))

    def _carried_out(self, tx: Transaction, ending: Ending) -> _Ended:
        return _Ended(ending, carry_out(tx, self._deployment, ending))

    def _loss(
        self,
        standing: Standing,
        row: ConnectionRecord,
        cause: Cause,
        *,
        offer: bool,
        lost_scopes: frozenset[str] = frozenset(),
    ) -> Answered[Loss]:
        return standing.profile.disconnect(
            DisconnectRequest(
                organization=standing.organization,
                actor=standing.actor,
                at=self._deployment.clock.now(),
                settings=standing.settings_view(),
                connections=standing.visible(),
                parameters=standing.parameters,
                cause=cause,
                connection=standing.seen(row),
                lost_scopes=lost_scopes,
                offer=offer,
            )
        )

    async def _after(self, ended: _Ended) -> tuple[str, ...]:
        """Revoke and deliver; return the Zoom users whose grant could not be ended at Zoom."""
        unrevoked = []
        for grant in ended.ending.revoked:
            try:
                await self._deployment.zoom.revoke(self._deployment.app_named(grant.app), grant.access_token)
            except ZoomError as error:
                log.warning("a grant could not be revoked at Zoom: %s", error.code)
                unrevoked.append(ended.ending.zoom_user_of(grant))
        await deliver(self._deployment, ended.notices)
        return tuple(unrevoked)


def _goes_on_ending(ending: Ending, row: ConnectionRecord) -> bool:
    """Whether a connection that has no grant any more is broken, and ends for this cause."""
    broken = ending.standing.seen(row).kind is PhaseKind.BROKEN
    return broken and ending.answered.answer.phase != row.phase


def _not_ended(asked: Asked, *, dry_run: bool) -> DisconnectOutcome:
    standing, step = asked.standing, asked.step
    refusal = step if isinstance(step, Refusal) else None
    return DisconnectOutcome(
        organization=standing.record.name,
        dry_run=dry_run,
        kind="confirm" if isinstance(step, Confirm) else "refusal",
        message=message_of(standing, step),
        code=refusal.code if refusal is not None else None,
        next=refusal.next if refusal is not None else (),
        ways_on=ways_on(standing.profile, refusal.next, asked.level) if refusal is not None else (),
        because=step.because,
        warnings=tuple(text_of(standing.profile, say) for say in step.warnings),
    )


def _outcome(standing: Standing, ending: Ending, plan: DisconnectPlan, *, dry_run: bool) -> DisconnectOutcome:
    loss = ending.answered.answer
    ends = [f"{one.level_label} connection of {one.owner}: becomes {one.after.label!r}" for one in plan.connections]
    if loss.revoke:
        ends.append("the grant at Zoom is revoked, unless another connection rests on it")
    keeps = (f"{len(plan.interviews_kept)} meeting(s) already made keep their links", "settings and host lists")
    return DisconnectOutcome(
        organization=standing.record.name,
        dry_run=dry_run,
        kind="done",
        plan=plan,
        ends=tuple(ends),
        keeps=keeps,
        because=loss.because,
    )
