"""Replies against Zoom's published schemas, and the handlers against the published operations."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox.catalogue import published
from greenroom.sandbox.rest import HANDLERS

APRIL = "april.lee@northwind.example"
# Real replies carry these though the published schema leaves them out.
UNPUBLISHED = {"uuid", "host_id", "status", "host_email", "display_name"}

READS = [
    ("GET /users/{userId}", f"/users/{APRIL}"),
    ("GET /users", "/users"),
    ("GET /users", "/users?status=pending"),
    ("GET /users/{userId}/settings", f"/users/{APRIL}/settings"),
    ("GET /users/{userId}/settings", f"/users/{APRIL}/settings?option=meeting_security"),
    ("GET /users/{userId}/settings", f"/users/{APRIL}/settings?option=meeting_authentication"),
    ("GET /users/{userId}/permissions", f"/users/{APRIL}/permissions"),
    ("GET /users/{userId}/meetings", f"/users/{APRIL}/meetings"),
    ("GET /meetings/{meetingId}", "/meetings/{meeting}"),
    ("GET /meetings/{meetingId}", "/meetings/{pmi}"),
    ("GET /meetings/{meetingId}/invitation", "/meetings/{meeting}/invitation"),
    ("GET /rooms", "/rooms"),
    ("GET /roles", "/roles"),
    ("GET /roles/{roleId}/members", "/roles/1/members"),
    ("GET /accounts/{accountId}/settings", "/accounts/me/settings"),
    ("GET /marketplace/apps/{appId}/requests", "/marketplace/apps/{app}/requests"),
]


@pytest.mark.parametrize(("operation", "path"), READS)
async def test_reply_keeps_to_the_published_schema(zoom, operation: str, path: str) -> None:
    """Every property name of a reply is published, with the published type."""
    caller = await zoom.connect()
    meeting = await caller.meeting(APRIL, settings={"use_pmi": True})
    april = zoom.sandbox.state.directory.find_user(APRIL)
    zoom.sandbox.state.approvals.ask(zoom.app("user"), april, zoom.sandbox.state.clock.now())
    reply = await caller("GET", path.format(meeting=meeting["id"], pmi=april.pmi, app=zoom.app("user").id))
    assert reply.status_code == 200, reply.text
    schema = published().by_name[operation].reply_schema(200)
    assert set(_unpublished(reply.json(), schema)) <= UNPUBLISHED
    if "settings" not in operation:
        assert [error.message for error in Draft7Validator(schema).iter_errors(reply.json())] == []


async def test_created_meeting_keeps_to_the_published_schema(zoom) -> None:
    """The reply of a create has published names and types only."""
    made = await (await zoom.connect()).meeting(settings={"use_pmi": True, "alternative_hosts": APRIL})
    schema = published().by_name["POST /users/{userId}/meetings"].reply_schema(201)
    assert set(_unpublished(made, schema)) <= UNPUBLISHED
    assert [error.message for error in Draft7Validator(schema).iter_errors(made)] == []


def test_every_handler_is_a_published_operation() -> None:
    """The sandbox answers nothing that Zoom does not publish, and each operation says its scopes."""
    catalogue = published()
    assert set(HANDLERS) <= set(catalogue.by_name)
    assert all(operation.scopes for operation in catalogue.by_name.values())


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/users/email", "GET /users/email"),
        ("GET", "/users/abc", "GET /users/{userId}"),
        ("GET", "/users/me/zak", "GET /users/me/zak"),
        ("PATCH", "/meetings/123", "PATCH /meetings/{meetingId}"),
        ("GET", "/users/a/b/c", None),
    ],
)
def test_requests_find_their_operation(method: str, path: str, name: str | None) -> None:
    """A fixed path wins over one with parameters, and a parameter never spans a slash."""
    found = published().find(method, path)
    assert (found[0].name if found else None) == name


def _unpublished(value: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield property names that no part of the schema publishes at their place."""
    parts = list(_parts(schema))
    if isinstance(value, dict):
        for name, inner in value.items():
            known = [part["properties"][name] for part in parts if name in part.get("properties", {})]
            if not known:
                yield name
            else:
                yield from _unpublished(inner, {"anyOf": known})
    elif isinstance(value, list):
        items = {"anyOf": [part["items"] for part in parts if "items" in part]}
        for inner in value:
            yield from _unpublished(inner, items)


def _parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield schema
    for word in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(word, []):
            yield from _parts(part)
