"""A published operation's replies: which statuses, and which names and types at which place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

Schema = Mapping[str, Any]

_CHOICES = ("allOf", "anyOf", "oneOf")


class PublishedReply:
    """The replies of one operation object of an OpenAPI document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    @cached_property
    def statuses(self) -> frozenset[int]:
        """Return the documented statuses."""
        return frozenset(int(status) for status in self._responses)

    def schema(self, status: int) -> Schema:
        """Return the schema of a reply's JSON; empty when the document has none.

        Where the document says *exactly one of*, any of them will do: published alternatives overlap.
        """
        content = self._responses.get(str(status), {}).get("content", {})
        found = _lenient(content.get("application/json", {}).get("schema", {}))
        return found if found.keys() - {"type"} else {}

    @property
    def _responses(self) -> Mapping[str, Any]:
        responses: Mapping[str, Any] = self._document.get("responses", {})
        return responses


def unpublished_names(value: object, schema: Schema, path: str = "") -> Iterator[str]:
    """Yield the paths of names that no part of the schema publishes at their place."""
    parts = list(_parts(schema))
    if isinstance(value, Mapping):
        for name, inner in value.items():
            known = [part["properties"][name] for part in parts if name in part.get("properties", {})]
            here = f"{path}.{name}".removeprefix(".")
            if known:
                yield from unpublished_names(inner, {"anyOf": known}, here)
            elif not any(part.get("additionalProperties") for part in parts):
                yield here
    elif isinstance(value, list):
        items = {"anyOf": [part["items"] for part in parts if "items" in part]}
        for inner in value:
            yield from unpublished_names(inner, items, f"{path}[]")


def _lenient(schema: Any) -> Any:
    """Return a schema with *any of* for every *exactly one of*."""
    if isinstance(schema, list):
        return [_lenient(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {("anyOf" if name == "oneOf" else name): _lenient(inner) for name, inner in schema.items()}


def _parts(schema: Schema) -> Iterator[Schema]:
    yield schema
    for word in _CHOICES:
        for part in schema.get(word, []):
            yield from _parts(part)
