"""Zoom's own calendar: events written and read, pages and syncs, and who is busy when."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox import World, parse_world
from greenroom.sandbox.catalogue import published

WORLD = """
accounts:
  - id: acme
    name: Acme
    plan: business
    roles:
      - {name: Scheduler, privileges: ["Calendar:Read"]}
    users:
      - email: olga@acme.example
        first_name: Olga
        last_name: One
        role: owner
        type: 2
        timezone: Europe/Paris
        calendar:
          - {id: standup, summary: Stand-up, start: 2027-03-02T09:00:00Z, end: 2027-03-02T09:30:00Z}
          - {id: lunch, summary: Lunch, start: 2027-03-02T12:00:00Z, end: 2027-03-02T13:00:00Z, busy: false}
          - {id: review, summary: Review, start: 2027-03-02T09:15:00Z, end: 2027-03-02T10:00:00Z,
             attendees: [emil@acme.example]}
      - {email: emil@acme.example, first_name: Emil, last_name: Two, type: 2}
      - {email: ria@acme.example, first_name: Ria, last_name: Three, role: Scheduler, type: 2}
  - id: free
    name: Free
    plan: basic
    users:
      - {email: fay@free.example, first_name: Fay, last_name: One, role: owner, type: 1}
apps:
  - name: admin
    kind: admin
    scopes: ["calendar:read:list_events:admin", "calendar:read:event:admin", "calendar:write:event:admin",
             "calendar:update:event:admin", "calendar:delete:event:admin"]
  - name: reader
    kind: admin
    scopes: ["calendar:read:list_events:admin"]
  - name: user
    kind: user
    scopes: ["calendar:read:list_calendar_lists", "calendar:read:list_events", "calendar:read:event",
             "calendar:write:event", "calendar:update:event", "calendar:delete:event"]
