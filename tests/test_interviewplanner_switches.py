"""InterviewPlanner, end to end: switches of stages and candidates, and uninstalling at Zoom."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World
from tests.interviewplanner_account import APRIL, CANDIDATE, NAME, Account, account
from tests.told import eventually, told

from greenroom.facade import Greenroom

NOT_PERMITTED = {"code": 200, "message": "No permission."}


@pytest.fixture
async def planner(greenroom: Greenroom, world: World) -> Account:
    """A fresh account with nothing connected."""
    return await account(greenroom, world)


@pytest.fixture
async def installed(world: World) -> AsyncIterator[Account]:
    """A connected account with the stage switched on, whose service Zoom tells of its events."""
    async with told(world) as greenroom:
        found = await account(greenroom, world)
        await found.connect()
        await found.video("on")
        yield found


@pytest.mark.parametrize(
    ("stage", "candidate", "clause", "made"),
    [
        ("on", None, "IVP-35", True),
        ("on", "off", "IVP-38", False),
        ("on", "on", "IVP-36", True),
        ("off", None, "IVP-39", False),
        ("off", "on", "IVP-36", True),
        ("off", "off", "IVP-38", False),
        (None, None, "IVP-39", False),
        (None, "on", "IVP-36", True),
    ],
)
async def test_stage_and_candidate_decide(
    planner: Account, stage: str | None, candidate: str | None, clause: str, made: bool
) -> None:
    """What the candidate's switch says holds, and the stage's where it says nothing; a meeting has a URL in every
    invite, no meeting has none [IVP-01, IVP-33, IVP-35, IVP-36, IVP-38, IVP-39]."""
    await planner.connect()
    if stage is not None:
        await planner.video(stage)
    if candidate is not None:
        await planner.video(candidate, candidate=CANDIDATE)

    found = await planner.schedule()

    assert found.kind == ("made" if made else "none")
    assert clause in {one.clause for one in found.because}
    assert found.letters
    assert {letter.shows_link for letter in found.letters} == {made}
    assert len(planner.world.meetings) == made


async def test_one_candidates_switch_is_nobody_elses(planner: Account) -> None:
    """Enabled for one candidate the stage still reads off, and others have no Zoom [IVP-36, IVP-37]."""
    await planner.connect()
    await planner.video("on", candidate=CANDIDATE)
    assert (await planner.schedule()).kind == "made"
    assert (await planner.schedule(candidate="kim@home.example")).kind == "none"
    await planner.video("", candidate=CANDIDATE)
    assert (await planner.schedule()).kind == "none"


async def test_nothing_is_enabled_before_connecting(planner: Account) -> None:
    """Neither stage nor candidate can be switched on before Zoom is connected, and connecting switches nothing on
    [IVP-33, IVP-34]."""
    assert (await planner.video("on")).code == "connect_to_enable"
    refused = await planner.video("on", candidate=CANDIDATE)
    assert [way.label for way in refused.ways_on] == ["Connect your account"]
    assert (await planner.video("off")).kind == "done"
    await planner.connect()
    assert (await planner.schedule()).kind == "none"


async def test_uninstalling_at_zoom_ends_it_for_everyone(installed: Account, world: World) -> None:
    """Uninstalled on the Marketplace nobody on the account has Zoom, meetings made stay, and the same path connects
    it again with the stages as they were [IVP-40, IVP-42, IVP-43]."""
    assert (await installed.schedule()).kind == "made"

    world.control("POST", "uninstall", app=world.apps["admin"].name, user=ZOOM_ADMIN)
    await eventually(installed.phase, "not_connected")

    refused = [await installed.schedule(who) for who in (RECRUITER, APRIL, ZOOM_ADMIN)]
    assert {one.code for one in refused} == {"connect_first"}
    assert all("IVP-42" in {one.clause for one in found.because} for found in refused)
    assert [one["live"] for one in world.meetings] == [True]
    await installed.connect("zoe.admin@northwind.example")
    assert (await installed.schedule()).kind == "made"


async def test_a_lost_role_disables_nothing(installed: Account, world: World) -> None:
    """Permissions are asked for when authorizing: the demotion of whoever connected leaves Zoom enabled [IVP-27]."""
    world.control("POST", f"users/{ZOOM_ADMIN}", role="member")
    world.control("POST", "deliveries")
    while await installed.greenroom.work_inbox():
        pass
    assert await installed.phase() == "connected"


async def test_whoever_schedules_hears_of_lost_permissions(installed: Account, world: World) -> None:
    """What Zoom then refuses is told to whoever schedules, in the product's words, with what to do [IVP-21, IVP-27]."""
    world.fault("POST /users/{userId}/meetings", "status", status=403, body=NOT_PERMITTED)
    assert (await installed.schedule()).kind == "failed"
    notices = (await installed.greenroom.status(NAME)).notices
    assert [one.to for one in notices] == [RECRUITER]
    assert "Restore their Zoom role" in notices[0].text


async def test_there_is_no_disconnect_in_the_product(planner: Account) -> None:
    """Asked to disconnect, the product says where Zoom has the button, and stays connected [IVP-40, IVP-41]."""
    await planner.connect()
    answer = await planner.greenroom.disconnect(NAME, as_=ZOOM_ADMIN, confirmed=True)
    assert (answer.kind, answer.code) == ("refusal", "not_offered")
    assert all(words in answer.message for words in ("Installed Apps", "Uninstall"))
    assert await planner.phase() == "connected"
