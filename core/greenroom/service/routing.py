"""Routes of exactly one method."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def only(
    method: str,
    path: str,
    endpoint: Callable[[Request], Awaitable[Response]],
    *,
    max_body_size: int | None = None,
) -> Route:
    """Return a route for one method; any other is answered 405. Starlette by itself answers HEAD with GET's doing."""
    route = Route(path, endpoint, methods=[method], max_body_size=max_body_size)
    route.methods = {method}
    return route
