"""A server on a real port that answers from a script, byte by byte, and notes what it was sent."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import parse_qsl, urlsplit


class Act(Enum):
    """What a server does instead of answering."""

    RESET = "abort the connection"
    HANG = "keep the connection and stay silent"


@dataclass(frozen=True)
class Received:
    """One request as it came in. ``target``: path and query, undecoded."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters."""
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def form(self) -> dict[str, str]:
        """The parameters of a form body."""
        return dict(parse_qsl(self.body.decode(), strict_parsing=True))

    @property
    def document(self) -> object:
        """The JSON body."""
        return json.loads(self.body)


def answer(status: int, body: object = None, headers: Mapping[str, str] | None = None) -> bytes:
    """Return an HTTP answer: an object as JSON, text and bytes as they are, ``None`` as nothing."""
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else b""
    if isinstance(body, dict | list):
        raw = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(raw)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


@dataclass
class Wire:
    """The server. What was ``received`` is kept in order, ``connections`` counts those accepted.

    ``script`` holds the answers to come; a request beyond it is answered 599. After an answer that says
    ``connection: close`` the connection is closed.
    """

    script: deque[bytes | Act] = field(default_factory=deque)
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    url: str = ""
    _server: asyncio.Server | None = None
    _arrival: asyncio.Condition = field(default_factory=asyncio.Condition)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    def then(self, *answers: bytes | Act) -> None:
        """Add answers to the script."""
        self.script.extend(answers)

    async def start(self, host: str = "127.0.0.1") -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, host, 0)
        self.url = f"http://{host}:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening and abort what is open."""
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await self._server.wait_closed()

    async def until(self, count: int) -> None:
        """Wait until so many requests came in."""
        async with self._arrival:
            await self._arrival.wait_for(lambda: len(self.received) >= count)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        try:
            while True:
                self.received.append(await _request(reader))
                async with self._arrival:
                    self._arrival.notify_all()
                act = self.script.popleft() if self.script else answer(599)
                if act is Act.RESET:
                    writer.transport.abort()
                if isinstance(act, bytes):
                    writer.write(act)
                    await writer.drain()
                    if b"connection: close" in act:
                        writer.close()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    pairs = (line.split(": ", 1) for line in head[1:] if line)
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, target, headers, body)
