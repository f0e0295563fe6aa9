"""Calendly, end to end: nothing, the organization's Zoom, a personal one, both; what is shown and used in each."""

from __future__ import annotations

import pytest
from tests.calendly_team import APRIL, NAME, ZOE, Team, team
from tests.embedded import RECRUITER, ZOOM_ADMIN, ZOOM_OWNER, World

from greenroom.embedded import ZoomPageShown
from greenroom.facade import Greenroom
from greenroom.model import Action, Level

PERSONAL, ORGANIZATION = "personal", "organization"


@pytest.fixture
async def calendly(greenroom: Greenroom, world: World) -> Team:
    """A fresh organization with nothing connected."""
    return await team(greenroom, world)


@pytest.mark.parametrize(
    ("organization", "personal", "used"),
    [(False, False, None), (True, False, ORGANIZATION), (False, True, PERSONAL), (True, True, PERSONAL)],
)
async def test_what_is_shown_and_used(calendly: Team, organization: bool, personal: bool, used: str | None) -> None:
    """The page shows one connection, the personal one before the organization's, and meetings go through the one
    shown; the list has its type, or none [CAL-25, CAL-27, CAL-29, CAL-31, CAL-32, CAL-33, CAL-34]."""
    if organization:
        assert not (await calendly.share()).refused
    if personal:
        assert not (await calendly.connect(RECRUITER)).refused

    page = await calendly.greenroom.setup(NAME, as_=RECRUITER)
    event = await calendly.schedule()

    assert (await calendly.types())[RECRUITER] == used
    assert page.connected == (used is not None)
    assert len(page.hidden) == (organization and personal)
    assert (page.shown.level_label if page.connected else None) == used
    assert event.kind == ("made" if used else "refused")
    assert event.via == {PERSONAL: Level.MEMBER, ORGANIZATION: Level.ORGANIZATION, None: None}[used]


async def test_everybody_else_is_listed_by_what_they_have(calendly: Team) -> None:
    """Of the organization's users one has both, the others its connection only [CAL-31, CAL-33]."""
    await calendly.share()
    await calendly.connect(RECRUITER)
    others = {ZOOM_ADMIN: ORGANIZATION, ZOOM_OWNER: ORGANIZATION, APRIL: ORGANIZATION}
    assert await calendly.types() == {RECRUITER: PERSONAL, **others}


async def test_the_list_is_for_owners_and_admins(calendly: Team) -> None:
    """A user does not see the list of users; an admin does [CAL-31, CAL-43]."""
    refused = await calendly.greenroom.members(NAME, as_=RECRUITER)
    assert (refused.kind, refused.code, refused.members) == ("refusal", "role_not_allowed", ())
    assert (await calendly.greenroom.members(NAME, as_=ZOOM_OWNER)).kind == "done"


async def test_connecting_one_leaves_the_other(calendly: Team) -> None:
    """Neither order of connecting overwrites anything: the personal account stays in front [CAL-16, CAL-44]."""
    await calendly.connect(RECRUITER)
    await calendly.share()
    await calendly.connect(APRIL)
    types = await calendly.types()
    assert (types[RECRUITER], types[APRIL]) == (PERSONAL, PERSONAL)


async def test_the_organizations_comes_forward(calendly: Team) -> None:
    """With the personal one disconnected the admin-managed one appears, unchanged [CAL-28, CAL-30]."""
    await calendly.share()
    await calendly.connect(RECRUITER)
    assert (await calendly.disconnect(RECRUITER)).kind == "done"
    assert (await calendly.greenroom.setup(NAME, as_=RECRUITER)).shown.level is Level.ORGANIZATION
    assert (await calendly.schedule()).via is Level.ORGANIZATION
    assert await calendly.phase() == "connected"


async def test_a_second_personal_account_takes_the_place_of_the_first(calendly: Team) -> None:
    """There are never two personal connections, and Zoom's grant of the first is given back [CAL-26]."""
    await calendly.connect(RECRUITER)
    assert not (await calendly.connect(RECRUITER, at_zoom=APRIL)).refused
    page = await calendly.greenroom.setup(NAME, as_=RECRUITER)
    assert (page.shown.zoom_user, page.hidden) == (APRIL, ())
    revoked = [one for one in calendly.world.ledger["requests"] if one["path"] == "/oauth/revoke"]
    assert len(revoked) == 1


async def test_a_new_user_schedules_at_once(calendly: Team) -> None:
    """Somebody who signs up while Zoom is connected takes no step of their own; afterwards they would
    [CAL-02, CAL-42]."""
    await calendly.share()
    calvin, brynna = "calvin.ross@northwind.example", "brynna.diaz@northwind.example"
    assert (await calendly.schedule(calvin)).kind == "made"
    await calendly.disconnect(ZOOM_ADMIN, Level.ORGANIZATION)
    assert (await calendly.schedule(brynna)).kind == "refused"
    assert (await calendly.types())[brynna] is None


