"""What Zoom tells of meetings made, changed and deleted."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox.catalogue import event_schemas

APRIL = "april.lee@northwind.example"


def _events(zoom: Any) -> list[dict[str, Any]]:
    """Return what was told, each checked against what Zoom publishes."""
    bodies = [dict(event.body) for event in zoom.sandbox.state.events.happened if event.name.startswith("meeting.")]
    for body in bodies:
        schema = {**event_schemas()[body["event"]]}
        payload = schema["properties"]["payload"]["properties"]
        if "old_object" in payload:  # published as a reference into the document it was cut from
            payload = {**payload, "old_object": payload["object"]}
        checked = {"type": "object", "required": schema["properties"]["payload"]["required"], "properties": payload}
        assert [error.message for error in Draft7Validator(checked).iter_errors(body["payload"])] == []
    return bodies


async def test_created(zoom) -> None:
    """A create is told with the meeting, its number as a number, and who made it."""
    made = await (await zoom.connect()).meeting(APRIL, tracking_fields=[{"field": "interview", "value": "17"}])
    (event,) = _events(zoom)
    adam = zoom.sandbox.state.directory.find_user("adam.admin@northwind.example")
    payload = event["payload"]
    assert (event["event"], payload["account_id"], payload["operation"]) == (
        "meeting.created",
        "northwind-account",
        "all",
    )
    assert (payload["operator"], payload["operator_id"]) == (adam.email, adam.id)
    found = payload["object"]
    names = ("id", "uuid", "host_id", "topic", "type", "start_time", "duration", "timezone", "join_url", "password")
    assert {name: found[name] for name in names} == {name: made[name] for name in names}
    assert (found["settings"]["use_pmi"], found["tracking_fields"]) == (False, made["tracking_fields"])


async def test_updated_tells_old_and_new(zoom) -> None:
    """An update tells the changed fields only, with the values before, and when."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL)
    body = {"topic": "New", "start_time": "2027-03-05T10:00:00Z", "settings": {"mute_upon_entry": True}}
    await caller("PATCH", f"/meetings/{made['id']}", json=body)
    payload = _events(zoom)[-1]["payload"]
    known = {name: made[name] for name in ("id", "uuid", "host_id")}
    assert payload["scope"] == "all"
    assert payload["object"] == {**known, **body}
    assert payload["old_object"] == {
        **known,
        "topic": made["topic"],
        "start_time": made["start_time"],
        "settings": {"mute_upon_entry": False},
    }
    assert isinstance(payload["time_stamp"], int)


async def test_new_passcode_tells_the_new_link(zoom) -> None:
    """A changed passcode is told together with the link it changed."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL)
    await caller("PATCH", f"/meetings/{made['id']}", json={"password": "other1"})
    payload = _events(zoom)[-1]["payload"]
    assert (payload["object"]["password"], payload["old_object"]["join_url"]) == ("other1", made["join_url"])
    assert payload["object"]["join_url"] != made["join_url"]


@pytest.mark.parametrize("body", [{}, {"topic": "Interview"}, {"start_time": "2027-01-01T00:00:00Z"}])
async def test_update_that_changes_nothing_is_not_told(zoom, body: dict[str, Any]) -> None:
    """Nothing changed, nothing told."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL)
    assert (await caller("PATCH", f"/meetings/{made['id']}", json=body)).status_code == 204
    assert len(_events(zoom)) == 1


async def test_deleted(zoom) -> None:
    """A delete is told once, a refused one not at all."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL)
    for _ in range(2):
        await caller("DELETE", f"/meetings/{made['id']}")
    events = _events(zoom)
    assert [event["event"] for event in events] == ["meeting.created", "meeting.deleted"]
    payload = events[-1]["payload"]
    assert (payload["operation"], payload["object"]["id"], payload["object"]["uuid"]) == (
        "all",
        made["id"],
        made["uuid"],
    )


async def test_one_date_of_a_series(zoom) -> None:
    """Changing and deleting one date is told as `single`."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL, type=8, recurrence={"type": 1, "end_times": 3})
    path, date = f"/meetings/{made['id']}", made["occurrences"][1]
    params = {"occurrence_id": date["occurrence_id"]}
    await caller("PATCH", path, params=params, json={"duration": 10})
    await caller("DELETE", path, params=params)
    created, updated, deleted = (event["payload"] for event in _events(zoom))
    assert len(created["object"]["occurrences"]) == 3
    assert (updated["scope"], updated["object"]["occurrences"][1]["duration"]) == ("single", 10)
    assert deleted["operation"] == "single"
    assert deleted["object"]["occurrences"] == [
        {"occurrence_id": date["occurrence_id"], "start_time": date["start_time"]}
    ]


async def test_only_the_hosts_apps_hear(zoom) -> None:
    """The event concerns the host, whoever acted."""
    await (await zoom.connect()).meeting(APRIL)
    (event,) = [one for one in zoom.sandbox.state.events.happened if one.name == "meeting.created"]
    assert event.about == {zoom.sandbox.state.directory.find_user(APRIL).id}
