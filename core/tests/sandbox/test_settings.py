"""Settings of people and accounts: every published shape, and changes that later meetings follow."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox import World, parse_world
from greenroom.sandbox.catalogue import event_schemas, published

APRIL = "april.lee@northwind.example"
BASIL = "basil.stone@northwind.example"
PATH = f"/users/{APRIL}/settings"
NO_PERMISSION = {"code": 200, "message": "No permission."}


def told(zoom: Any) -> list[dict[str, Any]]:
    """Return the payloads of `user.settings_updated`, each checked against its published schema."""
    schema = event_schemas()["user.settings_updated"]
    bodies = [one.body for one in zoom.sandbox.state.events.happened if one.name == "user.settings_updated"]
    assert [error.message for body in bodies for error in Draft7Validator(schema).iter_errors(body)] == []
    return [body["payload"] for body in bodies]


def allowed(zoom: Any, operation: str, value: Any) -> bool:
    """Tell whether a reply has only names and types of one of the published alternatives."""
    alternatives = published().by_name[operation].reply_schema(200)["oneOf"]
    return any(_keeps_to(one, value) for one in alternatives)


def _keeps_to(schema: Any, value: Any) -> bool:
    inner = [*schema.get("oneOf", []), *schema.get("anyOf", [])]
    if inner:
        return any(_keeps_to(one, value) for one in inner)
    if not isinstance(value, dict) or "properties" not in schema:
        return bool(Draft7Validator(schema).is_valid(value))
    known = schema["properties"]
    return all(name in known and _keeps_to(known[name], one) for name, one in value.items())


class TestReading:
    """`GET /users/{userId}/settings`."""

    async def test_what_is_in_force(self, zoom) -> None:
        """User settings combine account and user, in Zoom's groups."""
        await zoom.control(f"/users/{APRIL}", settings={"use_pmi_for_scheduled_meetings": True})
        body = (await (await zoom.connect())("GET", PATH)).json()
        assert body["schedule_meeting"]["use_pmi_for_scheduled_meetings"] is True
        assert body["schedule_meeting"]["require_password_for_scheduling_new_meetings"] is True
        assert set(body) == {
            "audio_conferencing",
            "email_notification",
            "feature",
            "in_meeting",
            "profile",
            "recording",
            "schedule_meeting",
            "telephony",
            "tsp",
            "whiteboard",
        }

    @pytest.mark.parametrize(
        ("option", "names"),
        [
            (None, {"feature", "in_meeting", "recording", "schedule_meeting"}),
            ("meeting_security", {"meeting_security"}),
            (
                "meeting_authentication",
                {"meeting_authentication", "allow_authentication_exception", "authentication_options"},
            ),
            ("recording_authentication", {"recording_authentication", "authentication_options"}),
        ],
    )
    async def test_each_shape(self, zoom, option: str | None, names: set[str]) -> None:
        """Each option has a shape of its own, with published names and types only."""
        params = {"option": option} if option else {}
        body = (await (await zoom.connect())("GET", PATH, params=params)).json()
        assert names <= set(body)
        assert allowed(zoom, "GET /users/{userId}/settings", body)

    async def test_filtered_by_field(self, zoom) -> None:
        """`custom_query_fields` keeps the named fields in their groups."""
        params = {"custom_query_fields": "waiting_room,auto_recording"}
        body = (await (await zoom.connect())("GET", "/users/me/settings", params=params)).json()
        assert body == {"in_meeting": {"waiting_room": False}, "recording": {"auto_recording": "none"}}

    async def test_unknown_option_and_nobody(self, zoom) -> None:
        """An option must be one of those published, a person one of the account."""
        caller = await zoom.connect()
        assert (await caller("GET", PATH, params={"option": "moods"})).json()["code"] == 300
        reply = await caller("GET", "/users/nobody@northwind.example/settings")
        assert (reply.status_code, reply.json()["code"]) == (404, 1001)

    async def test_lapsed_invitation(self, zoom) -> None:
        """An invitation nobody accepted for thirty days has no settings."""
        await zoom.control("/clock", advance=30 * 86_400)
        reply = await (await zoom.connect())("GET", "/users/paul.pending@northwind.example/settings")
        assert (reply.status_code, reply.json()["code"]) == (400, 1120)

    async def test_others_without_the_privilege(self, zoom) -> None:
        """A demoted admin reads their own settings only."""
        caller = await zoom.connect()
        await zoom.control("/users/adam.admin@northwind.example", role="member")
        assert (await caller("GET", PATH)).json() == NO_PERMISSION
        assert (await caller("GET", "/users/me/settings")).status_code == 200


