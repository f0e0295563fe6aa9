"""A served sandbox, and a client that talks to it as a deployment would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr

from greenroom.engine.ports.zoom import Access, MeetingDraft, Tokens, ZoomApp
from greenroom.http import HttpPool, Reply, Timeouts
from greenroom.sandbox import SandboxServer
from greenroom.zoom import ZoomClient, pkce_challenge

ADMIN = "adam.admin@northwind.example"
VERIFIER = "a-verifier-of-forty-three-characters-or-more-00"
START = datetime(2027, 3, 2, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Setting:
    """A served sandbox, a client, and one of the sandbox's apps as a deployment would configure it."""

    url: str
    zoom: ZoomClient
    pool: HttpPool
    app: ZoomApp

    async def control(self, path: str, body: dict[str, object]) -> Reply:
        """Call the sandbox's control API."""
        reply = await self.pool.send("POST", f"{self.url}/_sandbox{path}", headers={}, json=body)
        assert isinstance(reply, Reply)
        assert reply.granted, reply.body
        return reply

    async def code(self, user: str = ADMIN) -> str:
        """Consent in somebody's name and return the authorization code."""
        url = self.zoom.authorize_url(self.app, state="st", challenge=pkce_challenge(VERIFIER))
        reply = await self.control("/authorize", {"user": user, "authorize_url": url})
        assert reply.document is not None
        query = parse_qs(urlsplit(str(reply.document["location"])).query)
        assert query["state"] == ["st"]
        return query["code"][0]

    async def connect(self, user: str = ADMIN) -> Tokens:
        """Return tokens of somebody, by default of the account's admin."""
        return await self.zoom.exchange_code(self.app, await self.code(user), verifier=VERIFIER)

    async def fail(self, operation: str, kind: str, **more: object) -> None:
        """Let the next such request go wrong."""
        await self.control("/faults", {"operation": operation, "kind": kind, **more})


def access_of(tokens: Tokens) -> Access:
    """Return the access that tokens give."""
    return Access(api_url=tokens.api_url, token=tokens.access_token)


def draft_of(**change: object) -> MeetingDraft:
    """Return a draft of an interview."""
    plain = MeetingDraft(topic="Ana Lee and Ben", agenda="Ref. GR-1", start=START, minutes=45, zone="Europe/Madrid")
    return plain.model_copy(update=change)


@asynccontextmanager
async def opened(server: SandboxServer, name: str = "admin") -> AsyncIterator[Setting]:
    """Open a client that uses one of the sandbox's apps, approved wherever that is asked for."""
    known = server.sandbox.state.directory.find_app(name)
    assert known is not None
    app = ZoomApp(
        name=known.name,
        kind="admin",
        client_id=known.client_id,
        client_secret=SecretStr(known.client_secret),
        redirect_uri=known.redirect_uris[0],
        host=server.base_url,
    )
    async with ZoomClient(apps=[app], pauses=(0.01, 0.01)) as zoom, HttpPool(Timeouts()) as pool:
        made = Setting(server.base_url, zoom, pool, app)
        await made.control("/approvals", {"app": name, "state": "approved"})
        yield made
