"""Read a scope's settings as the plugin's own model."""

from __future__ import annotations

from typing import TypeVar

from greenroom.model import Ask, Scope, Settings

S = TypeVar("S", bound=Settings)


def settings_of(request: Ask, scope: Scope, model: type[S]) -> S:
    """Return the settings of ``scope`` as ``model``; its defaults where none were saved.

    Raises ``TypeError`` when the saved settings are of another model: a fault of the plugin's manifest.
    """
    found = getattr(request.settings, scope.value)
    if found is None:
        return model()
    if not isinstance(found, model):
        message = f"settings of {scope.value} are {type(found).__name__}, not {model.__name__}"
        raise TypeError(message)
    return found
