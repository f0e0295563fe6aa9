"""People who change: by the operations of the API, and by an admin's hand in the control API."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox import World, parse_world
from greenroom.sandbox.catalogue import event_schemas

APRIL = "april.lee@northwind.example"
CALVIN = "calvin.ross@northwind.example"
ADAM = "adam.admin@northwind.example"
BASIL = "basil.stone@northwind.example"
INES = "ines.inactive@northwind.example"
PAUL = "paul.pending@northwind.example"


def told(zoom: Any, name: str) -> list[dict[str, Any]]:
    """Return the payloads of an event, each checked against its published schema."""
    bodies = [event.body for event in zoom.sandbox.state.events.happened if event.name == name]
    for body in bodies:
        assert [error.message for error in Draft7Validator(event_schemas()[name]).iter_errors(body)] == []
    return [body["payload"] for body in bodies]


def person(zoom: Any, email: str) -> Any:
    """Return somebody as the sandbox knows them now."""
    return zoom.sandbox.state.directory.find_user(email)


class TestUpdate:
    """`PATCH /users/{userId}`."""

    async def test_facts_are_kept_and_shown(self, zoom) -> None:
        """What is sent is shown again, under the names the API shows it by."""
        caller = await zoom.connect()
        sent = {
            "first_name": "Aprilia",
            "dept": "Research",
            "timezone": "Asia/Tokyo",
            "job_title": "Chemist",
            "vanity_name": "april",
            "group_id": "g1",
            "pmi": 5551234567,
            "phone_numbers": [{"code": "+1", "country": "US", "label": "Mobile", "number": "4155550100"}],
        }
        reply = await caller("PATCH", f"/users/{APRIL}", json=sent)
        assert (reply.status_code, reply.content) == (204, b"")
        body = (await caller("GET", f"/users/{APRIL}")).json()
        for name in ("first_name", "dept", "timezone", "job_title", "pmi"):
            assert body[name] == sent[name]
        assert (body["display_name"], body["group_ids"]) == ("Aprilia Lee", ["g1"])
        assert body["vanity_url"].endswith("/my/april")
        assert body["phone_numbers"][0]["verified"] is False

    async def test_event_tells_new_and_old(self, zoom) -> None:
        """`user.updated` has what changed, before and after, and who did it."""
        caller = await zoom.connect()
        await caller("PATCH", f"/users/{APRIL}", json={"dept": "Research", "last_name": "Lee"})
        (payload,) = told(zoom, "user.updated")
        april = person(zoom, APRIL)
        assert payload["object"] == {"id": april.id, "dept": "Research"}
        assert payload["old_object"] == {"id": april.id, "dept": ""}
        assert (payload["operator"], payload["account_id"]) == (ADAM, "northwind-account")

    async def test_same_values_tell_nothing(self, zoom) -> None:
        """An update that changes nothing is no news."""
        await (await zoom.connect())("PATCH", f"/users/{APRIL}", json={"first_name": "April"})
        assert told(zoom, "user.updated") == []

    async def test_downgrade_keeps_meetings(self, zoom) -> None:
        """Without a licence the meetings stay; cloud recording goes."""
        caller = await zoom.connect()
        meeting = await caller.meeting(APRIL)
        assert (await caller("PATCH", f"/users/{APRIL}", json={"type": 1})).status_code == 204
        assert (await caller("GET", f"/meetings/{meeting['id']}")).status_code == 200
        settings = (await caller("GET", f"/users/{APRIL}/settings")).json()
        assert settings["recording"]["cloud_recording"] is False
        (payload,) = told(zoom, "user.updated")
        assert (payload["object"]["type"], payload["old_object"]["type"]) == (1, 2)

    @pytest.mark.parametrize(
        ("who", "body", "field"),
        [
            (APRIL, {"type": 7}, "type"),
            (APRIL, {"type": 99}, "type"),
            (APRIL, {"timezone": "Mars/Olympus"}, "timezone"),
            (APRIL, {"first_name": "x" * 65}, "first_name"),
            (APRIL, {"pmi": 123}, "pmi"),
            (APRIL, {"use_pmi": "yes"}, "use_pmi"),
        ],
    )
    async def test_values_that_do_not_fit(self, zoom, who: str, body: dict[str, Any], field: str) -> None:
        """A value out of range is a validation error naming the field, and nothing changes."""
        before = person(zoom, who)
        reply = await (await zoom.connect())("PATCH", f"/users/{who}", json=body)
        assert (reply.status_code, reply.json()["code"]) == (400, 300)
        assert [error["field"] for error in reply.json()["errors"]] == [field]
        assert person(zoom, who) == before

    async def test_personal_number_of_somebody_else(self, zoom) -> None:
        """No two people have one Personal Meeting ID."""
        body = {"pmi": person(zoom, CALVIN).pmi}
        reply = await (await zoom.connect())("PATCH", f"/users/{APRIL}", json=body)
        assert reply.json()["errors"][0]["field"] == "pmi"

    async def test_one_kind_of_licence_at_a_time(self, zoom) -> None:
        """A type and a bundle cannot change together."""
        reply = await (await zoom.connect())("PATCH", f"/users/{APRIL}", json={"type": 1, "zoom_one_type": 16})
        assert (reply.status_code, reply.json()["code"]) == (400, 300)
        assert "at the same time" in reply.json()["message"]

    async def test_nobody(self, zoom) -> None:
        """Somebody who does not exist is 404/1001."""
        reply = await (await zoom.connect())("PATCH", "/users/nobody@northwind.example", json={"dept": "x"})
        message = "User does not exist: nobody@northwind.example."
        assert (reply.status_code, reply.json()) == (404, {"code": 1001, "message": message})

    async def test_invitation_lapses(self, zoom) -> None:
        """Thirty days after an invitation nobody accepted, there is no such invitation."""
        caller = await zoom.connect()
        assert (await caller("PATCH", f"/users/{PAUL}", json={"dept": "x"})).status_code == 204
        await zoom.control("/clock", advance=30 * 86_400)
        caller = await zoom.connect()
        reply = await caller("PATCH", f"/users/{PAUL}", json={"dept": "y"})
        assert (reply.status_code, reply.json()["code"]) == (400, 1120)

    @pytest.mark.parametrize("body", [{"pmi": 5551234567}, {"vanity_name": "basil"}])
    async def test_basic_people_choose_no_personal_number(self, zoom, body: dict[str, Any]) -> None:
        """Number and name of the personal room are for Licensed people."""
        reply = await (await zoom.connect())("PATCH", f"/users/{BASIL}", json=body)
        assert (reply.status_code, reply.json()) == (400, {"code": 1109, "message": "Host is not a paid user."})

    async def test_personal_number_without_meetings_licence(self, zoom) -> None:
        """Somebody without a meetings licence has no personal room to change."""
        await zoom.control(f"/users/{APRIL}", type=4)
        reply = await (await zoom.connect())("PATCH", f"/users/{APRIL}", json={"pmi": 5551234567})
        assert (reply.status_code, reply.json()["code"]) == (400, 200)
        assert "No Meetings License" in reply.json()["message"]

    async def test_phone_licence(self, zoom) -> None:
        """A phone licence is given with a number, and taken away."""
        caller = await zoom.connect()
        for given in (True, False):
            body = {"feature": {"zoom_phone": given}}
            assert (await caller("PATCH", f"/users/{CALVIN}", json=body)).status_code == 204
            settings = (await caller("GET", f"/users/{CALVIN}/settings")).json()
            assert settings["feature"]["zoom_phone"] is given

    async def test_own_licence_takes_more_than_being_oneself(self, zoom) -> None:
        """A member may change their department through a user-managed app, but not their licence."""
        await zoom.control("/approvals", app="user", state="approved")
        caller = await zoom.connect("basil.stone", "user")
        assert (await caller("PATCH", "/users/me", json={"dept": "Legal"})).status_code == 204
        reply = await caller("PATCH", "/users/me", json={"type": 2})
        assert (reply.status_code, reply.json()["code"]) == (400, 1108)
        assert person(zoom, BASIL).type == 1

    async def test_others_are_out_of_reach_without_the_privilege(self, zoom) -> None:
        """An admin who is one no more changes nobody."""
        caller = await zoom.connect()
        await zoom.control(f"/users/{ADAM}", role="member")
        reply = await caller("PATCH", f"/users/{APRIL}", json={"dept": "x"})
        assert (reply.status_code, reply.json()) == (400, {"code": 200, "message": "No permission."})


SEATS = """
accounts:
  - id: acme
    name: Acme
    plan: business
    seats: {basic: 2, licensed: 2, no_meetings: 0, bundled: 1}
    admin_only: [name, host_key, pmi, vanity_name]
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}
      - {email: lena@acme.example, first_name: Lena, last_name: Two, type: 2}
      - {email: ben@acme.example, first_name: Ben, last_name: Three, type: 1}
      - {email: bea@acme.example, first_name: Bea, last_name: Four, type: 1}
      - {email: ina@acme.example, first_name: Ina, last_name: Five, type: 1, status: inactive}
      - {email: paul@acme.example, first_name: Paul, last_name: Six, type: 2, status: pending}
  - id: free
    name: Free
    plan: basic
    users:
      - {email: fay@free.example, first_name: Fay, last_name: One, role: owner, type: 1}
