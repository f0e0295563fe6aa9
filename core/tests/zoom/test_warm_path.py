"""Making a meeting is one request, over a connection that is open already."""

from __future__ import annotations

from core.tests.zoom.wire import Wire, answer

from greenroom.engine.ports.zoom import Access, MeetingDraft
from greenroom.zoom import ZoomClient


async def test_making_a_meeting_is_one_request_on_an_open_connection(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """Nothing is looked up before, read back after, or connected anew."""
    made = {"id": 9, "host_id": "u1", "join_url": "https://zoom.us/j/9"}
    wire.then(answer(200, {"id": "u1", "email": "ana@acme.example"}), *[answer(201, made)] * 3)
    await zoom.me(access, cloud="commercial", with_permissions=False)
    for _ in range(3):
        await zoom.create_meeting(access, "u1", draft)
    assert [request.method for request in wire.received] == ["GET", "POST", "POST", "POST"]
    assert wire.connections == 1
