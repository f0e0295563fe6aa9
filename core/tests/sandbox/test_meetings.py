"""What Zoom makes of a meeting request."""

from typing import Any

import pytest

APRIL = "april.lee@northwind.example"
PASSED = "2027-03-01T11:00:00Z"


async def test_created_meeting_has_what_clients_read(zoom) -> None:
    """The reply has an eleven-digit number, the host, a link that carries the passcode, and a host link."""
    made = await (await zoom.connect()).meeting(APRIL, agenda="Bring a pen")
    assert len(str(made["id"])) == 11
    assert (made["host_email"], made["type"], made["duration"]) == (APRIL, 2, 45)
    assert made["join_url"].startswith(f"https://sandbox.zoom.us/j/{made['id']}?pwd=")
    assert made["start_url"].startswith(f"https://sandbox.zoom.us/s/{made['id']}?zak=")
    assert (made["start_time"], made["timezone"]) == ("2027-03-02T15:00:00Z", "America/New_York")


@pytest.mark.parametrize(
    ("body", "start"),
    [
        ({"start_time": "2027-07-01T09:00:00Z", "timezone": "Europe/Paris"}, "2027-07-01T09:00:00Z"),
        ({"start_time": "2027-07-01T09:00:00", "timezone": "Europe/Paris"}, "2027-07-01T07:00:00Z"),
        ({"start_time": "2027-01-10T09:00:00", "timezone": "Europe/Paris"}, "2027-01-10T08:00:00Z"),
        ({"start_time": "2027-07-01T09:00:00"}, "2027-07-01T13:00:00Z"),
        ({"start_time": "2027-07-01T09:00:00.000Z"}, "2027-07-01T09:00:00Z"),
    ],
)
async def test_start_time_is_utc_with_z_and_local_without(zoom, body: dict[str, str], start: str) -> None:
    """`Z` means UTC whatever the time zone says; otherwise the given or the host's zone counts."""
    made = await (await zoom.connect()).meeting(APRIL, **body)
    assert made["start_time"] == start


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"start_time": "tomorrow"}, "start_time"),
        ({"start_time": "2027-02-30T09:00:00Z"}, "start_time"),
        ({"start_time": "2027-07-01T09:00:00+02:00"}, "start_time"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"duration": "long"}, "duration"),
        ({"type": 7}, "type"),
        ({"topic": "x" * 201}, "topic"),
        ({"agenda": "x" * 2001}, "agenda"),
        ({"password": "x" * 11}, "password"),
        ({"settings": {"jbh_time": 7}}, "settings.jbh_time"),
    ],
)
async def test_fields_that_do_not_fit(zoom, body: dict[str, Any], field: str) -> None:
    """A field out of its range is named, and no meeting is made."""
    wanted = {"topic": "T", "type": 2, "start_time": "2027-07-01T09:00:00Z", **body}
    reply = await (await zoom.connect())("POST", "/users/me/meetings", json=wanted)
    assert (reply.status_code, reply.json()["message"]) == (400, "Validation Failed.")
    assert [error["field"] for error in reply.json()["errors"]] == [field]
    assert (await zoom.ledger())["meetings_created"] == 0


@pytest.mark.parametrize("content", ["[]", "no json", '"text"'])
async def test_body_must_be_an_object(zoom, content: str) -> None:
    """A body that is no JSON object is refused in Zoom's words."""
    reply = await (await zoom.connect())("POST", "/users/me/meetings", content=content)
    assert reply.json() == {"code": 300, "message": "Request Body should be a valid JSON object."}


async def test_absent_start_makes_an_instant_meeting(zoom) -> None:
    """Without a start the meeting is instant: no start in the reply, and not in the list."""
    caller = await zoom.connect()
    made = (await caller("POST", "/users/me/meetings", json={"type": 2})).json()
    assert (made["type"], "start_time" in made) == (1, False)
    assert (await caller("GET", "/users/me/meetings")).json()["meetings"] == []


