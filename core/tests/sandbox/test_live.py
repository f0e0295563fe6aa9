"""Meetings being held: doors, limits, the free cut, recordings, and what Zoom tells of all that."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox.catalogue import event_schemas

ADAM, APRIL, BASIL, RITA = (
    f"{name}@northwind.example" for name in ("adam.admin", "april.lee", "basil.stone", "rita.recruiter")
)


@pytest.fixture
async def held(zoom: Any) -> Any:
    """A sandbox whose clock stands still, and words for meetings being held."""
    await zoom.control("/clock", frozen=True)
    return Held(zoom, await zoom.connect())


class Held:
    """Short words for what happens to meetings."""

    def __init__(self, zoom: Any, caller: Any) -> None:
        self.zoom = zoom
        self.caller = caller

    async def meeting(self, host: str = APRIL, **body: Any) -> int:
        """Create a meeting without a waiting room and return its number."""
        made: int = (await self.caller.meeting(host, **body))["id"]
        return made

    async def join(self, meeting: int, user: str | None = None, **more: Any) -> dict[str, Any]:
        """Let somebody come."""
        who = {"user": user} if user else {}
        answer: dict[str, Any] = await self.zoom.control(f"/meetings/{meeting}/join", **who, **more)
        return answer

    async def act(self, meeting: int, action: str, **body: Any) -> dict[str, Any]:
        """Do something to a meeting that goes on."""
        answer: dict[str, Any] = await self.zoom.control(f"/meetings/{meeting}/{action}", **body)
        return answer

    async def wait(self, minutes: float) -> None:
        """Let time pass."""
        await self.zoom.control("/clock", advance=minutes * 60)

    def told(self) -> list[str]:
        """Return the names of the events so far."""
        return [event.name for event in self.zoom.sandbox.state.events.happened if event.name != "meeting.created"]

    def last(self, name: str) -> Mapping[str, Any]:
        """Return the last event of a name."""
        found: Any = next(e.body for e in reversed(self.zoom.sandbox.state.events.happened) if e.name == name)
        return found


async def test_host_starts_and_guest_comes(held: Held) -> None:
    """The host starts the meeting, a guest joins, and each is told of; the meeting's id is a text there."""
    number = await held.meeting()
    assert (await held.join(number, APRIL))["door"] == "meeting"
    assert (await held.join(number, name="Cleo Candidate"))["door"] == "meeting"
    assert held.told() == ["meeting.started", *["meeting.participant_joined"] * 2]
    assert held.last("meeting.started")["payload"]["object"]["id"] == str(number)
    reply = (await held.caller("GET", f"/meetings/{number}")).json()
    assert (reply["status"], reply["id"]) == ("started", number)


async def test_guest_is_told_of_without_an_email(held: Held) -> None:
    """People outside the host's account have no e-mail in events; colleagues do."""
    number = await held.meeting()
    await held.join(number, APRIL)
    assert held.last("meeting.participant_joined")["payload"]["object"]["participant"]["email"] == APRIL
    await held.join(number, name="Cleo Candidate")
    assert held.last("meeting.participant_joined")["payload"]["object"]["participant"]["email"] == ""


async def test_guest_waits_for_the_host(held: Held) -> None:
    """Without join before host a guest stands before a closed door, which is told."""
    number = await held.meeting()
    assert (await held.join(number, name="Cleo"))["door"] == "not_started"
    assert held.told() == ["meeting.participant_jbh_waiting"]


async def test_join_before_host_starts_in_the_hosts_name(held: Held) -> None:
    """With join before host the first guest starts the meeting, but not earlier than its minutes allow."""
    settings = {"join_before_host": True, "jbh_time": 5}
    number = await held.meeting(start_time="2027-03-01T13:00:00Z", settings=settings)
    assert (await held.join(number, name="Cleo"))["door"] == "not_started"
    await held.wait(55)
    assert (await held.join(number, name="Cleo"))["door"] == "meeting"
    assert held.told()[-2:] == ["meeting.started", "meeting.participant_joined"]


