"""A link that is given on: whoever gave it hears what came of it, and a dead one says why it is."""

from __future__ import annotations

from typing import Literal

import pytest
from tests.booking import LaterClock
from tests.embedded import RECRUITER, ZOOM_ADMIN, World

from greenroom.configuration import Configuration
from greenroom.engine.outcomes import GateOutcome
from greenroom.errors import BadInput
from greenroom.facade import Greenroom, _callback_of
from greenroom.model import Action, Level
from greenroom.profiles import Switches

PUBLIC = "http://127.0.0.1:8000"
ZOE = "zoe.admin@northwind.example"
NAME = "First"


@pytest.fixture
def configuration(world: World) -> Configuration:
    """A deployment whose service is reached from browsers."""
    return world.configuration().model_copy(update={"public_url": PUBLIC})


@pytest.fixture
async def lever(greenroom: Greenroom) -> Greenroom:
    """A Lever instance whose toggle is yellow; its links are good until it is blue or off."""
    members = {RECRUITER: ["Team Member"], ZOOM_ADMIN: ["Super Admin"]}
    await greenroom.create_organization(NAME, "lever", members=members)
    await greenroom.act(NAME, Action.ENABLE, as_=ZOOM_ADMIN)
    return greenroom


@pytest.fixture
async def calendly(greenroom: Greenroom, world: World) -> Greenroom:
    """A Calendly organization; its links are good until used or replaced."""
    world.control("POST", "approvals", app=world.apps["admin"].name, state="approved")
    members = {RECRUITER: ["admin"], ZOOM_ADMIN: ["owner"]}
    await greenroom.create_organization(NAME, "calendly", members=members)
    return greenroom


async def link(greenroom: Greenroom, by: str = ZOOM_ADMIN) -> str:
    """Share a link; return its token."""
    shared = await greenroom.connect(NAME, as_=by, level=Level.ORGANIZATION, share=True)
    assert shared.url is not None, shared
    return shared.url.rpartition("/")[2]


async def follow(
    greenroom: Greenroom, world: World, token: str, who: str, decision: Literal["authorize", "decline"] = "authorize"
) -> GateOutcome:
    """Open a link, decide on Zoom's page, and come back."""
    opened = await greenroom.open_ticket(token)
    back = _callback_of(world.authorize(opened.authorize_url, who, decision), greenroom.apps)
    return await greenroom.complete(back, binding=opened.binding)


async def told(greenroom: Greenroom) -> list[tuple[str, str]]:
    """Return who was told what of links."""
    notices = (await greenroom.status(NAME)).notices
    return [(one.to, one.text) for one in notices if "you shared" in one.text]


async def why_not(greenroom: Greenroom, token: str) -> BadInput:
    """Return why a link does not open."""
    with pytest.raises(BadInput) as refused:
        await greenroom.open_ticket(token)
    return refused.value


async def test_the_sharer_is_told_that_it_was_used(lever: Greenroom, world: World) -> None:
    """Whoever shared the link is told when somebody connected through it, and the file of it says whom and when."""
    assert (await follow(lever, world, await link(lever), ZOE)).kind == "keep"
    assert await told(lever) == [(ZOOM_ADMIN, "Somebody used the link you shared, and Zoom is connected.")]


async def test_the_sharer_is_told_of_each_refusal_once(
    lever: Greenroom, world: World, configuration: Configuration
) -> None:
    """Declined twice is told once, with sharing again as the way on; then connected is told as well [CORE-20]."""
    token = await link(lever)
    for _ in range(2):
        await follow(lever, world, token, ZOE, "decline")
    assert [who for who, _ in await told(lever)] == [ZOOM_ADMIN]
    (file,) = (configuration.out / "notices").glob("*.txt")
    lines = file.read_text().splitlines()
    assert lines[0] == f"To: {ZOOM_ADMIN}"
    assert lines[1].startswith("Date: 20")
    assert lines[-1].startswith("Next: Share link")
    await follow(lever, world, token, ZOE)
    assert [who for who, _ in await told(lever)] == [ZOOM_ADMIN] * 2


