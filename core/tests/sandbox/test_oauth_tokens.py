"""What ends a token, what a grace forgives, and how every refusal of the token endpoint reads."""

from dataclasses import replace

import pytest

from greenroom.sandbox import World

INVALID = {"reason": "Invalid Token!", "error": "invalid_grant"}
GONE = {"reason": "The owner of the token does not exist.", "error": "invalid_grant"}
DEAD = {"code": 124, "message": "Invalid access token."}


def _auth(zoom, app: str = "admin") -> tuple[str, str]:
    known = zoom.app(app)
    return known.client_id, known.client_secret


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
@pytest.mark.parametrize("where", ["params", "data"])
async def test_revoke_takes_either_token_either_way(zoom, kind: str, where: str) -> None:
    """An access or a refresh token, in the query or a form, ends the grant with both."""
    caller = await zoom.connect()
    reply = await zoom.http.post("/oauth/revoke", auth=_auth(zoom), **{where: {"token": caller.tokens[kind]}})
    assert (reply.status_code, reply.json()) == (200, {"status": "success"})
    assert (await caller("GET", "/users/me")).json() == DEAD
    assert (await zoom.refresh(caller.tokens["refresh_token"])).json() == INVALID


async def test_revoke_needs_the_client(zoom) -> None:
    """Nobody revokes without the app's credentials."""
    caller = await zoom.connect()
    reply = await zoom.http.post("/oauth/revoke", data={"token": caller.tokens["access_token"]})
    assert (reply.status_code, reply.json()["error"]) == (400, "invalid_client")
    assert (await caller("GET", "/users/me")).status_code == 200


async def test_revoking_what_is_unknown_succeeds(zoom) -> None:
    """A token that is not, or not any more, is no mistake."""
    reply = await zoom.http.post("/oauth/revoke", data={"token": "nothing"}, auth=_auth(zoom))
    assert (reply.status_code, reply.json()) == (200, {"status": "success"})


async def test_access_token_in_the_query_is_refused(zoom) -> None:
    """A good token in the address is no token, and the refusal says why."""
    caller = await zoom.connect()
    reply = await zoom.http.get("/v2/users/me", params={"access_token": caller.tokens["access_token"]})
    text = "Invalid access token, this access token is not supported as query parameter string."
    assert (reply.status_code, reply.json()) == (401, {"code": 124, "message": text})


async def test_refreshed_access_token_leaves_the_one_before(zoom) -> None:
    """A refresh replaces the refresh token; the access token before lives out its hour."""
    caller = await zoom.connect()
    await zoom.refresh(caller.tokens["refresh_token"])
    assert (await caller("GET", "/users/me")).status_code == 200


async def test_refresh_token_lives_from_its_own_issue(zoom) -> None:
    """Each refresh starts ninety new days; the last minute of them is good still."""
    token = (await zoom.connect()).tokens["refresh_token"]
    for _ in range(2):
        await zoom.control("/clock", advance=90 * 86400 - 60)
        reply = await zoom.refresh(token)
        assert reply.status_code == 200
        token = reply.json()["refresh_token"]


async def test_refresh_token_belongs_to_its_app(zoom) -> None:
    """Another app cannot use it, and it stays good for its own."""
    caller = await zoom.connect()
    assert (await zoom.refresh(caller.tokens["refresh_token"], "user")).json() == INVALID
    assert (await zoom.refresh(caller.tokens["refresh_token"])).status_code == 200


async def test_access_token_is_no_refresh_token(zoom) -> None:
    """Tokens of one kind do not pass for the other."""
    caller = await zoom.connect()
    assert (await zoom.refresh(caller.tokens["access_token"])).json() == INVALID
    other = replace(caller, tokens={"access_token": caller.tokens["refresh_token"]})
    assert (await other("GET", "/users/me")).json() == DEAD


class TestGracePerApp:
    """One app with a grace in a strict world."""

    @pytest.fixture
    def world(self, world: World) -> World:
        """The demonstration world, where the user app forgives for half a minute."""
        lenient = {"refresh_grace_seconds": 30}
        apps = tuple(app.model_copy(update=lenient) if app.name == "user" else app for app in world.apps)
        return world.model_copy(update={"apps": apps})

    @pytest.mark.parametrize(("app", "status"), [("admin", 400), ("user", 200)])
    async def test_grace_is_the_apps_own(self, zoom, app: str, status: int) -> None:
        """The lenient app's replaced token works; the other app's does not."""
        token = (await zoom.connect("adam.admin", app)).tokens["refresh_token"]
        await zoom.refresh(token, app)
        assert (await zoom.refresh(token, app)).status_code == status

    async def test_grace_ends_on_the_second(self, zoom) -> None:
        """A token replaced exactly half a minute ago is dead."""
        token = (await zoom.connect("adam.admin", "user")).tokens["refresh_token"]
        await zoom.control("/clock", frozen=True)
        await zoom.refresh(token, "user")
        await zoom.control("/clock", advance=29)
        assert (await zoom.refresh(token, "user")).status_code == 200
        await zoom.control("/clock", advance=1)
        assert (await zoom.refresh(token, "user")).json() == INVALID

    async def test_no_grace_after_a_new_authorization(self, zoom) -> None:
        """What a second authorization ended is not forgiven."""
        token = (await zoom.connect("adam.admin", "user")).tokens["refresh_token"]
        await zoom.connect("adam.admin", "user")
        assert (await zoom.refresh(token, "user")).json() == INVALID


