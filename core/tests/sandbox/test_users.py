"""The user operations, and whom a token reaches."""

import pytest

from greenroom.sandbox import World

SHARED = {"code": 403, "message": "Authenticated user has not permitted access to the targeted resource."}
NO_PERMISSION = {"code": 200, "message": "No permission."}


async def test_me_is_the_authorizer(zoom) -> None:
    """`me` means the person who authorized the app."""
    body = (await (await zoom.connect())("GET", "/users/me")).json()
    assert (body["email"], body["role_name"], body["type"]) == ("adam.admin@northwind.example", "Admin", 2)
    assert body["account_id"] == "northwind-account"


@pytest.mark.parametrize("who", ["april.lee@northwind.example", "April.Lee@Northwind.Example", "id"])
async def test_user_by_id_or_email(zoom, who: str) -> None:
    """A person is found by id or by e-mail, whatever its case."""
    april = zoom.sandbox.state.directory.find_user("april.lee@northwind.example")
    body = (await (await zoom.connect())("GET", f"/users/{april.id if who == 'id' else who}")).json()
    assert body["id"] == april.id


@pytest.mark.parametrize("who", ["nobody@northwind.example", "sam.solo@solo.example"])
async def test_people_outside_the_account_do_not_exist(zoom, who: str) -> None:
    """An unknown person and one of another account are the same to a caller."""
    reply = await (await zoom.connect())("GET", f"/users/{who}")
    assert (reply.status_code, reply.json()) == (404, {"code": 1001, "message": f"User does not exist: {who}."})


async def test_user_managed_token_reaches_only_its_own_user(zoom) -> None:
    """A user-managed app acts on the person who added it, by `me` or by name, and on nobody else."""
    await zoom.control("/approvals", app="user", state="approved")
    caller = await zoom.connect("april.lee", "user")
    assert (await caller("GET", "/users/april.lee@northwind.example")).status_code == 200
    reply = await caller("GET", "/users/calvin.ross@northwind.example")
    assert (reply.status_code, reply.json()) == (403, SHARED)


async def test_demoted_admin_keeps_the_token_and_loses_the_reach(zoom) -> None:
    """Calls are checked against the authorizer's role of now, not of then."""
    caller = await zoom.connect()
    await zoom.control("/users/adam.admin@northwind.example", role="member")
    for path in ("/users", "/users/april.lee@northwind.example", "/rooms"):
        reply = await caller("GET", path)
        assert (reply.status_code, reply.json()) == (400, NO_PERMISSION)
    assert (await caller("GET", "/users/me")).json()["role_name"] == "Member"


async def test_custom_role_reaches_what_its_privileges_say(zoom) -> None:
    """The right to edit people includes reading them; rooms need their own privilege."""
    await zoom.control("/approvals", app="coordination", state="approved")
    caller = await zoom.connect("cora.coordinator", "coordination")
    assert (await caller("GET", "/users/april.lee@northwind.example")).status_code == 200
    assert (await caller("GET", "/rooms")).json()["rooms"][0]["name"] == "Lagoon"
    permissions = (await caller("GET", "/users/me/permissions")).json()["permissions"]
    assert permissions == ["User:Edit", "User:Read", "ZoomRooms:Read"]


async def test_missing_scope(zoom) -> None:
    """A scope that is not granted is named, with all that would do, before anything is looked up."""
    await zoom.control("/approvals", app="user", state="approved")
    caller = await zoom.connect("april.lee", "user")
    reply = await caller("GET", "/users/nobody@northwind.example/assistants")
    wanted = "user:read:list_assistants, user:read:list_assistants:admin"
    assert reply.status_code == 400
    assert reply.json() == {
        "code": 4711,
        "message": f"Invalid access token, does not contain scopes:[{wanted}].",
    }


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, "Requires an access token."),
        ("Basic abc", "Requires an access token."),
        ("Bearer garbage", "Invalid access token."),
    ],
)
async def test_without_a_good_token(zoom, header: str | None, message: str) -> None:
    """A missing or unknown token is 401 with code 124."""
    headers = {"authorization": header} if header else {}
    reply = await zoom.http.get("/v2/users/me", headers=headers)
    assert (reply.status_code, reply.json()) == (401, {"code": 124, "message": message})


async def test_token_in_the_query_is_not_taken(zoom) -> None:
    """An access token in the URL authenticates nobody."""
    caller = await zoom.connect()
    reply = await zoom.http.get("/v2/users/me", params={"access_token": caller.tokens["access_token"]})
    assert reply.status_code == 401


async def test_unknown_path_and_tracking_id(zoom) -> None:
    """A path Zoom does not know is 2300, and every reply carries a tracking id."""
    reply = await (await zoom.connect())("GET", "/nothing/here")
    assert (reply.status_code, reply.json()["code"]) == (404, 2300)
    assert reply.headers["x-zm-trackingid"]


