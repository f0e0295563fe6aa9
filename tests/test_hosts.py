"""Who may host and whose turn it is; and a leaver's coming meetings at another host, whole or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from tests.any_organization import APRIL, Anybody, anybody, switched_on
from tests.booking import LaterClock
from tests.contracts.depth import DEEP
from tests.embedded import RECRUITER, ZOOM_ADMIN, ZOOM_OWNER, World, connected
from tests.in_zoom import InZoom
from tests.recruiting import ORGANIZATION, at_work, scheduled
from tests.test_features_calendar import appointments
from tests.told import told

from greenroom.configuration import Configuration
from greenroom.engine.host_views import HostsView
from greenroom.engine.ports.records import LetterRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Level
from greenroom.profiles import Registry, Switches

CALVIN, BRYNNA = "calvin.ross@northwind.example", "brynna.diaz@northwind.example"
PROFILES = Registry.discover().names
ROTATION = (APRIL, CALVIN, BRYNNA)


async def in_rotation(greenroom: Greenroom, world: World, hosts: tuple[str, ...] = ROTATION) -> Anybody:
    """Return an organization whose meetings these hosts take in turn."""
    one = await anybody(greenroom, world, "lever", "Acme")
    assert await one.connect(ZOOM_ADMIN, Level.ORGANIZATION)
    settled = {"host_selection": "specific_hosts", "hosts": ", ".join(hosts)}
    assert not (await greenroom.configure("Acme", settled, as_=ZOOM_ADMIN)).refused
    return one


def by_email(view: HostsView) -> dict[str, tuple[bool, str]]:
    """Return of everybody whether they may host, and why."""
    return {one.email: (one.hosts, one.why) for one in view.hosts}


async def host_of(one: Anybody, interview: str) -> str | None:
    """Return who hosts an interview."""
    found = (await one.greenroom.status(one.name)).interviews
    return next(row.host for row in found if row.id == interview)


async def test_who_is_next_is_who_gets_it(greenroom: Greenroom, world: World) -> None:
    """The order that is shown is the order that scheduling follows, and looking uses no turn."""
    one = await in_rotation(greenroom, world)
    for _ in range(3):
        shown = (await greenroom.hosts("Acme")).next
        again = (await greenroom.hosts("Acme")).next
        assert shown is not None
        assert shown == again
        assert shown.email == shown.order[0]
        assert sorted(shown.order) == sorted(ROTATION)
        taken = [await host_of(one, await one.schedule(RECRUITER)) for _ in ROTATION]
        assert tuple(taken) == shown.order
        await one.schedule(RECRUITER)


async def test_why_somebody_may_not_host(greenroom: Greenroom, world: World) -> None:
    """Of everybody on the list it says whether they are verified and active at Zoom, and what is left of their day."""
    one = await in_rotation(greenroom, world, (*ROTATION, "nobody@elsewhere.example"))
    world.control("POST", f"users/{CALVIN}", status="inactive")
    await greenroom.refresh_directory("Acme")
    await one.schedule(RECRUITER)
    view = await greenroom.hosts("Acme")
    hosts = {row.email: row for row in view.hosts}
    assert by_email(view)[CALVIN] == (False, "no active user of the connected Zoom account")
    assert by_email(view)["nobody@elsewhere.example"] == (False, "not verified")
    assert (hosts[CALVIN].verified, hosts[CALVIN].status, hosts[CALVIN].place) == (True, "inactive", None)
    assert hosts["nobody@elsewhere.example"].verified is False
    assert (hosts[BRYNNA].hosts, hosts[BRYNNA].place, hosts[APRIL].turns) == (True, 1, 1)
    day = hosts[APRIL].day
    assert day is not None
    assert (day.changes, day.remaining) == (1, 99)


@pytest.mark.parametrize("profile", PROFILES)
async def test_whoever_may_host_hosts(greenroom: Greenroom, world: World, profile: str) -> None:
    """Under every profile: whoever is said to host gets a meeting when they schedule for themselves, and whoever is
    said not to gets none; nothing is written by looking."""
    one = await anybody(greenroom, world, profile, "Acme")
    for level in greenroom.profiles.profile(profile).manifest.levels:
        await one.connect(ZOOM_ADMIN, level)
    await switched_on(one)
    view = await greenroom.hosts("Acme")
    assert any(row.hosts for row in view.hosts)
    for row in view.hosts:
        interview = await one.schedule(row.email, interviewers=[{"name": "Self", "email": row.email}])
        assert (await host_of(one, interview) == row.email) == row.hosts, row


Setting = Callable[[Greenroom, World], Any]


@dataclass(frozen=True)
class Leaving:
    """An organization with a leaver's meetings, and who takes them."""

    one: Anybody
    leaver: str
    taker: str
    interviews: tuple[str, ...]


