"""The phone: calls of a world and calls by hand, their lists, their recordings, and what is told of them."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox import World, parse_world
from greenroom.sandbox.catalogue import event_schemas, published
from greenroom.sandbox.errors import WorldError

WORLD = """
accounts:
  - id: acme
    name: Acme
    plan: business
    roles:
      - {name: Operator, privileges: ["Phone:Read"]}
    calls:
      - {caller: olga@acme.example, callee: "+33155500100", seconds: 90, recorded: true, ended_minutes_ago: 60}
      - {caller: "+33155500100", callee: emil@acme.example, result: voicemail, ended_minutes_ago: 120}
      - {caller: olga@acme.example, callee: emil@acme.example, seconds: 30, ended_minutes_ago: 2880}
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2, dept: Sales,
         phone: {number: "+14155550101", extension: 101}}
      - {email: emil@acme.example, first_name: Emil, last_name: Two, type: 2,
         phone: {number: "+14155550102", extension: 102}}
      - {email: nora@acme.example, first_name: Nora, last_name: Three, role: Operator, type: 2}
  - id: small
    name: Small
    plan: pro
    users:
      - {email: pia@small.example, first_name: Pia, last_name: One, role: owner, type: 2}
  - id: other
    name: Other
    plan: business
    calls:
      - {caller: otto@other.example, callee: "+33155500100", seconds: 5, recorded: true, ended_minutes_ago: 30}
    users:
      - {email: otto@other.example, first_name: Otto, last_name: One, role: owner, type: 2,
         phone: {number: "+14155550109", extension: 101}}
apps:
  - name: admin
    kind: admin
    scopes: ["phone:read:list_call_logs:admin", "phone:read:call_log:admin", "phone:read:list_recordings:admin",
             "phone:read:list_call_recordings:admin", "phone:read:call_recording:admin", "user:read:user:admin"]
  - name: lists
    kind: admin
    scopes: ["phone:read:list_call_logs:admin", "phone:read:call_log:admin", "phone:read:list_call_recordings:admin"]
  - name: user
    kind: user
    scopes: ["phone:read:list_call_logs", "phone:read:list_recordings"]
