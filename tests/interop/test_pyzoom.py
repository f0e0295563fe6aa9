"""pyzoom, as published, against the sandbox as it is: code, tokens, meetings, refresh.

Its models name what it takes for granted in Zoom's replies; a reply that lacks a field fails here.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from tests.interop.clients import pyzoom
from tests.interop.clients import pyzoom_oauth as oauth
from tests.interop.conftest import HOST

from greenroom.sandbox import RemoteSandbox

pytestmark = [
    pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince20"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),  # a session for each call, never closed
]


def tokens(zoom: RemoteSandbox) -> dict[str, str]:
    """Consent in the browser's place and let pyzoom trade the code."""
    app = zoom.app("user")
    back = urlsplit(zoom.authorize(HOST, "user"))
    code = parse_qs(back.query)["code"][0]
    uri = back._replace(query="").geturl()
    found: dict[str, str] = oauth.request_tokens(str(app["client_id"]), str(app["client_secret"]), uri, code)
    return found


def test_the_life_of_a_meeting(zoom: RemoteSandbox) -> None:
    """Create, read, update, list and delete, each parsed by pyzoom's own models."""
    found = tokens(zoom)
    client = pyzoom.ZoomClient(found["access_token"], found["refresh_token"])
    made = client.meetings.create_meeting(
        "Interview", start_time="2027-03-02T15:00:00Z", duration_min=45, password="abc123"
    )
    assert (made.topic, made.status, made.duration, made.password) == ("Interview", "waiting", 45, "abc123")
    read = client.meetings.get_meeting(made.id)
    assert read.model_dump(exclude={"start_url"}) == made.model_dump(exclude={"start_url"})
    client.meetings.update_meeting(
        "Interview, moved", start_time="2027-03-03T15:00:00Z", duration_min=30, meeting_id=made.id
    )
    listed = client.meetings.list_meetings()
    assert [(one.id, one.topic, one.duration) for one in listed.meetings] == [(made.id, "Interview, moved", 30)]
    assert client.meetings.delete_meeting(made.id) is True
    with pytest.raises(pyzoom.err.NotFound):
        client.meetings.get_meeting(made.id)


def test_tokens_are_refreshed(zoom: RemoteSandbox) -> None:
    """A refresh gives a new pair; the old refresh token is dead, in Zoom's words."""
    app, first = zoom.app("user"), tokens(zoom)
    credentials = (str(app["client_id"]), str(app["client_secret"]))
    second = oauth.refresh_tokens(*credentials, first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    client = pyzoom.ZoomClient(second["access_token"], second["refresh_token"])
    assert client.raw.get("/users/me").json()["email"] == HOST
    with pytest.raises(pyzoom.err.APIError, match="Invalid Token!"):
        oauth.refresh_tokens(*credentials, first["refresh_token"])
