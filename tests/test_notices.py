"""Whoever is to be told is told once: whatever fails, whoever is killed, however many processes there are."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from tests.booking import LaterClock
from tests.embedded import RECRUITER, World, environment
from tests.in_zoom import InZoom
from tests.test_change_by_zoom import meeting_of, works
from tests.test_silence import scheduled

from greenroom.configuration import Configuration
from greenroom.engine.ports.delivery import NotDelivered
from greenroom.engine.ports.records import LetterRecord, NoticeRecord
from greenroom.facade import Greenroom
from greenroom.mail.files import FileDelivery
from greenroom.model import Action
from greenroom.profiles import Switches
from greenroom.service.worker import Worker

APPROVED = "A Zoom Admin has pre-approved the integration. You can now connect your Zoom account."


class Post:
    """A way out of the house that is closed as often as it is told to be, and remembers what left."""

    def __init__(self, closed: int = 0, *, slow: float = 0.0) -> None:
        self.left: list[str] = []
        self._closed = closed
        self._slow = slow

    async def letter(self, record: LetterRecord) -> None:
        """Take no letter."""

    async def notice(self, record: NoticeRecord) -> None:
        """Take a notice, unless it is closed."""
        await asyncio.sleep(self._slow)
        if self._closed:
            self._closed -= 1
            raise NotDelivered("the post is closed")
        self.left.append(record.id)


async def asked(greenroom: Greenroom) -> None:
    """Have the recruiter wait for Zoom's admins: they are told of the verdict."""
    await greenroom.create_organization(
        "First", "trakstar", facts={"zoom_plan": "business"}, members={RECRUITER: ["Hire user"]}
    )
    await greenroom.act("First", Action.ASK_APPROVAL, as_=RECRUITER)


async def approved(greenroom: Greenroom) -> None:
    """Tell of the verdict."""
    outcome = await greenroom.act("First", Action.APPROVAL_DECIDED, as_=RECRUITER)
    assert outcome.kind == "done"


def files(configuration: Configuration) -> list[Path]:
    """Return what lies in the folder of notices, hidden files included."""
    return sorted((configuration.out / "notices").glob("*")) if (configuration.out / "notices").is_dir() else []


async def test_what_could_not_be_delivered_is_delivered_later(configuration: Configuration) -> None:
    """A delivery that fails fails nobody's verb; a minute on, the next verb of the organization delivers it, once."""
    post = Post(closed=1)
    async with Greenroom(configuration, switches=Switches(), delivery=post) as greenroom:
        await asked(greenroom)
        await approved(greenroom)
        assert not post.left
        await greenroom.actions("First", as_=RECRUITER)
    async with Greenroom(configuration, switches=Switches(), delivery=post, clock=LaterClock(0.1)) as later:
        for _ in range(2):
            await later.connect("First", as_=RECRUITER)
        assert await later.deliver_notices() == 0
    async with Greenroom(configuration, switches=Switches(), delivery=post, clock=LaterClock(1)) as much_later:
        assert await much_later.deliver_notices() == 0
    assert len(post.left) == 1


async def test_the_service_delivers_what_was_left(configuration: Configuration) -> None:
    """The worker looks for notices that were left, and delivers them without anybody's verb."""
    post = Post(closed=1)
    async with Greenroom(configuration, switches=Switches(), delivery=post) as greenroom:
        await asked(greenroom)
        await approved(greenroom)
    async with (
        Greenroom(configuration, switches=Switches(), delivery=post, clock=LaterClock(0.1)) as later,
        Worker(later, look_for_overdue=0.01).at_work(),
        asyncio.timeout(5),
    ):
        while not post.left:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
    assert len(post.left) == 1


async def test_a_failing_delivery_does_not_end_the_worker(configuration: Configuration) -> None:
    """While nothing can be delivered the worker lives on, and does not ask the same again at once."""
    post = Post(closed=1000)
    async with Greenroom(configuration, switches=Switches(), delivery=post) as greenroom:
        await asked(greenroom)
        await approved(greenroom)
        worker = Worker(greenroom, look_for_overdue=0.01)
        async with worker.at_work():
            await asyncio.sleep(0.1)
            assert worker.running
    assert post._closed == 999


KILLED = """
import asyncio, os, signal, sys
from greenroom.facade import Greenroom
from greenroom.mail.files import FileDelivery
from greenroom.model import Action
from greenroom.profiles import Switches

async def killed(*what: object, **more: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1] == "in_delivery":
    FileDelivery.notice = killed
else:
    from greenroom.engine import notices
    notices._claimed = killed

async def main() -> None:
    async with Greenroom(switches=Switches()) as greenroom:
        await greenroom.act("First", Action.APPROVAL_DECIDED, as_=sys.argv[2])

asyncio.run(main())
"""