async def test_waiting_room(held: Held) -> None:
    """Guests wait until they are let in, and do not count as heads before."""
    number = await held.meeting(settings={"waiting_room": True})
    await held.join(number, APRIL)
    waiting = await held.join(number, name="Cleo")
    assert (waiting["door"], waiting["session"]["heads"]) == ("waiting_room", 1)
    assert held.told()[-1] == "meeting.participant_joined_waiting_room"
    session = await held.act(number, "admit", participant=waiting["participant"])
    assert session["heads"] == 2
    assert held.told()[-1] == "meeting.participant_joined"


async def test_authentication_keeps_guests_out(held: Held) -> None:
    """A guest who is not signed in to Zoom cannot join where that is required."""
    number = await held.meeting(settings={"meeting_authentication": True})
    await held.join(number, APRIL)
    assert (await held.join(number, name="Cleo"))["door"] == "sign_in_required"
    assert (await held.join(number, "sam.solo@solo.example"))["door"] == "meeting"


@pytest.mark.parametrize(("host", "limit"), [(APRIL, 2), (BASIL, 1), ("sam.solo@solo.example", 1)])
async def test_concurrency_is_limited_at_the_start(held: Held, host: str, limit: int) -> None:
    """Any number may be scheduled at once; one too many does not start, unless the host ends another."""
    caller = held.caller if "northwind" in host else await held.zoom.connect(host, "user")
    numbers = [(await caller.meeting(host if caller is held.caller else "me"))["id"] for _ in range(limit + 1)]
    assert [(await held.join(number, host))["door"] for number in numbers] == ["meeting"] * limit + ["host_busy"]
    assert (await held.join(numbers[-1], host, end_other=True))["door"] == "meeting"
    assert held.told()[-3:] == ["meeting.ended", "meeting.started", "meeting.participant_joined"]


async def test_free_meeting_is_cut_after_forty_minutes(held: Held) -> None:
    """Forty minutes with two people, one to one included; coming back makes a new session with a new UUID."""
    number = await held.meeting(BASIL)
    await held.join(number, BASIL)
    await held.wait(60)
    await held.join(number, name="Cleo")
    await held.wait(39)
    assert "meeting.ended" not in held.told()
    await held.wait(1)
    assert held.told()[-1] == "meeting.ended"
    left = held.last("meeting.participant_left")["payload"]["object"]
    assert left["participant"]["leave_reason"] == "Exceeded free meeting minutes limit."
    assert left["participant"]["leave_time"] == "2027-03-01T13:40:00Z"
    again = await held.join(number, BASIL)
    assert again["session"]["uuid"] != left["uuid"]


async def test_free_meeting_that_emptied_is_not_cut(held: Held) -> None:
    """The forty minutes count from when there were enough people; one leaving takes the cut back."""
    number = await held.meeting(BASIL)
    await held.join(number, BASIL)
    first = await held.join(number, name="Cleo")
    await held.wait(30)
    await held.act(number, "leave", participant=first["participant"])
    await held.join(number, name="Cleo")
    await held.wait(39)
    assert "meeting.ended" not in held.told()
    await held.wait(1)
    assert "meeting.ended" in held.told()


async def test_third_person_does_not_restart_the_forty_minutes(held: Held) -> None:
    """The cut counts from the second head, whoever comes and goes afterwards while two stay."""
    number = await held.meeting(BASIL)
    await held.join(number, BASIL)
    first = await held.join(number, name="Cleo")
    await held.wait(10)
    await held.join(number, name="Dora")
    await held.wait(10)
    await held.act(number, "leave", participant=first["participant"])
    await held.wait(20)
    assert held.told()[-1] == "meeting.ended"


async def test_licensed_meeting_is_not_cut(held: Held) -> None:
    """A licensed host's meeting lasts up to thirty hours."""
    number = await held.meeting()
    await held.join(number, APRIL)
    await held.join(number, name="Cleo")
    await held.wait(29 * 60)
    assert "meeting.ended" not in held.told()
    await held.wait(60)
    assert "meeting.ended" in held.told()


async def test_meeting_ends_with_its_last_participant(held: Held) -> None:
    """When everybody left, the meeting is over."""
    number = await held.meeting()
    one = await held.join(number, APRIL)
    await held.act(number, "leave", participant=one["participant"])
    assert held.told()[-2:] == ["meeting.participant_left", "meeting.ended"]


