"""A profile's manifest, labels, clauses and walkthrough agree with each other, whichever profile it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from greenroom.documents import load_model
from greenroom.model import Action, Scope
from greenroom.profiles import Profile
from greenroom.profiles.clauses import ClauseBook

UNSEEN = {Action.COMPLETE, Action.APPROVAL_DECIDED, Action.USE}
"""Actions that no page shows a button for: their words are the profile's to have or not."""


def book(profile: Profile) -> ClauseBook:
    """Return the profile's clauses as its file has them."""
    return load_model(profile.folder / "clauses.yaml", ClauseBook)


def cited_by(value: object) -> Iterator[str]:
    """Yield every clause that some part of a manifest cites."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key in {"clauses", "level_clauses"} else cited_by(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from cited_by(inner)


def spoken(profile: Profile) -> Iterator[str]:
    """Yield every message key that the manifest and the settings' help point at."""
    manifest = profile.manifest
    yield from (problem.say for problem in manifest.problems.values())
    yield from (instead.say for instead in manifest.not_offered.values())
    yield from (statement.say for statement in manifest.statements)
    yield from (purpose.say for scope in manifest.scopes for purpose in scope.purposes)
    yield from chain.from_iterable((recipe.say, *recipe.steps) for recipe in manifest.recipes.values())
    models = (profile.settings_model(scope) for scope in Scope)
    yield from (field.description or "" for model in models if model for field in model.model_fields.values())


def test_clauses_are_numbered_through(profile: Profile) -> None:
    """Clause ids share a prefix and count up from 1 without a gap; book and manifest name the same document."""
    clauses = book(profile).clauses
    prefix = clauses[0].id.partition("-")[0]
    assert [clause.id for clause in clauses] == [f"{prefix}-{number:02}" for number in range(1, len(clauses) + 1)]
    manifest = profile.manifest
    assert (book(profile).product, book(profile).source) == (manifest.product, manifest.source)


def test_what_is_noted_is_stated(profile: Profile) -> None:
    """A clause that nothing can prove says why, and stands among the manifest's statements."""
    noted = {clause.id for clause in book(profile).clauses if clause.note}
    assert {statement.clause for statement in profile.manifest.statements} == noted


def test_the_manifest_cites_clauses(profile: Profile) -> None:
    """What core acts on rests on clauses of the document or on defaults of core, nothing else."""
    assert set(cited_by(profile.manifest.model_dump())) <= profile.clauses.keys()


def test_all_that_is_said_has_words(profile: Profile) -> None:
    """Problems, statements, purposes, recipes and the help of settings have their words; settings have titles."""
    assert set(spoken(profile)) <= profile.labels.messages.keys()
    models = (profile.settings_model(scope) for scope in Scope)
    titles = {field.title or "" for model in models if model for field in model.model_fields.values()}
    assert titles <= profile.labels.settings.keys()


def test_every_phase_and_button_has_words(profile: Profile) -> None:
    """Phases and the actions a page shows are labelled, and nothing is that is not offered."""
    offered = set(chain.from_iterable(profile.manifest.actions.values()))
    assert offered - UNSEEN <= profile.labels.actions.keys() <= offered
    for level, phases in profile.manifest.phases.items():
        assert {phase.name for phase in phases} == profile.labels.phases[level].keys()


def test_the_walkthrough_uses_what_is_offered(profile: Profile) -> None:
    """Each step does an offered action, sets a setting there is and expects a declared phase; members hold known
    roles."""
    manifest, walkthrough = profile.manifest, profile.walkthrough
    assert set(chain.from_iterable(one.roles for one in walkthrough.organization.members)) <= set(manifest.roles.known)
    for step in walkthrough.steps:
        assert step.act is None or step.act.action in manifest.actions[step.act.level]
        if step.expect.phase is not None and step.expect.level is not None:
            assert manifest.phase(step.expect.level, step.expect.phase) is not None
        if step.configure is not None:
            model = profile.settings_model(step.configure.scope)
            assert model is not None
            assert step.configure.values.keys() <= model.model_fields.keys()
