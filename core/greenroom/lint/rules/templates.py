"""Invite templates: they come to an end, they see what there is, and show only what was granted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import get_args

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes

from greenroom.invites.context import InterviewSeen, PeopleSeen
from greenroom.invites.strict_environment import StrictEnvironment
from greenroom.lint.finding import Place
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject
from greenroom.model import Detail
from greenroom.profiles.files import TEMPLATE_PARTS

BROKEN = Rule(
    code="GR401",
    title="A template that cannot be rendered",
    why="No letter of its kind can be written: a statement, filter or include in it is wrong or not available.",
    fix="Correct it; docs/writing-a-profile.md lists what templates may use",
)
UNKNOWN_NAME = Rule(
    code="GR402",
    title="A template names what it cannot see",
    why="A template is shown the interview, the people, granted details, notes and values; all else fails the letter.",
    fix="Name something it is shown",
)
NOT_GRANTED = Rule(
    code="GR403",
    title="A template shows a detail that was not granted",
    why="An invite's `shows` says which meeting details its readers get; a letter that shows another one fails.",
    fix="Grant it in the invite's `shows`, or ask first with {% if details.… is defined %}",
)
UNASKED = Rule(
    code="GR407",
    title="A detail is shown without asking whether it is there",
    severity="warning",
    why="There is no link before a meeting was made, and not every meeting has a passcode: then the letter fails.",
    fix="Ask first with {% if details.… is defined %}",
)
UNESCAPED = Rule(
    code="GR404",
    title="A template that does not escape",
    why="Names and subjects are typed by people: unescaped, one of them could be a script in somebody's mail.",
    fix="Take out the filter; escaping is always on",
)
MISSING_PART = Rule(
    code="GR405",
    title="A template lacks one of its parts",
    why="A letter has a subject, a text and a page; without one of the three files none is written.",
    fix="Write the file",
)
UNUSED_TEMPLATE = Rule(
    code="GR406",
    title="A template that no invite names",
    severity="warning",
    why="It is never rendered, so nobody notices when it goes wrong.",
    fix="Name it in an invite, or remove it",
)
RULES = (BROKEN, UNKNOWN_NAME, NOT_GRANTED, UNESCAPED, MISSING_PART, UNUSED_TEMPLATE, UNASKED)

SEEN = frozenset({"interview", "people", "details", "direct_link", "notes", "values", "why", "product"})
"""The names every template sees."""

_DETAILS: frozenset[str] = frozenset(get_args(Detail))
_METHODS = frozenset({"get", "items", "keys", "values"})
_PARTS: dict[str, frozenset[str]] = {
    "details": _DETAILS | _METHODS,
    "interview": frozenset(one.name for one in fields(InterviewSeen)),
    "people": frozenset(one.name for one in fields(PeopleSeen)),
}
_GLOBALS = frozenset({"range", "loop"})
_UNESCAPING = frozenset({"safe", "Markup"})


def check(subject: Subject) -> Iterator[Found]:
    """Yield templates that are wrong, missing or not needed."""
    granted, values = _granted(subject), _values(subject)
    yield from _missing(subject)
    for path in subject.source.templates:
        source = _text(path)
        try:
            tree = _parser().parse(source)
        except TemplateError as error:
            yield _broken(path, error)
            continue
        escaping = tuple(_unescaped(path, source, tree))
        yield from escaping or _uncompiled(path)
        yield from _names(path, source, tree, _PARTS | values)
        yield from _unasked(path, source, tree, _shown(path, subject.source.templates, granted))


def _granted(subject: Subject) -> dict[str, frozenset[str]]:
    """Return the details that every invite of a template shows; all of them where that cannot be seen."""
    found: dict[str, frozenset[str]] = {}
    for one in subject.flows.of("template"):
        shows = _DETAILS if one.sink.given is None else one.sink.given
        found[one.text.value] = found.get(one.text.value, _DETAILS) & shows
    changed = any(value == "shows" for file in subject.source.code for value, _ in file.strings())
    return dict.fromkeys(found, _DETAILS) if changed else found


def _values(subject: Subject) -> dict[str, frozenset[str]]:
    """Return the names of all values that invites give their templates, under ``values``; nothing where not all are
    seen."""
    given = [subject.flows.values_of(*call[:2]) for call in subject.flows.core_calls if call[2] == "Invite"]
    changed = any(value == "values" for file in subject.source.code for value, _ in file.strings())
    if changed or None in given:
        return {}
    return {"values": _METHODS.union(*(names for names in given if names is not None))}


def _shown(path: Path, every: tuple[Path, ...], granted: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return what is granted to a file: as its template's, or through the files that include it; if unknown, all."""
    including = [one for one in every if one == path or path.name in _included(_text(one))]
    known = [granted[one.name.partition(".")[0]] for one in including if one.name.partition(".")[0] in granted]
    return _DETAILS.intersection(*known)