"""

OLGA, EMIL, NORA = "olga@acme.example", "emil@acme.example", "nora@acme.example"
HISTORY, RECORDINGS = "/phone/call_history", "/phone/recordings"


@pytest.fixture
def world() -> World:
    """Three calls: out an hour ago, in two hours ago, and among colleagues the day before yesterday."""
    return parse_world(WORLD)


def objections(operation: str, body: Any) -> list[str]:
    """Return what the published schema has against a reply, names it does not know included."""
    schema = published().by_name[operation].reply_schema(200)
    unknown = {name for name in body if name not in schema["properties"]}
    for group, entries in body.items():
        known = schema["properties"].get(group, {}).get("items", {}).get("properties", {})
        names = {name for one in entries for name in one} if isinstance(entries, list) else set()
        unknown |= {f"{group}.{name}" for name in names - set(known)}
    return [*sorted(unknown), *(error.message for error in Draft7Validator(schema).iter_errors(body))]


def told(zoom: Any) -> dict[str, dict[str, Any]]:
    """Return the object of each event by its name, checked against the published schema."""
    bodies = [one.body for one in zoom.sandbox.state.events.happened]
    for body in bodies:
        schema = event_schemas()[body["event"]]
        assert [error.message for error in Draft7Validator(schema).iter_errors(body)] == []
    return {body["event"]: body["payload"]["object"] for body in bodies}


class TestAccountHistory:
    """`GET /phone/call_history`."""

    async def test_last_day_unless_asked(self, zoom) -> None:
        """The calls of the last 24 hours, the latest first, each with both sides."""
        body = (await (await zoom.connect(OLGA))("GET", HISTORY)).json()
        first, second = body["call_history"]
        assert (first["direction"], first["connect_type"], first["duration"]) == ("outbound", "external", 90)
        assert (first["caller_email"], first["callee_did_number"]) == (OLGA, "+33155500100")
        assert (first["department"], first["recording_status"]) == ("Sales", "recorded")
        assert (second["direction"], second["call_result"], "answer_time" in second) == ("inbound", "voicemail", False)
        assert (body["from"], body["to"], body["total_records"]) == (
            "2027-02-28T12:00:00Z",
            "2027-03-01T12:00:00Z",
            2,
        )

    async def test_both_names_of_the_list(self, zoom) -> None:
        """The list stands under its older name, too, and both keep to the published schema."""
        body = (await (await zoom.connect(OLGA))("GET", HISTORY)).json()
        assert [one["id"] for one in body["call_logs"]] == [one["call_history_uuid"] for one in body["call_history"]]
        assert objections("GET /phone/call_history", body) == []

    @pytest.mark.parametrize(
        ("params", "results"),
        [
            ({"directions": "inbound"}, ["voicemail"]),
            ({"directions": "inbound,outbound"}, ["answered", "voicemail"]),
            ({"connect_types": "internal"}, []),
            ({"call_results": "answered"}, ["answered"]),
            ({"recording_status": "non_recorded"}, ["voicemail"]),
            ({"with_voicemail": "true"}, ["voicemail"]),
            ({"department": "Sales"}, ["answered"]),
            ({"keyword": "emil"}, ["voicemail"]),
            ({"site_ids": "s1"}, []),
            ({"from": "2027-02-27", "connect_types": "internal"}, ["answered"]),
            ({"from": "2027-02-28", "to": "2027-02-28"}, []),
        ],
    )
    async def test_filters(self, zoom, params: dict[str, str], results: list[str]) -> None:
        """Each filter leaves the calls that fit."""
        body = (await (await zoom.connect(OLGA))("GET", HISTORY, params=params)).json()
        assert [one["call_result"] for one in body["call_history"]] == results

    async def test_pages(self, zoom) -> None:
        """A page token leads to the next call."""
        caller = await zoom.connect(OLGA)
        first = (await caller("GET", HISTORY, params={"page_size": "1"})).json()
        params = {"page_size": "1", "next_page_token": first["next_page_token"]}
        second = (await caller("GET", HISTORY, params=params)).json()
        shown = [body[name][0]["call_id"] for body in (first, second) for name in ("call_history", "call_logs")]
        assert (shown[0] == shown[1], shown[2] == shown[3], len(set(shown))) == (True, True, 2)

    @pytest.mark.parametrize(
        "params",
        [
            {"from": "2027-01-01", "to": "2027-03-01"},
            {"from": "2026-08-01", "to": "2026-08-15"},
            {"from": "2027-03-01", "to": "2027-02-01"},
            {"from": "yesterday"},
            {"directions": "sideways"},
            {"page_size": "301"},
        ],
    )
    async def test_requests_that_do_not_fit(self, zoom, params: dict[str, str]) -> None:
        """At most a month within the last six, and published values only."""
        reply = await (await zoom.connect(OLGA))("GET", HISTORY, params=params)
        assert (reply.status_code, reply.json()["code"]) == (400, 300)

    async def test_reach(self, zoom) -> None:
        """A role with the right to phones reads everybody's; without it, nothing."""
        caller = await zoom.connect(NORA, "lists")
        assert (await caller("GET", HISTORY)).status_code == 200
        await zoom.control(f"/users/{NORA}", role="member")
        for path in (HISTORY, f"{HISTORY}/x", RECORDINGS):
            assert (await caller("GET", path)).json() == {"code": 200, "message": "No permission."}

    @pytest.mark.parametrize("path", [HISTORY, f"{HISTORY}/x", RECORDINGS, "/phone/users/me/call_history"])
    async def test_smaller_plans_have_no_phone(self, zoom, path: str) -> None:
        """Zoom Phone needs a Business plan or above."""
        reply = await (await zoom.connect("pia@small.example"))("GET", path)
        assert (reply.status_code, reply.json()["code"]) == (400, 200)


class TestOneCall:
    """`GET /phone/call_history/{callHistoryUuid}`."""

    async def test_parts(self, zoom) -> None:
        """A call among colleagues has a part for each of them."""
        caller = await zoom.connect(OLGA)
        params = {"from": "2027-02-27", "connect_types": "internal"}
        listed = (await caller("GET", HISTORY, params=params)).json()["call_history"][0]
        body = (await caller("GET", f"{HISTORY}/{listed['call_history_uuid']}")).json()
        assert (body["call_id"], body["call_history_uuid"]) == (listed["call_id"], listed["call_history_uuid"])
        assert [(one["event"], one["direction"]) for one in body["call_elements"]] == [
            ("outgoing", "outbound"),
            ("incoming", "inbound"),
        ]
        assert [one["id"] for one in body["call_path"]] == [one["call_element_id"] for one in body["call_elements"]]
        assert objections("GET /phone/call_history/{callHistoryUuid}", body) == []

    async def test_unknown(self, zoom) -> None:
        """A call that was never made is 404."""
        assert (await (await zoom.connect(OLGA))("GET", f"{HISTORY}/none")).status_code == 404


