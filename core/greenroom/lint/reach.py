"""Which functions a hook leads to."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from greenroom.hooks import OPTIONAL_HOOKS, REQUIRED_HOOKS
from greenroom.lint.code import Code, Function
from greenroom.lint.python_file import PythonFile

HOOKS = (*REQUIRED_HOOKS, *OPTIONAL_HOOKS)


def reach(code: Code) -> dict[str, tuple[Function, ...]]:
    """Return, by hook, its implementations and every function of the profile's own that they name, at any depth."""
    found: dict[str, tuple[Function, ...]] = {}
    for hook in HOOKS:
        left = [one for one in code.functions if implements(one) == hook]
        seen: dict[Function, None] = {}
        while left:
            function = left.pop()
            if function not in seen:
                seen[function] = None
                left.extend(_named(code, function))
        found[hook] = tuple(seen)
    return found


def implements(function: Function) -> str | None:
    """Return the name of the hook a function is marked as, or ``None``."""
    if isinstance(function.node, ast.Module):
        return None
    for decorator in function.node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        if is_hookimpl(function.file, call.func if call is not None else decorator):
            given = {one.arg: one.value for one in call.keywords} if call is not None else {}
            called = given.get("specname")
            return str(called.value) if isinstance(called, ast.Constant) else function.name
    return None


def is_hookimpl(file: PythonFile, decorator: ast.expr) -> bool:
    """Whether a decorator is core's ``hookimpl``."""
    return file.original(decorator) == ("greenroom.hooks", "hookimpl")


def _named(code: Code, function: Function) -> Iterator[Function]:
    for node in function.inside:
        if isinstance(node, ast.Name | ast.Attribute) and (own := code.function(function.file, node)) is not None:
            yield own
