"""Recordings, transcripts, and the events of meetings changed and gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import Answer, Caller, SimulatedZoom

APRIL = "april@acme.example"
AN_HOUR = 3600


async def _record(zoom: SimulatedZoom, caller: Caller, number: int = 0) -> int:
    """Hold a recorded meeting of ten minutes; with ``number`` that one once more."""
    held: int = number or (await caller.meeting(APRIL, settings={"auto_recording": "cloud"}))["id"]
    host = (await zoom.control("POST", f"/meetings/{held}/join", user=APRIL))["participant"]
    await zoom.control("POST", f"/meetings/{held}/say", participant=host, text="Welcome.", aloud=True)
    await zoom.pass_time(600)
    await zoom.control("POST", f"/meetings/{held}/end")
    return held


async def _told(zoom: SimulatedZoom, name: str) -> list[Mapping[str, Any]]:
    events = (await zoom.control("GET", "/events"))["events"]
    return [one["body"] for one in events if one["event"] == name]


@proves("ZOOM-191", "ZOOM-192")
async def check_recording_takes_time(zoom: SimulatedZoom) -> None:
    """Right after the meeting there is no recording; later there is, and its transcript comes last."""
    caller = await zoom.caller()
    number = await _record(zoom, caller)
    none = (404, 3301, "There is no recording for this meeting.")
    assert (await caller.get(f"/meetings/{number}/recordings")).refusal == none
    seen: list[list[int]] = []
    for _ in range(40):
        await zoom.pass_time(60)
        told = [len(await _told(zoom, f"recording.{name}")) for name in ("completed", "transcript_completed")]
        if not seen or seen[-1] != told:
            seen.append(told)
    assert seen == [[0, 0], [1, 0], [1, 1]]
    files = (await caller.get(f"/meetings/{number}/recordings")).body["recording_files"]
    assert {"MP4", "TRANSCRIPT"} <= {one["file_type"] for one in files}


@proves("ZOOM-193")
async def check_recording_by_number_and_by_uuid(zoom: SimulatedZoom) -> None:
    """The number means the last time; each time has its own uuid."""
    caller = await zoom.caller()
    number = await _record(zoom, caller)
    await zoom.pass_time(AN_HOUR)
    caller = await zoom.caller()
    first = (await caller.get(f"/meetings/{number}/recordings")).body["uuid"]
    await _record(zoom, caller, number)
    await zoom.pass_time(AN_HOUR)
    caller = await zoom.caller()
    assert (await caller.get(f"/meetings/{number}/recordings")).body["uuid"] != first
    twice = quote(quote(first, safe=""), safe="")
    assert (await caller.get(f"/meetings/{twice}/recordings")).body["uuid"] == first


@proves("ZOOM-194")
async def check_transcript(zoom: SimulatedZoom) -> None:
    """A transcript that is still being made says so; without a recording there is none."""
    caller = await zoom.caller()
    number = await _record(zoom, caller)
    while not await _told(zoom, "recording.completed"):
        await zoom.pass_time(60)
    early = (await caller.get(f"/meetings/{number}/transcript")).body
    assert (early["can_download"], early["download_restriction_reason"]) == (False, "NOT_READY")
    await zoom.pass_time(1800)
    assert (await caller.get(f"/meetings/{number}/transcript")).body["can_download"] is True
    unheld = (await caller.meeting(APRIL))["id"]
    assert (await caller.get(f"/meetings/{unheld}/transcript")).refusal[:2] == (404, 3322)


@proves("ZOOM-195", "ZOOM-196")
async def check_download(zoom: SimulatedZoom) -> None:
    """A file is had with the app's token or the recording's own, at both addresses, and not without."""
    caller = await zoom.caller()
    number = await _record(zoom, caller)
    await zoom.pass_time(2400)
    query = {"include_fields": "download_access_token", "ttl": "60"}
    kept = (await caller.get(f"/meetings/{number}/recordings", **query)).body
    url = next(one["download_url"] for one in kept["recording_files"] if one["file_type"] == "TRANSCRIPT")
    for token in (caller.tokens["access_token"], kept["download_access_token"]):
        redirect = await _fetch(zoom, url, token)
        assert redirect.status == 302
        assert (await _fetch(zoom, redirect.headers["location"])).status == 401
        assert "Welcome." in (await _fetch(zoom, redirect.headers["location"], token)).text
    await zoom.pass_time(60)
    assert (await _fetch(zoom, url, kept["download_access_token"])).status == 401
    assert (await _fetch(zoom, url)).status == 401


@proves("ZOOM-197")
async def check_download_token_of_the_event(zoom: SimulatedZoom) -> None:
    """The event that a recording is there brings a token to fetch it with."""
    await _record(zoom, await zoom.caller())
    await zoom.pass_time(AN_HOUR)
    (event,) = await _told(zoom, "recording.completed")
    assert event["download_token"]
    assert "download_token" not in event["payload"]
    file = event["payload"]["object"]["recording_files"][0]
    assert (await _fetch(zoom, file["download_url"], event["download_token"])).status in (200, 302)


@proves("ZOOM-198")
async def check_recordings_of_a_user(zoom: SimulatedZoom) -> None:
    """Without days today's are listed, with days those of the days."""
    number = await _record(zoom, await zoom.caller())
    await zoom.pass_time(86400)
    caller = await zoom.caller()
    path = f"/users/{APRIL}/recordings"
    assert (await caller.get(path)).body["meetings"] == []
    days = {"from": "2027-03-01", "to": "2027-03-02"}
    assert [one["id"] for one in (await caller.get(path, **days)).body["meetings"]] == [number]


@proves("ZOOM-199", "ZOOM-200")
async def check_events_of_changes(zoom: SimulatedZoom) -> None:
    """An update tells what changed, before and after; a delete tells what is gone."""
    caller = await zoom.caller()
    made = await caller.meeting(APRIL)
    path = f"/meetings/{made['id']}"
    await caller.call("PATCH", path, {"topic": "Other"})
    (updated,) = await _told(zoom, "meeting.updated")
    payload = updated["payload"]
    assert (payload["object"]["topic"], payload["old_object"]["topic"]) == ("Other", "Interview")
    assert (payload["scope"], payload["object"]["id"]) == ("all", made["id"])
    assert isinstance(payload["time_stamp"], int)
    await caller.call("DELETE", path)
    (deleted,) = await _told(zoom, "meeting.deleted")
    assert (deleted["payload"]["object"]["id"], deleted["payload"]["object"]["uuid"]) == (made["id"], made["uuid"])


async def _fetch(zoom: SimulatedZoom, url: str, token: str = "") -> Answer:
    """Ask for a file, with a token or without."""
    return await zoom.request("GET", url, headers={"authorization": f"Bearer {token}"} if token else {})
