"""May this person authorize this app? The one decision behind the pages and the control call.

A refusal is shown as a page; the browser is never sent back to the app with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from greenroom.sandbox.directory import App, User
from greenroom.sandbox.grants import Challenge, Consent
from greenroom.sandbox.privileges import APPROVER, behind
from greenroom.sandbox.redirects import registered
from greenroom.sandbox.scopes import level_of
from greenroom.sandbox.state import State

Choice = Literal["authorize", "decline"]
Page = Literal[
    "invalid_client",
    "invalid_redirect",
    "invalid_request",
    "app_disabled",
    "other_cloud",
    "user_inactive",
    "user_pending",
    "not_published",
    "admin_required",
    "owner_required",
    "approval_needed",
]


@dataclass(frozen=True)
class AuthorizeRequest:
    """The query of an authorize URL; absent parameters are empty."""

    client_id: str
    redirect_uri: str
    response_type: str
    state: str | None
    code_challenge: str
    code_challenge_method: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "AuthorizeRequest":
        """Read the parameters; Zoom ignores others, `scope` among them."""
        return cls(
            client_id=query.get("client_id", ""),
            redirect_uri=query.get("redirect_uri", ""),
            response_type=query.get("response_type", ""),
            state=query.get("state"),
            code_challenge=query.get("code_challenge", ""),
            code_challenge_method=query.get("code_challenge_method", "") or "plain",
        )


@dataclass(frozen=True)
class Answer:
    """What a person chose at the consent page.

    Attributes:
        declined: optional scopes the person does not grant.
        shared_access: whether a user-managed app may use what others shared with the person.
    """

    choice: Choice
    declined: frozenset[str] = frozenset()
    shared_access: bool = False


@dataclass(frozen=True)
class Refusal:
    """A page that ends the walk."""

    page: Page
    message: str
    status: int = 403


@dataclass(frozen=True)
class Redirect:
    """Back to the app, with a code or with an error."""

    location: str


def requested_app(state: State, request: AuthorizeRequest) -> App | Refusal:
    """Return the app a request is for, unless the request itself is wrong."""
    app = state.directory.apps.get(request.client_id)
    if app is None or app.kind == "s2s":
        return Refusal("invalid_client", "Invalid client id (4,702)", 400)
    if app.disabled:
        return Refusal("app_disabled", "The app has been disabled (4,717)")
    if not registered(app, request.redirect_uri):
        return Refusal("invalid_redirect", "Invalid redirect url (4,700)", 400)
    if request.response_type != "code" or request.code_challenge_method not in ("plain", "S256"):
        return Refusal("invalid_request", "Invalid authorization request (4,700)", 400)
    return app


def refusal_for(state: State, app: App, user: User) -> Refusal | None:
    """Return why this person may not authorize the app, or `None`.

    An admin-managed app needs an owner, an admin, or a role with every privilege behind the app's scopes; master
    scopes need the owner. Where the account requires approval, anyone who cannot approve apps themselves needs
    it first.
    """
    if user.status == "inactive":
        return Refusal("user_inactive", "Your account is deactivated. Please contact your account admin.")
    if user.status == "pending":
        return Refusal("user_pending", "Your invitation to join the account has not been accepted yet.")
    account = state.directory.account_of(user)
    if app.cloud != account.cloud:
        return Refusal("other_cloud", "Invalid client id (4,702)", 400)
    if not app.published and app.developer_account != account.id:
        return Refusal("not_published", f"You cannot authorize {app.name}: the app is not published.")
    lacking = [scope for scope in app.scopes if not _may_grant(state, user, scope)]
    if lacking:
        return _lacking(app, lacking)
    required = account.require_approval and not state.directory.role_of(user).holds(APPROVER)
    if required and not state.approvals.allow(app, user):
        return Refusal("approval_needed", f"You cannot authorize {app.name}")
    return None


def _may_grant(state: State, user: User, scope: str) -> bool:
    """Tell whether the person has what the scope hands on."""
    if level_of(scope) == "master":
        return user.role == "owner"
    role = state.directory.role_of(user)
    return all(role.holds(privilege) for privilege in behind((scope,)))


def _lacking(app: App, scopes: list[str]) -> Refusal:
    if all(level_of(scope) == "master" for scope in scopes):
        return Refusal("owner_required", f"You cannot authorize {app.name}")
    message = (
        "An account admin is required to install this type of app. "
        "Please contact your account admin or IT administrator to install this app."
    )
    return Refusal("admin_required", message)


def offered(state: State, app: App, user: User) -> tuple[str, ...]:
    """Return the optional scopes this person could grant."""
    return tuple(scope for scope in app.optional_scopes if _may_grant(state, user, scope))


def conclude(state: State, request: AuthorizeRequest, user: User, answer: Answer) -> Redirect | Refusal:
    """Carry out what a person chose at the consent page."""
    app = requested_app(state, request)
    if isinstance(app, Refusal):
        return app
    refusal = refusal_for(state, app, user)
    if refusal:
        return refusal
    if answer.choice == "decline":
        text = "The user declined to authorize the app."
        return _back(request, {"error": "access_denied", "error_description": text})
    granted = (scope for scope in offered(state, app, user) if scope not in answer.declined)
    consent = Consent((*app.scopes, *granted), shared_access=answer.shared_access and app.kind == "user")
    challenge = Challenge(request.code_challenge, request.code_challenge_method)
    return _back(request, {"code": state.grants.issue_code(app, user, consent, request.redirect_uri, challenge)})


def _back(request: AuthorizeRequest, answer: dict[str, str]) -> Redirect:
    """Add the answer to the redirect address, keeping its own query and the caller's `state`."""
    parts = urlsplit(request.redirect_uri)
    state = {} if request.state is None else {"state": request.state}
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *{**answer, **state}.items()])
    return Redirect(urlunsplit(parts._replace(query=query)))
