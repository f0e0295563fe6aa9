"""Which hosts may see a token."""

from __future__ import annotations

import logging

import pytest
from core.tests.zoom.conftest import TOKEN
from core.tests.zoom.wire import Wire, answer
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from greenroom.configuration import ZoomAppConfiguration, read_configuration
from greenroom.engine.ports.zoom import Access, ForeignHost, MeetingDraft, ZoomApp
from greenroom.zoom import ZoomClient
from greenroom.zoom.hosts import Hosts, origin_of


def of_host(host: str, *api_hosts: str) -> ZoomApp:
    """Return an app that lives at a host."""
    return ZoomApp(
        name="acme",
        kind="user",
        client_id="c",
        client_secret=SecretStr("s"),
        redirect_uri="https://hire.acme.example/back",
        host=host,
        api_hosts=api_hosts,
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://api.zoom.us",
        "https://API.Zoom.US/v2/users/me",
        "https://api.zoom.us:443",
        "https://us02web.zoom.us/rec/download/a~b!c?x=1&y=%2F#z",
        "https://zoomgov.com/rec",
        "https://api.zoomgov.com",
        "https://api.acme.example/v2",
        "https://proxy.acme.example:8443",
        "http://sandbox:9/v2",
    ],
)
def test_zooms_hosts_and_those_of_the_configuration_may_see_a_token(url: str) -> None:
    """Zoom's by name, further ones as configured, an app's own host exactly as it is written."""
    hosts = Hosts(
        [of_host("https://zoom.us", "api.acme.example", "PROXY.acme.example:8443"), of_host("http://sandbox:9")]
    )
    assert hosts.may_see(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example",
        "https://zoom.us.evil.example",
        "https://evilzoom.us",
        "https://api.zoom.us@evil.example",
        "https://evil.example\\@api.zoom.us",
        "https://api.zoom.us\\@evil.example",
        "https://evil.example#.zoom.us",
        "https://evil.example?.zoom.us",
        "https://evil.example/https://api.zoom.us",
        "https://api.zoom.us:8443",
        "https://api.zoom.us:99999",
        "https://api.zoom.us:0",
        "https://api.zoom.us:1:2",
        "https://api.acme.example:8443",
        "http://api.acme.example",
        "http://api.zoom.us",
        "http://127.0.0.1:80",
        "https://169.254.169.254/latest",
        "http://[::1]",
        "https://zoom.us.",
        "//api.zoom.us",
        "api.zoom.us",
        "file:///etc/passwd",
        "https://api.zoom.us\r\nx: y",
        "https://api.zoom.us /x",
        "https://api.zоom.us",  # noqa: RUF001  # a Cyrillic letter
        "https://",
        "https://..",
        "",
    ],
)
def test_no_other_host_may(url: str) -> None:
    """Nothing that only looks like Zoom's, and nothing that two readers could read differently."""
    hosts = Hosts([of_host("https://zoom.us", "api.acme.example")])
    assert not hosts.may_see(url)
    with pytest.raises(ForeignHost, match="API_HOSTS"):
        hosts.check(url, "here")


def test_on_this_machine_any_port_may_if_the_app_is_here() -> None:
    """The embedded Zoom answers under several names; without it, this machine is as foreign as any other."""
    assert Hosts([of_host("http://127.0.0.1:9")]).may_see("http://localhost:10/v2")
    assert not Hosts([of_host("https://zoom.us")]).may_see("http://localhost:10/v2")


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z@:/\\?#.\[\]0-9]{0,40}", fullmatch=True))
def test_no_address_breaks_the_reading(url: str) -> None:
    """An address is an origin of plain parts, or nothing."""
    origin = origin_of(url)
    assert origin is None or not set(origin.host) & set("@/\\?# ")


async def test_a_call_to_a_foreign_host_is_refused_before_anything_is_sent(
    access: Access, draft: MeetingDraft, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever address was stored with a grant, no token goes there."""
    caplog.set_level(logging.DEBUG)
    wire.then(answer(201, {}))
    async with ZoomClient(apps=[of_host("https://zoom.us")]) as zoom:
        for call in (zoom.create_meeting(access, "u1", draft), zoom.get_meeting(access, "9")):
            with pytest.raises(ForeignHost) as caught:
                await call
            assert (caught.value.category, caught.value.status) == ("foreign_host", None)
            assert TOKEN not in str(caught.value) + caplog.text
    assert (wire.received, wire.connections) == ([], 0)


def test_the_configuration_names_further_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment they are separated by commas; a webhook secret may have a predecessor."""
    for name, value in {
        "CLIENT_ID": "c",
        "CLIENT_SECRET": "s",
        "KIND": "user",
        "API_HOSTS": "api.acme.example, proxy.acme.example:8443",
        "WEBHOOK_SECRET": "new",
        "WEBHOOK_SECRET_PREVIOUS": "old",
    }.items():
        monkeypatch.setenv(f"GREENROOM_ZOOM_APPS__ACME__{name}", value)
    app = read_configuration().apps()["acme"]
    assert app.api_hosts == ("api.acme.example", "proxy.acme.example:8443")
    assert [secret.get_secret_value() for secret in app.webhook_secrets] == ["new", "old"]


@pytest.mark.parametrize("host", ["https://api.acme.example", "a/b", "a@b", "*", ""])
def test_a_further_host_is_a_name(host: str) -> None:
    """No scheme, no path, no pattern: what is meant must be plain."""
    with pytest.raises(ValueError, match="api_hosts"):
        ZoomAppConfiguration(client_id="c", client_secret=SecretStr("s"), kind="user", api_hosts=(host,))
