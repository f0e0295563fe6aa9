"""Facts of an app: its two pairs of credentials, redirect lists, regions, clouds, and being switched off."""

import httpx
import pytest
from core.tests.sandbox.conftest import Caller

from greenroom.sandbox import Sandbox, SandboxServer, World, WorldError, load_world, parse_world

WORLD = """
rate_limits: off
accounts:
  - id: acme
    name: Acme
    plan: pro
    users: [{email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}]
  - id: other
    name: Other
    plan: pro
    api_url: "http://localhost:{port}"
    users: [{email: oscar@other.example, first_name: Oscar, last_name: Owner, role: owner, type: 2}]
apps:
  - name: app
    kind: user
    scopes: ["user:read:user"]
    redirect_uris: ["https://ats.example/oauth/cb"]
    developer_account: acme
    development: {redirect_uris: ["http://127.0.0.1/dev"]}
"""
OLGA, OSCAR = "olga@acme.example", "oscar@other.example"
INVALID_CLIENT = {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}


@pytest.fixture
def world() -> World:
    """Two accounts, one of another region, and an app developed in the first."""
    return parse_world(WORLD)


async def _connect(zoom, user: str, app: str = "app") -> Caller:
    reply = await zoom.redeem(await zoom.code(user, app), app)
    assert reply.status_code == 200, reply.text
    return Caller(zoom.http, reply.json())


class TestDevelopment:
    """The second pair of credentials."""

    async def test_each_pair_has_its_own_redirects(self, zoom) -> None:
        """What one pair registered is unknown to the other."""
        other = {"redirect_uri": "https://ats.example/oauth/cb"}
        assert (await zoom.authorize(OLGA, "app-development", **other))["page"] == "invalid_redirect"
        assert (await zoom.authorize(OLGA, "app", redirect_uri="http://127.0.0.1/dev"))["page"] == "invalid_redirect"

    async def test_mixing_them_is_an_invalid_client(self, zoom) -> None:
        """The id of one pair with the secret of the other proves nothing."""
        mixed = (zoom.app("app-development").client_id, zoom.app("app").client_secret)
        reply = await zoom.http.post("/oauth/token", data={"grant_type": "refresh_token"}, auth=mixed)
        assert (reply.status_code, reply.json()) == (400, INVALID_CLIENT)

    async def test_a_code_belongs_to_its_pair(self, zoom) -> None:
        """A code of the development credentials is unknown to the production ones."""
        code = await zoom.code(OLGA, "app-development")
        assert (await zoom.redeem(code, "app", redirect_uri="http://127.0.0.1/dev")).json()["error"] == "invalid_grant"

    async def test_only_the_developers_account_authorizes_it(self, zoom) -> None:
        """Other accounts know the published app alone."""
        assert (await zoom.authorize(OSCAR, "app-development"))["page"] == "not_published"
        assert (await zoom.authorize(OSCAR, "app"))["outcome"] == "redirect"

    async def test_links_live_side_by_side(self, zoom) -> None:
        """The same person may link both, for they are two clients."""
        one, two = await _connect(zoom, OLGA), await _connect(zoom, OLGA, "app-development")
        assert [(await caller("GET", "/users/me")).status_code for caller in (one, two)] == [200, 200]
        assert zoom.app("app").id == zoom.app("app-development").id

    async def test_approval_is_of_the_app_not_of_a_pair(self, zoom) -> None:
        """An admin who withdraws the app ends the tokens of both pairs."""
        callers = [await _connect(zoom, OLGA), await _connect(zoom, OLGA, "app-development")]
        await zoom.control("/approvals", app="app", account="acme", state="rejected")
        assert [(await caller("GET", "/users/me")).status_code for caller in callers] == [401, 401]


class TestDisabled:
    """An app Zoom has switched off."""

    async def test_no_tokens_any_more(self, zoom) -> None:
        """Neither a code nor a refresh token is good, and access tokens stop at once."""
        caller, code = await _connect(zoom, OLGA), await zoom.code(OSCAR, "app")
        await zoom.control("/apps/app", disabled=True)
        refused = {"reason": "The app has been disabled", "error": "invalid_grant"}
        for reply in (await zoom.redeem(code, "app"), await zoom.refresh(caller.tokens["refresh_token"], "app")):
            assert (reply.status_code, reply.json()) == (400, refused)
        assert (await caller("GET", "/users/me")).json() == {"code": 124, "message": "Invalid access token."}

    async def test_nobody_authorizes_it(self, zoom) -> None:
        """The authorize page says so."""
        await zoom.control("/apps/app", disabled=True)
        assert (await zoom.authorize(OLGA, "app"))["page"] == "app_disabled"

    async def test_enabled_again_it_works_as_before(self, zoom) -> None:
        """Nothing was revoked: the same tokens are good again."""
        caller = await _connect(zoom, OLGA)
        await zoom.control("/apps/app", disabled=True)
        await zoom.control("/apps/app", disabled=False)
        assert (await caller("GET", "/users/me")).status_code == 200


BENEATH, SUBDOMAIN = "https://ats.example/oauth/cb/eu", "https://eu.ats.example/oauth/cb"


