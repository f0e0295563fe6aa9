"""Codes, tokens, and what ends them."""

from __future__ import annotations

import base64
import hashlib

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

OLGA = "olga@acme.example"
INVALID = {"reason": "Invalid Token!", "error": "invalid_grant"}
REVOKED = (401, 124, "Invalid access token.")


@proves("ZOOM-001", "ZOOM-014")
async def check_code_becomes_tokens(zoom: SimulatedZoom) -> None:
    """A code is exchanged for a bearer token of an hour, with everything the reply documents."""
    answer = await zoom.redeem(await zoom.code(OLGA))
    assert answer.status == 200
    fields = {"access_token", "token_type", "refresh_token", "expires_in", "scope", "api_url"}
    assert fields <= set(answer.body)
    assert (answer.body["token_type"], answer.body["expires_in"]) == ("bearer", 3600)
    assert answer.body["scope"].split(" ") == list(zoom.apps["admin"].scopes)


@proves("ZOOM-002")
async def check_api_url_is_where_the_api_answers(zoom: SimulatedZoom) -> None:
    """A client that follows api_url reaches the API."""
    caller = await zoom.caller()
    headers = {"authorization": f"Bearer {caller.tokens['access_token']}"}
    answer = await zoom.request("GET", f"{caller.tokens['api_url']}/v2/users/me", headers=headers)
    assert (answer.status, answer.body.get("email")) == (200, OLGA)


@proves("ZOOM-003")
async def check_parameters_in_the_query(zoom: SimulatedZoom) -> None:
    """The token endpoint takes a query as well as a form."""
    app = zoom.apps["admin"]
    query = {"grant_type": "authorization_code", "code": await zoom.code(OLGA), "redirect_uri": app.redirect_uri}
    credentials = (app.client_id, app.client_secret)
    assert (await zoom.request("POST", "/oauth/token", params=query, auth=credentials)).status == 200


@proves("ZOOM-004")
async def check_token_in_the_query_is_refused(zoom: SimulatedZoom) -> None:
    """An access token counts in the header only."""
    token = (await zoom.caller()).tokens["access_token"]
    answer = await zoom.request("GET", "/v2/users/me", params={"access_token": token})
    assert (answer.status, answer.body["code"]) == (401, 124)


@proves("ZOOM-005", "ZOOM-026")
async def check_client_proves_itself(zoom: SimulatedZoom) -> None:
    """Without the right client id and secret in a Basic header nothing is given, and one text says so."""
    app = zoom.apps["admin"]
    form = {"grant_type": "refresh_token", "client_id": app.client_id, "client_secret": app.client_secret}
    for credentials in (None, ("nobody", "x"), (app.client_id, "wrong")):
        answer = await zoom.request("POST", "/oauth/token", data=form, auth=credentials)
        assert answer.status == 400
        assert answer.body == {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}


@proves("ZOOM-008")
async def check_pkce(zoom: SimulatedZoom) -> None:
    """The verifier must fit the challenge, whose method is plain when none is named."""
    verifier = "a-verifier-of-a-reasonable-length-0123456789-abc"
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    for method in ({"code_challenge_method": "S256"}, {"code_challenge_method": "plain"}, {}):
        challenge = digest if "S256" in method.values() else verifier
        wrong = await zoom.code(OLGA, code_challenge=challenge, **method)
        refused = await zoom.redeem(wrong, code_verifier="another")
        assert (refused.status, refused.body["error"]) == (400, "invalid_grant")
        right = await zoom.code(OLGA, code_challenge=challenge, **method)
        assert (await zoom.redeem(right, code_verifier=verifier)).status == 200


@proves("ZOOM-012")
async def check_code_lives_five_minutes(zoom: SimulatedZoom) -> None:
    """A code is good a second before five minutes are over, and expired when they are."""
    early, late = await zoom.code(OLGA), await zoom.code("adam@acme.example")
    await zoom.pass_time(299)
    assert (await zoom.redeem(early)).status == 200
    await zoom.pass_time(1)
    refused = await zoom.redeem(late)
    assert (refused.status, refused.body["error"]) == (400, "invalid_grant")


@proves("ZOOM-013", "ZOOM-024")
async def check_code_works_once(zoom: SimulatedZoom) -> None:
    """A used code is refused as an unknown one is, in words and the RFC's name, without a number."""
    code = await zoom.code(OLGA)
    assert (await zoom.redeem(code)).status == 200
    for again in (code, "unknown"):
        refused = await zoom.redeem(again)
        assert (refused.status, refused.body["error"]) == (400, "invalid_grant")
        assert refused.body["reason"].startswith("Invalid authorization code")
        assert set(refused.body) == {"reason", "error"}


@proves("ZOOM-015")
async def check_access_token_has_three_parts(zoom: SimulatedZoom) -> None:
    """An access token looks like a JWT."""
    assert len((await zoom.caller()).tokens["access_token"].split(".")) == 3


