"""A connection that waits for Zoom: its refusal pages send nobody back, so the wait ends by itself or by what Zoom's
app requests say, never by a callback."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected

from greenroom.configuration import Configuration
from greenroom.embedded import ZoomPageShown
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.profiles import Switches

APRIL = "april.lee@northwind.example"


class _Later:
    """The system's clock, eleven minutes on: past the life of an attempt."""

    def now(self) -> datetime:
        """Return the instant it pretends to be."""
        return datetime.now(UTC) + timedelta(minutes=11)


class _Person:
    """Somebody with a browser at Zoom's pages, who has not been sent away from them yet."""

    def __init__(self, world: World, email: str) -> None:
        self._http = httpx.Client(base_url=world.base_url)
        self._email = email

    def open(self, url: str) -> str:
        """Open an authorize address, sign in, and return the page that ends the walk."""
        self._show(self._http.get(url))
        return self.press("/oauth/signin", user=self._email)

    def press(self, action: str, **fields: str) -> str:
        """Send a form of the page shown."""
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page)
        stands = {name: html.unescape(value) for name, value in hidden}
        return self._show(self._http.post(action, data={**stands, **fields}))

    def close(self) -> None:
        self._http.close()

    def _show(self, reply: httpx.Response) -> str:
        while "location" in reply.headers:
            assert reply.headers["location"].startswith("/oauth/"), "sent away from Zoom"
            reply = self._http.get(reply.headers["location"])
        self.page = reply.text
        return self.page


class _Marketplace:
    """Zoom's app-request operations for one app, as an admin of the account sees them."""

    def __init__(self, world: World, app: str) -> None:
        known: Any = world.control("GET", "world")["apps"]
        apps = {one["name"]: one for one in known}
        admin, redirect = apps["admin"], apps["admin"]["redirect_uris"][0]
        asked = {"client_id": admin["client_id"], "redirect_uri": redirect, "user": ZOOM_ADMIN}
        code = httpx.URL(str(world.control("POST", "authorize", **asked)["location"])).params["code"]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect}
        auth = (admin["client_id"], admin["client_secret"])
        token = httpx.post(f"{world.base_url}/oauth/token", data=form, auth=auth).json()["access_token"]
        self._url = f"{world.base_url}/v2/marketplace/apps/{apps[app]['id']}/requests"
        self._bearer = {"authorization": f"Bearer {token}"}

    def requests(self, status: str) -> list[dict[str, Any]]:
        """Return the requests in this state."""
        reply = httpx.get(self._url, params={"status": status}, headers=self._bearer)
        found: list[dict[str, Any]] = reply.json()["requests"]
        return found

    def answer(self, action: str) -> None:
        """Approve or decline every pending request."""
        assert httpx.patch(self._url, json={"action": action}, headers=self._bearer).status_code == 204


async def _phase(greenroom: Greenroom) -> list[str]:
    return [row.phase for row in (await greenroom.status("First")).connections]


async def test_a_refused_walk_ends_by_expiry(greenroom: Greenroom, world: World, configuration: Configuration) -> None:
    """Refused at Zoom, a person never comes back: the toggle waits, and ten minutes on the attempt is worth nothing."""
    await greenroom.create_organization("First", "lever", members={ZOOM_ADMIN: ["Super Admin"]})
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    begun = await greenroom.connect("First", as_=ZOOM_ADMIN)
    assert begun.url is not None
    april = _Person(world, APRIL)
    assert "An account admin is required to install this type of app" in april.open(begun.url)
    april.close()
    assert [one["operation"] for one in world.ledger["requests"] if one["operation"] == "POST /oauth/token"] == []
    assert await _phase(greenroom) == ["yellow"]
    location = world.authorize(begun.url, ZOOM_ADMIN)
    async with Greenroom(configuration, switches=Switches(), clock=_Later()) as later:
        with pytest.raises(BadInput, match="expired"):
            await later.complete_url(location)
        assert await _phase(later) == ["yellow"]
        await connected(later, world, "First", as_=ZOOM_ADMIN)
        assert await _phase(later) == ["blue"]


async def test_a_wait_for_approval_ends_by_what_zoom_says_of_the_request(greenroom: Greenroom, world: World) -> None:
    """Without approval Zoom shows a page; once the request made there is approved, and not before, one can connect."""
    await greenroom.create_organization("First", "trakstar", members={RECRUITER: ["Hire user"]})
    begun = await greenroom.connect("First", as_=RECRUITER)
    assert begun.url is not None
    rita = _Person(world, RECRUITER)
    assert "You cannot authorize user" in rita.open(begun.url)
    await greenroom.act("First", Action.ASK_APPROVAL, as_=RECRUITER)
    assert "Request sent" in rita.press("/oauth/request-approval")
    rita.close()
    assert await _phase(greenroom) == ["pre_approval_requested"]

    marketplace = _Marketplace(world, "user")
    assert [one["request_user_email"] for one in marketplace.requests("pending")] == [RECRUITER]
    assert (await greenroom.connect("First", as_=RECRUITER)).url is None
    marketplace.answer("approve_all")
    assert [one["request_user_email"] for one in marketplace.requests("approved")] == [RECRUITER]
    await greenroom.act("First", Action.APPROVAL_DECIDED, as_=RECRUITER)
    await connected(greenroom, world, "First", as_=RECRUITER)
    assert await _phase(greenroom) == ["connected"]


async def test_a_declined_request_leads_back_to_the_same_page(greenroom: Greenroom, world: World) -> None:
    """Declined by an admin, the person meets Zoom's page again, and Greenroom still hears nothing."""
    await greenroom.create_organization("First", "trakstar", members={RECRUITER: ["Hire user"]})
    begun = await greenroom.connect("First", as_=RECRUITER)
    assert begun.url is not None
    rita = _Person(world, RECRUITER)
    rita.open(begun.url)
    rita.press("/oauth/request-approval")
    marketplace = _Marketplace(world, "user")
    marketplace.answer("decline_all")
    assert marketplace.requests("pending") == []
    assert "An admin of your account has not allowed this app" in rita.open(begun.url)
    rita.close()
    with pytest.raises(ZoomPageShown, match="You cannot authorize user"):
        world.authorize(begun.url, RECRUITER)
    assert await _phase(greenroom) in ([], ["not_connected"])
