"""The work between requests: taken up at the start, woken by webhooks, tried again, never silently dead."""

import asyncio
import logging
from collections.abc import Callable

import pytest
from core.tests.service.outside import PUBLIC, Configure, at_work, browser, event, signed

from greenroom.engine.outcomes import InterviewOutcome
from greenroom.engine.ports.zoom import ZoomUnavailable
from greenroom.facade import Greenroom
from greenroom.profiles import Switches
from greenroom.service import create_app
from greenroom.service.worker import Worker

URL = "/webhooks/zoom/admin"


class Watched(Greenroom):
    """A Greenroom that keeps count, and whose verbs fail as often as they are told to."""

    looks = 0
    handled = 0
    recoveries = 0
    recovery_fails = 0
    defect = False
    waits = 0

    async def inbox_waits(self) -> bool:
        """Say so often that a webhook was put off."""
        self.waits -= 1
        return self.waits >= 0

    async def work_inbox(self) -> int:
        """Count the looks into the inbox, and what was handled."""
        self.looks += 1
        if self.defect:
            raise ZeroDivisionError
        done = await super().work_inbox()
        self.handled += done
        return done

    async def recover(self) -> tuple[InterviewOutcome, ...]:
        """Count the recoveries; fail the first ones."""
        self.recoveries += 1
        if self.recoveries <= self.recovery_fails:
            raise ZoomUnavailable("Zoom is away")
        return await super().recover()


@pytest.fixture
def watched(configure: Configure) -> Watched:
    """A Greenroom to open."""
    return Watched(configure(PUBLIC), switches=Switches(none=True))


async def until(true: Callable[[], bool]) -> None:
    """Wait until something is so, at most five seconds."""
    async with asyncio.timeout(5):
        while not true():  # the store's threads set no event
            await asyncio.sleep(0.005)


async def test_it_acts_on_what_was_kept_before_and_on_what_comes(watched: Watched) -> None:
    """A webhook kept by a process that stopped is acted on at the start; later ones as they come."""
    app = create_app(watched, public_url=PUBLIC)
    async with watched, browser(app) as http:
        await http.post(URL, content=event("one"), headers=signed(event("one")))
        async with at_work(app):
            await until(lambda: watched.handled == 1)
            await http.post(URL, content=event("two"), headers=signed(event("two")))
            await until(lambda: watched.handled == 2)

    assert watched.recoveries == 1


async def test_more_than_one_batch_is_worked_off(watched: Watched) -> None:
    """The inbox is emptied, not only its first hundred."""
    async with watched:
        for number in range(101):
            await watched.keep_webhook("admin", event(f"e{number}"), f"d{number}")
        async with Worker(watched).at_work():
            await until(lambda: watched.handled == 101)


async def test_what_fails_is_tried_again(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    """While Zoom is away recovery is repeated, webhooks are worked meanwhile, and each failure is one warning."""
    watched.recovery_fails = 2
    async with watched:
        await watched.keep_webhook("admin", event("one"), "d1")
        async with Worker(watched, try_again_after=0.01).at_work():
            await until(lambda: watched.recoveries == 3)

    assert watched.handled == 1
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [record.getMessage() for record in warnings] == [
        "recovery: zoom.unavailable, to be tried again: Zoom is away"
    ] * 2


async def test_what_was_put_off_is_tried_again(watched: Watched) -> None:
    """While a webhook waits that could not be acted on, the worker comes back to it, and rests afterwards."""
    watched.waits = 2
    async with watched, Worker(watched, try_again_after=0.01).at_work():
        await until(lambda: watched.looks == 3)
        await asyncio.sleep(0.1)

    assert watched.looks == 3


async def test_it_does_not_work_when_there_is_nothing_to_do(watched: Watched) -> None:
    """An idle worker looks into the inbox no more until it is woken."""
    async with watched, Worker(watched, try_again_after=0.01).at_work():
        await until(lambda: watched.looks == 1)
        await asyncio.sleep(0.1)

    assert watched.looks == 1


async def test_a_defect_is_seen(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    """A worker that ends by a defect says so in the log and turns the service's health to 503."""
    watched.defect = True
    app = create_app(watched, public_url=PUBLIC)
    async with watched, browser(app) as http, at_work(app):
        await until(lambda: any(record.levelno == logging.CRITICAL for record in caplog.records))
        answer = await http.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["worker"] == "stopped"


async def test_it_ends_with_the_service(watched: Watched) -> None:
    """No task is left when the lifespan is over, and the end is no error."""
    before = asyncio.all_tasks()
    worker, seen = Worker(watched), []
    async with watched:
        async with worker.at_work():
            seen.append(worker.running)
        seen.append(worker.running)

    assert seen == [True, False]
    assert asyncio.all_tasks() == before
