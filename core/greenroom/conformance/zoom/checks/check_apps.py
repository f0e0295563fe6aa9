"""Kinds of apps: server-to-server, classic, with scopes to choose, in another cloud; and what an app may become."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

APRIL, BEN, OLGA = "april@acme.example", "ben@acme.example", "olga@acme.example"
SHARED = (403, 403, "Authenticated user has not permitted access to the targeted resource.")


@proves("ZOOM-011")
async def check_addresses_without_strict_mode(zoom: SimulatedZoom) -> None:
    """Beneath a registered address, on subdomains too; never another site."""
    outcomes = {}
    for address in (
        "https://ats.example/zoom/loose-callback/deeper",
        "https://eu.ats.example/zoom/loose-callback",
        "https://ats.example/elsewhere",
        "https://ats.example.evil.example/zoom/loose-callback",
    ):
        outcomes[address] = (await zoom.authorize(APRIL, "loose", redirect_uri=address))["outcome"]
    assert list(outcomes.values()) == ["redirect", "redirect", "page", "page"]


@proves("ZOOM-033")
async def check_server_to_server(zoom: SimulatedZoom) -> None:
    """An app of the account takes a token for it without anybody's consent, and no refresh token."""
    answer = await zoom.token("machine", grant_type="account_credentials", account_id="acme")
    assert answer.status == 200
    assert (answer.body["expires_in"], "refresh_token" in answer.body) == (3600, False)
    other = await zoom.token("machine", grant_type="account_credentials", account_id="free")
    assert (other.status, other.body) == (400, {"reason": "Bad Request", "error": "invalid_request"})
    assert (await zoom.token("admin", grant_type="account_credentials", account_id="acme")).status == 400


@proves("ZOOM-034")
async def check_html_from_the_token_endpoint(zoom: SimulatedZoom) -> None:
    """On demand the token endpoint answers a page."""
    await zoom.control("POST", "/faults", operation="POST /oauth/token", kind="html")
    answer = await zoom.redeem(await zoom.code(OLGA))
    assert answer.status >= 500
    assert answer.headers["content-type"].startswith("text/html")


@proves("ZOOM-039")
async def check_scopes_fit_the_kind_of_app(zoom: SimulatedZoom) -> None:
    """An admin scope cannot be given to a user-managed app, nor the other way round."""
    for app, scope in (("user", "meeting:write:meeting:admin"), ("narrow", "meeting:write:meeting")):
        answer = await zoom.request("POST", f"/_sandbox/apps/{app}", json={"scopes": [scope]})
        assert answer.status == 400


@proves("ZOOM-040")
async def check_shared_access(zoom: SimulatedZoom) -> None:
    """Only with the box ticked does a user's token reach who gave that user the scheduling privilege."""
    for ticked in (False, True):
        code = await zoom.code(BEN, "user", shared_access=ticked)
        tokens = (await zoom.redeem(code, "user")).body
        headers = {"authorization": f"Bearer {tokens['access_token']}"}
        body = {"topic": "Interview", "start_time": "2027-03-02T15:00:00Z"}
        answer = await zoom.request("POST", f"/v2/users/{APRIL}/meetings", headers=headers, json=body)
        assert answer.status == 201 if ticked else answer.refusal == SHARED


@proves("ZOOM-053")
async def check_clouds_do_not_know_each_other(zoom: SimulatedZoom) -> None:
    """An app of the government's cloud does not exist for people of the commercial one."""
    assert (await zoom.authorize(APRIL, "federal"))["outcome"] == "page"


@proves("ZOOM-055")
async def check_master_scopes_are_the_owners(zoom: SimulatedZoom) -> None:
    """The owner grants a master scope, an admin does not."""
    granted = {who: await zoom.authorize(f"{who}@acme.example", "owners") for who in ("olga", "adam")}
    assert granted["olga"]["outcome"] == "redirect"
    if granted["adam"]["outcome"] == "redirect":
        scope = (await zoom.caller("adam@acme.example", "owners")).tokens["scope"]
        assert "account:read:lock_settings:master" not in scope.split(" ")


@proves("ZOOM-056")
async def check_optional_scopes(zoom: SimulatedZoom) -> None:
    """A scope that was declined is missing from the token, and what it is for is refused."""
    for declined in ([], ["meeting:write:meeting"]):
        code = await zoom.code(APRIL, "choosy", declined_scopes=declined)
        tokens = (await zoom.redeem(code, "choosy")).body
        assert ("meeting:write:meeting" in tokens["scope"].split(" ")) is not bool(declined)
        headers = {"authorization": f"Bearer {tokens['access_token']}"}
        answer = await zoom.request("POST", "/v2/users/me/meetings", headers=headers, json={"topic": "Interview"})
        assert answer.status == 201 if not declined else answer.body["code"] == 4711


@proves("ZOOM-060")
async def check_classic_scopes(zoom: SimulatedZoom) -> None:
    """A classic app does what its scopes say, and reads 4700 for what they do not."""
    caller = await zoom.caller(APRIL, "classic")
    assert (await caller.create()).status == 201
    status, code, text = (await caller.get("/users/me/zak")).refusal
    assert (status, code) == (400, 4700)
    assert text == "Invalid access token, does not contain scopes: [user_zak:read]."


@proves("ZOOM-172")
async def check_app_that_lost_a_scope(zoom: SimulatedZoom) -> None:
    """Once its app has fewer scopes a token cannot be refreshed, and a new authorization grants the fewer."""
    caller = await zoom.caller(OLGA, "narrow")
    await zoom.control("POST", "/apps/narrow", scopes=["user:read:user:admin"])
    refused = await zoom.refresh(caller.tokens["refresh_token"], "narrow")
    assert (refused.status, refused.body["error"]) == (400, "invalid_grant")
    assert (await zoom.caller(OLGA, "narrow")).tokens["scope"] == "user:read:user:admin"


@proves("ZOOM-173")
async def check_scheduled_for_somebody(zoom: SimulatedZoom) -> None:
    """Who has the privilege schedules for another, whose meeting it then is."""
    code = await zoom.code(BEN, "user", shared_access=True)
    tokens = (await zoom.redeem(code, "user")).body
    headers = {"authorization": f"Bearer {tokens['access_token']}"}
    body = {"topic": "Interview", "start_time": "2027-03-02T15:00:00Z", "schedule_for": APRIL}
    made = (await zoom.request("POST", "/v2/users/me/meetings", headers=headers, json=body)).body
    assert (made["host_id"], made["assistant_id"]) == (zoom.users[APRIL]["id"], zoom.users[BEN]["id"])
