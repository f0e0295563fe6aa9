"""The simulator under check: reached over HTTP only, so that the same checks can be turned on another one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

NOON = "2027-03-01T12:00:00Z"
"""The instant every check begins at: a Monday in March, the clock standing still."""

START = "2027-03-02T15:00:00Z"
"""When the meetings that checks make begin, unless they say otherwise."""

_CONTROL = "/_sandbox"
_SECONDS = 30


class SubjectUnusable(Exception):
    """The simulator cannot be checked: it is not reached, or its control API does not do what a check needs."""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer. ``body`` is its JSON, or an empty object when there is none; header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    text: str
    body: Any

    @classmethod
    def of(cls, reply: httpx.Response) -> Self:
        """Read an answer."""
        is_json = reply.headers.get("content-type", "").startswith("application/json") and reply.content
        return cls(reply.status_code, dict(reply.headers), reply.text, reply.json() if is_json else {})

    @property
    def refusal(self) -> tuple[int, int, str]:
        """Return HTTP status, Zoom's code and Zoom's text; 0 and no text for an answer that is no refusal."""
        said = self.body if isinstance(self.body, dict) else {}
        return self.status, said.get("code", 0), said.get("message", "")


@dataclass(frozen=True)
class App:
    """A Marketplace app of the simulator's world."""

    id: str
    name: str
    client_id: str
    client_secret: str
    redirect_uri: str
    scopes: tuple[str, ...]
    webhook_secret: str


class SimulatedZoom:
    """A simulator that started in the kit's world (`world.yaml`) at noon of 2027-03-01, the clock standing still.

    Attributes:
        base_url: where it answers.
        apps: the world's apps, by name.
        users: the world's people as the simulator tells of them, by e-mail.
    """

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.base_url = str(http.base_url)
        self.apps: Mapping[str, App] = {}
        self.users: Mapping[str, Mapping[str, Any]] = {}

    @classmethod
    @asynccontextmanager
    async def at(cls, base_url: str, transport: httpx.AsyncBaseTransport | None = None) -> AsyncIterator[Self]:
        """Open the simulator at ``base_url`` and put it into its starting state.

        ``transport`` reaches a simulator within this process; without it the network is used.
        """
        async with httpx.AsyncClient(base_url=base_url, transport=transport, timeout=_SECONDS, trust_env=False) as http:
            opened = cls(http)
            await opened.reset()
            yield opened

    async def reset(self) -> None:
        """Return to the starting state: nothing happened yet, noon, the clock standing still."""
        await self.control("POST", "/reset")
        await self.control("POST", "/clock", set=NOON, frozen=True)
        world = await self.control("GET", "/world")
        self.apps = {app["name"]: _app(app) for app in world["apps"]}
        self.users = {user["email"]: user for account in world["accounts"] for user in account["users"]}

    async def request(self, method: str, path: str, **options: Any) -> Answer:
        """Send a request to the simulator, as httpx takes it.

        Raises:
            SubjectUnusable: no answer came.
        """
        try:
            return Answer.of(await self._http.request(method, path, **options))
        except httpx.HTTPError as error:
            message = f"{method} {path}: {type(error).__name__}"
            raise SubjectUnusable(message) from None

    async def control(self, method: str, call: str, **body: object) -> Any:
        """Make a call of the control API and return its JSON.

        Raises:
            SubjectUnusable: it was refused.
        """
        path = _CONTROL + call
        answer = await self.request(method, path, **({"json": body} if body or method == "POST" else {}))
        if answer.status >= 400:
            message = f"{method} {path}: {answer.status} {answer.text}"
            raise SubjectUnusable(message)
        return answer.body

    async def pass_time(self, seconds: float) -> None:
        """Move the clock on; what is due on the way happens."""
        await self.control("POST", "/clock", advance=seconds)

    async def authorize(self, user: str, app: str = "admin", **more: object) -> Mapping[str, Any]:
        """Decide at the consent page as ``user``; return where the browser ends: a redirect or a page."""
        known = self.apps[app]
        asked = {"client_id": known.client_id, "redirect_uri": known.redirect_uri, "state": "s1", **more}
        answer: Mapping[str, Any] = await self.control("POST", "/authorize", user=user, **asked)
        return answer

    async def back(self, user: str, app: str = "admin", **more: object) -> Mapping[str, str]:
        """Return the query the browser comes back to the app with."""
        answer = await self.authorize(user, app, **more)
        return dict(parse_qsl(urlsplit(answer["location"]).query, keep_blank_values=True))

    async def code(self, user: str, app: str = "admin", **more: object) -> str:
        """Authorize and return the code."""
        return (await self.back(user, app, **more))["code"]

    async def token(self, app: str = "admin", **form: str) -> Answer:
        """Call the token endpoint with a form."""
        known = self.apps[app]
        return await self.request("POST", "/oauth/token", data=form, auth=(known.client_id, known.client_secret))

    async def redeem(self, code: str, app: str = "admin", **form: str) -> Answer:
        """Exchange a code for tokens."""
        form = {"redirect_uri": self.apps[app].redirect_uri, "code": code, **form}
        return await self.token(app, grant_type="authorization_code", **form)

    async def refresh(self, refresh_token: str, app: str = "admin") -> Answer:
        """Exchange a refresh token for a new pair."""
        return await self.token(app, grant_type="refresh_token", refresh_token=refresh_token)

    async def revoke(self, access_token: str, app: str = "admin") -> Answer:
        """Take a grant back."""
        known = self.apps[app]
        credentials = (known.client_id, known.client_secret)
        return await self.request("POST", "/oauth/revoke", data={"token": access_token}, auth=credentials)

    async def caller(self, user: str = "olga@acme.example", app: str = "admin") -> Caller:
        """Authorize ``app`` as ``user`` and return the app holding the tokens."""
        answer = await self.redeem(await self.code(user, app), app)
        return Caller(self, answer.body)


@dataclass(frozen=True)
class Caller:
    """An app that holds a token pair; paths are those below ``/v2``."""

    zoom: SimulatedZoom
    tokens: Mapping[str, Any]

    async def call(self, method: str, path: str, body: object = None, **query: str) -> Answer:
        """Make a REST call."""
        options: dict[str, Any] = {"params": query} if query else {}
        if body is not None:
            options["json"] = body
        headers = {"authorization": f"Bearer {self.tokens['access_token']}"}
        return await self.zoom.request(method, f"/v2{path}", headers=headers, **options)

    async def get(self, path: str, **query: str) -> Answer:
        """Read something."""
        return await self.call("GET", path, **query)

    async def create(self, host: str = "me", **body: object) -> Answer:
        """Ask for a meeting of 45 minutes at `START`; ``body`` says what differs."""
        wanted = {"topic": "Interview", "type": 2, "start_time": START, "duration": 45, **body}
        return await self.call("POST", f"/users/{host}/meetings", wanted)

    async def meeting(self, host: str = "me", **body: object) -> Mapping[str, Any]:
        """Create a meeting and return it."""
        answer = await self.create(host, **body)
        assert answer.status == 201, answer.text  # a check fails when its meeting is not made
        made: Mapping[str, Any] = answer.body
        return made


def _app(view: Mapping[str, Any]) -> App:
    return App(
        id=view["id"],
        name=view["name"],
        client_id=view["client_id"],
        client_secret=view["client_secret"],
        redirect_uri=view["redirect_uris"][0],
        scopes=tuple(view["scopes"]),
        webhook_secret=view["webhook_secret"],
    )
