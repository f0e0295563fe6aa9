"""The REST door: finds the operation, authenticates, checks the scope, and lets the operation answer.

The order is Zoom's as far as known: unknown path, token, scope, rate limit, query and body, then the operation itself.
"""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.sandbox import (
    accounts,
    calendars,
    chat,
    free_busy,
    held,
    marketplace,
    meetings,
    phone,
    rooms,
    user_settings,
    user_tokens,
    user_updates,
    users,
)
from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.catalogue import Operation, published
from greenroom.sandbox.directory import App, User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.grants import Grant
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import exchange_of

HANDLERS: Mapping[str, Handler] = {
    **users.HANDLERS,
    **user_updates.HANDLERS,
    **user_settings.HANDLERS,
    **user_tokens.HANDLERS,
    **meetings.HANDLERS,
    **held.HANDLERS,
    **accounts.HANDLERS,
    **rooms.HANDLERS,
    **calendars.HANDLERS,
    **free_busy.HANDLERS,
    **phone.HANDLERS,
    **chat.HANDLERS,
    **marketplace.HANDLERS,
}

_WITH_BODY = ("POST", "PATCH", "PUT")


def routes(state: State) -> list[Route]:
    """Return the one route behind which all REST operations live."""

    async def rest(request: Request) -> Response:
        headers = {"x-zm-trackingid": f"v=2.0;clid=us04;rid=WEB_{state.ids.text(32).lower()}"}
        try:
            reply = await _perform(state, request, headers)
        except ZoomError as error:
            return JSONResponse(error.body(), error.status, error.headers(headers))
        if reply.body is None:
            return Response(status_code=reply.status, headers=headers)
        return JSONResponse(reply.body, reply.status, headers)

    return [Route("/v2/{path:path}", rest, methods=["GET", "POST", "PATCH", "PUT", "DELETE"])]


async def _perform(state: State, request: Request, headers: dict[str, str]) -> Reply:
    """Answer a request; `headers` gains what is to be told of rate limits, which refusals tell too."""
    found = published().find(request.method, request.scope["path"].removeprefix("/v2"))
    if found is None:
        raise ZoomError(404, 2300, "This API endpoint is not recognized.")
    operation, path = found
    headers.update(state.limits.category(operation.name))
    app, user, grant = _authenticate(state, request, operation)
    headers.update(state.limits.spend(state.directory.account_of(user), operation.name))
    query = dict(request.query_params)
    operation.check_query(query)
    body = await _body(request, operation)
    return HANDLERS[operation.name](Call(state, operation, app, user, path, query, body, grant.shared_access))


def _authenticate(state: State, request: Request, operation: Operation) -> tuple[App, User, Grant]:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        if "access_token" in request.query_params:
            text = "Invalid access token, this access token is not supported as query parameter string."
            raise ZoomError(401, 124, text)
        raise ZoomError(401, 124, "Requires an access token.")
    grant = state.grants.of_access_token(token.strip())
    app = state.directory.apps[grant.client_id]
    user = state.directory.users.get(grant.user_id)
    if app.switched_off or user is None or user.status != "active" or user.account_id != grant.account_id:
        raise ZoomError(401, 124, "Invalid access token.")
    exchange = exchange_of(request.scope)
    exchange.app, exchange.user = app.name, user.email
    _check_scope(operation, app, grant)
    return app, user, grant


def _check_scope(operation: Operation, app: App, grant: Grant) -> None:
    """Check that one of the operation's scopes was granted; which ones count, and the refusal, is the app's style."""
    classic = app.scope_style == "classic"
    enough = operation.classic_scopes if classic else operation.scopes
    if set(enough) & set(grant.scopes):
        return
    wanted = ", ".join(enough)
    if classic:
        raise ZoomError(400, 4700, f"Invalid access token, does not contain scopes: [{wanted}].")
    raise ZoomError(400, 4711, f"Invalid access token, does not contain scopes:[{wanted}].")


async def _body(request: Request, operation: Operation) -> Mapping[str, object]:
    """Read the JSON object; GET and DELETE may carry a body, which means nothing."""
    if request.method not in _WITH_BODY:
        return {}
    raw = await request.body()
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ZoomError(400, 300, "Request Body should be a valid JSON object.")
    sent = {name: _without_nulls(value) for name, value in body.items() if value is not None}
    operation.check_body(sent)
    return sent


def _without_nulls(value: object) -> object:
    """Take `null` for a field left out, as Zoom does: clients send it for whatever they have no value for."""
    if isinstance(value, dict):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    return value