class TestUserHistory:
    """`GET /phone/users/{userId}/call_history`."""

    async def test_own_part(self, zoom) -> None:
        """One person's calls show their own part, under the newer name and the older."""
        caller = await zoom.connect(EMIL, "user")
        body = (await caller("GET", "/phone/users/me/call_history", params={"from": "2027-02-27"})).json()
        assert [(one["direction"], one["result"]) for one in body["call_elements"]] == [
            ("inbound", "voicemail"),
            ("inbound", "answered"),
        ]
        assert [one["talk_time"] for one in body["call_logs"]] == [0, 30]
        assert objections("GET /phone/users/{userId}/call_history", body) == []

    async def test_reach(self, zoom) -> None:
        """A user-managed app reads its own user's calls, an admin-managed one everybody's."""
        path = f"/phone/users/{OLGA}/call_history"
        assert (await (await zoom.connect(EMIL, "user"))("GET", path)).status_code == 403
        assert (await (await zoom.connect(NORA, "lists"))("GET", path)).status_code == 200

    async def test_without_a_licence(self, zoom) -> None:
        """Somebody without a phone does not exist for the phone."""
        reply = await (await zoom.connect(OLGA))("GET", f"/phone/users/{NORA}/call_history")
        assert (reply.status_code, reply.json()) == (404, {"code": 300, "message": f"User does not exist: {NORA}."})

    @pytest.mark.parametrize(
        "params", [{"from": "2026-01-01"}, {"from": "2027-01-01", "to": "2027-03-01"}, {"to": "x"}]
    )
    async def test_windows_that_do_not_fit(self, zoom, params: dict[str, str]) -> None:
        """A window that cannot be used is code 301, naming the parameter."""
        reply = await (await zoom.connect(OLGA))("GET", "/phone/users/me/call_history", params=params)
        assert (reply.status_code, reply.json()["code"]) == (400, 301)
        assert reply.json()["message"].removeprefix("Invalid request param: ").rstrip(".") in ("from", "to")


class TestRecordings:
    """`GET /phone/recordings`, `/phone/users/{userId}/recordings`, and the files."""

    async def test_of_the_account(self, zoom) -> None:
        """Recorded calls of the last thirty days, with their owners."""
        body = (await (await zoom.connect(OLGA))("GET", RECORDINGS)).json()
        (one,) = body["recordings"]
        assert (one["owner"]["name"], one["caller_number_type"], one["callee_number_type"]) == ("Olga One", 1, 2)
        assert objections("GET /phone/recordings", body) == []

    @pytest.mark.parametrize(
        ("params", "number"),
        [({"owner_type": "user"}, 1), ({"owner_type": "callQueue"}, 0), ({"recording_type": "OnDemand"}, 0)],
    )
    async def test_filters(self, zoom, params: dict[str, str], number: int) -> None:
        """Recordings belong to people, and are made automatically."""
        body = (await (await zoom.connect(OLGA))("GET", RECORDINGS, params=params)).json()
        assert len(body["recordings"]) == number

    async def test_of_one_person(self, zoom) -> None:
        """One person's recordings, within a window told as days."""
        caller = await zoom.connect(OLGA, "user")
        body = (await caller("GET", "/phone/users/me/recordings")).json()
        assert (len(body["recordings"]), body["from"], body["to"]) == (1, "2027-01-30", "2027-03-01")
        assert objections("GET /phone/users/{userId}/recordings", body) == []
        assert (await (await zoom.connect(EMIL, "user"))("GET", "/phone/users/me/recordings")).json()[
            "recordings"
        ] == []

    async def test_refusals(self, zoom) -> None:
        """Without a licence, beyond a month, for nobody, and for others by a user-managed app."""
        caller = await zoom.connect(OLGA)
        without = await caller("GET", f"/phone/users/{NORA}/recordings")
        assert (without.status_code, without.json()) == (400, {"code": 300, "message": "Invalid user id."})
        nobody = await caller("GET", "/phone/users/nobody@acme.example/recordings")
        assert (nobody.status_code, nobody.json()["code"]) == (404, 1001)
        params = {"from": "2027-01-01", "to": "2027-03-01"}
        for path in (RECORDINGS, "/phone/users/me/recordings"):
            assert (await caller("GET", path, params=params)).json()["code"] == 300
        assert (await (await zoom.connect(EMIL, "user"))("GET", f"/phone/users/{OLGA}/recordings")).status_code == 403

    async def test_file(self, zoom) -> None:
        """A file needs the token in the header, of an app that may read it."""
        caller = await zoom.connect(OLGA)
        url = (await caller("GET", RECORDINGS)).json()["recordings"][0]["download_url"]
        path = url[url.index("/phone/") :]
        assert url.startswith("http://sandbox.test/v2")
        reply = await caller("GET", path)
        assert (reply.status_code, reply.headers["content-type"]) == (200, "audio/mpeg")
        assert (await zoom.http.get(f"/v2{path}")).status_code == 401
        assert (await (await zoom.connect(OLGA, "user"))("GET", path)).status_code == 401
        assert (await caller("GET", "/phone/recording/download/none")).status_code == 404
        assert (await (await zoom.connect("otto@other.example"))("GET", path)).status_code == 404


