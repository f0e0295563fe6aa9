"""Hooks: there, marked, called as core calls them, for the version that is installed."""

from __future__ import annotations

import ast
import difflib
from collections import defaultdict
from collections.abc import Iterator

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from greenroom.hooks import HOOK_API, REQUIRED_HOOKS
from greenroom.lint.code import Function
from greenroom.lint.finding import Place
from greenroom.lint.python_file import PythonFile
from greenroom.lint.reach import HOOKS, implements
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject

OTHER_API = Rule(
    code="GR701",
    title="Written for another hook API",
    why="A range without the installed version keeps the profile from loading.",
    fix="State the range the profile was written for, like '>=1.0,<2'",
)
UNKNOWN_HOOK = Rule(
    code="GR702",
    title="A hook that does not exist",
    why="Nobody ever calls it: a misspelt hook is a rule that silently does not hold.",
    fix=f"Use one of {', '.join(HOOKS)}",
)
WRONG_PARAMETER = Rule(
    code="GR703",
    title="A hook with another parameter",
    why="Hooks are called by name with one argument, `request`.",
    fix="Call the only parameter 'request'",
)
NOT_PLAIN = Rule(
    code="GR704",
    title="A hook that is no plain function",
    why="A coroutine or generator is no answer, and a wrapper is a policy's: a profile answers.",
    fix="Write a plain function that returns its answer",
)
NOT_MARKED = Rule(
    code="GR705",
    title="A hook without @hookimpl",
    why="Without the mark it is a function like any other, and core never calls it.",
    fix="Put @hookimpl before it",
)
MISSING_HOOK = Rule(
    code="GR706",
    title="A hook is missing",
    why="Core asks every profile these five questions, and refuses one that leaves any without an answer.",
    fix="Implement it, and import it where the entry point leads",
)
TWICE = Rule(
    code="GR707",
    title="A hook is implemented twice",
    why="Only one of them could be heard.",
    fix="Keep one",
)
RULES = (OTHER_API, UNKNOWN_HOOK, WRONG_PARAMETER, NOT_PLAIN, NOT_MARKED, MISSING_HOOK, TWICE)


def check(subject: Subject) -> Iterator[Found]:
    """Yield hooks that core would refuse, or never hear."""
    yield from _version(subject)
    by_hook: defaultdict[str, list[Function]] = defaultdict(list)
    for function in subject.code.functions:
        hook = implements(function)
        if hook is not None:
            by_hook[hook].append(function)
            yield from _implementation(function, hook)
    yield from _unmarked(subject, frozenset(by_hook))
    for hook, functions in by_hook.items():
        for function in functions[1:]:
            yield TWICE.at(_place(function), f"the hook {hook!r} is implemented in {functions[0].file.module} already")
    yield from _missing(subject, by_hook)


def _version(subject: Subject) -> Iterator[Found]:
    stated = subject.source.manifest.word("hook_api")
    if stated is None:
        return
    try:
        speaks = SpecifierSet(stated.text).contains(HOOK_API)
    except InvalidSpecifier:
        yield OTHER_API.at(stated.place, f"{stated.text!r} is no range of versions")
        return
    if not speaks:
        yield OTHER_API.at(stated.place, f"{stated.text!r} leaves out the installed hook API {HOOK_API}")


def _implementation(function: Function, hook: str) -> Iterator[Found]:
    place = _place(function)
    if hook not in HOOKS:
        close = difflib.get_close_matches(hook, HOOKS, n=1)
        hint = f"Write {close[0]!r}" if close else ""
        yield UNKNOWN_HOOK.at(place, f"there is no hook {hook!r}", next=hint)
    if isinstance(function.node, ast.AsyncFunctionDef):
        yield NOT_PLAIN.at(place, f"the hook {hook!r} is a coroutine")
    elif any(isinstance(node, ast.Yield | ast.YieldFrom) for node in function.inside):
        yield NOT_PLAIN.at(place, f"the hook {hook!r} is a generator")
    yield from _parameters(function, hook)


def _parameters(function: Function, hook: str) -> Iterator[Found]:
    if isinstance(function.node, ast.Module):
        return
    given = function.node.args
    positional = [*given.posonlyargs, *given.args]
    optional = {one.arg for one in positional[len(positional) - len(given.defaults) :]}
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    optional |= {one.arg for one, default in named if default is not None}
    for one in (*positional, *given.kwonlyargs, *filter(None, (given.vararg,))):
        if one.arg not in {"request", "self"} | optional:
            yield WRONG_PARAMETER.at(function.file.place(one), f"the hook {hook!r} takes {one.arg!r}")


def _unmarked(subject: Subject, marked: frozenset[str]) -> Iterator[Found]:
    for function in subject.code.functions:
        top = function.node in function.file.tree.body
        if top and function.name in HOOKS and function.name not in marked and implements(function) is None:
            yield NOT_MARKED.at(_place(function), f"{function.name!r} is a hook's name, and it is not marked")


def _missing(subject: Subject, by_hook: defaultdict[str, list[Function]]) -> Iterator[Found]:
    entry = _entry(subject)
    unmarked = {one.name for one in subject.code.functions} - by_hook.keys()
    for hook in REQUIRED_HOOKS:
        if hook not in by_hook and hook not in unmarked:
            place = Place(entry.path) if entry is not None else subject.source.manifest.at("hook_api")
            what = f"the hook {hook!r} is implemented nowhere"
            yield MISSING_HOOK.at(place, what, next="Implement it with @hookimpl")
    if entry is None:
        return
    for hook, functions in by_hook.items():
        names = {name for one in functions for name in (one.name,)}
        if hook in HOOKS and not names & _names_in(entry):
            what = f"the hook {hook!r} is not in {entry.module}, where the entry point leads"
            yield MISSING_HOOK.at(_place(functions[0]), what, next=f"Import {functions[0].name!r} there")


def _entry(subject: Subject) -> PythonFile | None:
    wanted = subject.source.entry
    return next((one for one in subject.source.code if one.module == wanted), None)


def _names_in(file: PythonFile) -> set[str]:
    defined = {one.name for one in file.tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    return defined | file.imports.keys()


def _place(function: Function) -> Place:
    return function.file.place(function.node)