def _missing(subject: Subject) -> Iterator[Found]:
    there = {path.name for path in subject.source.templates}
    for one in subject.flows.of("template"):
        for part in TEMPLATE_PARTS:
            name = f"{one.text.value}.{part}.j2"
            if name not in there:
                yield MISSING_PART.at(one.text.place, f"there is no templates/{name}")
    spoken = {value for file in subject.source.code for value, _ in file.strings()}
    included = {name for path in subject.source.templates for name in _included(_text(path))}
    for path in subject.source.templates:
        if path.name.partition(".")[0] not in spoken and path.name not in included:
            yield UNUSED_TEMPLATE.at(Place(path), f"no invite names the template {path.name.partition('.')[0]!r}")


def _uncompiled(path: Path) -> Iterator[Found]:
    """Yield what keeps a template that can be parsed from being used."""
    environment = StrictEnvironment(lambda name: _text(path.parent / name) or None, html=".html." in path.name)
    try:
        environment.get_template(path.name) if _text(path) else None
    except TemplateError as error:
        yield _broken(path, error)
    for name in sorted(_included(_text(path))):
        if not (path.parent / name).is_file():
            place = _place(path, _text(path), 1, name)
            yield BROKEN.at(place, f"there is no templates/{name} to include", next="Write the file")


def _broken(path: Path, error: TemplateError) -> Found:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 1
    text = (_text(path).splitlines() or [""])[line - 1 : line]
    column = len(text[0]) - len(text[0].lstrip()) + 1 if text else 1
    return BROKEN.at(Place(path, line, column), (error.message or type(error).__name__).rstrip("."))


def _unescaped(path: Path, source: str, tree: nodes.Template) -> Iterator[Found]:
    for node in tree.find_all(nodes.Filter):
        if node.name in _UNESCAPING:
            yield UNESCAPED.at(_place(path, source, node.lineno, node.name), f"{node.name!r} switches escaping off")


def _names(path: Path, source: str, tree: nodes.Template, parts: Mapping[str, frozenset[str]]) -> Iterator[Found]:
    try:
        unknown = meta.find_undeclared_variables(tree) - SEEN - _GLOBALS
    except TemplateError:
        unknown = set()  # a filter that is not there is told as such
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in unknown:
            what = f"a template sees no {node.name!r}"
            yield UNKNOWN_NAME.at(_place(path, source, node.lineno, node.name), what)
    for owner, part, line in _members(tree):
        if owner in parts and part not in parts[owner]:
            yield UNKNOWN_NAME.at(_place(path, source, line, part), f"a template sees no {owner}.{part}")


def _unasked(path: Path, source: str, tree: nodes.Template, shown: frozenset[str]) -> Iterator[Found]:
    for part, line in _shown_without_asking(tree, frozenset()):
        place = _place(path, source, line, part, unless=r"\s+is\b")
        if part in _DETAILS - shown:
            yield NOT_GRANTED.at(place, f"an invite of this template does not show {part!r}")
        elif part in _DETAILS:
            yield UNASKED.at(place, f"{part!r} is shown without asking whether it is there")


def _shown_without_asking(node: nodes.Node, asked: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield each detail that is used where nothing around it asked ``is defined``, and gave no default."""
    match node:
        case nodes.If():
            known = asked | frozenset(_asked_for(node.test))
            for inner in (node.test, *node.body):
                yield from _shown_without_asking(inner, known)
            for inner in (*node.elif_, *node.else_):
                yield from _shown_without_asking(inner, asked)
        case nodes.CondExpr():
            yield from _shown_without_asking(node.expr1, asked | frozenset(_asked_for(node.test)))
            if node.expr2 is not None:
                yield from _shown_without_asking(node.expr2, asked)
        case nodes.Filter(name="default" | "d") | nodes.Test(name="defined" | "undefined"):
            pass
        case nodes.Getattr(node=nodes.Name(name="details"), attr=str(part)):
            if part not in asked:
                yield part, node.lineno
        case _:
            for inner in node.iter_child_nodes():
                yield from _shown_without_asking(inner, asked)


def _asked_for(test: nodes.Node) -> Iterator[str]:
    tests = [test] if isinstance(test, nodes.Test) else []
    for one in (*tests, *test.find_all(nodes.Test)):
        if one.name == "defined" and isinstance(one.node, nodes.Getattr):
            yield one.node.attr


def _members(tree: nodes.Template) -> Iterator[tuple[str, str, int]]:
    for named in tree.find_all(nodes.Getattr):
        if isinstance(named.node, nodes.Name):
            yield named.node.name, named.attr, named.lineno
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.node, nodes.Name) and isinstance(item.arg, nodes.Const):
            yield item.node.name, str(item.arg.value), item.lineno


@cache
def _parser() -> StrictEnvironment:
    return StrictEnvironment(lambda _name: None, html=True)


def _included(source: str) -> frozenset[str]:
    return frozenset(re.findall(r"{%-?\s*include\s+[\"']([^\"']+)[\"']", source))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _place(path: Path, source: str, line: int, word: str, *, unless: str = "(?!)") -> Place:
    """Return where ``word`` stands in ``line``, or in the next one that has it: jinja2 tells lines of tags only.

    One that is followed by the pattern ``unless`` is passed over.
    """
    lines = source.splitlines()
    for number in range(line, len(lines) + 1):
        found = re.search(rf"\b{re.escape(word)}\b(?!{unless})", lines[number - 1])
        if found:
            return Place(path, number, found.start() + 1)
    return Place(path, line)
