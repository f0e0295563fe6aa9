"""Every page at which a walk can end, over a real port: who sees it, what it says, and that no app ever hears of it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import get_args

import httpx
import pytest
from core.tests.sandbox.browser import Browser

from greenroom.sandbox import Sandbox, SandboxServer, parse_world
from greenroom.sandbox.authorization import Page

WORLD = """
rate_limits: off
accounts:
  - id: acme
    name: Acme
    plan: business
    require_approval: true
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}
      - {email: adam@acme.example, first_name: Adam, last_name: Two, role: admin, type: 2}
      - {email: emil@acme.example, first_name: Emil, last_name: Three, type: 2}
      - {email: rita@acme.example, first_name: Rita, last_name: Six, type: 2}
      - {email: ines@acme.example, first_name: Ines, last_name: Four, type: 2, status: inactive}
      - {email: paul@acme.example, first_name: Paul, last_name: Five, type: 2, status: pending}
  - id: agency
    name: Agency
    plan: business
    cloud: government
    users: [{email: gwen@agency.example, first_name: Gwen, last_name: Gov, role: owner, type: 2}]
  - id: other
    name: Other
    plan: pro
    users: [{email: oscar@other.example, first_name: Oscar, last_name: Owner, role: owner, type: 2}]
apps:
  - name: user
    kind: user
    scopes: ["user:read:user", "meeting:read:meeting"]
    optional_scopes: ["meeting:write:meeting", "meeting:delete:meeting"]
  - {name: admin, kind: admin, scopes: ["user:read:user:admin"]}
  - {name: master, kind: admin, scopes: ["account:read:lock_settings:master"]}
  - {name: private, kind: user, scopes: ["user:read:user"], published: false, developer_account: acme}
  - {name: machine, kind: s2s, scopes: ["user:read:user:admin"], developer_account: acme}
  - {name: broken, kind: user, scopes: ["user:read:user"], disabled: true}
"""
# Who opens which app how; the status and a text of the page. Without a person it shows before anyone signs in.
REFUSALS = {
    "invalid_client": (None, "user", {"client_id": "nobody"}, 400, "Invalid client id (4,702)"),
    "server_to_server": (None, "machine", {}, 400, "Invalid client id (4,702)"),
    "invalid_redirect": (None, "user", {"redirect_uri": "https://evil.example/"}, 400, "Invalid redirect url (4,700)"),
    "invalid_request": (None, "user", {"response_type": "token"}, 400, "Invalid authorization request (4,700)"),
    "app_disabled": (None, "broken", {}, 403, "The app has been disabled (4,717)"),
    "user_inactive": ("ines@acme.example", "user", {}, 403, "deactivated"),
    "user_pending": ("paul@acme.example", "user", {}, 403, "has not been accepted"),
    "other_cloud": ("gwen@agency.example", "user", {}, 400, "not published in the Zoom cloud of your account"),
    "not_published": ("oscar@other.example", "private", {}, 403, "the app is not published"),
    "admin_required": ("emil@acme.example", "admin", {}, 403, "An account admin is required to install"),
    "owner_required": ("adam@acme.example", "master", {}, 403, "Only the owner of your account"),
    "approval_needed": ("emil@acme.example", "user", {}, 403, "You cannot authorize user"),
}


@pytest.fixture(scope="module")
def running() -> Iterator[SandboxServer]:
    """One server for the pages that change nothing."""
    with SandboxServer(Sandbox(parse_world(WORLD), seed=7)) as server:
        yield server


@pytest.fixture
def browser(running: SandboxServer) -> Iterator[Browser]:
    """A browser at a world where each refusal can happen."""
    running.sandbox.state.restart()
    opened = Browser(running)
    yield opened
    opened.close()


def _walk(browser: Browser, name: str) -> None:
    user, app, change, _, _ = REFUSALS[name]
    browser.open(app, **change)
    if user:
        browser.sign_in(user)


@pytest.mark.parametrize("name", REFUSALS)
def test_refusal_never_leads_back_to_the_app(browser: Browser, name: str) -> None:
    """Whatever is wrong, the browser stays at Zoom: no redirect leaves it at any step, and no code exists."""
    _walk(browser, name)
    *_, status, text = REFUSALS[name]
    assert (browser.page.status_code, text in browser.page.text) == (status, True)
    left = [reply.headers["location"] for reply in browser.seen if "location" in reply.headers]
    assert all(location.startswith("/oauth/authorize?") for location in left)
    assert 'http-equiv="refresh"' not in browser.page.text
    assert list(browser.server.sandbox.state.grants) == []


def test_every_refusal_is_walked() -> None:
    """A page added to the rules needs a walk here."""
    assert set(get_args(Page)) == {*REFUSALS} - {"server_to_server"}


def test_asking_for_approval_ends_at_a_page_too(browser: Browser) -> None:
    """The request names who was asked; the app hears of it neither then nor when it is approved."""
    _walk(browser, "approval_needed")
    browser.submit("/oauth/request-approval", reason="Interviews <b>start</b> Monday")
    assert (browser.page.status_code, "Asked: Olga One, Adam Two." in browser.page.text) == (200, True)
    event = browser.server.sandbox.state.events.happened[-1]
    payload = event.body["payload"]
    assert isinstance(payload, dict)
    assert payload["request_reason"] == "Interviews <b>start</b> Monday"
    browser.http.post("/_sandbox/approvals", json={"app": "user", "state": "approved"})
    left = [reply.headers["location"] for reply in browser.seen if "location" in reply.headers]
    assert all(location.startswith("/oauth/authorize?") for location in left)


def test_page_tells_what_became_of_ones_own_request(browser: Browser) -> None:
    """Whoever has not asked is told to; a colleague's request is not theirs. A declined one may ask again."""
    _walk(browser, "approval_needed")
    browser.submit("/oauth/request-approval")
    assert "have been asked" in browser.open("user").page.text
    other = Browser(browser.server)
    assert "must approve" in other.open("user").sign_in("rita@acme.example").page.text
    other.close()
    state = {"app": "user", "users": ["emil@acme.example"], "state": "rejected"}
    browser.http.post("/_sandbox/approvals", json=state)
    assert "has not allowed" in browser.open("user").page.text
    assert "Request sent" in browser.submit("/oauth/request-approval").page.text


