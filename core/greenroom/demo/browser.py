"""Somebody's browser: our link, the sandbox's consent without pages, and our callback, with cookies."""

from __future__ import annotations

from typing import Literal

from greenroom.errors import GreenroomError
from greenroom.http import AsyncClient


class ZoomPageRefused(GreenroomError):
    """Zoom showed a refusal page and sent nobody back."""

    code = "demo.zoom_page_refused"


class Browser:
    """Visits links as a person does. ``control_url`` is the sandbox's control API."""

    def __init__(self, control_url: str) -> None:
        self._control_url = control_url

    async def visit(self, url: str, *, user: str, decision: Literal["authorize", "decline"]) -> int:
        """Open ``url`` (ours or Zoom's consent page), decide at Zoom as ``user``, and follow back to our callback.

        Returns the callback's HTTP status. Raises `ZoomPageRefused` when Zoom sends nobody back.
        """
        async with AsyncClient(follow_redirects=False, trust_env=False, timeout=30) as client:
            if "/connect/" in url:
                opened = await client.get(url)
                url = opened.headers["location"]
            answer = await client.post(
                f"{self._control_url}/authorize", json={"authorize_url": url, "user": user, "decision": decision}
            )
            found = answer.json()
            if found.get("outcome") != "redirect":
                raise ZoomPageRefused(str(found.get("message")), where="Zoom's page")
            back = await client.get(found["location"])
            return int(back.status_code)

    async def decide_app(self, app: str, *, approved: bool) -> None:
        """Approve or reject an app for all accounts, as a Zoom admin does in Zoom's Marketplace."""
        state = "approved" if approved else "rejected"
        async with AsyncClient(trust_env=False) as client:
            answer = await client.post(f"{self._control_url}/approvals", json={"app": app, "state": state})
            answer.raise_for_status()

    async def ledger(self) -> dict[str, object]:
        """Return the sandbox's ledger: every meeting ever and every request."""
        async with AsyncClient(trust_env=False) as client:
            answer = await client.get(f"{self._control_url}/ledger")
            found: dict[str, object] = answer.json()
            return found
