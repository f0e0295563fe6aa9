"""Where texts of the code end up: as a message, a phase, a clause, a template, a recipe, a parameter.

What core's own functions and values take is written down here; through a profile's own functions, texts are followed.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from greenroom.lint.code import Code, Function, Text

Use = Literal["message", "phase", "clause", "template", "recipe", "parameter"]

OURS = frozenset({"greenroom.model", "greenroom.rules", "greenroom.conformance"})
_ANSWERS_WITH_PHASE = ("AskApproval", "Done", "GoToZoom", "Keep", "Loss", "ShareLink")
_NOT_VALUES = frozenset({"say", "next", "about", "fact"})


@dataclass(frozen=True, slots=True)
class Taken:
    """An argument that ends up as ``use``: by position (with all after it where ``rest``) or by ``keyword``."""

    use: Use
    position: int | None
    keyword: str | None = None
    rest: bool = False


_TAKES: Mapping[str, tuple[Taken, ...]] = {
    **{name: (Taken("phase", None, "phase"),) for name in _ANSWERS_WITH_PHASE},
    "Say": (Taken("message", None, "key"),),
    "Because": (Taken("clause", None, "clause"),),
    "Instruct": (Taken("recipe", None, "recipe"),),
    "Invite": (Taken("template", None, "template"),),
    "calendar_invite": (Taken("template", 2, "template"),),
    "because": (Taken("clause", 0, rest=True),),
    "done": (Taken("clause", 0, rest=True), Taken("phase", None, "phase")),
    "refuse": (Taken("message", 0, "code"), Taken("clause", 1, rest=True)),
    "only_active": (Taken("clause", 1, "clause"),),
    "only_roles": (Taken("clause", 2, rest=True),),
    "first_with_zoom": (Taken("clause", None, "chosen"), Taken("clause", None, "skipped")),
    "loss": (Taken("phase", None, "idle"), Taken("phase", None, "broken"), Taken("clause", None, "clauses")),
    "phase_at": (Taken("phase", 2, "initial"),),
    "proves": (Taken("clause", 0, rest=True),),
}

SAID_BY_RULES: Mapping[str, str] = {"only_active": "not_an_active_member", "only_roles": "role_not_allowed"}
"""The messages that functions of `greenroom.rules` say by themselves."""


@dataclass(frozen=True, slots=True)
class Sink:
    """Where a text ends up. ``given``: of a message the names of its values, of a template the details it is shown, of
    a phase its level; ``None`` where that cannot be seen."""

    use: Use
    given: frozenset[str] | None = frozenset()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text that ends up in ``sink``."""

    text: Text
    sink: Sink


@dataclass(frozen=True)
class _Bound:
    """An argument of one call and the sink it ends up in."""

    within: Function
    value: ast.expr
    sink: Sink