async def test_status_operation_ends_a_meeting(held: Held) -> None:
    """`PUT …/status` ends what goes on, and refuses what does not."""
    number = await held.meeting()
    refused = await held.caller("PUT", f"/meetings/{number}/status", json={"action": "end"})
    assert (refused.status_code, refused.json()["code"]) == (400, 3000)
    await held.join(number, APRIL)
    assert (await held.caller("PUT", f"/meetings/{number}/status", json={"action": "end"})).status_code == 204
    assert held.told()[-1] == "meeting.ended"


async def test_past_meeting_and_its_participants(held: Held) -> None:
    """A past meeting is found by number and by UUID, encoded twice where it must be."""
    number = await held.meeting()
    await held.join(number, APRIL)
    await held.join(number, name="Cleo")
    await held.wait(31.5)
    await held.act(number, "end")
    by_number = (await held.caller("GET", f"/past_meetings/{number}")).json()
    assert (by_number["duration"], by_number["total_minutes"], by_number["participants_count"]) == (32, 64, 2)
    twice = quote(quote(by_number["uuid"], safe=""), safe="")
    assert (await held.caller("GET", f"/past_meetings/{twice}")).json() == by_number
    people = (await held.caller("GET", f"/past_meetings/{number}/participants")).json()
    assert [one["name"] for one in people["participants"]] == ["April Lee", "Cleo"]
    assert people["participants"][1]["duration"] == 1890


async def test_uuid_with_slashes_must_be_encoded_twice(held: Held) -> None:
    """Encoded once, a UUID with a slash is another path, which Zoom does not know."""
    number = await held.meeting()
    state = held.zoom.sandbox.state
    meeting = state.ledger.find(number, state.clock.now())
    state.ledger.keep(type(meeting)(**{**vars(meeting), "uuid": "/ab//cd=="}))
    one = await held.join(number, APRIL)
    await held.act(number, "leave", participant=one["participant"])
    once, twice = quote("/ab//cd==", safe=""), quote(quote("/ab//cd==", safe=""), safe="")
    assert (await held.caller("GET", f"/past_meetings/{once}")).json()["code"] == 2300
    assert (await held.caller("GET", f"/past_meetings/{twice}")).status_code == 200


async def test_past_meeting_needs_a_paid_account_and_a_recent_date(held: Held) -> None:
    """A free account is refused; so is a meeting of more than a year ago; an unheld one is unknown."""
    number = await held.meeting(type=3)
    assert (await held.caller("GET", f"/past_meetings/{number}")).json()["code"] == 3001
    one = await held.join(number, APRIL)
    await held.act(number, "leave", participant=one["participant"])
    solo = await held.zoom.connect("sam.solo@solo.example", "user")
    assert (await solo("GET", f"/past_meetings/{number}")).json()["code"] == 200
    await held.wait(366 * 24 * 60)
    caller = await held.zoom.connect()
    assert (await caller("GET", f"/past_meetings/{number}")).json()["code"] == 12702


async def test_recording_comes_later_and_its_transcript_later_still(held: Held) -> None:
    """After the meeting Zoom needs time for the recording, and more for the transcript, each told by itself."""
    number = await held.meeting(settings={"auto_recording": "cloud", "auto_start_meeting_summary": True})
    one = await held.join(number, APRIL)
    await held.join(number, name="Cleo")
    await held.act(number, "say", participant=one["participant"], text="Welcome, Cleo.", aloud=True)
    await held.act(number, "say", participant=one["participant"], text="Here is the task.")
    assert held.told()[-1] == "meeting.chat_message_sent"
    await held.wait(30)
    await held.act(number, "end")
    assert (await held.caller("GET", f"/meetings/{number}/recordings")).json()["code"] == 3301
    await held.wait(10)
    assert {"recording.started", "meeting.summary_completed", "recording.completed"} <= set(held.told())
    transcript = (await held.caller("GET", f"/meetings/{number}/transcript")).json()
    assert transcript["download_restriction_reason"] == "NOT_READY"
    await held.wait(10)
    assert held.told()[-1] == "recording.transcript_completed"
    kept = (await held.caller("GET", f"/meetings/{number}/recordings")).json()
    assert [file["file_type"] for file in kept["recording_files"]] == ["MP4", "M4A", "CHAT", "TRANSCRIPT"]
    assert (await held.caller("GET", f"/meetings/{number}/transcript")).json()["can_download"] is True
    assert (
        "Welcome, Cleo." in (await held.caller("GET", f"/meetings/{number}/meeting_summary")).json()["summary_overview"]
    )
    listed = (await held.caller("GET", f"/users/{APRIL}/recordings")).json()
    assert [one["id"] for one in listed["meetings"]] == [number]


