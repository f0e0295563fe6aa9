"""Interviews not made yet that lost their way to Zoom: marked when a connection goes, cleared when one comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, read_standing
from greenroom.model import Say
from greenroom.profiles import Registry


def stranded(tx: Transaction, standing: Standing, say: Say) -> tuple[InterviewRecord, ...]:
    """Return the interviews that lack a way to Zoom as the organization stands, marked with what is said of them.

    Meetings already made, links entered by hand and interviews that want no Zoom are left alone, and so is whoever
    still has another connection. Nothing is written.
    """
    lost = (record for record, has_way in _unmade(tx, standing) if not has_way)
    return tuple(record.model_copy(update={"attention": say}) for record in lost)


def clear_rescued(tx: Transaction, profiles: Registry, organization_id: str) -> None:
    """Clear the mark of every interview that has a way to Zoom again."""
    for record, has_way in _unmade(tx, read_standing(tx, profiles, organization_id)):
        if has_way and record.attention is not None:
            tx.interviews.save(record.model_copy(update={"attention": None}))


def unmade(record: InterviewRecord) -> bool:
    """Whether an interview still waits for its meeting, or may want one."""
    wish = record.interview.wish
    wants_none = wish.zoom is False or wish.given is not None or record.given is not None
    return record.state == "live" and record.meeting_id is None and not wants_none


def _unmade(tx: Transaction, standing: Standing) -> Iterator[tuple[InterviewRecord, bool]]:
    """Yield each unmade interview, and whether its scheduler has a connection it could be made through."""
    organization_id = standing.record.id
    waiting = [record for record in tx.interviews.of_organization(organization_id) if unmade(record)]
    if not waiting:
        return
    members = {member.email: member for member in tx.organizations.members(organization_id)}
    for record in waiting:
        mine = replace(standing, actor=members.get(record.interview.scheduler.email))
        yield record, _has_way(mine)


def _has_way(standing: Standing) -> bool:
    return any(connection.usable for connection in standing.visible())
