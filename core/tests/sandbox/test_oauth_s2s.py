"""Server-to-server apps: tokens without anybody's consent, of one account only."""

from typing import Any

import httpx
import pytest
from core.tests.sandbox.conftest import Caller

from greenroom.sandbox import World, WorldError, parse_world

WORLD = """
rate_limits: off
accounts:
  - id: acme
    name: Acme
    plan: pro
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}
      - {email: emil@acme.example, first_name: Emil, last_name: Two, type: 2}
  - id: other
    name: Other
    plan: pro
    users: [{email: oscar@other.example, first_name: Oscar, last_name: Owner, role: owner, type: 2}]
apps:
  - &app
    name: machine
    kind: s2s
    developer_account: acme
    scopes: ["user:read:user:admin", "meeting:write:meeting:admin", "meeting:read:meeting:admin"]
  - {<<: *app, name: asleep, activated: false}
  - {name: user, kind: user, scopes: ["user:read:user"]}
"""
BAD_REQUEST = {"reason": "Bad Request", "error": "invalid_request"}
UNSUPPORTED = {"reason": "unsupported grant type", "error": "unsupported_grant_type"}


@pytest.fixture
def world() -> World:
    """Two accounts; one has a server-to-server app, and one that no admin activated."""
    return parse_world(WORLD)


async def _token(zoom: Any, account: str = "acme", app: str = "machine") -> httpx.Response:
    reply: httpx.Response = await zoom.token(app, grant_type="account_credentials", account_id=account)
    return reply


async def _caller(zoom: Any) -> Caller:
    return Caller(zoom.http, (await _token(zoom)).json())


async def test_token_comes_without_a_refresh_token(zoom) -> None:
    """The reply has every field of a token reply but the refresh token."""
    body = (await _token(zoom)).json()
    assert set(body) == {"access_token", "token_type", "expires_in", "scope", "api_url"}
    assert body["expires_in"] == 3600
    assert body["scope"].split(" ") == list(zoom.app("machine").scopes)


async def test_parameters_may_come_in_the_query(zoom) -> None:
    """Grant type and account may stand in the query, as the documented call has them."""
    app = zoom.app("machine")
    query = {"grant_type": "account_credentials", "account_id": "acme"}
    reply = await zoom.http.post("/oauth/token", params=query, auth=(app.client_id, app.client_secret))
    assert reply.status_code == 200


async def test_me_is_the_account_owner(zoom) -> None:
    """`me` is the owner, and everybody of the account is reached by e-mail."""
    caller = await _caller(zoom)
    assert (await caller("GET", "/users/me")).json()["email"] == "olga@acme.example"
    assert (await caller.meeting("emil@acme.example"))["host_email"] == "emil@acme.example"


async def test_another_account_is_out_of_reach(zoom) -> None:
    """People of another account do not exist for the token."""
    assert (await (await _caller(zoom))("GET", "/users/oscar@other.example")).json()["code"] == 1001


@pytest.mark.parametrize("account", ["other", "nowhere", ""])
async def test_only_its_own_account(zoom, account: str) -> None:
    """A wrong, unknown or missing account is one and the same bad request."""
    reply = await _token(zoom, account)
    assert (reply.status_code, reply.json()) == (400, BAD_REQUEST)


async def test_an_admin_must_have_activated_it(zoom) -> None:
    """An app that is not activated gets no token, until an admin activates it."""
    refused = await _token(zoom, app="asleep")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")
    assert "not enable" in refused.json()["reason"]
    await zoom.control("/apps/asleep", activated=True)
    assert (await _token(zoom, app="asleep")).status_code == 200


async def test_deactivation_stops_its_tokens(zoom) -> None:
    """A token of an app that was deactivated since is not valid any more."""
    caller = await _caller(zoom)
    await zoom.control("/apps/machine", activated=False)
    assert (await caller("GET", "/users/me")).json() == {"code": 124, "message": "Invalid access token."}


@pytest.mark.parametrize(("app", "grant_type"), [("machine", "authorization_code"), ("user", "account_credentials")])
async def test_each_kind_has_its_own_grant_types(zoom, app: str, grant_type: str) -> None:
    """A general app gets no account token, a server-to-server app redeems no code."""
    reply = await zoom.token(app, grant_type=grant_type, account_id="acme", code="x")
    assert (reply.status_code, reply.json()) == (400, UNSUPPORTED)


async def test_nobody_authorizes_it(zoom) -> None:
    """The authorize page does not know its client id."""
    assert (await zoom.authorize("olga@acme.example", "machine"))["page"] == "invalid_client"


async def test_tokens_live_side_by_side(zoom) -> None:
    """A second token leaves the first alone."""
    first, second = await _caller(zoom), await _caller(zoom)
    assert [(await one("GET", "/users/me")).status_code for one in (first, second)] == [200, 200]


async def test_world_may_ask_for_one_token_at_a_time(zoom, in_process) -> None:
    """Where the world says so, as it once was, the newest token is the only one."""
    strict = in_process(zoom.sandbox.state.world.model_copy(update={"s2s_tokens": "one"}))
    first, second = await _caller(strict), await _caller(strict)
    assert [(await one("GET", "/users/me")).status_code for one in (first, second)] == [401, 200]


async def test_token_lives_an_hour(zoom) -> None:
    """After an hour there is a new one to be had, and the old one is expired."""
    caller = await _caller(zoom)
    await zoom.control("/clock", advance=3600)
    assert (await caller("GET", "/users/me")).json()["message"] == "Access token is expired."
    assert (await (await _caller(zoom))("GET", "/users/me")).status_code == 200


async def test_revoke_ends_one_token(zoom) -> None:
    """Revoking one token leaves the app's others."""
    first, second = await _caller(zoom), await _caller(zoom)
    app = zoom.app("machine")
    form = {"token": first.tokens["access_token"]}
    assert (
        await zoom.http.post("/oauth/revoke", data=form, auth=(app.client_id, app.client_secret))
    ).status_code == 200
    assert [(await one("GET", "/users/me")).status_code for one in (first, second)] == [401, 200]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    developer_account: acme\n", "", "needs the account it belongs to. Name one of: acme, other."),
        ("account: acme", "account: nowhere", "apps[0].developer_account: account 'nowhere' does not exist"),
        (":user:admin", ":user", "only a user-managed app may have 'user:read:user'. Write user:read:user:admin"),
        ("kind: s2s", "kind: s2s\n    optional_scopes: ['role:read:role:admin']", "nobody is asked for consent"),
    ],
)
def test_what_such_an_app_may_not_be(old: str, new: str, expected: str) -> None:
    """It belongs to one account, has admin scopes, and none that anybody could decline."""
    with pytest.raises(WorldError) as caught:
        parse_world(WORLD.replace(old, new, 1))
    assert expected in str(caught.value)


async def test_hears_of_its_account_before_any_token(zoom) -> None:
    """Activation is all it takes: events of its own account come, those of another do not."""
    state = zoom.sandbox.state
    for app in ("machine", "asleep"):
        state.subscriptions.add(zoom.app(app), f"https://ats.example/{app}", ("*",))
    for account in ("acme", "other"):
        state.events.emit("user.updated", account, {"object": {}})
    told = [(delivery.url, delivery.event.account_id) for delivery in state.deliveries.log]
    assert told == [("https://ats.example/machine", "acme")]
