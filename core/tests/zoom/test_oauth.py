"""The consent page and the token endpoint."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from core.tests.zoom.conftest import CLIENT_SECRET
from core.tests.zoom.wire import Act, Wire, answer
from pydantic import SecretStr

from greenroom.engine.ports.zoom import (
    AppRefused,
    ForeignHost,
    GrantDead,
    OutcomeUnclear,
    RateLimited,
    ZoomApp,
    ZoomError,
    ZoomUnavailable,
)
from greenroom.zoom import ZoomClient, pkce_challenge
from greenroom.zoom.hosts import UNREADABLE, Hosts
from greenroom.zoom.oauth import api_base

GRANTED = {
    "access_token": "at.header.claims",
    "token_type": "bearer",
    "refresh_token": "rt-1",
    "expires_in": 3599,
    "scope": "user:read:user  meeting:write:meeting",
}
CODE = "canary-code-5f6e7d8c9bafb0c1d2e3"


def of_host(host: str, *api_hosts: str) -> ZoomApp:
    """Return an app that lives at a host."""
    secret = SecretStr("s")
    redirect = "https://hire.acme.example/back"
    return ZoomApp(
        name="acme",
        kind="user",
        client_id="c",
        client_secret=secret,
        redirect_uri=redirect,
        host=host,
        api_hosts=api_hosts,
    )


def test_the_challenge_is_the_one_of_rfc_7636() -> None:
    """RFC 7636, appendix B."""
    assert pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == (
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_the_consent_page_is_asked_for_with_pkce_and_nothing_else(zoom: ZoomClient, app: ZoomApp) -> None:
    """Scopes are the app's at Zoom, so none are sent; every value is quoted."""
    url = urlsplit(zoom.authorize_url(app, state="a&b=c", challenge="chal"))
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{app.host}/oauth/authorize"
    assert parse_qs(url.query) == {
        "response_type": ["code"],
        "client_id": ["acme-client"],
        "redirect_uri": ["https://hire.acme.example/back?a=b&c"],
        "state": ["a&b=c"],
        "code_challenge": ["chal"],
        "code_challenge_method": ["S256"],
    }


async def test_a_code_is_exchanged_in_a_form_under_basic_authentication(
    zoom: ZoomClient, app: ZoomApp, wire: Wire
) -> None:
    """The credentials are in the header, everything else in the body, nothing in the address."""
    wire.then(answer(200, GRANTED))
    await zoom.exchange_code(app, CODE, verifier="ver")
    (request,) = wire.received
    assert (request.method, request.target) == ("POST", "/oauth/token")
    assert base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode() == (
        f"acme-client:{CLIENT_SECRET}"
    )
    assert request.form == {
        "grant_type": "authorization_code",
        "code": CODE,
        "redirect_uri": app.redirect_uri,
        "code_verifier": "ver",
    }


async def test_a_refresh_sends_the_refresh_token_and_returns_the_new_one(
    zoom: ZoomClient, app: ZoomApp, wire: Wire
) -> None:
    """What Zoom grants is read whole: both tokens, life, scopes, API host."""
    wire.then(answer(200, {**GRANTED, "api_url": f"{wire.url}/"}))
    tokens = await zoom.refresh(app, SecretStr("rt-0"))
    assert wire.received[0].form == {"grant_type": "refresh_token", "refresh_token": "rt-0"}
    assert tokens.access_token.get_secret_value() == "at.header.claims"
    assert tokens.refresh_token.get_secret_value() == "rt-1"
    assert (tokens.expires_in, tokens.api_url) == (3599, wire.url)
    assert tokens.scopes == {"user:read:user", "meeting:write:meeting"}