async def leaving(greenroom: Greenroom, world: World, profile: str, *, meetings: int = 2) -> Leaving:
    """Return an organization with coming meetings of a leaver, everybody told of the first."""
    one = await anybody(greenroom, world, profile, "Acme")
    manifest = greenroom.profiles.profile(profile).manifest
    for level in manifest.levels:
        for who in (ZOOM_ADMIN, ZOOM_OWNER) if level is Level.MEMBER else (ZOOM_ADMIN,):
            await one.connect(who, level)
    await switched_on(one)
    people = [{"name": "Leaver", "email": ZOOM_ADMIN}, {"name": "April", "email": APRIL}]
    days = range(3, 3 + meetings)
    interviews = [await one.schedule(ZOOM_ADMIN, interviewers=people, start=f"+{day}d 09:00") for day in days]
    await greenroom.preview(interviews[0])
    for interview in interviews[:1]:
        if (await greenroom.status("Acme")).interviews[0].letters_sent == 0:
            await greenroom.send(interview)
    assert {await host_of(one, interview) for interview in interviews} == {ZOOM_ADMIN}
    return Leaving(one, ZOOM_ADMIN, ZOOM_OWNER, tuple(interviews))


def living(world: World) -> list[dict[str, Any]]:
    """Return the meetings that are there at Zoom."""
    return [row for row in world.meetings if row["live"]]


async def moved_whole(found: Leaving) -> None:
    """Check that every interview has exactly one meeting, of the taker, that everybody was told of once."""
    one = found.one
    status = await one.greenroom.status(one.name)
    rows = {row.id: row for row in status.interviews}
    there = {row["join_url"]: row for row in living(one.world)}
    assert len(there) == len(found.interviews)
    for interview in found.interviews:
        assert rows[interview].host == found.taker
        assert rows[interview].join_url in there
    deployment = one.greenroom._deployment

    def read(tx: Transaction) -> tuple[Any, Any]:
        first = found.interviews[0]
        return tx.interviews.get(None, first), tx.records.letters(first)

    record, letters = await deployment.store.read(read)
    assert record.moving is None
    told = [(one.audience, one.channel) for one in letters if one.state == "sent" and one.sequence == record.sequence]
    before = {(one.audience, one.channel) for one in letters if one.state == "sent" and one.sequence < record.sequence}
    assert sorted(told) == sorted(before)
    assert not any(one.state == "drafted" and one.sequence < record.sequence for one in letters)


@pytest.mark.parametrize("profile", PROFILES)
async def test_a_leavers_meetings_go_to_another_host(greenroom: Greenroom, world: World, profile: str) -> None:
    """Under every profile the coming meetings are made anew under the other host and the earlier ones deleted; a dry
    run says so before and changes nothing; a second run finds nothing to do."""
    found = await leaving(greenroom, world, profile)
    before = world.meetings
    foreseen = await greenroom.move_host("Acme", found.leaver, found.taker, dry_run=True)
    assert [row.kind for row in foreseen.interviews] == ["would_move", "would_move"], foreseen
    assert world.meetings == before
    done = await greenroom.move_host("Acme", found.leaver, found.taker)
    assert [(row.kind, row.earlier_at_zoom) for row in done.interviews] == [("moved", "deleted")] * 2
    assert [row.place_taken for row in done.interviews] == [row.place_taken for row in foreseen.interviews]
    assert done.interviews[0].told
    await moved_whole(found)
    assert (await greenroom.move_host("Acme", found.leaver, found.taker)).interviews == ()


