"""The service as one ASGI application."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from greenroom.ambient import SystemClock
from greenroom.engine.ports.ambient import Clock
from greenroom.errors import GreenroomError
from greenroom.facade import Greenroom
from greenroom.service.envelope import Envelope
from greenroom.service.health import Health
from greenroom.service.in_meeting import InMeetingPages
from greenroom.service.problems import on_greenroom_error, on_http_error, on_unforeseen
from greenroom.service.visits import BindingCookie, Visits
from greenroom.service.webhooks import Webhooks
from greenroom.service.worker import Worker


def create_app(greenroom: Greenroom, *, public_url: str | None, clock: Clock | None = None) -> Starlette:
    """Return the service around a `Greenroom`, which must be open while requests are answered.

    ``public_url`` is where browsers reach it; whether that is https decides about cookies and headers. Addresses are
    built from it alone, never from a request's ``Host`` or ``X-Forwarded-…``. The application's lifespan must run: it
    owns the worker that recovers interviews and acts on webhooks. ``clock`` judges the age of webhooks.
    """
    https = (public_url or "").startswith("https://")
    worker = Worker(greenroom)
    visits = Visits(greenroom, BindingCookie(https))
    webhooks = Webhooks(greenroom, worker, clock or SystemClock())

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with worker.at_work():
            yield

    app = _Service(
        routes=[
            *Health(greenroom, worker).routes(),
            *visits.routes(),
            *webhooks.routes(),
            *InMeetingPages(greenroom).routes(),
        ],
        lifespan=lifespan,
        exception_handlers={
            GreenroomError: on_greenroom_error,
            HTTPException: on_http_error,
            Exception: on_unforeseen,
        },
    )
    app.https = https
    # Starlette would send `/healthz/` on to an address made from the request's Host.
    app.router.redirect_slashes = False
    return app


class _Service(Starlette):
    """Starlette with the envelope around everything, the answer to an unforeseen error included."""

    https = False

    def build_middleware_stack(self) -> ASGIApp:
        return Envelope(super().build_middleware_stack(), https=self.https)
