"""A jinja2 environment in which a template can neither reach out, nor run away, nor grow without end.

jinja2's own sandbox keeps a template from Python's inside; it leaves open loops without end, texts of 10⁸
characters and buffers that no output limit sees. So, on top of it, everything not named here is refused: statements,
filters, functions, methods. Loops, calls and includes spend from one `Meter` for each rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextvars import ContextVar
from datetime import date, time, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from jinja2 import BaseLoader, StrictUndefined, Template, TemplateNotFound, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from greenroom.invites.links import anchor

MOST_CHARACTERS = 200_000
"""Length of a rendered part, and of any text made on the way to it."""

MOST_STEPS = 20_000
"""Turns of loops, calls and includes in one rendering."""

_STATEMENTS = (nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.With, nodes.Include, nodes.Scope)
_METHODS = frozenset(
    "cycle date endswith get isoformat items keys lower range safe_range split splitlines"  # noqa: SIM905
    " startswith strftime strip time title upper values weekday".split()
)
_FILTERS = (  # noqa: SIM905
    "capitalize count d default e escape first int join last length list lower map reject"
    " rejectattr select selectattr sort string title trim truncate unique upper"
).split()
_SCALARS = (str, int, float, date, time, timedelta, Undefined)

P = ParamSpec("P")
R = TypeVar("R")


class Meter:
    """What one rendering may still spend."""

    def __init__(self) -> None:
        self._steps = MOST_STEPS
        self._characters = MOST_CHARACTERS

    def step(self) -> None:
        """Count one turn, call or include; raises `SecurityError` when there were too many."""
        self._steps -= 1
        if self._steps < 0:
            msg = f"more than {MOST_STEPS} steps"
            raise SecurityError(msg)

    def write(self, text: str) -> str:
        """Count ``text`` as written and return it; raises `SecurityError` when there was too much."""
        self._characters -= len(text)
        if self._characters < 0:
            msg = f"more than {MOST_CHARACTERS} characters"
            raise SecurityError(msg)
        return text


METER: ContextVar[Meter] = ContextVar("METER")
"""The meter of the rendering under way; set by whoever renders."""


class StrictEnvironment(ImmutableSandboxedEnvironment):
    """The environment of all invite templates; with ``html`` everything printed is escaped, includes too."""

    intercepted_binops = frozenset({"+", "-", "*", "**", "/", "//", "%"})

    def __init__(self, sources: Callable[[str], str | None], *, html: bool) -> None:
        super().__init__(
            loader=_Loader(sources),
            undefined=StrictUndefined,
            autoescape=html,
            auto_reload=False,
            finalize=_printable,
        )
        self.globals = {"range": safe_range}
        self.filters = {name: _bounded(FILTERS[name]) for name in _FILTERS}
        self.filters |= {"link": _link if html else _plain_link, "counted": _counted}
        self.filters |= {"within": _within, "scalar": _scalar}

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        METER.get().step()
        name = getattr(obj, "__name__", type(obj).__name__)
        if name not in _METHODS and not isinstance(obj, Undefined):
            msg = f"calling {name}() is not possible here"
            raise SecurityError(msg)
        return _within(super().call(context, obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        texts_grow = operator in {"*", "%"} and not (_is_number(left) and _is_number(right))
        if operator == "**" or texts_grow:
            msg = f"the operator {operator} is for numbers only, and ** for none"
            raise SecurityError(msg)
        return _within(super().call_binop(context, operator, left, right))

    def join_path(self, template: str, parent: str) -> str:
        # Reached once for each include, before the template is looked up.
        METER.get().step()
        return super().join_path(template, parent)


class _Loader(BaseLoader):
    def __init__(self, sources: Callable[[str], str | None]) -> None:
        self._sources = sources

    def load(
        self,
        environment: StrictEnvironment,  # type: ignore[override]  # this loader belongs to one kind only
        name: str,
        globals: MutableMapping[str, object] | None = None,
    ) -> Template:
        source = self._sources(name)
        if source is None:
            raise TemplateNotFound(name)
        tree = _Restricted(name).visit(environment.parse(source, name, name))
        code = environment.compile(tree, name, name)
        return environment.template_class.from_code(environment, code, {} if globals is None else globals)


class _Restricted(NodeTransformer):
    """Refuses what is not listed and puts a check on whatever repeats or grows."""

    def __init__(self, template: str) -> None:
        self._template = template

    def generic_visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        refused = _refused(node)
        if refused:
            what = f"{refused} is not available in an invite template"
            raise TemplateSyntaxError(what, node.lineno, self._template)
        super().generic_visit(node, *args, **kwargs)
        match node:
            case nodes.For():
                node.iter = _through("counted", node.iter)
            case nodes.Concat():
                node.nodes = [_through("scalar", item) for item in node.nodes]
                return _through("within", node)
            case nodes.List() | nodes.Tuple(ctx="load"):
                # Lists in lists could share their items and print as 2^n copies: each item is a single value.
                node.items = [_through("scalar", item) for item in node.items]
        return node


def _refused(node: nodes.Node) -> str:
    match node:
        case nodes.For(recursive=True):
            return "a recursive loop"
        case nodes.Include(with_context=False):
            return "include without context"
        case nodes.EvalContextModifier():
            return "autoescape"
        case nodes.Dict():
            return "a dictionary"
        case nodes.Stmt() if not isinstance(node, _STATEMENTS):
            return f"the statement {type(node).__name__.lower()}"
    return ""


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _within(value: object) -> object:
    too_long = isinstance(value, str | list | tuple) and len(value) > MOST_CHARACTERS
    if too_long or (isinstance(value, int) and abs(value) > 10**15):
        msg = "a value grows beyond all need"
        raise SecurityError(msg)
    return value


def _scalar(value: object) -> object:
    if value is None or isinstance(value, _SCALARS):
        return value
    msg = f"a {type(value).__name__} cannot be used as a text; name one of its parts"
    raise SecurityError(msg)


def _printable(value: object) -> object:
    return "" if value is None else _scalar(value)


def _bounded(filter: Callable[P, R]) -> Callable[P, R]:
    @wraps(filter)
    def bounded(*args: P.args, **kwargs: P.kwargs) -> R:
        result = filter(*args, **kwargs)
        _within(result)
        return result

    return bounded


@pass_context
def _counted(context: Context, items: Iterable[object]) -> Iterator[object]:
    # Taking the context keeps jinja2 from running this while it compiles.
    del context
    for item in items:
        METER.get().step()
        yield item


@pass_context
def _link(context: Context, url: str) -> str:
    return Markup(anchor(url)) if context["direct_link"] else url  # noqa: S704  # anchor() escapes


def _plain_link(url: str) -> str:
    return url