async def test_a_refusal_by_the_product_is_told_in_its_words(lever: Greenroom, world: World) -> None:
    """A Zoom admin who serves another instance is refused; whoever shared the link reads why."""
    assert (await follow(lever, world, await link(lever), ZOE)).kind == "keep"
    await lever.create_organization("Second", "lever", members={ZOOM_ADMIN: ["Super Admin"]})
    await lever.act("Second", Action.ENABLE, as_=ZOOM_ADMIN)
    shared = await lever.connect("Second", as_=ZOOM_ADMIN, share=True)
    assert shared.url is not None
    refused = await follow(lever, world, shared.url.rpartition("/")[2], ZOE)
    assert refused.code == "zoom_admin_in_use"
    (notice,) = (await lever.status("Second")).notices
    assert (notice.to, refused.message in notice.text) == (ZOOM_ADMIN, True)


async def test_who_goes_to_zoom_themself_is_told_nothing(lever: Greenroom, world: World) -> None:
    """They see the outcome before them: no notice."""
    begun = await lever.connect(NAME, as_=ZOOM_ADMIN)
    assert begun.url is not None
    await follow(lever, world, begun.url.rpartition("/")[2], ZOOM_ADMIN)
    assert (await lever.status(NAME)).notices == ()


async def test_sharing_again_replaces_the_earlier_link(calendly: Greenroom, world: World) -> None:
    """A link that is good until used or replaced: the newest opens, the earlier says so [CAL-09, CAL-10]."""
    first, second = await link(calendly, RECRUITER), await link(calendly)
    assert "newer link" in str(await why_not(calendly, first))
    assert (await follow(calendly, world, second, ZOOM_ADMIN)).kind == "keep"
    assert "was used" in str(await why_not(calendly, second))


async def test_where_a_link_is_good_until_connected_the_earlier_stays(lever: Greenroom, world: World) -> None:
    """Two links of a yellow toggle both open; once one has made it blue, the other says so [LEV-25, LEV-26]."""
    first, second = await link(lever), await link(lever)
    assert (await follow(lever, world, first, ZOE)).kind == "keep"
    assert "connected already" in str(await why_not(lever, second))
    assert "was used" in str(await why_not(lever, first))


async def test_a_tile_switched_off_sends_nobody_to_zoom(lever: Greenroom, world: World) -> None:
    """Turned off after the link was given, the link says so, and no attempt is made."""
    token = await link(lever)
    await lever.act(NAME, Action.DISABLE, as_=ZOOM_ADMIN)
    assert "could not share it now" in str(await why_not(lever, token))
    assert not world.ledger["requests"]


async def test_a_sharer_without_the_role_sends_nobody_to_zoom(lever: Greenroom) -> None:
    """Whoever shared the link and is no Super Admin any more could not share it now: the link says so, and opens
    again with the role."""
    token = await link(lever)
    await lever.save_member(NAME, ZOOM_ADMIN, ["Team Member"])
    assert "could not share it now" in str(await why_not(lever, token))
    await lever.save_member(NAME, ZOOM_ADMIN, ["Super Admin"])
    assert (await lever.open_ticket(token)).binding


async def test_an_address_of_ones_own_says_that_its_time_is_up(lever: Greenroom, configuration: Configuration) -> None:
    """The address a member is given for themself is good once and for ten minutes; each end has its words."""
    tokens = []
    for _ in range(2):
        begun = await lever.connect(NAME, as_=ZOOM_ADMIN)
        assert begun.url is not None
        tokens.append(begun.url.rpartition("/")[2])
    await lever.open_ticket(tokens[0])
    assert "once only" in str(await why_not(lever, tokens[0]))
    async with Greenroom(configuration, switches=Switches(), clock=LaterClock(0.5)) as later:
        assert "time of this link is up" in str(await why_not(later, tokens[1]))
