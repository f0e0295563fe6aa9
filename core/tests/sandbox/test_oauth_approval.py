"""Pre-approval as a record: who asked, who was told, who decided and when, and what follows."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox.catalogue import event_schemas

APRIL = "april.lee@northwind.example"
ADAM = "adam.admin@northwind.example"
DISABLED = {"reason": "The token is disabled by admin.", "error": "invalid_grant"}
TOLD = {f"{name}@northwind.example" for name in ("olivia.owner", "adam.admin", "zoe.admin")}


async def _request_by(zoom, user: str = APRIL, app: str = "user") -> None:
    admin = await zoom.connect("zoe.admin")
    person = zoom.sandbox.state.directory.find_user(user)
    body = {"action": "add_user", "user_ids": [person.id]}
    assert (await admin("POST", f"/marketplace/apps/{zoom.app(app).id}/requests", json=body)).status_code == 201


async def _approval(zoom, app: str = "user", account: str = "northwind-account") -> dict[str, Any]:
    rows = (await zoom.http.get("/_sandbox/approvals")).json()["approvals"]
    found: dict[str, Any] = next(row for row in rows if (row["app"], row["account"]) == (app, account))
    return found


async def test_request_has_requester_time_and_who_was_told(zoom) -> None:
    """A pending request names the person, the moment, and everybody who can decide."""
    await zoom.control("/clock", frozen=True, set="2027-03-01T12:00:00Z")
    await _request_by(zoom)
    approval = await _approval(zoom)
    request = approval["requests"][0]
    assert (approval["state"], approval["required"], request["status"]) == ("requested", True, "pending")
    assert (request["user"], request["requested_at"]) == (APRIL, "2027-03-01T12:00:00Z")
    assert set(request["notified"]) == TOLD
    assert (request["decided_by"], request["decided_at"]) == (None, None)


@pytest.mark.parametrize(("action", "status"), [("approve", "approved"), ("decline", "rejected")])
async def test_answer_has_a_name_and_a_time(zoom, action: str, status: str) -> None:
    """The verdict says who gave it and when."""
    await _request_by(zoom)
    await zoom.control("/clock", frozen=True, set="2027-03-02T09:00:00Z")
    admin, person = await zoom.connect("adam.admin"), zoom.sandbox.state.directory.find_user(APRIL)
    body = {"action": action, "request_user_ids": [person.id]}
    await admin("PATCH", f"/marketplace/apps/{zoom.app('user').id}/requests", json=body)
    request = (await _approval(zoom))["requests"][0]
    assert (request["status"], request["decided_by"]) == (status, ADAM)
    assert request["decided_at"] == "2027-03-02T09:00:00Z"


async def test_verdict_for_the_account_has_a_name(zoom) -> None:
    """Control may say on whose behalf it decides for everybody."""
    await zoom.control("/approvals", app="user", account="northwind-account", state="approved", by=ADAM)
    approval = await _approval(zoom)
    assert (approval["state"], approval["decided_by"]) == ("approved", ADAM)
    assert approval["decided_at"]


async def test_requester_sees_what_became_of_it(zoom) -> None:
    """An open request moves to the past ones once it is answered."""
    await _request_by(zoom)
    admin, person = await zoom.connect("adam.admin"), zoom.sandbox.state.directory.find_user(APRIL)
    requests = zoom.sandbox.state.approvals.requests_of(person)
    assert [one.status for one in requests] == ["pending"]
    path = f"/marketplace/apps/{zoom.app('user').id}/requests"
    await admin("PATCH", path, json={"action": "approve_all"})
    assert [one.status for one in zoom.sandbox.state.approvals.requests_of(person)] == ["approved"]
    assert (await admin("GET", path, params={"status": "approved"})).json()["requests"][0][
        "request_user_id"
    ] == person.id


async def test_second_request_while_one_waits_changes_nothing(zoom) -> None:
    """Asking again neither adds a request nor tells anybody twice."""
    for _ in range(2):
        await _request_by(zoom)
    assert len((await _approval(zoom))["requests"]) == 1
    assert len([e for e in zoom.sandbox.state.events.happened if e.name == "app.authorization_request_created"]) == 1


async def test_request_is_an_event(zoom) -> None:
    """Admins' systems hear of it, in the published shape, with what the app asks for."""
    await _request_by(zoom)
    event = next(e for e in zoom.sandbox.state.events.happened if e.name == "app.authorization_request_created")
    Draft7Validator(event_schemas()["app.authorization_request_created"]).validate(event.body)
    payload = event.body["payload"]
    assert isinstance(payload, dict)
    assert (payload["account_id"], payload["app_name"], payload["app_status"]) == (
        "northwind-account",
        "user",
        "published",
    )
    assert payload["requester_name"] == "April Lee"
    assert "meeting:write:meeting" in payload["app_scopes"]
    assert "Create your meetings" in payload["app_permissions"]["Manage"]
    assert "View your profile" in payload["app_permissions"]["View"]


