"""The reply contract notices: an emptied reply, each field that counts left out, a type changed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from core.tests.sandbox.operations import SAMPLES, Sample
from core.tests.sandbox.test_contract import CONTRACT, problems

from greenroom.conformance.zoom.subject import SimulatedZoom
from greenroom.sandbox import rest
from greenroom.sandbox.calls import Call, Reply
from greenroom.sandbox.rest import HANDLERS

Change = Callable[[dict[str, Any]], object]

FIRST = {one.operation: one for one in reversed(SAMPLES)}
WITH_FIELDS = [one for one in FIRST.values() if CONTRACT.required(one.operation, one.query).fields]
WITHOUT_FIELDS = [one for one in FIRST.values() if one not in WITH_FIELDS]


def nothing(body: dict[str, Any]) -> None:
    """Leave a reply as it is."""


class Broken:
    """Stands in for one operation's handler: remembers its first reply, and sends changed copies from then on."""

    def __init__(self, operation: str) -> None:
        self._real = HANDLERS[operation]
        self._kept: Reply | None = None
        self.change: Change = nothing

    def __call__(self, call: Call) -> Reply:
        """Answer a call."""
        self._kept = self._kept or self._real(call)
        body = copy.deepcopy(dict(self._kept.body or {}))
        self.change(body)
        return Reply(self._kept.status, body)


async def reported(
    simulated: SimulatedZoom, monkeypatch: pytest.MonkeyPatch, sample: Sample, changes: dict[str, Change]
) -> dict[str, list[str]]:
    """Return what the contract reports for each change of a sample's reply, after it had nothing to report."""
    broken = Broken(sample.operation)
    caller = await simulated.caller(sample.user, sample.app)
    names = await sample.prepare(simulated, caller)
    monkeypatch.setitem(rest.HANDLERS, sample.operation, broken)  # type: ignore[arg-type]  # a dict underneath
    found = {}
    for name, change in {"nothing": nothing, **changes}.items():
        broken.change = change
        await simulated.pass_time(1)  # so that no rate limit comes in between
        answer = await caller.call(sample.method, sample.path.format(**names), sample.body, **sample.query)
        assert answer.status < 300, answer.text
        found[name] = problems(sample, answer)
    assert found.pop("nothing") == []
    return found


def parametrized(samples: list[Sample]) -> pytest.MarkDecorator:
    """Run a test for each of the samples."""
    return pytest.mark.parametrize("sample", [pytest.param(one, id=one.name) for one in samples])


@parametrized(WITH_FIELDS)
async def test_an_emptied_reply_is_reported(
    simulated: SimulatedZoom, monkeypatch: pytest.MonkeyPatch, sample: Sample
) -> None:
    """A reply without anything in it breaks the contract."""
    found = await reported(simulated, monkeypatch, sample, {"emptied": lambda body: body.clear()})
    assert found["emptied"]


@parametrized(WITH_FIELDS)
async def test_each_missing_field_is_reported(
    simulated: SimulatedZoom, monkeypatch: pytest.MonkeyPatch, sample: Sample
) -> None:
    """Each field that counts is missed by its name, wherever it stands."""
    fields = CONTRACT.required(sample.operation, sample.query).fields
    found = await reported(simulated, monkeypatch, sample, {path: dropping(path) for path in fields})
    assert {path: said for path, said in found.items() if f"{path} is missing" not in said} == {}


@parametrized(WITH_FIELDS)
async def test_each_changed_type_is_reported(
    simulated: SimulatedZoom, monkeypatch: pytest.MonkeyPatch, sample: Sample
) -> None:
    """A published field that counts and holds something of another type is reported."""
    fields = CONTRACT.required(sample.operation, sample.query)
    typed = [path for path in fields.fields if path not in fields.likely]
    found = await reported(simulated, monkeypatch, sample, {path: turning(path) for path in typed})
    assert {path for path, said in found.items() if not said} == set()


@parametrized(WITH_FIELDS)
async def test_an_unpublished_name_is_reported(
    simulated: SimulatedZoom, monkeypatch: pytest.MonkeyPatch, sample: Sample
) -> None:
    """A name that no document publishes is reported."""
    found = await reported(simulated, monkeypatch, sample, {"added": lambda body: body.update(nobody_knows=1)})
    assert found["added"] == ["nobody_knows is not published"]


@parametrized(WITHOUT_FIELDS)
async def test_a_body_where_none_belongs_is_reported(
    simulated: SimulatedZoom, monkeypatch: pytest.MonkeyPatch, sample: Sample
) -> None:
    """An operation that answers without a body is reported when it has one."""
    found = await reported(simulated, monkeypatch, sample, {"added": lambda body: body.update(id=1)})
    assert found["added"]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (418, {"code": 300, "message": "Tea."}, "status 418 with code 300 is not documented"),
        (400, {"code": 4242, "message": "What?"}, "code 4242 is not known"),
        (400, {"code": "300", "message": "What?"}, "code is '300', not a number"),
        (404, {"code": 124, "message": "What?"}, "code 124 comes under (401,), not under 404"),
        (400, {"code": 300, "message": ""}, "message is '', not a text"),
        (400, {"code": 300}, "message is None, not a text"),
        (400, {"code": 300, "message": "Validation Failed."}, "a validation error names no field"),
        (400, {"code": 300, "message": "Validation Failed.", "errors": [{"field": "a"}]}, "names no field"),
        (400, None, "code is None, not a number"),
    ],
)
def test_refusals_are_judged(status: int, body: object, said: str) -> None:
    """A refusal of an undocumented status, an unknown code or without words is reported."""
    assert any(said in one for one in CONTRACT.problems("GET /users", {}, status, body))


def dropping(path: str) -> Change:
    """Return a change that leaves a field out, of every entry where it stands in a list."""

    def change(body: dict[str, Any]) -> None:
        for holder, name in list(holders(body, path)):
            del holder[name]

    return change


def turning(path: str) -> Change:
    """Return a change that gives a field a value of a type no field has."""

    def change(body: dict[str, Any]) -> None:
        for holder, name in list(holders(body, path)):
            holder[name] = [{"no": "such"}] if not isinstance(holder[name], list) else {"no": "such"}

    return change


def holders(body: Any, path: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every object that has the last name of a path; there is at least one, or the test means nothing."""
    head, _, rest = path.partition(".")
    if not rest:
        assert head in body, f"the sample's reply has no {path}"
        yield body, head
        return
    inner = body[head.removesuffix("[]")]
    for one in inner if head.endswith("[]") else [inner]:
        yield from holders(one, rest)
