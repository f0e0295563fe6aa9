"""People, roles and their settings."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import NOON, SimulatedZoom

APRIL = "april@acme.example"


@proves("ZOOM-077", "ZOOM-078")
async def check_profile(zoom: SimulatedZoom) -> None:
    """A profile says who somebody is, their role and licence, account and personal meeting number."""
    caller = await zoom.caller()
    body = (await caller.get(f"/users/{APRIL}")).body
    assert (body["email"], body["role_name"], body["status"]) == (APRIL, "Member", "active")
    assert (body["account_id"], body["timezone"]) == ("acme", "America/New_York")
    assert len(str(body["pmi"])) == 10
    types = {who: (await caller.get(f"/users/{who}@acme.example")).body["type"] for who in ("april", "basil", "nora")}
    assert types == {"april": 2, "basil": 1, "nora": 4}


@proves("ZOOM-079", "ZOOM-080")
async def check_unknown_user(zoom: SimulatedZoom) -> None:
    """Nobody by that name, and somebody of another account, are answered the same."""
    caller = await zoom.caller()
    for who in ("nobody@acme.example", "fred@free.example", zoom.users["fred@free.example"]["id"]):
        assert (await caller.get(f"/users/{who}")).refusal == (404, 1001, f"User does not exist: {who}.")


@proves("ZOOM-081")
async def check_users_by_status(zoom: SimulatedZoom) -> None:
    """Without a status the active are listed, and nobody of another account."""
    caller = await zoom.caller()
    for query, status in (({}, "active"), ({"status": "inactive"}, "inactive"), ({"status": "pending"}, "pending")):
        listed = {one["email"] for one in (await caller.get("/users", **query)).body["users"]}
        acme = [one for email, one in zoom.users.items() if email.endswith("@acme.example")]
        assert listed == {one["email"] for one in acme if one["status"] == status}


@proves("ZOOM-082")
async def check_pending_user_has_no_id(zoom: SimulatedZoom) -> None:
    """Somebody who has not accepted yet is listed without an id, created at the time of the call."""
    caller = await zoom.caller()
    await zoom.pass_time(60)
    (paul,) = (await caller.get("/users", status="pending")).body["users"]
    assert "id" not in paul
    assert paul["created_at"] == NOON.replace("12:00:00", "12:01:00")


@proves("ZOOM-083")
async def check_email_is_known(zoom: SimulatedZoom) -> None:
    """An address is known or it is not."""
    caller = await zoom.caller()
    known = [
        (await caller.get("/users/email", email=who)).body["existed_email"] for who in (APRIL, "nobody@acme.example")
    ]
    assert known == [True, False]


@proves("ZOOM-084", "ZOOM-085")
async def check_roles(zoom: SimulatedZoom) -> None:
    """Owner, admin and member are 0, 1 and 2; an account's own roles have longer ids; each tells its people."""
    caller = await zoom.caller()
    listed = (await caller.get("/roles")).body
    roles = {role["name"]: role for role in listed["roles"]}
    assert [roles[name]["id"] for name in ("Owner", "Admin", "Member")] == ["0", "1", "2"]
    assert len(roles["Planner"]["id"]) > 1
    assert (listed["total_records"], roles["Planner"]["total_members"]) == (4, 1)
    members = (await caller.get(f"/roles/{roles['Planner']['id']}/members")).body["members"]
    assert [one["email"] for one in members] == ["plan@acme.example"]
    assert (await caller.get("/roles/99/members")).refusal[:2] == (400, 1034)


@proves("ZOOM-086")
async def check_zak(zoom: SimulatedZoom) -> None:
    """A ZAK is a token."""
    caller = await zoom.caller()
    for answer in (await caller.get("/users/me/zak"), await caller.get(f"/users/{APRIL}/token", type="zak")):
        assert answer.status == 200
        assert len(answer.body["token"]) > 40


