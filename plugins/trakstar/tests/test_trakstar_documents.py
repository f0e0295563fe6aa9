"""Manifest, labels, clauses, walkthrough and templates agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.model import (
    Action,
)
from greenroom.profiles.clauses import ClauseBook, core_clauses
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.walkthrough import Walkthrough
from greenroom_trakstar.gate import APPROVAL_REQUIRED_PLANS
from greenroom_trakstar.hosting import PARALLEL_MEETINGS_PLANS

FOLDER = Path(str(files("greenroom_trakstar")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
LABELS = load_model(FOLDER / "labels" / "2026-11.yaml", Labels)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)
KNOWN = BOOK.by_id().keys() | core_clauses().keys()

ADVICE = {"TRK-04", "TRK-19"}


def _cited_by_manifest(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key in {"clauses", "level_clauses"} else _cited_by_manifest(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _cited_by_manifest(inner)


def test_clauses_are_the_documents() -> None:
    """All 54 clauses of the document are there, in order; the two pieces of advice say why none proves them."""
    assert [clause.id for clause in BOOK.clauses] == [f"TRK-{number:02}" for number in range(1, 55)]
    assert (BOOK.product, BOOK.source) == (MANIFEST.product, MANIFEST.source)
    assert {clause.id for clause in BOOK.clauses if clause.note} == ADVICE
    assert {statement.clause for statement in MANIFEST.statements} == ADVICE


def test_the_manifest_cites_clauses() -> None:
    """What core acts on rests on clauses of the document or on defaults of core, nothing else."""
    assert set(_cited_by_manifest(MANIFEST.model_dump())) <= KNOWN


def test_manifest_words_are_in_the_labels() -> None:
    """Problems, statements and actions not offered have their words too."""
    keys = {problem.say for problem in MANIFEST.problems.values()}
    keys |= {instead.say for instead in MANIFEST.not_offered.values()}
    keys |= {statement.say for statement in MANIFEST.statements}
    assert keys <= LABELS.messages.keys()


def test_every_phase_and_button_has_words() -> None:
    """Phases and the actions a page shows are labelled."""
    for level, phases in MANIFEST.phases.items():
        assert {phase.name for phase in phases} == LABELS.phases[level].keys()
        shown = set(MANIFEST.actions[level]) - {Action.COMPLETE, Action.APPROVAL_DECIDED}
        assert shown == LABELS.actions.keys()


def test_parameters_are_the_rules() -> None:
    """The manifest declares the plans that the rules use."""
    assert MANIFEST.parameters["approval_required_plans"] == APPROVAL_REQUIRED_PLANS
    assert MANIFEST.parameters["parallel_meetings_plans"] == PARALLEL_MEETINGS_PLANS


def test_walkthrough_uses_what_the_manifest_offers() -> None:
    """Each step does an offered action and expects a declared phase; members hold known roles."""
    walkthrough = load_model(FOLDER / "walkthrough.yaml", Walkthrough)
    for one in walkthrough.organization.members:
        assert set(one.roles) <= set(MANIFEST.roles.known)
    for step in walkthrough.steps:
        if step.act is not None:
            assert step.act.action in MANIFEST.actions[step.act.level]
        if step.expect.phase is not None and step.expect.level is not None:
            assert MANIFEST.phase(step.expect.level, step.expect.phase) is not None
