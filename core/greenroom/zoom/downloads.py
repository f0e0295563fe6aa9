"""Files of recordings: the one case where a token follows a redirect, and only among hosts that may see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from greenroom.engine.ports.zoom import Access, ForeignHost, UnreadableReply, ZoomError
from greenroom.http import Delivered, HttpPool, NoReply, Reply
from greenroom.zoom.hosts import Hosts
from greenroom.zoom.refusals import refusal, unusable

_WHERE = "Zoom recording download"


class Downloads:
    """Streams files; ``hosts`` says who may see the token."""

    def __init__(self, pool: HttpPool, hosts: Hosts, now: Callable[[], datetime]) -> None:
        self._pool = pool
        self._hosts = hosts
        self._now = now

    async def stream(self, access: Access, url: str, write: Callable[[bytes], Awaitable[None]]) -> int:
        """Stream a file to ``write``; return its length. Raises as `Zoom.download` does."""
        self._hosts.check(url, _WHERE)
        headers = {"authorization": f"Bearer {access.token.get_secret_value()}"}
        answer = await self._pool.stream(url, headers=headers, write=write, may_follow=self._hosts.may_see)
        if isinstance(answer, Delivered):
            return answer.length
        raise self._failure(answer)

    def _failure(self, answer: Reply | NoReply) -> ZoomError:
        if isinstance(answer, Reply) and 300 <= answer.status < 400:
            return ForeignHost(
                "the file is redirected to a host that may not see a token; nothing was sent there",
                where=_WHERE,
                next="If it is Zoom's, name it in GREENROOM_ZOOM_APPS__<NAME>__API_HOSTS",
                status=answer.status,
            )
        if isinstance(answer, Reply) and answer.status != 200:
            return refusal(answer, _WHERE, self._now()) or unusable(answer, _WHERE, reading=True)
        if isinstance(answer, Reply):
            what, remedy = "a page came instead of the file", "Ask for the recording again: its addresses change"
            return UnreadableReply(what, where=_WHERE, next=remedy, status=answer.status)
        return unusable(answer, _WHERE, reading=True)
