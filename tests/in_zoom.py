"""Somebody of the Zoom account who changes meetings there, past Greenroom."""

from __future__ import annotations

from typing import Any

import httpx
from tests.embedded import World

ZOE = "zoe.admin@northwind.example"


class InZoom:
    """A Zoom admin at work on the account's meetings; what they do is told to every app that listens."""

    def __init__(self, world: World, *, who: str = ZOE, app: str = "admin") -> None:
        known: Any = world.control("GET", "world")["apps"]
        found = next(one for one in known if one["name"] == app)
        asked = {"client_id": found["client_id"], "redirect_uri": found["redirect_uris"][0], "user": who}
        code = httpx.URL(str(world.control("POST", "authorize", **asked)["location"])).params["code"]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": asked["redirect_uri"]}
        auth = (found["client_id"], found["client_secret"])
        token = httpx.post(f"{world.base_url}/oauth/token", data=form, auth=auth).json()["access_token"]
        self._url = f"{world.base_url}/v2/meetings"
        self._bearer = {"authorization": f"Bearer {token}"}

    def change(self, meeting: str, **fields: object) -> None:
        """Change fields of a meeting."""
        reply = httpx.patch(f"{self._url}/{meeting}", json=fields, headers=self._bearer)
        assert reply.status_code == 204, reply.text

    def move(self, meeting: str, start: str, minutes: int) -> None:
        """Move a meeting to an instant such as ``2027-03-02T15:00:00Z``."""
        self.change(meeting, start_time=start, duration=minutes)

    def delete(self, meeting: str) -> None:
        """Delete a meeting."""
        reply = httpx.delete(f"{self._url}/{meeting}", headers=self._bearer)
        assert reply.status_code == 204, reply.text
