"""From a link to Zoom and back, through the real service, as browsers do it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, Literal

import httpx
import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World

from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.service import ServiceServer

NAME = "Northwind"


@pytest.fixture
def service(world: World) -> Iterator[ServiceServer]:
    """The service, serving."""
    with ServiceServer(world.configuration) as running:
        yield running


@pytest.fixture
async def greenroom(world: World, service: ServiceServer) -> AsyncIterator[Greenroom]:
    """What the product's own pages would use: a Greenroom over the same database that knows where the service is."""
    async with Greenroom(world.configuration(service.base_url)) as opened:
        yield opened


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    """A browser with its cookies; it follows no redirect by itself."""
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


@pytest.fixture
async def link(greenroom: Greenroom) -> str:
    """The link that a Super Admin of a fresh organization gets when they connect."""
    await greenroom.create_organization(
        NAME, "lever", members={ZOOM_ADMIN: ["Super Admin"], RECRUITER: ["Interviewer"]}
    )
    await greenroom.act(NAME, Action.ENABLE, as_=ZOOM_ADMIN)
    begun = await greenroom.connect(NAME, as_=ZOOM_ADMIN)
    assert begun.url is not None
    return begun.url


async def phase(greenroom: Greenroom) -> str:
    """Return the phase of the organization's connection."""
    (connection,) = (await greenroom.status(NAME)).connections
    return connection.phase


async def back_from_zoom(
    browser: httpx.AsyncClient, world: World, link: str, decision: Literal["authorize", "decline"] = "authorize"
) -> str:
    """Open the link, decide at Zoom, and return the address Zoom sends the browser back to."""
    opened = await browser.get(link)
    assert opened.status_code == 303
    return await asyncio.to_thread(world.authorize, opened.headers["location"], ZOOM_ADMIN, decision)


async def test_a_person_connects(
    greenroom: Greenroom, world: World, service: ServiceServer, browser: httpx.AsyncClient, link: str
) -> None:
    """Link, consent, callback: the page says in the product's words what came of it, and the connection is live."""
    assert link.startswith(f"{service.base_url}/connect/")

    answer = await browser.get(await back_from_zoom(browser, world, link))

    assert answer.status_code == 200
    assert "Zoom is connected" in answer.text
    assert NAME in answer.text
    assert await phase(greenroom) == "blue"
    assert not browser.cookies


async def test_the_cookie_binds_the_attempt_for_ten_minutes(
    world: World, browser: httpx.AsyncClient, link: str
) -> None:
    """Opening the link sets one HttpOnly, Lax cookie for the whole site, as short-lived as the attempt."""
    opened = await browser.get(link)

    cookie = opened.headers["set-cookie"].lower()
    assert cookie.startswith("greenroom-connect=")
    assert {"httponly", "samesite=lax", "path=/", "max-age=600"} <= {part.strip() for part in cookie.split(";")}
    assert opened.headers["location"].startswith(f"{world.base_url}/oauth/authorize?")
    assert opened.headers["referrer-policy"] == "no-referrer"


async def test_a_previewer_does_not_use_the_link_up(world: World, browser: httpx.AsyncClient, link: str) -> None:
    """HEAD and prefetch leave the link as good as it was."""
    assert (await browser.head(link)).status_code == 405
    assert (await browser.get(link, headers={"sec-purpose": "prefetch"})).status_code == 503

    answer = await browser.get(await back_from_zoom(browser, world, link))

    assert answer.status_code == 200


async def test_a_used_link_opens_nothing(browser: httpx.AsyncClient, link: str) -> None:
    """A direct link is good once; the second opening gets a page that says how to go on, and no cookie."""
    await browser.get(link)

    again = await browser.get(link)

    assert again.status_code == 400
    assert "Ask whoever gave it to you for a new one" in again.text
    assert "set-cookie" not in again.headers


async def test_another_browser_cannot_finish(
    greenroom: Greenroom, world: World, browser: httpx.AsyncClient, link: str
) -> None:
    """Who carries another browser's code and state, without its cookie or with a wrong one, connects nothing."""
    location = await back_from_zoom(browser, world, link)
    async with httpx.AsyncClient(trust_env=False) as other:
        answer = await other.get(location, headers={"cookie": "greenroom-connect=guessed"})

    assert answer.status_code == 400
    assert await phase(greenroom) == "yellow"


async def test_a_callback_at_another_app_is_refused(
    greenroom: Greenroom, world: World, browser: httpx.AsyncClient, link: str
) -> None:
    """A state of one Zoom app is worth nothing at another's callback."""
    location = await back_from_zoom(browser, world, link)

    answer = await browser.get(location.replace("/coordination?", "/user?"))

    assert answer.status_code == 400
    assert await phase(greenroom) == "yellow"