async def test_earlier_grant_lives_until_the_code_is_redeemed(zoom) -> None:
    """Consent alone ends nothing; the new tokens do."""
    first = await zoom.connect()
    code = await zoom.code("adam.admin")
    assert (await first("GET", "/users/me")).status_code == 200
    await zoom.redeem(code)
    assert (await first("GET", "/users/me")).json() == DEAD


class TestOwner:
    """The person a token stands for."""

    async def test_deactivated(self, zoom) -> None:
        """Tokens of somebody shut out are dead, and stay so when the person is let in again."""
        caller = await zoom.connect()
        path = "/users/adam.admin@northwind.example"
        await zoom.control(path, status="inactive")
        assert (await caller("GET", "/users/me")).json() == DEAD
        assert (await zoom.refresh(caller.tokens["refresh_token"])).json() == INVALID
        await zoom.control(path, status="active")
        assert (await caller("GET", "/users/me")).json() == DEAD
        assert (await (await zoom.connect())("GET", "/users/me")).status_code == 200

    async def test_deactivated_between_consent_and_code(self, zoom) -> None:
        """A code of somebody shut out since gives no tokens."""
        code = await zoom.code("adam.admin")
        await zoom.control("/users/adam.admin@northwind.example", status="inactive")
        assert (await zoom.redeem(code)).json() == INVALID

    async def test_moved_to_another_account(self, zoom) -> None:
        """Who left the account took no tokens along, though the person still exists."""
        caller = await zoom.connect()
        directory = zoom.sandbox.state.directory
        person = directory.find_user("adam.admin@northwind.example")
        directory.replace_user(replace(person, account_id="solo-account", role="member"))
        assert (await caller("GET", "/users/me")).json() == DEAD
        assert (await zoom.refresh(caller.tokens["refresh_token"])).json() == GONE

    async def test_deleted(self, zoom) -> None:
        """The access token of a person who is gone is invalid, and the refresh says whose it was."""
        caller = await zoom.connect()
        await zoom.http.delete("/_sandbox/users/adam.admin@northwind.example")
        assert (await caller("GET", "/users/me")).json() == DEAD
        assert (await zoom.refresh(caller.tokens["refresh_token"])).json() == GONE

    async def test_gone_between_consent_and_code(self, zoom) -> None:
        """A code of a person who is gone gives no working token."""
        code = await zoom.code("adam.admin")
        await zoom.http.delete("/_sandbox/users/adam.admin@northwind.example")
        assert (await zoom.redeem(code)).json() == GONE


@pytest.mark.parametrize("challenge", [{}, {"code_challenge": ""}])
async def test_verifier_without_a_challenge_is_ignored(zoom, challenge: dict[str, str]) -> None:
    """An authorize request without a challenge asks for no proof."""
    code = await zoom.code("adam.admin", **challenge)
    assert (await zoom.redeem(code, code_verifier="whatever")).status_code == 200


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ({}, {"reason": "unsupported grant type", "error": "unsupported_grant_type"}),
        ({"grant_type": "client_credentials"}, {"reason": "unsupported grant type", "error": "unsupported_grant_type"}),
        ({"grant_type": "refresh_token"}, INVALID),
        ({"grant_type": "refresh_token", "refresh_token": "x.y.z"}, INVALID),
        ({"grant_type": "authorization_code"}, {"reason": "Invalid authorization code", "error": "invalid_grant"}),
    ],
)
async def test_refusals_read_as_zooms(zoom, form: dict[str, str], body: dict[str, str]) -> None:
    """Each refusal is HTTP 400 with exactly a reason and an error, and no official number."""
    reply = await zoom.token(**form)
    assert (reply.status_code, reply.json()) == (400, body)
    assert reply.headers["cache-control"] == "no-store"


async def test_json_body_is_not_read(zoom) -> None:
    """Parameters in a JSON body are not seen, as with Zoom: the grant type is missing."""
    reply = await zoom.http.post("/oauth/token", json={"grant_type": "refresh_token"}, auth=_auth(zoom))
    assert reply.json()["error"] == "unsupported_grant_type"