@pytest.mark.parametrize(("where", "hours"), [("before_delivery", 0.0), ("in_delivery", 0.1)])
async def test_a_killed_process_loses_no_notice(
    greenroom: Greenroom, configuration: Configuration, where: str, hours: float
) -> None:
    """Killed between commit and delivery, or within it, the next process tells it, once, in one file."""
    await asked(greenroom)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, where, RECRUITER, env={**os.environ, **environment(configuration)}
    )
    assert await child.wait() == -signal.SIGKILL
    assert [one.text for one in (await greenroom.status("First")).notices] == [APPROVED]
    assert not files(configuration)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(hours)) as after:
        assert [await after.deliver_notices() for _ in range(2)] == [1, 0]
    assert [APPROVED in one.read_text() for one in files(configuration)] == [True]


async def test_several_at_once_deliver_it_once(configuration: Configuration) -> None:
    """Three processes that find the same notice waiting hand it over once among them."""
    async with Greenroom(configuration, switches=Switches(), delivery=Post(closed=1)) as greenroom:
        await asked(greenroom)
        await approved(greenroom)
    post = Post(slow=0.05)
    async with AsyncExitStack() as stack:
        many = [
            await stack.enter_async_context(
                Greenroom(configuration, switches=Switches(), delivery=post, clock=LaterClock(0.1))
            )
            for _ in range(3)
        ]
        assert sum(await asyncio.gather(*(one.deliver_notices() for one in many))) == 1
    assert len(post.left) == 1


async def test_a_replayed_webhook_tells_nobody_again(configuration: Configuration, world: World) -> None:
    """Whether its first notice left at once or had to wait, news that Zoom tells three times are told once."""
    post = Post(closed=1)
    async with Greenroom(configuration, switches=Switches(), delivery=post) as greenroom:
        await scheduled(greenroom, world, "calendly")
        InZoom(world).delete(meeting_of(world))
        for stamp in range(3):
            await works(greenroom, world, "meeting.deleted", time_stamp=stamp)
        assert not post.left
    async with Greenroom(configuration, switches=Switches(), delivery=post, clock=LaterClock(0.1)) as later:
        await works(later, world, "meeting.deleted", time_stamp=3)
        assert await later.deliver_notices() == 1
        await works(later, world, "meeting.deleted", time_stamp=4)
    assert len(post.left) == 1


async def test_one_that_fails_stops_no_other(configuration: Configuration) -> None:
    """Of two organizations' notices the first cannot be delivered; the second leaves all the same."""
    post = Post(closed=2)
    async with Greenroom(configuration, switches=Switches(), delivery=post) as greenroom:
        await asked(greenroom)
        await approved(greenroom)
    async with Greenroom(configuration, switches=Switches(), delivery=post, clock=LaterClock(0.1)) as later:
        await later.create_organization(
            "Second", "trakstar", facts={"zoom_plan": "business"}, members={RECRUITER: ["Hire user"]}
        )
        assert await later.deliver_notices() == 0
        await later.act("Second", Action.ASK_APPROVAL, as_=RECRUITER)
        await later.act("Second", Action.APPROVAL_DECIDED, as_=RECRUITER)
        assert len(post.left) == 1


async def test_a_folder_that_cannot_be_made_fails_no_verb(greenroom: Greenroom, configuration: Configuration) -> None:
    """Where the folder of notices cannot be made the verb succeeds, and the notice lies there once it can."""
    await asked(greenroom)
    configuration.out.mkdir(parents=True, exist_ok=True)
    in_the_way = configuration.out / "notices"
    in_the_way.write_text("")
    await approved(greenroom)
    in_the_way.unlink()
    assert not files(configuration)
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(0.1)) as later:
        assert await later.deliver_notices() == 1
    assert len(files(configuration)) == 1


async def test_a_file_that_could_not_be_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    """Where the file cannot take its place the error says so, what to do, and no temporary file stays."""
    record = NoticeRecord.model_validate(
        {
            "id": "ntc_1",
            "organization_id": "org_1",
            "event": "one",
            "to": "actor",
            "say": {"key": "said"},
            "text": "Said.",
            "at": "2027-03-02T15:00:00Z",
        }
    )
    (tmp_path / "notices" / "ntc_1.txt").mkdir(parents=True)
    with pytest.raises(NotDelivered, match="GREENROOM_OUT: it could not be written"):
        await FileDelivery(tmp_path).notice(record)
    assert [one.name for one in (tmp_path / "notices").iterdir()] == ["ntc_1.txt"]
