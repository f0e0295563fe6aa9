"""Greenroom: interview scheduling on Zoom that behaves exactly as a chosen recruiting product documents it.

    from greenroom import Greenroom

    async with Greenroom() as greenroom:
        await greenroom.create_organization("Northwind", "PROFILE")

`greenroom.blocking.Greenroom` is the same without async. Names load when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenroom.configuration import Configuration
    from greenroom.errors import BadInput, ConfigurationFault, GreenroomError, NotFound
    from greenroom.facade import Greenroom

__all__ = ["BadInput", "Configuration", "ConfigurationFault", "Greenroom", "GreenroomError", "NotFound"]

_HOMES = {"Greenroom": "greenroom.facade", "Configuration": "greenroom.configuration"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES.get(name, "greenroom.errors")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
