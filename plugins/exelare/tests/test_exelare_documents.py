"""What is Exelare's alone among its documents: its promises, its scopes with their purposes, and its features."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.model import Say
from greenroom.profiles.clauses import ClauseBook
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest
from greenroom_exelare.scopes import CLASSIC, FEATURES, SCOPES

FOLDER = Path(str(files("greenroom_exelare")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
LABELS = load_model(FOLDER / "labels" / "2026-11.yaml", Labels)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)


def test_all_clauses_are_there() -> None:
    """The document has 65 clauses, of which three are declared only."""
    assert len(BOOK.clauses) == 65
    assert {clause.id for clause in BOOK.clauses if clause.note} == {"EXE-05", "EXE-62", "EXE-63"}


def test_a_missing_permission_is_named_as_printed() -> None:
    """Who lacks a permission reads which one, by the document's name."""
    text = LABELS.text(Say(key="scope_missing", values=(("scope", "phone:read:*"),)))
    assert "The Zoom permission phone:read:* is not granted" in text


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


def test_what_is_declared_only_reads_as_printed() -> None:
    """The document's promises about the use of data are told in its words, each for its clause."""
    told = {one.clause: LABELS.text(Say(key=one.say)) for one in MANIFEST.statements}
    assert told == {
        "EXE-05": "Enter your login credentials and click Login.",
        "EXE-62": "Data is used exclusively to support recruiting and interview workflows.",
        "EXE-63": "Data is not sold, rented, or shared with third parties for marketing purposes.",
    }