@pytest.mark.parametrize("state", ["rejected", "not_requested"])
async def test_withdrawal_for_the_account_ends_tokens(zoom, state: str) -> None:
    """Whoever used the app on that approval is told the admin disabled the token."""
    await zoom.control("/approvals", app="user", state="approved")
    april = await zoom.connect("april.lee", "user")
    await zoom.control("/approvals", app="user", account="northwind-account", state=state)
    assert (await april("GET", "/users/me")).json() == {"code": 124, "message": "Invalid access token."}
    assert (await zoom.refresh(april.tokens["refresh_token"], "user")).json() == DISABLED


async def test_withdrawal_in_one_account_leaves_others(zoom) -> None:
    """Another account's people keep their tokens."""
    sam = await zoom.connect("sam.solo@solo.example", "user")
    await zoom.control("/approvals", app="user", account="northwind-account", state="rejected")
    assert (await sam("GET", "/users/me")).status_code == 200


async def test_declining_somebody_approved_ends_their_tokens(zoom) -> None:
    """An answer taken back through the app's requests works like any withdrawal."""
    await _request_by(zoom)
    admin, person = await zoom.connect("adam.admin"), zoom.sandbox.state.directory.find_user(APRIL)
    path, who = f"/marketplace/apps/{zoom.app('user').id}/requests", {"request_user_ids": [person.id]}
    await admin("PATCH", path, json={"action": "approve", **who})
    april = await zoom.connect("april.lee", "user")
    await admin("PATCH", path, json={"action": "decline", **who})
    assert (await zoom.refresh(april.tokens["refresh_token"], "user")).json() == DISABLED


async def test_admin_adds_an_app_on_behalf_of_people(zoom) -> None:
    """Those named may authorize without asking; others still have to ask."""
    await zoom.control("/approvals", app="user", users=[APRIL], state="approved", by=ADAM)
    assert (await zoom.authorize("april.lee", "user"))["outcome"] == "redirect"
    assert (await zoom.authorize("calvin.ross", "user"))["page"] == "approval_needed"
    await zoom.control("/approvals", app="user", users=[APRIL], state="not_requested")
    assert (await zoom.authorize("april.lee", "user"))["page"] == "approval_needed"


async def test_need_of_approval_is_the_accounts_switch(zoom) -> None:
    """The plan decides nothing: a business account that does not ask for approval has none."""
    assert (await zoom.authorize("april.lee", "user"))["page"] == "approval_needed"
    await zoom.control("/accounts/northwind-account", require_approval=False)
    assert (await zoom.authorize("april.lee", "user"))["outcome"] == "redirect"


async def test_who_may_not_decide(zoom) -> None:
    """A role without the Marketplace privilege reads no requests and approves nothing."""
    await zoom.control("/users/adam.admin@northwind.example", role="admin")
    admin = await zoom.connect()
    await zoom.control("/users/adam.admin@northwind.example", role="member")
    app = zoom.app("user").id
    assert (await admin("GET", f"/marketplace/apps/{app}/requests")).json()["code"] == 200
    refused = (await admin("POST", f"/marketplace/apps/{app}/preApprove", json={"action": "approve_all"})).json()
    assert refused == {"code": 1500, "message": "User can not pre approve this app"}
