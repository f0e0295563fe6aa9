"""social-auth-core's Zoom backend, as published, against the sandbox as it is: sign in with Zoom, then refresh."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from tests.interop.clients import AuthCanceled, BaseStorage, BaseStrategy, NonceMixin, ZoomOAuth2
from tests.interop.conftest import HOST

from greenroom.sandbox import RemoteSandbox

COMPLETE = "http://127.0.0.1:9999/complete/zoom-oauth2/"


class Nonces(NonceMixin):
    """The states given out and not yet returned."""

    waiting: ClassVar[set[tuple[str, int, str]]] = set()

    @classmethod
    def use(cls, server_url: str, timestamp: int, salt: str) -> bool:
        """Keep a state that is given out."""
        cls.waiting.add((server_url, timestamp, salt))
        return True

    @classmethod
    def consume(cls, server_url: str, timestamp: int, salt: str) -> bool:
        """Take a state back; tell whether it was out."""
        known = (server_url, timestamp, salt) in cls.waiting
        cls.waiting.discard((server_url, timestamp, salt))
        return known


class Storage(BaseStorage):
    """A site's storage, in memory."""

    nonce = Nonces


class Site(BaseStrategy[Any]):
    """A web site that lets people sign in with Zoom."""

    def __init__(self, settings: dict[str, str]) -> None:
        super().__init__(Storage)
        self.settings, self.session, self.data = settings, dict[str, Any](), dict[str, str]()

    def get_setting(self, name: str) -> Any:
        return self.settings[name]

    def request_data(self, merge: bool = True) -> dict[str, str]:  # noqa: ARG002 - the strategy's own signature
        return self.data

    def request_host(self) -> str:
        return "127.0.0.1:9999"

    def build_absolute_uri(self, path: str | None = None) -> str:
        return path or "http://127.0.0.1:9999/"

    def redirect(self, url: str) -> str:
        return url

    def session_get(self, name: str, default: Any = None) -> Any:
        return self.session.get(name, default)

    def session_set(self, name: str, value: Any) -> None:
        self.session[name] = value

    def authenticate(self, backend: Any, *_: Any, **found: Any) -> Any:
        """Return what was learnt of the person; a site with a database would look them up."""
        return {"backend": backend, **found}

    def session_pop(self, name: str) -> Any:
        return self.session.pop(name, None)


Backend = Any
"""The backend; its own annotations cover a part of it only."""


@pytest.fixture
def backend(zoom: RemoteSandbox) -> Backend:
    """The backend of a site that is registered as an app at Zoom."""
    app = zoom.app("user")
    site = Site(
        {
            "SOCIAL_AUTH_ZOOM_OAUTH2_KEY": str(app["client_id"]),
            "SOCIAL_AUTH_ZOOM_OAUTH2_SECRET": str(app["client_secret"]),
        }
    )
    return ZoomOAuth2(site, redirect_uri=COMPLETE)


def consented(backend: Backend, zoom: RemoteSandbox, decision: str = "authorize") -> None:
    """Follow the address the backend sends the browser to, decide there, and come back."""
    page = backend.start()
    assert page.startswith("https://zoom.us/oauth/authorize?")
    back = zoom.control("POST", "authorize", authorize_url=page, user=HOST, decision=decision)["location"]
    returned = dict(parse_qsl(urlsplit(str(back)).query))
    assert returned["state"] == parse_qs(urlsplit(page).query)["state"][0]
    backend.data = backend.strategy.data = returned


def test_sign_in_and_refresh(backend: Backend, zoom: RemoteSandbox) -> None:
    """Start, consent, complete: the site knows the person; later it refreshes their token."""
    consented(backend, zoom)
    found = backend.auth_complete()
    response = found["response"]
    assert backend.get_user_details(response)["email"] == HOST
    assert backend.get_user_id(backend.get_user_details(response), response) == response["id"]
    extra = backend.extra_data(None, response["id"], response, {}, {})
    assert extra["expires_in"] == 3600
    fresh = backend.refresh_token(extra["refresh_token"])
    assert fresh["refresh_token"] != extra["refresh_token"]
    person = backend.user_data(fresh["access_token"])
    assert person is not None
    assert person["email"] == HOST


def test_declining_is_told(backend: Backend, zoom: RemoteSandbox) -> None:
    """A person who declines comes back with the error the backend knows."""
    consented(backend, zoom, "decline")
    with pytest.raises(AuthCanceled):
        backend.auth_complete()
