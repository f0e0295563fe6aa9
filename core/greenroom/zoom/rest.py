"""Calls to Zoom's REST API.

What is sent again, and when:

- GET changes nothing: sent again after no answer, an answer that is not Zoom's, 5xx, and a 429 that ends soon.
- DELETE may be sent again in the same cases: what is gone stays gone, and *no such meeting* counts as deleted.
- PATCH is sent once, though the same body again would end in the same state: each costs one of the host's hundred
  changes a day, and it would undo what somebody changed in between. Whoever is unsure reads the meeting back.
- POST is sent once, whatever happens: Zoom has no idempotency key, a second one makes a second meeting.

An instant that Zoom names is kept to, in any form of ``Retry-After``, if it is at most `PATIENCE` away; otherwise the
caller is told. Without one, the pauses are those given, spread at random so that callers do not come back at once.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from greenroom.engine.ports.zoom import Access, PageExpired, RateLimited, UnreadableReply
from greenroom.http import HttpPool, NoReply, Reply
from greenroom.zoom.hosts import Hosts
from greenroom.zoom.limits import Limiter
from greenroom.zoom.operations import Operation
from greenroom.zoom.refusals import refusal, unusable
from greenroom.zoom.waiting import retry_after

PATIENCE = timedelta(seconds=2)
"""A call waits no longer than this before it is sent, or sent again; if Zoom asks for more, the caller is told."""


@dataclass(frozen=True)
class _Call:
    """One request, ready to be sent."""

    access: Access = field(repr=False)
    operation: Operation
    url: str = field(repr=False)
    query: Mapping[str, str] | None = field(default=None, repr=False)
    body: Mapping[str, object] | None = field(default=None, repr=False)


class Rest:
    """Zoom's REST API over one pool. ``pauses``: seconds before each further try of what may be sent again."""

    def __init__(self, pool: HttpPool, hosts: Hosts, now: Callable[[], datetime], pauses: tuple[float, ...]) -> None:
        self._pool = pool
        self._hosts = hosts
        self._now = now
        self._pauses = pauses
        self._limiter = Limiter(now, PATIENCE)

    async def read(
        self, access: Access, operation: Operation, query: Mapping[str, str] | None = None, **ids: str
    ) -> Mapping[str, object]:
        """Return the JSON object that a GET answers."""
        call = _Call(access, operation, operation.url(access.api_url, **ids), query=query)
        answer = await self._answer(call)
        document = self._settled(answer, operation, reading=True)
        if document is None:
            raise unusable(answer, operation.where, reading=True)
        return document

    async def write(
        self, access: Access, operation: Operation, body: Mapping[str, object] | None = None, **ids: str
    ) -> Mapping[str, object] | None:
        """Send a change; return the JSON object of the answer, ``None`` if its body is empty."""
        call = _Call(access, operation, operation.url(access.api_url, **ids), body=body)
        return self._settled(await self._answer(call), operation, reading=False)

    async def pages(
        self, access: Access, operation: Operation, query: Mapping[str, str] | None = None, **ids: str
    ) -> AsyncIterator[Mapping[str, object]]:
        """Walk the entries of a list through all its pages, once more from the start if those expire on the way.

        In the second walk, entries that were given already, letter by letter, are passed over.
        """
        given: Counter[str] = Counter()
        try:
            async for entry in self._walk(access, operation, query or {}, ids):
                given[_fingerprint(entry)] += 1
                yield entry
        except PageExpired:
            pass
        else:
            return
        async for entry in self._walk(access, operation, query or {}, ids):
            if given[_fingerprint(entry)]:
                given[_fingerprint(entry)] -= 1
            else:
                yield entry

    async def _walk(
        self, access: Access, operation: Operation, query: Mapping[str, str], ids: Mapping[str, str]
    ) -> AsyncIterator[Mapping[str, object]]:
        page_token, seen = "", set[str]()
        while page_token not in seen:
            seen.add(page_token)
            asked = {
                **query,
                "page_size": str(operation.page_size),
                **({"next_page_token": page_token} if page_token else {}),
            }
            document = await self.read(access, operation, asked, **ids)
            for entry in operation.entries_of(document):
                yield entry
            following = document.get("next_page_token")
            if not isinstance(following, str) or not following:
                return
            page_token = following
        what = "the list's pages go round in circles"
        raise UnreadableReply(what, where=operation.where, next="Try again later")

    async def _answer(self, call: _Call) -> Reply | NoReply:
        answer = await self._send(call)
        for backoff in self._pauses if call.operation.repeatable else ():
            pause = self._pause(call, answer, timedelta(seconds=backoff * random.uniform(0.5, 1.5)))  # noqa: S311
            if pause is None:
                break
            await asyncio.sleep(pause.total_seconds())
            answer = await self._send(call)
        return answer

    async def _send(self, call: _Call) -> Reply | NoReply:
        access, operation = call.access, call.operation
        self._hosts.check(call.url, operation.where)
        await self._limiter.admit(access, operation.name, operation.label)
        headers = {"authorization": f"Bearer {access.token.get_secret_value()}"}
        answer = await self._pool.send(operation.method, call.url, headers=headers, query=call.query, json=call.body)
        if isinstance(answer, Reply):
            self._limiter.note(access, operation.name, operation.label, answer, self._limited(answer))
        return answer

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

    def _limited(self, answer: Reply) -> RateLimited | None:
        error = refusal(answer, "", self._now()) if answer.status == 429 else None
        return error if isinstance(error, RateLimited) else None

    def _pause(self, call: _Call, answer: Reply | NoReply, backoff: timedelta) -> timedelta | None:
        """Return how long to wait before asking again, ``None`` if asking again would not help."""
        if isinstance(answer, NoReply):
            return backoff
        now = self._now()
        until = None
        if limited := self._limited(answer):
            if limited.limit == "second" and limited.until and limited.until - now <= PATIENCE:
                return timedelta()  # the limiter waits, for all calls of the account alike
            until = limited.until
        elif answer.status >= 500 or _is_garbled(call, answer):
            until = retry_after(answer.headers.get("retry-after"), now) or now
        else:
            return None
        return max(until - now, backoff) if until is not None and until - now <= PATIENCE else None


def _is_garbled(call: _Call, answer: Reply) -> bool:
    """Whether something answered that is not Zoom's API; an empty body is answer enough to a change."""
    if answer.granted and not answer.body:
        return call.operation.method == "GET"
    return answer.document is None and not 300 <= answer.status < 400


def _fingerprint(entry: Mapping[str, object]) -> str:
    return json.dumps(entry, sort_keys=True)