class Stopped(BaseException):
    """The process ends here."""


def stopping(greenroom: Greenroom, at: int, *, before: bool) -> Callable[[], int]:
    """Have the process end at its n-th commit, just before it or just after; return how many there were."""
    store, done = greenroom._deployment.store, 0
    write = store.write

    async def stopping_write(work: Callable[[Transaction], Any]) -> Any:
        nonlocal done
        done += 1
        if done == at and before:
            raise Stopped
        found = await write(work)
        if done == at:
            raise Stopped
        return found

    store.write = stopping_write  # type: ignore[method-assign]
    return lambda: done


class Post:
    """A delivery that remembers what it was given."""

    def __init__(self) -> None:
        self.letters: dict[tuple[str, int], set[str]] = {}

    async def letter(self, record: LetterRecord) -> None:
        """Take a letter."""
        self.letters.setdefault((record.uid, record.sequence), set()).add(record.id)

    async def notice(self, record: NoticeRecord) -> None:
        """Take a notice."""


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("profile", ["lever", "trakstar"])
async def test_wherever_it_is_stopped_a_second_run_completes_it(
    configuration: Configuration, world: World, profile: str, before: bool
) -> None:
    """The process ends at one commit after another, just before or just after it; whichever it was, the same move run
    again leaves one meeting an interview, under the taker, and everybody told of it once."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        found = await leaving(greenroom, world, profile, meetings=2 if DEEP else 1)
    leaver, taker, at, post = found.leaver, found.taker, 1, Post()
    while True:
        async with Greenroom(configuration, switches=Switches(), delivery=post) as greenroom:
            count = stopping(greenroom, at, before=before)
            with suppress(Stopped):
                await greenroom.move_host("Acme", leaver, taker)
            stopped = count() >= at
        async with Greenroom(
            configuration, switches=Switches(), clock=LaterClock(0.1 * at), delivery=post
        ) as greenroom:
            outcome = await greenroom.move_host("Acme", leaver, taker)
            assert {row.kind for row in outcome.interviews} <= {"moved"}, (at, outcome)
            await moved_whole(Leaving(replace(found.one, greenroom=greenroom), leaver, taker, found.interviews))
        if not stopped:
            break
        leaver, taker, at = taker, leaver, at + 1
    assert at > 10
    assert post.letters
    assert {len(same) for same in post.letters.values()} == {1}


FAULTS = [
    ("POST /users/{userId}/meetings", "reset_before"),
    ("POST /users/{userId}/meetings", "reset_after"),
    ("POST /users/{userId}/meetings", "status"),
    ("DELETE /meetings/{meetingId}", "reset_after"),
    ("DELETE /meetings/{meetingId}", "status"),
]


@pytest.mark.parametrize(("operation", "kind"), FAULTS)
async def test_whatever_zoom_does_nothing_is_lost_or_doubled(
    greenroom: Greenroom, world: World, operation: str, kind: str
) -> None:
    """A call that fails, or whose answer is lost, leaves the interview a link that works; run again, it is moved."""
    found = await leaving(greenroom, world, "lever")
    world.fault(operation, kind, times=3, **({"status": 500} if kind == "status" else {}))
    await greenroom.move_host("Acme", found.leaver, found.taker)
    links = {row["join_url"] for row in living(world)}
    assert {row.join_url for row in (await greenroom.status("Acme")).interviews} <= links
    world.control("DELETE", "faults")
    await greenroom.move_host("Acme", found.leaver, found.taker)
    await moved_whole(found)


async def test_who_could_not_take_over_is_forgotten(greenroom: Greenroom, world: World) -> None:
    """A move of which nothing was made is over: another taker gets the interviews, not the first one."""
    found = await leaving(greenroom, world, "lever")
    world.fault("POST /users/{userId}/meetings", "status", status=400, times=4)
    failed = await greenroom.move_host("Acme", found.leaver, found.taker)
    assert {row.kind for row in failed.interviews} == {"failed"}
    world.control("DELETE", "faults")
    await greenroom.move_host("Acme", found.leaver, CALVIN)
    await moved_whole(replace(found, taker=CALVIN))


async def test_a_move_begun_is_completed_by_retry(configuration: Configuration, world: World) -> None:
    """`retry` of an interview completes its move, too, and until then `hosts` says that it is under way."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        found = await leaving(greenroom, world, "lever")
        stopping(greenroom, 4, before=False)
        with suppress(Stopped):
            await greenroom.move_host("Acme", found.leaver, found.taker)
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        assert (await greenroom.hosts("Acme")).moving == found.interviews[:1]
        await greenroom.retry(found.interviews[0])
        assert (await greenroom.hosts("Acme")).moving == ()
        assert await host_of(replace(found.one, greenroom=greenroom), found.interviews[0]) == found.taker
        assert len(living(world)) == 2


