"""A value as a section to read: what it is, its fields, and what it can be asked."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from enum import Enum

from pydantic import BaseModel

from greenroom.model import Answer, Ask, Settings, Value
from greenroom.reference.source import WrittenField, fields_of, properties_of, summary_of
from greenroom.reference.wording import Links, default_of, in_words, linked, members, prose, table

_BASES = frozenset({Value, BaseModel, object})
_TELLS_APART = "What tells answers apart in JSON."
_CITES = "The clauses it rests on."

Meanings = Mapping[str, str]


def section(name: str, documented: object, links: Links, *, level: int = 3) -> str:
    """Return the section of a class or function, in Markdown."""
    parts = [f"{'#' * level} {name}", prose(summary_of(documented), links)]
    if inspect.isclass(documented):
        parts += [_based_on(documented, links), _contents(documented, links), _asked(documented, links)]
    elif inspect.isfunction(documented):
        parts.insert(1, f"`{name}{inspect.signature(documented)}`".replace("'", ""))
    return "\n\n".join(part for part in parts if part)


def alias_section(name: str, written: WrittenField, links: Links, *, level: int = 3) -> str:
    """Return the section of a name that stands for a type: its values, or the values it is one of.

    ``level=0`` makes it a paragraph.
    """
    told = f"{prose(written.meaning, links)} {_stands_for(written.value, links)}.".strip()
    return f"{'#' * level} {name}\n\n{told}" if level else f"`{name}`: {told}"


def is_choice(written: WrittenField) -> bool:
    """Whether a name stands for one of some values."""
    match written.value:
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case _:
            return False


def field_table(*classes: type, links: Links, head: str = "Field") -> str:
    """Return a table of the fields that classes declare, a row each."""
    rows = [
        (f"`{one.name}`", in_words(one.annotation, links), default_of(one.value), prose(meaning_of(one), links))
        for cls in classes
        for one in fields_of(cls).values()
    ]
    return table((head, "Type", "Default", "Meaning"), rows) if rows else ""


def meaning_of(field: WrittenField) -> str:
    """Return what a field means; two kinds of field mean the same wherever they stand."""
    match field.annotation, field.name:
        case _ if field.meaning:
            return field.meaning
        case ast.Subscript(value=ast.Name(id="Literal")), "kind":
            return _TELLS_APART
        case ast.Name(id="Clauses"), "clauses":
            return _CITES
        case _:
            return ""


def _contents(cls: type, links: Links) -> str:
    if issubclass(cls, Enum):
        rows = [
            (f"`{name}`", f"`{cls[name].value}`", prose(one.meaning, links)) for name, one in fields_of(cls).items()
        ]
        return table(("Member", "Value", "Meaning"), rows)
    return field_table(cls, links=links) if issubclass(cls, BaseModel) else ""


def _based_on(cls: type, links: Links) -> str:
    base = cls.__mro__[1]
    if base in _BASES or not issubclass(cls, Ask | Answer | Settings | Value):
        return ""
    return f"Has the fields of {linked(base.__name__, links)}, too."


def _asked(cls: type, links: Links) -> str:
    rows = [(f"`{name}`", prose(text, links)) for name, text in properties_of(cls) if not issubclass(cls, Enum)]
    return table(("Can be asked", "Answers"), rows) if rows else ""


def _stands_for(written: ast.expr | None, links: Links) -> str:
    match written:
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[ast.BinOp() as union, *_])):
            return f"One of {', '.join(in_words(one, links) for one in members(union))}"
        case ast.Subscript(value=ast.Name(id="Literal")):
            return f"One of {in_words(written, links)}"
        case _:
            return f"Written as {in_words(written, links)}"
