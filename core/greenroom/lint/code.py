"""The functions and names of a profile's code, and which texts an expression can stand for."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from greenroom.lint.finding import Place
from greenroom.lint.python_file import AnyFunction, PythonFile

_DEEPEST = 8
_COLLECTING = frozenset({"frozenset", "tuple", "set", "list", "sorted", "reversed"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text that stands in the code."""

    value: str
    place: Place


@dataclass(frozen=True)
class Texts:
    """What an expression can stand for: ``found``; what comes in through ``parameters`` of the function around it;
    ``complete`` unless there is more that cannot be seen."""

    found: tuple[Text, ...] = ()
    parameters: frozenset[str] = frozenset()
    complete: bool = True

    @property
    def known(self) -> frozenset[str] | None:
        """Every text it can be; ``None`` where that cannot be seen."""
        return frozenset(one.value for one in self.found) if self.complete and not self.parameters else None


_UNSEEN = Texts(complete=False)


def _together(parts: Iterable[Texts]) -> Texts:
    every = tuple(parts)
    return Texts(
        tuple(text for one in every for text in one.found),
        frozenset().union(*(one.parameters for one in every)),
        all(one.complete for one in every),
    )


@dataclass(frozen=True, eq=False)
class Function:
    """A function, or a module's own statements (``node`` is the module then)."""

    file: PythonFile
    node: AnyFunction | ast.Module

    @property
    def name(self) -> str:
        """Its name; empty for a module."""
        return "" if isinstance(self.node, ast.Module) else self.node.name

    @cached_property
    def inside(self) -> tuple[ast.AST, ...]:
        """Everything in it; for a module what is in no function."""
        if isinstance(self.node, ast.Module):
            return tuple(_outside_functions(self.node))
        return tuple(part for statement in self.node.body for part in ast.walk(statement))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, by position, keyword-only ones last."""
        if isinstance(self.node, ast.Module):
            return ()
        given = self.node.args
        return tuple(one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs))

    @property
    def rest(self) -> str | None:
        """The name of its ``*parameter``."""
        rest = None if isinstance(self.node, ast.Module) else self.node.args.vararg
        return rest.arg if rest is not None else None

    def annotation(self, name: str) -> str:
        """Return how a parameter is annotated; empty where it is not."""
        if isinstance(self.node, ast.Module):
            return ""
        every = (*self.node.args.posonlyargs, *self.node.args.args, *self.node.args.kwonlyargs)
        found = next((one.annotation for one in every if one.arg == name), None)
        return ast.unparse(found) if found is not None else ""

    @cached_property
    def bound(self) -> Mapping[str, list[ast.expr | None]]:
        """What its names are set to; ``None`` stands for something that cannot be seen."""
        found: defaultdict[str, list[ast.expr | None]] = defaultdict(list)
        for name, value in (pair for node in self.inside for pair in _bindings(node)):
            found[name].append(value)
        return found


@dataclass(frozen=True)
class Code:
    """A profile's code as a whole."""

    files: tuple[PythonFile, ...]
    by_module: Mapping[str, PythonFile] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_module", {one.module: one for one in self.files})

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function, those inside others included."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return tuple(Function(file, node) for file in self.files for node in file.nodes if isinstance(node, kinds))

    @cached_property
    def modules(self) -> Mapping[str, Function]:
        """Each module's own statements, by its dotted name."""
        return {file.module: Function(file, file.tree) for file in self.files}

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Function]:
        return {(one.file.module, one.name): one for one in reversed(self.functions)}

    def function(self, file: PythonFile, name: ast.expr) -> Function | None:
        """Return the function of the profile's own that ``name`` means in ``file``."""
        return self._by_name.get(file.original(name))

    def texts(self, expression: ast.expr, within: Function, depth: int = 0) -> Texts:
        """Return the texts ``expression`` can stand for; of a collection, those in it."""
        match expression:
            case _ if depth > _DEEPEST:
                return _UNSEEN
            case ast.Constant(value=str(text)):
                return Texts((Text(text, within.file.place(expression)),))
            case ast.Constant():
                return Texts()
            case ast.Name(id=name):
                return self._named(name, within, depth + 1)
            case ast.Attribute():
                return self._attribute(expression, within, depth + 1)
            case ast.Call():
                return self._called(expression, within, depth + 1)
        parts = _parts(expression)
        if parts is None:
            return _UNSEEN
        return _together(self.texts(part, within, depth + 1) for part in parts)

    def _named(self, name: str, within: Function, depth: int) -> Texts:
        if name in within.bound:
            values = within.bound[name]
            return _together(_UNSEEN if one is None else self.texts(one, within, depth) for one in values)
        if name in (*within.parameters, within.rest):
            return Texts(parameters=frozenset({name}))
        return self._global(*within.file.original(ast.Name(name)), depth)

    def _global(self, module: str, name: str, depth: int) -> Texts:
        home = self.modules.get(module)
        if home is None or name not in home.bound:
            return _UNSEEN
        return _together(_UNSEEN if one is None else self.texts(one, home, depth) for one in home.bound[name])

    def _attribute(self, expression: ast.Attribute, within: Function, depth: int) -> Texts:
        """An enumeration's member (or its value), or another module's constant."""
        if expression.attr == "value":
            return self.texts(expression.value, within, depth)
        module, name = within.file.original(expression)
        if module in self.by_module:
            return self._global(module, name, depth)
        home, _, owner = module.rpartition(".")
        found = self._class(home, owner)
        return _member(found, name) if found is not None else _UNSEEN

    def _class(self, module: str, name: str) -> tuple[PythonFile, ast.ClassDef] | None:
        file = self.by_module.get(module)
        for node in file.nodes if file is not None else ():
            if file is not None and isinstance(node, ast.ClassDef) and node.name == name:
                return file, node
        return None

    def _called(self, call: ast.Call, within: Function, depth: int) -> Texts:
        if isinstance(call.func, ast.Name) and call.func.id in _COLLECTING:
            return _together(self.texts(one, within, depth) for one in call.args)
        own = self.function(within.file, call.func)
        if own is None or isinstance(own.node, ast.Module):
            return _UNSEEN
        answers = [node.value for node in own.inside if isinstance(node, ast.Return) and node.value is not None]
        inside = _together(self.texts(one, own, depth) for one in answers)
        return Texts(inside.found, complete=inside.complete and not inside.parameters)


