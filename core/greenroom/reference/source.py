"""What the source says of a class beyond what it is at run time: each field as it was written, and the string below it.

Read from the source when the reference is made, so that strings below fields cost nothing when Greenroom runs.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from enum import Enum
from functools import cache
from types import ModuleType

from pydantic import BaseModel


@dataclass(frozen=True)
class WrittenField:
    """A field, a member of an enumeration, or a name of a module, as the source has it.

    Attributes:
        annotation: its type; ``None`` where none is written.
        value: what it is set to; ``None`` where nothing is.
        meaning: the string below it, on one line; empty where there is none.
    """

    name: str
    annotation: ast.expr | None
    value: ast.expr | None
    meaning: str


@cache
def fields_of(cls: type) -> Mapping[str, WrittenField]:
    """Return the fields that a class itself declares, in order; for an enumeration, its members."""
    (written,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    assert isinstance(written, ast.ClassDef)
    found = {one.name: one for one in _written(written.body)}
    return {name: one for name, one in found.items() if name in _declared(cls)}


def meanings_of(cls: type) -> Mapping[str, str]:
    """Return what the fields of one of our own values mean, those of its bases included."""
    ours = [one for one in reversed(cls.__mro__) if one.__module__.partition(".")[0] == "greenroom"]
    return {name: field.meaning for one in ours for name, field in fields_of(one).items() if field.meaning}


@cache
def names_of(module: ModuleType) -> Mapping[str, WrittenField]:
    """Return what a module assigns at its top level, in order."""
    return {one.name: one for one in _written(ast.parse(inspect.getsource(module)).body)}


def order_of(module: ModuleType) -> tuple[str, ...]:
    """Return the names of what a module defines at its top level, in order: classes, functions, and what it assigns."""
    names: list[str] = []
    for one in ast.parse(inspect.getsource(module)).body:
        if isinstance(one, ast.ClassDef | ast.FunctionDef):
            names.append(one.name)
        names.extend(written.name for written in _written([one]))
    return tuple(names)


def summary_of(documented: object) -> str:
    """Return a docstring as paragraphs, each on one line."""
    paragraphs = inspect.cleandoc(getattr(documented, "__doc__", None) or "").split("\n\n")
    return "\n\n".join(" ".join(one.split()) for one in paragraphs)


def properties_of(cls: type) -> Iterator[tuple[str, str]]:
    """Yield the name and docstring of each public property and method that a class itself defines."""
    for name, one in vars(cls).items():
        function = one.fget if isinstance(one, property) else one
        if not name.startswith("_") and inspect.isfunction(function) and function.__doc__:
            call = "" if isinstance(one, property) else f"({', '.join([*inspect.signature(function).parameters][1:])})"
            yield name + call, summary_of(function)


def _declared(cls: type) -> Iterable[str]:
    if issubclass(cls, Enum):
        return cls.__members__
    return cls.__annotations__ if issubclass(cls, BaseModel) or is_dataclass(cls) else ()


def _written(body: list[ast.stmt]) -> Iterator[WrittenField]:
    for one, below in zip(body, [*body[1:], None], strict=True):
        match one:
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield WrittenField(name, one.annotation, one.value, _text(below))
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield WrittenField(name, None, one.value, _text(below))
            case _:
                pass


def _text(below: ast.stmt | None) -> str:
    match below:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.split())
        case _:
            return ""
