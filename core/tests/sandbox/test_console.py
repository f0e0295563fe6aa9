"""The console page: every button is a call of the control API, and works."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx

APRIL = "april.lee@northwind.example"
KINDS = {"number": float, "boolean": lambda text: text == "true", "text": str}


class Forms(HTMLParser):
    """Collects a page's forms: method, call and the fields a submit would send."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, Any]]] = []
        self.unlabelled = 0
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, fields and whether each visible field sits in a label."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((told.get("data-method", "POST"), told["data-call"], {}))
        elif tag == "label":
            self._open = "label"
        elif tag in ("input", "select") and self.found:
            self.unlabelled += told.get("type") != "hidden" and self._open != "label"
            if told.get("type") == "hidden":
                kind = KINDS[told.get("data-kind", "text")]
                self.found[-1][2][told["name"]] = kind(told["value"])

    def handle_endtag(self, tag: str) -> None:
        """Note where a label ends."""
        if tag == "label":
            self._open = ""


async def forms(http: httpx.AsyncClient) -> Forms:
    """Return the forms of the page as it is now."""
    parser = Forms()
    parser.feed((await http.get("/_sandbox/")).text)
    return parser


def pressed(found: Forms, call: str) -> Iterator[dict[str, Any]]:
    """Return what each form of a call sends."""
    return (fields for _, path, fields in found.found if path == call)


async def test_every_button_is_a_call_that_works(zoom: Any) -> None:
    """Each form with nothing left to fill in is accepted by the control API, one after the other."""
    caller = await zoom.connect()
    meeting = await caller.meeting(APRIL)
    await zoom.control(f"/meetings/{meeting['id']}/join", user=APRIL)
    found = await forms(zoom.http)
    assert len(found.found) > 60
    by_hand = {"/subscriptions", "/faults"}
    for method, call, fields in found.found:
        if call in by_hand and method == "POST":
            continue
        if call == "/reset" or method == "DELETE":
            continue
        reply = await zoom.http.request(method, f"/_sandbox{call}", json=fields)
        # Ending a meeting that the forms before have ended is refused in words; nothing else is.
        assert reply.status_code == 200 or "is not going on" in reply.json()["error"], (call, reply.text)


async def test_pressing_a_clock_button_moves_the_clock(zoom: Any) -> None:
    """The page shows the new time afterwards."""
    for fields in pressed(await forms(zoom.http), "/clock"):
        if fields.get("advance") == 86400:
            await zoom.control("/clock", **fields)
    assert "2027-03-02 12:00:0" in (await zoom.http.get("/_sandbox/")).text


async def test_fields_are_labelled_and_the_page_is_escaped(zoom: Any) -> None:
    """Every visible field has a label, and what callers wrote is text, never markup."""
    await (await zoom.connect()).meeting(topic="<script>alert(1)</script>")
    reply = await zoom.http.get("/_sandbox/")
    assert (await forms(zoom.http)).unlabelled == 0
    assert "<script>alert" not in reply.text
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


async def test_events_are_shown_as_sent(zoom: Any) -> None:
    """The body of an event can be read on the page."""
    await (await zoom.connect()).meeting(APRIL, topic="Panel with Cleo")
    page = (await zoom.http.get("/_sandbox/")).text
    assert "meeting.created" in page
    assert json.dumps("Panel with Cleo")[1:-1] in page
