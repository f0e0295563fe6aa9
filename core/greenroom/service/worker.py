"""What happens between requests: taking up what a stopped process left open, and acting on kept webhooks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from greenroom.errors import GreenroomError
from greenroom.facade import Greenroom

TRY_AGAIN_AFTER = 60.0
"""Seconds until work that failed is tried again, unless a webhook wakes the worker before."""

LOOK_FOR_OVERDUE = 60.0
"""Seconds between looks for those who went to Zoom and did not come back in time, and for notices that were left."""

log = logging.getLogger(__name__)


class Worker:
    """Recovers once, then acts on webhooks whenever it is woken; ends waits that are overdue and delivers notices that
    were left. What fails is tried again; nothing is dropped."""

    def __init__(
        self,
        greenroom: Greenroom,
        *,
        try_again_after: float = TRY_AGAIN_AFTER,
        look_for_overdue: float = LOOK_FOR_OVERDUE,
    ) -> None:
        self._greenroom = greenroom
        self._try_again_after = try_again_after
        self._look_for_overdue = look_for_overdue
        self._woken = asyncio.Event()
        self._emptied = False
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    @property
    def running(self) -> bool:
        """Whether it is there to be woken; a defect may have ended it."""
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    def wake(self) -> None:
        """Say that a webhook was kept."""
        self._woken.set()

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Work in the background until the block ends. Ending it amid work loses nothing: all of it is resumable."""
        self._tasks = tuple(asyncio.create_task(one, name="greenroom-worker") for one in (self._work(), self._sweep()))
        for task in self._tasks:
            task.add_done_callback(_log_end)
        try:
            yield
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)

    async def _work(self) -> None:
        recovered = False
        while True:
            self._woken.clear()
            recovered = recovered or await _succeeds("recovery", self._recover)
            handled = await _succeeds("webhooks", self._empty_inbox)
            pause = None if recovered and handled and self._emptied else self._try_again_after
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()

    async def _sweep(self) -> None:
        while True:
            await _succeeds("overdue connections", self._end_overdue)
            await _succeeds("notices", self._deliver_notices)
            await asyncio.sleep(self._look_for_overdue)

    async def _end_overdue(self) -> None:
        ended = await self._greenroom.end_overdue()
        if ended:
            log.info("%d attempts to connect ended: nobody came back from Zoom in time", ended)

    async def _deliver_notices(self) -> None:
        delivered = await self._greenroom.deliver_notices()
        if delivered:
            log.info("delivered %d notices that were left", delivered)

    async def _recover(self) -> None:
        outcomes = await self._greenroom.recover()
        if outcomes:
            log.info("recovered %d interviews", len(outcomes))

    async def _empty_inbox(self) -> None:
        self._emptied = False
        while await self._greenroom.work_inbox():
            pass
        self._emptied = not await self._greenroom.inbox_waits()


async def _succeeds(what: str, step: Callable[[], Awaitable[None]]) -> bool:
    try:
        await step()
    except GreenroomError as error:
        log.warning("%s: %s, to be tried again: %s", what, error.code, error)
        return False
    return True


def _log_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("the worker ended by a defect; restart the service", exc_info=task.exception())
