"""A sandbox that runs somewhere, as a Python program steers it. Any other program sends the same JSON."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from greenroom.sandbox.errors import ControlError

_SECONDS = 30


class RemoteSandbox:
    """Control calls, and the few OAuth steps every test begins with.

    Args:
        base_url: such as `http://127.0.0.1:8100`.

    Every method raises `ControlError` with the sandbox's own words when it does not do what is asked, and
    `OSError` when it cannot be reached.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    @property
    def control_url(self) -> str:
        """Return where the control API begins."""
        return f"{self.base_url}/_sandbox"

    def control(self, method: str, call: str, **body: object) -> Mapping[str, object]:
        """Make one call of the control API, such as `control("POST", "clock", advance=60)`."""
        data = json.dumps(body).encode() if body or method == "POST" else None
        return self._send(method, f"{self.control_url}/{call}", data, {"content-type": "application/json"})

    def app(self, name: str) -> Mapping[str, object]:
        """Return an app's facts: `client_id`, `client_secret`, `redirect_uris`, `webhook_secret`, `scopes` …"""
        apps = self.control("GET", "world")["apps"]
        found = next((app for app in apps if app["name"] == name), None) if isinstance(apps, list) else None
        if found is None:
            message = f"No app {name!r}; GET {self.control_url}/world lists them."
            raise ControlError(message, 404)
        return dict(found)

    def authorize(self, user: str, app: str = "admin", *, redirect_uri: str | None = None, state: str = "") -> str:
        """Consent as `user`; return the address the browser is sent back to, with its code.

        Raises:
            ControlError: Zoom shows a page instead; nobody is sent back from there.
        """
        known = self.app(app)
        uris = known["redirect_uris"]
        uri = redirect_uri or (str(uris[0]) if isinstance(uris, list) else "")
        asked = {"client_id": known["client_id"], "redirect_uri": uri, "state": state}
        page = self.control("POST", "authorize", user=user, **asked)
        if page["outcome"] != "redirect":
            raise ControlError(str(page["message"]), 403)
        return str(page["location"])

    def tokens(self, user: str, app: str = "admin") -> Mapping[str, object]:
        """Consent as `user` and return the token reply, as the token endpoint gives it."""
        known = self.app(app)
        back = urlsplit(self.authorize(user, app))
        form = {
            "grant_type": "authorization_code",
            "code": parse_qs(back.query)["code"][0],
            "redirect_uri": back._replace(query="").geturl(),
        }
        pair = f"{known['client_id']}:{known['client_secret']}".encode()
        headers = {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
        return self._send("POST", f"{self.base_url}/oauth/token", urlencode(form).encode(), headers)

    def advance(self, time: timedelta) -> Mapping[str, object]:
        """Let time pass; what is due on the way has happened, and been told, when this returns."""
        return self.control("POST", "clock", advance=time.total_seconds())

    def fault(self, operation: str, kind: str, **more: object) -> Mapping[str, object]:
        """Let requests, or events, go wrong: `fault("POST /oauth/token", "reset_after", nth=2)`."""
        return self.control("POST", "faults", operation=operation, kind=kind, **more)

    def ledger(self) -> Mapping[str, object]:
        """Return every meeting ever made and every request ever received."""
        return self.control("GET", "ledger")

    def reset(self) -> None:
        """Return to the world as it was at the start."""
        self.control("POST", "reset")

    def _send(self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]) -> Mapping[str, object]:
        request = urllib.request.Request(url, data=data, headers=dict(headers), method=method)  # noqa: S310 - its own address
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                found: Mapping[str, object] = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            with error:
                raise ControlError(error.read().decode(errors="replace"), error.code) from None
