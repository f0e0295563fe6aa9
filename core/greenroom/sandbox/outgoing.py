"""The sandbox's own requests, to the URLs that subscribed to events."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Self

import httpx

SECONDS_TO_ANSWER = 3

Transport = httpx.AsyncBaseTransport


@dataclass(frozen=True)
class Answer:
    """What a receiver answered; `document` is `None` unless it is JSON."""

    status: int
    document: object


class Outgoing:
    """A few requests in a row.

    Args:
        transport: where they go; the network by default, `httpx.ASGITransport(app)` in process.
    """

    def __init__(self, transport: Transport | None = None) -> None:
        self._client = httpx.AsyncClient(
            transport=transport, timeout=SECONDS_TO_ANSWER, trust_env=False, verify=_certificates()
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer | None:
        """Send a body; `None` when no answer came in three seconds. Redirects are not followed."""
        try:
            async with asyncio.timeout(SECONDS_TO_ANSWER):
                answer = await self._client.post(url, content=body, headers=dict(headers))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
            return None
        return Answer(answer.status_code, _document(answer))


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _document(answer: httpx.Response) -> object:
    try:
        return answer.json()
    except ValueError:
        return None