@dataclass(frozen=True)
class Flows:
    """Every text of the code that ends up somewhere."""

    code: Code

    def of(self, use: Use) -> tuple[Arrival, ...]:
        """Return what ends up as ``use``, each text once a sink."""
        return tuple(one for one in self._arrivals if one.sink.use == use)

    @cached_property
    def calls(self) -> tuple[tuple[Function, ast.Call], ...]:
        """Every call, and the function it stands in."""
        places = (*self.code.functions, *self.code.modules.values())
        return tuple((one, node) for one in places for node in one.inside if isinstance(node, ast.Call))

    @cached_property
    def core_calls(self) -> tuple[tuple[Function, ast.Call, str], ...]:
        """Every call of something of core's, with its name there."""
        found = ((within, call, within.file.original(call.func)) for within, call in self.calls)
        return tuple((within, call, name) for within, call, (module, name) in found if _is_ours(module))

    @cached_property
    def _arrivals(self) -> tuple[Arrival, ...]:
        arrived: dict[Arrival, None] = {}
        sinks: defaultdict[int, set[tuple[str, Sink]]] = defaultdict(set)
        left = list(self._direct())
        while left:
            bound = left.pop()
            texts = self.code.texts(bound.value, bound.within)
            arrived |= dict.fromkeys(Arrival(text, bound.sink) for text in texts.found if text.value)
            for parameter in texts.parameters:
                known = sinks[id(bound.within)]
                if (parameter, bound.sink) not in known:
                    known.add((parameter, bound.sink))
                    left.extend(self._through(bound.within, parameter, bound.sink))
        return tuple(arrived)

    def _direct(self) -> Iterator[_Bound]:
        for within, call, name in self.core_calls:
            for taken in _TAKES.get(name, ()):
                if name == "refuse" and taken.use == "message" and _keyword(call, "say") is not None:
                    continue
                yield from (_Bound(within, value, self._sink(taken, within, call)) for value in _taken(taken, call))
            if name == "refuse" and (say := _keyword(call, "say")) is not None:
                yield _Bound(within, say, Sink("message", _names_given(call)))
        for within, call in self.calls:
            if isinstance(call.func, ast.Attribute):
                yield from self._methods(within, call, call.func.attr)
        yield from self._compared()

    def _sink(self, taken: Taken, within: Function, call: ast.Call) -> Sink:
        if taken.use == "message":
            return Sink("message", _names_given(call) if taken.keyword == "code" else self.values_of(within, call))
        if taken.use == "template":
            shows = _keyword(call, "shows")
            if shows is not None:
                return Sink("template", self.code.texts(shows, within).known)
            is_calendar = within.file.original(call.func)[1] == "calendar_invite"
            return Sink("template", frozenset({"join_url"}) if is_calendar else frozenset())
        return Sink("phase", _level_of(call)) if taken.use == "phase" else Sink(taken.use)

    def values_of(self, within: Function, call: ast.Call) -> frozenset[str] | None:
        """Return the names of the ``values`` that a `Say` or an `Invite` is given; ``None`` where that is not seen."""
        values = _keyword(call, "values")
        if values is None:
            return frozenset()
        if not isinstance(values, ast.Tuple | ast.List):
            return None
        names = [pair.elts[0] for pair in values.elts if isinstance(pair, ast.Tuple) and len(pair.elts) == 2]
        known = [self.code.texts(one, within).known for one in names]
        if len(names) != len(values.elts) or None in known:
            return None
        return frozenset().union(*(one for one in known if one is not None))

    def _methods(self, within: Function, call: ast.Call, name: str) -> Iterator[_Bound]:
        if name == "parameter" and call.args:
            yield _Bound(within, call.args[0], Sink("parameter"))
        if name == "model_copy" and isinstance(changed := _keyword(call, "update"), ast.Dict):
            for key, value in zip(changed.keys, changed.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "phase":
                    yield _Bound(within, value, Sink("phase", None))

    def _compared(self) -> Iterator[_Bound]:
        """Yield what a phase is compared with."""
        for within in self.code.functions:
            for node in within.inside:
                if isinstance(node, ast.Compare) and len(node.comparators) == 1:
                    left, right = node.left, node.comparators[0]
                    if self.is_phase(left, within):
                        yield _Bound(within, right, Sink("phase", None))
                    elif self.is_phase(right, within):
                        yield _Bound(within, left, Sink("phase", None))

    def is_phase(self, expression: ast.expr, within: Function, depth: int = 0) -> bool:
        """Whether an expression is the phase of a connection."""
        if depth > 8:
            return False
        match expression:
            case ast.Attribute(attr="phase"):
                return True
            case ast.NamedExpr(value=value):
                return self.is_phase(value, within, depth + 1)
            case ast.Name(id=name):
                values = within.bound.get(name, [])
                return any(one is not None and self.is_phase(one, within, depth + 1) for one in values)
            case ast.Call():
                return self._calls_for_phase(expression, within, depth)
        return False

    def _calls_for_phase(self, call: ast.Call, within: Function, depth: int) -> bool:
        own = self.code.function(within.file, call.func)
        if own is None:
            module, name = within.file.original(call.func)
            return _is_ours(module) and name == "phase_at"
        answers = (node.value for node in own.inside if isinstance(node, ast.Return))
        return any(
            self.is_phase(part, own, depth + 1)
            for answer in answers
            if answer is not None
            for part in ((answer.body, answer.orelse) if isinstance(answer, ast.IfExp) else (answer,))
        )

    def _through(self, function: Function, parameter: str, sink: Sink) -> Iterator[_Bound]:
        """Yield what calls of a profile's own function give for ``parameter``."""
        if parameter == function.rest:
            taken = Taken(sink.use, len(_positional(function)), rest=True)
        else:
            where = function.parameters.index(parameter)
            taken = Taken(sink.use, where if where < len(_positional(function)) else None, parameter)
        for within, call in self.calls:
            if self.code.function(within.file, call.func) is function:
                yield from (_Bound(within, value, sink) for value in _taken(taken, call))


def _is_ours(module: str) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in OURS)


def _level_of(call: ast.Call) -> frozenset[str] | None:
    """Return the level that a call names, beside the phase."""
    named = (*call.args, *(one.value for one in call.keywords))
    found = [one.attr for one in named if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "Level"]
    return frozenset({found[0].lower()}) if len(found) == 1 else None


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def _taken(taken: Taken, call: ast.Call) -> Iterator[ast.expr]:
    if taken.keyword is not None and (value := _keyword(call, taken.keyword)) is not None:
        yield value
    if taken.position is not None:
        yield from call.args[taken.position :] if taken.rest else call.args[taken.position : taken.position + 1]


def _positional(function: Function) -> tuple[str, ...]:
    if isinstance(function.node, ast.Module):
        return ()
    return tuple(one.arg for one in (*function.node.args.posonlyargs, *function.node.args.args))


def _names_given(call: ast.Call) -> frozenset[str] | None:
    """Return the names of the values that a call of ``refuse`` gives its message."""
    names = [one.arg for one in call.keywords]
    return None if None in names else frozenset(name for name in names if name is not None) - _NOT_VALUES