@pytest.mark.parametrize(
    ("strict", "subdomain_strict", "uri", "fits"),
    [
        (True, True, BENEATH, False),
        (True, False, SUBDOMAIN, False),
        (False, True, BENEATH, True),
        (False, True, SUBDOMAIN, False),
        (False, False, SUBDOMAIN, True),
        (False, False, "https://ats.example/oauth/cb?x=1", True),
        (False, False, "https://ats.example/oauth/cbx", False),
        (False, False, "https://ats.example/oauth/cb/../evil", False),
        (False, False, "https://ats.example/oauth/cb/%2e%2e/evil", False),
        (False, False, "http://ats.example/oauth/cb", False),
        (False, False, "https://ats.example:8443/oauth/cb", False),
        (False, False, "https://evilats.example/oauth/cb", False),
        (False, False, "https://ats.example.evil.example/oauth/cb", False),
        (False, False, "https://me@ats.example/oauth/cb", False),
        (False, False, "https://evil.example\\.ats.example/oauth/cb", False),
        (False, False, "https://[ats.example/oauth/cb", False),
    ],
)
async def test_redirect_list(zoom, in_process, strict: bool, subdomain_strict: bool, uri: str, fits: bool) -> None:
    """Strict mode takes registered addresses alone; each switch off lets in so much more, and no strangers."""
    app = zoom.sandbox.state.world.apps[0]
    app = app.model_copy(update={"strict_mode": strict, "subdomain_strict_mode": subdomain_strict})
    lax = in_process(zoom.sandbox.state.world.model_copy(update={"apps": (app,)}))
    answer = await lax.authorize(OLGA, "app", redirect_uri=uri)
    assert answer["outcome"] == ("redirect" if fits else "page")


class TestRegion:
    """`api_url`, the address of the API for an account's region."""

    async def test_named_by_the_world_or_the_sandbox_itself(self, zoom) -> None:
        """An account without one is served where the token came from."""
        assert (await _connect(zoom, OLGA)).tokens["api_url"] == "http://sandbox.test"
        assert (await _connect(zoom, OSCAR)).tokens["api_url"] == "http://localhost:80"

    async def test_told_anew_at_each_refresh(self, zoom) -> None:
        """An account that moved is found through the next refresh."""
        caller = await _connect(zoom, OLGA)
        await zoom.control("/accounts/acme", api_url="https://api-eu.zoom.us")
        fresh = (await zoom.refresh(caller.tokens["refresh_token"], "app")).json()
        assert fresh["api_url"] == "https://api-eu.zoom.us"

    def test_the_sandbox_answers_there(self) -> None:
        """A client that follows `api_url` reaches the API, and the token endpoint as well."""
        with SandboxServer(Sandbox(parse_world(WORLD), seed=7)) as server, httpx.Client() as http:
            app = server.sandbox.state.directory.find_app("app")
            assert app
            asked = {"user": OSCAR, "client_id": app.client_id, "redirect_uri": app.redirect_uris[0]}
            answer = http.post(f"{server.base_url}/_sandbox/authorize", json=asked).json()
            code = httpx.URL(answer["location"]).params["code"]
            form = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.redirect_uris[0]}
            auth = (app.client_id, app.client_secret)
            tokens = http.post(f"{server.base_url}/oauth/token", data=form, auth=auth).json()
            assert tokens["api_url"] != server.base_url
            bearer = {"authorization": f"Bearer {tokens['access_token']}"}
            assert http.get(f"{tokens['api_url']}/v2/users/me", headers=bearer).json()["email"] == OSCAR
            form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
            assert http.post(f"{tokens['api_url']}/oauth/token", data=form, auth=auth).status_code == 200


class TestGovernment:
    """Zoom for Government, a cloud of its own."""

    @pytest.fixture
    def world(self) -> World:
        """The shipped government world."""
        return load_world("government")

    @pytest.mark.parametrize(
        ("user", "app", "page"),
        [
            ("greg.admin@harbor.example", "admin", None),
            ("greg.admin@harbor.example", "commercial", "other_cloud"),
            ("sam.solo@solo.example", "commercial", None),
            ("sam.solo@solo.example", "admin", "other_cloud"),
        ],
    )
    async def test_accounts_authorize_apps_of_their_cloud(self, zoom, user: str, app: str, page: str | None) -> None:
        """What is published in one cloud is unknown in the other."""
        assert (await zoom.authorize(user, app)).get("page") == page

    async def test_links_are_the_governments(self, zoom) -> None:
        """Meetings are joined at zoomgov.com."""
        caller = await _connect(zoom, "greg.admin@harbor.example", "admin")
        assert httpx.URL((await caller.meeting())["join_url"]).host.endswith(".zoomgov.com")

    async def test_approval_in_one_cloud_is_none_in_the_other(self, zoom) -> None:
        """The Marketplace of one cloud does not list the other's apps."""
        caller = await _connect(zoom, "greg.admin@harbor.example", "admin")
        path = f"/marketplace/apps/{zoom.app('commercial').id}/preApprove"
        assert (await caller("POST", path, json={"action": "approve_all"})).json()["code"] == 1401


def test_app_and_developer_share_a_cloud() -> None:
    """A world that mixes them is told so."""
    with pytest.raises(WorldError, match="account 'acme' is not in the app's cloud"):
        parse_world(WORLD.replace("kind: user", "kind: user\n    cloud: government"))


@pytest.mark.parametrize("name", ["demo", "free", "government"])
def test_shipped_worlds_go_by_name(name: str) -> None:
    """A world that comes with the sandbox is loaded by its name."""
    assert load_world(name).apps


def test_unknown_name_lists_the_worlds() -> None:
    """A name that is neither a file nor a world says what there is."""
    with pytest.raises(WorldError, match="or one of: demo, free, government"):
        load_world("nowhere")
