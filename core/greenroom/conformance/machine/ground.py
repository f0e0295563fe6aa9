"""What a machine has to know of profiles before it can drive them: read from their manifests and settings alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st
from pydantic import JsonValue

from greenroom.conformance.machine.company import CAST, KIND
from greenroom.model import Action, Level, Scope
from greenroom.profiles import Profile

SCOPES = ("meeting:write", "meeting:delete", "user:read")
"""Beginnings of Zoom's scope names: what apps of this kind ask for, whatever the product calls it."""


@dataclass(frozen=True)
class Ground:
    """One profile, or several that the same events are played to: what any of them has."""

    profiles: tuple[Profile, ...]

    def __repr__(self) -> str:
        return f"Ground({', '.join(one.name for one in self.profiles)})"

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of any, each once."""
        return tuple(dict.fromkeys(level for one in self.profiles for level in one.manifest.levels))

    @property
    def scopes(self) -> tuple[str, ...]:
        """Beginnings of scopes that the apps may lose."""
        return SCOPES

    @property
    def configurable(self) -> bool:
        """Whether any has settings that can be drawn."""
        return next(self._fields(), None) is not None

    def has(self, action: Action) -> bool:
        """Whether any lists the action, at any level."""
        return any(action in actions for one in self.profiles for actions in one.manifest.actions.values())

    def settings(self) -> st.SearchStrategy[dict[str, object]]:
        """Draw a change of one setting of any: ``scope``, ``subject`` and ``values`` as an event takes them."""
        fields = list(self._fields())
        return st.sampled_from(fields).flatmap(lambda one: _change(*one))

    def _fields(self) -> Iterator[tuple[Scope, str, st.SearchStrategy[object]]]:
        for profile in self.profiles:
            for scope, model in profile.settings.items():
                schema = model.model_json_schema()
                named = schema.get("$defs", {})
                for name, field in schema.get("properties", {}).items():
                    values = _values(field, named)
                    if values is not None:
                        yield scope, name, values


def _change(scope: Scope, name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    subject = {Scope.KIND: KIND, Scope.CANDIDATE: CAST.candidates[0]}.get(scope, "")
    return values.map(lambda value: {"scope": scope.value, "subject": subject, "values": {name: value}})


def _values(field: JsonValue, named: Mapping[str, JsonValue]) -> st.SearchStrategy[object] | None:
    """Return values of a settings field as somebody types them; ``None`` where only the product knows what it takes."""
    match field:
        case {"$ref": str(reference)}:
            return _values(named[reference.rpartition("/")[2]], named)
        case {"anyOf": list(parts)}:
            return next((found for part in parts if (found := _values(part, named)) is not None), None)
        case {"enum": list(words)}:
            return st.sampled_from([str(word) for word in words])
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "array"}:
            return st.lists(st.sampled_from(CAST.zoom_users), min_size=1, max_size=3, unique=True)
        case _:
            return None
