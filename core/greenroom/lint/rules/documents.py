"""Files that cannot be read, or that somebody else would read otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import BaseModel

from greenroom.documents import DocumentError, load_model
from greenroom.lint.finding import Place
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject
from greenroom.lint.yaml_file import YamlFile, nodes, place_of
from greenroom.profiles.clauses import ClauseBook
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest

UNREADABLE = Rule(
    code="GR101",
    title="A file cannot be read",
    why="The profile does not load, or does without what the file says.",
    fix="Correct the syntax",
)
WRONG_SHAPE = Rule(
    code="GR102",
    title="A file is not what it has to be",
    why="A field that is missing, unknown or of another kind keeps the profile from loading.",
    fix="Correct the field",
)
AMBIGUOUS_WORD = Rule(
    code="GR103",
    title="A bare word that YAML 1.1 reads as something else",
    why=(
        "Greenroom reads `on`, `off`, `yes` and `no` as words, but editors, linters and scripts that read YAML 1.1 see "
        "booleans, and see dates and base-60 numbers in `2026-11-20` and `12:30`."
    ),
    fix="Put it in quotes",
)
DUPLICATE_KEY = Rule(
    code="GR104",
    title="A key stands twice",
    why="One of the two values is dropped by most readers, and Greenroom refuses the file.",
    fix="Keep one of the two",
)
TAB = Rule(
    code="GR105",
    title="A tab in YAML",
    why="YAML allows no tab in indentation, and elsewhere it hides how deep a line stands.",
    fix="Use blanks",
)
RULES = (UNREADABLE, WRONG_SHAPE, AMBIGUOUS_WORD, DUPLICATE_KEY, TAB)

_BOOLEANS = frozenset({"true", "false"})
_LETTERS = frozenset("yYnN")
_MISREAD = {"bool": "a boolean", "timestamp": "a date", "int": "a number", "float": "a number"}
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+")
_OWN_RULE = ("stands twice", "the clause id")


def check(subject: Subject) -> Iterator[Found]:
    """Yield what is wrong with files as such."""
    source = subject.source
    models: dict[Path, type[BaseModel]] = {source.manifest.path: Manifest, source.clauses.path: ClauseBook}
    models |= {words.path: Labels for words in source.labels.values()}
    for document in source.documents:
        yield from _tabs(document)
        yield from _ambiguous(document)
        yield from _duplicates(document)
        yield from _unreadable(document)
        if document.root is not None and document.path in models:
            yield from _shape(document, models[document.path])
    for file in source.python:
        if file.error is not None:
            place = Place(file.path, file.error.lineno or 1, file.error.offset or 1)
            yield UNREADABLE.at(place, f"it is not Python: {file.error.msg}")


def _tabs(document: YamlFile) -> Iterator[Found]:
    for number, line in enumerate(document.text.splitlines(), start=1):
        if "\t" in line:
            yield TAB.at(Place(document.path, number, line.index("\t") + 1), "there is a tab")


def _ambiguous(document: YamlFile) -> Iterator[Found]:
    for node in nodes(document.root):
        if isinstance(node, yaml.ScalarNode) and (misread := _misread(node)):
            what = f"YAML 1.1 reads the bare {node.value!r} as {misread}"
            yield AMBIGUOUS_WORD.at(place_of(document.path, node), what, next=f'Write "{node.value}"')


def _misread(node: yaml.ScalarNode) -> str:
    """Return what a word is taken for by readers of YAML 1.1; empty where all readers agree."""
    text = str(node.value)
    if text in _LETTERS and not node.style:
        return "a boolean"
    if text in _BOOLEANS or _PLAIN_NUMBER.fullmatch(text):
        return ""
    # A word in quotes is text by its tag, whatever it says.
    return _MISREAD.get(str(node.tag).rpartition(":")[2], "")


def _duplicates(document: YamlFile) -> Iterator[Found]:
    for node in nodes(document.root):
        seen: dict[str, int] = {}
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            name = str(key.value)
            if name in seen:
                what = f"the key {name!r} stands in line {seen[name]} already"
                yield DUPLICATE_KEY.at(place_of(document.path, key), what)
            seen.setdefault(name, key.start_mark.line + 1)


def _unreadable(document: YamlFile) -> Iterator[Found]:
    if document.error is None:
        if document.root is None:
            missing = not document.path.is_file()
            what = "the file is missing" if missing else "the file is empty or not UTF-8"
            yield UNREADABLE.at(Place(document.path), what, next="Put a readable file there")
        return
    mark = document.error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    lines = document.text.splitlines()
    if "\t" not in (lines[line - 1] if line <= len(lines) else ""):
        yield UNREADABLE.at(Place(document.path, line, column), f"it is not YAML: {document.error.problem}")


def _shape(document: YamlFile, model: type[BaseModel]) -> Iterator[Found]:
    try:
        load_model(document.path, model)
    except DocumentError as error:
        for problem in error.problems:
            if not any(words in problem.what for words in _OWN_RULE):
                line = problem.line or 1
                where = f"{problem.field}: " if problem.field else ""
                place = Place(document.path, line, _first_column(document, line))
                yield WRONG_SHAPE.at(place, where + problem.what, next=problem.remedy)


def _first_column(document: YamlFile, line: int) -> int:
    text = (document.text.splitlines() or [""])[line - 1]
    return len(text) - len(text.lstrip()) + 1