async def test_a_user_cannot_touch_the_organizations(calendly: Team) -> None:
    """Connecting and disconnecting for the organization is for owners and admins [CAL-03, CAL-04, CAL-43]."""
    assert (await calendly.share(by=RECRUITER)).code == "role_not_allowed"
    await calendly.share()
    assert (await calendly.disconnect(RECRUITER, Level.ORGANIZATION)).code == "role_not_allowed"
    assert await calendly.phase() == "connected"


async def test_zoom_tells_who_is_not_the_right_admin(calendly: Team) -> None:
    """Whoever is no Zoom admin is told by Zoom when they try, and nothing is connected; an admin without a Calendly
    seat completes the very same link [CAL-05, CAL-06, CAL-12, CAL-13, CAL-14]."""
    begun = await calendly.greenroom.connect(NAME, as_=ZOOM_ADMIN, level=Level.ORGANIZATION, share=True)
    with pytest.raises(ZoomPageShown, match="admin"):
        calendly.world.authorize(begun.url, RECRUITER)
    assert (await calendly.phase(), (await calendly.schedule()).kind) == ("not_connected", "refused")
    settled = await calendly.greenroom.complete_url(calendly.world.authorize(begun.url, ZOE))
    assert (settled.kind, settled.phase) == ("keep", "connected")


async def test_removal_is_what_the_switch_allows(calendly: Team) -> None:
    """Off at first, so nobody removes it; once allowed, a user loses it for themself only, and may connect their own
    [CAL-17, CAL-18, CAL-19, CAL-20, CAL-39]."""
    assert (await calendly.allow_removal()).code == "configure_once_connected"
    await calendly.share()
    assert (await calendly.remove_mine(RECRUITER)).code == "removal_not_allowed"
    await calendly.allow_removal()
    assert (await calendly.remove_mine(RECRUITER)).kind == "done"
    assert (await calendly.schedule()).code == "connect_first"
    types = await calendly.types()
    assert (types[RECRUITER], types[APRIL], await calendly.phase()) == (None, ORGANIZATION, "connected")
    await calendly.connect(RECRUITER)
    assert (await calendly.schedule()).via is Level.MEMBER


async def test_switching_removal_off_again_gives_nothing_back(calendly: Team) -> None:
    """The switch decides whether somebody may remove it, not whether those who did have it [CAL-18, CAL-19]."""
    await calendly.share()
    await calendly.allow_removal()
    await calendly.remove_mine(RECRUITER)
    await calendly.allow_removal("off")
    assert (await calendly.remove_mine(APRIL)).code == "removal_not_allowed"
    assert (await calendly.types())[RECRUITER] is None


async def test_the_end_of_the_organizations_spares_personal_ones(calendly: Team) -> None:
    """Disconnecting reaches everybody who had the org-level connection, and nobody's own
    [CAL-35, CAL-37, CAL-40, CAL-41]."""
    await calendly.share()
    await calendly.connect(APRIL)
    assert (await calendly.disconnect(ZOOM_OWNER, Level.ORGANIZATION)).kind == "done"
    assert await calendly.types() == {ZOOM_ADMIN: None, ZOOM_OWNER: None, RECRUITER: None, APRIL: PERSONAL}
    assert (await calendly.schedule(APRIL)).via is Level.MEMBER


async def test_labels_are_the_products(calendly: Team) -> None:
    """What a page offers next is called what the product calls it, level by level [CAL-08, CAL-35]."""
    refused = await calendly.allow_removal()
    assert {way.label for way in refused.ways_on} == {"Connect Zoom for my organization"}
    assert [(way.action, way.label) for way in (await calendly.schedule()).ways_on] == [
        (Action.CONNECT, "Connect Zoom")
    ]
    await calendly.share()
    again = await calendly.share()
    assert [way.label for way in again.ways_on] == ["Disconnect"]


async def test_the_page_each_button_is_on(calendly: Team) -> None:
    """What is offered says where in the product it is: organization-wide on the Zoom integration's page, one's own on
    the set-up page [CAL-07, CAL-08, CAL-35]."""
    offers = await calendly.greenroom.actions(NAME, as_=ZOOM_ADMIN)
    where = {(one.level, one.label): one.where for one in offers}
    integration = "home screen > Integrations & apps > Zoom"
    assert where[Level.ORGANIZATION, "Connect Zoom for my organization"] == integration
    assert where[Level.ORGANIZATION, "Disconnect"] == integration
    assert where[Level.MEMBER, "Connect Zoom"] == "Zoom setup page"