class TestLicences:
    """What a plan and its add-ons allow is told among the settings."""

    @pytest.mark.parametrize(
        ("plan", "kind", "capacity"),
        [("pro", 2, 100), ("business", 2, 300), ("business", 1, 300), ("enterprise", 2, 500), ("business", 4, 0)],
    )
    async def test_capacity(self, in_process, plan: str, kind: int, capacity: int) -> None:
        """How many fit into a meeting follows the plan; nobody fits without a meetings licence."""
        zoom = in_process(parse_world(ACME.format(plan=plan, user=f"type: {kind}")))
        feature = (await (await zoom.connect("olga@acme.example"))("GET", "/users/emil@acme.example/settings")).json()
        assert feature["feature"]["meeting_capacity"] == capacity

    @pytest.mark.parametrize(
        ("user", "concurrent", "phone"),
        [
            ("type: 2", "None", False),
            ("type: 2, concurrent_meetings: 5", "Basic", False),
            ("type: 2, concurrent_meetings: 20", "Plus", False),
            ("type: 2, phone: {number: '+14155550100', extension: 101}", "None", True),
        ],
    )
    async def test_add_ons(self, in_process, user: str, concurrent: str, phone: bool) -> None:
        """Add-ons of the world are told under their published names."""
        zoom = in_process(parse_world(ACME.format(plan="business", user=user)))
        body = (await (await zoom.connect("olga@acme.example"))("GET", "/users/emil@acme.example/settings")).json()
        assert (body["feature"]["concurrent_meeting"], body["feature"]["zoom_phone"]) == (concurrent, phone)


ACME = """
accounts:
  - id: acme
    name: Acme
    plan: {plan}
    settings: {{meeting_password_requirement: {{length: 8, have_number: true}}}}
    users:
      - {{email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}}
      - {{email: emil@acme.example, first_name: Emil, last_name: Two, {user}}}
apps:
  - name: admin
    kind: admin
    scopes: ["user:read:settings:admin", "user:update:settings:admin", "meeting:write:meeting:admin",
             "account:read:settings:admin", "account:read:lock_settings:master"]
"""


