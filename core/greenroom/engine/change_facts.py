"""What a profile is told when an interview changes after its meeting was made."""

from __future__ import annotations

from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import ConnectionRecord, InterviewRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.questions import load_around
from greenroom.engine.standing import Standing
from greenroom.model import ChangeRequest, Interview, PhaseKind, Span


def change_request(
    tx: Transaction,
    deployment: Deployment,
    standing: Standing,
    record: InterviewRecord,
    after: Interview | None,
    row: MeetingRecord | None,
) -> ChangeRequest:
    """Return the question what follows when a person moves an interview to ``after``, or cancels it (``None``)."""
    load: tuple[tuple[str, Span], ...] = ()
    if after is not None and after.span and "load" in standing.profile.manifest.facts_for("change"):
        load = load_around(tx, standing, record.id, after.span)
    connection = tx.connections.get(row.connection_id) if row is not None else None
    return ChangeRequest(
        organization=standing.organization,
        actor=standing.actor,
        at=deployment.clock.now(),
        settings=standing.settings_view(kind=record.interview.kind),
        connections=standing.visible(),
        parameters=standing.parameters,
        before=record.interview,
        after=after,
        meeting=row.meeting if row is not None else None,
        reachable=row is None or reachable(standing, connection, row),
        load=load,
    )


def reachable(standing: Standing, connection: ConnectionRecord | None, row: MeetingRecord) -> bool:
    """Whether Zoom can be asked to change a meeting through the connection it was made through, as that is now.

    Connected anew by another user, a user's own connection does not reach the meetings of the user before; nor does
    any connection reach those of another Zoom account.
    """
    user = connection.zoom_user if connection is not None else None
    if connection is None or connection.grant_id is None or user is None:
        return False
    host = row.meeting.host
    theirs = user.account.id == host.account.id if standing.knows_account(connection) else user.id == host.id
    here = next((one for one in standing.connections if one.id == connection.id), None)
    return theirs and here is not None and standing.seen(here).kind is PhaseKind.ACTIVE
