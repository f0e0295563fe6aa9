"""People changed, shut out, parted and deleted, and who may schedule for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

APRIL, BEN, BASIL = "april@acme.example", "ben@acme.example", "basil@acme.example"


async def _told(zoom: SimulatedZoom, name: str) -> list[Mapping[str, Any]]:
    events = (await zoom.control("GET", "/events"))["events"]
    return [one["body"]["payload"] for one in events if one["event"] == name]


@proves("ZOOM-201")
async def check_change_is_told(zoom: SimulatedZoom) -> None:
    """A licence taken away by request, and a role given in Zoom's own pages, are told with what was before."""
    caller = await zoom.caller()
    assert (await caller.call("PATCH", f"/users/{BEN}", {"type": 1})).status == 204
    await zoom.control("POST", f"/users/{BEN}", role="admin")
    licence, role = await _told(zoom, "user.updated")
    assert (licence["object"]["type"], licence["old_object"]["type"]) == (1, 2)
    assert role["object"]["role"] != role["old_object"]["role"]
    assert licence["object"]["id"] == zoom.users[BEN]["id"]
    assert (await caller.get(f"/users/{BEN}")).body["type"] == 1


@proves("ZOOM-202")
async def check_deactivated_and_back(zoom: SimulatedZoom) -> None:
    """Somebody let in again is active, and Basic until licensed anew."""
    caller = await zoom.caller()
    for action, status in (("deactivate", "inactive"), ("activate", "active")):
        answer = await caller.call("PUT", f"/users/{BEN}/status", {"action": action})
        assert answer.status in (200, 204)
        read = (await caller.get(f"/users/{BEN}")).body
        assert (read["status"], read["type"]) == (status, 1)
        assert len(await _told(zoom, f"user.{action}d")) == 1


@proves("ZOOM-203")
async def check_parted_user_has_an_own_account(zoom: SimulatedZoom) -> None:
    """Parted from the account, somebody is unknown there and goes on elsewhere."""
    caller = await zoom.caller()
    assert (await caller.call("DELETE", f"/users/{BEN}", action="disassociate")).status == 204
    assert (await caller.get(f"/users/{BEN}")).refusal[:2] == (404, 1001)
    own = (await (await zoom.caller(BEN, "user")).get("/users/me")).body
    assert own["account_id"] != "acme"
    assert len(await _told(zoom, "user.disassociated")) == 1


@proves("ZOOM-204")
async def check_meetings_are_handed_over(zoom: SimulatedZoom) -> None:
    """Handed over, a meeting is the heir's; without it is gone."""
    caller = await zoom.caller()
    kept, lost = await caller.meeting(BEN), await caller.meeting(APRIL)
    heir = {"transfer_meeting": "true", "transfer_email": "olga@acme.example"}
    assert (await caller.call("DELETE", f"/users/{BEN}", action="delete", **heir)).status == 204
    assert (await caller.call("DELETE", f"/users/{APRIL}", action="delete")).status == 204
    read = (await caller.get(f"/meetings/{kept['id']}")).body
    assert read["host_id"] == zoom.users["olga@acme.example"]["id"]
    assert (await caller.get(f"/meetings/{lost['id']}")).refusal[:2] == (404, 3001)


@proves("ZOOM-205")
async def check_admins_stay(zoom: SimulatedZoom) -> None:
    """Neither is deleted, and both are there afterwards."""
    caller = await zoom.caller()
    for who in ("olga@acme.example", "adam@acme.example"):
        assert (await caller.call("DELETE", f"/users/{who}", action="delete")).refusal[:2] == (400, 1117)
        assert (await caller.get(f"/users/{who}")).status == 200


@proves("ZOOM-206")
async def check_basic_people_choose_less(zoom: SimulatedZoom) -> None:
    """A Licensed person's personal meeting number can be chosen, a Basic person's cannot."""
    caller = await zoom.caller()
    refused = await caller.call("PATCH", f"/users/{BASIL}", {"pmi": 5551234567})
    assert refused.refusal == (400, 1109, "Host is not a paid user.")
    assert (await caller.call("PATCH", f"/users/{BEN}", {"pmi": 5551234567})).status == 204


@proves("ZOOM-207")
async def check_settings_are_changed(zoom: SimulatedZoom) -> None:
    """What was set is read, and the other settings stay."""
    caller = await zoom.caller()
    path = f"/users/{BEN}/settings"
    before = (await caller.get(path)).body
    assert (await caller.call("PATCH", path, {"in_meeting": {"waiting_room": True}})).status == 204
    after = (await caller.get(path)).body
    assert (before["in_meeting"]["waiting_room"], after["in_meeting"]["waiting_room"]) == (False, True)
    assert after["schedule_meeting"] == before["schedule_meeting"]


@proves("ZOOM-208")
async def check_assistants_and_schedulers(zoom: SimulatedZoom) -> None:
    """Both ends of a scheduling privilege tell of it."""
    caller = await zoom.caller()
    assistants = (await caller.get(f"/users/{APRIL}/assistants")).body["assistants"]
    schedulers = (await caller.get(f"/users/{BEN}/schedulers")).body["schedulers"]
    assert [one["email"] for one in assistants] == [BEN]
    assert [one["email"] for one in schedulers] == [APRIL]


@proves("ZOOM-209")
async def check_rooms(zoom: SimulatedZoom) -> None:
    """A room is told by name and status, without an address."""
    (room,) = (await (await zoom.caller()).get("/rooms")).body["rooms"]
    assert (room["name"], room["status"]) == ("Lagoon", "Available")
    assert not [name for name in room if "mail" in name or "calendar" in name]
