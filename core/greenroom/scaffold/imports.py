"""Write the imports of a generated module: those of the names it uses, as a formatter would have them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping

from greenroom import model, rules

_LINE = 120

_KNOWN: Mapping[str, Iterable[str]] = {
    "collections.abc": ("Mapping", "Sequence"),
    "pathlib": ("Path",),
    "pydantic": ("Field",),
    "greenroom.conformance": ("Product", "cited", "proves", "refusal"),
    "greenroom.conformance.facts": (
        *("NOW", "attempt", "connection", "given", "interview", "meeting", "member"),
        *("organization", "person", "with_zoom", "zoom_user"),
    ),
    "greenroom.conformance.wrong": ("Edit", "WrongReading"),
    "greenroom.hooks": ("hookimpl",),
    "greenroom.model": model.__all__,
    "greenroom.rules": rules.__all__,
}
_STANDARD = frozenset({"collections.abc", "pathlib"})
_FOREIGN = frozenset({"pydantic"})


def with_imports(module: str, sources: Mapping[str, str]) -> str:
    """Return the source of ``module``, one of ``sources`` by dotted name, with the imports it needs.

    Names come from Python, pydantic, Greenroom, and the other modules of ``sources``.
    """
    body = sources[module]
    known = {**_KNOWN, **{name: _public(text) for name, text in sources.items() if name != module}}
    needed = _used(body) - _defined(body)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for home, names in known.items():
        for name in sorted(needed.intersection(names)):
            found[home].append(name)
            needed.discard(name)
    docstring, _, rest = body.partition('"""\n')
    blocks = [_block(found, _STANDARD), _block(found, _FOREIGN), _block(found, found.keys() - _STANDARD - _FOREIGN)]
    head = "\n\n".join(["from __future__ import annotations", *filter(None, blocks)])
    gap = "\n\n" if rest.lstrip("\n").startswith(("def ", "@", "class ")) else "\n"
    return f'{docstring}"""\n\n{head}\n{gap}{rest.lstrip()}' if rest.strip() else body


def _block(found: Mapping[str, list[str]], homes: Iterable[str]) -> str:
    return "\n".join(_statement(home, found[home]) for home in sorted(set(homes) & found.keys()))


def _statement(home: str, names: list[str]) -> str:
    ordered = sorted(names, key=lambda name: (_rank(name), name))
    line = f"from {home} import {', '.join(ordered)}"
    if len(line) <= _LINE:
        return line
    return "\n".join([f"from {home} import (", *(f"    {name}," for name in ordered), ")"])


def _rank(name: str) -> int:
    """Return where a formatter puts a name: constants, classes, functions."""
    return 0 if name.isupper() else 1 if name[0].isupper() else 2


def _used(source: str) -> set[str]:
    tree = ast.parse(source)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == ["__all__"]:
            used.update(ast.literal_eval(node.value))
    return used


def _defined(source: str) -> set[str]:
    """Return what a module defines at its top, and the arguments and variables of its functions."""
    tree = ast.parse(source)
    found = _public(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def _public(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
    return {name for name in found if not name.startswith("_")}