async def test_of_parallel_callbacks_one_counts(
    greenroom: Greenroom, world: World, browser: httpx.AsyncClient, link: str
) -> None:
    """The same callback eight times at once connects once; the others are told it was used."""
    location = await back_from_zoom(browser, world, link)
    cookie = {"cookie": f"greenroom-connect={browser.cookies['greenroom-connect']}"}
    async with httpx.AsyncClient(trust_env=False) as same:
        answers = await asyncio.gather(*(same.get(location, headers=cookie) for _ in range(8)))

    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7
    assert await phase(greenroom) == "blue"


async def test_head_and_post_do_not_settle_anything(world: World, browser: httpx.AsyncClient, link: str) -> None:
    """A callback by HEAD or POST is 405 and leaves the attempt for the GET that follows."""
    location = await back_from_zoom(browser, world, link)

    assert (await browser.head(location)).status_code == 405
    assert (await browser.post(location)).status_code == 405
    assert (await browser.get(location)).status_code == 200


async def test_declining_is_told_without_zooms_words(
    greenroom: Greenroom, world: World, browser: httpx.AsyncClient, link: str
) -> None:
    """A person who declines gets a page of ours; ``error_description`` is not on it, and nothing is connected."""
    location = await back_from_zoom(browser, world, link, "decline")

    answer = await browser.get(f"{location}&error_description=%3Cscript%3Egotcha%3C/script%3E")

    assert answer.status_code == 200
    assert "Zoom was not connected" in answer.text
    assert "gotcha" not in answer.text
    assert await phase(greenroom) == "yellow"


async def test_a_code_that_zoom_refuses_is_told(
    greenroom: Greenroom, world: World, browser: httpx.AsyncClient, link: str
) -> None:
    """A code of somebody's making is Zoom's to refuse: a page with a reference, no 500, nothing connected."""
    location = httpx.URL(await back_from_zoom(browser, world, link)).copy_set_param("code", "stolen")

    answer = await browser.get(location)

    assert answer.status_code in {502, 503}
    assert "Reference: " in answer.text
    assert "stolen" not in answer.text
    assert await phase(greenroom) == "yellow"


async def test_an_uninstalled_app_ends_the_connection(
    greenroom: Greenroom, world: World, service: ServiceServer, browser: httpx.AsyncClient, link: str
) -> None:
    """Zoom tells the service that this user removed this app, which takes the connection its ground."""
    await asyncio.to_thread(world.subscribe, service.base_url)
    await browser.get(await back_from_zoom(browser, world, link))

    await asyncio.to_thread(world.control, "POST", "uninstall", app=world.apps["admin"].name, user=ZOOM_ADMIN)

    async with asyncio.timeout(5):
        while await phase(greenroom) == "blue":  # another event loop is at work on it
            await asyncio.sleep(0.01)
    told = (await asyncio.to_thread(world.control, "GET", "deliveries"))["deliveries"]
    assert isinstance(told, list)
    assert [(one["event"], one["outcome"]) for one in told] == [("app_deauthorized", "delivered")]


async def test_another_apps_removal_ends_nothing(
    greenroom: Greenroom, world: World, service: ServiceServer, browser: httpx.AsyncClient, link: str
) -> None:
    """The same user removing another app leaves the connection as it is."""
    await browser.get(await back_from_zoom(browser, world, link))

    await removed(world, service, browser, "user")
    await greenroom.work_inbox()

    assert await phase(greenroom) == "blue"


async def removed(world: World, service: ServiceServer, browser: httpx.AsyncClient, kind: str) -> None:
    """Send what Zoom sends when the Zoom admin removed the app of this kind."""
    app, account = world.apps[kind], zoom_account(world)
    user = next(one["id"] for one in account["users"] if one["email"] == ZOOM_ADMIN)
    payload = {"user_id": user, "account_id": account["id"], "client_id": app.client_id}
    body = json.dumps({"event": "app_deauthorized", "payload": payload}).encode()
    stamp = str(int(time.time()))
    signature = hmac.new(str(app.webhook_secret).encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={signature}"}
    answer = await browser.post(f"{service.base_url}/webhooks/zoom/{app.name}", content=body, headers=headers)
    assert answer.status_code == 204


def zoom_account(world: World) -> dict[str, Any]:
    """Return the account of the Zoom admin as the embedded Zoom lists it."""
    accounts: Any = world.control("GET", "world")["accounts"]
    return next(one for one in accounts if any(user["email"] == ZOOM_ADMIN for user in one["users"]))
