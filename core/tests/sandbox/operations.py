"""One request for each published operation that succeeds, and one that names what is not there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.conformance.zoom.subject import Caller, SimulatedZoom

APRIL, BEN = "april@acme.example", "ben@acme.example"
OWNER = "olga@acme.example"

Names = Mapping[str, str]
Prepare = Callable[[SimulatedZoom, Caller], Awaitable[Names]]


async def nothing(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Need nothing before the request."""
    return {}


async def a_meeting(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have a meeting with everything in it that replies may show."""
    made = await caller.meeting(
        APRIL,
        agenda="Bring a laptop",
        tracking_fields=[{"field": "interview", "value": "int_1"}],
        settings={"alternative_hosts": BEN, "auto_recording": "cloud", "auto_start_meeting_summary": True},
    )
    return {"meeting": str(made["id"])}


async def a_meeting_today(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have a meeting within the next hours."""
    return {"meeting": str((await caller.meeting(APRIL, start_time="2027-03-01T18:00:00Z"))["id"])}


async def a_personal_room(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have nothing but the room everybody has."""
    return {"meeting": str(zoom.users[APRIL]["pmi"])}


async def a_recurring_meeting(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have a meeting on three days."""
    made = await caller.meeting(APRIL, type=8, recurrence={"type": 1, "repeat_interval": 1, "end_times": 3})
    return {"meeting": str(made["id"])}


async def a_live_meeting(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have a meeting that goes on, with two people in it."""
    names = await a_meeting(zoom, caller)
    at = f"/meetings/{names['meeting']}"
    host = (await zoom.control("POST", f"{at}/join", user=APRIL))["participant"]
    await zoom.control("POST", f"{at}/join", name="Cleo Candidate")
    await zoom.control("POST", f"{at}/say", participant=host, text="Welcome.", aloud=True)
    return names


async def a_held_meeting(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have a meeting that was held, with its recording, transcript and summary made."""
    names = await a_live_meeting(zoom, caller)
    await zoom.pass_time(600)
    await zoom.control("POST", f"/meetings/{names['meeting']}/end")
    await zoom.pass_time(2400)
    return names


async def a_request(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have somebody ask for an app's approval."""
    body = {"action": "add_all"}
    asked = await caller.call("POST", f"/marketplace/apps/{zoom.apps['user'].id}/requests", body)
    assert asked.status == 201, asked.text
    return await an_app(zoom, caller)


async def an_app(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Name an app that is not approved."""
    return {"app": zoom.apps["user"].id}


async def a_role(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Name the account's own role."""
    roles = (await caller.get("/roles")).body["roles"]
    return {"role": next(one["id"] for one in roles if one["name"] == "Planner")}


async def a_call(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Name a call that was made."""
    return {"call": (await caller.get("/phone/call_history")).body["call_history"][0]["call_history_uuid"]}


async def a_message(zoom: SimulatedZoom, caller: Caller) -> Names:
    """Have something said in the channel."""
    said = await caller.call("POST", f"/chat/users/{APRIL}/messages", {"message": "Hello", "to_channel": "hiring"})
    assert said.status == 201, said.text
    return {}


@dataclass(frozen=True)
class Sample:
    """A request for an operation; paths name what ``prepare`` made in braces.

    Attributes:
        unknown: a path of the same operation that names nothing; empty where a path names nothing anyway.
    """

    operation: str
    path: str
    unknown: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    prepare: Prepare = nothing
    user: str = OWNER
    app: str = "admin"

    @property
    def method(self) -> str:
        """Return the HTTP method."""
        return self.operation.partition(" ")[0]

    @property
    def name(self) -> str:
        """Return a name for test reports."""
        asked = "&".join(f"{name}={value}" for name, value in self.query.items())
        made = "" if self.prepare is nothing else f" of {self.prepare.__name__}"
        return f"{self.operation}{'?' if asked else ''}{asked}{made}"


NOBODY = "/users/nobody@acme.example"
HIRING = {"to_channel": "hiring"}
WHOLE_DAY = {"timeMin": "2027-03-02T00:00:00Z", "timeMax": "2027-03-03T00:00:00Z"}
EVENT = {
    "summary": "Debrief",
    "start": {"dateTime": "2027-03-02T17:00:00Z"},
    "end": {"dateTime": "2027-03-02T18:00:00Z"},
}
NO_MEETING = "/meetings/12345678901"

SAMPLES = (
    Sample("GET /users/{userId}", f"/users/{APRIL}", NOBODY),
    Sample("GET /users", "/users"),
    Sample("GET /users", "/users", query={"status": "pending"}),
    Sample("GET /users/email", "/users/email", query={"email": APRIL}),
    Sample("GET /users/me/zak", "/users/me/zak"),
    Sample("GET /users/{userId}/token", f"/users/{APRIL}/token", f"{NOBODY}/token", query={"type": "zak"}),
    Sample("GET /users/{userId}/permissions", f"/users/{APRIL}/permissions", f"{NOBODY}/permissions"),
    Sample("GET /users/{userId}/assistants", f"/users/{APRIL}/assistants", f"{NOBODY}/assistants"),
    Sample("GET /users/{userId}/schedulers", f"/users/{BEN}/schedulers", f"{NOBODY}/schedulers"),
    Sample("GET /users/{userId}/settings", f"/users/{APRIL}/settings", f"{NOBODY}/settings"),
    *(
        Sample("GET /users/{userId}/settings", f"/users/{APRIL}/settings", query={"option": option})
        for option in ("meeting_security", "meeting_authentication", "recording_authentication")
    ),
    Sample("PATCH /users/{userId}", f"/users/{BEN}", NOBODY, body={"dept": "Hiring"}),
    Sample(
        "PATCH /users/{userId}/settings",
        f"/users/{BEN}/settings",
        f"{NOBODY}/settings",
        body={"in_meeting": {"waiting_room": True}},
    ),
    Sample("PUT /users/{userId}/status", f"/users/{BEN}/status", f"{NOBODY}/status", body={"action": "deactivate"}),
    Sample("DELETE /users/{userId}", f"/users/{BEN}", NOBODY, query={"action": "delete"}),
    Sample(
        "POST /users/{userId}/meetings",
        f"/users/{APRIL}/meetings",
        f"{NOBODY}/meetings",
        body={"topic": "Interview", "start_time": "2027-03-02T15:00:00Z", "settings": {"use_pmi": True}},
    ),
    Sample("POST /users/{userId}/meetings", f"/users/{APRIL}/meetings", body={"type": 1}),
    Sample("POST /users/{userId}/meetings", f"/users/{APRIL}/meetings", body={"type": 3}),
    Sample("GET /meetings/{meetingId}", "/meetings/{meeting}", NO_MEETING, prepare=a_meeting),
    Sample("GET /meetings/{meetingId}", "/meetings/{meeting}", prepare=a_personal_room),
    Sample("GET /meetings/{meetingId}", "/meetings/{meeting}", prepare=a_recurring_meeting),
    Sample("GET /meetings/{meetingId}", "/meetings/{meeting}", prepare=a_live_meeting),
    Sample("PATCH /meetings/{meetingId}", "/meetings/{meeting}", NO_MEETING, body={"topic": "T"}, prepare=a_meeting),
    Sample("DELETE /meetings/{meetingId}", "/meetings/{meeting}", NO_MEETING, prepare=a_meeting),
    Sample(
        "PUT /meetings/{meetingId}/status",
        "/meetings/{meeting}/status",
        f"{NO_MEETING}/status",
        body={"action": "end"},
        prepare=a_live_meeting,
    ),
    Sample(
        "GET /meetings/{meetingId}/invitation",
        "/meetings/{meeting}/invitation",
        f"{NO_MEETING}/invitation",
        prepare=a_meeting,
    ),
    Sample("GET /users/{userId}/meetings", f"/users/{APRIL}/meetings", f"{NOBODY}/meetings", prepare=a_meeting),
    Sample("GET /users/{userId}/meetings", f"/users/{APRIL}/meetings", prepare=a_recurring_meeting),
    Sample("GET /users/{userId}/meetings", f"/users/{APRIL}/meetings", query={"type": "live"}, prepare=a_live_meeting),
    Sample(
        "GET /users/{userId}/upcoming_meetings",
        f"/users/{APRIL}/upcoming_meetings",
        f"{NOBODY}/upcoming_meetings",
        prepare=a_meeting_today,
    ),
    Sample(
        "GET /past_meetings/{meetingId}",
        "/past_meetings/{meeting}",
        "/past_meetings/12345678901",
        prepare=a_held_meeting,
    ),
    Sample(
        "GET /past_meetings/{meetingId}/participants",
        "/past_meetings/{meeting}/participants",
        "/past_meetings/12345678901/participants",
        prepare=a_held_meeting,
    ),
    Sample(
        "GET /meetings/{meetingId}/recordings",
        "/meetings/{meeting}/recordings",
        f"{NO_MEETING}/recordings",
        query={"include_fields": "download_access_token"},
        prepare=a_held_meeting,
    ),
    Sample(
        "GET /users/{userId}/recordings",
        f"/users/{APRIL}/recordings",
        f"{NOBODY}/recordings",
        prepare=a_held_meeting,
    ),
    Sample(
        "GET /meetings/{meetingId}/transcript",
        "/meetings/{meeting}/transcript",
        f"{NO_MEETING}/transcript",
        prepare=a_held_meeting,
    ),
    Sample(
        "GET /meetings/{meetingId}/meeting_summary",
        "/meetings/{meeting}/meeting_summary",
        f"{NO_MEETING}/meeting_summary",
        prepare=a_held_meeting,
    ),
    Sample("GET /accounts/{accountId}/settings", "/accounts/me/settings", "/accounts/nothing/settings"),
    Sample("GET /accounts/{accountId}/settings", "/accounts/me/settings", query={"option": "meeting_security"}),
    *(
        Sample(
            "GET /accounts/{accountId}/lock_settings",
            "/accounts/me/lock_settings",
            "/accounts/nothing/lock_settings",
            query=query,
            app="owners",
        )
        for query in ({}, {"option": "meeting_security"})
    ),
    Sample("GET /roles", "/roles"),
    Sample("GET /roles/{roleId}", "/roles/{role}", "/roles/99", prepare=a_role),
    Sample("GET /roles/{roleId}/members", "/roles/{role}/members", "/roles/99/members", prepare=a_role),
    Sample("GET /rooms", "/rooms"),
    Sample("GET /rooms/{roomId}", "/rooms/room-lagoon", "/rooms/nothing"),
    Sample(
        "GET /marketplace/apps/{appId}/requests",
        "/marketplace/apps/{app}/requests",
        "/marketplace/apps/nothing/requests",
        prepare=a_request,
        user="gina@gated.example",
    ),
    Sample(
        "POST /marketplace/apps/{appId}/requests",
        "/marketplace/apps/{app}/requests",
        "/marketplace/apps/nothing/requests",
        body={"action": "add_all"},
        prepare=an_app,
        user="gina@gated.example",
    ),
    Sample(
        "PATCH /marketplace/apps/{appId}/requests",
        "/marketplace/apps/{app}/requests",
        "/marketplace/apps/nothing/requests",
        body={"action": "approve_all"},
        prepare=a_request,
        user="gina@gated.example",
    ),
    Sample(
        "POST /marketplace/apps/{appId}/preApprove",
        "/marketplace/apps/{app}/preApprove",
        "/marketplace/apps/nothing/preApprove",
        body={"action": "approve_all"},
        prepare=an_app,
        user="gina@gated.example",
    ),
    Sample(
        "GET /marketplace/users/{userId}/apps",
        "/marketplace/users/max@gated.example/apps",
        "/marketplace/users/nobody@gated.example/apps",
        query={"type": "active_requests"},
        prepare=a_request,
        user="gina@gated.example",
    ),
    Sample("GET /phone/call_history", "/phone/call_history"),
    Sample(
        "GET /phone/call_history/{callHistoryUuid}",
        "/phone/call_history/{call}",
        "/phone/call_history/nothing",
        prepare=a_call,
    ),
    Sample(
        "GET /phone/users/{userId}/call_history",
        f"/phone/users/{APRIL}/call_history",
        "/phone/users/nobody@acme.example/call_history",
    ),
    Sample("GET /phone/recordings", "/phone/recordings"),
    Sample(
        "GET /phone/users/{userId}/recordings",
        f"/phone/users/{APRIL}/recordings",
        "/phone/users/nobody@acme.example/recordings",
    ),
    Sample(
        "GET /chat/users/{userId}/messages",
        f"/chat/users/{APRIL}/messages",
        "/chat/users/nobody@acme.example/messages",
        query=HIRING,
        prepare=a_message,
    ),
    Sample(
        "POST /chat/users/{userId}/messages",
        f"/chat/users/{APRIL}/messages",
        "/chat/users/nobody@acme.example/messages",
        body={"message": "Hello", **HIRING},
    ),
    Sample("POST /calendars/freeBusy", "/calendars/freeBusy", body={**WHOLE_DAY, "items": [{"id": APRIL}]}),
    Sample(
        "GET /calendars/users/{userIdentifier}/calendarList",
        f"/calendars/users/{OWNER}/calendarList",
        "/calendars/users/nobody@acme.example/calendarList",
        app="user",
    ),
    Sample("GET /calendars/{calId}/events", f"/calendars/{APRIL}/events", "/calendars/nothing/events"),
    Sample("POST /calendars/{calId}/events", f"/calendars/{APRIL}/events", "/calendars/nothing/events", body=EVENT),
    Sample(
        "GET /calendars/{calId}/events/{eventId}",
        f"/calendars/{APRIL}/events/review",
        f"/calendars/{APRIL}/events/nothing",
    ),
    Sample(
        "PATCH /calendars/{calId}/events/{eventId}",
        f"/calendars/{APRIL}/events/review",
        f"/calendars/{APRIL}/events/nothing",
        body=EVENT,
    ),
    Sample(
        "DELETE /calendars/{calId}/events/{eventId}",
        f"/calendars/{APRIL}/events/review",
        f"/calendars/{APRIL}/events/nothing",
    ),
)
