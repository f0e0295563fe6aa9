"""Request body schemas as Zoom means them.

The documents say `oneOf` where their alternatives overlap: an event's start is one of two objects, and both
leave every property optional, so that read to the letter no start is ever allowed. What is meant is that the
names used decide which alternative is.
"""

from collections.abc import Mapping
from typing import cast

from jsonschema import Draft7Validator, ValidationError
from jsonschema.exceptions import best_match

Schema = dict[str, object]


def workable(schema: object) -> object:
    """Return a schema whose alternatives are told apart by the names an object uses."""
    if isinstance(schema, list):
        return [workable(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {name: workable(inner) for name, inner in schema.items() if name != "oneOf"}
    if "oneOf" in schema:
        made["anyOf"] = [_recognizable(cast("Schema", workable(one))) for one in cast("list[object]", schema["oneOf"])]
    return made


def problems(schema: Schema, body: Mapping[str, object]) -> dict[str, str]:
    """Return what does not fit, by the dotted name of the field."""
    found = {}
    for error in Draft7Validator(schema).iter_errors(body):
        closest = best_match([error]) or error
        found[_field(closest)] = closest.message[:200]
    return found


def _field(error: ValidationError) -> str:
    """Name the field an error is about: one that is missing, not the object it is missing from."""
    path = list(map(str, error.absolute_path))
    if error.validator == "required":
        path += [name for name in cast("list[str]", error.validator_value) if error.message.startswith(repr(name))]
    return ".".join(path)


def _recognizable(alternative: Schema) -> Schema:
    names = sorted(_names(alternative))
    if not names:
        return alternative
    used: list[Schema] = [{"required": [name]} for name in names]
    return {"allOf": [{"anyOf": [{"maxProperties": 0}, *used]}, alternative]}


def _names(alternative: Schema) -> set[str]:
    names = set(cast("Schema", alternative.get("properties", {})))
    for inner in cast("list[Schema]", [*_inner(alternative, "anyOf"), *_inner(alternative, "allOf")]):
        names |= _names(inner)
    return names


def _inner(schema: Schema, word: str) -> list[object]:
    return cast("list[object]", schema.get(word, []))
