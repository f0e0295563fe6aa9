"""Who may add which app, what Zoom's pages answer, and what an app's removal does."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import Caller, SimulatedZoom

OLGA = "olga@acme.example"


@proves("ZOOM-006")
async def check_scope_parameter_is_ignored(zoom: SimulatedZoom) -> None:
    """Asking for a scope at the authorize page changes nothing about what is granted."""
    app = zoom.apps["admin"]
    query = f"client_id={app.client_id}&redirect_uri={app.redirect_uri}&response_type=code&scope=user:read:user"
    back = await zoom.back(OLGA, authorize_url=f"{zoom.base_url}/oauth/authorize?{query}")
    granted = (await zoom.redeem(back["code"])).body["scope"]
    assert granted.split(" ") == list(app.scopes)


@proves("ZOOM-007")
async def check_state_comes_back_unchanged(zoom: SimulatedZoom) -> None:
    """Whatever the caller put into state stands on the redirect."""
    assert (await zoom.back(OLGA, state="a b&c=d/é"))["state"] == "a b&c=d/é"


@proves("ZOOM-009")
async def check_loopback_redirect_on_any_port(zoom: SimulatedZoom) -> None:
    """A loopback address differs from the registered one in its port at most."""
    answer = await zoom.authorize(OLGA, redirect_uri="http://127.0.0.1:49152/zoom/callback")
    assert answer["outcome"] == "redirect"
    assert answer["location"].startswith("http://127.0.0.1:49152/zoom/callback?")
    answer = await zoom.authorize(OLGA, redirect_uri="http://127.0.0.1:49152/elsewhere")
    assert answer["outcome"] == "page"


@proves("ZOOM-010", "ZOOM-031")
async def check_unregistered_redirect_ends_at_zoom(zoom: SimulatedZoom) -> None:
    """An unknown address or client shows a page, and nobody is sent back."""
    for wrong in ({"redirect_uri": "https://elsewhere.example/callback"}, {"client_id": "nobody"}):
        assert (await zoom.authorize(OLGA, **wrong))["outcome"] == "page"
        app = zoom.apps["admin"]
        query = {"response_type": "code", "client_id": app.client_id, "redirect_uri": app.redirect_uri, **wrong}
        page = await zoom.request("GET", "/oauth/authorize", params=query)
        assert 400 <= page.status < 500
        assert page.headers["content-type"].startswith("text/html")
        assert "location" not in page.headers


@proves("ZOOM-032")
async def check_decline_goes_back_with_an_error(zoom: SimulatedZoom) -> None:
    """Declining sends the person back without a code."""
    back = await zoom.back(OLGA, decision="decline")
    assert (back["error"], back["state"], "code" in back) == ("access_denied", "s1", False)


@proves("ZOOM-037")
async def check_admin_app_needs_an_admin(zoom: SimulatedZoom) -> None:
    """A member at an admin-managed app's page gets no code but a page that says whom to ask."""
    answer = await zoom.authorize("april@acme.example", "admin")
    assert answer["outcome"] == "page"
    assert answer["message"].startswith("An account admin is required to install this type of app.")


@proves("ZOOM-038")
async def check_custom_role_adds_what_it_covers(zoom: SimulatedZoom) -> None:
    """A role with the permissions behind an app's scopes may add that app, and no app that needs more."""
    assert (await zoom.authorize("plan@acme.example", "planning"))["outcome"] == "redirect"
    assert (await zoom.authorize("plan@acme.example", "admin"))["outcome"] == "page"


@proves("ZOOM-043", "ZOOM-045")
async def check_unapproved_app_cannot_be_authorized(zoom: SimulatedZoom) -> None:
    """Where approval is required an app is refused by name until it is approved; elsewhere nobody asks for it."""
    refused = await zoom.authorize("max@gated.example", "user")
    assert refused["outcome"] == "page"
    assert refused["message"] == "You cannot authorize user"
    assert (await zoom.authorize("april@acme.example", "user"))["outcome"] == "redirect"
    await zoom.control("POST", "/approvals", app="user", account="gated", state="approved")
    assert (await zoom.authorize("max@gated.example", "user"))["outcome"] == "redirect"


