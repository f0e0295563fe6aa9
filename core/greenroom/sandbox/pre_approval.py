"""Asking for, giving and taking back pre-approval, with all that follows from it.

Whether approval is needed at all is a switch of the account; `authorization` asks for it.
"""

from greenroom.sandbox.approvals import ApprovalRequest, Decision, Verdict
from greenroom.sandbox.directory import Account, App, User
from greenroom.sandbox.privileges import APPROVER
from greenroom.sandbox.scope_words import in_words
from greenroom.sandbox.state import State

REQUESTED = "app.authorization_request_created"


def ask_approval(state: State, app: App, user: User, reason: str = "") -> ApprovalRequest:
    """Record that a person wants the app, and tell those who decide; one pending request is enough."""
    known = state.approvals.request(app, user)
    if known and known.status == "pending":
        return known
    deciders = _deciders(state, user.account_id)
    request = state.approvals.ask(app, user, state.clock.now(), deciders)
    state.events.emit(REQUESTED, user.account_id, _payload(app, user, reason), about=(user.id, *deciders))
    return request


def decide_for_account(state: State, app: App, account: Account, verdict: Verdict, by: User | None = None) -> None:
    """Approve or forbid an app for an account; people who use it without approval lose their tokens."""
    state.approvals.decide(app, account, _decision(state, verdict, by))
    if verdict == "approved":
        return
    members = state.directory.members(account.id)
    state.approvals.forbid_everyone(app, members)
    _withdraw(state, app, members)


def decide_for_user(state: State, app: App, user: User, verdict: Verdict, by: User | None = None) -> None:
    """Approve or forbid an app for one person, who loses their tokens when nothing else allows it."""
    state.approvals.decide_one(app, user, _decision(state, verdict, by))
    if not state.approvals.allow(app, user):
        _withdraw(state, app, [user])


def _decision(state: State, verdict: Verdict, by: User | None) -> Decision:
    return Decision(verdict, state.clock.now(), by.id if by else None)


def _deciders(state: State, account_id: str) -> tuple[str, ...]:
    members = (user for user in state.directory.members(account_id) if user.status == "active")
    return tuple(user.id for user in members if state.directory.role_of(user).holds(APPROVER))


def _withdraw(state: State, app: App, users: list[User]) -> None:
    """End the tokens people have through either of the app's credentials."""
    clients = {one.client_id for one in state.directory.apps.values() if one.id == app.id}
    people = {user.id for user in users}
    state.grants.end("disabled_by_admin", lambda grant: grant.client_id in clients and grant.user_id in people)


def _payload(app: App, user: User, reason: str) -> dict[str, object]:
    words = [in_words(scope) for scope in app.every_scope]
    views = [sentence for sentence in words if sentence.startswith("View ")]
    return {
        "app_name": app.name,
        "app_type": "OAuthApp",
        "app_status": "published" if app.published else "development",
        "app_description": "",
        "app_permissions": {"View": views, "Manage": [sentence for sentence in words if sentence not in views]},
        "app_scopes": list(app.every_scope),
        "install_requirements": {"user_role": "Any User" if app.kind == "user" else "Account Admin"},
        "request_reason": reason,
        "requester_name": user.display_name,
        "requester_department": "",
        "requester_user_groups": [],
    }
