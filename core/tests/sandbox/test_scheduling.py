"""Who may be named in a meeting: whom it is scheduled for, and who may start it in the host's place."""

from typing import Any

import pytest

from greenroom.sandbox import parse_world

START = "2027-03-02T15:00:00Z"
HANA, SAL, BEA, OLGA = (f"{name}@acme.example" for name in ("hana", "sal", "bea", "olga"))


@pytest.fixture
def zoom(in_process) -> Any:
    """Hana lets Sal and Basic Bea schedule for her; Basic Ben lets Sal."""
    return in_process(
        parse_world("""
rate_limits: off
accounts:
  - id: acme
    name: Acme
    plan: business
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: Owner, role: owner, type: 2}
      - {email: hana@acme.example, first_name: Hana, last_name: Host, type: 2, timezone: America/New_York,
         schedulers: [SAL@acme.example, bea@acme.example]}
      - {email: sal@acme.example, first_name: Sal, last_name: Scheduler, type: 2}
      - {email: bea@acme.example, first_name: Bea, last_name: Basic, type: 1}
      - {email: ben@acme.example, first_name: Ben, last_name: Basic, type: 1, schedulers: [sal@acme.example]}
      - {email: pia@acme.example, first_name: Pia, last_name: Pending, type: 2, status: pending}
      - {email: ina@acme.example, first_name: Ina, last_name: Inactive, type: 2, status: inactive}
  - id: other
    name: Other
    plan: business
    users: [{email: otto@other.example, first_name: Otto, last_name: Other, role: owner, type: 2}]
apps:
  - name: admin
    kind: admin
    scopes: ["meeting:write:meeting:admin", "meeting:read:meeting:admin", "meeting:update:meeting:admin",
             "meeting:read:list_meetings:admin", "meeting:delete:meeting:admin"]
  - {name: personal, kind: user, scopes: ["meeting:write:meeting"]}
""")
    )


async def _schedule(zoom: Any, scheduler: str, host: str, **body: Any) -> Any:
    caller = await zoom.connect(OLGA)
    wanted = {"start_time": START, "schedule_for": host, **body}
    return await caller("POST", f"/users/{scheduler}/meetings", json=wanted)


async def test_meeting_belongs_to_the_host(zoom) -> None:
    """Scheduled for somebody, the meeting is theirs: host, list and daily hundred; the scheduler is the assistant."""
    made = (await _schedule(zoom, SAL, HANA)).json()
    state = zoom.sandbox.state
    hana, sal = (state.directory.find_user(who) for who in (HANA, SAL))
    assert (made["host_id"], made["host_email"], made["assistant_id"]) == (hana.id, HANA, sal.id)
    caller = await zoom.connect(OLGA)
    listed = [(await caller("GET", f"/users/{who}/meetings")).json()["total_records"] for who in (HANA, SAL)]
    assert listed == [1, 0]
    assert [state.limits.changes_left(one.id) for one in (hana, sal)] == [99, 100]
    assert (await caller("GET", f"/meetings/{made['id']}")).json()["assistant_id"] == sal.id


async def test_local_time_is_the_hosts(zoom) -> None:
    """Without a time zone the time is local to the host, not to the scheduler."""
    made = (await _schedule(zoom, SAL, HANA, start_time="2027-03-02T15:00:00")).json()
    assert (made["start_time"], made["timezone"]) == ("2027-03-02T20:00:00Z", "America/New_York")


async def test_by_id_and_for_oneself(zoom) -> None:
    """The host can be named by id; naming oneself changes nothing."""
    hana = zoom.sandbox.state.directory.find_user(HANA)
    assert (await _schedule(zoom, SAL, hana.id)).status_code == 201
    own = (await _schedule(zoom, SAL, SAL)).json()
    assert (own["host_email"], "assistant_id" in own) == (SAL, False)