@proves("ZOOM-044", "ZOOM-047")
async def check_requests_are_answered(zoom: SimulatedZoom) -> None:
    """Requests are pending until an admin approves or rejects them, and what is decided holds."""
    gina = await zoom.caller("gina@gated.example")
    requests = f"/marketplace/apps/{zoom.apps['user'].id}/requests"
    ids = {who: zoom.users[f"{who}@gated.example"]["id"] for who in ("max", "mia")}
    asked = await gina.call("POST", requests, {"action": "add_user", "user_ids": list(ids.values())})
    assert asked.status == 201
    assert await _requested(gina, "pending") == set(ids.values())
    for action, who in (("approve", "max"), ("decline", "mia")):
        answered = await gina.call("PATCH", requests, {"action": action, "request_user_ids": [ids[who]]})
        assert answered.status == 204
    found = [await _requested(gina, status) for status in ("pending", "approved", "rejected")]
    assert found == [set(), {ids["max"]}, {ids["mia"]}]
    assert (await zoom.authorize("max@gated.example", "user"))["outcome"] == "redirect"
    assert (await zoom.authorize("mia@gated.example", "user"))["outcome"] == "page"


async def _requested(admin: Caller, status: str) -> set[str]:
    answer = await admin.get(f"/marketplace/apps/{admin.zoom.apps['user'].id}/requests", status=status)
    return {one["request_user_id"] for one in answer.body["requests"]}


@proves("ZOOM-048")
async def check_app_is_approved_before_anyone_asks(zoom: SimulatedZoom) -> None:
    """An admin allows an app for the account, and people may add it at once."""
    gina = await zoom.caller("gina@gated.example")
    answer = await gina.call("POST", f"/marketplace/apps/{zoom.apps['user'].id}/preApprove", {"action": "approve_all"})
    assert answer.status == 201
    assert (await zoom.authorize("max@gated.example", "user"))["outcome"] == "redirect"


@proves("ZOOM-029", "ZOOM-046")
async def check_withdrawn_approval_kills_tokens(zoom: SimulatedZoom) -> None:
    """When the approval goes, both tokens are dead, and the refresh says why."""
    await zoom.control("POST", "/approvals", app="user", account="gated", state="approved")
    caller = await zoom.caller("max@gated.example", "user")
    await zoom.control("POST", "/approvals", app="user", account="gated", state="rejected")
    assert (await caller.get("/users/me")).refusal[:2] == (401, 124)
    refused = await zoom.refresh(caller.tokens["refresh_token"], "user")
    assert (refused.status, refused.body["error"]) == (400, "invalid_grant")
    assert refused.body["reason"] == "The token is disabled by admin."


@proves("ZOOM-049")
async def check_unpublished_app_stays_in_its_account(zoom: SimulatedZoom) -> None:
    """Only people of the developer's account may add an app that is not published."""
    assert (await zoom.authorize("april@acme.example", "private"))["outcome"] == "redirect"
    assert (await zoom.authorize("erik@roomy.example", "private"))["outcome"] == "page"


@proves("ZOOM-050")
async def check_removed_app_has_dead_tokens(zoom: SimulatedZoom) -> None:
    """After its removal neither token of an app works."""
    caller = await zoom.caller()
    await zoom.control("POST", "/uninstall", app="admin", user=OLGA)
    assert (await caller.get("/users/me")).refusal == (401, 124, "Invalid access token.")
    assert (await zoom.refresh(caller.tokens["refresh_token"])).body["error"] == "invalid_grant"


@proves("ZOOM-051")
async def check_only_published_apps_hear_of_their_removal(zoom: SimulatedZoom) -> None:
    """Removing a published app is an event, removing a private one is none."""
    for app in ("user", "private"):
        await zoom.caller("april@acme.example", app)
        await zoom.control("POST", "/uninstall", app=app, user="april@acme.example")
    events = (await zoom.control("GET", "/events"))["events"]
    told = [one["body"]["payload"]["client_id"] for one in events if one["event"] == "app_deauthorized"]
    assert told == [zoom.apps["user"].client_id]


@proves("ZOOM-052")
async def check_deauthorization_names_who_and_when(zoom: SimulatedZoom) -> None:
    """The event of a removal carries account, user, app, instant and signature; its stamp is in the payload."""
    await zoom.caller("april@acme.example", "user")
    await zoom.control("POST", "/uninstall", app="user", user="april@acme.example")
    (event,) = (await zoom.control("GET", "/events"))["events"]
    payload = event["body"]["payload"]
    assert (payload["account_id"], payload["user_id"]) == ("acme", zoom.users["april@acme.example"]["id"])
    assert payload["deauthorization_time"] == "2027-03-01T12:00:00.000Z"
    assert payload["signature"]
    assert "event_ts" in payload
    assert "event_ts" not in event["body"]
