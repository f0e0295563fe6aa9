"""Facts: a hook is given what its manifest declares for it, and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from greenroom.lint.code import Function
from greenroom.lint.reach import HOOKS, implements
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject
from greenroom.profiles.manifest import FACTS

UNDECLARED = Rule(
    code="GR501",
    title="A fact that is used and not declared",
    why="It is not gathered for this hook: reading it raises UndeclaredFact as soon as an interview gets there.",
    fix="Declare it under `facts` in profile.yaml",
)
NOT_FOR_HOOK = Rule(
    code="GR502",
    title="A fact that this hook can never have",
    why="Nothing gathers it for this question, so declaring it would not help either.",
    fix="Decide it in a hook that may declare the fact, or without it",
)
UNUSED = Rule(
    code="GR503",
    title="A fact that is declared and never used",
    severity="warning",
    why="Zoom would be asked for it on every decision, for nothing.",
    fix="Take it out of `facts`",
)
RULES = (UNDECLARED, NOT_FOR_HOOK, UNUSED)

_REQUESTS = {
    "authorize": "AuthorizeRequest",
    "want_meeting": "MeetingRequest",
    "select_host": "HostRequest",
    "create_meeting": "CreateRequest",
    "render_invite": "InviteRequest",
    "disconnect": "DisconnectRequest",
    "change": "ChangeRequest",
}
_OF_THE_REQUEST = frozenset({"approval", "busy", "hosts", "load", "turns"})
_ANY_USE = {
    **{name: frozenset({name}) for name in _OF_THE_REQUEST},
    "permissions": frozenset({"permissions", "missing_permissions"}),
    "interviewers": frozenset({"zoom", "first_with_zoom"}),
    "hosts": frozenset({"hosts", "zoom", "host_for_email"}),
}
"""The names by which each fact could be used: one of them anywhere on the hook's way is enough."""


class Use(NamedTuple):
    """A fact that is read; ``candidates`` stands for their Zoom users, which no hook is given."""

    fact: str
    node: ast.AST
    within: Function


def check(subject: Subject) -> Iterator[Found]:
    """Yield facts used without being declared, and declared without being used."""
    for hook, functions in subject.reached.items():
        declared = {word.text: word for word in subject.source.manifest.words("facts", hook)}
        for use in (use for function in functions for use in _uses(function, hook)):
            place = use.within.file.place(use.node)
            if use.fact not in FACTS.get(hook, frozenset()):
                yield NOT_FOR_HOOK.at(place, f"{hook} cannot have the fact {use.fact!r}")
            elif use.fact not in declared:
                what = f"{hook} uses the fact {use.fact!r}, and profile.yaml does not declare it"
                yield UNDECLARED.at(place, what, next=f"Write 'facts: {{{hook}: [{use.fact}]}}' there")
        named = {name for function in functions for name in _names(function)}
        for fact, word in declared.items():
            if not _ANY_USE.get(fact, frozenset({fact})) & named:
                yield UNUSED.at(word.place, f"{hook} declares the fact {fact!r}, and never uses it")


def _uses(function: Function, hook: str) -> Iterator[Use]:
    for node in function.inside:
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            if node.attr in _OF_THE_REQUEST and _is_request(node.value, function, hook):
                yield Use(node.attr, node, function)
            elif node.attr == "permissions" and _is_zoom_of_request(node.value, function, hook):
                yield Use("permissions", node, function)
            elif node.attr == "zoom" and (fact := _whose(node.value, function)):
                yield Use(fact, node, function)
        elif isinstance(node, ast.Call):
            yield from _used_by_rules(node, function, hook)


def _used_by_rules(call: ast.Call, function: Function, hook: str) -> Iterator[Use]:
    module, name = function.file.original(call.func)
    if not module.startswith("greenroom.rules") or not call.args:
        return
    if name == "missing_permissions" and _is_zoom_of_request(call.args[0], function, hook):
        yield Use("permissions", call, function)
    elif name == "first_with_zoom" and (fact := _people(call.args[0], function)):
        yield Use(fact, call, function)


def _is_request(expression: ast.expr, function: Function, hook: str) -> bool:
    """Whether an expression is the request of this hook, with its own facts."""
    if not isinstance(expression, ast.Name) or expression.id not in function.parameters:
        return False
    annotated = function.annotation(expression.id)
    return _REQUESTS[hook] in annotated or (not annotated and implements(function) is not None)


def _is_zoom_of_request(expression: ast.expr, function: Function, hook: str) -> bool:
    """Whether an expression is the Zoom user who completed: ``request.zoom``, or a `ZoomUser` on authorize's way."""
    if hook != "authorize":
        return False
    match expression:
        case ast.Attribute(attr="zoom", value=value):
            return _is_request(value, function, hook)
        case ast.Name(id=name):
            values = function.bound.get(name, [])
            given = "ZoomUser" in function.annotation(name)
            return given or any(one is not None and _is_zoom_of_request(one, function, hook) for one in values)
    return False


def _whose(expression: ast.expr, function: Function) -> str | None:
    """Return the fact that the Zoom user of this person is, ``None`` where that is nobody of the interview."""
    match expression:
        case ast.Attribute(attr="scheduler"):
            return "hosts"
        case ast.Name(id=name):
            found = (_whose_is(one, function) for one in function.bound.get(name, []) if one is not None)
            return next(filter(None, found), None)
        case ast.Subscript(value=several):
            return _people(several, function)
    return None


def _whose_is(value: ast.expr, function: Function) -> str | None:
    return "hosts" if isinstance(value, ast.Attribute) and value.attr == "scheduler" else _people(value, function)


def _people(expression: ast.expr, function: Function) -> str | None:
    """Return ``interviewers`` or ``candidates`` where an expression is a collection of them."""
    if isinstance(expression, ast.Attribute) and expression.attr in {"interviewers", "candidates"}:
        return expression.attr
    if isinstance(expression, ast.Name):
        found = (_people(one, function) for one in function.bound.get(expression.id, []) if one is not None)
        return next(filter(None, found), None)
    if isinstance(expression, ast.Subscript):
        return _people(expression.value, function)
    return None


def _names(function: Function) -> Iterator[str]:
    for node in function.inside:
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


assert _REQUESTS.keys() == set(HOOKS)  # a hook that is added has a request of its own
