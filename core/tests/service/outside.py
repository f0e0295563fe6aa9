"""What stands outside the service: Zoom's webhooks, a browser, the server around an application."""

import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable

import httpx
from starlette.applications import Starlette

from greenroom.configuration import Configuration

PUBLIC = "http://127.0.0.1:8000"
SECRETS = {"admin": "secret of admin", "other": "secret of other"}

Configure = Callable[[str], Configuration]


def signed(body: bytes, *, secret: str = SECRETS["admin"], at: float | None = None) -> dict[str, str]:
    """Sign a webhook as Zoom's documentation describes it; ``at`` is its timestamp in seconds."""
    stamp = str(int(time.time() if at is None else at))
    message = b"v0:" + stamp.encode() + b":" + body
    signature = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={signature}", "content-type": "application/json"}


def event(name: str, **payload: object) -> bytes:
    """Return a webhook's body as Zoom writes it: compact JSON."""
    return json.dumps({"event": name, "payload": payload, "event_ts": 1}, separators=(",", ":")).encode()


def browser(app: Starlette, base_url: str = PUBLIC) -> httpx.AsyncClient:
    """Return a client that talks to the application in process and sees a 500 as a browser would."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=base_url, headers={"accept": "text/html"})


@contextlib.asynccontextmanager
async def at_work(app: Starlette) -> AsyncIterator[None]:
    """Run an application's lifespan."""
    async with app.router.lifespan_context(app):
        yield
