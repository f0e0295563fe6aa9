"""An organization's connection beside its members' own: who uses which, and how long an opt-out lasts."""

from __future__ import annotations

from tests.embedded import RECRUITER, ZOOM_ADMIN, World
from tests.test_grants import PANEL

from greenroom.facade import Greenroom
from greenroom.model import Action, Level


async def shared(greenroom: Greenroom, world: World) -> None:
    """Connect the organization by a link that its Zoom admin opens."""
    begun = await greenroom.connect("Team", as_=ZOOM_ADMIN, level=Level.ORGANIZATION, share=True)
    assert begun.url is not None, begun
    settled = await greenroom.complete_url(world.authorize(begun.url, ZOOM_ADMIN))
    assert not settled.refused, settled


async def kind(greenroom: Greenroom) -> str:
    """Schedule the panel as the recruiter and return what became of it."""
    return (await greenroom.schedule("Team", PANEL)).interviews[0].kind


async def test_an_opt_out_ends_with_the_connection_it_was_from(greenroom: Greenroom, world: World) -> None:
    """A member who removed the organization's Zoom for themself has none; a connection made anew is theirs again
    [CAL-19, CAL-02]."""
    await greenroom.create_organization("Team", "calendly", members={ZOOM_ADMIN: ["admin"], RECRUITER: ["user"]})
    await shared(greenroom, world)
    await greenroom.configure("Team", {"allow_removal": "on"}, as_=ZOOM_ADMIN)
    assert await kind(greenroom) == "made"
    await greenroom.act("Team", Action.REMOVE_MINE, as_=RECRUITER, level=Level.ORGANIZATION, confirmed=True)
    assert await kind(greenroom) == "refused"
    await greenroom.disconnect("Team", as_=ZOOM_ADMIN, level=Level.ORGANIZATION, confirmed=True)
    await shared(greenroom, world)
    assert await kind(greenroom) == "made"


async def test_a_profile_says_no_at_a_level_it_lacks(greenroom: Greenroom) -> None:
    """Connecting at a level that the profile does not have is refused, without a phase to name [CORE-11]."""
    await greenroom.create_organization("Team", "trakstar", members={RECRUITER: ["Hire user"]})
    outcome = await greenroom.connect("Team", as_=RECRUITER, level=Level.ORGANIZATION)
    assert (outcome.kind, outcome.code, outcome.phase) == ("refusal", "not_offered", "")
