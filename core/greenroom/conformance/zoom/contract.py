"""What replies must keep to: published names and types, the fields that count, refusals of known codes.

A reply is judged by Zoom's published document of its operation and by two tables beside it: ``required.yaml``, the
fields a success carries at least, and ``errors.yaml``, the codes refusals come with and the exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Annotated, TypeVar, cast

from jsonschema import Draft7Validator
from pydantic import BaseModel, Field

from greenroom.conformance.zoom.facts import Confidence
from greenroom.conformance.zoom.published import PublishedReply, unpublished_names
from greenroom.documents import load_model
from greenroom.model import Value

B = TypeVar("B", bound=BaseModel)

Conditions = Mapping[str, Mapping[str, tuple[int | str | bool, ...]]]


class Required(Value):
    """The fields of one success reply; ``required.yaml`` explains the parts."""

    like: str | None = None
    certain: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    sometimes: Annotated[Mapping[str, str], Field(default_factory=dict)]
    unless: Annotated[Conditions, Field(default_factory=dict)]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return every field such a reply has."""
        return (*self.certain, *self.likely, *self.unsure)


class RequiredReplies(Value):
    """The whole table, by operation, with a query behind it where that makes another reply."""

    replies: Mapping[str, Required]


class Code(Value):
    """A code of the REST API."""

    code: int
    http: tuple[int, ...]
    confidence: Confidence
    means: str


class Status(Value):
    """An HTTP status that comes though an operation's document leaves it out, with these codes or with any."""

    status: int
    codes: tuple[int, ...]
    reason: str


class Exemption(Value):
    """A field that replies carry otherwise than published; ``*`` stands for every operation."""

    operation: str
    field: str
    reason: str


class Refusals(Value):
    """Codes, statuses, and where replies differ from the documents."""

    codes: tuple[Code, ...]
    statuses: tuple[Status, ...]
    exceptions: tuple[Exemption, ...]


class ReplyContract:
    """Judges replies.

    Args:
        documents: Zoom's published operation objects, by name (``GET /users/{userId}``).
    """

    def __init__(self, documents: Mapping[str, Mapping[str, object]]) -> None:
        self._published = {name: PublishedReply(document) for name, document in documents.items()}
        self._required = required_replies()
        self._refusals = refusals()

    def problems(self, operation: str, query: Mapping[str, str], status: int, body: object) -> list[str]:
        """Return what is wrong with a reply; ``body`` is its JSON, `None` when nothing was sent."""
        if status >= 400 or _refused_under_success(body):
            return [*self._of_status(operation, status, _field(body, "code")), *self._of_refusal(status, body)]
        return [*self._of_status(operation, status, None), *self._of_success(operation, query, status, body)]

    def required(self, operation: str, query: Mapping[str, str]) -> Required:
        """Return the fields a success of ``operation`` carries, given how it was asked.

        Raises ``KeyError`` for an operation the table leaves out.
        """
        asked = [f"{operation}?{name}={value}" for name, value in query.items()]
        asked += [f"{operation}?{name}=*" for name in query]
        found = self._required[next((key for key in asked if key in self._required), operation)]
        return self._required[found.like] if found.like else found

    def _of_status(self, operation: str, status: int, code: object) -> Iterator[str]:
        if status in self._published[operation].statuses:
            return
        added = [one for one in self._refusals.statuses if one.status == status]
        if not any(not one.codes or code in one.codes for one in added):
            said = "" if code is None else f" with code {code}"
            yield f"status {status}{said} is not documented for {operation}"

    def _of_refusal(self, status: int, body: object) -> Iterator[str]:
        code, message = _field(body, "code"), _field(body, "message")
        known = {one.code: one.http for one in self._refusals.codes}
        if not isinstance(code, int):
            yield f"code is {code!r}, not a number"
        elif code not in known:
            yield f"code {code} is not known"
        elif status not in known[code]:
            yield f"code {code} comes under {known[code]}, not under {status}"
        if not isinstance(message, str) or not message:
            yield f"message is {message!r}, not a text"
        if message == "Validation Failed." and not _names_fields(_field(body, "errors")):
            yield "a validation error names no field"

    def _of_success(self, operation: str, query: Mapping[str, str], status: int, body: object) -> Iterator[str]:
        published = self._published[operation]
        required = self.required(operation, query)
        schema = published.schema(status)
        if not schema or (not required.fields and body in (None, {})):
            yield from [] if body in (None, {}) else [f"{status} comes with a body, though none is published"]
            return
        exempt = {one.field for one in self._refusals.exceptions if one.operation in (operation, "*")}
        for path in unpublished_names(body, schema):
            if path not in exempt and path not in required.likely:
                yield f"{path} is not published"
        for error in Draft7Validator(schema).iter_errors(body):
            path = _place(error.absolute_path)
            if path not in exempt:
                yield f"{path or 'the body'}: {error.message[:120]}"
        for path in required.fields:
            yield from _missing(body, path, required.unless)


