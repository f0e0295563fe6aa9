"""Calls to Zoom's REST API: reads are tried again when that can help, everything else is sent once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from greenroom.engine.ports.zoom import Access, ZoomRefused, ZoomUnavailable
from greenroom.http import HttpPool, NoReply, Reply
from greenroom.zoom.refusals import refusal, unusable
from greenroom.zoom.waiting import limited_until, retry_after

LONGEST_PAUSE = timedelta(seconds=2)
"""A read waits no longer than this before it is tried again; if Zoom asks for more, the caller is told."""

PAGE_SIZE = "300"


@dataclass(frozen=True)
class Operation:
    """One operation as Zoom's documents name it, such as ``GET /meetings/{meetingId}``."""

    method: str
    path: str

    @property
    def where(self) -> str:
        """Say which operation it is, for a person, with nobody's id in it."""
        return f"Zoom {self.method} {self.path}"

    def url(self, api_url: str, **ids: str) -> str:
        """Return the address; each id becomes one path segment, whatever is in it."""
        segments = {name: self._segment(value) for name, value in ids.items()}
        return f"{api_url.rstrip('/')}/v2{self.path.format(**segments)}"

    def _segment(self, value: str) -> str:
        if value in {"", ".", ".."}:  # these change the path even when they are quoted
            raise ZoomRefused("the id is not one of Zoom's; nothing was sent", where=self.where, next="Correct it")
        return quote(value, safe="", errors="replace")


class Rest:
    """Zoom's REST API over one pool. ``pauses``: seconds before each further try of a read."""

    def __init__(self, pool: HttpPool, now: Callable[[], datetime], pauses: tuple[float, ...]) -> None:
        self._pool = pool
        self._now = now
        self._pauses = pauses

    async def read(
        self, access: Access, operation: Operation, query: Mapping[str, str] | None = None, **ids: str
    ) -> Mapping[str, object]:
        """Return the JSON object that a GET answers."""
        url = operation.url(access.api_url, **ids)
        answer = await self._send(access, operation, url, query=query)
        for backoff in self._pauses:
            pause = self._pause(answer, timedelta(seconds=backoff))
            if pause is None:
                break
            await asyncio.sleep(pause.total_seconds())
            answer = await self._send(access, operation, url, query=query)
        document = self._settled(answer, operation, reading=True)
        if document is None:
            raise unusable(answer, operation.where, reading=True)
        return document

    async def write(
        self, access: Access, operation: Operation, body: Mapping[str, object] | None = None, **ids: str
    ) -> Mapping[str, object] | None:
        """Send a change once; return the JSON object of the answer, ``None`` if its body is empty."""
        url = operation.url(access.api_url, **ids)
        answer = await self._send(access, operation, url, body=body)
        return self._settled(answer, operation, reading=False)

    async def pages(
        self, access: Access, operation: Operation, entries: str, query: Mapping[str, str], **ids: str
    ) -> AsyncIterator[Mapping[str, object]]:
        """Walk the entries of a list through all its pages."""
        page_token, seen = "", set[str]()
        while page_token not in seen:
            seen.add(page_token)
            asked = {**query, "page_size": PAGE_SIZE, **({"next_page_token": page_token} if page_token else {})}
            document = await self.read(access, operation, asked, **ids)
            found, following = document.get(entries), document.get("next_page_token")
            if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
                raise ZoomUnavailable(f"the answer lists no {entries}", where=operation.where, next="Try again later")
            for entry in found:
                yield entry
            if not isinstance(following, str) or not following:
                return
            page_token = following
        raise ZoomUnavailable("the list's pages go round in circles", where=operation.where, next="Try again later")

    async def _send(
        self,
        access: Access,
        operation: Operation,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> Reply | NoReply:
        headers = {"authorization": f"Bearer {access.token.get_secret_value()}"}
        return await self._pool.send(operation.method, url, headers=headers, query=query, json=body)

    def _settled(self, answer: Reply | NoReply, operation: Operation, *, reading: bool) -> Mapping[str, object] | None:
        if isinstance(answer, NoReply):
            raise unusable(answer, operation.where, reading=reading)
        error = refusal(answer, operation.where, self._now())
        if error is not None:
            raise error
        document = answer.document
        if not answer.granted or (document is None and answer.body):
            raise unusable(answer, operation.where, reading=reading)
        return document

    def _pause(self, answer: Reply | NoReply, backoff: timedelta) -> timedelta | None:
        """Return how long to wait before asking again, ``None`` if asking again would not help."""
        if isinstance(answer, NoReply):
            return backoff
        now = self._now()
        if answer.status == 429:
            message = str((answer.document or {}).get("message", ""))
            until = limited_until(answer.headers.get("retry-after"), message, now)
        elif answer.status >= 500 or (answer.document is None and not 300 <= answer.status < 400):
            until = retry_after(answer.headers.get("retry-after"), now) or now
        else:
            return None
        return max(until - now, backoff) if until is not None and until - now <= LONGEST_PAUSE else None
