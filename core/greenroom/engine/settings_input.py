"""Settings as people type them: one model at the edge, clear lines for what is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import JsonValue, ValidationError
from pydantic.fields import FieldInfo

from greenroom.errors import BadInput
from greenroom.model import LookUpZoomUser, Settings


def changed_settings(before: Settings, values: Mapping[str, str]) -> Settings:
    """Return ``before`` with ``values`` (text as typed) applied and validated.

    Lists are separated by commas, switches read true/false, on/off, yes/no. Raises `BadInput` naming the field.
    """
    model = type(before)
    fields = model.model_fields
    merged: dict[str, JsonValue] = before.model_dump(mode="json")
    for name, text in values.items():
        if name not in fields:
            close = difflib.get_close_matches(name, fields, n=1)
            hint = f"Did you mean {close[0]}? " if close else ""
            raise BadInput("unknown setting", where=name, next=f"{hint}Known: {', '.join(sorted(fields))}")
        merged[name] = _as_list(text) if _is_list(fields[name]) else text
    try:
        return model.model_validate(merged)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(str(first["msg"]), where=where, next=_choices(fields.get(where))) from None


def looked_up_emails(settings: Settings) -> tuple[str, ...]:
    """Return the addresses in fields that name Zoom users, in order, each once."""
    found: list[str] = []
    for name, field in type(settings).model_fields.items():
        if _names_zoom_users(field):
            value = getattr(settings, name)
            found.extend([value] if isinstance(value, str) else value or ())
    return tuple(dict.fromkeys(found))


def _names_zoom_users(field: FieldInfo) -> bool:
    return LookUpZoomUser in field.metadata or any(part is LookUpZoomUser for part in _parts(field.annotation))


def _parts(annotation: object) -> Iterator[object]:
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield part
        yield from _parts(part)


def _is_list(field: FieldInfo) -> bool:
    return any(getattr(part, "__origin__", None) is tuple for part in (field.annotation, *_parts(field.annotation)))


def _as_list(text: str) -> list[JsonValue]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _choices(field: FieldInfo | None) -> str:
    choices = [str(part) for part in get_args(field.annotation)] if field is not None else []
    return f"Choices: {', '.join(choices)}" if choices and all(map(str.isidentifier, choices)) else ""
