"""Whose business a webhook is: Zoom names an account, a user, a meeting, and the app it tells."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import ConnectionRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.errors import ConfigurationFault


def connections_of_user(
    tx: Transaction, deployment: Deployment, app: str, account_id: str, user_id: str
) -> tuple[ConnectionRecord, ...]:
    """Return the connections that were made by a Zoom user through an app, also where their grant has ended."""
    rows = tx.connections.of_zoom_user(user_id) if user_id else ()
    return tuple(row for row in rows if _account(row) == account_id and goes_through(tx, deployment, row, app))


def meetings_told_of(
    tx: Transaction, deployment: Deployment, app: str, account_id: str, meeting_id: str
) -> tuple[tuple[MeetingRecord, ConnectionRecord], ...]:
    """Return what is kept of a meeting, beside the connection it was made through."""
    return _beside_connections(tx, deployment, app, account_id, tx.interviews.meetings_at_zoom(meeting_id))


def meetings_hosted_by(
    tx: Transaction, deployment: Deployment, app: str, account_id: str, user_id: str
) -> tuple[tuple[MeetingRecord, ConnectionRecord], ...]:
    """Return what is kept of the meetings a Zoom user hosts, each beside the connection it was made through."""
    return _beside_connections(tx, deployment, app, account_id, tx.interviews.meetings_hosted_by(user_id))


def _beside_connections(
    tx: Transaction, deployment: Deployment, app: str, account_id: str, meetings: Iterable[MeetingRecord]
) -> tuple[tuple[MeetingRecord, ConnectionRecord], ...]:
    found = []
    for meeting in meetings:
        row = tx.connections.get(meeting.connection_id)
        if row is not None and _account(row) == account_id and goes_through(tx, deployment, row, app):
            found.append((meeting, row))
    return tuple(found)


def goes_through(tx: Transaction, deployment: Deployment, row: ConnectionRecord, app: str) -> bool:
    """Whether a connection goes, or went, through a Zoom app of this deployment."""
    grant = tx.grants.get(row.grant_id) if row.grant_id is not None else None
    if grant is not None:
        return grant.app == app
    organization = tx.organizations.get(row.organization_id)
    if organization is None:
        return False
    manifest = deployment.profiles.profile(f"{organization.profile}@{organization.edition}").manifest
    kind = manifest.apps.get(row.level)
    if kind is None:  # a level of a profile that the organization left
        return False
    try:
        return deployment.app_for(organization.profile, kind).name == app
    except ConfigurationFault:  # there is no such app any more, so it is not the one that was told
        return False


def _account(row: ConnectionRecord) -> str:
    return (row.zoom_user.account.id or "") if row.zoom_user is not None else ""