class TestByHand:
    """`POST /_sandbox/calls`."""

    async def test_recorded_call_among_colleagues(self, zoom) -> None:
        """Both are told that it ended and that it is in their history; then the recording is ready."""
        made = await zoom.control("/calls", caller=OLGA, callee=EMIL, seconds=60, recorded=True)
        objects = told(zoom)
        assert list(objects) == [
            "phone.caller_ended",
            "phone.callee_ended",
            "phone.caller_call_history_completed",
            "phone.caller_call_log_completed",
            "phone.callee_call_history_completed",
            "phone.callee_call_log_completed",
            "phone.recording_completed",
        ]
        assert objects["phone.caller_ended"]["call_id"] == made["call_id"]
        assert objects["phone.caller_ended"]["callee"]["extension_number"] == 102
        log = objects["phone.callee_call_history_completed"]["call_logs"][0]
        assert (log["direction"], log["talk_time"], log["call_path_id"]) == ("inbound", 60, made["call_history_uuid"])
        assert objects["phone.recording_completed"]["recordings"][0]["id"] == made["recording_id"]

    async def test_call_from_outside(self, zoom) -> None:
        """Of a call from outside only the person called is told."""
        await zoom.control("/calls", caller="+33155500100", callee=EMIL, result="no_answer")
        objects = told(zoom)
        told_of = ["phone.callee_ended", "phone.callee_call_history_completed", "phone.callee_call_log_completed"]
        assert list(objects) == told_of
        assert "answer_start_time" not in objects["phone.callee_ended"]
        body = (await (await zoom.connect(OLGA))("GET", HISTORY)).json()
        assert body["call_history"][0]["call_result"] == "no_answer"

    @pytest.mark.parametrize(
        "body",
        [
            {"caller": NORA, "callee": OLGA},
            {"caller": "nobody@acme.example", "callee": OLGA},
            {"caller": "+33155500100", "callee": "+33155500101"},
            {"caller": "Olga", "callee": EMIL},
        ],
    )
    async def test_calls_that_cannot_be(self, zoom, body: dict[str, str]) -> None:
        """A call needs somebody with a phone, and names or numbers that are ones."""
        reply = await zoom.http.post("/_sandbox/calls", json=body)
        assert (reply.status_code, told(zoom)) == (400, {})


@pytest.mark.parametrize(
    ("call", "where"),
    [
        ('{caller: nora@acme.example, callee: "+33155500100"}', "accounts[0].calls[0].caller"),
        ('{caller: "+33155500101", callee: "+33155500100"}', "accounts[0].calls[0]"),
    ],
)
def test_worlds_with_calls_that_cannot_be(call: str, where: str) -> None:
    """A world whose calls are nobody's says which."""
    first = '- {caller: olga@acme.example, callee: "+33155500100", seconds: 90, recorded: true, ended_minutes_ago: 60}'
    with pytest.raises(WorldError) as refused:
        parse_world(WORLD.replace(first, f"- {call}"))
    assert [problem.where for problem in refused.value.problems] == [where]
