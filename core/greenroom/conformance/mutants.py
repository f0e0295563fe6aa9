"""Mutants of Python source: every change of one place, of the kinds that plausible mistakes are made of."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


@dataclass(frozen=True)
class Mutant:
    """One change: what it does, in words, to the ``index``-th node of a file's tree."""

    file: str
    index: int
    number: int
    change: str
    apply: Callable[[ast.AST, ast.Module], None]


def mutants_of(file: str, source: str) -> Iterator[Mutant]:
    """Yield every change of one place in the functions of ``source``, of the kinds this module knows."""
    tree = ast.parse(source)
    apart = _annotations(tree) | _docstrings(tree)
    inside = {
        id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in inside and id(node) not in apart:
            for change, apply in _changes(node):
                yield Mutant(file, index, getattr(node, "lineno", 0), change, apply)


def mutated(mutant: Mutant, source: str) -> str:
    """Return ``source`` with one change made."""
    tree = ast.parse(source)
    mutant.apply(list(ast.walk(tree))[mutant.index], tree)
    return ast.unparse(ast.fix_missing_locations(tree))


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST, ast.Module], None]]]:
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _COMPARISONS:
            other = _COMPARISONS[type(op)]
            yield f"{type(op).__name__} -> {other.__name__}", _replacing_comparison(other)
        case ast.BoolOp(op=op):
            yield ("and -> or" if isinstance(op, ast.And) else "or -> and"), _swapping
        case ast.If(body=[ast.Return() | ast.Raise()], orelse=[]):
            yield "guard dropped", _passing
            yield "condition negated", _negating
        case ast.If() | ast.IfExp():
            yield "condition negated", _negating
        case ast.Constant(value=bool() as value):
            yield f"{value} -> {not value}", _flipping
        case ast.Constant(value=int() as value):
            yield f"{value} -> {value + 1}", _counting
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "nothing returned", _returning_nothing
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.Raise() | ast.Expr(value=ast.Call()):
            yield "dropped", _passing


def _replacing_comparison(other: type[ast.cmpop]) -> Callable[[ast.AST, ast.Module], None]:
    def apply(node: ast.AST, _tree: ast.Module) -> None:
        assert isinstance(node, ast.Compare)
        node.ops[0] = other()

    return apply


def _swapping(node: ast.AST, _tree: ast.Module) -> None:
    assert isinstance(node, ast.BoolOp)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _negating(node: ast.AST, _tree: ast.Module) -> None:
    assert isinstance(node, ast.If | ast.IfExp)
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _returning_nothing(node: ast.AST, _tree: ast.Module) -> None:
    assert isinstance(node, ast.Return)
    node.value = ast.Constant(None)


def _flipping(node: ast.AST, _tree: ast.Module) -> None:
    assert isinstance(node, ast.Constant)
    node.value = not node.value


def _counting(node: ast.AST, _tree: ast.Module) -> None:
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, int)
    node.value += 1


def _passing(node: ast.AST, tree: ast.Module) -> None:
    for parent in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(parent, field, None)
            if isinstance(block, list) and node in block:
                block[block.index(node)] = ast.Pass()


def _annotations(tree: ast.Module) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(tree):
        for field in ("annotation", "returns"):
            note = getattr(node, field, None)
            if isinstance(note, ast.AST):
                found |= {id(part) for part in ast.walk(note)}
    return found


def _docstrings(tree: ast.Module) -> set[int]:
    return {id(node) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
