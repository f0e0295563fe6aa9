"""Manifest, labels, clauses, walkthrough and rules agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.model import Action
from greenroom.profiles.clauses import ClauseBook, core_clauses
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.walkthrough import Walkthrough
from greenroom_exelare.rules import SETTINGS
from greenroom_exelare.scopes import CLASSIC, FEATURES, SCOPES

FOLDER = Path(str(files("greenroom_exelare")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
LABELS = load_model(FOLDER / "labels" / "2026-11.yaml", Labels)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)
KNOWN = BOOK.by_id().keys() | core_clauses().keys()

DECLARED = {"EXE-05", "EXE-62", "EXE-63"}


def _cited_by_manifest(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key in {"clauses", "level_clauses"} else _cited_by_manifest(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _cited_by_manifest(inner)


def test_clauses_are_the_documents() -> None:
    """All 65 clauses of the document are there, in order; the three that are declared only say why."""
    assert [clause.id for clause in BOOK.clauses] == [f"EXE-{number:02}" for number in range(1, 66)]
    assert (BOOK.product, BOOK.source) == (MANIFEST.product, MANIFEST.source)
    assert {clause.id for clause in BOOK.clauses if clause.note} == DECLARED
    assert {statement.clause for statement in MANIFEST.statements} == DECLARED


def test_the_manifest_cites_clauses() -> None:
    """What core acts on rests on clauses of the document or on defaults of core, nothing else."""
    assert set(_cited_by_manifest(MANIFEST.model_dump())) <= KNOWN


def test_the_rules_know_the_manifests_scopes() -> None:
    """Every printed scope, and what of Zoom's stands behind it, is the same in rules and manifest."""
    assert {scope.name: frozenset(scope.zoom) for scope in MANIFEST.scopes} == SCOPES
    assert {scope.name: frozenset(scope.classic) for scope in MANIFEST.scopes} == CLASSIC
    assert len(MANIFEST.scopes) == 13


def test_twelve_purposes() -> None:
    """The document gives twelve purposes; two scopes have two of them."""
    purposes = [purpose.say for scope in MANIFEST.scopes for purpose in scope.purposes]
    assert len(set(purposes)) == 12
    assert {scope.name for scope in MANIFEST.scopes if len(scope.purposes) == 2} == {
        "meeting:read",
        "cloud_recording:read",
    }


def test_the_rules_know_the_manifests_features() -> None:
    """Every feature needs one scope at most and rests on the same clauses in rules and manifest."""
    assert MANIFEST.features.keys() == FEATURES.keys()
    for name, spec in MANIFEST.features.items():
        scope = FEATURES[name].scope
        assert spec.scopes == (() if scope is None else (scope,))
        assert set(FEATURES[name].clauses) <= set(spec.clauses)


def test_manifest_words_are_in_the_labels() -> None:
    """Purposes, problems, statements, actions not offered and settings have their words too."""
    keys = {purpose.say for scope in MANIFEST.scopes for purpose in scope.purposes}
    keys |= {problem.say for problem in MANIFEST.problems.values()}
    keys |= {instead.say for instead in MANIFEST.not_offered.values()}
    keys |= {statement.say for statement in MANIFEST.statements}
    for model in SETTINGS.values():
        for field in model.model_fields.values():
            assert field.title in LABELS.settings
            keys.add(field.description or "")
    assert keys <= LABELS.messages.keys()


def test_every_phase_and_button_has_words() -> None:
    """Phases and the actions a page shows are labelled."""
    shown: set[Action] = set()
    for level, phases in MANIFEST.phases.items():
        assert {phase.name for phase in phases} == LABELS.phases[level].keys()
        shown |= set(MANIFEST.actions[level]) - {Action.COMPLETE, Action.USE}
    assert shown == LABELS.actions.keys()


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
