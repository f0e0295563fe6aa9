"""Zoom's webhooks: verified, kept durably, answered; acted on afterwards by the worker."""

from __future__ import annotations

import asyncio

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.engine.ports.ambient import Clock
from greenroom.engine.ports.zoom import ZoomApp
from greenroom.errors import BadInput, NotFound
from greenroom.facade import Greenroom
from greenroom.service.routing import only
from greenroom.service.worker import Worker
from greenroom.zoom import digest, validation_reply, verify

WEBHOOKS = "/webhooks/zoom/{app}"
"""Where Zoom tells of events, by the app's name."""

MOST_BYTES = 1_000_000
READ_WITHIN = 10.0
"""Seconds a sender may take over one body; Zoom itself gives up on an answer after three."""


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True)

    plain_token: str = Field(default="", alias="plainToken")


class _Event(BaseModel):
    """As much of a webhook as decides how it is answered; read as the inbox reads it, by the same parser."""

    model_config = ConfigDict(frozen=True)

    event: str
    payload: _Payload = _Payload()


class Webhooks:
    """Receives the webhooks of each configured Zoom app that has a webhook secret."""

    def __init__(self, greenroom: Greenroom, worker: Worker, clock: Clock) -> None:
        self._greenroom = greenroom
        self._worker = worker
        self._clock = clock

    def routes(self) -> list[Route]:
        """Return the route."""
        return [only("POST", WEBHOOKS, self.receive, max_body_size=MOST_BYTES)]

    async def receive(self, request: Request) -> Response:
        """Answer a webhook: 204 once it is kept, or known already. Nothing is parsed before it is verified."""
        app = self._app(request.path_params["app"])
        body = await _body(request)
        secret = verify(app, request.headers, body, self._clock.now())
        event = _event(body)
        if event.event == "endpoint.url_validation":
            return JSONResponse(validation_reply(app, event.payload.plain_token, secret))
        if await self._greenroom.keep_webhook(app.name, body, digest(body)) == "new":
            self._worker.wake()
        return Response(status_code=204)

    def _app(self, name: str) -> ZoomApp:
        app = self._greenroom.apps.get(name)
        if app is None or not app.webhook_secrets:
            raise NotFound("no webhooks are taken here", next="Check the app's name and webhook secret")
        return app


async def _body(request: Request) -> bytes:
    # Zoom compresses nothing; unpacking what is not verified yet would be a stranger's choice of our memory.
    if request.headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(415, "compressed bodies are not taken")
    try:
        async with asyncio.timeout(READ_WITHIN):
            return await request.body()
    except TimeoutError:
        raise HTTPException(408, "the body took too long") from None
    except ClientDisconnect:
        raise HTTPException(400, "the body ended early") from None


def _event(body: bytes) -> _Event:
    try:
        return _Event.model_validate_json(body)
    except ValidationError:
        raise BadInput("this is no event of Zoom's", next="Send JSON with an event and its payload") from None
