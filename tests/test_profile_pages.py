"""The pages on the profiles are made from the plugins, and current."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.cli.profile_pages import pages
from greenroom.profiles import Registry

FOLDER = Path(__file__).parents[1] / "docs" / "profiles"
PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_current(name: str) -> None:
    """What stands in the repository is what the plugin says now; ``make profiles`` writes it."""
    assert (FOLDER / name).read_text("utf-8") == PAGES[name]


def test_no_page_is_left_over() -> None:
    """Every page is of an installed profile."""
    assert {path.name for path in FOLDER.glob("*.md")} == set(PAGES)


@pytest.mark.parametrize("name", Registry.discover().names)
def test_page_shows_every_clause_and_phase(name: str) -> None:
    """Each clause of the document and each phase of a connection is on the page, proven or noted."""
    profile = Registry.discover().profile(name)
    page = PAGES[f"{name}.md"]
    own = [clause for clause in profile.clauses.values() if clause.basis != "default"]
    assert all(f"| {clause.id} |" in page for clause in own)
    assert all(f"`{phase.name}`" in page for phases in profile.manifest.phases.values() for phase in phases)
    assert "| noted:  |" not in page
