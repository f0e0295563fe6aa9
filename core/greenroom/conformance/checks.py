"""Clause checks: functions named ``check_…`` in a plugin's ``checks`` package, each saying what it proves."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

Check = Callable[[], None]

MOST_CLAUSES_A_CHECK = 3


@dataclass(frozen=True)
class FoundCheck:
    """A clause check as found: its name (``module.function``), the clauses it proves, and how to run it.

    ``run`` returns when the clauses hold and raises ``AssertionError`` when they do not.
    """

    name: str
    clauses: tuple[str, ...]
    run: Check


def proves(*clauses: str) -> Callable[[Check], Check]:
    """Mark a check as the proof of ``clauses`` (one to three ids), read back by `find_checks`."""
    if not 1 <= len(clauses) <= MOST_CLAUSES_A_CHECK:
        message = f"a check proves one to {MOST_CLAUSES_A_CHECK} clauses, not {len(clauses)}"
        raise ValueError(message)

    def mark(check: Check) -> Check:
        check.clauses = clauses  # type: ignore[attr-defined]  # functions take attributes
        return check

    return mark


def find_checks(package: str) -> tuple[FoundCheck, ...]:
    """Return every check below ``package`` (such as ``greenroom_acme.checks``), sorted by name.

    Raises ``ValueError`` for a ``check_…`` function that does not say what it proves, and what importing raises.
    """
    home = importlib.import_module(package)
    modules = [importlib.import_module(found.name) for found in pkgutil.iter_modules(home.__path__, f"{package}.")]
    found = [check for module in modules for check in _checks_of(module)]
    return tuple(sorted(found, key=lambda check: check.name))


def _checks_of(module: ModuleType) -> list[FoundCheck]:
    found = []
    for name, check in vars(module).items():
        if not name.startswith("check_") or getattr(check, "__module__", None) != module.__name__:
            continue
        clauses = getattr(check, "clauses", None)
        if clauses is None:
            message = f"{module.__name__}.{name} does not say what it proves: mark it with @proves(…)"
            raise ValueError(message)
        found.append(FoundCheck(f"{module.__name__.rpartition('.')[2]}.{name}", clauses, check))
    return found
