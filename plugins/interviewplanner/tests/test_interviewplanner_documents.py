"""Manifest, labels, clauses, walkthrough and rules agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.model import Action, Permission, Scope
from greenroom.profiles.clauses import ClauseBook, core_clauses
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.walkthrough import Walkthrough
from greenroom_interviewplanner.gate import CONNECTED, NECESSARY_PERMISSIONS, NEEDS_RECONNECT, NOT_CONNECTED
from greenroom_interviewplanner.settings import SETTINGS, CandidateSettings

FOLDER = Path(str(files("greenroom_interviewplanner")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
LABELS = load_model(FOLDER / "labels" / "2026-11.yaml", Labels)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)
KNOWN = BOOK.by_id().keys() | core_clauses().keys()

ADVICE = {"IVP-02", "IVP-22", "IVP-44"}


def _cited_by_manifest(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key in {"clauses", "level_clauses"} else _cited_by_manifest(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _cited_by_manifest(inner)


def test_clauses_are_the_documents() -> None:
    """All 44 clauses of the document are there, in order; three remarks say why none proves them."""
    assert [clause.id for clause in BOOK.clauses] == [f"IVP-{number:02}" for number in range(1, 45)]
    assert (BOOK.product, BOOK.source) == (MANIFEST.product, MANIFEST.source)
    assert {clause.id for clause in BOOK.clauses if clause.note} == ADVICE
    assert {statement.clause for statement in MANIFEST.statements} == ADVICE


def test_the_manifest_cites_clauses() -> None:
    """What core acts on rests on clauses of the document or on defaults of core, nothing else."""
    assert set(_cited_by_manifest(MANIFEST.model_dump())) <= KNOWN


def test_every_phase_button_and_setting_has_words() -> None:
    """Phases, the actions a page shows, and settings with their help are labelled."""
    for level, phases in MANIFEST.phases.items():
        assert {phase.name for phase in phases} == LABELS.phases[level].keys()
        shown = set(MANIFEST.actions[level]) - {Action.COMPLETE, Action.USE}
        assert shown == LABELS.actions.keys()
    for model in SETTINGS.values():
        for field in model.model_fields.values():
            assert field.title in LABELS.settings
            assert field.description in LABELS.messages


def test_the_recipe_is_what_the_gate_asks_for() -> None:
    """The permissions a person is told to add are the ones they are refused without."""
    printed = {
        Permission(section=one.section, item=one.item, view=one.view, edit=one.edit)
        for one in MANIFEST.recipes["zoom_role"].permissions
    }
    assert printed == set(NECESSARY_PERMISSIONS)


def test_the_gate_names_the_manifests_phases() -> None:
    """Rules and manifest spell the phases alike, in the same order."""
    (phases,) = MANIFEST.phases.values()
    assert [phase.name for phase in phases] == [NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT]


def test_settings_are_the_stages_and_the_candidates() -> None:
    """Nothing is set for the account or a member; a candidate's setting typed as nothing follows the stage."""
    assert set(SETTINGS) == {Scope.KIND, Scope.CANDIDATE}
    assert CandidateSettings.model_validate({"video": ""}) == CandidateSettings(video=None)
    assert CandidateSettings.model_validate({"video": "false"}) == CandidateSettings(video=False)


def test_walkthrough_uses_what_the_manifest_offers() -> None:
    """Each step does an offered action and expects a declared phase; members hold known roles."""
    walkthrough = load_model(FOLDER / "walkthrough.yaml", Walkthrough)
    for one in walkthrough.organization.members:
        assert set(one.roles) <= set(MANIFEST.roles.known)
    for step in walkthrough.steps:
        if step.act is not None:
            assert step.act.action in MANIFEST.actions[step.act.level]
        if step.configure is not None:
            assert step.configure.subject == walkthrough.stage
        if step.expect.phase is not None and step.expect.level is not None:
            assert MANIFEST.phase(step.expect.level, step.expect.phase) is not None
