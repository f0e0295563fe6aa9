"""The operations Zoom publishes, read from the documents in `zoom-openapi/`.

An operation is named as its document names it: `POST /users/{userId}/meetings`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import cast

from greenroom.sandbox.body_schemas import problems, workable
from greenroom.sandbox.errors import ValidationError
from greenroom.sandbox.privileges import UNLISTED

Schema = dict[str, object]

DOCUMENTS = ("users", "meetings", "marketplace", "accounts", "rooms", "calendar", "chat", "phone")


@dataclass(frozen=True)
class Operation:
    """One published operation.

    Attributes:
        scopes: granular scopes, any one of which is enough.
        classic_scopes: the same for apps with classic scopes.
        privilege: what the authorizer's role needs to act on more than their own data, or empty.
        document: the operation object as published.
    """

    method: str
    path: str
    scopes: tuple[str, ...]
    classic_scopes: tuple[str, ...]
    privilege: str
    document: Mapping[str, object]

    @property
    def name(self) -> str:
        """Return method and path, the name faults and the ledger use."""
        return f"{self.method} {self.path}"

    @cached_property
    def body_schema(self) -> Schema:
        """Return the schema of the request body; empty when the operation takes none."""
        content = _at(self.document, "requestBody", "content")
        first = next(iter(content.values()), {})
        return _at(cast("Mapping[str, object]", first), "schema")

    def reply_schema(self, status: int) -> Schema:
        """Return the published schema of a reply's JSON body."""
        return _at(self.document, "responses", str(status), "content", "application/json", "schema")

    def body_fields(self, *path: str) -> frozenset[str]:
        """Return the names published for the body, or for an object within it."""
        schema = self.body_schema
        for name in path:
            schema = _at(schema, "properties", name)
        return frozenset(_at(schema, "properties"))

    def check_body(self, body: Mapping[str, object]) -> None:
        """Check a request body.

        Raises:
            ValidationError: naming each field that does not fit.
        """
        found = problems(self._workable_body, body)
        if found:
            raise ValidationError(found)

    def check_query(self, query: Mapping[str, str]) -> None:
        """Check the query parameters whose values the document limits.

        Raises:
            ValidationError: naming each parameter that does not fit.
        """
        refused = {name: "Invalid field." for name, value in query.items() if not self._allows(name, value)}
        if refused:
            raise ValidationError(refused)

    @cached_property
    def _workable_body(self) -> Schema:
        return cast("Schema", workable(self.body_schema))

    @cached_property
    def _query_schemas(self) -> dict[str, Schema]:
        parameters = cast("list[Schema]", self.document.get("parameters", []))
        return {str(p["name"]): cast("Schema", p["schema"]) for p in parameters if p.get("in") == "query"}

    def _allows(self, name: str, value: str) -> bool:
        schema = self._query_schemas.get(name, {})
        if schema.get("type") == "array":
            return all(_fits(cast("Schema", schema.get("items", {})), one) for one in value.split(","))
        return _fits(schema, value)


def _fits(schema: Schema, value: str) -> bool:
    """Tell whether a query value, which is text, fits its schema; an empty one is as good as none."""
    allowed = cast("list[object]", schema.get("enum", []))
    if not value:
        return schema.get("type") != "integer"
    if schema.get("type") == "boolean":
        return value.lower() in ("true", "false")
    if schema.get("type") != "integer":
        longest = cast("int", schema.get("maxLength", len(value)))
        return len(value) <= longest and (not allowed or value in allowed)
    highest = cast("int", schema.get("maximum", 10**18))
    whole = value.isascii() and value.isdecimal() and int(value) <= highest
    return whole and (not allowed or int(value) in allowed)


def _at(document: Mapping[str, object], *path: str) -> Schema:
    here: object = document
    for name in path:
        here = here.get(name, {}) if isinstance(here, Mapping) else {}
    return cast("Schema", here)


class Catalogue:
    """All published operations the sandbox knows."""

    def __init__(self, operations: tuple[Operation, ...]) -> None:
        self.by_name = {operation.name: operation for operation in operations}
        # Paths without parameters come first, so that /users/email is not taken for a user's id.
        ordered = sorted(operations, key=lambda operation: operation.path.count("{"))
        self._patterns = tuple((operation, _pattern(operation.path)) for operation in ordered)

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """Return the operation a request means, with the values in its path."""
        for operation, pattern in self._patterns:
            match = pattern.fullmatch(path) if operation.method == method else None
            if match:
                return operation, match.groupdict()
        return None


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))


@cache
def published() -> Catalogue:
    """Return the catalogue of everything in `zoom-openapi/`, read once."""
    return Catalogue(tuple(operation for name in DOCUMENTS for operation in _read(name)))


def _read(document: str) -> Iterator[Operation]:
    text = (files("greenroom.sandbox") / "zoom-openapi" / f"{document}.json").read_text(encoding="utf-8")
    for path, methods in json.loads(text)["paths"].items():
        for method, content in methods.items():
            yield _operation(method.upper(), path, content)


def _operation(method: str, path: str, content: Mapping[str, object]) -> Operation:
    extensions = _at(content, "x-extensions")
    privileges = cast("list[str]", extensions.get("x-permissions", []))
    scopes = cast("list[str]", extensions.get("x-granular-scopes", []))
    classic = cast("list[str]", extensions.get("x-macro-scopes", []))
    privilege = next(iter(privileges), UNLISTED.get(f"{method} {path}", ""))
    _allow_day_lists(content)
    return Operation(method, path, tuple(sorted(scopes)), tuple(sorted(classic)), privilege, content)


def _allow_day_lists(content: Mapping[str, object]) -> None:
    """Drop an enum the document itself contradicts: `weekly_days` takes a comma list such as `1,3`."""
    for body in _at(content, "requestBody", "content").values():
        days = _at(
            cast("Mapping[str, object]", body), "schema", "properties", "recurrence", "properties", "weekly_days"
        )
        days.pop("enum", None)


@cache
def event_schemas() -> Mapping[str, Schema]:
    """Return the published schema of each event's body, by the event's name."""
    text = (files("greenroom.sandbox") / "zoom-webhooks.json").read_text(encoding="utf-8")
    return {name: cast("Schema", _resolved(schema, schema)) for name, schema in json.loads(text).items()}


def _resolved(part: object, schema: object) -> object:
    """Return a part with its references replaced; they point at places within the document the schema is from."""
    if isinstance(part, list):
        return [_resolved(one, schema) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        within = str(part["$ref"]).partition("/schema/")[2]
        return _resolved(_at(cast("Schema", schema), *within.split("/")), schema)
    return {name: _resolved(inner, schema) for name, inner in part.items()}


def event_names() -> list[str]:
    """Return the names of the events that are published."""
    return sorted(event_schemas())
