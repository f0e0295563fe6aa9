"""Passcodes, waiting rooms, personal rooms, and what an account's rules make of a request."""

from __future__ import annotations

from typing import Any

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

OPEN: dict[str, Any] = {"default_password": False, "settings": {"waiting_room": False, "meeting_authentication": False}}
NO_PASSCODE = "open@acme.example"


@proves("ZOOM-131")
async def check_waiting_room_is_forced(zoom: SimulatedZoom) -> None:
    """A meeting asked for without any security gets a waiting room, and nobody says so but the reply."""
    caller = await zoom.caller()
    made = await caller.meeting(NO_PASSCODE, **OPEN)
    assert made["settings"]["waiting_room"] is True
    assert not made.get("password")
    assert (await caller.get(f"/meetings/{made['id']}")).body["settings"]["waiting_room"] is True


@proves("ZOOM-132")
async def check_rule_may_be_off(zoom: SimulatedZoom) -> None:
    """Where the rule is off a meeting stands open as asked."""
    made = await (await zoom.caller("erik@roomy.example")).meeting(**OPEN)
    assert made["settings"]["waiting_room"] is False
    assert not made.get("password")


@proves("ZOOM-133")
async def check_waiting_room_beats_joining_early(zoom: SimulatedZoom) -> None:
    """With a waiting room nobody joins before the host; without one they may."""
    caller = await zoom.caller()
    for waiting in (True, False):
        made = await caller.meeting(settings={"waiting_room": waiting, "join_before_host": True, "jbh_time": 5})
        assert made["settings"]["join_before_host"] is not waiting


@proves("ZOOM-134")
async def check_minutes_of_joining_early(zoom: SimulatedZoom) -> None:
    """The minutes count only when joining early is on."""
    caller = await zoom.caller()
    early = await caller.meeting(settings={"join_before_host": True, "jbh_time": 10})
    assert early["settings"]["jbh_time"] == 10
    late = await caller.meeting(settings={"join_before_host": False, "jbh_time": 10})
    assert late["settings"].get("jbh_time", 0) == 0


@proves("ZOOM-135")
async def check_locks_win_silently(zoom: SimulatedZoom) -> None:
    """A lock's value stands in the reply instead of what was asked, under 201 and under 204."""
    caller = await zoom.caller("lena@locked.example")
    asked = {"join_before_host": True, "auto_recording": "none"}
    answer = await caller.create(settings=asked)
    assert answer.status == 201
    path = f"/meetings/{answer.body['id']}"
    assert (await caller.call("PATCH", path, {"settings": asked})).status == 204
    for settings in (answer.body["settings"], (await caller.get(path)).body["settings"]):
        assert (settings["join_before_host"], settings["auto_recording"]) == (False, "cloud")


@proves("ZOOM-136")
async def check_generated_passcode(zoom: SimulatedZoom) -> None:
    """A passcode is made where the host's setting asks for one, unless the request declines it."""
    caller = await zoom.caller()
    assert (await caller.meeting())["password"]
    waiting = {"waiting_room": True}
    assert not (await caller.meeting(default_password=False, settings=waiting)).get("password")
    assert not (await caller.meeting(NO_PASSCODE, settings=waiting)).get("password")


@proves("ZOOM-137")
async def check_locked_passcode(zoom: SimulatedZoom) -> None:
    """Where passcodes are locked on, declining one is in vain."""
    made = await (await zoom.caller("lena@locked.example")).meeting(default_password=False)
    assert made["password"]


@proves("ZOOM-138")
async def check_scheduler_defaults_do_not_apply(zoom: SimulatedZoom) -> None:
    """A host who has waiting room and recording on in the web portal gets neither unasked."""
    made = await (await zoom.caller()).meeting("wait@acme.example")
    assert (made["settings"]["waiting_room"], made["settings"]["auto_recording"]) == (False, "none")


