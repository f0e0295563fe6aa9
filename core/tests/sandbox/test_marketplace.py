"""Pre-approval over the Marketplace operations, and the account's own operations."""

import pytest


async def _ask(zoom, user: str, app: str = "user") -> None:
    directory = zoom.sandbox.state.directory
    person = directory.find_user(f"{user}@northwind.example")
    zoom.sandbox.state.approvals.ask(zoom.app(app), person, zoom.sandbox.state.clock.now())


async def test_requests_are_listed_and_approved(zoom) -> None:
    """An admin sees who asked, approves one person, and only that person may add the app."""
    await _ask(zoom, "april.lee")
    await _ask(zoom, "calvin.ross")
    caller, path = await zoom.connect(), f"/marketplace/apps/{zoom.app('user').id}/requests"
    pending = (await caller("GET", path, params={"status": "pending"})).json()["requests"]
    assert [one["request_user_email"][:5] for one in pending] == ["april", "calvi"]
    answer = {"action": "approve", "request_user_ids": [pending[0]["request_user_id"]]}
    assert (await caller("PATCH", path, json=answer)).status_code == 204
    assert (await zoom.authorize("april.lee", "user"))["outcome"] == "redirect"
    assert (await zoom.authorize("calvin.ross", "user"))["page"] == "approval_needed"


async def test_declined_request_stays_refused(zoom) -> None:
    """A declined person is still stopped, and the request reads rejected."""
    await _ask(zoom, "april.lee")
    caller, path = await zoom.connect(), f"/marketplace/apps/{zoom.app('user').client_id}/requests"
    await caller("PATCH", path, json={"action": "decline_all"})
    assert (await caller("GET", path)).json()["requests"] == []
    rejected = (await caller("GET", path, params={"status": "rejected"})).json()["requests"]
    assert [one["status"] for one in rejected] == ["rejected"]
    assert (await zoom.authorize("april.lee", "user"))["page"] == "approval_needed"


async def test_pre_approval_before_anyone_asks(zoom) -> None:
    """An admin approves an app for everyone, and taking it back disables the tokens."""
    caller, path = await zoom.connect(), f"/marketplace/apps/{zoom.app('user').id}/preApprove"
    assert (await caller("POST", path, json={"action": "approve_all"})).status_code == 201
    april = await zoom.connect("april.lee", "user")
    await caller("POST", path, json={"action": "disapprove_all"})
    assert (await april("GET", "/users/me")).status_code == 401
    refused = (await zoom.refresh(april.tokens["refresh_token"], "user")).json()
    assert refused["reason"] == "The token is disabled by admin."


async def test_pre_approval_of_one_person(zoom) -> None:
    """A single person can be allowed and stopped again."""
    caller, path = await zoom.connect(), f"/marketplace/apps/{zoom.app('user').id}/preApprove"
    who = {"user_ids": [zoom.sandbox.state.directory.find_user("april.lee@northwind.example").id]}
    await caller("POST", path, json={"action": "approve_user", **who})
    april = await zoom.connect("april.lee", "user")
    await caller("POST", path, json={"action": "disapprove_user", **who})
    assert (await april("GET", "/users/me")).status_code == 401


@pytest.mark.parametrize(
    ("user", "path", "status", "code"),
    [
        ("adam.admin", "/marketplace/apps/none/preApprove", 404, 1401),
        ("sam.solo@solo.example", "/marketplace/apps/{app}/preApprove", 400, 1404),
    ],
)
async def test_pre_approval_that_cannot_be(zoom, user: str, path: str, status: int, code: int) -> None:
    """An unknown app, and an account that needs no approval, are told apart."""
    caller = await zoom.connect(user)
    reply = await caller("POST", path.format(app=zoom.app("user").id), json={"action": "approve_all"})
    assert (reply.status_code, reply.json()["code"]) == (status, code)


@pytest.mark.parametrize(("path", "status"), [("/accounts/me/settings", 200), ("/roles", 400), ("/rooms", 400)])
async def test_paid_only_operations_on_a_free_account(zoom, path: str, status: int) -> None:
    """A free account is refused with code 200, for account settings even under HTTP status 200."""
    reply = await (await zoom.connect("sam.solo@solo.example"))("GET", path)
    assert (reply.status_code, reply.json()["code"]) == (status, 200)


async def test_roles_count_their_members(zoom) -> None:
    """Built-in roles have fixed ids, own roles stand beside them."""
    caller = await zoom.connect()
    roles = {role["name"]: role for role in (await caller("GET", "/roles")).json()["roles"]}
    assert [roles[name]["id"] for name in ("Owner", "Admin", "Member")] == ["0", "1", "2"]
    own = roles["Interview coordinator"]
    members = (await caller("GET", f"/roles/{own['id']}/members")).json()["members"]
    assert (own["total_members"], members[0]["email"]) == (1, "cora.coordinator@northwind.example")
    assert (await caller("GET", "/roles/99/members")).json()["code"] == 1034


async def test_unknown_account(zoom) -> None:
    """Only the caller's own account can be asked about."""
    reply = await (await zoom.connect())("GET", "/accounts/solo-account/settings")
    assert (reply.status_code, reply.json()["code"]) == (404, 2001)


async def test_requests_are_the_pending_ones_unless_asked(zoom) -> None:
    """Without a status the list holds what still waits."""
    await _ask(zoom, "april.lee")
    caller, path = await zoom.connect(), f"/marketplace/apps/{zoom.app('user').id}/requests"
    assert [one["status"] for one in (await caller("GET", path)).json()["requests"]] == ["pending"]
    assert (await caller("GET", path, params={"status": "approved"})).json()["requests"] == []
