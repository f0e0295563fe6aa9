"""YAML read strictly: what is written is what is meant, and a mistake is named by file and line.

Scalars are read as in YAML 1.2: only ``true`` and ``false`` are booleans, so ``on``, ``off``, ``yes`` and ``no``
are words; there are no timestamps and no sexagesimal numbers. Keys are text and stand once. Anchors, tags and
further documents in the same file are refused: a file is data that its reader sees whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MOST_BYTES = 1_000_000
"""Largest document that is read."""

DEEPEST = 32
"""How far lists and mappings may be nested."""

T = TypeVar("T", bound=BaseModel)

Keys = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?[0-9]{1,200}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,200}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,2})?")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a document: the line (counted from 1, ``None`` = the whole file), the path of keys that
    leads to the field, what is wrong, and what to do."""

    line: int | None
    field: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        return f"{where}{self.what}. {self.remedy}"


class DocumentError(GreenroomError):
    """A document cannot be read, or is not what it has to be.

    Attributes:
        file: the document.
        problems: every mistake found, in the order of the file; at least one.

    ``str()`` is one line a problem: ``profile.yaml:12: link.stage: …. …``.
    """

    code = "document.invalid"

    def __init__(self, file: Path, *problems: Problem) -> None:
        self.file = file
        self.problems = problems
        super().__init__(problems[0].what, where=str(file), next=problems[0].remedy)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        """Yield one line for each problem, led by file and line."""
        for problem in self.problems:
            line = f":{problem.line}" if problem.line else ""
            yield f"{self.file}{line}: {problem}"


class _Mistake(Exception):
    """A problem found while reading, before the file's name is put to it."""

    def __init__(self, line: int | None, what: str, remedy: str, field: str = "") -> None:
        self.problem = Problem(line, field, what, remedy)
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class _Document:
    value: Mapping[str, object]
    lines: Mapping[Keys, int]

    def line(self, path: Keys) -> int | None:
        """Return the line of ``path``, or of the nearest thing above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_document(path: Path) -> Mapping[str, object]:
    """Return the mapping that the YAML file ``path`` holds: text keys; text, numbers, booleans, lists, mappings.

    Raises:
        DocumentError: the file is missing, too large, not UTF-8, not YAML as read here, or not a mapping.
    """
    return _read(path).value


def load_model(path: Path, model: type[T]) -> T:
    """Return the YAML file ``path`` as ``model``; nothing is coerced (``"1"`` is no number, ``1`` no text).

    Raises:
        DocumentError: as `read_document`; or fields are missing, unknown or wrong, one problem for each.
    """
    document = _read(path)
    try:
        return model.model_validate_json(json.dumps(document.value), strict=True)
    except ValidationError as error:
        problems = (_problem(details, document) for details in error.errors(include_url=False))
        raise DocumentError(path, *problems) from None


def _read(path: Path) -> _Document:
    try:
        reader = _Reader(_text(path))
        return _Document(reader.document(), reader.lines)
    except _Mistake as mistake:
        raise DocumentError(path, mistake.problem) from None
    except yaml.YAMLError as error:
        raise DocumentError(path, _not_yaml(error)) from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _Mistake(None, f"cannot be read: {reason}", "Put a readable file there") from None
    if len(content) > MOST_BYTES:
        raise _Mistake(None, f"is larger than {MOST_BYTES} bytes", "Split or shorten it")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Mistake(line, "is not UTF-8", "Save the file as UTF-8") from None


def _not_yaml(error: yaml.YAMLError) -> Problem:
    remedy = "Correct the syntax"
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if not isinstance(error, yaml.MarkedYAMLError) or mark is None:
        return Problem(None, "", "is not YAML", remedy)
    return Problem(mark.line + 1, "", f"is not YAML: {error.problem}", remedy)


class _Reader:
    """Builds one document from the parser's events and notes the line each thing starts on."""

    def __init__(self, text: str) -> None:
        self._events = iter(yaml.parse(text, Loader=_LOADER))
        self.lines: dict[Keys, int] = {}

    def document(self) -> dict[str, object]:
        """Return the only document of the stream."""
        value: object = None
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                value = self._node(event, ())
            elif isinstance(event, yaml.DocumentStartEvent) and self.lines:
                raise _Mistake(_line(event), "a second document begins", "Keep one document a file")
        if not isinstance(value, dict):
            raise _Mistake(1, "the file is not a mapping", "Write 'key: value' lines")
        return value

    def _node(self, event: yaml.NodeEvent, path: Keys) -> object:
        self.lines[path] = _line(event)
        self._refuse_references(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) >= DEEPEST:
            raise _Mistake(_line(event), f"is nested deeper than {DEEPEST}", "Flatten it", _dotted(path))
        if isinstance(event, yaml.SequenceStartEvent):
            items = enumerate(self._until(yaml.SequenceEndEvent))
            return [self._node(item, (*path, index)) for index, item in items]
        return self._mapping(path)

    def _mapping(self, path: Keys) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._key(event, path)
            if key in found:
                remedy = "Keep one of the two"
                raise _Mistake(_line(event), f"the key {key!r} stands twice", remedy, _dotted(path))
            found[key] = self._node(self._next(), (*path, key))
        return found

    def _key(self, event: yaml.NodeEvent, path: Keys) -> str:
        self._refuse_references(event, path)
        key = _scalar(event) if isinstance(event, yaml.ScalarEvent) else None
        if isinstance(key, str):
            return key
        written = repr(event.value) if isinstance(event, yaml.ScalarEvent) else "a list or mapping"
        raise _Mistake(_line(event), f"the key {written} is not text", "Put it in quotes", _dotted(path))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.NodeEvent]:
        while not isinstance(event := next(self._events), end):
            yield _as_node(event)

    def _next(self) -> yaml.NodeEvent:
        return _as_node(next(self._events))

    def _refuse_references(self, event: yaml.NodeEvent, path: Keys) -> None:
        if event.anchor is not None:
            raise _Mistake(_line(event), "anchors and aliases are not read", "Write the value out", _dotted(path))
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise _Mistake(_line(event), f"the tag {tag!r} is not read", "Write a plain value", _dotted(path))


def _as_node(event: yaml.Event) -> yaml.NodeEvent:
    # The parser's own grammar: inside a list or mapping there is nothing else.
    assert isinstance(event, yaml.NodeEvent)  # narrows for the type checker
    return event


def _scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    text = str(event.value)
    # Only a bare word may be something else than text; a quoted or block scalar never is.
    if event.style or not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _line(event: yaml.Event) -> int:
    # Every event that the parser makes carries its mark.
    return event.start_mark.line + 1 if event.start_mark else 1


def _dotted(path: Keys) -> str:
    return ".".join(str(part) for part in path)


_REMEDIES = {
    "missing": "Add it",
    "extra_forbidden": "Remove it or correct its spelling",
    "string_type": "Put the value in quotes",
    "bool_type": "Write true or false",
    "too_short": "Add an entry",
}


def _problem(details: ErrorDetails, document: _Document) -> Problem:
    path = details["loc"]
    remedy = _REMEDIES.get(details["type"], "Correct it")
    what = details["msg"].removeprefix("Value error, ")
    return Problem(document.line(path), _dotted(path), what, remedy)
