"""The REST door: finds the operation, authenticates, checks the scope, and lets the operation answer.

The order is Zoom's as far as known: unknown path, token, scope, query and body, then the operation itself.
"""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.sandbox import accounts, marketplace, meetings, users
from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.catalogue import Operation, published
from greenroom.sandbox.directory import App, User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import exchange_of

HANDLERS: Mapping[str, Handler] = {
    **users.HANDLERS,
    **meetings.HANDLERS,
    **accounts.HANDLERS,
    **marketplace.HANDLERS,
}

_WITH_BODY = ("POST", "PATCH", "PUT")


def routes(state: State) -> list[Route]:
    """Return the one route behind which all REST operations live."""

    async def rest(request: Request) -> Response:
        tracking = {"x-zm-trackingid": f"v=2.0;clid=us04;rid=WEB_{state.ids.text(32).lower()}"}
        try:
            reply = await _perform(state, request)
        except ZoomError as error:
            return JSONResponse(error.body(), error.status, tracking)
        if reply.body is None:
            return Response(status_code=reply.status, headers=tracking)
        return JSONResponse(reply.body, reply.status, tracking)

    return [Route("/v2/{path:path}", rest, methods=["GET", "POST", "PATCH", "PUT", "DELETE"])]


async def _perform(state: State, request: Request) -> Reply:
    found = published().find(request.method, request.scope["path"].removeprefix("/v2"))
    if found is None:
        raise ZoomError(404, 2300, "This API endpoint is not recognized.")
    operation, path = found
    app, user = _authenticate(state, request, operation)
    query = dict(request.query_params)
    operation.check_query(query)
    body = await _body(request, operation)
    handler = HANDLERS.get(operation.name)
    if handler is None:
        raise ZoomError(501, 501, f"The sandbox does not simulate {operation.name} yet.")
    return handler(Call(state, operation, app, user, path, query, body))


def _authenticate(state: State, request: Request, operation: Operation) -> tuple[App, User]:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ZoomError(401, 124, "Requires an access token.")
    grant = state.grants.of_access_token(token.strip())
    app = state.directory.apps[grant.client_id]
    user = state.directory.users.get(grant.user_id)
    if user is None or user.status != "active":
        raise ZoomError(401, 124, "Invalid access token.")
    exchange = exchange_of(request.scope)
    exchange.app, exchange.user = app.name, user.email
    if not set(operation.scopes) & set(grant.scopes):
        wanted = ", ".join(operation.scopes)
        raise ZoomError(400, 4711, f"Invalid access token, does not contain scopes:[{wanted}].")
    return app, user


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
    operation.check_body(body)
    return body