async def test_repeated_create_makes_a_second_meeting(zoom) -> None:
    """There is no idempotency: the same request twice makes two meetings, even at one time."""
    caller = await zoom.connect()
    first, second = await caller.meeting(), await caller.meeting()
    assert first["id"] != second["id"]


async def test_unknown_fields_are_ignored(zoom) -> None:
    """A setting Zoom does not know is dropped without a word."""
    made = await (await zoom.connect()).meeting(settings={"invented": True, "mute_upon_entry": True})
    assert ("invented" in made["settings"], made["settings"]["mute_upon_entry"]) == (False, True)


async def test_waiting_room_beats_join_before_host(zoom) -> None:
    """With the waiting room on, join before host is off in the reply."""
    wanted = {"waiting_room": True, "join_before_host": True, "jbh_time": 5}
    settings = (await (await zoom.connect()).meeting(settings=wanted))["settings"]
    assert (settings["waiting_room"], settings["join_before_host"], settings["jbh_time"]) == (True, False, 0)


async def test_join_before_host_without_a_waiting_room(zoom) -> None:
    """Without the waiting room, join before host is granted as asked."""
    wanted = {"waiting_room": False, "join_before_host": True, "jbh_time": 5}
    settings = (await (await zoom.connect()).meeting(settings=wanted))["settings"]
    assert (settings["join_before_host"], settings["jbh_time"]) == (True, 5)


async def test_meeting_without_any_protection_gets_a_waiting_room(zoom) -> None:
    """No passcode, no waiting room, no authentication: Zoom turns the waiting room on."""
    wanted = {"waiting_room": False, "join_before_host": True}
    made = await (await zoom.connect()).meeting(default_password=False, settings=wanted)
    assert "password" not in made
    assert "?pwd=" not in made["join_url"]
    assert (made["settings"]["waiting_room"], made["settings"]["join_before_host"]) == (True, False)


async def test_authentication_is_protection_enough(zoom) -> None:
    """A meeting for signed-in people needs neither passcode nor waiting room."""
    made = await (await zoom.connect()).meeting(default_password=False, settings={"meeting_authentication": True})
    assert made["settings"]["waiting_room"] is False


async def test_update_cannot_strip_the_last_protection(zoom) -> None:
    """Taking the passcode away turns the waiting room on."""
    caller = await zoom.connect()
    made = await caller.meeting()
    await caller("PATCH", f"/meetings/{made['id']}", json={"password": "", "settings": {"waiting_room": False}})
    now = (await caller("GET", f"/meetings/{made['id']}")).json()
    assert ("password" in now, now["settings"]["waiting_room"]) == (False, True)


async def test_given_passcode_is_kept_and_a_new_one_changes_the_link(zoom) -> None:
    """A given passcode is used as it is; changing it changes the join link, other updates do not."""
    caller = await zoom.connect()
    made = await caller.meeting(password="first1")
    assert made["password"] == "first1"
    await caller("PATCH", f"/meetings/{made['id']}", json={"topic": "Other"})
    same = (await caller("GET", f"/meetings/{made['id']}")).json()
    assert (same["join_url"], same["topic"]) == (made["join_url"], "Other")
    await caller("PATCH", f"/meetings/{made['id']}", json={"password": "second2"})
    assert (await caller("GET", f"/meetings/{made['id']}")).json()["join_url"] != made["join_url"]


