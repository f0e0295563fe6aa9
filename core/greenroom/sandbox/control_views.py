"""What control calls answer: the world, the ledger and the rest as JSON objects."""

from dataclasses import asdict
from datetime import datetime

from greenroom.sandbox.approvals import UNDECIDED, Decision
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import Account, App, User
from greenroom.sandbox.faults import Fault
from greenroom.sandbox.ledger import Meeting, Request
from greenroom.sandbox.meeting_replies import join_url
from greenroom.sandbox.state import State

CREATE = "POST /users/{userId}/meetings"


def world_view(state: State) -> dict[str, object]:
    """Return who exists now, and which grants are live or ended."""
    directory = state.directory
    return {
        "clock": iso(state.clock.now()),
        "accounts": [_account(state, account) for account in directory.accounts.values()],
        "apps": [_app(app) for app in directory.apps.values()],
        "grants": [
            {
                "app": directory.apps[grant.client_id].name,
                "user": _email(state, grant.user_id),
                "scopes": grant.scopes,
                "issued_at": iso(grant.issued_at),
                "ended": grant.ended,
            }
            for grant in state.grants
        ],
    }


def ledger_view(state: State) -> dict[str, object]:
    """Return every meeting ever, every request kept, and how many create requests came."""
    meetings = [_meeting(state, meeting) for meeting in state.ledger]
    return {
        "clock": iso(state.clock.now()),
        "create_requests": state.ledger.received[CREATE],
        "meetings_created": len(meetings),
        "meetings_live": sum(1 for meeting in meetings if meeting["live"]),
        "meetings": meetings,
        "requests": [_request(request) for request in state.ledger.requests],
    }


def approvals_view(state: State) -> dict[str, object]:
    """Return what each account decided about each app."""
    directory = state.directory
    pairs = [(app, account) for account in directory.accounts.values() for app in directory.apps.values()]
    return {"approvals": [_approval(state, app, account) for app, account in pairs]}


def user_view(user: User) -> dict[str, object]:
    """Return a person."""
    return {
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "type": user.type,
        "status": user.status,
        "pmi": user.pmi,
        "timezone": user.timezone,
        "settings": dict(user.settings),
    }


def faults_view(state: State) -> dict[str, object]:
    """Return the rules in force."""
    return {"faults": [fault_view(fault, seen) for fault, seen in state.faults.listed()]}


def fault_view(fault: Fault, seen: int) -> dict[str, object]:
    """Return a rule with how many matching requests it has seen."""
    return {**asdict(fault), "headers": dict(fault.headers), "seen": seen}


def _account(state: State, account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "name": account.name,
        "plan": account.plan,
        "cloud": account.cloud,
        "require_approval": account.require_approval,
        "one_security_option_required": account.one_security_option_required,
        "settings": dict(account.settings),
        "locks": sorted(account.locks),
        "roles": [
            {"id": role.id, "name": name, "privileges": sorted(role.privileges), "everything": role.everything}
            for name, role in account.roles.items()
        ],
        "rooms": [room.model_dump() for room in account.rooms],
        "users": [user_view(user) for user in state.directory.members(account.id)],
    }


def _app(app: App) -> dict[str, object]:
    return asdict(app)


def _meeting(state: State, meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "uuid": meeting.uuid,
        "account": meeting.account_id,
        "host_id": meeting.host_id,
        "host_email": meeting.host_email,
        "app": state.directory.apps[meeting.client_id].name,
        "topic": meeting.topic,
        "agenda": meeting.agenda,
        "type": meeting.type,
        "start_time": _instant(meeting.start),
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "password": meeting.passcode,
        "pmi": meeting.pmi or None,
        "join_url": join_url(state, meeting),
        "settings": dict(meeting.settings),
        "tracking_fields": meeting.extras.get("tracking_fields", []),
        "created_at": iso(meeting.created_at),
        "updated_at": [iso(instant) for instant in meeting.updated_at],
        "deleted_at": _instant(meeting.deleted_at),
        "live": not meeting.gone(state.clock.now()),
    }


def _request(request: Request) -> dict[str, object]:
    at = request.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {**asdict(request), "at": at}


def _approval(state: State, app: App, account: Account) -> dict[str, object]:
    requests = state.approvals.requests(app, account.id)
    decision = state.approvals.decision(app, account.id)
    return {
        "app": app.name,
        "account": account.id,
        "required": account.require_approval,
        "state": state.approvals.state(app, account.id),
        **_decided(state, None if decision is UNDECIDED else decision),
        "requests": [
            {
                "user": _email(state, request.user_id),
                "status": request.status,
                "requested_at": iso(request.requested_at),
                "notified": [_email(state, one) for one in request.notified],
                **_decided(state, request.decision),
            }
            for request in requests
        ],
    }


def _decided(state: State, decision: Decision | None) -> dict[str, object]:
    by = decision.by if decision else None
    return {"decided_by": _email(state, by) if by else None, "decided_at": _instant(decision.at if decision else None)}


def _email(state: State, user_id: str) -> str | None:
    user = state.directory.users.get(user_id)
    return user.email if user else None


def _instant(instant: datetime | None) -> str | None:
    return iso(instant) if instant else None
