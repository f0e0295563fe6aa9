"""What is kept: SQLAlchemy tables, typed repositories, migrations, and secrets sealed at rest.

::

    keyring = Keyring.parse(text)
    store = await SqlStore.open("sqlite:///greenroom.db", keyring)
    found = await store.read(lambda tx: tx.organizations.get("Northwind"))

Names are loaded when they are first used: SQLAlchemy alone takes half a second, and most commands that import this
package never open a database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenroom.store.errors import (
        BadKeys,
        NoKeys,
        SchemaFault,
        SealBroken,
        StoreFault,
        StoreUnavailable,
        UnknownKey,
    )
    from greenroom.store.keyring import Keyring
    from greenroom.store.sql import SqlStore

__all__ = [
    "BadKeys",
    "Keyring",
    "NoKeys",
    "SchemaFault",
    "SealBroken",
    "SqlStore",
    "StoreFault",
    "StoreUnavailable",
    "UnknownKey",
]

_ELSEWHERE = {"Keyring": "greenroom.store.keyring", "SqlStore": "greenroom.store.sql"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_ELSEWHERE.get(name, "greenroom.store.errors")), name)