MISPRINTED = frozenset({"app.authorization_request_created"})
"""Events whose published schema puts most of the payload beneath one of its fields; their names are not checked."""


class EventContract:
    """Judges the bodies of events.

    Args:
        schemas: Zoom's published schema of each event's body, by the event's name.
    """

    def __init__(self, schemas: Mapping[str, Mapping[str, object]]) -> None:
        self._schemas = {name: _closed(schema) for name, schema in schemas.items()}
        self._required = required_events()

    def problems(self, name: str, body: object) -> list[str]:
        """Return what is wrong with an event's body."""
        return list(self._found(name, body))

    def required(self, name: str) -> Required:
        """Return the fields the event carries; raises ``KeyError`` for one the table leaves out."""
        found = self._required[name]
        return self._required[found.like] if found.like else found

    def _found(self, name: str, body: object) -> Iterator[str]:
        schema = self._schemas.get(name)
        if schema is None:
            yield f"{name} is no published event"
            return
        if name not in MISPRINTED:
            yield from (f"{path} is not published" for path in unpublished_names(body, schema))
        for error in Draft7Validator(schema).iter_errors(body):
            yield f"{_place(error.absolute_path) or 'the body'}: {error.message[:120]}"
        required = self.required(name)
        for path in required.fields:
            yield from _missing(body, path, required.unless)


def _closed(schema: object) -> Mapping[str, object]:
    """Return an event's schema without its leave to add anything: what is not named is not published."""
    if not isinstance(schema, Mapping):
        return {}
    return {
        name: _closed(inner) if isinstance(inner, Mapping) else inner
        for name, inner in schema.items()
        if name != "additionalProperties"
    }


@cache
def required_events() -> Mapping[str, Required]:
    """Return the table of required fields of events."""
    return _read("required_events.yaml", RequiredReplies).replies


@cache
def required_replies() -> Mapping[str, Required]:
    """Return the table of required fields."""
    return _read("required.yaml", RequiredReplies).replies


@cache
def refusals() -> Refusals:
    """Return the table of refusals."""
    return _read("errors.yaml", Refusals)


def _read(name: str, model: type[B]) -> B:
    with as_file(files("greenroom.conformance.zoom") / name) as path:
        return load_model(path, model)


def _refused_under_success(body: object) -> bool:
    """Tell whether a success status carries a refusal, as some of Zoom's replies for free accounts do."""
    return isinstance(body, Mapping) and set(body) == {"code", "message"}


def _names_fields(errors: object) -> bool:
    found = errors if isinstance(errors, list) else []
    return bool(found) and all(_field(one, "field") and _field(one, "message") for one in found)


def _field(body: object, name: str) -> object:
    return cast("Mapping[str, object]", body).get(name) if isinstance(body, Mapping) else None


def _place(path: Sequence[object]) -> str:
    """Write a path as the tables do: list entries are all alike."""
    return "".join("[]" if isinstance(one, int) else f".{one}" for one in path).removeprefix(".")


def _missing(body: object, path: str, unless: Conditions) -> Iterator[str]:
    """Yield each place where a required field is not, unless its object says that it may be missing."""
    for holder, name in _holders(body, path):
        if isinstance(holder, Mapping) and any(
            holder.get(other) in values for other, values in unless.get(path, {}).items()
        ):
            continue
        if not isinstance(holder, Mapping) or name not in holder:
            yield f"{path} is missing"
            return


def _holders(body: object, path: str) -> Iterator[tuple[object, str]]:
    """Yield every object that should have the last name of ``path``."""
    head, _, rest = path.partition(".")
    if not rest:
        yield body, head
    elif head.endswith("[]"):
        entries = _field(body, head.removesuffix("[]"))
        if not isinstance(entries, list):
            yield None, head
            return
        for entry in entries:
            yield from _holders(entry, rest)
    else:
        yield from _holders(_field(body, head), rest)
