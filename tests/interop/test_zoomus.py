"""zoomus, as published, against the sandbox as it is: server-to-server token, users, meetings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.interop.clients import zoomus
from tests.interop.conftest import HOST

from greenroom.sandbox import RemoteSandbox

START = datetime(2027, 3, 2, 15, tzinfo=UTC).replace(tzinfo=None)  # zoomus writes naive datetimes with a Z


@pytest.fixture
def client(zoom: RemoteSandbox) -> zoomus.ZoomClient:
    """A client with its own token, made as its README says."""
    app = zoom.app("server")
    return zoomus.ZoomClient(str(app["client_id"]), str(app["client_secret"]), "northwind-account")


def test_users(client: zoomus.ZoomClient) -> None:
    """The list, one person, their settings, and a change to them."""
    people = client.user.list().json()
    assert [one["email"] for one in people["users"]] == ["olivia.owner@northwind.example", HOST]
    assert client.user.get(id=HOST).json()["timezone"] == "America/New_York"
    assert client.user.get_settings(id=HOST).json()["recording"]["cloud_recording"] is True
    assert client.user.check_email(email=HOST).json() == {"existed_email": True}
    assert client.user.update(id=HOST, dept="Talent").status_code == 204
    assert client.user.get(id=HOST).json()["dept"] == "Talent"


def test_the_life_of_a_meeting(client: zoomus.ZoomClient, zoom: RemoteSandbox) -> None:
    """Create, read, update, list, end, delete: each as the ledger has it."""
    wanted = {"topic": "Panel", "type": 2, "start_time": START, "duration": 45, "timezone": "America/New_York"}
    made = client.meeting.create(user_id=HOST, **wanted)
    assert made.status_code == 201
    number = made.json()["id"]
    read = client.meeting.get(id=number).json()
    assert (read["topic"], read["start_time"], read["timezone"]) == (
        "Panel",
        "2027-03-02T15:00:00Z",
        "America/New_York",
    )
    assert (
        client.meeting.update(id=number, topic="Panel, moved", start_time=START + timedelta(days=1)).status_code == 204
    )
    listed = client.meeting.list(user_id=HOST).json()["meetings"]
    assert [(one["id"], one["topic"], one["start_time"]) for one in listed] == [
        (number, "Panel, moved", "2027-03-03T15:00:00Z")
    ]
    zoom.control("POST", f"meetings/{number}/join", user=HOST)
    zoom.control("POST", f"meetings/{number}/join", name="Cleo Candidate")
    assert client.meeting.update_status(id=number, action="end").status_code == 204
    assert client.past_meeting.get(meeting_id=str(number)).json()["participants_count"] == 2
    people = client.past_meeting.get_participants(meeting_id=str(number)).json()["participants"]
    assert [one["name"] for one in people] == ["April Lee", "Cleo Candidate"]
    assert client.meeting.delete(id=number).status_code == 204
    assert client.meeting.get(id=number).json()["code"] == 3001
    assert zoom.ledger()["meetings_live"] == 0


def test_recordings(client: zoomus.ZoomClient, zoom: RemoteSandbox) -> None:
    """What was recorded is listed for its host, and found by its meeting."""
    made = client.meeting.create(
        user_id=HOST, topic="Recorded", type=2, start_time=START, settings={"auto_recording": "cloud"}
    )
    number = made.json()["id"]
    zoom.control("POST", f"meetings/{number}/join", user=HOST)
    zoom.control("POST", f"meetings/{number}/end")
    zoom.advance(timedelta(minutes=30))
    today = datetime.fromisoformat(str(zoom.control("GET", "clock")["now"]))
    span = {"start": today - timedelta(days=1), "end": today}
    listed = client.recording.list(user_id=HOST, **span).json()["meetings"]
    assert [one["id"] for one in listed] == [number]
    files = client.recording.get(meeting_id=str(number)).json()["recording_files"]
    assert {one["file_type"] for one in files} == {"MP4", "M4A", "TRANSCRIPT"}


def test_token_is_renewed(client: zoomus.ZoomClient, zoom: RemoteSandbox) -> None:
    """After an hour the token is refused, in Zoom's words; a new one works."""
    zoom.advance(timedelta(hours=1, seconds=1))
    assert client.user.list().json() == {"code": 124, "message": "Access token is expired."}
    client.refresh_token()
    assert client.user.list().status_code == 200
