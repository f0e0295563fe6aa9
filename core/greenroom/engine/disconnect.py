"""What ends with a connection, whatever the cause; and what Zoom's events mean for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from greenroom.engine.attention import mark_stranded
from greenroom.engine.connect import leave_grant
from greenroom.engine.decisions import decision_record, deliver, keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.gate import Gate, message_of
from greenroom.engine.outcomes import DisconnectOutcome
from greenroom.engine.ports.records import ConnectionRecord, GrantRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import ZoomError
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.ways import ways_on
from greenroom.engine.words import text_of
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

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Ended:
    """What is left to do after connections ended: grants to revoke at Zoom, notices to deliver."""

    freed: tuple[GrantRecord, ...]
    notices: tuple[NoticeRecord, ...]


class Disconnect:
    """Ends connections as the profile says, and leaves alone what it does not name."""

    def __init__(self, deployment: Deployment, gate: Gate) -> None:
        self._deployment = deployment
        self._gate = gate

    async def by_person(self, standing: Standing, level: Level, *, confirmed: bool, dry_run: bool) -> DisconnectOutcome:
        """End a connection at a person's wish. ``dry_run`` says what would change and changes nothing."""
        action = Action.DISCONNECT
        asked = self._gate.ask(
            standing, self._gate.request(standing, action, level, confirmed=confirmed or dry_run, offer=dry_run)
        )
        step = asked.step
        row = standing.connection_of(level)
        if not isinstance(step, Done) or row is None:
            return DisconnectOutcome(
                organization=standing.record.name,
                dry_run=dry_run,
                kind="confirm" if isinstance(step, Confirm) else "refusal",
                message=message_of(standing, step),
                code=step.code if isinstance(step, Refusal) else None,
                next=step.next if isinstance(step, Refusal) else (),
                ways_on=ways_on(standing.profile, step.next, level) if isinstance(step, Refusal) else (),
                because=step.because,
                warnings=tuple(text_of(standing.profile, say) for say in step.warnings),
            )
        answered = self._loss(standing, row, Cause.PERSON, offer=dry_run)
        if not dry_run:
            record = self._gate.record_of(asked)

            def end(tx: Transaction) -> _Ended:
                tx.records.add_decision(record)
                return self._apply(tx, standing, row, answered, Cause.PERSON)

            await self._after(await self._deployment.store.write(end))
        return await self._told(standing, row, answered.answer, dry_run=dry_run)

    async def lose(self, row: ConnectionRecord, cause: Cause) -> None:
        """A connection lost its ground: ask what that means and carry it out, once however many find out at once."""
        ended = await self._deployment.store.write(lambda tx: self._lose(tx, row, cause))
        if ended is not None:
            await self._after(ended)

    async def grant_died(self, grant_id: str) -> None:
        """Every connection that rests on a dead grant lost its ground; one that cannot be told so stops no other."""
        rows = await self._deployment.store.read(lambda tx: tx.connections.on_grant(grant_id))
        for row in rows:
            try:
                await self.lose(row, Cause.GRANT_DEAD)
            except GreenroomError as error:
                log.warning("connection %s stays as it is although its grant is dead: %s", row.id, error.code)

    def _lose(self, tx: Transaction, row: ConnectionRecord, cause: Cause) -> _Ended | None:
        current = tx.connections.get(row.id)
        if current is None or current.grant_id is None:
            return None
        grant = tx.grants.get(current.grant_id)
        if cause is Cause.GRANT_DEAD and grant is not None and grant.state == "live":
            return None  # reconnected meanwhile
        member = tx.organizations.member(row.organization_id, row.owner)
        standing = read_standing(tx, self._deployment.profiles, row.organization_id, member)
        return self._apply(tx, standing, current, self._loss(standing, current, cause, offer=False), cause)

    def _loss(self, standing: Standing, row: ConnectionRecord, cause: Cause, *, offer: bool) -> Answered[Loss]:
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
                offer=offer,
            )
        )

    async def _after(self, ended: _Ended) -> None:
        for grant in ended.freed:
            try:
                await self._deployment.zoom.revoke(self._deployment.app_named(grant.app), grant.access_token)
            except ZoomError as error:
                log.warning("a grant could not be revoked at Zoom: %s", error.code)
        await deliver(self._deployment, ended.notices)

    def _apply(
        self, tx: Transaction, standing: Standing, row: ConnectionRecord, answered: Answered[Loss], cause: Cause
    ) -> _Ended:
        loss = answered.answer
        question = f"connection ends: {cause.value}"
        tx.records.add_decision(decision_record(self._deployment, standing, answered, question=question))
        active = self._stays_active(standing, row.level, loss.phase)
        freed: list[GrantRecord] = []
        for one in _ending(standing, row, loss):
            if not active:
                grant = leave_grant(tx, standing, one)
                freed.extend([grant] if grant is not None and loss.revoke else [])
            keep = {} if active else {"grant_id": None}
            tx.connections.save(one.model_copy(update={"phase": loss.phase, "revision": one.revision + 1, **keep}))
        if loss.ends == "all_of_organization" and not active:
            # An opt-out is from this connection: a later one is everybody's again.
            for member_id in standing.opted_out:
                tx.connections.set_opt_out(standing.record.id, member_id, opted_out=False)
        if loss.flag_unmade is not None:
            mark_stranded(tx, self._deployment.profiles, standing.record.id, loss.flag_unmade)
        event = f"{cause.value}:{row.id}:{row.revision}"
        return _Ended(tuple(freed), keep_notices(tx, self._deployment, standing, loss.notices, event=event))

    def _stays_active(self, standing: Standing, level: Level, phase: str) -> bool:
        spec = standing.profile.manifest.phase(level, phase)
        return spec is not None and spec.kind is PhaseKind.ACTIVE

    async def _told(self, standing: Standing, row: ConnectionRecord, loss: Loss, *, dry_run: bool) -> DisconnectOutcome:
        interviews = await self._deployment.store.read(lambda tx: tx.interviews.meetings(standing.record.id))
        through = [one for one in interviews if one.connection_id == row.id and one.state == "live"]
        label = standing.profile.labels.phase(row.level, loss.phase).label
        ends = [
            f"{standing.profile.labels.level(one.level)} connection of {_owner_word(one)}: becomes {label!r}"
            for one in _ending(standing, row, loss)
        ]
        if loss.revoke:
            ends.append("the grant at Zoom is revoked, unless another connection rests on it")
        keeps = [f"{len(through)} meeting(s) already made keep their links", "settings and host lists"]
        return DisconnectOutcome(
            organization=standing.record.name,
            dry_run=dry_run,
            kind="done",
            ends=tuple(ends),
            keeps=tuple(keeps),
            because=loss.because,
        )


def _ending(standing: Standing, row: ConnectionRecord, loss: Loss) -> tuple[ConnectionRecord, ...]:
    if loss.ends == "all_of_organization":
        return tuple(one for one in standing.connections if one.level is row.level)
    return (row,)


def _owner_word(row: ConnectionRecord) -> str:
    return "the organization" if row.level is Level.ORGANIZATION else "the member"
