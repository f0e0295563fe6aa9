"""Photograph the sandbox's pages, on a desktop and on a phone: sign-in, consent, a refusal, the console.

    python docs/pictures/sandbox.py docs/pictures

Chromium draws them; without it nothing is written.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx

from greenroom.sandbox import RemoteSandbox, Sandbox, SandboxServer, load_world

ADMIN, MEMBER, HOST = (f"{name}@northwind.example" for name in ("adam.admin", "basil.stone", "april.lee"))
SIZES = {"desktop": (1100, 900), "phone": (390, 844)}
TAKEN = {"signin": ["phone"], "consent": ["phone"], "refusal": ["phone"], "console": ["desktop", "phone"]}


def main(folder: Path) -> None:
    """Write one picture for each page and size."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("chromium is not installed: install it, or leave the pictures as they are")
    with SandboxServer(Sandbox(load_world(), seed=1)) as server, tempfile.TemporaryDirectory() as scratch:
        for name, page in pages(server.base_url):
            shown = Path(scratch) / f"{name}.html"
            shown.write_text(page, "utf-8")
            for size in TAKEN[name]:
                width, height = SIZES[size]
                picture = folder / f"sandbox-{name}-{size}.png"
                window = f"--window-size={width},{height}"
                options = ["--headless", "--no-sandbox", "--hide-scrollbars", window, f"--screenshot={picture}"]
                subprocess.run([chromium, *options, shown.as_uri()], check=True, capture_output=True)  # noqa: S603
                sys.stdout.write(f"{picture}\n")


def pages(base_url: str) -> Iterator[tuple[str, str]]:
    """Yield the HTML of each page, as somebody signed in sees it."""
    zoom = RemoteSandbox(base_url)
    app = zoom.app("admin")
    uris = app["redirect_uris"]
    uri = uris[0] if isinstance(uris, list) else ""
    asked = {"response_type": "code", "client_id": str(app["client_id"]), "redirect_uri": str(uri), "state": "s"}
    with httpx.Client(base_url=base_url, follow_redirects=True) as browser:
        page = browser.get("/oauth/authorize", params=asked)
        yield "signin", page.text
        for name, user in (("consent", ADMIN), ("refusal", MEMBER)):
            query = page.request.url.query.decode()
            yield name, browser.post("/oauth/signin", data={"user": user, "query": query}).text
        live(zoom, base_url)
        yield "console", browser.get("/_sandbox/").text


def live(zoom: RemoteSandbox, base_url: str) -> None:
    """Let something happen that the console shows."""
    token = zoom.tokens(ADMIN)["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    for topic in ("Panel interview", "Phone screen"):
        body = {"topic": topic, "start_time": "2027-03-02T15:00:00Z", "duration": 45}
        made = httpx.post(f"{base_url}/v2/users/{HOST}/meetings", headers=headers, json=body).json()
    zoom.control("POST", f"meetings/{made['id']}/join", user=HOST)
    zoom.fault("GET /users", "rate_limited", retry_after="http-date", seconds=5)
    zoom.advance(timedelta(minutes=5))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