apps:
  - {name: admin, kind: admin, scopes: ["user:read:user:admin", "user:update:user:admin", "user:update:status:admin"]}
  - {name: user, kind: user, scopes: ["user:read:user", "user:update:user"]}
"""


class TestSeats:
    """An account that has given out every licence, and keeps facts for its admins."""

    @pytest.fixture
    def world(self) -> World:
        """Two Basic, two Licensed (one invited), one bundle, none without meetings."""
        return parse_world(SEATS)

    @pytest.mark.parametrize(
        ("who", "body", "code"),
        [
            ("lena", {"type": 1}, 2033),
            ("ben", {"type": 2}, 2034),
            ("ben", {"type": 4}, 3412),
        ],
    )
    async def test_full_account(self, zoom, who: str, body: dict[str, Any], code: int) -> None:
        """Each kind of seat has its own refusal, and the person stays what they were."""
        before = person(zoom, f"{who}@acme.example")
        caller = await zoom.connect("olga@acme.example")
        reply = await caller("PATCH", f"/users/{who}@acme.example", json=body)
        assert (reply.status_code, reply.json()["code"]) == (400, code)
        assert person(zoom, before.email) == before

    async def test_activation_takes_a_basic_seat(self, zoom) -> None:
        """Nobody is let in when there is no Basic seat for them."""
        caller = await zoom.connect("olga@acme.example")
        path = "/users/ina@acme.example/status"
        reply = await caller("PUT", path, json={"action": "activate"})
        assert (reply.status_code, reply.json()["code"]) == (400, 3412)
        assert 'maximum number of 2 "Basic" users' in reply.json()["message"]
        await caller("PUT", "/users/ben@acme.example/status", json={"action": "deactivate"})
        assert (await caller("PUT", path, json={"action": "activate"})).status_code == 200

    async def test_bundles_are_seats_too(self, zoom) -> None:
        """A bundle makes Licensed; a second one finds no seat, and its end needs a Basic one."""
        caller = await zoom.connect("olga@acme.example")
        assert (await caller("PATCH", "/users/ben@acme.example", json={"plan_united_type": "1"})).status_code == 204
        shown = (await caller("GET", "/users/ben@acme.example")).json()
        assert (shown["type"], shown["plan_united_type"]) == (2, "1")
        second = await caller("PATCH", "/users/bea@acme.example", json={"zoom_one_type": 16})
        assert (second.status_code, second.json()["code"]) == (400, 2038)
        await zoom.control("/users/lena@acme.example", type=1)
        ended = await caller("PATCH", "/users/ben@acme.example", json={"plan_united_type": "none"})
        assert (ended.status_code, ended.json()["code"]) == (400, 2039)
        await zoom.control("/users/lena@acme.example", status="inactive")
        assert (await caller("PATCH", "/users/ben@acme.example", json={"plan_united_type": "none"})).status_code == 204
        assert person(zoom, "ben@acme.example").type == 1

    async def test_free_account_has_no_licences(self, zoom) -> None:
        """An account that pays nothing makes nobody Licensed."""
        reply = await (await zoom.connect("fay@free.example"))("PATCH", "/users/me", json={"type": 2})
        assert (reply.status_code, reply.json()["code"]) == (400, 2034)

    async def test_free_account_has_no_phone(self, zoom) -> None:
        """Zoom Phone needs a Business plan or above."""
        body = {"feature": {"zoom_phone": True}}
        reply = await (await zoom.connect("fay@free.example"))("PATCH", "/users/me", json=body)
        assert (reply.status_code, reply.json()["code"]) == (400, 200)

    @pytest.mark.parametrize(
        ("body", "what"),
        [
            ({"first_name": "Lenka"}, "a user's name"),
            ({"display_name": "Lenka"}, "a user's name"),
            ({"host_key": "123456"}, "the host key"),
            ({"pmi": 5551234567}, "a Personal Meeting ID (PMI)"),
            ({"vanity_name": "lena"}, "a vanity name"),
        ],
    )
    async def test_admin_only(self, zoom, body: dict[str, Any], what: str) -> None:
        """What the account keeps for its admins, they change and members do not."""
        member = await zoom.connect("lena@acme.example", "user")
        reply = await member("PATCH", "/users/me", json=body)
        message = f"Only an account administrator can change {what}."
        assert (reply.status_code, reply.json()) == (400, {"code": 200, "message": message})
        admin = await zoom.connect("olga@acme.example")
        assert (await admin("PATCH", "/users/lena@acme.example", json=body)).status_code == 204


class TestStatus:
    """`PUT /users/{userId}/status`."""

    async def test_deactivated(self, zoom) -> None:
        """Who is shut out loses licence and tokens and hosts no more; their meetings stay."""
        admin = await zoom.connect()
        await zoom.control("/approvals", app="user", state="approved")
        own = await zoom.connect("april.lee", "user")
        meeting = await admin.meeting(APRIL)
        reply = await admin("PUT", f"/users/{APRIL}/status", json={"action": "deactivate"})
        assert (reply.status_code, reply.content) == (200, b"")
        shown = (await admin("GET", f"/users/{APRIL}")).json()
        assert (shown["status"], shown["type"]) == ("inactive", 1)
        assert (await own("GET", "/users/me")).status_code == 401
        assert (await admin("POST", f"/users/{APRIL}/meetings", json={})).json()["code"] == 3161
        assert (await admin("GET", f"/meetings/{meeting['id']}")).status_code == 200
        (payload,) = told(zoom, "user.deactivated")
        assert (payload["object"]["email"], payload["object"]["type"], payload["operator"]) == (APRIL, 2, ADAM)

    async def test_activated(self, zoom) -> None:
        """Who is let in again comes back without a licence."""
        admin = await zoom.connect()
        assert (await admin("PUT", f"/users/{INES}/status", json={"action": "activate"})).status_code == 200
        assert (await admin("GET", f"/users/{INES}")).json()["status"] == "active"
        assert [one["object"]["email"] for one in told(zoom, "user.activated")] == [INES]

    async def test_twice_is_once(self, zoom) -> None:
        """Shutting out somebody who is out already is no news."""
        admin = await zoom.connect()
        for _ in range(2):
            reply = await admin("PUT", f"/users/{APRIL}/status", json={"action": "deactivate"})
            assert reply.status_code == 200
        assert len(told(zoom, "user.deactivated")) == 1

    @pytest.mark.parametrize("action", ["activate", "deactivate"])
    @pytest.mark.parametrize("who", ["olivia.owner", "zoe.admin"])
    async def test_owner_and_admins(self, zoom, who: str, action: str) -> None:
        """Owner and admins are neither let in nor shut out by the API."""
        reply = await (await zoom.connect())("PUT", f"/users/{who}@northwind.example/status", json={"action": action})
        message = "Zoom Room and Admin users' status cannot be activated or deactivated."
        assert (reply.status_code, reply.json()) == (400, {"code": 200, "message": message})

    @pytest.mark.parametrize("body", [{}, {"action": "pause"}])
    async def test_actions_that_do_not_exist(self, zoom, body: dict[str, str]) -> None:
        """An action must be given, and be one of those published."""
        reply = await (await zoom.connect())("PUT", f"/users/{APRIL}/status", json=body)
        assert (reply.json()["code"], reply.json()["errors"][0]["field"]) == (300, "action")

    async def test_clocking_in(self, zoom) -> None:
        """Nobody in the sandbox has workforce management to clock in with."""
        reply = await (await zoom.connect())("PUT", f"/users/{APRIL}/status", json={"action": "clock_in"})
        assert reply.json() == {"code": 200, "message": "No permission."}

    async def test_nobody_and_nothing_without_the_privilege(self, zoom) -> None:
        """Unknown people are 1001; without the right to edit people nobody is shut out."""
        caller = await zoom.connect()
        path = "/users/nobody@northwind.example/status"
        assert (await caller("PUT", path, json={"action": "deactivate"})).json()["code"] == 1001
        await zoom.control(f"/users/{ADAM}", role="member")
        reply = await caller("PUT", f"/users/{APRIL}/status", json={"action": "deactivate"})
        assert reply.json() == {"code": 200, "message": "No permission."}


class TestRemoval:
    """`DELETE /users/{userId}`."""

    async def test_disassociated_people_keep_their_id(self, zoom) -> None:
        """They go on in a free account of their own, with their meetings; the old account knows nothing of them."""
        admin = await zoom.connect()
        before = person(zoom, APRIL)
        meeting = await admin.meeting(APRIL)
        assert (await admin("DELETE", f"/users/{APRIL}")).status_code == 204
        assert (await admin("GET", f"/users/{APRIL}")).json()["code"] == 1001
        assert (await admin("GET", f"/meetings/{meeting['id']}")).json()["code"] == 3001
        own = await zoom.connect("april.lee", "user")
        me = (await own("GET", "/users/me")).json()
        assert (me["id"], me["type"], me["role_name"]) == (before.id, 1, "Owner")
        assert me["account_id"] != "northwind-account"
        assert (await own("GET", f"/meetings/{meeting['id']}")).status_code == 200
        (payload,) = told(zoom, "user.disassociated")
        assert (payload["account_id"], payload["object"]["id"]) == ("northwind-account", before.id)
        assert told(zoom, "user.deleted") == []

    async def test_deleted_people_are_gone(self, zoom) -> None:
        """With `action=delete` nothing of them is left, and their address is free."""
        admin = await zoom.connect()
        meeting = await admin.meeting(APRIL)
        assert (await admin("DELETE", f"/users/{APRIL}", params={"action": "delete"})).status_code == 204
        assert (await admin("GET", f"/meetings/{meeting['id']}")).json()["code"] == 3001
        assert (await admin("GET", "/users/email", params={"email": APRIL})).json() == {"existed_email": False}
        assert [one["object"]["email"] for one in told(zoom, "user.deleted")] == [APRIL]

    @pytest.mark.parametrize("action", ["delete", "disassociate"])
    async def test_meetings_are_transferred(self, zoom, action: str) -> None:
        """Asked for, the meetings pass to a colleague under the same number."""
        admin = await zoom.connect()
        meeting = await admin.meeting(APRIL)
        params = {"action": action, "transfer_email": CALVIN, "transfer_meeting": "true"}
        assert (await admin("DELETE", f"/users/{APRIL}", params=params)).status_code == 204
        now = (await admin("GET", f"/meetings/{meeting['id']}")).json()
        assert (now["host_email"], now["host_id"]) == (CALVIN, person(zoom, CALVIN).id)

    async def test_colleague_named_but_meetings_not_asked_for(self, zoom) -> None:
        """An address alone transfers nothing."""
        admin = await zoom.connect()
        meeting = await admin.meeting(APRIL)
        await admin("DELETE", f"/users/{APRIL}", params={"action": "delete", "transfer_email": CALVIN})
        assert (await admin("GET", f"/meetings/{meeting['id']}")).json()["code"] == 3001

    @pytest.mark.parametrize(
        ("params", "status", "code"),
        [
            ({"transfer_meeting": "true"}, 400, 300),
            ({"transfer_meeting": "true", "transfer_email": APRIL}, 400, 300),
            ({"transfer_meeting": "true", "transfer_email": "sam.solo@solo.example"}, 404, 1001),
            ({"action": "forget"}, 400, 300),
            ({"transfer_meeting": "perhaps"}, 400, 300),
        ],
    )
    async def test_transfers_that_go_nowhere(self, zoom, params: dict[str, str], status: int, code: int) -> None:
        """Meetings pass to another person of the account only; otherwise the person stays."""
        admin = await zoom.connect()
        reply = await admin("DELETE", f"/users/{APRIL}", params=params)
        assert (reply.status_code, reply.json()["code"]) == (status, code)
        assert person(zoom, APRIL).account_id == "northwind-account"

    async def test_owner_and_admins_stay(self, zoom) -> None:
        """Neither the owner nor an admin is removed by the API."""
        for who in ("olivia.owner", "zoe.admin"):
            reply = await (await zoom.connect())("DELETE", f"/users/{who}@northwind.example")
            assert (reply.status_code, reply.json()["code"]) == (400, 1117)

    async def test_an_invitation_is_taken_back(self, zoom) -> None:
        """Somebody who never came leaves no account behind."""
        await (await zoom.connect())("DELETE", f"/users/{PAUL}")
        assert person(zoom, PAUL) is None

    async def test_meeting_in_progress_ends(self, zoom) -> None:
        """What goes on in the name of somebody who is removed ends, and time passes over it."""
        admin = await zoom.connect()
        meeting = await admin.meeting(APRIL, settings={"auto_recording": "cloud"})
        await zoom.control(f"/meetings/{meeting['id']}/join", user=APRIL)
        assert (await admin("DELETE", f"/users/{APRIL}", params={"action": "delete"})).status_code == 204
        assert "meeting.ended" in [event.name for event in zoom.sandbox.state.events.happened]
        await zoom.control("/clock", advance=86_400)


class TestByHand:
    """The control API does what an admin does in Zoom's own pages, and is told alike."""

    async def test_role_change_is_told(self, zoom) -> None:
        """A role changes by hand, and `user.updated` names the old one and the new."""
        await zoom.control(f"/users/{APRIL}", role="admin")
        (payload,) = told(zoom, "user.updated")
        assert (payload["object"]["role"], payload["old_object"]["role"]) == ("admin", "member")
        assert payload["operator"] == "olivia.owner@northwind.example"

    async def test_each_change_of_status_is_told(self, zoom) -> None:
        """Out, in, and in for the first time."""
        await zoom.control(f"/users/{APRIL}", status="inactive")
        await zoom.control(f"/users/{APRIL}", status="active")
        await zoom.control(f"/users/{PAUL}", status="active")
        names = [event.name for event in zoom.sandbox.state.events.happened]
        assert names == ["user.deactivated", "user.activated", "user.invitation_accepted"]
        assert all(told(zoom, name) for name in names)

    async def test_settings_are_told(self, zoom) -> None:
        """A setting changed by hand is told as one changed by the API is."""
        await zoom.control(f"/users/{APRIL}", settings={"waiting_room": True})
        (payload,) = told(zoom, "user.settings_updated")
        assert payload["object"]["settings"]["in_meeting"] == {"waiting_room": True}

    async def test_moved_to_another_account(self, zoom) -> None:
        """Who accepts another account's invitation is told to both, and their tokens end."""
        await zoom.control("/approvals", app="user", state="approved")
        own = await zoom.connect("april.lee", "user")
        before = person(zoom, APRIL)
        answer = await zoom.control(f"/users/{APRIL}/move", account="solo-account")
        assert (answer["id"], answer["account"], answer["type"]) == (before.id, "solo-account", 1)
        assert (await own("GET", "/users/me")).status_code == 401
        assert told(zoom, "user.disassociated")[0]["account_id"] == "northwind-account"
        assert told(zoom, "user.invitation_accepted")[0]["account_id"] == "solo-account"

    @pytest.mark.parametrize(("account", "status"), [("nowhere", 404), ("northwind-account", 400)])
    async def test_moves_that_go_nowhere(self, zoom, account: str, status: int) -> None:
        """An account must exist, and be another one."""
        reply = await zoom.http.post(f"/_sandbox/users/{APRIL}/move", json={"account": account})
        assert (reply.status_code, "account" in reply.json()["error"]) == (status, True)

    async def test_disassociated_by_hand(self, zoom) -> None:
        """An admin parts somebody from the account, and it is told."""
        answer = await zoom.control(f"/users/{APRIL}/disassociate")
        assert answer["account"] == person(zoom, APRIL).account_id != "northwind-account"
        assert len(told(zoom, "user.disassociated")) == 1

    async def test_deleted_by_hand(self, zoom) -> None:
        """A deletion by hand is told, too."""
        await zoom.http.delete(f"/_sandbox/users/{APRIL}")
        assert [one["object"]["email"] for one in told(zoom, "user.deleted")] == [APRIL]