async def test_published_but_not_simulated(zoom) -> None:
    """An operation the sandbox does not simulate says so instead of pretending."""
    caller = await zoom.connect()
    reply = await caller("GET", "/past_meetings/123")
    assert (reply.status_code, "does not simulate" in reply.json()["message"]) == (501, True)


async def test_list_shows_active_people_unless_asked(zoom) -> None:
    """The list has active people; inactive and pending ones on request, pending without an id."""
    caller = await zoom.connect()
    active = (await caller("GET", "/users")).json()
    assert active["total_records"] == 10
    inactive = (await caller("GET", "/users", params={"status": "inactive"})).json()["users"]
    assert [user["email"] for user in inactive] == ["ines.inactive@northwind.example"]
    pending = (await caller("GET", "/users", params={"status": "pending"})).json()["users"]
    assert ("id" in pending[0], pending[0]["status"]) == (False, "pending")


async def test_pages_follow_the_token(zoom) -> None:
    """Pages of three give everyone once, and an empty token ends the list."""
    caller = await zoom.connect()
    emails, token = [], ""
    while True:
        params = {"page_size": "3", "next_page_token": token}
        body = (await caller("GET", "/users", params=params)).json()
        emails += [user["email"] for user in body["users"]]
        token = body["next_page_token"]
        if not token:
            break
    assert len(emails) == len(set(emails)) == body["total_records"] == 10
    assert (body["page_count"], body["page_number"]) == (4, 4)


async def test_page_token_is_bound_to_its_list_and_fifteen_minutes(zoom) -> None:
    """A page token is refused for other parameters, and after a quarter of an hour."""
    caller = await zoom.connect()
    token = (await caller("GET", "/users", params={"page_size": "3"})).json()["next_page_token"]
    expected = {"code": 300, "message": "The next page token is invalid or expired."}
    other = await caller("GET", "/users", params={"page_size": "4", "next_page_token": token})
    assert other.json() == expected
    await zoom.control("/clock", advance=901)
    late = await caller("GET", "/users", params={"page_size": "3", "next_page_token": token})
    assert late.json() == expected


@pytest.mark.parametrize("params", [{"page_size": "0"}, {"page_size": "x"}, {"page_size": "2001"}, {"status": "odd"}])
async def test_query_out_of_range(zoom, params: dict[str, str]) -> None:
    """A parameter the document does not allow is a validation error naming it."""
    reply = await (await zoom.connect())("GET", "/users", params=params)
    assert (reply.status_code, reply.json()["code"]) == (400, 300)
    assert reply.json()["errors"][0]["field"] in params


async def test_settings_show_what_is_in_force(zoom) -> None:
    """User settings combine account and user, in Zoom's groups."""
    address = "april.lee@northwind.example"
    await zoom.control(f"/users/{address}", settings={"use_pmi_for_scheduled_meetings": True})
    body = (await (await zoom.connect())("GET", f"/users/{address}/settings")).json()
    assert body["schedule_meeting"]["use_pmi_for_scheduled_meetings"] is True
    assert body["schedule_meeting"]["require_password_for_scheduling_new_meetings"] is True
    assert body["feature"]["meeting_capacity"] == 300


async def test_settings_filtered_by_field(zoom) -> None:
    """`custom_query_fields` keeps the named fields in their groups."""
    params = {"custom_query_fields": "waiting_room,auto_recording"}
    body = (await (await zoom.connect())("GET", "/users/me/settings", params=params)).json()
    assert body == {"in_meeting": {"waiting_room": False}, "recording": {"auto_recording": "none"}}


class TestLocks:
    """An account whose lock contradicts a user's setting."""

    @pytest.fixture
    def world(self, one_account) -> World:
        """An account that locks the waiting room on, and a user who has it off."""
        return one_account(
            plan="business",
            settings="{waiting_room: true}",
            locks="[waiting_room]",
            user=", settings: {waiting_room: false}",
        )

    async def test_locked_account_setting_beats_the_users(self, zoom) -> None:
        """A locked setting takes the account's value, and the lock can be read."""
        caller = await zoom.connect("olga@acme.example")
        user = zoom.sandbox.state.directory.find_user("olga@acme.example")
        assert zoom.sandbox.state.directory.settings_of(user).waiting_room is True
        path, security = "/accounts/me/lock_settings", {"option": "meeting_security"}
        locks = (await caller("GET", path, params=security)).json()["meeting_security"]
        assert locks == {"waiting_room": True, "meeting_password": False}
        assert (await caller("GET", path)).json()["schedule_meeting"]["join_before_host"] is False