@proves("ZOOM-139")
async def check_passcode_outside_the_link(zoom: SimulatedZoom) -> None:
    """Where links do not embed passcodes, the link is bare though there is one."""
    passcode = "abc123"
    made = await (await zoom.caller()).meeting(NO_PASSCODE, password=passcode)
    assert made["password"] == passcode
    assert "pwd=" not in made["join_url"]


@proves("ZOOM-140")
async def check_phone_passcode(zoom: SimulatedZoom) -> None:
    """Whatever the passcode, callers type digits."""
    made = await (await zoom.caller()).meeting(password="abcxyz")  # noqa: S106
    assert made["pstn_password"].isdecimal()


@proves("ZOOM-141")
async def check_personal_room(zoom: SimulatedZoom) -> None:
    """Two meetings in the personal room share its number, link and passcode."""
    caller = await zoom.caller()
    first, second = [await caller.meeting(settings={"use_pmi": True}) for _ in range(2)]
    pmi = (await caller.get("/users/me")).body["pmi"]
    assert first["pmi"] == second["pmi"] == str(pmi)
    assert (first["join_url"], first["password"]) == (second["join_url"], second["password"])
    assert f"/j/{pmi}" in first["join_url"]
    assert "pmi" not in await caller.meeting(settings={"use_pmi": False})


@proves("ZOOM-142")
async def check_personal_room_by_setting(zoom: SimulatedZoom) -> None:
    """A host's setting decides when use_pmi is left out, and yields to false."""
    caller = await zoom.caller()
    assert (await caller.meeting("room@acme.example"))["pmi"]
    assert "pmi" not in await caller.meeting("room@acme.example", settings={"use_pmi": False})


@proves("ZOOM-143")
async def check_personal_room_stays(zoom: SimulatedZoom) -> None:
    """The room itself is there without anybody creating it, and nobody deletes it."""
    caller = await zoom.caller()
    path = f"/meetings/{(await caller.get('/users/me')).body['pmi']}"
    assert (await caller.call("DELETE", path)).refusal[:2] == (400, 3018)
    assert (await caller.get(path)).status == 200


@proves("ZOOM-144")
async def check_breakout_rooms_are_dropped(zoom: SimulatedZoom) -> None:
    """Breakout rooms planned where that is off vanish, and the reply is 201."""
    rooms = {"enable": True, "rooms": [{"name": "One", "participants": []}]}
    answer = await (await zoom.caller()).create(settings={"breakout_room": rooms})
    assert answer.status == 201
    assert not answer.body["settings"].get("breakout_room", {}).get("enable")


@proves("ZOOM-145")
async def check_cloud_recording_needs_a_licence(zoom: SimulatedZoom) -> None:
    """A Licensed host's meeting is recorded in the cloud as asked, a Basic host's is not."""
    caller = await zoom.caller()
    wanted = {"auto_recording": "cloud"}
    made = [(await caller.meeting(who, settings=wanted))["settings"] for who in ("me", "basil@acme.example")]
    assert [one["auto_recording"] for one in made] == ["cloud", "none"]


@proves("ZOOM-146")
async def check_paid_only(zoom: SimulatedZoom) -> None:
    """A free account has neither roles nor rooms to list."""
    caller = await zoom.caller("fred@free.example")
    for path in ("/roles", "/rooms"):
        await zoom.pass_time(1)
        _, code, text = (await caller.get(path)).refusal
        assert code == 200
        assert text.startswith("Only available for paid account")


@proves("ZOOM-147")
async def check_lost_licence_leaves_meetings(zoom: SimulatedZoom) -> None:
    """A host who becomes Basic keeps the meetings made before."""
    caller = await zoom.caller()
    made = await caller.meeting("april@acme.example")
    await zoom.control("POST", "/users/april@acme.example", type=1)
    read = (await caller.get(f"/meetings/{made['id']}")).body
    assert (read["join_url"], read["start_time"]) == (made["join_url"], made["start_time"])
