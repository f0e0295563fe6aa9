"""What is Trakstar Hire's alone among its documents: how many clauses there are, its advice, and its plans."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from greenroom.documents import load_model
from greenroom.profiles.clauses import ClauseBook
from greenroom.profiles.manifest import Manifest
from greenroom_trakstar.gate import APPROVAL_REQUIRED_PLANS
from greenroom_trakstar.hosting import PARALLEL_MEETINGS_PLANS

FOLDER = Path(str(files("greenroom_trakstar")))
MANIFEST = load_model(FOLDER / "profile.yaml", Manifest)
BOOK = load_model(FOLDER / "clauses.yaml", ClauseBook)


def test_all_clauses_are_there() -> None:
    """The document has 54 clauses, of which two are advice that nothing follows from."""
    assert len(BOOK.clauses) == 54
    assert {clause.id for clause in BOOK.clauses if clause.note} == {"TRK-04", "TRK-19"}


def test_parameters_are_the_rules() -> None:
    """The manifest declares the plans that the rules use."""
    assert MANIFEST.parameters == {
        "approval_required_plans": APPROVAL_REQUIRED_PLANS,
        "parallel_meetings_plans": PARALLEL_MEETINGS_PLANS,
    }
