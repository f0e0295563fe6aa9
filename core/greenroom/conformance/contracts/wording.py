"""Contracts of words: what is offered has a label, what is declared has a message."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from greenroom.conformance.contract import contract
from greenroom.conformance.product import Product
from greenroom.model import Action

UNSEEN = frozenset({Action.COMPLETE, Action.USE, Action.APPROVAL_DECIDED})
"""Actions without a button: Zoom's answer, the use of a feature, and what a Zoom admin decided elsewhere."""


@contract(
    why="A page that falls back to our words does not read like the product.",
    fix="Write the label under `actions`.",
    once=True,
)
def every_button_has_a_label(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """What is offered is called what the product calls it."""
    for level, actions in product.manifest.actions.items():
        labelled = product.words.actions.keys() | product.words.level_actions.get(level, {}).keys()
        missing = set(actions) - UNSEEN - labelled
        assert not missing, f"no label at {level} for {', '.join(sorted(missing))}"


@contract(
    why="A phase without a label shows an internal word to people.",
    fix="Write the phase under `phases` of its level.",
    once=True,
)
def every_phase_has_a_label(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Each phase that a connection can be in has the product's word for it."""
    for level, phases in product.manifest.phases.items():
        missing = {phase.name for phase in phases} - product.words.phases.get(level, {}).keys()
        assert not missing, f"no label at {level} for {', '.join(sorted(missing))}"


@contract(
    why="A message that is missing shows its key to people.",
    fix="Write the message under `messages`.",
    refuses=True,
    once=True,
)
def every_declared_message_has_words(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Whatever the manifest says has words."""
    missing = sorted(set(_declared(product)) - product.words.messages.keys())
    assert not missing, f"no words for {', '.join(missing)}"


@contract(
    why="A setting whose name or help is a key cannot be set by anybody who has not read the code.",
    fix="Give each setting a `title` and `description`, and write both into the labels.",
    refuses=True,
    once=True,
    unless=lambda product: "" if product.settings else "it has no settings",
)
def every_setting_has_a_name_and_help(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Each setting has a label, help, and a default to stand at."""
    for scope, schema in product.settings.items():
        fields = schema.get("properties")
        assert isinstance(fields, dict)
        for name, field in fields.items():
            assert isinstance(field, dict)
            assert field.get("title") in product.words.settings, f"{scope}.{name} has no label"
            assert field.get("description") in product.words.messages, f"{scope}.{name} has no help"
            assert "default" in field, f"{scope}.{name} has no default"


def _declared(product: Product) -> Iterator[str]:
    manifest = product.manifest
    yield from (one.say for one in manifest.not_offered.values())
    yield from (one.say for one in manifest.problems.values())
    yield from (one.say for one in manifest.statements)
    yield from (purpose.say for scope in manifest.scopes for purpose in scope.purposes)
    for recipe in manifest.recipes.values():
        yield from (recipe.say, *recipe.steps, *(permission.purpose for permission in recipe.permissions))
