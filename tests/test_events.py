"""What Zoom tells by webhook ends what has lost its ground, and nothing else."""

from __future__ import annotations

import json

from tests.embedded import ZOOM_ADMIN, World, connected
from tests.test_grants import PANEL, instance

from greenroom.facade import Greenroom
from greenroom.zoom import digest


async def told(greenroom: Greenroom, app: str, event: str, **payload: object) -> int:
    """Hand a verified webhook to the inbox and work it off; return how many were handled."""
    body = json.dumps({"event": event, "payload": payload}).encode()
    await greenroom.keep_webhook(app, body, digest(body))
    return await greenroom.work_inbox()


def user_id(world: World, email: str) -> str:
    """Return the Zoom user id of somebody in the world."""
    accounts = world.control("GET", "world")["accounts"]
    assert isinstance(accounts, list)
    return str(next(one["id"] for account in accounts for one in account["users"] if one["email"] == email))


async def test_uninstalling_at_zoom_ends_the_connection(greenroom: Greenroom, world: World) -> None:
    """After `app_deauthorized` no new meetings are made; earlier ones stay [CORE-06]."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    made = (await greenroom.schedule("First", PANEL)).interviews[0]
    app = world.apps["admin"].name
    ids = {"account_id": "northwind-account", "user_id": user_id(world, ZOOM_ADMIN)}
    assert await told(greenroom, app, "app_deauthorized", **ids) == 1
    status = await greenroom.status("First")
    assert [row.kind.value for row in status.connections] != ["active"]
    assert (await greenroom.schedule("First", PANEL)).interviews[0].kind == "refused"
    assert made.meeting is not None
    assert world.meetings[0]["live"]


async def test_an_event_of_another_app_or_user_changes_nothing(greenroom: Greenroom, world: World) -> None:
    """An event sent to another app, or about somebody else, leaves the connection alone."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    before = await greenroom.status("First")
    mine = {"account_id": "northwind-account", "user_id": user_id(world, ZOOM_ADMIN)}
    other = {"account_id": "northwind-account", "user_id": user_id(world, "zoe.admin@northwind.example")}
    await told(greenroom, world.apps["user"].name, "app_deauthorized", **mine)
    await told(greenroom, world.apps["admin"].name, "app_deauthorized", **other)
    await told(greenroom, world.apps["admin"].name, "nobody.knows_this", **mine)
    assert await greenroom.status("First") == before


async def test_a_webhook_is_acted_on_once(greenroom: Greenroom, world: World) -> None:
    """The same body twice is kept once."""
    await instance(greenroom, "First")
    body = b'{"event":"meeting.started","payload":{}}'
    assert await greenroom.keep_webhook("admin", body, digest(body)) == "new"
    assert await greenroom.keep_webhook("admin", body, digest(body)) == "known"
    assert await greenroom.work_inbox() == 1
    assert await greenroom.work_inbox() == 0


async def test_a_demoted_zoom_admin_breaks_the_organizations_connection(greenroom: Greenroom, world: World) -> None:
    """When the authorizing Zoom admin's role changes, the organization needs to reconnect [CAL-21, CAL-23]; a role
    event that leaves them an admin changes nothing."""
    admin = ZOOM_ADMIN
    await greenroom.create_organization("Team", "calendly", members={admin: ["admin"]})
    begun = await greenroom.connect("Team", as_=admin, share=True)
    assert begun.url is not None
    await greenroom.complete_url(world.authorize(begun.url, admin))
    ids = {"account_id": "northwind-account", "object": {"id": user_id(world, admin), "role": "Admin"}}
    app = world.apps["admin"].name
    await told(greenroom, app, "user.updated", **ids, time_stamp=1)
    assert (await greenroom.status("Team")).connections[0].kind.value == "active"
    world.control("POST", f"users/{admin}", role="member")
    await told(greenroom, app, "user.updated", **ids, time_stamp=2)
    assert (await greenroom.status("Team")).connections[0].kind.value == "broken"
