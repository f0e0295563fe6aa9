"""What a contract is: a rule that every product keeps, whatever its document says, and that examples can break."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from greenroom.conformance.product import Product

Body = Callable[[Product, st.DataObject], None]

VERSION = 1
"""Raised whenever a contract is added, dropped, or made to ask for more."""


@dataclass(frozen=True)
class Contract:
    """A rule for all products.

    Attributes:
        name: stable; what a report calls it.
        says: the rule, in one sentence.
        why: what somebody suffers when it is broken.
        fix: where to look first.
        refuses: whether it says what must not happen, rather than what must.
        once: whether one look is all of it, so that nothing is drawn twice.
        unless: why it is not applicable to a product, by its manifest; nothing where it is.
        body: raises ``AssertionError`` when an example breaks it.
    """

    name: str
    says: str
    why: str
    fix: str
    refuses: bool
    once: bool
    unless: Callable[[Product], str]
    body: Body


def _never(_product: Product) -> str:
    return ""


def contract(
    *, why: str, fix: str, refuses: bool = False, once: bool = False, unless: Callable[[Product], str] = _never
) -> Callable[[Body], Contract]:
    """Make a function a contract: its name is the contract's, its docstring says the rule."""

    def mark(body: Body) -> Contract:
        name = getattr(body, "__name__", "")
        says = " ".join((body.__doc__ or "").split())
        return Contract(name, says, why, fix, refuses, once, unless, body)

    return mark


def contracts() -> tuple[Contract, ...]:
    """Return every contract, by module and in the order they stand there."""
    home = importlib.import_module("greenroom.conformance.contracts")
    names = sorted(found.name for found in pkgutil.iter_modules(home.__path__, f"{home.__name__}."))
    return tuple(
        found for name in names for found in vars(importlib.import_module(name)).values() if isinstance(found, Contract)
    )