class TestChanging:
    """`PATCH /users/{userId}/settings`."""

    async def test_later_meetings_follow(self, zoom) -> None:
        """A change is answered 204, shown, and in force for meetings made from then on."""
        caller = await zoom.connect()
        before = await caller.meeting(APRIL)
        change = {"schedule_meeting": {"embed_password_in_join_link": False}}
        reply = await caller("PATCH", PATH, json=change)
        assert (reply.status_code, reply.content) == (204, b"")
        after = await caller.meeting(APRIL)
        assert ("pwd=" in before["join_url"], "pwd=" in after["join_url"]) == (True, False)
        shown = (await caller("GET", PATH)).json()["schedule_meeting"]
        assert shown["embed_password_in_join_link"] is False

    @pytest.mark.parametrize(
        ("option", "body", "name", "value"),
        [
            (None, {"in_meeting": {"waiting_room": True}}, "waiting_room", True),
            (None, {"recording": {"auto_recording": "cloud"}}, "auto_recording", "cloud"),
            (None, {"schedule_meeting": {"participants_video": True}}, "participant_video", True),
            (
                None,
                {"schedule_meeting": {"require_password_for_scheduling_new_meetings": False}},
                "require_password",
                False,
            ),
            ("meeting_security", {"meeting_security": {"waiting_room": True}}, "waiting_room", True),
            ("meeting_security", {"meeting_security": {"meeting_password": False}}, "require_password", False),
            ("meeting_authentication", {"meeting_authentication": True}, "meeting_authentication", True),
        ],
    )
    async def test_each_shape(self, zoom, option: str | None, body: dict[str, Any], name: str, value: object) -> None:
        """Whichever shape a setting is sent in, it is the same setting."""
        params = {"option": option} if option else {}
        assert (await (await zoom.connect())("PATCH", PATH, params=params, json=body)).status_code == 204
        directory = zoom.sandbox.state.directory
        assert getattr(directory.settings_of(directory.find_user(APRIL)), name) == value

    async def test_settings_without_effect_are_shown_again(self, zoom) -> None:
        """What means nothing to the sandbox is kept; what is not published is not."""
        caller = await zoom.connect()
        body = {"in_meeting": {"chat": False, "moods": True}, "telephony": {"third_party_audio": True}}
        await caller("PATCH", PATH, json=body)
        shown = (await caller("GET", PATH)).json()
        assert shown["in_meeting"]["chat"] is False
        assert "moods" not in shown["in_meeting"]
        assert shown["telephony"]["third_party_audio"] is True

    async def test_sign_in_rules(self, zoom) -> None:
        """The rule people sign in by can be renamed; there is no other one."""
        caller = await zoom.connect()
        params = {"option": "recording_authentication"}
        rule = {"id": "signIn_all", "action": "update", "name": "Staff only"}
        body = {"recording_authentication": True, "authentication_option": rule}
        assert (await caller("PATCH", PATH, params=params, json=body)).status_code == 204
        shown = (await caller("GET", PATH, params=params)).json()
        assert (shown["recording_authentication"], shown["authentication_options"][0]["name"]) == (True, "Staff only")
        unknown = {"authentication_option": {"id": "signIn_none", "action": "hide"}}
        assert (await caller("PATCH", PATH, params=params, json=unknown)).json()["code"] == 300

    async def test_add_on_for_several_meetings(self, zoom) -> None:
        """The add-on for several meetings at once is given and taken back."""
        caller = await zoom.connect()
        for name in ("Plus", "None"):
            await caller("PATCH", PATH, json={"feature": {"concurrent_meeting": name}})
            assert (await caller("GET", PATH)).json()["feature"]["concurrent_meeting"] == name

    async def test_event_tells_new_and_old(self, zoom) -> None:
        """`user.settings_updated` has the changed settings before and after; no change is no news."""
        caller = await zoom.connect()
        for _ in range(2):
            await caller("PATCH", PATH, json={"in_meeting": {"waiting_room": True}, "recording": {}})
        (payload,) = told(zoom)
        changed = {"in_meeting": {"waiting_room": True}, "meeting_security": {"waiting_room": True}}
        assert payload["object"]["settings"] == changed
        assert payload["old_object"]["settings"]["in_meeting"] == {"waiting_room": False}

    @pytest.mark.parametrize(
        ("feature", "code"),
        [
            ({"large_meeting": True}, 1108),
            ({"webinar": True, "zoom_events": True}, 1204),
            ({"zoom_events": True}, 1206),
            ({"concurrent_meeting": "Plus"}, 1207),
        ],
    )
    async def test_licences_for_basic_people(self, zoom, feature: dict[str, Any], code: int) -> None:
        """Each add-on a Basic person cannot have has its own refusal."""
        reply = await (await zoom.connect())("PATCH", f"/users/{BASIL}/settings", json={"feature": feature})
        assert (reply.status_code, reply.json()["code"]) == (400, code)

    @pytest.mark.parametrize(
        ("first", "second", "code"), [("zoom_events", "webinar", 1204), ("webinar", "zoom_events", 1205)]
    )
    async def test_webinars_or_events(self, zoom, first: str, second: str, code: int) -> None:
        """Nobody has webinars and Zoom Events both."""
        caller = await zoom.connect()
        assert (await caller("PATCH", PATH, json={"feature": {first: True}})).status_code == 204
        reply = await caller("PATCH", PATH, json={"feature": {second: True}})
        assert (reply.status_code, reply.json()["code"]) == (400, code)

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"in_meeting": {"waiting_room": "yes"}}, "in_meeting.waiting_room"),
            ({"recording": {"auto_recording": "moon"}}, "recording.auto_recording"),
            ({"meeting_security": {"waiting_room": 3}}, "meeting_security.waiting_room"),
        ],
    )
    async def test_values_that_do_not_fit(self, zoom, body: dict[str, Any], field: str) -> None:
        """A value that is not published is a validation error naming its place."""
        reply = await (await zoom.connect())("PATCH", PATH, json=body)
        assert [error["field"] for error in reply.json()["errors"]] == [field]

    async def test_own_by_a_user_managed_app_others_not(self, zoom) -> None:
        """A user-managed app changes its own user's settings, and nobody else's."""
        await zoom.control("/approvals", app="user", state="approved")
        caller = await zoom.connect("basil.stone", "user")
        body = {"in_meeting": {"waiting_room": True}}
        assert (await caller("PATCH", "/users/me/settings", json=body)).status_code == 204
        assert (await caller("PATCH", PATH, json=body)).status_code == 403

    async def test_passcodes_satisfy_the_requirement(self, in_process) -> None:
        """The passcode of the personal room must satisfy the account, whose rules are shown."""
        zoom = in_process(parse_world(ACME.format(plan="business", user="type: 2")))
        caller = await zoom.connect("olga@acme.example")
        path = "/users/emil@acme.example/settings"
        weak = await caller("PATCH", path, json={"schedule_meeting": {"pmi_password": "short1"}})
        assert weak.json()["errors"][0]["field"] == "schedule_meeting.pmi_password"
        await caller("PATCH", path, json={"schedule_meeting": {"pmi_password": "longenoug1"}})
        shown = (await caller("GET", path)).json()["schedule_meeting"]
        assert shown["pmi_password"] == "longenoug1"
        assert shown["meeting_password_requirement"]["length"] == 8
        assert shown["meeting_password_requirement"]["have_number"] is True


LOCKED = """
accounts:
  - id: acme
    name: Acme
    plan: business
    settings: {waiting_room: true}
    locks: [waiting_room, auto_recording]
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2,
         settings: {waiting_room: false}}
  - id: free
    name: Free
    plan: basic
    users:
      - {email: fay@free.example, first_name: Fay, last_name: One, role: owner, type: 1}
apps:
  - name: admin
    kind: admin
    scopes: ["user:read:settings:admin", "user:update:settings:admin", "account:read:settings:admin",
             "account:read:lock_settings:master"]
"""