class TestPersonalRoom:
    """A host whose setting puts scheduled meetings into the personal room."""

    @pytest.fixture
    async def caller(self, zoom) -> Any:
        """An admin's token, after April switched the setting on."""
        await zoom.control(f"/users/{APRIL}", settings={"use_pmi_for_scheduled_meetings": True})
        return await zoom.connect()

    async def test_omitted_use_pmi_follows_the_setting(self, zoom, caller) -> None:
        """Two meetings that say nothing share the personal number and the link."""
        first, second = await caller.meeting(APRIL), await caller.meeting(APRIL)
        april = zoom.sandbox.state.directory.find_user(APRIL)
        assert first["pmi"] == second["pmi"] == str(april.pmi)
        assert first["join_url"] == second["join_url"]
        assert f"/j/{april.pmi}?pwd=" in first["join_url"]
        assert (first["settings"]["use_pmi"], first["password"]) == (True, april.pmi_passcode)
        assert first["id"] != second["id"]

    async def test_use_pmi_false_gets_its_own_number(self, caller) -> None:
        """Saying no gives a meeting of its own."""
        made = await caller.meeting(APRIL, settings={"use_pmi": False})
        assert ("pmi" in made, f"/j/{made['id']}" in made["join_url"]) == (False, True)

    async def test_personal_room_can_be_read_but_not_deleted(self, zoom, caller) -> None:
        """The room itself is a meeting of type 4 that nobody can delete."""
        number = zoom.sandbox.state.directory.find_user(APRIL).pmi
        assert (await caller("GET", f"/meetings/{number}")).json()["type"] == 4
        reply = await caller("DELETE", f"/meetings/{number}")
        assert (reply.status_code, reply.json()["code"]) == (400, 3018)


@pytest.mark.parametrize(
    ("settings", "locks", "asked", "expected"),
    [
        ("waiting_room: true", "waiting_room", {"waiting_room": False}, {"waiting_room": True}),
        ("waiting_room: false", "waiting_room", {"waiting_room": True}, {"waiting_room": False}),
        ("join_before_host: false", "join_before_host", {"join_before_host": True}, {"join_before_host": False}),
        ("meeting_authentication: true", "meeting_authentication", {}, {"meeting_authentication": True}),
        (
            "use_pmi_for_scheduled_meetings: true",
            "use_pmi_for_scheduled_meetings",
            {"use_pmi": False},
            {"use_pmi": True},
        ),
        ("auto_recording: cloud", "auto_recording", {"auto_recording": "none"}, {"auto_recording": "cloud"}),
        ("cloud_recording: false", "auto_recording", {"auto_recording": "cloud"}, {"auto_recording": "none"}),
    ],
)
async def test_locks_win_silently(
    one_account, in_process, settings: str, locks: str, asked: dict[str, Any], expected: dict[str, Any]
) -> None:
    """A locked setting overrides the request with a 201, and only the reply tells."""
    world = one_account(plan="business", settings=f"{{{settings}}}", locks=f"[{locks}]")
    caller = await in_process(world).connect("olga@acme.example")
    made = await caller.meeting(settings=asked)
    assert {name: made["settings"][name] for name in expected} == expected


async def test_locked_passcode_is_made_even_when_refused(one_account, in_process) -> None:
    """Where passcodes are locked on, `default_password: false` does not help."""
    world = one_account(plan="business", settings="{require_password: true}", locks="[require_password]")
    caller = await in_process(world).connect("olga@acme.example")
    assert (await caller.meeting(default_password=False))["password"]


async def test_enterprise_may_switch_the_protection_rule_off(one_account, in_process) -> None:
    """Only where the account rule is off can a meeting be wide open."""
    world = one_account(plan="enterprise", one_security_option_required="false")
    caller = await in_process(world).connect("olga@acme.example")
    made = await caller.meeting(default_password=False)
    assert ("password" in made, made["settings"]["waiting_room"]) == (False, False)


async def test_pre_assigned_breakout_rooms_are_dropped_when_off(zoom) -> None:
    """Breakout rooms vanish from the reply where the account does not pre-assign them."""
    wanted = {"breakout_room": {"enable": True, "rooms": [{"name": "A", "participants": []}]}}
    assert "breakout_room" not in (await (await zoom.connect()).meeting(settings=wanted))["settings"]


async def test_cloud_recording_needs_a_licensed_host(zoom) -> None:
    """A Basic host's meeting is not recorded to the cloud."""
    caller = await zoom.connect()
    wanted = {"auto_recording": "cloud"}
    basic = await caller.meeting("basil.stone@northwind.example", settings=wanted)
    licensed = await caller.meeting(APRIL, settings=wanted)
    assert [made["settings"]["auto_recording"] for made in (basic, licensed)] == ["none", "cloud"]


