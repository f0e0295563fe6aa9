"""The pre-approval operations of the Marketplace."""

from collections.abc import Iterable
from typing import cast

from greenroom.sandbox.approvals import ApprovalRequest, Verdict
from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import App, User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.pre_approval import ask_approval, decide_for_account, decide_for_user


def list_requests(call: Call) -> Reply:
    """GET /marketplace/apps/{appId}/requests: the account's requests for one app, the pending ones unless asked."""
    call.require_role(call.operation.privilege)
    app = _app(call)
    status = call.query.get("status", "pending")
    requests = [r for r in call.state.approvals.requests(app, call.account.id) if r.status == status]
    return Reply(body=page(call, "requests", requests, lambda one: _request(call, one), numbered=False))


def add_requests(call: Call) -> Reply:
    """POST /marketplace/apps/{appId}/requests: ask on behalf of people."""
    call.require_role(call.operation.privilege)
    app, now = _app(call), call.state.clock.now()
    everyone = call.body["action"] == "add_all"
    users = call.state.directory.members(call.account.id) if everyone else _users(call, "user_ids")
    for user in users:
        ask_approval(call.state, app, user)
    return Reply(201, {"added_at": iso(now), "user_ids": [user.id for user in users], "group_ids": []})


def answer_requests(call: Call) -> Reply:
    """PATCH /marketplace/apps/{appId}/requests: approve, decline or cancel."""
    call.require_role(call.operation.privilege)
    app, action = _app(call), str(call.body["action"])
    if action.endswith("_all"):
        waiting = [r for r in call.state.approvals.requests(app, call.account.id) if r.status == "pending"]
        users: Iterable[User] = [call.state.directory.users[request.user_id] for request in waiting]
    else:
        users = _users(call, "request_user_ids")
    for user in users:
        if action == "cancel":
            call.state.approvals.cancel(app, user)
        else:
            verdict: Verdict = "approved" if action.startswith("approve") else "rejected"
            decide_for_user(call.state, app, user, verdict, call.user)
    return Reply(204)


def pre_approve(call: Call) -> Reply:
    """POST /marketplace/apps/{appId}/preApprove: allow an app before anyone asks, or take it back."""
    app = _app(call)
    if not call.state.directory.role_of(call.user).holds(call.operation.privilege):
        raise ZoomError(400, 1500, "User can not pre approve this app")
    if not call.account.require_approval:
        raise ZoomError(400, 1404, "application_pre_approved_status_off")
    action = str(call.body.get("action", ""))
    verdict: Verdict = "approved" if action.startswith("approve") else "rejected"
    users = _users(call, "user_ids")
    if action in ("approve_all", "disapprove_all"):
        decide_for_account(call.state, app, call.account, verdict, call.user)
    elif action in ("approve_user", "disapprove_user"):
        for user in users:
            decide_for_user(call.state, app, user, verdict, call.user)
    now = iso(call.state.clock.now())
    return Reply(201, {"executed_at": now, "user_ids": [user.id for user in users], "group_ids": []})


def list_user_requests(call: Call) -> Reply:
    """GET /marketplace/users/{userId}/apps: what one person asked for, open or answered."""
    user = call.target()
    active = call.query.get("type", "active_requests") == "active_requests"
    requests = [r for r in call.state.approvals.requests_of(user) if (r.status == "pending") == active]
    return Reply(body=page(call, "apps", requests, lambda one: _asked_app(call, one), numbered=False))


def _app(call: Call) -> App:
    which = call.path["appId"]
    app = next((a for a in call.state.directory.apps.values() if which in (a.id, a.client_id)), None)
    if app is None or app.cloud != call.account.cloud:
        raise ZoomError(404, 1401, f"App ID does not exist: {which}")
    return app


def _users(call: Call, field: str) -> list[User]:
    users = []
    for who in cast("list[str]", call.body.get(field, [])):
        user = call.state.directory.find_user(who)
        if user is None or user.account_id != call.account.id:
            raise ZoomError(404, 1001, f"User does not exist: {who}.")
        users.append(user)
    return users


def _request(call: Call, request: ApprovalRequest) -> dict[str, object]:
    user = call.state.directory.users[request.user_id]
    return {
        "request_user_id": user.id,
        "request_user_name": user.display_name,
        "request_user_email": user.email,
        "request_user_department": "",
        "request_date_time": iso(request.requested_at),
        "reason": "",
        "status": request.status,
    }


def _asked_app(call: Call, request: ApprovalRequest) -> dict[str, object]:
    app = next(a for a in call.state.directory.apps.values() if a.id == request.app_id)
    return {
        "app_id": app.id,
        "app_name": app.name,
        "app_status": "PUBLISHED" if app.published else "UNPUBLISHED",
        "app_type": "OAuthApp",
        "app_usage": 1 if app.kind == "user" else 2,
        "request_id": f"{request.app_id}.{request.user_id}",
        "request_date_time": iso(request.requested_at),
        "request_status": request.status,
    }


HANDLERS: dict[str, Handler] = {
    "GET /marketplace/apps/{appId}/requests": list_requests,
    "POST /marketplace/apps/{appId}/requests": add_requests,
    "PATCH /marketplace/apps/{appId}/requests": answer_requests,
    "POST /marketplace/apps/{appId}/preApprove": pre_approve,
    "GET /marketplace/users/{userId}/apps": list_user_requests,
}
