"""HTTP to the outside: one pool of connections, and what became of a request as a value.

The only module that imports httpx. No exception of the HTTP library gets past it: those carry the request, and
with it tokens. What matters to a caller is whether an answer came, and if not, whether the request may have
reached the server all the same.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
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

KEPT_ALIVE = 30.0
"""Seconds an idle connection is kept."""

MOST_REDIRECTS = 5


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


@dataclass(frozen=True)
class Delivered:
    """A file that was streamed to its end, ``length`` bytes of it."""

    length: int


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
            limits=httpx.Limits(
                max_connections=MOST_CONNECTIONS,
                max_keepalive_connections=MOST_CONNECTIONS,
                keepalive_expiry=KEPT_ALIVE,
            ),
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
        except TimeoutError:
            return NoReply("no answer in time", sent=True)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            return _no_reply(error)
        if body is None:
            return NoReply(f"the answer is longer than {MOST_BYTES} bytes", sent=True)
        return Reply(response.status_code, dict(response.headers), body)

    async def stream(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        write: Callable[[bytes], Awaitable[None]],
        may_follow: Callable[[str], bool],
    ) -> Delivered | Reply | NoReply:
        """Get a file and hand it on piece by piece, as it is; an answer that is not 200 comes back as a `Reply`.

        A redirect is followed, with all headers, if ``may_follow`` says so of its address; one that is not comes
        back as the `Reply` it is. The whole may take any time; each piece has to come in its own. What ``write``
        raises is passed on.
        """
        sent = {**headers, "accept": "*/*", "accept-encoding": "identity"}
        for _ in range(MOST_REDIRECTS):
            answer = await self._stream_once(url, sent, write)
            following = _location(url, answer) if isinstance(answer, Reply) else None
            if following is None or not may_follow(following):
                return answer
            url = following
        return NoReply("redirected too often", sent=True)

    async def _stream_once(
        self, url: str, headers: Mapping[str, str], write: Callable[[bytes], Awaitable[None]]
    ) -> Delivered | Reply | NoReply:
        length = 0
        try:
            async with self._client.stream("GET", url, headers=headers) as response:
                if response.status_code != 200 or _is_page(response):
                    body = await _body(response)
                    return Reply(response.status_code, dict(response.headers), body or b"")
                async for piece in response.aiter_bytes():
                    await write(piece)
                    length += len(piece)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            return _no_reply(error)
        return Delivered(length)


def _no_reply(error: httpx.RequestError | httpx.InvalidURL) -> NoReply:
    match error:
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return NoReply(f"no connection ({type(error).__name__})", sent=False)
        case httpx.PoolTimeout():
            return NoReply("no free connection in time", sent=False)
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return NoReply("the address cannot be used", sent=False)
        case httpx.TimeoutException():
            return NoReply("no answer in time", sent=True)
    return NoReply(f"the answer was lost ({type(error).__name__})", sent=True)


def _location(url: str, answer: Reply) -> str | None:
    """Return where a redirect leads, ``None`` if it is none or leads nowhere."""
    stated = answer.headers.get("location")
    if answer.status not in {301, 302, 303, 307, 308} or not stated:
        return None
    try:
        return str(httpx.URL(url).join(stated))
    except httpx.InvalidURL:
        return None


def _is_page(response: httpx.Response) -> bool:
    kind: str = response.headers.get("content-type", "")
    return kind.casefold().startswith("text/html")


class _Quiet(logging.Filter):
    """Keeps what the HTTP library says below a warning out of every log: at INFO it prints whole addresses, at DEBUG
    headers. A filter holds whatever level somebody sets."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING


for _chatty in ("", ".connection", ".http11", ".http2", ".proxy", ".socks"):
    for _library in ("httpcore", "httpcore2"):
        logging.getLogger(_library + _chatty).addFilter(_Quiet())
for _library in ("httpx", "httpx2"):
    logging.getLogger(_library).addFilter(_Quiet())


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
