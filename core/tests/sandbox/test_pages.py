"""The pages, walked over a real port with a plain HTTP client."""

import html
import re
from collections.abc import Iterator

import httpx
import pytest
from core.tests.sandbox.browser import Browser

from greenroom.sandbox import Sandbox, SandboxServer, parse_world

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def browser(server: SandboxServer) -> Iterator[Browser]:
    """A browser at the demonstration world."""
    opened = Browser(server)
    yield opened
    opened.http.close()


def test_walk_from_sign_in_to_the_callback(browser: Browser) -> None:
    """Signing in and authorizing ends at the callback with a code that works."""
    browser.open("admin").sign_in("adam.admin@northwind.example")
    assert "Create meetings across the account" in browser.page.text
    browser.submit("/oauth/authorize", decision="authorize")
    location = httpx.URL(browser.page.headers["location"])
    assert (browser.page.status_code, location.host, location.params["state"]) == (302, "127.0.0.1", "st")
    app = browser.server.sandbox.state.directory.find_app("admin")
    assert app
    form = {"grant_type": "authorization_code", "code": location.params["code"], "redirect_uri": app.redirect_uris[0]}
    reply = browser.http.post("/oauth/token", data=form, auth=(app.client_id, app.client_secret))
    assert reply.json()["api_url"] == browser.server.base_url


def test_decline_goes_back_without_a_code(browser: Browser) -> None:
    """Declining sends access_denied to the callback."""
    browser.open("admin").sign_in("adam.admin@northwind.example").submit("/oauth/authorize", decision="decline")
    params = httpx.URL(browser.page.headers["location"]).params
    assert params["error"] == "access_denied"
    assert "code" not in params


@pytest.mark.parametrize(
    ("app", "email", "text"),
    [
        ("admin", "april.lee@northwind.example", "An account admin is required to install this type of app"),
        ("user", "april.lee@northwind.example", "You cannot authorize user"),
        ("user", "ines.inactive@northwind.example", "deactivated"),
        ("user", "paul.pending@northwind.example", "has not been accepted"),
    ],
)
def test_refusal_page_sends_no_callback(browser: Browser, app: str, email: str, text: str) -> None:
    """A person who may not authorize sees why, and the app hears nothing."""
    browser.open(app).sign_in(email)
    assert browser.page.status_code == 403
    assert text in browser.page.text
    assert "location" not in browser.page.headers


def test_invalid_redirect_is_a_page(browser: Browser) -> None:
    """An address that is not on the list is never visited."""
    browser.open("admin", redirect_uri="https://evil.example/")
    assert (browser.page.status_code, "location" in browser.page.headers) == (400, False)
    assert "Invalid redirect url (4,700)" in browser.page.text


def test_forged_decision_is_refused_like_the_page(browser: Browser) -> None:
    """Posting the consent form without being allowed to gives the refusal, not a code."""
    browser.open("user").sign_in("april.lee@northwind.example")
    token = re.search(r'name="form_token" value="(\w+)"', browser.page.text)
    query = re.search(r'name="query" value="([^"]*)"', browser.page.text)
    assert token
    assert query
    form = {"query": html.unescape(query[1]), "form_token": token[1], "decision": "authorize"}
    reply = browser.http.post("/oauth/authorize", data=form)
    assert (reply.status_code, "location" in reply.headers) == (403, False)


def test_decision_without_the_form_token_decides_nothing(browser: Browser) -> None:
    """A form made elsewhere shows the consent page again instead of deciding."""
    browser.open("admin").sign_in("adam.admin@northwind.example")
    browser.submit("/oauth/authorize", decision="authorize", form_token="guess")
    assert (browser.page.status_code, "Authorize</button>" in browser.page.text) == (200, True)


def test_request_approve_authorize(browser: Browser) -> None:
    """A member asks, the admin approves, and the same member may authorize."""
    browser.open("user").sign_in("april.lee@northwind.example").submit("/oauth/request-approval")
    assert "Request sent" in browser.page.text
    assert "have been asked" in browser.open("user").page.text
    browser.http.post("/_sandbox/approvals", json={"app": "user", "state": "approved"})
    browser.open("user").submit("/oauth/authorize", decision="authorize")
    assert "code" in httpx.URL(browser.page.headers["location"]).params


def test_another_person_may_sign_in(browser: Browser) -> None:
    """Signing out from a refusal leads back to the choice of people."""
    browser.open("admin").sign_in("april.lee@northwind.example").submit("/oauth/signout")
    assert 'name="user"' in browser.page.text
    browser.sign_in("adam.admin@northwind.example")
    assert browser.page.status_code == 200


def test_sign_in_leads_only_to_the_authorize_page(browser: Browser) -> None:
    """What a form carries as the query cannot send the browser elsewhere."""
    form = {"user": "adam.admin@northwind.example", "query": "//evil.example/?a=b"}
    reply = browser.http.post("/oauth/signin", data=form)
    assert reply.headers["location"].startswith("/oauth/authorize?")


def test_hostile_names_are_escaped() -> None:
    """Names with markup are shown as text on every page and in the console."""
    world = parse_world(
        f"""
accounts:
  - id: acme
    name: "{HOSTILE}"
    plan: pro
    users: [{{email: "a@acme.example", first_name: "{HOSTILE}", last_name: B, role: owner, type: 2}}]
apps: [{{name: "{HOSTILE}", kind: user, scopes: ["user:read:user"], redirect_uris: ["http://127.0.0.1/cb"]}}]
"""
    )
    with SandboxServer(Sandbox(world)) as server:
        browser = Browser(server).open(HOSTILE, state='"><script>')
        texts = [browser.page.text, browser.sign_in("a@acme.example").page.text, browser.http.get("/_sandbox/").text]
        browser.http.close()
    assert all("<script>alert" not in text for text in texts)
    assert all("&lt;script&gt;" in text for text in texts)


def test_pages_are_accessible_in_the_small(browser: Browser) -> None:
    """Pages name their language, fit a phone, group choices, and label each of them."""
    text = browser.open("admin").page.text
    assert '<html lang="en">' in text
    assert 'name="viewport"' in text
    assert text.count("<legend>") == 2
    assert text.count('<label class="choice"><input type="radio"') == text.count('type="radio"')


def test_pages_may_not_be_framed_or_stored(browser: Browser) -> None:
    """Every page forbids framing, scripts and caches."""
    headers = browser.open("admin").page.headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
