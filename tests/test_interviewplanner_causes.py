"""InterviewPlanner: what each cause does to the account's connection, its interviews and their invites."""

from __future__ import annotations

import pytest
from tests.causes import Ground
from tests.embedded import World
from tests.interviewplanner_account import APRIL, NAME, Account, account

from greenroom.engine.outcomes import InterviewOutcome
from greenroom.facade import Greenroom
from greenroom.model import Cause, Level

ENDED, BROKEN, LIVE = "not_connected", "needs_reconnect", "connected"

EFFECTS = {
    Cause.PERSON: ENDED,
    Cause.SWITCHED_OFF: ENDED,
    Cause.UNINSTALLED: ENDED,
    Cause.AUTHORIZER_ROLE: LIVE,
    Cause.AUTHORIZER_GONE: BROKEN,
    Cause.SCOPES_LOST: BROKEN,
    Cause.APPROVAL_WITHDRAWN: BROKEN,
    Cause.GRANT_DEAD: BROKEN,
}


@pytest.fixture
async def planner(greenroom: Greenroom, world: World) -> Account:
    """A connected account with the stage switched on."""
    found = await account(greenroom, world)
    await found.connect()
    await found.video("on")
    return found


def test_no_cause_is_left_out() -> None:
    """Each cause there is stands in the table."""
    assert set(EFFECTS) == set(Cause)


@pytest.mark.parametrize("cause", Cause)
async def test_what_a_cause_ends(planner: Account, cause: Cause) -> None:
    """Without the connection nobody on the account has Zoom; what was made and sent stays, the stage stays switched
    on, and connecting again is enough to go on [IVP-27, IVP-42, IVP-43, CORE-06, CORE-08]."""
    made = await planner.schedule()

    ground = Ground(planner.greenroom, planner.world, NAME, "interviewplanner", Level.ORGANIZATION)
    await ground.gives_way(cause)

    assert await planner.phase() == EFFECTS[cause]
    after = [await planner.schedule(), await planner.schedule(APRIL)]
    assert [one.code for one in after] == [None if EFFECTS[cause] == LIVE else "connect_first"] * 2
    await invites_stand(planner, made)
    if EFFECTS[cause] == LIVE:
        return
    assert [way.label for way in after[0].ways_on] == ["Connect your account"]
    assert (await planner.connect("zoe.admin@northwind.example")).phase == LIVE
    assert [(await planner.greenroom.retry(one.id)).kind for one in after] == ["made", "made"]


async def invites_stand(planner: Account, made: InterviewOutcome) -> None:
    """The meeting is live at Zoom, and the invites that name it are as they were sent."""
    again = await planner.greenroom.retry(made.id)
    assert (again.kind, again.meeting, again.letters) == ("made", made.meeting, made.letters)
    assert made.meeting is not None
    assert made.meeting.join_url in {one["join_url"] for one in planner.world.meetings if one["live"]}
    assert {letter.state for letter in again.letters} == {"sent"}