async def test_download_needs_a_token_at_both_addresses(held: Held) -> None:
    """OAuth token and both download tokens work; none at all does not, nor does one dropped at the redirect."""
    number = await held.meeting(settings={"auto_recording": "cloud"})
    one = await held.join(number, APRIL)
    await held.act(number, "say", participant=one["participant"], text="Hello there.", aloud=True)
    await held.act(number, "end")
    await held.wait(20)
    path = f"/meetings/{number}/recordings?include_fields=download_access_token&ttl=60"
    kept = (await held.caller("GET", path)).json()
    url = kept["recording_files"][-1]["download_url"]
    event = held.last("recording.completed")["download_token"]
    for token in (held.caller.tokens["access_token"], kept["download_access_token"], event):
        redirect = await held.zoom.http.get(url, headers={"authorization": f"Bearer {token}"})
        assert redirect.status_code == 302
        there = redirect.headers["location"]
        assert (await held.zoom.http.get(there)).status_code == 401
        got = await held.zoom.http.get(there, headers={"authorization": f"Bearer {token}"})
        assert got.text.startswith("WEBVTT")
        assert "April Lee: Hello there." in got.text
    await held.wait(2)
    late = await held.zoom.http.get(url, headers={"authorization": f"Bearer {kept['download_access_token']}"})
    assert (late.status_code, late.json()["code"]) == (401, 124)


@pytest.mark.parametrize(
    ("host", "settings"),
    [(BASIL, {"auto_recording": "cloud"}), (APRIL, {"auto_recording": "cloud", "encryption_type": "e2ee"})],
)
async def test_cloud_recording_needs_a_licence_and_no_end_to_end_encryption(
    held: Held, host: str, settings: dict[str, Any]
) -> None:
    """A Basic host records nothing, and neither does an end-to-end encrypted meeting."""
    number = await held.meeting(host, settings=settings)
    await held.join(number, host)
    await held.act(number, "end")
    await held.wait(60)
    assert not [name for name in held.told() if name.startswith("recording.")]


async def test_trashed_recording_is_gone_from_the_lists(held: Held) -> None:
    """A recording in the trash shows only when the trash is asked for."""
    number = await held.meeting(settings={"auto_recording": "cloud"})
    await held.join(number, APRIL)
    await held.act(number, "end")
    await held.wait(20)
    assert (await held.zoom.http.delete(f"/_sandbox/meetings/{number}/recording")).status_code == 200
    assert held.told()[-1] == "recording.trashed"
    assert (await held.caller("GET", f"/users/{APRIL}/recordings")).json()["meetings"] == []
    trash = (await held.caller("GET", f"/users/{APRIL}/recordings?trash=true")).json()["meetings"]
    assert [one["id"] for one in trash] == [number]
    reason = (await held.caller("GET", f"/meetings/{number}/transcript")).json()["download_restriction_reason"]
    assert reason == "DELETED_OR_TRASHED"


async def test_events_keep_to_the_published_schemas(held: Held) -> None:
    """Every event of a whole meeting has published names and types only."""
    number = await held.meeting(settings={"auto_recording": "cloud", "auto_start_meeting_summary": True})
    await held.join(number, name="Early")
    one = await held.join(number, APRIL)
    await held.join(number, name="Cleo")
    await held.act(number, "say", participant=one["participant"], text="Hello.")
    await held.act(number, "end")
    await held.wait(60)
    await held.zoom.control("/uninstall", app="admin", user=ADAM)
    seen = set()
    for event in held.zoom.sandbox.state.events.happened:
        schema = event_schemas()[event.name]
        assert list(_unpublished(event.body, schema)) == [], event.name
        assert [error.message for error in Draft7Validator(schema).iter_errors(event.body)] == [], event.name
        seen.add(event.name)
    assert len(seen) >= 10


def _unpublished(value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in schema.get("properties", {}):
                yield name
            else:
                yield from _unpublished(inner, schema["properties"][name])
    elif isinstance(value, list):
        for inner in value:
            yield from _unpublished(inner, schema.get("items", {}))