class TestLocks:
    """An account whose locks contradict a user's settings."""

    @pytest.fixture
    def world(self) -> World:
        """One account locks the waiting room on; the other one pays nothing."""
        return parse_world(LOCKED)

    async def test_locked_account_setting_beats_the_users(self, zoom) -> None:
        """A locked setting takes the account's value, and the lock can be read."""
        caller = await zoom.connect("olga@acme.example")
        assert (await caller("GET", "/users/me/settings")).json()["in_meeting"]["waiting_room"] is True
        path, security = "/accounts/me/lock_settings", {"option": "meeting_security"}
        locks = (await caller("GET", path, params=security)).json()["meeting_security"]
        assert locks == {"waiting_room": True, "meeting_password": False, "embed_password_in_join_link": False}
        shown = (await caller("GET", path)).json()
        assert (shown["recording"]["auto_recording"], shown["schedule_meeting"]["join_before_host"]) == (True, False)

    async def test_locked_settings_do_not_change(self, zoom) -> None:
        """A change of a locked setting is answered 204 and ignored; what is free beside it changes."""
        caller = await zoom.connect("olga@acme.example")
        body = {"recording": {"auto_recording": "cloud"}, "schedule_meeting": {"host_video": True}}
        assert (await caller("PATCH", "/users/me/settings", json=body)).status_code == 204
        shown = (await caller("GET", "/users/me/settings")).json()
        assert (shown["recording"]["auto_recording"], shown["schedule_meeting"]["host_video"]) == ("none", True)
        own = zoom.sandbox.state.directory.find_user("olga@acme.example").settings
        assert own == {"waiting_room": False, "host_video": True}
        (payload,) = told(zoom)
        assert payload["object"]["settings"] == {"schedule_meeting": {"host_video": True}}

    async def test_free_accounts_passcodes_are_locked(self, zoom) -> None:
        """A free account cannot do without passcodes, and is not told so."""
        caller = await zoom.connect("fay@free.example")
        body = {"schedule_meeting": {"require_password_for_scheduling_new_meetings": False}}
        assert (await caller("PATCH", "/users/me/settings", json=body)).status_code == 204
        shown = (await caller("GET", "/users/me/settings")).json()["schedule_meeting"]
        assert shown["require_password_for_scheduling_new_meetings"] is True

    @pytest.mark.parametrize("what", ["settings", "lock_settings"])
    async def test_paid_accounts_only(self, zoom, what: str) -> None:
        """A free account is refused under HTTP status 200."""
        reply = await (await zoom.connect("fay@free.example"))("GET", f"/accounts/me/{what}")
        message = "Only available for paid account:free"
        assert (reply.status_code, reply.json()) == (200, {"code": 200, "message": message})

    @pytest.mark.parametrize("what", ["settings", "lock_settings"])
    async def test_other_accounts(self, zoom, what: str) -> None:
        """Another account does not exist; one's own does under its id as well as as `me`."""
        caller = await zoom.connect("olga@acme.example")
        reply = await caller("GET", f"/accounts/free/{what}")
        assert (reply.status_code, reply.json()["code"]) == (404, 2001)
        assert (await caller("GET", f"/accounts/acme/{what}")).status_code == 200


class TestAccountSettings:
    """`GET /accounts/{accountId}/settings`."""

    @pytest.mark.parametrize(
        ("option", "name"),
        [
            (None, "schedule_meeting"),
            ("meeting_security", "meeting_security"),
            ("meeting_authentication", "authentication_options"),
            ("recording_authentication", "recording_authentication"),
            ("security", "in_session"),
        ],
    )
    async def test_each_shape(self, zoom, option: str | None, name: str) -> None:
        """Each option has a shape of its own, with published names and types only."""
        params = {"option": option} if option else {}
        body = (await (await zoom.connect())("GET", "/accounts/me/settings", params=params)).json()
        assert name in body
        assert allowed(zoom, "GET /accounts/{accountId}/settings", body)

    async def test_filtered_by_field(self, zoom) -> None:
        """`custom_query_fields` works for accounts as it does for people."""
        params = {"custom_query_fields": "host_video"}
        body = (await (await zoom.connect())("GET", "/accounts/me/settings", params=params)).json()
        assert body == {"schedule_meeting": {"host_video": False}}

    async def test_without_the_privilege(self, zoom) -> None:
        """A demoted admin sees the account's settings no more."""
        caller = await zoom.connect()
        await zoom.control("/users/adam.admin@northwind.example", role="member")
        assert (await caller("GET", "/accounts/me/settings")).json() == NO_PERMISSION
