"""May this person authorize this app? The one decision behind the pages and the control call.

A refusal is shown as a page; the browser is never sent back to the app with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from greenroom.sandbox.directory import App, User
from greenroom.sandbox.grants import Challenge
from greenroom.sandbox.privileges import APPROVER, behind
from greenroom.sandbox.state import State

Choice = Literal["authorize", "decline"]
Page = Literal[
    "invalid_client",
    "invalid_redirect",
    "invalid_request",
    "user_inactive",
    "user_pending",
    "not_published",
    "admin_required",
    "approval_needed",
]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


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
    if app is None:
        return Refusal("invalid_client", "Invalid client id (4,702)", 400)
    if not _registered(app, request.redirect_uri):
        return Refusal("invalid_redirect", "Invalid redirect url (4,700)", 400)
    if request.response_type != "code" or request.code_challenge_method not in ("plain", "S256"):
        return Refusal("invalid_request", "Invalid authorization request (4,700)", 400)
    return app


def _registered(app: App, uri: str) -> bool:
    """Accept registered addresses exactly; a registered loopback address is good on any port."""
    return uri in app.redirect_uris or any(_same_but_port(uri, known) for known in app.redirect_uris)


def _same_but_port(uri: str, known: str) -> bool:
    try:
        asked, registered = urlsplit(uri), urlsplit(known)
        _ = asked.port  # an impossible port is a ValueError here
    except ValueError:
        return False
    if asked.hostname not in _LOOPBACK or "@" in asked.netloc:
        return False
    return _portless(uri) == _portless(known) and asked.hostname == registered.hostname


def _portless(uri: str) -> tuple[str, str, str, str]:
    parts = urlsplit(uri)
    return (parts.scheme, parts.path, parts.query, parts.fragment)


def refusal_for(state: State, app: App, user: User) -> Refusal | None:
    """Return why this person may not authorize the app, or `None`.

    An admin-managed app needs an owner, an admin, or a role with every privilege behind the app's scopes.
    Where the account requires approval, anyone who cannot approve apps themselves needs it first.
    """
    if user.status == "inactive":
        return Refusal("user_inactive", "Your account is deactivated. Please contact your account admin.")
    if user.status == "pending":
        return Refusal("user_pending", "Your invitation to join the account has not been accepted yet.")
    if not app.published and app.developer_account != user.account_id:
        return Refusal("not_published", f"You cannot authorize {app.name}: the app is not published.")
    role = state.directory.role_of(user)
    if app.kind == "admin" and not all(role.holds(privilege) for privilege in behind(app.scopes)):
        message = (
            "An account admin is required to install this type of app. "
            "Please contact your account admin or IT administrator to install this app."
        )
        return Refusal("admin_required", message)
    required = state.directory.account_of(user).require_approval and not role.holds(APPROVER)
    if required and not state.approvals.allow(app, user):
        return Refusal("approval_needed", f"You cannot authorize {app.name}")
    return None


def conclude(state: State, request: AuthorizeRequest, user: User, choice: Choice) -> Redirect | Refusal:
    """Carry out what a person chose at the consent page."""
    app = requested_app(state, request)
    if isinstance(app, Refusal):
        return app
    refusal = refusal_for(state, app, user)
    if refusal:
        return refusal
    if choice == "decline":
        text = "The user declined to authorize the app."
        return _back(request, {"error": "access_denied", "error_description": text})
    challenge = Challenge(request.code_challenge, request.code_challenge_method)
    return _back(request, {"code": state.grants.issue_code(app, user, request.redirect_uri, challenge)})


def _back(request: AuthorizeRequest, answer: dict[str, str]) -> Redirect:
    """Add the answer to the redirect address, keeping its own query and the caller's `state`."""
    parts = urlsplit(request.redirect_uri)
    state = {} if request.state is None else {"state": request.state}
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *{**answer, **state}.items()])
    return Redirect(urlunsplit(parts._replace(query=query)))