async def test_nothing_is_done_to_an_interview_between_two_hosts(configuration: Configuration, world: World) -> None:
    """While a move is not completed the interview is neither moved nor cancelled, so that no meeting is left behind."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        found = await leaving(greenroom, world, "lever", meetings=1)
        stopping(greenroom, 4, before=False)
        with suppress(Stopped):
            await greenroom.move_host("Acme", found.leaver, found.taker)
    (interview,) = found.interviews
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        assert len(living(world)) == 2
        for doing in (greenroom.cancel(interview), greenroom.reschedule(interview, "+8d 09:00")):
            with pytest.raises(BadInput, match="was begun and is not completed"):
                await doing
        with pytest.raises(BadInput, match="was begun and is not completed"):
            await greenroom.place(interview, room="Lagoon")
        await greenroom.retry(interview)
        await greenroom.cancel(interview)
        assert living(world) == []


async def test_our_own_deletion_is_no_news(world: World) -> None:
    """Zoom tells of every meeting that was made and deleted; a move needs nobody's attention for that, nor does a
    deletion of the earlier meeting later on, where it had to stay."""
    async with told(world) as greenroom:
        found = await leaving(greenroom, world, "trakstar")
        first, second = found.interviews
        await greenroom.move_host("Acme", found.leaver, found.taker)
        left = living(world)
        await greenroom.disconnect("Acme", as_=found.taker, confirmed=True)
        await greenroom.move_host("Acme", found.taker, found.leaver)
        for row in left:
            InZoom(world).delete(str(row["id"]))
        assert len(living(world)) == len(found.interviews)
        await asyncio.sleep(1)
    async with Greenroom(world.configuration(), switches=Switches(), clock=LaterClock(0.1)) as later:
        for row in left:
            about = {"account_id": "northwind-account", "object": {"id": int(row["id"])}}
            body = json.dumps({"event": "meeting.deleted", "payload": about}).encode()
            for app in later.apps:
                await later.keep_webhook(app, body, f"{app} {row['id']}")
        await later.work_inbox()  # news of a meeting that was just being changed wait for a minute
        assert not await later.inbox_waits()
        rows = {row.id: row for row in (await later.status("Acme")).interviews}
    assert [rows[one].attention for one in (first, second)] == ["", ""]
    assert {rows[one].host for one in (first, second)} == {found.leaver}


async def test_whoever_the_profile_does_not_let_host_gets_nothing(greenroom: Greenroom, world: World) -> None:
    """A taker without a connection is refused in the profile's words, and the meetings stay where they are."""
    found = await leaving(greenroom, world, "trakstar")
    before = world.meetings
    outcome = await greenroom.move_host("Acme", found.leaver, APRIL)
    assert {row.kind for row in outcome.interviews} == {"refused"}
    assert all(row.message and row.because for row in outcome.interviews)
    assert world.meetings == before


async def test_a_rotation_gives_to_whoever_is_on_its_list(greenroom: Greenroom, world: World) -> None:
    """Where hosts take turns, another of them takes over without using a turn; somebody off the list does not."""
    one = await in_rotation(greenroom, world)
    interview = await one.schedule(RECRUITER)
    assert await host_of(one, interview) == APRIL
    turn = (await greenroom.hosts("Acme")).next
    refused = (await greenroom.move_host("Acme", APRIL, RECRUITER)).interviews[0]
    assert (refused.kind, refused.code) == ("refused", "host_not_chosen")
    moved = (await greenroom.move_host("Acme", APRIL, BRYNNA)).interviews[0]
    assert (moved.kind, moved.place_taken) == ("moved", ())
    assert (await greenroom.hosts("Acme")).next == turn