"""

OLGA, EMIL = "olga@acme.example", "emil@acme.example"
EVENTS = "/calendars/primary/events"
SLOT = {
    "summary": "Interview",
    "start": {"dateTime": "2027-03-03T10:00:00", "timeZone": "Europe/Paris"},
    "end": {"dateTime": "2027-03-03T11:00:00+01:00"},
}
READ, LIST = "GET /calendars/{calId}/events/{eventId}", "GET /calendars/{calId}/events"


@pytest.fixture
def world() -> World:
    """Olga has a stand-up, a review with Emil right after, and a lunch that keeps her free."""
    return parse_world(WORLD)


def objections(operation: str, body: Any) -> list[str]:
    """Return what the published schema has against a reply, names it does not know included."""
    schema = published().by_name[operation].reply_schema(200)
    unknown = set(body) - set(schema["properties"])
    items = schema["properties"].get("items", {}).get("items", {}).get("properties", {})
    unknown |= {name for one in body.get("items", []) for name in one if name not in items}
    return [*sorted(unknown), *(error.message for error in Draft7Validator(schema).iter_errors(body))]


class TestEvents:
    """Events in one's own calendar."""

    async def test_written_and_read(self, zoom) -> None:
        """What is sent is answered, read and listed again, with an id and its organizer."""
        caller = await zoom.connect(OLGA, "user")
        body = {**SLOT, "attendees": [{"email": EMIL}, {"email": OLGA}], "location": "Lagoon", "moods": 1}
        made = await caller("POST", EVENTS, json=body)
        assert (made.status_code, objections("POST /calendars/{calId}/events", made.json())) == (200, [])
        event = made.json()
        assert (event["summary"], event["location"], event["organizer"]) == ("Interview", "Lagoon", {"email": OLGA})
        assert [(one["organizer"], one["self"]) for one in event["attendees"]] == [(False, False), (True, True)]
        read = await caller("GET", f"{EVENTS}/{event['id']}")
        assert (read.json(), objections(READ, read.json())) == (event, [])
        listed = (await caller("GET", EVENTS)).json()
        assert objections(LIST, listed) == []
        assert [one["summary"] for one in listed["items"]] == ["Stand-up", "Lunch", "Review", "Interview"]

    async def test_changed(self, zoom) -> None:
        """A change keeps what is left out."""
        caller = await zoom.connect(OLGA, "user")
        event = (await caller("POST", EVENTS, json={**SLOT, "location": "Lagoon"})).json()
        body = {"start": SLOT["start"], "end": SLOT["end"], "summary": "Interview, moved"}
        changed = await caller("PATCH", f"{EVENTS}/{event['id']}", json=body)
        assert objections("PATCH /calendars/{calId}/events/{eventId}", changed.json()) == []
        assert (changed.json()["summary"], changed.json()["location"]) == ("Interview, moved", "Lagoon")

    async def test_deleted(self, zoom) -> None:
        """A deleted event is gone for reads, and told as cancelled to those who ask for deleted ones."""
        caller = await zoom.connect(OLGA, "user")
        reply = await caller("DELETE", f"{EVENTS}/standup")
        assert (reply.status_code, reply.content) == (204, b"")
        for method in ("GET", "DELETE"):
            assert (await caller(method, f"{EVENTS}/standup")).status_code == 404
        assert len((await caller("GET", EVENTS)).json()["items"]) == 2
        shown = (await caller("GET", EVENTS, params={"showDeleted": "true"})).json()["items"]
        assert [one["status"] for one in shown if one["id"] == "standup"] == ["cancelled"]

    async def test_attendees_have_it_too(self, zoom) -> None:
        """An event stands in its attendees' calendars, who change it only where the organizer lets them."""
        olga, emil = await zoom.connect(OLGA, "user"), await zoom.connect(EMIL, "user")
        assert [one["id"] for one in (await emil("GET", EVENTS)).json()["items"]] == ["review"]
        refused = await emil("DELETE", f"{EVENTS}/review")
        assert (refused.status_code, refused.json()["code"]) == (403, 403)
        span = {"start": SLOT["start"], "end": SLOT["end"]}
        await olga("PATCH", f"{EVENTS}/review", json={**span, "guestsCanModify": True})
        assert (await emil("DELETE", f"{EVENTS}/review")).status_code == 204

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"start": {"dateTime": "2027-03-03T10:00:00"}}, "start"),
            ({"start": {"dateTime": "soon", "timeZone": "UTC"}}, "start"),
            ({"start": {"dateTime": "2027-03-03T10:00:00", "timeZone": "Mars/Olympus"}}, "start"),
            ({"start": {}}, "start"),
            ({"start": {"date": "2027-03-03"}}, "end"),
            ({"end": {"dateTime": "2027-03-03T08:00:00Z"}}, "end"),
            ({"end": 4}, "end"),
            ({"summary": "x" * 1025}, "summary"),
            ({"attendees": [{"email": EMIL, "responseStatus": "maybe"}]}, "attendees.0.responseStatus"),
        ],
    )
    async def test_values_that_do_not_fit(self, zoom, change: dict[str, Any], field: str) -> None:
        """An event needs two times in order, and values of the published kind; a change does as well."""
        caller = await zoom.connect(OLGA, "user")
        for method, path in (("POST", EVENTS), ("PATCH", f"{EVENTS}/standup")):
            reply = await caller(method, path, json={**SLOT, **change})
            assert (reply.status_code, [one["field"] for one in reply.json()["errors"]]) == (400, [field])

    async def test_whole_days(self, zoom) -> None:
        """An event may last a day."""
        body = {"start": {"date": "2027-03-04"}, "end": {"date": "2027-03-05"}}
        made = await (await zoom.connect(OLGA, "user"))("POST", EVENTS, json=body)
        assert made.json()["start"] == {"date": "2027-03-04"}


