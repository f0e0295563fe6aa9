"""Checks: functions named ``check_…`` in a ``checks`` package, each saying what it proves.

A clause check proves clauses of a product and takes the `Product` that is judged; a fact check proves facts of Zoom
and takes the simulator it is to be run against. Both are marked and found the same way.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Generic, TypeVar, cast

from greenroom.conformance.product import Product

Check = Callable[[Product], None]

AnyCheck = Callable[..., object]
"""A check of either kind."""

C = TypeVar("C", bound=AnyCheck)
C_co = TypeVar("C_co", bound=AnyCheck, covariant=True)

MOST_CLAUSES_A_CHECK = 3


@dataclass(frozen=True)
class Found(Generic[C_co]):
    """A check as found: its name (``module.function``), the ids of the clauses or facts it proves, what it says of them
    in a sentence, how to run it.

    ``run`` returns when they hold and raises ``AssertionError`` when they do not.
    """

    name: str
    clauses: tuple[str, ...]
    run: C_co
    says: str = ""


FoundCheck = Found[Check]
"""A clause check as found."""


def proves(*clauses: str) -> Callable[[C], C]:
    """Mark a check as the proof of ``clauses`` (one to three ids), read back by `find_checks`."""
    if not 1 <= len(clauses) <= MOST_CLAUSES_A_CHECK:
        message = f"a check proves one to {MOST_CLAUSES_A_CHECK} clauses, not {len(clauses)}"
        raise ValueError(message)

    def mark(check: C) -> C:
        check.clauses = clauses  # type: ignore[attr-defined]  # functions take attributes
        return check

    return mark


def find_checks(package: str) -> tuple[FoundCheck, ...]:
    """Return every clause check below ``package`` (such as ``greenroom_acme.checks``), sorted by name.

    Raises ``ValueError`` for a ``check_…`` function that does not say what it proves, and what importing raises.
    """
    return cast("tuple[FoundCheck, ...]", marked_in(package))


def marked_in(package: str) -> tuple[Found[AnyCheck], ...]:
    """Return every check below ``package``, of whichever kind, sorted by name.

    Raises as `find_checks` does.
    """
    home = importlib.import_module(package)
    modules = [importlib.import_module(found.name) for found in pkgutil.iter_modules(home.__path__, f"{package}.")]
    found = [check for module in modules for check in _checks_of(module)]
    return tuple(sorted(found, key=lambda check: check.name))


def _checks_of(module: ModuleType) -> list[Found[AnyCheck]]:
    found = []
    for name, check in vars(module).items():
        if not name.startswith("check_") or getattr(check, "__module__", None) != module.__name__:
            continue
        clauses = getattr(check, "clauses", None)
        if clauses is None:
            message = f"{module.__name__}.{name} does not say what it proves: mark it with @proves(…)"
            raise ValueError(message)
        says = " ".join((check.__doc__ or "").split())
        found.append(Found[AnyCheck](f"{module.__name__.rpartition('.')[2]}.{name}", clauses, check, says))
    return found