async def test_continuous_chat_keeps_its_channel(zoom) -> None:
    """A meeting with a continuous chat has a channel and a link to it, the same after an update; others have none."""
    caller = await zoom.connect()
    made = await caller.meeting(settings={"continuous_meeting_chat": {"enable": True}})
    channel = made["settings"]["continuous_meeting_chat"]["channel_id"]
    assert channel
    assert str(made["id"]) in made["chat_join_url"]
    path = f"/meetings/{made['id']}"
    for settings in ({"mute_upon_entry": True}, {"continuous_meeting_chat": {"enable": True}}):
        await caller("PATCH", path, json={"settings": settings})
        assert (await caller("GET", path)).json()["settings"]["continuous_meeting_chat"]["channel_id"] == channel
    await caller("PATCH", path, json={"settings": {"continuous_meeting_chat": {"enable": False}}})
    assert "chat_join_url" not in (await caller("GET", path)).json()
    assert "continuous_meeting_chat" not in (await caller.meeting())["settings"]


@pytest.mark.parametrize(("domains", "status"), [("acme.example;*.acme.example", 201), ("a.example,b.example", 400)])
async def test_sign_in_domains_are_separated_by_semicolons(zoom, domains: str, status: int) -> None:
    """The older sign-in rule takes domains with semicolons between them."""
    body = {"topic": "T", "settings": {"enforce_login_domains": domains}}
    reply = await (await zoom.connect())("POST", "/users/me/meetings", json=body)
    assert reply.status_code == status
    assert status == 201 or reply.json()["code"] == 300


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [({"type": 4}, 400, 3161), ({"status": "inactive"}, 400, 3161), ({"status": "pending"}, 404, 1001)],
)
async def test_people_who_cannot_host(zoom, change: dict[str, Any], status: int, code: int) -> None:
    """No meetings licence, a deactivated login or an open invitation prevent hosting."""
    caller = await zoom.connect()
    await zoom.control(f"/users/{APRIL}", **change)
    reply = await caller("POST", f"/users/{APRIL}/meetings", json={"topic": "T"})
    assert (reply.status_code, reply.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": 1, "schedule_for": APRIL}, 3000),
        ({"schedule_for": APRIL}, 3000),
        ({"schedule_for": "nobody@x.example"}, 300),
    ],
)
async def test_schedule_for_needs_privilege(zoom, body: dict[str, Any], code: int) -> None:
    """Nobody schedules for others by `schedule_for` without their leave."""
    reply = await (await zoom.connect())("POST", "/users/me/meetings", json=body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)


@pytest.mark.parametrize(("host", "status"), [(APRIL, 201), ("basil.stone@northwind.example", 400)])
async def test_alternative_hosts_are_licensed_on_both_sides(zoom, host: str, status: int) -> None:
    """Alternative hosts need a Licensed host, must be Licensed and of the account."""
    caller = await zoom.connect()
    for other, expected in (("calvin.ross@northwind.example", status), ("peter.panel@northwind.example", 400)):
        body = {"topic": "T", "settings": {"alternative_hosts": other}}
        assert (await caller("POST", f"/users/{host}/meetings", json=body)).status_code == expected


