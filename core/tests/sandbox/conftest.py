"""A sandbox to talk to in process, and short words for what most tests do first."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Any

import httpx
import pytest

from greenroom.conformance.zoom.subject import SimulatedZoom
from greenroom.sandbox import Sandbox, SandboxServer, World, load_world, parse_world

BASE = "http://sandbox.test"
START = "2027-03-02T15:00:00Z"


@dataclass(frozen=True)
class Caller:
    """An app holding a token pair."""

    http: httpx.AsyncClient
    tokens: dict[str, Any]

    async def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Make a REST call."""
        headers = {"authorization": f"Bearer {self.tokens['access_token']}"}
        return await self.http.request(method, f"/v2{path}", headers=headers, **options)

    async def meeting(self, host: str = "me", **body: Any) -> dict[str, Any]:
        """Create a scheduled meeting and return the reply."""
        wanted = {"topic": "Interview", "type": 2, "start_time": START, "duration": 45, **body}
        reply = await self("POST", f"/users/{host}/meetings", json=wanted)
        assert reply.status_code == 201, reply.text
        made: dict[str, Any] = reply.json()
        return made


class Zoom:
    """The sandbox under test."""

    def __init__(self, sandbox: Sandbox, http: httpx.AsyncClient) -> None:
        self.sandbox = sandbox
        self.http = http

    def app(self, name: str) -> Any:
        """Return an app of the world by name."""
        return self.sandbox.state.directory.find_app(name)

    async def control(self, path: str, **body: Any) -> dict[str, Any]:
        """POST to the control API."""
        reply = await self.http.post(f"/_sandbox{path}", json=body)
        assert reply.status_code == 200, reply.text
        answer: dict[str, Any] = reply.json()
        return answer

    async def authorize(self, user: str, app: str = "admin", **more: Any) -> dict[str, Any]:
        """Consent without a browser."""
        known = self.app(app)
        body = {"client_id": known.client_id, "redirect_uri": known.redirect_uris[0], "state": "s1", **more}
        return await self.control("/authorize", user=_address(user), **body)

    async def code(self, user: str, app: str = "admin", **more: Any) -> str:
        """Return an authorization code."""
        answer = await self.authorize(user, app, **more)
        return httpx.URL(answer["location"]).params["code"]

    async def token(self, app: str = "admin", **form: str) -> httpx.Response:
        """Call the token endpoint."""
        known = self.app(app)
        return await self.http.post("/oauth/token", data=form, auth=(known.client_id, known.client_secret))

    async def redeem(self, code: str, app: str = "admin", **form: str) -> httpx.Response:
        """Exchange a code."""
        form = {"redirect_uri": self.app(app).redirect_uris[0], "code": code, **form}
        return await self.token(app, grant_type="authorization_code", **form)

    async def refresh(self, token: str, app: str = "admin") -> httpx.Response:
        """Exchange a refresh token."""
        return await self.token(app, grant_type="refresh_token", refresh_token=token)

    async def connect(self, user: str = "adam.admin", app: str = "admin") -> Caller:
        """Authorize and return a caller holding the tokens."""
        reply = await self.redeem(await self.code(user, app), app)
        assert reply.status_code == 200, reply.text
        return Caller(self.http, reply.json())

    async def ledger(self) -> dict[str, Any]:
        """Return the ledger."""
        answer: dict[str, Any] = (await self.http.get("/_sandbox/ledger")).json()
        return answer


def _address(user: str) -> str:
    return user if "@" in user else f"{user}@northwind.example"


@pytest.fixture
def world() -> World:
    """The demonstration world; a module may override it."""
    return load_world()


@pytest.fixture
async def zoom(world: World) -> AsyncIterator[Zoom]:
    """A sandbox in process, at noon of a Monday in March."""
    sandbox = Sandbox(world, seed=7, clock=_noon())
    transport = httpx.ASGITransport(sandbox.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as http:
        yield Zoom(sandbox, http)


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    """A sandbox on a real port."""
    with SandboxServer(Sandbox(load_world(), seed=7)) as running:
        yield running


@pytest.fixture
def one_account() -> Any:
    """Make a world of one account with the given facts, an owner, and an admin app and a user app."""

    def make(*, user: str = "", extra: str = "", **account: str) -> World:
        facts = "".join(f"\n    {name}: {value}" for name, value in account.items())
        return parse_world(
            f"""
{extra}
accounts:
  - id: acme
    name: Acme{facts}
    users:
      - {{email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2 {user}}}
      - {{email: emil@acme.example, first_name: Emil, last_name: Two, type: 2}}
apps:
  - name: admin
    kind: admin
    scopes: ["user:read:user:admin", "meeting:write:meeting:admin", "meeting:read:meeting:admin",
             "meeting:update:meeting:admin", "account:read:settings:admin", "account:read:lock_settings:master"]
"""
        )

    return make


@pytest.fixture
def in_process() -> Any:
    """Open a sandbox for a world of the test's own."""

    def opened(world: World) -> Zoom:
        sandbox = Sandbox(world, seed=7, clock=_noon())
        return Zoom(sandbox, httpx.AsyncClient(transport=httpx.ASGITransport(sandbox.app), base_url=BASE))

    return opened


@pytest.fixture(scope="session")
def kit_world() -> World:
    """The world of the fact checks, which has something of everything."""
    with as_file(files("greenroom.conformance.zoom") / "world.yaml") as path:
        return load_world(path)


@pytest.fixture
async def simulated(kit_world: World) -> AsyncIterator[SimulatedZoom]:
    """A sandbox in that world, its clock standing still, as the fact checks see one."""
    sandbox = Sandbox(kit_world, seed=7, clock=_noon(), frozen=True)
    async with SimulatedZoom.at(BASE, httpx.ASGITransport(sandbox.app)) as opened:
        yield opened


def _noon() -> datetime:
    return datetime(2027, 3, 1, 12, tzinfo=UTC)
