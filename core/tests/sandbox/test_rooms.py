"""Zoom Rooms and roles."""

import pytest

from greenroom.sandbox import World, parse_world

NO_PERMISSION = {"code": 200, "message": "No permission."}

WORLD = """
accounts:
  - id: acme
    name: Acme
    plan: pro
    rooms:
      - {id: r1, name: Lagoon, location_id: first-floor, tag_ids: [quiet, video], capacity: 8,
         calendar_resource_id: cal-1}
      - {id: r2, name: Summit, status: InMeeting, location_id: second-floor, tag_ids: [video]}
      - {id: r3, name: Atrium, status: UnderConstruction, type: Kiosk}
    roles:
      - {id: r-reader, name: Reader, description: Sees rooms., privileges: ["ZoomRooms:Read"]}
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2, dept: Sales}
      - {email: rea@acme.example, first_name: Rea, last_name: Two, role: Reader, type: 2}
      - {email: paul@acme.example, first_name: Paul, last_name: Three, role: Reader, status: pending}
  - id: roomless
    name: Roomless
    plan: pro
    users:
      - {email: rob@roomless.example, first_name: Rob, last_name: One, role: owner, type: 2}
  - id: free
    name: Free
    plan: basic
    users:
      - {email: fay@free.example, first_name: Fay, last_name: One, role: owner, type: 1}
apps:
  - name: admin
    kind: admin
    scopes: ["zoom_rooms:read:list_rooms:admin", "zoom_rooms:read:room:admin", "role:read:list_roles:admin",
             "role:read:role:admin", "role:read:list_members:admin"]
  - name: rooms
    kind: admin
    scopes: ["zoom_rooms:read:list_rooms:admin", "zoom_rooms:read:room:admin"]
  - name: user
    kind: user
    scopes: ["role:read:role", "role:read:list_roles", "role:read:list_members"]
"""


@pytest.fixture
def world() -> World:
    """Three rooms, and somebody who may only look at them."""
    return parse_world(WORLD)


class TestRooms:
    """`GET /rooms` and `GET /rooms/{roomId}`."""

    @pytest.mark.parametrize(
        ("params", "names"),
        [
            ({}, ["Lagoon", "Summit", "Atrium"]),
            ({"status": "Available"}, ["Lagoon"]),
            ({"status": "InMeeting"}, ["Summit"]),
            ({"type": "Kiosk"}, ["Atrium"]),
            ({"location_id": "first-floor"}, ["Lagoon"]),
            ({"query_name": "sum"}, ["Summit"]),
            ({"tag_ids": "video"}, ["Lagoon", "Summit"]),
            ({"tag_ids": "video,quiet"}, ["Lagoon"]),
            ({"unassigned_rooms": "true"}, ["Atrium"]),
        ],
    )
    async def test_list_by_what_is_asked(self, zoom, params: dict[str, str], names: list[str]) -> None:
        """Each filter leaves the rooms that fit."""
        body = (await (await zoom.connect("olga@acme.example"))("GET", "/rooms", params=params)).json()
        assert [room["name"] for room in body["rooms"]] == names

    async def test_pages(self, zoom) -> None:
        """A page token leads to the next room, and an empty one ends the list."""
        caller = await zoom.connect("olga@acme.example")
        first = (await caller("GET", "/rooms", params={"page_size": "2"})).json()
        params = {"page_size": "2", "next_page_token": first["next_page_token"]}
        second = (await caller("GET", "/rooms", params=params)).json()
        assert ([room["id"] for room in second["rooms"]], second["next_page_token"]) == (["r3"], "")

    async def test_one_room(self, zoom) -> None:
        """A room has a place and a calendar resource, and neither a user nor an e-mail."""
        caller = await zoom.connect("olga@acme.example")
        basic = (await caller("GET", "/rooms/r1")).json()["basic"]
        assert (basic["location_id"], basic["capacity"], basic["calendar_resource_id"]) == ("first-floor", 8, "cal-1")
        assert not {"user_id", "support_email", "email"} & set(basic)
        assert (await caller("GET", "/rooms/r3")).json()["setup"]["under_construction"] is True

    async def test_unknown_room(self, zoom) -> None:
        """A room that does not exist is 404/1012."""
        reply = await (await zoom.connect("olga@acme.example"))("GET", "/rooms/r9")
        assert (reply.status_code, reply.json()) == (404, {"code": 1012, "message": "Room not found: r9."})

    async def test_account_without_rooms(self, zoom) -> None:
        """Without a room in the account there is no subscription."""
        reply = await (await zoom.connect("rob@roomless.example"))("GET", "/rooms/r1")
        assert (reply.status_code, reply.json()["code"]) == (400, 200)
        assert reply.json()["message"].startswith("Zoom Room subscription not found.")

    async def test_new_activation_code(self, zoom) -> None:
        """A new code replaces the old one; reading alone is not enough for it."""
        owner = await zoom.connect("olga@acme.example")
        params = {"regenerate_activation_code": "true"}
        code = (await owner("GET", "/rooms/r1", params=params)).json()["basic"]["activation_code"]
        assert code
        assert (await owner("GET", "/rooms")).json()["rooms"][0]["activation_code"] == code
        reader = await zoom.connect("rea@acme.example", "rooms")
        assert (await reader("GET", "/rooms/r1")).json()["basic"]["activation_code"] == code
        reply = await reader("GET", "/rooms/r1", params=params)
        message = "No permission to regenerate an activation code for a Zoom Room."
        assert (reply.status_code, reply.json()) == (400, {"code": 200, "message": message})

    async def test_without_the_privilege(self, zoom) -> None:
        """Who is no admin any more sees no rooms."""
        caller = await zoom.connect("rea@acme.example", "rooms")
        await zoom.control("/users/rea@acme.example", role="member")
        for path in ("/rooms", "/rooms/r1"):
            assert (await caller("GET", path)).json() == NO_PERMISSION

    async def test_free_account_has_none(self, zoom) -> None:
        """Rooms need an account that pays."""
        reply = await (await zoom.connect("fay@free.example"))("GET", "/rooms")
        assert (reply.status_code, reply.json()["code"]) == (400, 200)