class TestLists:
    """`GET /calendars/{calId}/events` in parts."""

    @pytest.mark.parametrize(
        ("params", "ids"),
        [
            ({"timeMin": "2027-03-02T09:30:00Z"}, ["lunch", "review"]),
            ({"timeMax": "2027-03-02T09:15:00Z"}, ["standup"]),
            ({"timeMin": "2027-03-02T10:00:00+01:00", "timeMax": "2027-03-02T10:05:00+01:00"}, ["standup"]),
            ({"orderBy": "startTime", "singleEvents": "true"}, ["standup", "review", "lunch"]),
        ],
    )
    async def test_between_two_times(self, zoom, params: dict[str, str], ids: list[str]) -> None:
        """Events that overlap the window are listed, by their last change or by their start."""
        body = (await (await zoom.connect(OLGA, "user"))("GET", EVENTS, params=params)).json()
        assert [one["id"] for one in body["items"]] == ids

    async def test_pages(self, zoom) -> None:
        """A page token leads on; only the last page has a sync token."""
        caller = await zoom.connect(OLGA, "user")
        first = (await caller("GET", EVENTS, params={"maxResults": "2"})).json()
        assert ("nextSyncToken" in first, len(first["items"])) == (False, 2)
        params = {"maxResults": "2", "pageToken": first["nextPageToken"]}
        second = (await caller("GET", EVENTS, params=params)).json()
        assert ([one["id"] for one in second["items"]], "nextPageToken" in second) == (["review"], False)
        assert "nextSyncToken" in second

    async def test_sync(self, zoom) -> None:
        """A sync token gives what changed since, deletions too, and the next token."""
        caller = await zoom.connect(OLGA, "user")
        token = (await caller("GET", EVENTS)).json()["nextSyncToken"]
        made = (await caller("POST", EVENTS, json=SLOT)).json()
        await caller("DELETE", f"{EVENTS}/lunch")
        body = (await caller("GET", EVENTS, params={"syncToken": token})).json()
        assert {one["id"]: one["status"] for one in body["items"]} == {made["id"]: "confirmed", "lunch": "cancelled"}
        again = (await caller("GET", EVENTS, params={"syncToken": body["nextSyncToken"]})).json()
        assert (again["items"], again["nextSyncToken"]) == ([], body["nextSyncToken"])

    @pytest.mark.parametrize(
        "params",
        [
            {"syncToken": "garbage"},
            {"syncToken": "sync-999"},
            {"syncToken": "sync-1", "timeMin": "2027-03-02T09:30:00Z"},
            {"pageToken": "garbage"},
            {"maxResults": "2501"},
            {"maxResults": "0"},
            {"orderBy": "startTime"},
            {"orderBy": "mood"},
            {"timeMin": "2027-03-02T09:30:00"},
            {"singleEvents": "perhaps"},
        ],
    )
    async def test_requests_that_do_not_fit(self, zoom, params: dict[str, str]) -> None:
        """Tokens, sizes and times that cannot be used are 400/300."""
        reply = await (await zoom.connect(OLGA, "user"))("GET", EVENTS, params=params)
        assert (reply.status_code, reply.json()["code"]) == (400, 300)


class TestReach:
    """Whose calendars an app reaches."""

    async def test_own_calendar_list(self, zoom) -> None:
        """A person has one calendar, named by their e-mail."""
        body = (await (await zoom.connect(OLGA, "user"))("GET", "/calendars/users/me/calendarList")).json()
        (entry,) = body["items"]
        assert (entry["id"], entry["timeZone"], entry["primary"]) == (OLGA, "Europe/Paris", True)
        assert objections("GET /calendars/users/{userIdentifier}/calendarList", body) == []

    async def test_user_managed_app_reaches_its_own(self, zoom) -> None:
        """A user-managed app touches nobody else's calendar."""
        caller = await zoom.connect(EMIL, "user")
        calls = [
            ("GET", f"/calendars/users/{OLGA}/calendarList", {}),
            ("GET", f"/calendars/{OLGA}/events", {}),
            ("GET", f"/calendars/{OLGA}/events/standup", {}),
            ("POST", f"/calendars/{OLGA}/events", {"json": SLOT}),
            ("PATCH", f"/calendars/{OLGA}/events/standup", {"json": SLOT}),
            ("DELETE", f"/calendars/{OLGA}/events/standup", {}),
        ]
        assert {(await caller(method, path, **more)).status_code for method, path, more in calls} == {403}

    async def test_admin_reaches_the_account(self, zoom) -> None:
        """An admin-managed app reads and writes everybody's calendar in the account."""
        caller = await zoom.connect(OLGA)
        made = (await caller("POST", f"/calendars/{EMIL}/events", json=SLOT)).json()
        assert made["organizer"] == {"email": EMIL}
        assert (await caller("GET", f"/calendars/{EMIL}/events")).json()["accessRole"] == "writer"

    async def test_role_without_the_privilege(self, zoom) -> None:
        """Who is no scheduler any more reads their own calendar only."""
        caller = await zoom.connect("ria@acme.example", "reader")
        assert (await caller("GET", f"/calendars/{OLGA}/events")).status_code == 200
        await zoom.control("/users/ria@acme.example", role="member")
        reply = await caller("GET", f"/calendars/{OLGA}/events")
        assert (reply.status_code, reply.json()) == (400, {"code": 200, "message": "No permission."})
        assert (await caller("GET", EVENTS)).status_code == 200

    @pytest.mark.parametrize("who", ["nobody@acme.example", "fay@free.example"])
    async def test_calendars_that_are_not_there(self, zoom, who: str) -> None:
        """A calendar of nobody, or of another account, is 404."""
        caller = await zoom.connect(OLGA)
        assert (await caller("GET", f"/calendars/{who}/events")).status_code == 404
        assert (await caller("GET", f"/calendars/{OLGA}/events/none")).status_code == 404


