"""What a person reads after the visit to Zoom: the product's own words, for each of the five."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World

from greenroom.embedded import EmbeddedZoom
from greenroom.facade import Greenroom
from greenroom.model import Action, Level
from greenroom.service.pages import Page, html, outcome_page

LEVER = "Settings > Integrations and API > Partner integrations"
PLANNER = "Integrations > Video conferencing > Edit"
CORA = "cora.coordinator@northwind.example"


@dataclass(frozen=True)
class Visit:
    """One product's visit: who goes, by which way, and what the page says when they declined and when they did not."""

    profile: str
    who: str
    role: str
    level: Level
    declined: tuple[str, ...]
    connected: str
    says: str
    share: bool = False
    enable: bool = False


VISITS = (
    Visit(
        "lever",
        ZOOM_ADMIN,
        "Super Admin",
        Level.ORGANIZATION,
        (f"Authorize ({LEVER})", f"Share link ({LEVER})"),
        "Blue",
        "Nothing was authorized at Zoom",
        enable=True,
    ),
    Visit(
        "trakstar",
        RECRUITER,
        "user",
        Level.MEMBER,
        ("Connect (Settings -> Connected Applications)",),
        "Connected",
        "was not approved at Zoom",
    ),
    Visit(
        "calendly",
        ZOOM_ADMIN,
        "owner",
        Level.ORGANIZATION,
        ("Connect Zoom for my organization (home screen > Integrations & apps > Zoom)",),
        "Connected",
        "Nothing was approved at Zoom",
        share=True,
    ),
    Visit(
        "calendly",
        RECRUITER,
        "user",
        Level.MEMBER,
        ("Connect Zoom (Zoom setup page)",),
        "Connected",
        "Nothing was approved at Zoom",
    ),
    Visit(
        "interviewplanner",
        ZOOM_ADMIN,
        "user",
        Level.ORGANIZATION,
        (f"Connect your account ({PLANNER})",),
        "Connected",
        "Nothing was authorized at Zoom",
    ),
    Visit(
        "exelare",
        RECRUITER,
        "Administrator",
        Level.MEMBER,
        ("Login (Profile Icon > Admin Module > Integrations > Zoom Integration)",),
        "Authorized",
        "The requested permissions were not approved",
        enable=True,
    ),
)


async def visited(greenroom: Greenroom, world: EmbeddedZoom, visit: Visit, *, authorize: bool) -> Page:
    """Go to Zoom once, and return the page that the browser ends on."""
    begun = await greenroom.connect("Northwind", as_=visit.who, level=visit.level, share=visit.share)
    back = world.authorize(begun.url, visit.who, "authorize" if authorize else "decline")
    return outcome_page(await greenroom.complete_url(back))


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: f"{visit.profile}-{visit.level.value}")
async def test_pages_speak_the_products_words(greenroom: Greenroom, world: World, visit: Visit) -> None:
    """Declined, the page says so and names what to choose as the product labels it; authorized, it shows the state
    under the product's name for it. No key of ours shows through."""
    world.control("POST", "approvals", app=world.apps["user"].name, state="approved")
    known = greenroom.profiles.profile(visit.profile).manifest.roles.known
    members = {visit.who: [visit.role] if visit.role in known else [known[-1]]}
    await greenroom.create_organization("Northwind", visit.profile, members=members)
    if visit.enable:
        await greenroom.act("Northwind", Action.ENABLE, as_=visit.who)

    declined = await visited(greenroom, world, visit, authorize=False)
    connected = await visited(greenroom, world, visit, authorize=True)

    assert visit.says in declined.says[0]
    assert declined.next == visit.declined
    assert dict(connected.facts)["Zoom"] == visit.connected
    for page in (declined, connected):
        body = bytes(html(page).body).decode().partition("<body>")[2]
        assert not re.search(r"[a-z]+_[a-z]+", body)


async def test_the_page_of_a_recipe_has_all_of_it(greenroom: Greenroom, world: World) -> None:
    """Who may not authorize yet reads the steps in order, and the role's name, description and permissions, on the
    page they end on [IVP-07, IVP-15, IVP-17, IVP-18, IVP-20, IVP-24]."""
    world.control("POST", "accounts/northwind-account", require_approval=False)
    await greenroom.create_organization("Northwind", "interviewplanner", members={CORA: ["user"]})
    begun = await greenroom.connect("Northwind", as_=CORA)
    page = outcome_page(await greenroom.complete_url(world.authorize(begun.url, CORA)))
    assert page.title == "Zoom was not connected"
    assert len(page.steps) == 7
    assert dict(page.role).keys() == {
        "Role name",
        "Role description",
        "User and Permission Management: Users",
        "Zoom Rooms Management: Zoom rooms",
    }
    assert page.next == (f"The app has been pre-approved ({PLANNER})", f"Connect your account ({PLANNER})")