async def test_revoking_names_the_access_token(zoom: ZoomClient, app: ZoomApp, wire: Wire) -> None:
    """The grant behind an access token is ended with one call."""
    wire.then(answer(200, {"status": "success"}))
    await zoom.revoke(app, SecretStr("at-1"))
    assert (wire.received[0].target, wire.received[0].form) == ("/oauth/revoke", {"token": "at-1"})


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"reason": "Invalid Token!", "error": "invalid_grant"}, GrantDead),
        (401, {"error": "invalid_grant"}, GrantDead),
        (200, {"error": "invalid_grant"}, GrantDead),
        (400, {"reason": f"Invalid authorization code {CODE}", "error": "invalid_grant"}, GrantDead),
        (400, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}, AppRefused),
        (401, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}, AppRefused),
        (400, {"reason": "unsupported grant type", "error": "unsupported_grant_type"}, AppRefused),
        (400, {"reason": "Bad Request", "error": "invalid_request"}, AppRefused),
        (400, {"error": CODE}, AppRefused),
        (400, {"error": {"deep": CODE}}, AppRefused),
        (429, "slow down", RateLimited),
        (500, {"error": "invalid_grant"}, OutcomeUnclear),
        (503, "<html>down</html>", OutcomeUnclear),
        (400, "<error>XML</error>", OutcomeUnclear),
        (200, "<html>hello</html>", OutcomeUnclear),
        (200, "", OutcomeUnclear),
        (200, b'{"access_token": "at', OutcomeUnclear),
        (200, "[" * 5000, OutcomeUnclear),
        (302, "", OutcomeUnclear),
        (200, {"code": 124, "message": "Invalid access token."}, OutcomeUnclear),
        (200, {"reason": "Invalid Token!"}, OutcomeUnclear),
    ],
)
@pytest.mark.parametrize("call", ["exchange", "refresh"])
async def test_only_invalid_grant_ends_a_grant(
    zoom: ZoomClient, app: ZoomApp, wire: Wire, call: str, status: int, body: object, kind: type[ZoomError]
) -> None:
    """The ``error`` field decides, not the status; what is no answer of Zoom's leaves the outcome open."""
    wire.then(answer(status, body, {"location": "https://elsewhere.example/"}))
    with pytest.raises(ZoomError) as caught:
        await (zoom.refresh(app, SecretStr(CODE)) if call == "refresh" else zoom.exchange_code(app, CODE, verifier="v"))
    assert type(caught.value) is kind
    assert CODE not in str(caught.value)
    assert len(wire.received) == 1


@pytest.mark.parametrize(
    ("reason", "ended"),
    [
        ("The token is disabled by admin.", "approval_withdrawn"),
        ("the token is disabled by admin", "approval_withdrawn"),
        ("The owner of the token does not exist.", "owner_gone"),
        ("Invalid Token!", None),
        ("Refresh token invalid.", None),
        (4738, None),
        (None, None),
    ],
)
async def test_what_ended_a_grant_is_read_where_zoom_says_so(
    zoom: ZoomClient, app: ZoomApp, wire: Wire, reason: object, ended: str | None
) -> None:
    """Zoom's published texts tell an admin's withdrawal, and a user who left, from a grant that is just dead."""
    wire.then(answer(400, {"reason": reason, "error": "invalid_grant"}))
    with pytest.raises(GrantDead) as caught:
        await zoom.refresh(app, SecretStr("rt"))
    assert caught.value.ended == ended


async def test_refused_credentials_are_the_deployments_fault(zoom: ZoomClient, app: ZoomApp, wire: Wire) -> None:
    """Nobody is told to connect anew because our client secret is wrong."""
    wire.then(answer(400, {"error": "invalid_client"}))
    with pytest.raises(AppRefused, match=r"invalid_client.*deployment's credentials.*not about the person"):
        await zoom.refresh(app, SecretStr("rt"))


@pytest.mark.parametrize("body", [{"code": 124, "message": "Invalid access token."}, {"reason": "Bad Request"}])
async def test_a_revocation_is_not_taken_for_granted(zoom: ZoomClient, app: ZoomApp, wire: Wire, body: object) -> None:
    """A refusal under a status of success is none."""
    wire.then(answer(200, body))
    with pytest.raises(OutcomeUnclear):
        await zoom.revoke(app, SecretStr("at-1"))


@pytest.mark.parametrize(
    ("status", "body"), [(400, {"error": "invalid_grant"}), (400, {"error": "invalid_client"}), (429, ""), (500, "")]
)
async def test_what_zooms_support_asks_for_is_kept(
    zoom: ZoomClient, app: ZoomApp, wire: Wire, status: int, body: object
) -> None:
    """HTTP status and tracking id, whatever the refusal."""
    wire.then(answer(status, body, {"x-zm-trackingid": "v=2.0;clid=us04;rid=WEB_a1"}))
    with pytest.raises(ZoomError) as caught:
        await zoom.refresh(app, SecretStr("rt"))
    assert (caught.value.status, caught.value.tracking_id) == (status, "v=2.0;clid=us04;rid=WEB_a1")


@pytest.mark.parametrize("act", [Act.RESET, Act.HANG])
async def test_a_lost_answer_leaves_the_outcome_open(hasty: ZoomClient, app: ZoomApp, wire: Wire, act: Act) -> None:
    """A code may be used up, a refresh token rotated, although nothing came back; it is not sent again."""
    wire.then(act)
    with pytest.raises(OutcomeUnclear):
        await hasty.refresh(app, SecretStr("rt"))
    assert len(wire.received) == 1


