"""A receiver of events, on a port of this machine: it proves that it knows the secret, and keeps what it is told."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

_VALIDATION = "endpoint.url_validation"


@dataclass(frozen=True)
class Told:
    """One request as it came; header names are lower-case."""

    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """Return the JSON sent."""
        return json.loads(self.raw)

    @property
    def event(self) -> str:
        """Return the event's name."""
        return str(self.body["event"])

    def signed_under(self, secret: str) -> bool:
        """Tell whether the signature covers the bytes that came."""
        stamp = self.headers["x-zm-request-timestamp"].encode()
        proof = hmac.new(secret.encode(), b"v0:" + stamp + b":" + self.raw, hashlib.sha256).hexdigest()
        return hmac.compare_digest(self.headers["x-zm-signature"], f"v0={proof}")


@dataclass
class Receiver:
    """What a receiver answers and what it was told.

    Attributes:
        secret: what it proves its knowledge of.
        statuses: answers to come, one for each event; 204 once they are used up.
    """

    secret: str
    url: str = ""
    statuses: list[int] = field(default_factory=list)
    requests: list[Told] = field(default_factory=list)

    @property
    def events(self) -> list[Told]:
        """Return the events, without the validations of the URL."""
        return [told for told in self.requests if told.event != _VALIDATION]

    @property
    def validations(self) -> list[Told]:
        """Return the validations of the URL."""
        return [told for told in self.requests if told.event == _VALIDATION]

    def answer(self, told: Told) -> tuple[int, bytes]:
        """Return status and body of the answer."""
        self.requests.append(told)
        if told.event != _VALIDATION:
            return (self.statuses.pop(0) if self.statuses else 204), b""
        plain = told.body["payload"]["plainToken"]
        proof = hmac.new(self.secret.encode(), plain.encode(), hashlib.sha256).hexdigest()
        return 200, json.dumps({"plainToken": plain, "encryptedToken": proof}).encode()


@asynccontextmanager
async def receiver(secret: str) -> AsyncIterator[Receiver]:
    """Open a receiver on a free port."""
    made = Receiver(secret)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            status, body = made.answer(await _read(reader))
            head = f"HTTP/1.1 {status} Answer\r\ncontent-type: application/json\r\n"
            length = "" if status == 204 else f"content-length: {len(body)}\r\n"
            writer.write(f"{head}{length}connection: close\r\n\r\n".encode() + body)
            await writer.drain()
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/events"
    async with server:
        yield made


async def _read(reader: asyncio.StreamReader) -> Told:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[1:]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head) if name}
    return Told(headers, await reader.readexactly(int(headers["content-length"])))
