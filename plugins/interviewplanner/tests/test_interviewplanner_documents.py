"""What is InterviewPlanner's alone among its documents: its remarks, its recipe, its phases and its settings."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.model import Permission, Scope
from greenroom.profiles.clauses import ClauseBook
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.walkthrough import Walkthrough
from greenroom_interviewplanner.gate import (
    CONNECT_ROLES,
    CONNECTED,
    NECESSARY_PERMISSIONS,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
)
from greenroom_interviewplanner.settings import SETTINGS, CandidateSettings

FOLDER = Path(str(files("greenroom_interviewplanner")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)


def test_all_clauses_are_there() -> None:
    """The document has 44 clauses, of which three are remarks that nothing follows from."""
    assert len(BOOK.clauses) == 44
    assert {clause.id for clause in BOOK.clauses if clause.note} == {"IVP-02", "IVP-22", "IVP-44"}


def test_parameters_are_the_rules() -> None:
    """The manifest declares who may connect, as the gate has it."""
    assert MANIFEST.parameters == {"connect_roles": CONNECT_ROLES}


def test_the_walkthrough_sets_its_own_stage() -> None:
    """What is configured on the way is the stage that is scheduled."""
    walkthrough = load_model(FOLDER / "walkthrough.yaml", Walkthrough)
    subjects = {step.configure.subject for step in walkthrough.steps if step.configure is not None}
    assert subjects == {walkthrough.stage}


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