@proves("ZOOM-016", "ZOOM-068")
async def check_access_token_lives_an_hour(zoom: SimulatedZoom) -> None:
    """A second before the hour the token works; then it is expired, and a refresh gives one that works."""
    caller = await zoom.caller()
    await zoom.pass_time(3599)
    assert (await caller.get("/users/me")).status == 200
    await zoom.pass_time(1)
    status, code, text = (await caller.get("/users/me")).refusal
    assert (status, code) == (401, 124)
    assert text.lower().startswith("access token is expired")
    assert (await zoom.refresh(caller.tokens["refresh_token"])).status == 200


@proves("ZOOM-017")
async def check_refresh_token_lives_ninety_days(zoom: SimulatedZoom) -> None:
    """A refresh token works to the last second of ninety days."""
    early, late = await zoom.caller(OLGA), await zoom.caller("adam@acme.example")
    await zoom.pass_time(90 * 86400 - 1)
    assert (await zoom.refresh(early.tokens["refresh_token"])).status == 200
    await zoom.pass_time(1)
    assert (await zoom.refresh(late.tokens["refresh_token"])).body == INVALID


@proves("ZOOM-018", "ZOOM-019", "ZOOM-025")
async def check_strict_rotation(zoom: SimulatedZoom) -> None:
    """Each refresh gives a new refresh token, and the one before is dead at once."""
    first = (await zoom.caller()).tokens["refresh_token"]
    second = (await zoom.refresh(first)).body["refresh_token"]
    assert second != first
    refused = await zoom.refresh(first)
    assert (refused.status, refused.body) == (400, INVALID)
    assert (await zoom.refresh(second)).status == 200


@proves("ZOOM-020")
async def check_lenient_rotation(zoom: SimulatedZoom) -> None:
    """An app with a grace may use the replaced refresh token within it, and not after."""
    first = (await zoom.caller(OLGA, "lenient")).tokens["refresh_token"]
    assert (await zoom.refresh(first, "lenient")).status == 200
    await zoom.pass_time(59)
    assert (await zoom.refresh(first, "lenient")).status == 200
    await zoom.pass_time(2)
    assert (await zoom.refresh(first, "lenient")).body == INVALID


@proves("ZOOM-021")
async def check_one_live_grant_for_each_app_and_user(zoom: SimulatedZoom) -> None:
    """A second authorization ends the first; those of other people and of other apps stay."""
    first, other_user, other_app = (
        await zoom.caller(OLGA),
        await zoom.caller("adam@acme.example"),
        await zoom.caller(OLGA, "lenient"),
    )
    second = await zoom.caller(OLGA)
    assert (await first.get("/users/me")).refusal == REVOKED
    assert (await zoom.refresh(first.tokens["refresh_token"])).body == INVALID
    for alive in (second, other_user, other_app):
        assert (await alive.get("/users/me")).status == 200


@proves("ZOOM-022", "ZOOM-023")
async def check_revoke(zoom: SimulatedZoom) -> None:
    """A revoke says success, and then neither token works."""
    caller = await zoom.caller()
    answer = await zoom.revoke(caller.tokens["access_token"])
    assert (answer.status, answer.body) == (200, {"status": "success"})
    assert (await caller.get("/users/me")).refusal == REVOKED
    refused = await zoom.refresh(caller.tokens["refresh_token"])
    assert (refused.status, refused.body["error"]) == (400, "invalid_grant")


@proves("ZOOM-027")
async def check_unknown_grant_type(zoom: SimulatedZoom) -> None:
    """A grant type Zoom does not know is named so."""
    refused = await zoom.token(grant_type="password")
    assert refused.status == 400
    assert refused.body == {"reason": "unsupported grant type", "error": "unsupported_grant_type"}


@proves("ZOOM-028")
async def check_redirect_must_be_the_same_at_the_token_call(zoom: SimulatedZoom) -> None:
    """A code issued for one address is not exchanged with another."""
    refused = await zoom.redeem(await zoom.code(OLGA), redirect_uri="http://127.0.0.1:8000/zoom/callback")
    assert (refused.status, refused.body["reason"]) == (400, "Redirect URI mismatch.")


@proves("ZOOM-030")
async def check_owner_of_the_token_is_gone(zoom: SimulatedZoom) -> None:
    """The refresh of somebody who was deleted says so."""
    caller = await zoom.caller("adam@acme.example")
    await zoom.control("DELETE", "/users/adam@acme.example")
    refused = await zoom.refresh(caller.tokens["refresh_token"])
    expected = {"reason": "The owner of the token does not exist.", "error": "invalid_grant"}
    assert (refused.status, refused.body) == (400, expected)


@proves("ZOOM-089")
async def check_tokens_of_the_deactivated(zoom: SimulatedZoom) -> None:
    """A deactivated person's tokens no longer work."""
    caller = await zoom.caller("adam@acme.example")
    await zoom.control("POST", "/users/adam@acme.example", status="inactive")
    assert (await caller.get("/users/me")).refusal[:2] == (401, 124)
    refused = await zoom.refresh(caller.tokens["refresh_token"])
    assert (refused.status, refused.body["error"]) == (400, "invalid_grant")
