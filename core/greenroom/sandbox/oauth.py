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
from greenroom.sandbox.grants import ACCESS_LIFE, Tokens
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
        return JSONResponse(_token_reply(tokens, str(request.base_url).rstrip("/")), headers=_NO_STORE)

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
    grant_type = parameters.get("grant_type")
    if grant_type == "authorization_code":
        code, uri = parameters.get("code", ""), parameters.get("redirect_uri", "")
        return state.grants.redeem(app, code, uri, parameters.get("code_verifier", ""))
    if grant_type == "refresh_token":
        token = parameters.get("refresh_token", "")
        _require_active_owner(state, token)
        return state.grants.refresh(app, token)
    msg = "unsupported grant type"
    raise OAuthError(msg, "unsupported_grant_type")


def _require_active_owner(state: State, refresh_token: str) -> None:
    """A deactivated person's login is barred, and their tokens with it."""
    owner = state.directory.users.get(state.grants.owner_of(refresh_token) or "")
    if owner and owner.status != "active":
        msg = "Invalid Token!"
        raise OAuthError(msg, "invalid_grant")


def _token_reply(tokens: Tokens, base_url: str) -> dict[str, str | int]:
    return {
        "access_token": tokens.access_token,
        "token_type": "bearer",
        "refresh_token": tokens.refresh_token,
        "expires_in": int(ACCESS_LIFE.total_seconds()),
        "scope": " ".join(tokens.scopes),
        "api_url": base_url,
    }
