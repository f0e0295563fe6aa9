"""What is Calendly's alone among its documents: how many clauses there are, and that both levels have names."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.profiles.clauses import ClauseBook
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest

FOLDER = Path(str(files("greenroom_calendly")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
LABELS = load_model(FOLDER / "labels" / "2026-11.yaml", Labels)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)


def test_all_clauses_are_there() -> None:
    """The document has 44 clauses, and each can be executed."""
    assert len(BOOK.clauses) == 44
    assert not [clause.id for clause in BOOK.clauses if clause.note]


def test_both_levels_have_names() -> None:
    """A member has two kinds of connection, and a page tells them apart by their words."""
    assert LABELS.levels.keys() == set(MANIFEST.levels)
