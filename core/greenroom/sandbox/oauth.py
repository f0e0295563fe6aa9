"""The token and revoke endpoints."""

import base64
import binascii
import hmac
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.sandbox.directory import App
from greenroom.sandbox.errors import OAuthError
from greenroom.sandbox.grants import ACCESS_LIFE, Grant, Tokens
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import exchange_of

_NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}


def routes(state: State) -> list[Route]:
    """Return the routes of the two endpoints."""

    async def token(request: Request) -> Response:
        try:
            parameters = await _parameters(request)
            app = _authenticated_app(state, request)
            exchange_of(request.scope).app = app.name
            tokens = _tokens(state, app, parameters)
        except OAuthError as error:
            return JSONResponse(error.body(), error.status, _NO_STORE)
        return JSONResponse(_token_reply(tokens, _api_url(state, tokens, request)), headers=_NO_STORE)

    async def revoke(request: Request) -> Response:
        try:
            parameters = await _parameters(request)
            app = _authenticated_app(state, request)
        except OAuthError as error:
            return JSONResponse(error.body(), error.status, _NO_STORE)
        exchange_of(request.scope).app = app.name
        state.grants.revoke(app, parameters.get("token", ""))
        return JSONResponse({"status": "success"}, headers=_NO_STORE)

    return [
        Route("/oauth/token", token, methods=["POST"]),
        Route("/oauth/revoke", revoke, methods=["POST"]),
    ]


async def _parameters(request: Request) -> dict[str, str]:
    """Read parameters from the query and a form body; both are accepted, the body wins."""
    form = {}
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    return {**request.query_params, **form}


def _authenticated_app(state: State, request: Request) -> App:
    wrong = OAuthError("Invalid client_id or client_secret", "invalid_client")
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise wrong from None
    client_id, _, secret = decoded.partition(":")
    app = state.directory.apps.get(client_id)
    known = app.client_secret if app else ""
    right = hmac.compare_digest(secret.encode(), known.encode())
    if scheme.lower() != "basic" or app is None or not right:
        raise wrong
    return app


def _tokens(state: State, app: App, parameters: Mapping[str, str]) -> Tokens:
    if app.disabled:
        msg = "The app has been disabled"
        raise OAuthError(msg, "invalid_grant")
    kinds = {"account_credentials": _for_account} if app.kind == "s2s" else _FOR_PEOPLE
    answer = kinds.get(parameters.get("grant_type", ""))
    if answer is None:
        msg = "unsupported grant type"
        raise OAuthError(msg, "unsupported_grant_type")
    return answer(state, app, parameters)


def _for_code(state: State, app: App, parameters: Mapping[str, str]) -> Tokens:
    code, uri = parameters.get("code", ""), parameters.get("redirect_uri", "")
    grant = state.grants.redeem(app, code, uri, parameters.get("code_verifier", ""))
    _check_owner(state, grant)
    return state.grants.issue(grant)


def _for_refresh_token(state: State, app: App, parameters: Mapping[str, str]) -> Tokens:
    grant = state.grants.of_refresh_token(app, parameters.get("refresh_token", ""))
    _check_owner(state, grant)
    if not set(grant.scopes) <= set(app.every_scope):
        msg = "Refresh token invalid."
        raise OAuthError(msg, "invalid_grant")
    return state.grants.issue(grant)


_FOR_PEOPLE = {"authorization_code": _for_code, "refresh_token": _for_refresh_token}


def _for_account(state: State, app: App, parameters: Mapping[str, str]) -> Tokens:
    """Give a server-to-server app a token of its own account, and of no other."""
    owner = state.directory.owner_of(app.developer_account or "")
    if owner is None or parameters.get("account_id") != owner.account_id:
        msg = "Bad Request"
        raise OAuthError(msg, "invalid_request")
    if not app.activated:
        msg = "Account does not enabled the OAuth app type"
        raise OAuthError(msg, "invalid_request")
    return state.grants.account_token(app, owner, alone=state.world.s2s_tokens == "one")


def _check_owner(state: State, grant: Grant) -> None:
    """Refuse who left the account; a deactivated person's login is barred, and their tokens with it."""
    owner = state.directory.users.get(grant.user_id)
    if owner is None or owner.account_id != grant.account_id:
        msg = "The owner of the token does not exist."
        raise OAuthError(msg, "invalid_grant")
    if owner.status != "active":
        msg = "Invalid Token!"
        raise OAuthError(msg, "invalid_grant")


def _api_url(state: State, tokens: Tokens, request: Request) -> str:
    """Return the address of the API for the account's region: the sandbox's own, unless the world says another."""
    grant = state.grants.of_access_token(tokens.access_token)
    url = state.directory.accounts[grant.account_id].api_url
    if url is None:
        return str(request.base_url).rstrip("/")
    return url.replace("{port}", str(request.url.port or 80))


def _token_reply(tokens: Tokens, api_url: str) -> dict[str, str | int]:
    """Return the reply; a token of a server-to-server app comes without a refresh token."""
    refresh = {"refresh_token": tokens.refresh_token} if tokens.refresh_token else {}
    return {
        "access_token": tokens.access_token,
        "token_type": "bearer",
        **refresh,
        "expires_in": int(ACCESS_LIFE.total_seconds()),
        "scope": " ".join(tokens.scopes),
        "api_url": api_url,
    }
