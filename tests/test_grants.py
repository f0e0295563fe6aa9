"""One grant per Zoom app and Zoom user: a refused second organization must not break the first."""

from __future__ import annotations

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected

from greenroom.engine.ports.zoom import NotPermitted
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Action

PANEL = {
    "scheduler": RECRUITER,
    "candidate": {"name": "Cam Novak", "email": "cam@home.example", "time_zone": "Europe/Prague"},
    "interviews": [
        {
            "title": "System design",
            "start": "+3d 09:00",
            "duration_minutes": 45,
            "interviewers": [{"name": "April Lee", "email": "april.lee@northwind.example"}],
            "place": {"zoom": True},
        }
    ],
}


async def instance(greenroom: Greenroom, name: str) -> None:
    """Make an instance of the instance-wide product, toggle yellow, the Zoom admin being its Super Admin."""
    await greenroom.create_organization(
        name, "lever", facts={"calendar": "google"}, members={ZOOM_ADMIN: ["Super Admin"], RECRUITER: ["Team Member"]}
    )
    await greenroom.act(name, Action.ENABLE, as_=ZOOM_ADMIN)


async def test_a_refused_second_organization_does_not_break_the_first(greenroom: Greenroom, world: World) -> None:
    """The same Zoom admin is refused for a second instance [LEV-31]; the first still schedules."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    await instance(greenroom, "Second")
    begun = await greenroom.connect("Second", as_=ZOOM_ADMIN)
    assert begun.url is not None
    refused = await greenroom.complete_url(world.authorize(begun.url, ZOOM_ADMIN))
    assert refused.refused
    assert "LEV-31" in {reason.clause for reason in refused.because}
    assert "First" not in refused.model_dump_json()
    outcome = await greenroom.schedule("First", PANEL)
    assert [one.kind for one in outcome.interviews] == ["made"]


async def test_another_zoom_admin_may_enable_the_second(greenroom: Greenroom, world: World) -> None:
    """The rule is about the same Zoom admin: another one enables the second instance [LEV-32]."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    await greenroom.create_organization("Second", "lever", members={"zoe.admin@northwind.example": ["Super Admin"]})
    await greenroom.act("Second", Action.ENABLE, as_="zoe.admin@northwind.example")
    await connected(greenroom, world, "Second", as_="zoe.admin@northwind.example")


async def test_switching_off_frees_the_zoom_admin(greenroom: Greenroom, world: World) -> None:
    """A Zoom admin whose instance was switched off may enable another: the hold ends with the connection."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    await greenroom.act("First", Action.DISABLE, as_=ZOOM_ADMIN, confirmed=True)
    await instance(greenroom, "Second")
    await connected(greenroom, world, "Second", as_=ZOOM_ADMIN)


async def test_a_callback_works_once(greenroom: Greenroom, world: World) -> None:
    """The address a browser ended on settles one attempt; a second use is refused and changes nothing."""
    await instance(greenroom, "First")
    begun = await greenroom.connect("First", as_=ZOOM_ADMIN)
    assert begun.url is not None
    location = world.authorize(begun.url, ZOOM_ADMIN)
    await greenroom.complete_url(location)
    with pytest.raises(BadInput, match="was used before"):
        await greenroom.complete_url(location)


async def test_declining_changes_nothing(greenroom: Greenroom, world: World) -> None:
    """Decline at Zoom leaves the toggle yellow [LEV-21]."""
    await instance(greenroom, "First")
    begun = await greenroom.connect("First", as_=ZOOM_ADMIN)
    assert begun.url is not None
    settled = await greenroom.complete_url(world.authorize(begun.url, ZOOM_ADMIN, "decline"))
    assert settled.refused
    status = await greenroom.status("First")
    assert [row.phase for row in status.connections] == ["yellow"]


async def test_a_grant_of_nobody_knows_whom_is_given_back(greenroom: Greenroom, world: World) -> None:
    """Where Zoom grants and then does not say to whom, the grant is ended there again, and connecting works later."""
    await instance(greenroom, "First")
    begun = await greenroom.connect("First", as_=ZOOM_ADMIN)
    world.fault("GET /users/{userId}", "status", status=403, body={"code": 200, "message": "No permission."})
    with pytest.raises(NotPermitted):
        await greenroom.complete_url(world.authorize(begun.url, ZOOM_ADMIN))
    assert [one["path"] for one in world.ledger["requests"]].count("/oauth/revoke") == 1
    assert all(grant.ended == "revoked" for grant in world.state.grants)
    assert (await greenroom.status("First")).connections[0].phase == "yellow"
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