def _tokens(browser: Browser, app: str = "user") -> dict[str, str]:
    known = browser.server.sandbox.state.directory.find_app(app)
    assert known
    code = httpx.URL(browser.page.headers["location"]).params["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": known.redirect_uris[0]}
    reply = browser.http.post("/oauth/token", data=form, auth=(known.client_id, known.client_secret))
    tokens: dict[str, str] = reply.json()
    return tokens


@pytest.mark.parametrize(
    ("ticked", "scope"),
    [
        (None, "user:read:user meeting:read:meeting meeting:write:meeting meeting:delete:meeting"),
        (["meeting:write:meeting"], "user:read:user meeting:read:meeting meeting:write:meeting"),
        ([], "user:read:user meeting:read:meeting"),
        (["role:read:role:admin"], "user:read:user meeting:read:meeting"),
    ],
)
def test_optional_scopes_are_boxes(browser: Browser, ticked: list[str] | None, scope: str) -> None:
    """All are ticked at first; what is unticked is not granted, and a forged box grants nothing."""
    browser.open("user").sign_in("adam@acme.example")
    fields: dict[str, str | list[str]] = {} if ticked is None else {"scope": ticked}
    browser.submit("/oauth/authorize", decision="authorize", **fields)
    assert _tokens(browser)["scope"] == scope


@pytest.mark.parametrize(("fields", "shared"), [({}, False), ({"shared_access": "yes"}, True)])
def test_shared_access_is_a_box_unticked_at_first(browser: Browser, fields: dict[str, str], shared: bool) -> None:
    """The grant has shared access only if the person ticked it."""
    browser.open("user").sign_in("adam@acme.example")
    assert "Allow this app to use my shared access permissions" in browser.page.text
    browser.submit("/oauth/authorize", decision="authorize", **fields)
    _tokens(browser)
    assert [grant.shared_access for grant in browser.server.sandbox.state.grants] == [shared]


def test_admin_managed_apps_ask_for_no_shared_access(browser: Browser) -> None:
    """The box belongs to user-managed apps; sent all the same it means nothing."""
    browser.open("admin").sign_in("adam@acme.example")
    assert "shared access" not in browser.page.text
    browser.submit("/oauth/authorize", decision="authorize", shared_access="yes")
    _tokens(browser, "admin")
    assert [grant.shared_access for grant in browser.server.sandbox.state.grants] == [False]


class _Outline(HTMLParser):
    """What assistive technology needs of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inputs: list[tuple[dict[str, str | None], bool]] = []
        self.labelled: set[str | None] = set()
        self._in_label = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        known = dict(attrs)
        if tag == "label":
            self._in_label += 1
            self.labelled.add(known.get("for"))
        elif tag == "input" and known.get("type") != "hidden":
            self.inputs.append((known, self._in_label > 0))

    def handle_endtag(self, tag: str) -> None:
        self._in_label -= tag == "label"


PAGES = ["sign in", "consent", "asked", *REFUSALS]


def _page(browser: Browser, name: str) -> str:
    if name == "sign in":
        browser.open("user")
    elif name == "consent":
        browser.open("user").sign_in("adam@acme.example")
    elif name == "asked":
        _walk(browser, "approval_needed")
        browser.submit("/oauth/request-approval")
    else:
        _walk(browser, name)
    return browser.page.text


@pytest.mark.parametrize("name", PAGES)
def test_page_can_be_used_by_everybody(browser: Browser, name: str) -> None:
    """One heading and one main part, a language, room on a phone, and a label for each field."""
    text = _page(browser, name)
    outline = _Outline(text)
    assert [outline.tags.count(tag) for tag in ("h1", "main", "title")] == [1, 1, 1]
    assert '<html lang="en">' in text
    assert 'content="width=device-width, initial-scale=1"' in text
    assert [known for known, within in outline.inputs if not within and known.get("id") not in outline.labelled] == []


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["ink", "soft", "blue", "red"])
def test_colours_can_be_read(browser: Browser, name: str) -> None:
    """Each colour of text stands out 4.5 to 1 or more, on the white of the page and on the grey around it."""
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}})", browser.open("user").page.text)
    assert found
    for ground in ("#ffffff", "#f3f5f9"):
        assert (_luminance(ground) + 0.05) / (_luminance(found[1]) + 0.05) >= 4.5