def _parts(expression: ast.expr) -> list[ast.expr] | None:
    """Return what a compound expression can be, or consists of; ``None`` where that cannot be seen."""
    match expression:
        case ast.IfExp():
            return [expression.body, expression.orelse]
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.NamedExpr(value=part) | ast.Starred(value=part):
            return [part]
        case ast.Dict(values=parts):
            return parts
        case ast.Subscript(value=part) if not isinstance(expression.slice, ast.Slice):
            return [part]
        case ast.BinOp(op=ast.BitOr() | ast.Sub()):
            return [expression.left, expression.right]
    return None


def _member(found: tuple[PythonFile, ast.ClassDef], name: str) -> Texts:
    file, node = found
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            named = any(isinstance(one, ast.Name) and one.id == name for one in statement.targets)
            if named and isinstance(statement.value.value, str):
                return Texts((Text(statement.value.value, file.place(statement.value)),))
    return _UNSEEN


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            # Decorators and defaults belong to what is around the function.
            for part in (*child.decorator_list, *child.args.defaults, *filter(None, child.args.kw_defaults)):
                yield from ast.walk(part)
        else:
            yield child
            yield from _outside_functions(child)


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _unpacked(target, value)
        case ast.AnnAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
            yield from _unpacked(target, value)
        case ast.For(target=target, iter=several) | ast.comprehension(target=target, iter=several):
            yield from _each_of(target, several)
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name, None
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name, None


def _unpacked(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        for position, one in enumerate(target.elts):
            yield from _unpacked(one, _component(value, position))


def _each_of(target: ast.expr, several: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, several
    else:
        yield from _unpacked(target, None)


def _component(value: ast.expr | None, position: int) -> ast.expr | None:
    match value:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) if position < len(parts):
            return parts[position]
        case ast.IfExp(test=test, body=body, orelse=other):
            ways = _component(body, position), _component(other, position)
            return None if None in ways else ast.IfExp(test, *(way for way in ways if way is not None))
    return None
