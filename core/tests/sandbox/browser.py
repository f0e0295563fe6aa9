"""A person with a cookie jar, who sends forms as they stand on the page and never follows a redirect to an app."""

import html
import re

import httpx

from greenroom.sandbox import SandboxServer


class Browser:
    """Walks the pages of a running sandbox.

    Attributes:
        page: the reply last seen.
        seen: every reply since the walk began.
    """

    def __init__(self, server: SandboxServer) -> None:
        self.http = httpx.Client(base_url=server.base_url)
        self.server = server
        self.page = httpx.Response(200)
        self.seen: list[httpx.Response] = []

    def open(self, app: str = "user", **change: str) -> "Browser":
        """Open the authorize page of an app."""
        known = self.server.sandbox.state.directory.find_app(app)
        assert known
        query = {"response_type": "code", "client_id": known.client_id, "state": "st"}
        query |= {"redirect_uri": known.redirect_uris[0], **change}
        self._settle(self.http.get("/oauth/authorize", params=query))
        return self

    def submit(self, action: str, **fields: str | list[str]) -> "Browser":
        """Send the form with this action: hidden fields and ticked boxes as they stand, `fields` in their place."""
        form = re.search(rf'<form method="post" action="{action}">(.*?)</form>', self.page.text, re.DOTALL)
        assert form, self.page.text
        stands = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[1])
        stands += re.findall(r'type="checkbox" name="(\w+)" value="([^"]*)" checked', form[1])
        sent: dict[str, str | list[str]] = {}
        for name, value in stands:
            before = sent.get(name, [])
            sent[name] = [*before, html.unescape(value)]
        self._settle(self.http.post(action, data={**sent, **fields}))
        return self

    def sign_in(self, email: str) -> "Browser":
        """Choose who to be."""
        return self.submit("/oauth/signin", user=email)

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def _settle(self, reply: httpx.Response) -> None:
        self.seen.append(reply)
        if reply.is_redirect and reply.headers["location"].startswith("/"):
            reply = self.http.get(reply.headers["location"])
            self.seen.append(reply)
        self.page = reply