async def test_what_is_over_or_under_way_stays(configuration: Configuration, world: World) -> None:
    """A meeting that is being held, though early, and one whose time has come are left alone."""
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        found = await leaving(greenroom, world, "lever")
        number = next(row["id"] for row in world.meetings)
        world.control("POST", f"meetings/{number}/join", user=found.leaver)
        outcome = await greenroom.move_host("Acme", found.leaver, found.taker)
        assert [row.kind for row in outcome.interviews] == ["untouched", "moved"]
        assert len(living(world)) == 2
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(24 * 9)) as greenroom:
        outcome = await greenroom.move_host("Acme", found.leaver, found.taker)
        assert [row.kind for row in outcome.interviews] == ["untouched"]


async def test_whoever_states_the_link_goes_with_it(greenroom: Greenroom, world: World) -> None:
    """An interview that was given the leaver's link states the new one, and the earlier meeting is deleted."""
    one = await anybody(greenroom, world, "lever", "Acme")
    await one.connect(ZOOM_ADMIN, Level.ORGANIZATION)
    people = [{"name": "Adam", "email": ZOOM_ADMIN}]
    first = await one.schedule(RECRUITER, interviewers=people)
    link = (await greenroom.status("Acme")).interviews[0].join_url
    second = await one.schedule(RECRUITER, place={"manual": {"url": link}})
    (moved,) = (await greenroom.move_host("Acme", ZOOM_ADMIN, APRIL)).interviews
    assert (moved.kind, moved.with_it) == ("moved", (second,))
    rows = {row.id: row.join_url for row in (await greenroom.status("Acme")).interviews}
    assert rows[first] == rows[second] == moved.join_url != link
    assert [row["join_url"] for row in living(world)] == [moved.join_url]


async def test_the_event_goes_into_the_new_hosts_calendar(configuration: Configuration, world: World) -> None:
    """Where interviews stand in the scheduler's own calendar, the event leaves the leaver's for the taker's, once."""
    async with at_work(configuration, world) as greenroom:
        await greenroom.save_member(ORGANIZATION, ZOOM_ADMIN, ["Administrator"])
        await connected(greenroom, world, ORGANIZATION, as_=ZOOM_ADMIN)
        await greenroom.configure(ORGANIZATION, {"calendar_sync": "on"}, as_=RECRUITER)
        await scheduled(greenroom, as_=RECRUITER)
        assert (len(appointments(world)), len(appointments(world, ZOOM_ADMIN))) == (1, 0)
        (moved,) = (await greenroom.move_host(ORGANIZATION, RECRUITER, ZOOM_ADMIN)).interviews
        (event,) = appointments(world, ZOOM_ADMIN)
        assert appointments(world) == []
        assert moved.join_url is not None
        assert moved.join_url in str(event.fields["description"])
        await greenroom.cancel(moved.interview)
        assert appointments(world, ZOOM_ADMIN) == []


async def test_a_leaver_whose_access_is_gone(greenroom: Greenroom, world: World) -> None:
    """Where the leaver's own connection has ended, the interviews move all the same, and it is said that the earlier
    meetings stay at Zoom, out of reach."""
    found = await leaving(greenroom, world, "trakstar")
    await greenroom.disconnect("Acme", as_=found.leaver, confirmed=True)
    outcome = await greenroom.move_host("Acme", found.leaver, found.taker)
    assert [(row.kind, row.earlier_at_zoom) for row in outcome.interviews] == [("moved", "stays")] * 2
    assert len(living(world)) == 4


async def test_nobody_takes_over_from_themselves(greenroom: Greenroom, world: World) -> None:
    """FROM and TO are two people."""
    await anybody(greenroom, world, "lever", "Acme")
    with pytest.raises(BadInput, match="same person"):
        await greenroom.move_host("Acme", APRIL, APRIL.upper())