@proves("ZOOM-087")
async def check_old_token_is_dead(zoom: SimulatedZoom) -> None:
    """The token of old is no token any more but a sentence."""
    answer = await (await zoom.caller()).get(f"/users/{APRIL}/token")
    assert answer.status == 200
    assert "no longer supported" in answer.body["token"]


@proves("ZOOM-090", "ZOOM-091")
async def check_who_cannot_host(zoom: SimulatedZoom) -> None:
    """No meeting is made for somebody deactivated or not there yet."""
    caller = await zoom.caller()
    assert (await caller.create("ines@acme.example")).refusal[:2] == (400, 3161)
    assert (await caller.create("paul@acme.example")).status in (400, 404)


@proves("ZOOM-092")
async def check_meetings_go_with_their_host(zoom: SimulatedZoom) -> None:
    """When somebody is deleted, so are their meetings."""
    caller = await zoom.caller()
    meeting = await caller.meeting(APRIL)
    await zoom.control("DELETE", f"/users/{APRIL}")
    assert (await caller.get(f"/meetings/{meeting['id']}")).refusal[:2] == (404, 3001)


@proves("ZOOM-093")
async def check_settings_stand_in_groups(zoom: SimulatedZoom) -> None:
    """A user's settings come in groups, with what a scheduler looks for in its place."""
    body = (await (await zoom.caller()).get(f"/users/{APRIL}/settings")).body
    assert {"schedule_meeting", "in_meeting", "recording", "feature"} <= set(body)
    assert body["in_meeting"]["waiting_room"] is False
    assert body["schedule_meeting"]["require_password_for_scheduling_new_meetings"] is True
    assert body["feature"]["meeting_capacity"] >= 100


@proves("ZOOM-094")
async def check_settings_options_have_other_shapes(zoom: SimulatedZoom) -> None:
    """Each option answers its own shape and nothing of the groups."""
    caller = await zoom.caller()
    shapes = {
        "meeting_security": "meeting_security",
        "meeting_authentication": "authentication_options",
        "recording_authentication": "recording_authentication",
    }
    for option, field in shapes.items():
        body = (await caller.get(f"/users/{APRIL}/settings", option=option)).body
        assert field in body
        assert "schedule_meeting" not in body


@proves("ZOOM-095")
async def check_settings_by_name(zoom: SimulatedZoom) -> None:
    """Only the settings named are answered, each in its group."""
    body = (
        await (await zoom.caller()).get("/users/me/settings", custom_query_fields="waiting_room,auto_recording")
    ).body
    assert body == {"in_meeting": {"waiting_room": False}, "recording": {"auto_recording": "none"}}


@proves("ZOOM-096")
async def check_lock_settings(zoom: SimulatedZoom) -> None:
    """Locked settings are true where the account's settings stand."""
    caller = await zoom.caller("lena@locked.example", "owners")
    groups = (await caller.get("/accounts/me/lock_settings")).body
    assert groups["schedule_meeting"]["join_before_host"] is True
    assert groups["schedule_meeting"]["use_pmi_for_scheduled_meetings"] is False
    assert groups["recording"]["auto_recording"] is True


@proves("ZOOM-097")
async def check_passcodes_are_locked_on(zoom: SimulatedZoom) -> None:
    """A free account and a Pro account with one host get a passcode, whatever their settings and requests say."""
    for host in ("fred@free.example", "sara@single.example"):
        caller = await zoom.caller(host)
        settings = (await caller.get("/users/me/settings")).body["schedule_meeting"]
        assert settings["require_password_for_scheduling_new_meetings"] is True
        await zoom.pass_time(1)
        assert (await caller.meeting(default_password=False))["password"]


@proves("ZOOM-098")
async def check_other_account(zoom: SimulatedZoom) -> None:
    """An account is asked about itself only."""
    caller = await zoom.caller()
    assert (await caller.get("/accounts/acme/settings")).status == 200
    assert (await caller.get("/accounts/free/settings")).refusal[1] == 2001
