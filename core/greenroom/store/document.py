"""A value as a document and back: what is there is kept, and what was withheld stays withheld."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from pydantic import JsonValue, ValidationError
from pydantic_core import from_json, to_json

from greenroom.model import Value
from greenroom.store.errors import SchemaFault

V = TypeVar("V", bound=Value)
Document = dict[str, JsonValue]
Path = tuple[str | int, ...]

_WITHHELD = "$withheld"


def to_text(document: object) -> str:
    """Return JSON text."""
    return to_json(document).decode()


def from_text(text: str | bytes) -> JsonValue:
    """Read JSON text."""
    read: JsonValue = from_json(text)
    return read


def pack(value: Value, *, leave_out: Collection[str] = ()) -> Document:
    """Return ``value`` as a document, its withheld fields named beside it.

    A field that is merely missing reads as its default, *nobody there*; a withheld one must go on saying that
    nobody looked.
    """
    document: Document = value.model_dump(mode="json", exclude=set(leave_out))
    withheld = [list(path) for path in _withheld(value, ())]
    return {**document, _WITHHELD: withheld} if withheld else document  # type: ignore[dict-item]  # lists are invariant


def unpack(kind: type[V], fields: Mapping[str, object]) -> V:
    """Return the value that was packed. Raises `SchemaFault` when it does not fit this version's ``kind``."""
    withheld = fields.get(_WITHHELD, ())
    try:
        value = kind.model_validate({name: field for name, field in fields.items() if name != _WITHHELD})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise SchemaFault(
            f"a stored {kind.__name__} does not fit this version: {first['type']}",
            where=".".join(str(part) for part in first["loc"]),
            next="Run the version of Greenroom that wrote it, or newer",
        ) from None
    for path in withheld:  # type: ignore[attr-defined]  # a list of paths, written by `pack`
        value = _withhold(value, path)
    return value


def _withheld(value: object, at: Path) -> Iterator[Path]:
    """Walk values and tuples. Sets are left out: they have no order a path could rest on, and no fact is in one."""
    if isinstance(value, Value):
        for name in type(value).model_fields:
            if name not in value.__dict__:
                yield (*at, name)
            else:
                yield from _withheld(value.__dict__[name], (*at, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _withheld(item, (*at, index))


def _withhold(value: V, path: Path) -> V:
    name, *rest = path
    assert isinstance(name, str)
    if not rest:
        return value.withholding(name)
    return value.model_copy(update={name: _withhold_inside(getattr(value, name), tuple(rest))})


def _withhold_inside(inner: object, path: Path) -> object:
    if isinstance(inner, tuple):
        index, *rest = path
        assert isinstance(index, int)
        return (*inner[:index], _withhold_inside(inner[index], tuple(rest)), *inner[index + 1 :])
    assert isinstance(inner, Value)
    return _withhold(inner, path)
