"""Types and docstrings as Markdown that a reader understands, with links to the values they name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence

Links = Mapping[str, str]
"""By the name of a value, where it is described."""

_PLAIN = {
    "str": "text",
    "int": "whole number",
    "bool": "yes or no",
    "AwareDatetime": "instant",
    "datetime": "instant",
    "FrozenMap": "pairs",
    "Clauses": "list of clause ids",
    "None": "`None`",
}
_MANY = {"tuple": "list of", "frozenset": "set of", "type": "type of"}
_TRANSPARENT = {"Annotated", "SerializeAsAny"}
_MARKED = re.compile(r"``(.+?)``|`(.+?)`")


def in_words(annotation: ast.expr | None, links: Links) -> str:
    """Return a type as it reads: what it holds, with each value linked."""
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return f"{in_words(left, links)} or {in_words(right, links)}"
        case ast.Subscript(value=ast.Name(id=outer), slice=inner):
            return _of(outer, inner.elts if isinstance(inner, ast.Tuple) else [inner], links)
        case ast.Constant(value=None):
            return "`None`"
        case ast.Constant(value=str(value)):
            return f"`{value}`"
        case ast.Name(id=name):
            return _PLAIN.get(name) or linked(name, links)
        case None:
            return ""
        case _:
            return f"`{ast.unparse(annotation)}`"


def members(union: ast.expr) -> list[ast.expr]:
    """Return what a type written with bars is one of, in order."""
    match union:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return [*members(left), right]
        case _:
            return [union]


def _of(outer: str, inner: Sequence[ast.expr], links: Links) -> str:
    kept = [one for one in inner if not (isinstance(one, ast.Constant) and one.value is Ellipsis)]
    if outer in _TRANSPARENT:
        return in_words(kept[0], links)
    words = [in_words(one, links) for one in kept]
    if outer == "Literal":
        return ", ".join(words)
    if outer == "dict":
        return f"map of {words[0]} to {words[1]}"
    return f"{_MANY[outer]} {words[0]}" if outer != "tuple" or len(kept) < len(inner) else f"({', '.join(words)})"


def linked(name: str, links: Links) -> str:
    """Return a name as code, leading to where it is described, if it is."""
    return f"[{name}]({links[name]})" if name in links else f"`{name}`"


def prose(text: str, links: Links) -> str:
    """Return a docstring's text as Markdown: literals as code, names of values linked."""
    return _MARKED.sub(lambda found: f"`{found[1]}`" if found[1] else linked(found[2], links), text)


def default_of(value: ast.expr | None) -> str:
    """Return what a field has if it is left out: its default as it was written, *required* where there is none."""
    match value:
        case None:
            return "*required*"
        case ast.Tuple(elts=[]) | ast.Call(func=ast.Name(id="frozenset"), args=[]):
            return "empty"
        case ast.Call(func=ast.Name(id="Field"), keywords=keywords):
            named = {one.arg: one.value for one in keywords}
            return "empty" if "default_factory" in named else default_of(named.get("default"))
        case ast.Constant(value=str(text)):
            return f"`{text}`" if text else "empty"
        case ast.Constant(value=bool(switch)):
            return "yes" if switch else "no"
        case _:
            return f"`{ast.unparse(value)}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown; a bar inside a cell stays in its cell."""
    lines = (tuple(cell.replace("|", "\\|") for cell in row) for row in (head, ["---"] * len(head), *rows))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
