"""The kit from outside: the command that lists and runs, a real port, and a simulator that is not there."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from tests.zoom_facts.test_facts import CHECKS, FACTS

from greenroom.cli import main
from greenroom.cli.schema_files import schema_texts
from greenroom.conformance.checks import Found
from greenroom.conformance.zoom.facts import FactSheet
from greenroom.conformance.zoom.kit import FactCheck, run_one
from greenroom.conformance.zoom.subject import SimulatedZoom, SubjectUnusable
from greenroom.documents import DocumentError, load_model
from greenroom.profiles import Registry


def _json(*words: str) -> tuple[int, list[dict[str, object]]]:
    """Run a command with ``--json``; return exit code and data, once they fit the published schema."""
    result = CliRunner().invoke(main, [*words, "--json"])
    document = json.loads(result.stdout)
    schema = json.loads(schema_texts()[f"{document['schema']}.json"])
    Draft202012Validator(schema).validate(document)
    return result.exit_code, document["data"]


def test_facts_are_listed_with_their_checks() -> None:
    """The table and the document name every fact; a fact without a check says why."""
    shown = CliRunner().invoke(main, ["clauses", "--sandbox"])
    assert shown.exit_code == 0
    assert all(fact in shown.stdout for fact in FACTS)
    code, listed = _json("clauses", "--sandbox")
    assert (code, [one["id"] for one in listed]) == (0, list(FACTS))
    assert all(one["checks"] or one["note"] for one in listed)


def test_clauses_are_listed_with_their_checks() -> None:
    """The same command lists the clauses of a profile."""
    name = Registry.discover().names[0]
    code, listed = _json("clauses", name)
    assert code == 0
    assert any(one["checks"] for one in listed)
    assert CliRunner().invoke(main, ["clauses", name]).exit_code == 0


def test_checks_pass_over_a_real_port() -> None:
    """Every check passes against an embedded Zoom that is reached through the network."""
    code, runs = _json("clauses", "--sandbox", "--run")
    assert [one for one in runs if one["outcome"] != "passed"] == []
    assert (code, [one["check"] for one in runs]) == (0, [check.name for check in CHECKS])


@pytest.mark.parametrize("words", [["acme", "--sandbox"], ["--sandbox", "--prove"], ["--sandbox", "--uncovered"]])
def test_profile_or_sandbox(words: list[str]) -> None:
    """Zoom's facts belong to no profile, and have no wrong readings."""
    assert CliRunner().invoke(main, ["clauses", *words]).exit_code == 2


def test_all_profiles_are_counted() -> None:
    """Without a name the clauses of every profile are counted, and their checks run."""
    ended = CliRunner().invoke(main, ["clauses", "--run"])
    assert all(name in ended.output for name in Registry.discover().names)


async def test_simulator_that_is_not_there() -> None:
    """Without an answer nothing is checked."""
    with pytest.raises(SubjectUnusable, match="POST /_sandbox/reset"):
        async with SimulatedZoom.at("http://127.0.0.1:9"):
            pass


async def test_runs_tell_apart_failed_and_broken(simulated: SimulatedZoom) -> None:
    """What does not hold has failed, a field that is not there too; a refused control call breaks the check."""

    async def holds(zoom: SimulatedZoom) -> None:
        assert zoom.apps

    async def wrong(zoom: SimulatedZoom) -> None:
        assert not zoom.apps

    async def absent(zoom: SimulatedZoom) -> None:
        await zoom.control("GET", zoom.users["nobody"]["email"])

    async def refused(zoom: SimulatedZoom) -> None:
        await zoom.control("POST", "/nothing")

    async def outcome(check: Callable[[SimulatedZoom], Awaitable[None]]) -> str:
        return (await run_one(simulated, Found[FactCheck]("made_up", ("ZOOM-001",), check))).outcome

    assert [await outcome(one) for one in (holds, wrong, absent, refused)] == ["passed", "failed", "failed", "broken"]


_GOOD = """\
facts:
  - id: ZOOM-001
    area: oauth
    fact: A token reply carries everything it should.
    confidence: certain
    source: Zoom OpenAPI Users 2026-03
    simulated: yes
"""


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("ZOOM-001", "ZOOM-1", "id"),
        ("oauth", "magic", "area"),
        ("certain", "sure", "confidence"),
        ("simulated: yes", "simulated: no", "says in one what is missing"),
        ("simulated: yes", "simulated: yes\n    note: Nothing is missing, though this says so.", "has no note"),
        ("    area: oauth\n", "", "area"),
        ("source:", "because: x\n    source:", "because"),
        ("facts:\n", "facts:\n" + _GOOD.removeprefix("facts:\n"), "each once"),
    ],
)
def test_facts_are_read_strictly(tmp_path, before: str, after: str, said: str) -> None:
    """A wrong field, a missing or needless note and a number given twice are named."""
    path = tmp_path / "facts.yaml"
    path.write_text(_GOOD)
    assert load_model(path, FactSheet).facts
    path.write_text(_GOOD.replace(before, after, 1))
    with pytest.raises(DocumentError, match=said):
        load_model(path, FactSheet)