async def test_update_moves_the_meeting(zoom) -> None:
    """An update answers 204 without a body, and the meeting has the new time."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL)
    change = {"start_time": "2027-03-05T10:00:00Z", "duration": 30}
    reply = await caller("PATCH", f"/meetings/{made['id']}", json=change)
    assert (reply.status_code, reply.content) == (204, b"")
    now = (await caller("GET", f"/meetings/{made['id']}")).json()
    assert (now["start_time"], now["duration"], now["join_url"]) == (*change.values(), made["join_url"])


async def test_past_start_in_an_update_is_ignored(zoom) -> None:
    """A start in the past changes nothing, though the reply is 204 and the rest is done."""
    caller = await zoom.connect()
    made = await caller.meeting()
    reply = await caller("PATCH", f"/meetings/{made['id']}", json={"start_time": PASSED, "topic": "New"})
    now = (await caller("GET", f"/meetings/{made['id']}")).json()
    assert (reply.status_code, now["start_time"], now["topic"]) == (204, made["start_time"], "New")


async def test_second_delete_finds_nothing(zoom) -> None:
    """Deleting is 204 once and 404/3001 afterwards, as is reading."""
    caller = await zoom.connect()
    made = await caller.meeting()
    path = f"/meetings/{made['id']}"
    assert (await caller("DELETE", path, content=b"{ignored")).status_code == 204
    gone = {"code": 3001, "message": f"Meeting does not exist: {made['id']}."}
    for method in ("DELETE", "GET", "PATCH"):
        reply = await caller(method, path)
        assert (reply.status_code, reply.json()) == (404, gone)


async def test_meeting_lapses_thirty_days_after_its_date(zoom) -> None:
    """A one-time number is unknown thirty days after the meeting's date."""
    caller = await zoom.connect()
    made = await caller.meeting()
    await zoom.control("/clock", set="2027-04-01T14:59:00Z")
    caller = await zoom.connect()
    assert (await caller("GET", f"/meetings/{made['id']}")).status_code == 200
    await zoom.control("/clock", advance=120)
    assert (await caller("GET", f"/meetings/{made['id']}")).json()["code"] == 3001


async def test_meeting_of_someone_else(zoom) -> None:
    """A user-managed token reaches no other host's meeting; another account's does not exist."""
    await zoom.control("/approvals", app="user", state="approved")
    made = await (await zoom.connect()).meeting(APRIL)
    calvin = await zoom.connect("calvin.ross", "user")
    assert (await calvin("GET", f"/meetings/{made['id']}")).status_code == 403
    sam = await zoom.connect("sam.solo@solo.example", "user")
    assert (await sam("GET", f"/meetings/{made['id']}")).json()["code"] == 3001


async def test_list_cuts_the_agenda(zoom) -> None:
    """A list shows 250 characters of the agenda; the meeting itself shows all."""
    caller = await zoom.connect()
    made = await caller.meeting(agenda="x" * 2000)
    listed = (await caller("GET", "/users/me/meetings")).json()["meetings"][0]
    assert (len(made["agenda"]), len(listed["agenda"])) == (2000, 250)
    assert set(listed) <= set(made)


async def test_list_by_type_and_page(zoom) -> None:
    """Lists come by start, in pages, past ones only as scheduled."""
    caller = await zoom.connect()
    for day in (5, 3, 4):
        await caller.meeting(start_time=f"2027-03-0{day}T10:00:00Z")
    await zoom.control("/clock", set="2027-03-04T00:00:00Z")
    caller = await zoom.connect()
    first = (await caller("GET", "/users/me/meetings", params={"page_size": "2"})).json()
    assert [one["start_time"][8:10] for one in first["meetings"]] == ["03", "04"]
    assert first["next_page_token"]
    upcoming = (await caller("GET", "/users/me/meetings", params={"type": "upcoming"})).json()
    assert (upcoming["total_records"], upcoming["meetings"][0]["start_time"][8:10]) == (2, "04")


async def test_hundred_changes_a_day_for_each_host(zoom) -> None:
    """Creates and updates of one host count together until midnight UTC; deletes and others do not."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL)
    for _ in range(99):
        assert (await caller("PATCH", f"/meetings/{made['id']}", json={"topic": "T"})).status_code == 204
    refused = await caller("POST", f"/users/{APRIL}/meetings", json={"topic": "T"})
    assert refused.status_code == 429
    assert refused.json()["message"].startswith("You have exceeded the daily rate limit (100) of Meeting Create")
    assert (await caller("DELETE", f"/meetings/{made['id']}")).status_code == 204
    await caller.meeting("calvin.ross@northwind.example")
    await zoom.control("/clock", set="2027-03-02T00:00:01Z")
    await (await zoom.connect()).meeting(APRIL)
