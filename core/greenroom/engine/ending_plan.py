"""An ending in words, beside what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from greenroom.engine.deployment import Deployment
from greenroom.engine.ending import Ending, Moved
from greenroom.engine.ending_views import (
    ConnectionChange,
    DisconnectPlan,
    EventStays,
    InterviewMarked,
    InterviewStays,
    MemberChange,
    NoticePlan,
    PhaseView,
    Uses,
    WaitingLink,
)
from greenroom.engine.outcomes import MemberConnectionView
from greenroom.engine.ports.records import AttemptRecord, ConnectionRecord, InterviewRecord, TicketRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.setups import member_connections
from greenroom.engine.standing import Standing, expired
from greenroom.engine.words import text_of
from greenroom.model import Level, PhaseKind


def plan_of(tx: Transaction, deployment: Deployment, ending: Ending) -> DisconnectPlan:
    """Return an ending in words, beside what it leaves alone; read in the transaction it was foreseen in."""
    standing = ending.standing
    actor, organization_id = standing.actor, standing.record.id
    waiting = tx.attempts.waiting_tickets(organization_id, deployment.clock.now())
    known = {member.id for member in tx.organizations.members(organization_id)}
    return DisconnectPlan(
        connections=tuple(_connection(tx, ending, one) for one in ending.connections),
        members=_members(tx, ending),
        interviews_kept=tuple(_kept(tx, ending)),
        interviews_marked=tuple(_marked(standing, record) for record in ending.stranded),
        links=(
            *(_link(one, closed=one in ending.closed) for one in waiting),
            *(_link(one, closed=False) for one in _at_zoom(tx, organization_id, deployment.clock.now())),
        ),
        approval=ending.approval.state,
        notices=tuple(NoticePlan(to=one.recipient or one.to, text=one.text) for one in ending.notices),
        calendar_events=_events(tx, ending),
        joins=actor.email if actor is not None and actor.id not in known else None,
    )


def _connection(tx: Transaction, ending: Ending, one: Moved) -> ConnectionChange:
    standing, row = ending.standing, one.before
    member = tx.organizations.member(row.organization_id, row.owner) if row.level is Level.MEMBER else None
    return ConnectionChange(
        level=row.level,
        level_label=standing.profile.labels.level(row.level),
        owner=member.email if member is not None else standing.record.name,
        zoom_user=row.zoom_user.email if row.zoom_user is not None and row.grant_id is not None else None,
        before=_phase(standing, one.before),
        after=_phase(standing, one.after),
        grant=_grant(ending, one),
    )


def _grant(ending: Ending, one: Moved) -> Literal["revoked", "forgotten", "shared", "stays", "none"]:
    if one.before.grant_id is None:
        return "none"
    if one.after.grant_id is not None:
        return "stays"
    if one.before.grant_id not in {grant.id for grant in ending.let_go}:
        return "shared"
    return "revoked" if ending.answered.answer.revoke else "forgotten"


def _phase(standing: Standing, row: ConnectionRecord) -> PhaseView:
    label = standing.profile.labels.phase(row.level, row.phase)
    return PhaseView(phase=row.phase, label=label.label, colour=label.colour, kind=standing.seen(row).kind)


def _members(tx: Transaction, ending: Ending) -> tuple[MemberChange, ...]:
    members = tx.organizations.members(ending.standing.record.id)
    before, after = member_connections(tx, ending.standing), member_connections(tx, ending.after)
    return tuple(
        MemberChange(
            email=member.email,
            before=_uses(used),
            after=_uses(then),
            opt_out_ends=member.id in ending.opted_in,
        )
        for member, used, then in zip(members, before, after, strict=True)
    )


def _uses(one: MemberConnectionView) -> Uses | None:
    if one.type is None:
        return None
    return Uses(level=one.type, level_label=one.type_label, zoom_user=one.zoom_user)


def _kept(tx: Transaction, ending: Ending) -> Iterator[InterviewStays]:
    reach = {one.after.id: _reaches(ending, one.after) for one in ending.connections}
    meetings = {row.meeting.id: row for row in tx.interviews.meetings(ending.standing.record.id)}
    for record in tx.interviews.of_organization(ending.standing.record.id):
        row = meetings.get(record.meeting_id or "")
        if row is None or record.state != "live" or row.state != "live" or row.connection_id not in reach:
            continue
        interview = record.interview
        yield InterviewStays(
            id=record.id,
            subject=interview.subject,
            start=interview.start,
            minutes=interview.minutes,
            zone=interview.zone,
            host=row.meeting.host.email,
            join_url=row.meeting.join_url,
            in_reach=reach[row.connection_id],
        )


def _reaches(ending: Ending, row: ConnectionRecord) -> bool:
    return row.grant_id is not None and ending.standing.seen(row).kind is PhaseKind.ACTIVE


def _marked(standing: Standing, record: InterviewRecord) -> InterviewMarked:
    interview = record.interview
    return InterviewMarked(
        id=record.id,
        subject=interview.subject,
        start=interview.start,
        minutes=interview.minutes,
        zone=interview.zone,
        text=text_of(standing.profile, record.attention) if record.attention is not None else "",
    )


def _at_zoom(tx: Transaction, organization_id: str, now: datetime) -> Iterator[AttemptRecord]:
    """Yield the ways to Zoom's own page that were given out without a link of ours and can still be followed."""
    for one in tx.attempts.unanswered(organization_id):
        if one.ticket_hash is None and one.used_at is None and not expired(one.expires_at, now):
            yield one


def _link(ticket: TicketRecord | AttemptRecord, *, closed: bool) -> WaitingLink:
    return WaitingLink(
        level=ticket.level,
        path=ticket.path,
        created_at=ticket.created_at,
        expires_at=ticket.expires_at,
        after="closed" if closed else "open",
    )


def _events(tx: Transaction, ending: Ending) -> tuple[EventStays, ...]:
    """Return the events that nobody writes to any more: the connections that let go of their grant wrote them."""
    ended = {one.before.id for one in ending.connections if one.before.grant_id and not one.after.grant_id}
    return tuple(
        EventStays(interview=one.interview_id, calendar=one.calendar)
        for one in tx.activities.events(ending.standing.record.id)
        if one.connection_id in ended and one.state != "removed"
    )
