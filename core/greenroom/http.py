"""HTTP to the outside: one pool of connections, and what became of a request as a value.

The only module that imports httpx. No exception of the HTTP library gets past it: those carry the request, and
with it tokens. What matters to a caller is whether an answer came, and if not, whether the request may have
reached the server all the same.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

import httpx
from pydantic_core import from_json

MOST_BYTES = 8 * 1024 * 1024
"""An answer longer than this, unpacked, is not read to its end."""

MOST_CONNECTIONS = 50

# At INFO these print whole URLs, at DEBUG headers.
for _chatty in ("httpx", "httpx2", "httpcore", "httpcore2"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)


@dataclass(frozen=True, kw_only=True)
class Timeouts:
    """How long to wait, in seconds: to connect, between two pieces read, to write, for a place in the pool.

    ``whole`` bounds one request altogether, however steadily its answer drips.
    """

    connect: float = 5.0
    read: float = 20.0
    write: float = 10.0
    pool: float = 5.0
    whole: float = 35.0


@dataclass(frozen=True)
class Reply:
    """An answer that arrived whole. ``headers`` have lower-case names; redirects were not followed."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def granted(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300

    @cached_property
    def document(self) -> Mapping[str, object] | None:
        """The JSON object in the body; ``None`` if the body is anything else."""
        try:
            found = from_json(self.body)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


@dataclass(frozen=True)
class NoReply:
    """No answer that could be read. ``sent``: whether the request may have reached the server nevertheless."""

    why: str
    sent: bool


class HttpPool:
    """Connections kept alive between requests (HTTP/1.1), for all callers of one deployment.

    Nothing is taken from the environment (no proxies, no ``.netrc``), no redirect is followed, and no cookie is
    kept: what a server sets for one organization's request must not travel with another's.
    """

    def __init__(self, timeouts: Timeouts) -> None:
        self._whole = timeouts.whole
        self._client = httpx.AsyncClient(
            http2=False,
            verify=_trusted_authorities(),
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"user-agent": user_agent(), "accept": "application/json"},
            limits=httpx.Limits(max_connections=MOST_CONNECTIONS, keepalive_expiry=30.0),
            timeout=httpx.Timeout(
                connect=timeouts.connect, read=timeouts.read, write=timeouts.write, pool=timeouts.pool
            ),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, str] | None = None,
    ) -> Reply | NoReply:
        """Send one request, once; whatever goes wrong on the way is a `NoReply`."""
        try:
            async with (
                asyncio.timeout(self._whole),
                self._client.stream(method, url, headers=headers, params=query, json=json, data=form) as response,
            ):
                body = await _body(response)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            return NoReply(f"no connection ({type(error).__name__})", sent=False)
        except httpx.PoolTimeout:
            return NoReply("no free connection in time", sent=False)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            return NoReply("the address cannot be used", sent=False)
        except (httpx.TimeoutException, TimeoutError):
            return NoReply("no answer in time", sent=True)
        except httpx.RequestError as error:
            return NoReply(f"the answer was lost ({type(error).__name__})", sent=True)
        if body is None:
            return NoReply(f"the answer is longer than {MOST_BYTES} bytes", sent=True)
        return Reply(response.status_code, dict(response.headers), body)


async def _body(response: httpx.Response) -> bytes | None:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


@cache
def _trusted_authorities() -> ssl.SSLContext:
    # Reading the list of authorities takes longer than a request; every pool of this process shares it.
    return httpx.create_ssl_context(trust_env=False)


@cache
def user_agent() -> str:
    """Return how Greenroom introduces itself: its name and version."""
    try:
        return f"greenroom/{version('greenroom')}"
    except PackageNotFoundError:  # run from a checkout
        return "greenroom/0"
