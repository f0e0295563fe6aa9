"""Replies against Zoom's published documents, and the handlers against the published operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from core.tests.sandbox.operations import SAMPLES, Sample

from greenroom.conformance.zoom.contract import ReplyContract, refusals, required_replies
from greenroom.conformance.zoom.subject import Answer, SimulatedZoom
from greenroom.sandbox.catalogue import published
from greenroom.sandbox.rest import HANDLERS

OPERATIONS = published().by_name
CONTRACT = ReplyContract({name: operation.document for name, operation in OPERATIONS.items()})
by_name = pytest.mark.parametrize("sample", [pytest.param(one, id=one.name) for one in SAMPLES])


async def asked(zoom: SimulatedZoom, sample: Sample) -> Answer:
    """Prepare what a sample needs and send it."""
    caller = await zoom.caller(sample.user, sample.app)
    names = await sample.prepare(zoom, caller)
    return await caller.call(sample.method, sample.path.format(**names), sample.body, **sample.query)


def problems(sample: Sample, answer: Answer) -> list[str]:
    """Judge an answer."""
    return CONTRACT.problems(sample.operation, sample.query, answer.status, answer.body if answer.text else None)


@by_name
async def test_success_keeps_the_contract(simulated: SimulatedZoom, sample: Sample) -> None:
    """A success has published names, types and values only, and every field that counts."""
    answer = await asked(simulated, sample)
    assert answer.status < 300, answer.text
    assert problems(sample, answer) == []


@by_name
async def test_refusals_keep_the_contract(simulated: SimulatedZoom, sample: Sample) -> None:
    """Refusals for want of a token, a scope, or the thing itself have documented statuses, codes and texts."""
    caller = await simulated.caller("olga@acme.example", "private")
    names = await sample.prepare(simulated, await simulated.caller(sample.user, sample.app))
    path = sample.path.format(**names)
    without = await simulated.request(sample.method, f"/v2{path}")
    assert (without.status, without.body["code"], problems(sample, without)) == (401, 124, [])
    refused = await caller.call(sample.method, path, sample.body, **sample.query)
    if not set(OPERATIONS[sample.operation].scopes) & set(simulated.apps["private"].scopes):
        assert (refused.status, refused.body["code"], problems(sample, refused)) == (400, 4711, [])
    if sample.unknown:
        unknown = await asked(simulated, replace(sample, path=sample.unknown))
        assert unknown.status >= 400 or unknown.body["code"], unknown.text
        assert problems(sample, unknown) == []


@pytest.mark.parametrize(
    "sample", [pytest.param(one, id=one.name) for one in SAMPLES if one.body is not None and one.method != "GET"]
)
async def test_wrong_bodies_are_named_by_field(simulated: SimulatedZoom, sample: Sample) -> None:
    """A field of a wrong type is refused as a validation error that names it."""
    wrong = {
        name: {"nothing": "like it"} if not isinstance(value, Mapping) else 7 for name, value in sample.body.items()
    }  # type: ignore[union-attr]
    answer = await asked(simulated, replace(sample, body=wrong))
    assert answer.refusal == (400, 300, "Validation Failed.")
    assert problems(sample, answer) == []


@pytest.mark.parametrize(
    "sample",
    [pytest.param(one, id=one.name) for one in SAMPLES if OPERATIONS[one.operation].body_schema.get("required")],
)
async def test_missing_fields_are_named(simulated: SimulatedZoom, sample: Sample) -> None:
    """A body without a field it must have is refused, and the refusal names that field."""
    answer = await asked(simulated, replace(sample, body={}))
    missing = {one["field"] for one in answer.body["errors"]}
    assert missing & set(OPERATIONS[sample.operation].body_schema["required"])
    assert problems(sample, answer) == []


def test_every_handler_is_a_published_operation() -> None:
    """The sandbox answers what Zoom publishes, all of it and nothing else, and each operation says its scopes."""
    assert set(HANDLERS) == set(OPERATIONS)
    assert all(operation.scopes for operation in OPERATIONS.values())


def test_every_published_operation_is_judged() -> None:
    """Each operation of the documents has a sample and its required fields."""
    assert {one.operation for one in SAMPLES} == set(OPERATIONS)
    assert {name.partition("?")[0] for name in required_replies()} == set(OPERATIONS)


def test_required_fields_are_published() -> None:
    """A field the table asks for is published, or known from replies, and stands in one list only."""
    for name, required in required_replies().items():
        listed = [*required.fields, *required.sometimes]
        assert len(listed) == len(set(listed)), name


def test_every_code_is_listed_once() -> None:
    """The table of codes names each code once."""
    codes = [one.code for one in refusals().codes]
    assert len(codes) == len(set(codes))


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
