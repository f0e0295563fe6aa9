"""Lever's toggle, end to end: off, yellow, and blue by either of its two routes, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_events import told, user_id
from tests.test_grants import PANEL

from greenroom.embedded import ZoomPageShown
from greenroom.facade import Greenroom
from greenroom.model import Action

ZOE = "zoe.admin@northwind.example"


async def instance(greenroom: Greenroom, name: str = "First", admin: str = ZOOM_ADMIN, **facts: str) -> None:
    """Make a Lever instance whose Super Admin is ``admin``, with the toggle off."""
    members = {RECRUITER: ["Team Member"], admin: ["Super Admin"]}
    await greenroom.create_organization(name, "lever", facts={"calendar": "google", **facts}, members=members)


async def toggle(greenroom: Greenroom, name: str = "First") -> tuple[str, str]:
    """Return the toggle's phase and colour as listed."""
    shown = (await greenroom.status(name)).connections[0]
    return shown.phase, shown.colour


async def back(greenroom: Greenroom, world: World, url: str | None, user: str) -> Any:
    """Authorize at ``url`` as Zoom user ``user`` and settle what the browser brings back."""
    return await greenroom.complete_url(world.authorize(url, user))


async def test_the_toggle_is_off_then_yellow_then_blue(greenroom: Greenroom, world: World) -> None:
    """Off at first, yellow by the click, blue by authorizing; it is drawn in these colours [LEV-15, LEV-29, LEV-30]."""
    await instance(greenroom)
    assert await toggle(greenroom) == ("off", "grey")
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    assert await toggle(greenroom) == ("yellow", "yellow")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    assert await toggle(greenroom) == ("blue", "blue")


async def test_a_yellow_tile_offers_both_routes(greenroom: Greenroom) -> None:
    """The yellow tile shows "Share link" and "Authorize" and no configuration yet [LEV-16, LEV-33]."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    offers = {one.action: one for one in await greenroom.actions("First", as_=ZOOM_ADMIN)}
    allowed = {one.label for one in offers.values() if one.allowed}
    assert allowed >= {"Authorize", "Share link"}
    assert not offers[Action.CONFIGURE].allowed
    assert "LEV-33" in {reason.clause for reason in offers[Action.CONFIGURE].because}


async def test_others_than_super_admins_set_nothing_up(greenroom: Greenroom) -> None:
    """A Team Member can neither enable nor be led to Zoom; the toggle stays off [LEV-02, LEV-11]."""
    await instance(greenroom)
    outcome = await greenroom.act("First", Action.ENABLE, as_=RECRUITER)
    assert outcome.refused
    assert "LEV-02" in {reason.clause for reason in outcome.because}
    assert (await greenroom.connect("First", as_=RECRUITER)).url is None
    assert (await toggle(greenroom))[0] == "off"


async def test_a_package_without_the_integration_stays_off(greenroom: Greenroom) -> None:
    """On another package it is not available; on an eligible one it is [LEV-04, LEV-05]."""
    await instance(greenroom, "Small", package="LeverBasic")
    await instance(greenroom, "Large", package="LeverTRM for Enterprise")
    assert (await greenroom.act("Small", Action.ENABLE, as_=ZOOM_ADMIN)).refused
    assert not (await greenroom.act("Large", Action.ENABLE, as_=ZOOM_ADMIN)).refused


async def test_a_zoom_admin_with_another_address_shares_the_link(greenroom: Greenroom, world: World) -> None:
    """Authorize holds its person to the address of their login: another admin's ends yellow and points to the
    shared link, through which that same admin makes it blue [LEV-19, LEV-23, LEV-26, LEV-28]."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    begun = await greenroom.connect("First", as_=ZOOM_ADMIN)
    refused = await back(greenroom, world, begun.url, ZOE)
    assert refused.code == "different_email"
    assert Action.SHARE in refused.next
    assert (await toggle(greenroom))[0] == "yellow"
    shared = await greenroom.connect("First", as_=ZOOM_ADMIN, share=True)
    assert (await toggle(greenroom))[0] == "yellow"
    assert (await back(greenroom, world, shared.url, ZOE)).kind == "keep"
    assert (await toggle(greenroom))[0] == "blue"


async def test_a_super_admin_who_is_no_zoom_admin_needs_somebody_who_is(greenroom: Greenroom, world: World) -> None:
    """The same address does not help without a Zoom administrator's role, on either route [LEV-22, LEV-27]."""
    await instance(greenroom, admin=RECRUITER)
    await greenroom.act("First", Action.ENABLE, as_=RECRUITER)
    for share in (False, True):
        begun = await greenroom.connect("First", as_=RECRUITER, share=share)
        with pytest.raises(ZoomPageShown):
            world.authorize(begun.url, RECRUITER)
        assert (await toggle(greenroom))[0] == "yellow"


async def test_zoom_for_government_connects_by_no_route(greenroom: Greenroom) -> None:
    """An instance on zoom.gov is led to Zoom neither directly nor by a shared link [LEV-10]."""
    await instance(greenroom, zoom_cloud="government")
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    for share in (False, True):
        begun = await greenroom.connect("First", as_=ZOOM_ADMIN, share=share)
        assert (begun.code, begun.url) == ("government_not_supported", None)
    assert (await toggle(greenroom))[0] == "yellow"


async def test_a_pre_approval_in_the_marketplace_enables_nothing(greenroom: Greenroom, world: World) -> None:
    """Zoom's admin pre-approves the app: the toggle is where it was, and approval cannot be asked for [LEV-12]."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    world.control("POST", "approvals", app="admin", state="approved")
    await greenroom.act("First", Action.APPROVAL_DECIDED, as_=ZOOM_ADMIN)
    asked = await greenroom.act("First", Action.ASK_APPROVAL, as_=ZOOM_ADMIN)
    assert asked.refused
    assert "LEV-12" in {reason.clause for reason in asked.because}
    assert (await toggle(greenroom))[0] == "yellow"


async def test_turning_it_off_keeps_what_was_entered(greenroom: Greenroom, world: World) -> None:
    """Turned off, no link can be made; hosts and toggles are remembered when it is blue again [LEV-17, CORE-06]."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    await greenroom.configure("First", {"hosts": "april.lee@northwind.example"}, as_=ZOOM_ADMIN)
    before = (await greenroom.status("First")).organization.settings
    await greenroom.act("First", Action.DISABLE, as_=ZOOM_ADMIN)
    assert (await toggle(greenroom))[0] == "off"
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    assert (await greenroom.status("First")).organization.settings == before


async def test_another_admin_takes_over_from_a_demoted_one(greenroom: Greenroom, world: World) -> None:
    """The toggle stays blue when the authorizing Zoom admin is demoted, and what it shows goes on being offered:
    another Zoom admin authorizes in their place, and interviews get links again [LEV-13, LEV-26]."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    assert (await greenroom.connect("First", as_=ZOOM_ADMIN, share=True)).code == "already_connected"
    world.control("POST", f"users/{ZOOM_ADMIN}", role="member")
    ids = {"account_id": "northwind-account", "object": {"id": user_id(world, ZOOM_ADMIN)}}
    await told(greenroom, world.apps["admin"].name, "user.updated", **ids)
    assert await toggle(greenroom) == ("blue", "blue")

    shared = await greenroom.connect("First", as_=ZOOM_ADMIN, share=True)
    assert not (await back(greenroom, world, shared.url, ZOE)).refused
    assert await toggle(greenroom) == ("blue", "blue")
    assert (await greenroom.status("First")).connections[0].zoom_user == ZOE
    assert (await greenroom.schedule("First", PANEL)).interviews[0].kind == "made"
