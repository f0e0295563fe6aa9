"""The user operations, and whom a token reaches."""

import base64
import json

import pytest

from greenroom.sandbox import World, parse_world

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
    reply = await caller("DELETE", "/users/nobody@northwind.example")
    wanted = "user:delete:user, user:delete:user:admin"
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


class TestScheduling:
    """Who may schedule for whom."""

    @pytest.fixture
    def world(self) -> World:
        """Olga lets Emil and Ina schedule for her; Ina's login is barred."""
        return parse_world(SCHEDULING)

    async def test_assistants_and_schedulers(self, zoom) -> None:
        """The assistants of one are the people for whom the other may schedule."""
        caller = await zoom.connect("olga@acme.example")
        olga, emil = (zoom.sandbox.state.directory.find_user(f"{name}@acme.example") for name in ("olga", "emil"))
        assistants = (await caller("GET", "/users/me/assistants")).json()["assistants"]
        assert [(one["id"], one["email"]) for one in assistants] == [(emil.id, emil.email)]
        schedulers = (await caller("GET", f"/users/{emil.id}/schedulers")).json()["schedulers"]
        assert schedulers == [{"id": olga.id, "email": olga.email, "pmi": olga.pmi}]
        assert (await caller("GET", f"/users/{emil.id}/assistants")).json() == {"assistants": []}

    @pytest.mark.parametrize("what", ["assistants", "schedulers"])
    async def test_nobody_and_nothing_without_the_privilege(self, zoom, what: str) -> None:
        """Unknown people are 1001; a member asks about themselves only."""
        caller = await zoom.connect("olga@acme.example")
        reply = await caller("GET", f"/users/nobody@acme.example/{what}")
        assert (reply.status_code, reply.json()["code"]) == (404, 1001)
        await zoom.control("/users/olga@acme.example", role="member")
        assert (await caller("GET", f"/users/emil@acme.example/{what}")).json() == NO_PERMISSION
        assert (await caller("GET", f"/users/me/{what}")).status_code == 200


SCHEDULING = """
accounts:
  - id: acme
    name: Acme
    plan: business
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2,
         schedulers: [Emil@acme.example, ina@acme.example]}
      - {email: emil@acme.example, first_name: Emil, last_name: Two, type: 2}
      - {email: ina@acme.example, first_name: Ina, last_name: Three, type: 2, status: inactive}
apps:
  - {name: admin, kind: admin, scopes: ["user:read:list_assistants:admin", "user:read:list_schedulers:admin"]}
"""


@pytest.mark.parametrize(("email", "known"), [("April.Lee@northwind.example", True), ("nobody@nowhere.example", False)])
async def test_whether_an_address_is_known(zoom, email: str, known: bool) -> None:
    """An address is known to Zoom whatever its account, and whatever its case."""
    body = (await (await zoom.connect())("GET", "/users/email", params={"email": email})).json()
    assert body == {"existed_email": known}


async def test_an_address_is_needed(zoom) -> None:
    """Asking about no address is 400/300."""
    reply = await (await zoom.connect())("GET", "/users/email")
    assert (reply.status_code, reply.json()) == (400, {"code": 300, "message": "Email is required."})


@pytest.mark.parametrize(
    ("field", "value"), [("host_key", "123456"), ("custom_attributes", [{"key": "k", "value": "v"}])]
)
async def test_list_includes_what_is_asked(zoom, field: str, value: object) -> None:
    """A host key and custom attributes are listed on request only."""
    caller = await zoom.connect()
    await caller("PATCH", "/users/april.lee@northwind.example", json={field: value})
    told = {}
    for params in ({}, {"include_fields": field}):
        users = (await caller("GET", "/users", params=params)).json()["users"]
        told[len(params)] = [user[field] for user in users if field in user]
    assert told == {0: [], 1: [value]}


async def test_list_by_licence_and_role(zoom) -> None:
    """A licence or a role asked for leaves those who have it."""
    caller = await zoom.connect()
    await caller(
        "PATCH", "/users/april.lee@northwind.example/settings", json={"feature": {"zoom_workforce_management": True}}
    )
    by_licence = (await caller("GET", "/users", params={"license": "zoom_workforce_management"})).json()
    assert [user["first_name"] for user in by_licence["users"]] == ["April"]
    by_role = (await caller("GET", "/users", params={"role_id": "1"})).json()
    assert {user["last_name"] for user in by_role["users"]} == {"Admin"}


async def test_page_of_the_highest_size(zoom) -> None:
    """Two thousand people fit on a page."""
    body = (await (await zoom.connect())("GET", "/users", params={"page_size": "2000"})).json()
    assert (body["page_size"], len(body["users"])) == (2000, 10)


class TestTokens:
    """`GET /users/me/zak` and `GET /users/{userId}/token`."""

    @pytest.mark.parametrize(
        ("path", "seconds"),
        [
            ("/users/me/zak", 300),
            ("/users/me/token?type=zak", 7200),
            ("/users/me/token?type=zak&ttl=60", 60),
            ("/users/april.lee@northwind.example/token?type=onbehalf&meeting_id=123", 7200),
        ],
    )
    async def test_lives(self, zoom, path: str, seconds: int) -> None:
        """A ZAK of one's own lives five minutes, others two hours or as long as asked."""
        token = (await (await zoom.connect())("GET", path)).json()["token"]
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        assert claims["exp"] - zoom.sandbox.state.clock.now().timestamp() == pytest.approx(seconds, abs=5)

    async def test_the_token_of_old(self, zoom) -> None:
        """It is answered with a sentence, under HTTP status 200."""
        reply = await (await zoom.connect())("GET", "/users/me/token")
        assert (reply.status_code, "no longer supported" in reply.json()["token"]) == (200, True)

    @pytest.mark.parametrize(
        ("query", "field"),
        [("type=zak&ttl=31536001", "ttl"), ("type=onbehalf", "meeting_id"), ("type=magic", "type"), ("ttl=x", "ttl")],
    )
    async def test_requests_that_do_not_fit(self, zoom, query: str, field: str) -> None:
        """No token outlives a year, and one to join on behalf needs a meeting."""
        reply = await (await zoom.connect())("GET", f"/users/me/token?{query}")
        assert reply.json()["errors"][0]["field"] == field

    async def test_of_others(self, zoom) -> None:
        """A user-managed app gets no token of anybody else."""
        await zoom.control("/approvals", app="user", state="approved")
        caller = await zoom.connect("april.lee", "user")
        reply = await caller("GET", "/users/calvin.ross@northwind.example/token?type=zak")
        assert (reply.status_code, reply.json()) == (403, SHARED)
