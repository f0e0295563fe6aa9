"""The token and revoke endpoints, and the life of a grant."""

import base64
import hashlib

import httpx
import pytest

from greenroom.sandbox import World

INVALID = {"reason": "Invalid Token!", "error": "invalid_grant"}


async def test_token_reply_has_every_documented_field(zoom) -> None:
    """A code becomes a bearer token of an hour, with the sandbox's own address as `api_url`."""
    reply = await zoom.redeem(await zoom.code("adam.admin"))
    body = reply.json()
    assert set(body) == {"access_token", "token_type", "refresh_token", "expires_in", "scope", "api_url"}
    assert (body["token_type"], body["expires_in"], body["api_url"]) == ("bearer", 3600, "http://sandbox.test")
    assert body["scope"].split(" ") == list(zoom.app("admin").scopes)


async def test_parameters_may_come_in_the_query(zoom) -> None:
    """The token endpoint takes its parameters from the query as well as from a form."""
    app = zoom.app("admin")
    code = await zoom.code("adam.admin")
    query = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.redirect_uris[0]}
    reply = await zoom.http.post("/oauth/token", params=query, auth=(app.client_id, app.client_secret))
    assert reply.status_code == 200


async def test_code_works_once(zoom) -> None:
    """A code used a second time is refused."""
    code = await zoom.code("adam.admin")
    await zoom.redeem(code)
    again = await zoom.redeem(code)
    assert again.status_code == 400
    assert again.json() == {"reason": f"Invalid authorization code {code}", "error": "invalid_grant"}


async def test_code_lives_five_minutes(zoom) -> None:
    """A code is good just before five minutes, and expired after."""
    early, late = await zoom.code("adam.admin"), await zoom.code("zoe.admin")
    await zoom.control("/clock", advance=290)
    assert (await zoom.redeem(early)).status_code == 200
    await zoom.control("/clock", advance=10)
    assert (await zoom.redeem(late)).json() == {"reason": "Code is expired", "error": "invalid_grant"}


async def test_code_belongs_to_its_app(zoom) -> None:
    """Another app cannot redeem a code."""
    reply = await zoom.redeem(await zoom.code("adam.admin"), "user")
    assert reply.json()["error"] == "invalid_grant"


async def test_redirect_must_be_the_same_at_the_token_endpoint(zoom) -> None:
    """The redirect address of the token call must equal that of the authorize call."""
    reply = await zoom.redeem(await zoom.code("adam.admin"), redirect_uri="http://127.0.0.1:8000/other")
    assert reply.json() == {"reason": "Redirect URI mismatch.", "error": "invalid_request"}


@pytest.mark.parametrize("method", ["S256", "plain", ""])
async def test_pkce_verifier_must_meet_the_challenge(zoom, method: str) -> None:
    """A wrong or missing verifier is refused, the right one is taken; no method means plain."""
    verifier = "a-verifier-of-reasonable-length-0123456789-abcd"
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    challenge = digest if method == "S256" else verifier
    code = await zoom.code("adam.admin", code_challenge=challenge, code_challenge_method=method)
    assert (await zoom.redeem(code, code_verifier="wrong")).json()["error"] == "invalid_grant"
    assert (await zoom.redeem(code)).json()["error"] == "invalid_grant"
    assert (await zoom.redeem(code, code_verifier=verifier)).status_code == 200


@pytest.mark.parametrize("auth", [None, ("nobody", "x"), ("CLIENT", "wrong"), ("CLIENT", "")])
async def test_client_must_prove_itself(zoom, auth: tuple[str, str] | None) -> None:
    """A missing, unknown or wrong client is refused the same way."""
    known = (zoom.app("admin").client_id, auth[1]) if auth and auth[0] == "CLIENT" else auth
    reply = await zoom.http.post("/oauth/token", data={"grant_type": "refresh_token"}, auth=known)
    assert reply.status_code == 400
    assert reply.json() == {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}


async def test_unknown_grant_type(zoom) -> None:
    """A grant type Zoom does not know is named so."""
    reply = await zoom.token(grant_type="password")
    assert reply.json() == {"reason": "unsupported grant type", "error": "unsupported_grant_type"}


async def test_strict_rotation_kills_the_old_refresh_token(zoom) -> None:
    """Each refresh gives a new refresh token, and the one before is dead at once."""
    first = (await zoom.connect()).tokens["refresh_token"]
    second = (await zoom.refresh(first)).json()["refresh_token"]
    assert second != first
    again = await zoom.refresh(first)
    assert (again.status_code, again.json()) == (400, INVALID)
    assert (await zoom.refresh(second)).status_code == 200


