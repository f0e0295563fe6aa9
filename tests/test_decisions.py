"""The page of decisions: complete, and about clauses, defaults and parameters that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenroom.profiles import Profile, Registry

PAGE = (Path(__file__).parents[1] / "docs" / "decisions.md").read_text("utf-8")
PROFILES = [Registry.discover().profile(name) for name in Registry.discover().names]
DECISIONS = re.findall(r"^\| ([A-Z]{3}-D\d+) \|", PAGE, re.MULTILINE)
_MENTION = re.compile(r"\b(?!CORE)[A-Z]{3}-D\d+\b")


def test_each_decision_stands_once() -> None:
    """Ids are used once."""
    assert len(set(DECISIONS)) == len(DECISIONS)


def test_clauses_and_defaults_exist() -> None:
    """Every clause and every default of core that the page names is one."""
    known = {clause for profile in PROFILES for clause in profile.clauses}
    named = set(re.findall(r"\b[A-Z]{3,4}-\d{2,3}\b", PAGE))
    assert named <= known, sorted(named - known)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_what_was_decided_stands_on_the_page(profile: Profile) -> None:
    """Clauses with the basis *decided* stand on the page, and what clauses point to is there."""
    for clause in profile.clauses.values():
        if clause.basis == "decided":
            assert clause.id in PAGE, clause.id
        assert set(_MENTION.findall(clause.then)) <= set(DECISIONS), clause.id


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_parameters_are_decisions(profile: Profile) -> None:
    """Every parameter of a manifest is named on the page, as one of a decision."""
    for name in profile.manifest.parameters:
        assert f"`{name}`" in PAGE, name


def test_clauses_point_to_no_other_page() -> None:
    """No clause refers to a document that the project does not have."""
    foreign = re.compile(r"\b(?!CORE)[A-Z]{3}-\d{2}\b")
    for profile in PROFILES:
        own = {clause.partition("-")[0] for clause in profile.clauses}
        found = {one for clause in profile.clauses.values() for one in foreign.findall(f"{clause.then} {clause.note}")}
        assert {one.partition("-")[0] for one in found} <= own, found
