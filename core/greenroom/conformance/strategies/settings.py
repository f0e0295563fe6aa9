"""Settings of any product, field by field as its own schema has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hypothesis import strategies as st
from pydantic import JsonValue

from greenroom.conformance.facts import Given
from greenroom.conformance.product import Product
from greenroom.conformance.strategies.choices import among
from greenroom.conformance.strategies.people import PEOPLE, everybody, lists_of_people
from greenroom.model import Scope, SettingsChange, SettingsView


@cache
def settings(product: Product, scope: Scope) -> st.SearchStrategy[Given]:
    """Draw settings of a scope, field by field, as the product's schema has them.

    Raises ``ValueError`` for a field of a shape that nothing can be drawn for.
    """
    schema = product.settings[scope]
    fields, named = schema.get("properties"), schema.get("$defs", {})
    assert isinstance(fields, dict)
    assert isinstance(named, dict)
    return st.fixed_dictionaries({name: _values(field, named) for name, field in fields.items()}).map(
        Given.model_validate
    )


@cache
@st.composite
def settings_views(draw: st.DrawFn, product: Product) -> SettingsView:
    """Draw the settings in force, with some of the hosts they name verified."""
    drawn = {}
    for scope in Scope:
        if scope in product.settings:
            drawn[scope.value] = draw(settings(product, scope))
    verified = draw(st.just(frozenset(PEOPLE)) | st.frozensets(among(PEOPLE)))
    return SettingsView.model_validate({**drawn, "verified": verified})


@cache
@st.composite
def settings_changes(draw: st.DrawFn, product: Product) -> SettingsChange:
    """Draw a change of any of the product's settings, its hosts looked up."""
    scopes = [scope for scope in Scope if scope in product.settings]
    scope = draw(among(scopes))
    found = draw(lists_of_people(5) | everybody())
    return SettingsChange(
        scope=scope,
        subject="" if scope is Scope.ORGANIZATION else "Onsite",
        before=draw(settings(product, scope)),
        after=draw(settings(product, scope)),
        looked_up=tuple(found),
    )


def _values(field: JsonValue, named: Mapping[str, JsonValue]) -> st.SearchStrategy[object]:
    """Values of a settings field; text stays at its default, since only the product knows what it may say."""
    match field:
        case {"$ref": str(reference)}:
            return _values(named[reference.rpartition("/")[2]], named)
        case {"anyOf": list(parts)}:
            return st.one_of([_values(part, named) for part in parts])
        case {"enum": list(words)}:
            return st.sampled_from(words)
        case {"const": word}:
            return st.just(word)
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "null"}:
            return st.none()
        case {"type": "integer"}:
            assert isinstance(field, dict)
            return _numbers(field)
        case {"type": "array"}:
            return st.lists(among(PEOPLE), max_size=4, unique=True).map(tuple)
        case {"default": default}:
            return st.just(default)
        case _:
            message = f"nothing can be drawn for a setting of this shape: {field}"
            raise ValueError(message)


def _numbers(bounds: Mapping[str, JsonValue]) -> st.SearchStrategy[object]:
    """Whole numbers between the bounds that the schema states; without bounds, small ones."""
    least, most = bounds.get("minimum", 0), bounds.get("maximum", 100)
    assert isinstance(least, int)
    assert isinstance(most, int)
    return st.integers(least, most)