async def test_nobody_listening_had_no_effect(zoom: ZoomClient) -> None:
    """What was never sent cannot have used up a token."""
    with pytest.raises(ZoomUnavailable):
        await zoom.refresh(of_host("http://127.0.0.1:1"), SecretStr("rt"))


@pytest.mark.parametrize(
    "change",
    [
        {"access_token": ""},
        {"access_token": None},
        {"access_token": 5},
        {"access_token": "a\nb"},
        {"access_token": "tökén"},
        {"refresh_token": ""},
        {"refresh_token": "x" * 8193},
        {"scope": ["user:read:user"]},
    ],
)
async def test_tokens_that_cannot_be_used_leave_the_outcome_open(
    zoom: ZoomClient, app: ZoomApp, wire: Wire, change: dict[str, object]
) -> None:
    """A token is printable ASCII of at most 8 kB; anything else could not be sent back."""
    wire.then(answer(200, {**GRANTED, **change}))
    with pytest.raises(OutcomeUnclear):
        await zoom.refresh(app, SecretStr("rt"))


@pytest.mark.parametrize(
    ("stated", "life"),
    [(3600, 3600), (60, 60), ("60", 60), (3601, 3600), (10**30, 3600), (0, 3600), (-5, 3600), ("soon", 3600)],
)
async def test_an_odd_life_never_costs_the_tokens(
    zoom: ZoomClient, app: ZoomApp, wire: Wire, stated: object, life: int
) -> None:
    """A life that cannot be, or is longer than Zoom's hour, counts as an hour."""
    wire.then(answer(200, {**GRANTED, "expires_in": stated}))
    assert (await zoom.refresh(app, SecretStr("rt"))).expires_in == life


async def test_a_reply_without_life_and_scope_is_good(zoom: ZoomClient, app: ZoomApp, wire: Wire) -> None:
    """The two tokens are what is indispensable."""
    wire.then(answer(200, {"access_token": "a", "refresh_token": "r"}))
    tokens = await zoom.refresh(app, SecretStr("rt"))
    assert (tokens.expires_in, tokens.scopes, tokens.api_url) == (3600, frozenset(), wire.url)


@pytest.mark.parametrize(
    ("host", "stated", "base"),
    [
        ("https://zoom.us", None, "https://api.zoom.us"),
        ("https://zoom.us", "", "https://api.zoom.us"),
        ("https://zoom.us", "https://api-us.zoom.us", "https://api-us.zoom.us"),
        ("https://zoom.us", "https://API.zoom.us/v2", "https://api.zoom.us"),
        ("https://zoom.us", "https://zoom.us", "https://zoom.us"),
        ("https://zoomgov.com", None, "https://api.zoomgov.com"),
        ("https://zoomgov.com", "https://api.zoomgov.com", "https://api.zoomgov.com"),
        ("http://127.0.0.1:9", None, "http://127.0.0.1:9"),
        ("http://127.0.0.1:9", "http://localhost:10", "http://localhost:10"),
        ("http://sandbox:9", "http://sandbox:9/", "http://sandbox:9"),
        ("http://sandbox:9", None, "http://sandbox:9"),
    ],
)
def test_the_api_is_where_the_reply_says(
    host: str, stated: str | None, base: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A region's API host is followed; without one, it is the host that belongs to the app's."""
    assert api_base(of_host(host), stated) == base
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("https://evil.example", "https://evil.example"),
        ("https://api.zoom.us:8443/x", "https://api.zoom.us:8443"),
        ("http://api.zoom.us", "http://api.zoom.us"),
        ("https://api.zoom.us@evil.example", UNREADABLE),
        (7, UNREADABLE),
        (["https://api.zoom.us"], UNREADABLE),
    ],
)
def test_a_host_that_may_not_see_tokens_costs_none(stated: object, kept: str, caplog: pytest.LogCaptureFixture) -> None:
    """The tokens stay good, and every call to that host is refused until the deployment names it as its own."""
    app = of_host("https://zoom.us")
    assert api_base(app, stated) == kept
    assert "not allowed" in caplog.text
    with pytest.raises(ForeignHost):
        Hosts([app]).check(kept, "here")


def test_a_deployment_may_allow_further_api_hosts() -> None:
    """``api_hosts`` names them, over https only."""
    app = of_host("https://zoom.us", "api.acme.example", "api.acme.example:8443")
    assert api_base(app, "https://api.acme.example") == "https://api.acme.example"
    assert api_base(app, "https://api.acme.example:8443/") == "https://api.acme.example:8443"
    with pytest.raises(ForeignHost):
        Hosts([app]).check(api_base(app, "http://api.acme.example"), "here")