@pytest.mark.parametrize(
    ("scheduler", "host", "body", "code", "message"),
    [
        (SAL, OLGA, {}, 3000, f"You cannot schedule a meeting for {OLGA}"),
        (HANA, SAL, {}, 3000, f"You cannot schedule a meeting for {SAL}"),
        (BEA, HANA, {}, 3000, f"You cannot schedule a meeting for {HANA}"),
        (SAL, "ben@acme.example", {}, 3000, "You cannot schedule a meeting for ben@acme.example"),
        (SAL, HANA, {"type": 1}, 3000, "Instant meetings do not support the `schedule_for` parameter"),
        (SAL, "otto@other.example", {}, 300, "The value that you entered in the `schedule_for` field is invalid."),
        (SAL, "nobody@acme.example", {}, 300, "The value that you entered in the `schedule_for` field is invalid."),
        (SAL, "pia@acme.example", {}, 300, "The value that you entered in the `schedule_for` field is invalid."),
    ],
)
async def test_scheduling_refused(
    zoom, scheduler: str, host: str, body: dict[str, Any], code: int, message: str
) -> None:
    """It takes the host's leave and a licence on both sides, one account, and no instant meeting."""
    reply = await _schedule(zoom, scheduler, host, **body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert reply.json()["message"].startswith(message)


async def test_host_is_not_changed_by_an_update(zoom) -> None:
    """An update with `schedule_for` is refused even for an admin, and nothing of it is done."""
    caller = await zoom.connect(OLGA)
    made = await caller.meeting(SAL)
    path = f"/meetings/{made['id']}"
    reply = await caller("PATCH", path, json={"schedule_for": HANA, "topic": "New"})
    assert (reply.status_code, reply.json()) == (
        400,
        {"code": 3000, "message": f"You cannot schedule a meeting for {HANA}"},
    )
    now = (await caller("GET", path)).json()
    assert (now["host_email"], now["topic"]) == (SAL, made["topic"])
    assert (await caller("PATCH", path, json={"schedule_for": SAL})).status_code == 204


async def test_update_by_someone_with_the_privilege_moves_it(zoom) -> None:
    """Where the person behind the token may schedule for the new host, the meeting moves."""
    directory = zoom.sandbox.state.directory
    await zoom.control(f"/users/{SAL}", role="admin")
    caller = await zoom.connect(SAL)
    made = await caller.meeting(OLGA)
    reply = await caller("PATCH", f"/meetings/{made['id']}", json={"schedule_for": HANA})
    assert reply.status_code == 204
    now = (await caller("GET", f"/meetings/{made['id']}")).json()
    assert (now["host_email"], now["assistant_id"]) == (HANA, directory.find_user(SAL).id)


@pytest.mark.parametrize(("shared", "status"), [(False, 403), (True, 201)])
async def test_user_managed_app_needs_shared_access(zoom, shared: bool, status: int) -> None:
    """A user-managed app schedules for others only where its user let it use what they shared."""
    reply = await zoom.redeem(await zoom.code(SAL, "personal", shared_access=shared), "personal")
    headers = {"authorization": f"Bearer {reply.json()['access_token']}"}
    body = {"start_time": START, "schedule_for": HANA}
    made = await zoom.http.post("/v2/users/me/meetings", json=body, headers=headers)
    assert made.status_code == status, made.text
    assert status == 201 or made.json()["code"] == 403


@pytest.mark.parametrize("join", [";", " ; ", ";;"])
async def test_alternative_hosts_by_mail_and_id(zoom, join: str) -> None:
    """Alternative hosts are given as e-mails or ids with semicolons, and their own lists do not show the meeting."""
    sal = zoom.sandbox.state.directory.find_user(SAL)
    caller = await zoom.connect(OLGA)
    named = join.join((HANA, sal.id))
    made = await caller.meeting(OLGA, settings={"alternative_hosts": named})
    assert made["settings"]["alternative_hosts"] == named
    for who in (HANA, SAL):
        assert (await caller("GET", f"/users/{who}/meetings")).json()["total_records"] == 0


@pytest.mark.parametrize(
    "named",
    [BEA, "otto@other.example", "nobody@acme.example", f"{HANA},{SAL}", "ina@acme.example", f"{HANA};{BEA}"],
)
async def test_alternative_host_who_does_not_fit(zoom, named: str) -> None:
    """Not Licensed, of another account, unknown, inactive, or separated by commas: refused, on update too."""
    caller = await zoom.connect(OLGA)
    made = await caller.meeting(OLGA)
    body = {"settings": {"alternative_hosts": named}}
    for method, path in (("POST", "/users/me/meetings"), ("PATCH", f"/meetings/{made['id']}")):
        reply = await caller(method, path, json=body)
        assert (reply.status_code, reply.json()["code"]) == (400, 300)


async def test_basic_host_has_no_alternatives(zoom) -> None:
    """The host who names alternatives must be Licensed too; an empty text names nobody."""
    caller = await zoom.connect(OLGA)
    for named, status in ((HANA, 400), ("", 201)):
        body = {"settings": {"alternative_hosts": named}}
        assert (await caller("POST", f"/users/{BEA}/meetings", json=body)).status_code == status


@pytest.mark.parametrize(("who", "status", "code"), [("ina", 400, 3161), ("pia", 404, 1001)])
async def test_people_who_cannot_host_cannot_be_scheduled_under(zoom, who: str, status: int, code: int) -> None:
    """A deactivated person is refused with 3161, somebody invited only does not exist."""
    reply = await (await zoom.connect(OLGA))("POST", f"/users/{who}@acme.example/meetings", json={"topic": "T"})
    assert (reply.status_code, reply.json()["code"]) == (status, code)


async def test_meeting_of_a_deactivated_host(zoom) -> None:
    """It can be read and deleted; an update is refused."""
    caller = await zoom.connect(OLGA)
    made = await caller.meeting(HANA)
    await zoom.control(f"/users/{HANA}", status="inactive")
    path = f"/meetings/{made['id']}"
    assert (await caller("GET", path)).status_code == 200
    assert (await caller("PATCH", path, json={"topic": "T"})).json()["code"] == 3161
    assert (await caller("DELETE", path)).status_code == 204


@pytest.mark.parametrize(("answer", "status", "code"), [("not_allowed", 400, 3161), ("unknown", 404, 1001)])
async def test_world_says_how_a_deactivated_host_is_refused(
    one_account, in_process, answer: str, status: int, code: int
) -> None:
    """Zoom's answer for a deactivated host is not published, so a world chooses between the two likely ones."""
    zoom = in_process(one_account(plan="business", extra=f"deactivated_host: {answer}"))
    caller = await zoom.connect(OLGA)
    await zoom.control("/users/emil@acme.example", status="inactive")
    reply = await caller("POST", "/users/emil@acme.example/meetings", json={"topic": "T"})
    assert (reply.status_code, reply.json()["code"]) == (status, code)
