"""What ends with a connection, foreseen: one value, which a dry run shows and the real run carries out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from greenroom.engine.attention import stranded
from greenroom.engine.decisions import decision_record, notice_records
from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import ConnectionRecord, GrantRecord, InterviewRecord, NoticeRecord, TicketRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing
from greenroom.model import Approval, Cause, Level, Loss, PhaseKind
from greenroom.profiles import Answered


@dataclass(frozen=True)
class Moved:
    """A connection as it is, and as it will be."""

    before: ConnectionRecord
    after: ConnectionRecord


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Everything that changes when a connection ends or loses its ground, as one transaction saw it.

    ``let_go``: grants that nobody rests on then, so that they are kept no longer; ``revoked`` says whether Zoom is
    told. ``released``: ids of Zoom users whom another organization may connect again. ``opted_in``: ids of members
    whose opt-out ends, since it was from this connection. ``stranded``: interviews left without a way to Zoom, as
    they will be. ``closed``: links that lead nowhere from then on. ``approval``: of the app, as it will be known.
    """

    standing: Standing
    cause: Cause
    answered: Answered[Loss]
    connections: tuple[Moved, ...]
    let_go: tuple[GrantRecord, ...]
    released: tuple[str, ...]
    opted_in: frozenset[str]
    stranded: tuple[InterviewRecord, ...]
    closed: tuple[TicketRecord, ...]
    approval: Approval
    notices: tuple[NoticeRecord, ...]

    @property
    def revoked(self) -> tuple[GrantRecord, ...]:
        """The grants to end at Zoom."""
        return self.let_go if self.answered.answer.revoke else ()

    def zoom_user_of(self, grant: GrantRecord) -> str:
        """Return the address of the Zoom user whose grant it is."""
        users = (one.before.zoom_user for one in self.connections if one.before.grant_id == grant.id)
        return next((user.email for user in users if user is not None), "")

    @property
    def after(self) -> Standing:
        """The organization as it will stand."""
        return _afterwards(self.standing, self.connections, self.opted_in)


def foresee(
    tx: Transaction,
    deployment: Deployment,
    standing: Standing,
    row: ConnectionRecord,
    answered: Answered[Loss],
    cause: Cause,
) -> Ending:
    """Return what a loss means for everything that is kept; nothing is written."""
    loss = answered.answer
    active = _is_active(standing, row.level, loss.phase)
    ending = _ending(standing, row, loss)
    left = () if active else ending
    moved = tuple(Moved(one, _moved(one, loss.phase, active=active)) for one in ending)
    opted_in = standing.opted_out if loss.ends == "all_of_organization" and not active else frozenset()
    after = _afterwards(standing, moved, opted_in)
    return Ending(
        standing=standing,
        cause=cause,
        answered=answered,
        connections=moved,
        let_go=grants_let_go(tx, left),
        released=_released(tx, left),
        opted_in=opted_in,
        stranded=stranded(tx, after, loss.flag_unmade) if loss.flag_unmade is not None else (),
        closed=_closed(tx, deployment, standing, row.level, loss),
        approval=_approval(standing, cause),
        notices=notice_records(tx, deployment, standing, loss.notices, event=f"{cause.value}:{row.id}:{row.revision}"),
    )


def carry_out(tx: Transaction, deployment: Deployment, ending: Ending) -> tuple[NoticeRecord, ...]:
    """Change what was foreseen in this transaction; return the notices to deliver once it is committed."""
    standing = ending.standing
    organization_id = standing.record.id
    question = f"connection ends: {ending.cause.value}"
    tx.records.add_decision(decision_record(deployment, standing, ending.answered, question=question))
    for one in ending.connections:
        tx.connections.save(one.after)
    for grant in ending.let_go:
        tx.grants.remove(grant.id)
        tx.directory.forget(grant.id)
    for user_id in ending.released:
        tx.connections.release(standing.record.profile, user_id, organization_id)
    for member_id in ending.opted_in:
        tx.connections.set_opt_out(organization_id, member_id, opted_out=False)
    for record in ending.stranded:
        tx.interviews.save(record)
    if ending.approval != standing.approval:
        tx.connections.save_approval(organization_id, ending.approval)
    for ticket in ending.closed:
        tx.attempts.close_ticket(ticket.token_hash, deployment.clock.now())
    return tuple(notice for notice in ending.notices if tx.records.add_notice(notice))


def _approval(standing: Standing, cause: Cause) -> Approval:
    """An admin who takes the approval back has refused it."""
    if cause is not Cause.APPROVAL_WITHDRAWN:
        return standing.approval
    return standing.approval.model_copy(update={"state": "refused"})


def _ending(standing: Standing, row: ConnectionRecord, loss: Loss) -> tuple[ConnectionRecord, ...]:
    if loss.ends == "all_of_organization":
        return tuple(one for one in standing.connections if one.level is row.level)
    return (row,)


def _moved(row: ConnectionRecord, phase: str, *, active: bool) -> ConnectionRecord:
    keep = {} if active else {"grant_id": None}
    return row.model_copy(update={"phase": phase, "revision": row.revision + 1, **keep})


def grants_let_go(tx: Transaction, rows: tuple[ConnectionRecord, ...]) -> tuple[GrantRecord, ...]:
    """Return the grants on which none but these connections rest."""
    ids = {row.id for row in rows}
    found = []
    for grant_id in dict.fromkeys(row.grant_id for row in rows if row.grant_id is not None):
        grant = tx.grants.get(grant_id)
        if grant is not None and all(other.id in ids for other in tx.connections.on_grant(grant_id)):
            found.append(grant)
    return tuple(found)


def _released(tx: Transaction, rows: tuple[ConnectionRecord, ...]) -> tuple[str, ...]:
    """Return the ids of the Zoom users of whom the organization has no other connection."""
    ids = {row.id for row in rows}
    found = []
    for row in rows:
        if row.grant_id is None or row.zoom_user is None:
            continue
        others = (one for one in tx.connections.on_grant(row.grant_id) if one.id not in ids)
        if all(other.organization_id != row.organization_id for other in others):
            found.append(row.zoom_user.id)
    return tuple(dict.fromkeys(found))


def _closed(
    tx: Transaction, deployment: Deployment, standing: Standing, level: Level, loss: Loss
) -> tuple[TicketRecord, ...]:
    """Return the links that lived until somebody connects, where nobody is to connect any more."""
    share = standing.profile.manifest.share
    spec = standing.profile.manifest.phase(level, loss.phase)
    if share is None or share.life != "until_connected" or spec is None or spec.kind is not PhaseKind.IDLE:
        return ()
    waiting = tx.attempts.waiting_tickets(standing.record.id, deployment.clock.now())
    return tuple(one for one in waiting if one.level is level)


def _afterwards(standing: Standing, moved: tuple[Moved, ...], opted_in: frozenset[str]) -> Standing:
    now = {one.before.id: one.after for one in moved}
    connections = tuple(now.get(row.id, row) for row in standing.connections)
    return replace(standing, connections=connections, opted_out=standing.opted_out - opted_in)


def _is_active(standing: Standing, level: Level, phase: str) -> bool:
    spec = standing.profile.manifest.phase(level, phase)
    return spec is not None and spec.kind is PhaseKind.ACTIVE
