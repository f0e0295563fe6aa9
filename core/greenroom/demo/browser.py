"""Somebody's browser: our link, the sandbox's consent without pages, and our callback, with its cookie."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Literal

from greenroom.errors import GreenroomError
from greenroom.http import HttpPool, Reply, Timeouts


class BrowserLost(GreenroomError):
    """A page did not lead on: Zoom refused, or an answer was not what a browser could follow."""

    code = "demo.browser_lost"


class Browser:
    """Visits links as a person does. ``control_url`` is the sandbox's control API."""

    def __init__(self, control_url: str) -> None:
        self._control_url = control_url

    async def visit(self, url: str, *, user: str, decision: Literal["authorize", "decline"]) -> int:
        """Open ``url`` (ours or Zoom's consent page), decide at Zoom as ``user``, and follow back to our callback.

        Returns the callback's HTTP status. Raises `BrowserLost` when Zoom shows a refusal and sends nobody back.
        """
        cookie = ""
        if "/connect/" in url:
            opened = await self._send("GET", url)
            url, cookie = opened.headers.get("location", ""), _cookie(opened)
        found = await self._control("authorize", {"authorize_url": url, "user": user, "decision": decision})
        if found.get("outcome") != "redirect":
            raise BrowserLost(str(found.get("message")), where="Zoom's page", next="Zoom sends nobody back from it")
        back = await self._send("GET", str(found["location"]), headers={"cookie": cookie} if cookie else {})
        return back.status

    async def decide_app(self, app: str, *, approved: bool) -> None:
        """Approve or reject an app for all accounts, as a Zoom admin does in Zoom's Marketplace."""
        await self._control("approvals", {"app": app, "state": "approved" if approved else "rejected"})

    async def ledger(self) -> Mapping[str, object]:
        """Return the sandbox's ledger: every meeting ever and every request."""
        return _document(await self._send("GET", f"{self._control_url}/ledger"))

    async def _control(self, call: str, body: Mapping[str, str]) -> Mapping[str, object]:
        return _document(await self._send("POST", f"{self._control_url}/{call}", json=body))

    async def _send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, json: object = None
    ) -> Reply:
        async with HttpPool(Timeouts()) as pool:
            reply = await pool.send(method, url, headers=headers or {}, json=json)
        if not isinstance(reply, Reply):
            raise BrowserLost(reply.why, where=method, next="Is the sandbox still running?")
        return reply


def _document(reply: Reply) -> Mapping[str, object]:
    if reply.document is None or not reply.granted:
        raise BrowserLost(f"HTTP {reply.status}", where="the sandbox's control API")
    return reply.document


def _cookie(reply: Reply) -> str:
    jar = SimpleCookie(reply.headers.get("set-cookie", ""))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
