"""Interviews not made yet that lost their way to Zoom: marked when a connection goes, cleared when one comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, read_standing
from greenroom.model import Say
from greenroom.profiles import Registry


def mark_stranded(tx: Transaction, profiles: Registry, organization_id: str, say: Say) -> int:
    """Mark the interviews that now lack a way to Zoom with what is said of them; return how many do.

    Meetings already made, links entered by hand and interviews that want no Zoom are left alone, and so is whoever
    still has another connection.
    """
    stranded = [one for one, has_way in _unmade(tx, profiles, organization_id) if not has_way]
    for record in stranded:
        tx.interviews.save(record.model_copy(update={"attention": say}))
    return len(stranded)


def clear_rescued(tx: Transaction, profiles: Registry, organization_id: str) -> None:
    """Clear the mark of every interview that has a way to Zoom again."""
    for record, has_way in _unmade(tx, profiles, organization_id):
        if has_way and record.attention is not None:
            tx.interviews.save(record.model_copy(update={"attention": None}))


def unmade(record: InterviewRecord) -> bool:
    """Whether an interview still waits for its meeting, or may want one."""
    wish = record.interview.wish
    wants_none = wish.zoom is False or wish.given is not None or record.given is not None
    return record.state == "live" and record.meeting_id is None and not wants_none


def _unmade(tx: Transaction, profiles: Registry, organization_id: str) -> Iterator[tuple[InterviewRecord, bool]]:
    """Yield each unmade interview, and whether its scheduler has a connection it could be made through."""
    waiting = [record for record in tx.interviews.of_organization(organization_id) if unmade(record)]
    if not waiting:
        return
    standing = read_standing(tx, profiles, organization_id)
    members = {member.email: member for member in tx.organizations.members(organization_id)}
    for record in waiting:
        mine = replace(standing, actor=members.get(record.interview.scheduler.email))
        yield record, _has_way(mine)


def _has_way(standing: Standing) -> bool:
    return any(connection.usable for connection in standing.visible())