DAY = {"timeMin": "2027-03-02T00:00:00Z", "timeMax": "2027-03-03T00:00:00Z"}


class TestFreeBusy:
    """`POST /calendars/freeBusy`."""

    async def test_busy_times_are_joined(self, zoom) -> None:
        """Overlapping events make one busy time; what keeps nobody busy makes none."""
        body = (
            await (await zoom.connect(OLGA))("POST", "/calendars/freeBusy", json={**DAY, "items": [{"id": OLGA}]})
        ).json()
        assert body["calendars"] == [
            {"id": OLGA, "busy": [{"start": "2027-03-02T09:00:00Z", "end": "2027-03-02T10:00:00Z"}]}
        ]
        schema = published().by_name["POST /calendars/freeBusy"].reply_schema(200)
        assert [error.message for error in Draft7Validator(schema).iter_errors(body)] == []

    async def test_cut_to_the_window_and_told_in_the_zone(self, zoom) -> None:
        """Busy times end with the window, and are told in the time zone asked for."""
        body = {"timeMin": "2027-03-02T09:20:00Z", "timeMax": "2027-03-02T09:40:00Z", "timeZone": "Europe/Paris"}
        told = (await (await zoom.connect(OLGA))("POST", "/calendars/freeBusy", json=body)).json()["calendars"]
        assert told[0]["busy"] == [{"start": "2027-03-02T10:20:00+01:00", "end": "2027-03-02T10:40:00+01:00"}]

    async def test_attendees_are_busy_unless_they_declined(self, zoom) -> None:
        """An invitation keeps its attendee busy until it is declined or cancelled."""
        caller = await zoom.connect(OLGA)
        asked = {**DAY, "items": [{"id": EMIL}]}
        before = (await caller("POST", "/calendars/freeBusy", json=asked)).json()["calendars"][0]["busy"]
        span = {"start": {"dateTime": "2027-03-02T09:15:00Z"}, "end": {"dateTime": "2027-03-02T10:00:00Z"}}
        declined = {**span, "attendees": [{"email": EMIL, "responseStatus": "declined"}]}
        await caller("PATCH", f"{EVENTS}/review", json=declined)
        after = (await caller("POST", "/calendars/freeBusy", json=asked)).json()["calendars"][0]["busy"]
        assert (len(before), after) == (1, [])

    async def test_calendars_out_of_reach(self, zoom) -> None:
        """Each calendar that is not there, or not within reach, says so beside the others."""
        caller = await zoom.connect(EMIL, "user")
        items = [{"id": EMIL}, {"id": OLGA}, {"id": "fay@free.example"}]
        told = (await caller("POST", "/calendars/freeBusy", json={**DAY, "items": items})).json()["calendars"]
        reasons = [[error["reason"] for error in one.get("errors", [])] for one in told]
        assert (reasons, len(told[0]["busy"])) == ([[], ["notFound"], ["notFound"]], 1)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"timeMax": DAY["timeMin"]}, "timeMax"),
            ({"timeMin": "today"}, "timeMin"),
            ({"timeZone": "Mars/Olympus"}, "timeZone"),
            ({"items": [{"id": OLGA}] * 51}, "items"),
            ({"items": [{"id": OLGA}] * 2, "calendarExpansionMax": 1}, "items"),
        ],
    )
    async def test_requests_that_do_not_fit(self, zoom, change: dict[str, Any], field: str) -> None:
        """A window in order, a known zone, and no more calendars than allowed."""
        reply = await (await zoom.connect(OLGA))("POST", "/calendars/freeBusy", json={**DAY, **change})
        assert (reply.status_code, reply.json()["errors"][0]["field"]) == (400, field)

    async def test_window_is_needed(self, zoom) -> None:
        """Without a window nothing can be told."""
        reply = await (await zoom.connect(OLGA))("POST", "/calendars/freeBusy", json={"items": [{"id": OLGA}]})
        assert (reply.status_code, reply.json()["code"]) == (400, 300)
