"""What is Lever's alone among its documents: how many clauses there are, its figures, and how warnings read."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.model import Say
from greenroom.profiles.clauses import ClauseBook
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest
from greenroom_lever.hosting import BASIC_LIMIT_MIN_PEOPLE, BASIC_LIMIT_MINUTES

FOLDER = Path(str(files("greenroom_lever")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
LABELS = load_model(FOLDER / "labels" / "2026-11.yaml", Labels)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)


def test_all_clauses_are_there() -> None:
    """The document has 84 clauses, and each can be executed."""
    assert len(BOOK.clauses) == 84
    assert not [clause.id for clause in BOOK.clauses if clause.note]


def test_parameters_are_the_rules() -> None:
    """The manifest declares the figures that the rules use."""
    assert MANIFEST.parameters == {
        "basic_limit_minutes": BASIC_LIMIT_MINUTES,
        "basic_limit_min_people": BASIC_LIMIT_MIN_PEOPLE,
    }


def test_warnings_read_with_their_figures() -> None:
    """The values of a warning have their place in its words."""
    limit = LABELS.text(Say(key="basic_limit", values=(("minutes", 40), ("people", 3))))
    assert "maximum of 40 minutes if there are 3 or more people" in limit
    unknown = LABELS.text(Say(key="host_not_verified", values=(("email", "noor@acme.example"),)))
    assert unknown.startswith("noor@acme.example is not")
