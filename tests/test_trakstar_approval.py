"""Trakstar Hire's pre-approval, end to end: needed, requested at Zoom, decided there, and who is told."""

from __future__ import annotations

import html
import re
from typing import Any

import httpx
import pytest
from tests.embedded import RECRUITER, World, connected

from greenroom.facade import Greenroom
from greenroom.model import Action

APRIL = "april.lee@northwind.example"
SAM = "sam.solo@solo.example"


async def hire(greenroom: Greenroom, *users: str, name: str = "First", **facts: str) -> None:
    """Make a Hire account whose users are ``users``."""
    members = {email: ["Hire user"] for email in users}
    await greenroom.create_organization(name, "trakstar", facts={"calendar": "google", **facts}, members=members)


async def button(greenroom: Greenroom, user: str, name: str = "First") -> str:
    """Return what the button on a user's own page says."""
    return str((await greenroom.setup(name, as_=user)).button)


def told(world: World) -> list[list[str]]:
    """Return whom Zoom told of each request for the user-managed app."""
    approvals: Any = world.control("GET", "approvals")["approvals"]
    return [one["notified"] for row in approvals if row["app"] == "user" for one in row["requests"]]


def press_request(world: World, url: str, user: str) -> str:
    """Open Zoom's page as somebody and press "Request pre-approval"; return the page that is shown then."""
    with httpx.Client(base_url=world.base_url, follow_redirects=True) as browser:
        page = browser.get(url).text
        page = browser.post("/oauth/signin", data={**_hidden(page), "user": user}).text
        assert "Request pre-approval" in page
        return browser.post("/oauth/request-approval", data=_hidden(page)).text


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def test_a_business_account_needs_approval_first(greenroom: Greenroom, world: World) -> None:
    """On a paid Business account a user cannot connect, is told why, and may request it [TRK-08, TRK-09, TRK-10]."""
    await hire(greenroom, RECRUITER, zoom_plan="business")
    refused = await greenroom.connect("First", as_=RECRUITER)
    assert (refused.code, refused.url) == ("pre_approval_needed", None)
    assert refused.next == (Action.ASK_APPROVAL,)
    assert "Pre-approval is needed" in refused.message
    assert not world.ledger["requests"]


async def test_a_request_reaches_zooms_admins(greenroom: Greenroom, world: World) -> None:
    """The button leads to Zoom's page; the request made there tells Zoom's admins, and the button says
    "Pre-approval Requested" until they decide [TRK-11, TRK-12, TRK-13, TRK-16, TRK-17]."""
    await hire(greenroom, RECRUITER, APRIL, zoom_plan="business")
    asked = await greenroom.act("First", Action.ASK_APPROVAL, as_=RECRUITER)
    assert asked.kind == "ask_approval"
    assert asked.url is not None
    press_request(world, asked.url, RECRUITER)
    assert [len(who) for who in told(world)] == [3]
    assert await button(greenroom, RECRUITER) == "Pre-approval Requested"
    for user in (RECRUITER, APRIL):
        refused = await greenroom.connect("First", as_=user)
        assert (refused.code, refused.url) == ("pre_approval_pending", None)
    again = await greenroom.act("First", Action.ASK_APPROVAL, as_=APRIL)
    assert again.refused


async def test_approval_is_told_to_who_requested_it_and_opens_it_to_all(greenroom: Greenroom, world: World) -> None:
    """Approved, the requester alone is told, once, whoever brings the word; each user still connects for themself
    [TRK-14, TRK-15, TRK-18, TRK-23]."""
    await hire(greenroom, RECRUITER, APRIL, zoom_plan="business")
    await greenroom.act("First", Action.ASK_APPROVAL, as_=RECRUITER)
    world.control("POST", "approvals", app="user", state="approved")
    for teller in (APRIL, RECRUITER, APRIL):
        await greenroom.act("First", Action.APPROVAL_DECIDED, as_=teller)
    assert [(one.to, one.text) for one in (await greenroom.status("First")).notices] == [
        (RECRUITER, "A Zoom Admin has pre-approved the integration. You can now connect your Zoom account.")
    ]
    assert [await button(greenroom, user) for user in (RECRUITER, APRIL)] == ["Connect", "Connect"]
    await connected(greenroom, world, "First", as_=APRIL)
    assert [await button(greenroom, user) for user in (RECRUITER, APRIL)] == ["Connect", "Disconnect"]


async def test_a_refused_request_can_be_made_again(greenroom: Greenroom) -> None:
    """Refused by Zoom's admins, users still cannot connect; asking again is open to them [TRK-16]."""
    await hire(greenroom, RECRUITER, zoom_plan="business")
    await greenroom.act("First", Action.ASK_APPROVAL, as_=RECRUITER)
    await greenroom.approval_decided("First", "refused", as_=RECRUITER)
    assert await button(greenroom, RECRUITER) == "Connect"
    assert (await greenroom.connect("First", as_=RECRUITER)).code == "pre_approval_needed"
    assert (await greenroom.act("First", Action.ASK_APPROVAL, as_=RECRUITER)).kind == "ask_approval"


@pytest.mark.parametrize("facts", [{"zoom_plan": "basic"}, {}])
async def test_a_free_account_goes_straight_on(greenroom: Greenroom, world: World, facts: dict[str, str]) -> None:
    """A free account, stated or not, connects without any approval step [TRK-07]."""
    await hire(greenroom, SAM, **facts)
    await connected(greenroom, world, "First", as_=SAM)
    assert await button(greenroom, SAM) == "Disconnect"


async def test_the_word_of_an_approval_needs_an_approval_of_the_product(greenroom: Greenroom) -> None:
    """Where a product has no pre-approval, saying that it was given is refused and nothing is kept of it."""
    await greenroom.create_organization("Other", "exelare", members={RECRUITER: ["Administrator"]})
    before = await greenroom.status("Other")
    assert (await greenroom.act("Other", Action.APPROVAL_DECIDED, as_=RECRUITER)).refused
    assert await greenroom.status("Other") == before
