"""A meeting whose connection is gone stays at Zoom [CORE-09]: whoever cancels or moves its interview is told so, and
can have it deleted once Zoom is connected again."""

from __future__ import annotations

import pytest
from tests.embedded import ZOOM_ADMIN, World, connected
from tests.in_zoom import InZoom
from tests.test_change_by_zoom import meeting_of, seen, works
from tests.test_silence import PROFILES, STEPS, scheduled

from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import PhaseKind

NAME = "First"


async def removed_at_zoom(greenroom: Greenroom, world: World) -> None:
    """Have whoever connected remove the app at Zoom; the next call finds its grant dead."""
    for app in world.apps.values():
        world.control("POST", "uninstall", app=app.name, user=ZOOM_ADMIN)
    await greenroom.refresh_directory(NAME)
    rows = (await greenroom.status(NAME)).connections
    assert PhaseKind.ACTIVE not in {one.kind for one in rows if one.zoom_user is not None}


async def connect_again(greenroom: Greenroom, world: World, profile: str) -> None:
    """Connect as before."""
    offers = await greenroom.actions(NAME, as_=ZOOM_ADMIN)
    for step in STEPS.get(profile, []):
        if any(one.action is step and one.allowed for one in offers):
            await greenroom.act(NAME, step, as_=ZOOM_ADMIN)
    await connected(greenroom, world, NAME, as_=ZOOM_ADMIN)


@pytest.mark.parametrize("profile", PROFILES)
async def test_cancelled_out_of_reach(greenroom: Greenroom, world: World, profile: str) -> None:
    """The canceller is told that the meeting is still there; connected again, cancelling once more deletes it, and
    tells nobody twice [CORE-02, CORE-09, TRK-51, EXE-61]."""
    interview = await scheduled(greenroom, world, profile)
    await removed_at_zoom(greenroom, world)

    gone = await greenroom.cancel(interview)
    assert gone.warnings
    assert world.meetings[-1]["live"]
    left = await seen(greenroom, interview)
    assert (left.state, "could not be deleted" in left.attention) == ("cancelled", True)
    with pytest.raises(BadInput, match="still out of reach"):
        await greenroom.cancel(interview)

    await connect_again(greenroom, world, profile)
    await greenroom.cancel(interview)
    assert not world.meetings[-1]["live"]
    mended = await seen(greenroom, interview)
    assert (mended.attention, mended.letters_sent) == ("", left.letters_sent)
    with pytest.raises(BadInput, match="was cancelled"):
        await greenroom.cancel(interview)


@pytest.mark.parametrize("profile", PROFILES)
async def test_moved_out_of_reach(greenroom: Greenroom, world: World, profile: str) -> None:
    """Whoever moves it is told that Zoom keeps the old time; connected again, moving it takes the meeting along."""
    interview = await scheduled(greenroom, world, profile)
    await removed_at_zoom(greenroom, world)

    assert (await greenroom.reschedule(interview, "+5d 09:00")).warnings
    assert "keeps its old time" in (await seen(greenroom, interview)).attention

    await connect_again(greenroom, world, profile)
    await greenroom.reschedule(interview, "+5d 10:00")
    assert (await seen(greenroom, interview)).attention == ""
    assert len(world.meetings[-1]["updated_at"]) == 1


async def test_deleted_by_its_host_at_last(greenroom: Greenroom, world: World) -> None:
    """Deleted in Zoom's own pages, what was left there needs nobody's attention any more, and nobody is told."""
    interview = await scheduled(greenroom, world, "lever")
    await removed_at_zoom(greenroom, world)
    await greenroom.cancel(interview)
    before = (await greenroom.status(NAME)).notices
    InZoom(world).delete(meeting_of(world))
    await works(greenroom, world, "meeting.deleted")
    assert (await seen(greenroom, interview)).attention == ""
    assert (await greenroom.status(NAME)).notices == before


async def test_another_users_connection_does_not_reach_it(greenroom: Greenroom, world: World) -> None:
    """Connected again as another Zoom user, a user's own connection deletes nothing of the user before."""
    interview = await scheduled(greenroom, world, "trakstar")
    await removed_at_zoom(greenroom, world)
    await greenroom.cancel(interview)
    begun = await greenroom.connect(NAME, as_=ZOOM_ADMIN)
    await greenroom.complete_url(world.authorize(begun.url, "april.lee@northwind.example"))
    with pytest.raises(BadInput, match="still out of reach"):
        await greenroom.cancel(interview)
    assert world.meetings[-1]["live"]