class TestRoles:
    """`GET /roles`, `/roles/{roleId}` and `/roles/{roleId}/members`."""

    async def test_list(self, zoom) -> None:
        """Built-in roles have fixed ids; people invited are not members yet."""
        caller = await zoom.connect("olga@acme.example")
        body = (await caller("GET", "/roles")).json()
        ids = {role["id"]: role["total_members"] for role in body["roles"]}
        assert (ids, body["total_records"]) == ({"0": 1, "1": 0, "2": 0, "r-reader": 1}, 4)
        assert (await caller("GET", "/roles", params={"type": "iq"})).json()["roles"] == []

    async def test_one(self, zoom) -> None:
        """A role tells its privileges."""
        body = (await (await zoom.connect("olga@acme.example"))("GET", "/roles/r-reader")).json()
        assert (body["name"], body["privileges"], body["total_members"]) == ("Reader", ["ZoomRooms:Read"], 1)

    async def test_members(self, zoom) -> None:
        """Members come with their departments, in pages."""
        body = (await (await zoom.connect("olga@acme.example"))("GET", "/roles/0/members")).json()
        assert [(one["email"], one["department"]) for one in body["members"]] == [("olga@acme.example", "Sales")]

    @pytest.mark.parametrize("path", ["/roles/99", "/roles/99/members"])
    async def test_unknown(self, zoom, path: str) -> None:
        """An unknown role is 400/1034."""
        reply = await (await zoom.connect("olga@acme.example"))("GET", path)
        assert (reply.status_code, reply.json()) == (
            400,
            {"code": 1034, "message": "Provided `role_id` does not exist."},
        )

    async def test_without_the_privilege(self, zoom) -> None:
        """One role is refused under HTTP status 200, the lists are under 400."""
        caller = await zoom.connect("rea@acme.example", "user")
        refused = await caller("GET", "/roles/r-reader")
        message = "You do not have the permission to retrieve role information."
        assert (refused.status_code, refused.json()) == (200, {"code": 200, "message": message})
        for path in ("/roles", "/roles/0/members"):
            reply = await caller("GET", path)
            assert (reply.status_code, reply.json()) == (400, NO_PERMISSION)

    @pytest.mark.parametrize("path", ["/roles", "/roles/0", "/roles/0/members"])
    async def test_paid_accounts_only(self, zoom, path: str) -> None:
        """A free account has no roles to tell."""
        reply = await (await zoom.connect("fay@free.example"))("GET", path)
        assert (reply.status_code, reply.json()["code"]) == (400, 200)