class TestLenient:
    """Rotation with a grace period, as it was measured on a new app."""

    @pytest.fixture
    def world(self, world: World) -> World:
        """The demonstration world with a minute of grace."""
        return world.model_copy(update={"refresh_grace_seconds": 60})

    async def test_old_refresh_token_works_within_the_grace(self, zoom) -> None:
        """The replaced token works for sixty seconds, then never again."""
        first = (await zoom.connect()).tokens["refresh_token"]
        await zoom.refresh(first)
        await zoom.control("/clock", advance=50)
        assert (await zoom.refresh(first)).status_code == 200
        await zoom.control("/clock", advance=11)
        assert (await zoom.refresh(first)).json() == INVALID


async def test_second_authorization_ends_the_first(zoom) -> None:
    """One grant lives for each app and Zoom user: the older tokens die when new ones are issued."""
    first = await zoom.connect()
    second = await zoom.connect()
    old = await first("GET", "/users/me")
    assert (old.status_code, old.json()) == (401, {"code": 124, "message": "Invalid access token."})
    assert (await zoom.refresh(first.tokens["refresh_token"])).json() == INVALID
    assert (await second("GET", "/users/me")).status_code == 200


async def test_grants_of_other_people_and_apps_stay(zoom) -> None:
    """A grant is ended only by the same person and the same app."""
    await zoom.control("/approvals", app="user", state="approved")
    adam, april = await zoom.connect("adam.admin"), await zoom.connect("april.lee", "user")
    await zoom.connect("zoe.admin")
    await zoom.connect("adam.admin", "user")
    assert (await adam("GET", "/users/me")).status_code == 200
    assert (await april("GET", "/users/me")).status_code == 200


async def test_access_token_lives_an_hour(zoom) -> None:
    """After an hour the token is expired, and a refresh gives a working one."""
    caller = await zoom.connect()
    await zoom.control("/clock", advance=3600)
    late = await caller("GET", "/users/me")
    assert (late.status_code, late.json()) == (401, {"code": 124, "message": "Access token is expired."})
    assert (await zoom.refresh(caller.tokens["refresh_token"])).status_code == 200


async def test_refresh_token_lives_ninety_days(zoom) -> None:
    """A link unused for ninety days must be made anew."""
    caller = await zoom.connect()
    await zoom.control("/clock", advance=90 * 86400)
    assert (await zoom.refresh(caller.tokens["refresh_token"])).json() == INVALID


async def test_revoke_ends_the_grant(zoom) -> None:
    """After a revoke neither the access nor the refresh token works."""
    caller = await zoom.connect()
    app = zoom.app("admin")
    token = {"token": caller.tokens["access_token"]}
    reply = await zoom.http.post("/oauth/revoke", params=token, auth=(app.client_id, app.client_secret))
    assert reply.json() == {"status": "success"}
    assert (await caller("GET", "/users/me")).json()["code"] == 124
    assert (await zoom.refresh(caller.tokens["refresh_token"])).json() == INVALID


async def test_app_cannot_revoke_another_apps_token(zoom) -> None:
    """A revoke by the wrong app changes nothing."""
    caller = await zoom.connect()
    other = zoom.app("user")
    token = {"token": caller.tokens["access_token"]}
    await zoom.http.post("/oauth/revoke", data=token, auth=(other.client_id, other.client_secret))
    assert (await caller("GET", "/users/me")).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("/uninstall", {"app": "admin", "user": "adam.admin@northwind.example"}, "Invalid Token!"),
        ("/approvals", {"app": "admin", "state": "rejected"}, "The token is disabled by admin."),
        ("/users/adam.admin@northwind.example", {"status": "inactive"}, "Invalid Token!"),
    ],
)
async def test_what_ends_a_grant_from_outside(zoom, path: str, body: dict[str, str], reason: str) -> None:
    """Removal of the app, withdrawn approval and deactivation kill both tokens."""
    caller = await zoom.connect()
    await zoom.control(path, **body)
    assert (await caller("GET", "/users/me")).json() == {"code": 124, "message": "Invalid access token."}
    refused = (await zoom.refresh(caller.tokens["refresh_token"])).json()
    assert refused == {"reason": reason, "error": "invalid_grant"}


async def test_owner_who_left(zoom) -> None:
    """The refresh of a deleted person's token says that its owner is gone."""
    caller = await zoom.connect()
    await zoom.http.delete("/_sandbox/users/adam.admin@northwind.example")
    refused = (await zoom.refresh(caller.tokens["refresh_token"])).json()
    assert refused == {"reason": "The owner of the token does not exist.", "error": "invalid_grant"}


async def test_state_is_echoed_and_query_kept(zoom) -> None:
    """The redirect carries the caller's state untouched."""
    answer = await zoom.authorize("adam.admin", state="a b&c=d/é")
    assert httpx.URL(answer["location"]).params["state"] == "a b&c=d/é"


async def test_decline_goes_back_with_an_error(zoom) -> None:
    """Declining sends access_denied and no code."""
    answer = await zoom.authorize("adam.admin", decision="decline")
    params = httpx.URL(answer["location"]).params
    assert (params["error"], params["state"], "code" in params) == ("access_denied", "s1", False)
