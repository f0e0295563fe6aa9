"""Settings and values of a profile: said in words, with a default, and unable to change."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.lint.code import Text
from greenroom.lint.python_file import PythonFile
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject

NO_TITLE = Rule(
    code="GR601",
    title="A setting without a title",
    why="Consoles would print the name of a field, which is no word of the product.",
    fix='Give it Field(title="…"), a key under `settings` of the labels',
)
NO_HELP = Rule(
    code="GR602",
    title="A setting without help",
    why="Whoever sets it learns nothing of what it does.",
    fix='Give it Field(description="help.…"), a key under `messages` of the labels',
)
NO_DEFAULT = Rule(
    code="GR603",
    title="A setting without a default",
    why="Before anybody saved settings the profile is asked with the defaults, so it would not load.",
    fix="Give it the default that the product documents",
)
MUTABLE_FIELD = Rule(
    code="GR604",
    title="A field that can change inside a frozen value",
    why="A frozen value with a list in it is not frozen: a hook could change what was saved.",
    fix="Use a tuple, a frozenset, or pairs in a tuple",
)
THAWED = Rule(
    code="GR605",
    title="A value that is not frozen",
    why="Settings and values are shared by questions that know nothing of each other.",
    fix="Leave the model's configuration alone",
)
RULES = (NO_TITLE, NO_HELP, NO_DEFAULT, MUTABLE_FIELD, THAWED)

_CHANGING = frozenset(
    {
        *("Counter", "DefaultDict", "Deque", "Dict", "List", "MutableMapping", "MutableSequence", "MutableSet"),
        *("OrderedDict", "Set", "bytearray", "defaultdict", "deque", "dict", "list", "set"),
    }
)
_ABSTRACT_SET = ("collections.abc", "Set")
_ROOTS = frozenset({"Settings", "Value"})


@dataclass(frozen=True)
class Field:
    """A setting as it is written."""

    file: PythonFile
    node: ast.AnnAssign
    name: str
    given: frozenset[str]
    title: tuple[Text, ...]
    description: tuple[Text, ...]
    has_default: bool


def check(subject: Subject) -> Iterator[Found]:
    """Yield settings nobody could understand, and values that could change."""
    for field in fields_of(subject):
        place = field.file.place(field.node)
        if "title" not in field.given:
            yield NO_TITLE.at(place, f"the setting {field.name!r} has no title")
        if "description" not in field.given:
            yield NO_HELP.at(place, f"the setting {field.name!r} has no help")
        if not field.has_default:
            yield NO_DEFAULT.at(place, f"the setting {field.name!r} has no default")
    for file in subject.source.code:
        for model in _frozen_classes(file):
            yield from _changing(file, model)


def fields_of(subject: Subject) -> Iterator[Field]:
    """Yield every setting of every settings model."""
    for file in subject.source.code:
        for model in _models(file, frozenset({"Settings"})):
            for node in model.body:
                if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and not _is_class_var(node):
                    yield _field(subject, file, node, node.target.id)


def _field(subject: Subject, file: PythonFile, node: ast.AnnAssign, name: str) -> Field:
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and file.original(one.func)[1] == "Field"]
    given = {one.arg: one.value for call in calls for one in call.keywords}
    is_field = isinstance(node.value, ast.Call) and node.value in calls
    positional = [one for call in calls if call is node.value for one in call.args if not _is_ellipsis(one)]
    has_default = bool({"default", "default_factory"} & given.keys() or positional)
    return Field(
        file,
        node,
        name,
        frozenset(one for one in given if one is not None),
        _texts(subject, file, given.get("title")),
        _texts(subject, file, given.get("description")),
        has_default if is_field else node.value is not None,
    )


def _texts(subject: Subject, file: PythonFile, node: ast.expr | None) -> tuple[Text, ...]:
    return () if node is None else subject.code.texts(node, subject.code.modules[file.module]).found


def _models(file: PythonFile, roots: frozenset[str]) -> Iterator[ast.ClassDef]:
    """Yield the classes that go back to one of core's ``roots``, through others of the same file if need be."""
    known: set[str] = set()
    for node in file.nodes:
        if isinstance(node, ast.ClassDef):
            bases = [file.original(base) for base in node.bases]
            ours = any(home.startswith("greenroom.") and name in roots for home, name in bases)
            if ours or any(home == file.module and name in known for home, name in bases):
                known.add(node.name)
                yield node


def _frozen_classes(file: PythonFile) -> Iterator[ast.ClassDef]:
    yield from _models(file, _ROOTS)
    for node in file.nodes:
        if isinstance(node, ast.ClassDef):
            names = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
            marks = [ast.unparse(one) for one in node.decorator_list]
            if "NamedTuple" in names or any("dataclass" in one and "frozen=True" in one for one in marks):
                yield node


def _changing(file: PythonFile, model: ast.ClassDef) -> Iterator[Found]:
    for node in model.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [one for one in ast.walk(node.annotation) if isinstance(one, ast.Name | ast.Attribute)]
            loose = sorted({file.original(one)[1] for one in names if file.original(one) != _ABSTRACT_SET} & _CHANGING)
            if loose:
                what = f"{model.name}.{node.target.id} holds a {loose[0]}"
                yield MUTABLE_FIELD.at(file.place(node), what)
        for one in ast.walk(node):
            if isinstance(one, ast.keyword) and one.arg == "frozen" and _is_false(one.value):
                yield THAWED.at(file.place(one), f"{model.name} is not frozen")


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _is_class_var(node: ast.AnnAssign) -> bool:
    return "ClassVar" in ast.unparse(node.annotation)
