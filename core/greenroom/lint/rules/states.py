"""Phases, actions, recipes and parameters: what the code moves between stands in the manifest."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from greenroom.lint.flows import Use
from greenroom.lint.python_file import PythonFile
from greenroom.lint.reach import implements
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject
from greenroom.lint.yaml_file import Written
from greenroom.model import Action

UNKNOWN_PHASE = Rule(
    code="GR551",
    title="A phase in the code that the manifest does not have",
    why="An answer that leads there is refused by core, and a comparison with it is never true.",
    fix="Add it under `phases`, or correct its spelling",
)
UNUSED_PHASE = Rule(
    code="GR552",
    title="A phase that the code never leads to",
    severity="warning",
    why="Consoles draw it, and no connection ever is in it.",
    fix="Lead to it, or remove it",
)
UNKNOWN_ACTION = Rule(
    code="GR553",
    title="An action in the code that the manifest does not have",
    why="Nobody can do it: a case for it is dead, and an answer that offers it offers nothing.",
    fix="Add it under `actions` or `not_offered`, or take it out",
)
UNUSED_ACTION = Rule(
    code="GR554",
    title="An action that the code never names",
    severity="warning",
    why="A page offers it, and the gate answers by chance, with whatever its last case says.",
    fix="Answer it in authorize, or remove it",
)
UNKNOWN_RECIPE = Rule(
    code="GR555",
    title="A recipe in the code that the manifest does not have",
    why="People would be told to follow steps that nobody wrote.",
    fix="Add it under `recipes`, or correct its spelling",
)
UNKNOWN_PARAMETER = Rule(
    code="GR556",
    title="A parameter in the code that the manifest does not have",
    why="No deployment can set it, so the default in the code always holds.",
    fix="Add it under `parameters`, or correct its spelling",
)
UNUSED_PARAMETER = Rule(
    code="GR557",
    title="A parameter that the code never reads",
    severity="warning",
    why="A deployment that sets it changes nothing.",
    fix="Read it with request.parameter, or remove it",
)
RULES = (
    UNKNOWN_PHASE,
    UNUSED_PHASE,
    UNKNOWN_ACTION,
    UNUSED_ACTION,
    UNKNOWN_RECIPE,
    UNKNOWN_PARAMETER,
    UNUSED_PARAMETER,
)


def check(subject: Subject) -> Iterator[Found]:
    """Yield what code and manifest do not both know."""
    yield from _phases(subject)
    yield from _actions(subject)
    manifest = subject.source.manifest
    yield from _unknown(subject, "recipe", manifest.entries("recipes").keys(), UNKNOWN_RECIPE)
    parameters = manifest.entries("parameters")
    yield from _unknown(subject, "parameter", parameters.keys(), UNKNOWN_PARAMETER)
    spoken = _spoken(subject)
    for name, word in parameters.items():
        if name not in spoken:
            yield UNUSED_PARAMETER.at(word.place, f"no code reads the parameter {name!r}")


def _unknown(subject: Subject, use: Use, known: Collection[str], rule: Rule) -> Iterator[Found]:
    for one in subject.flows.of(use):
        if one.text.value not in known:
            yield rule.at(one.text.place, f"the manifest has no {use} {one.text.value!r}")


def _phases(subject: Subject) -> Iterator[Found]:
    words = [word for word in subject.source.manifest.words("phases") if word.path[3:] == ("name",)]
    for one in subject.flows.of("phase"):
        of_level = [word for word in words if one.sink.given is None or word.path[1] in one.sink.given]
        if one.text.value not in {word.text for word in of_level}:
            where = f" at the level {', '.join(one.sink.given)}" if one.sink.given else ""
            yield UNKNOWN_PHASE.at(one.text.place, f"the manifest has no phase {one.text.value!r}{where}")
    spoken = _spoken(subject)
    for word in words:
        if word.text not in spoken and not _is_led_to_by_core(subject, word):
            yield UNUSED_PHASE.at(word.place, f"no code names the phase {word.text!r}")


def _is_led_to_by_core(subject: Subject, word: Written) -> bool:
    """Whether core itself leads to a phase: all begin in the first one, and its own `disconnect` ends in the broken."""
    if word.path[2] == "0":
        return True
    kind = subject.source.manifest.word(*word.path[:3], "kind")
    own = any(implements(one) == "disconnect" for one in subject.code.functions)
    return kind is not None and kind.text == "broken" and not own


def _actions(subject: Subject) -> Iterator[Found]:
    manifest = subject.source.manifest
    offered = {word.text: word for word in manifest.words("actions")}
    known = offered.keys() | manifest.entries("not_offered").keys()
    named: set[str] = set()
    for file in subject.source.code:
        for name, node in _actions_in(file):
            named.add(name)
            if name not in known:
                yield UNKNOWN_ACTION.at(file.place(node), f"the manifest has no action {name!r}")
    for name, word in offered.items():
        if name not in named and not _computed(subject):
            yield UNUSED_ACTION.at(word.place, f"no code names the action {name!r}")


def _actions_in(file: PythonFile) -> Iterator[tuple[str, ast.Attribute]]:
    for node in file.nodes:
        named = isinstance(node, ast.Attribute) and file.original(node.value)[1] == "Action"
        if named and isinstance(node, ast.Attribute) and node.attr in Action.__members__:
            yield Action[node.attr].value, node


def _computed(subject: Subject) -> bool:
    """Whether actions are made from words, which cannot be followed."""
    return any(name == "Action" for _, _, name in subject.flows.core_calls)


def _spoken(subject: Subject) -> frozenset[str]:
    return frozenset(value for file in subject.source.code for value, _ in file.strings())
