"""The ground every value stands on: frozen, closed, and honest about what was not looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import BaseModel, ConfigDict

FrozenMap = tuple[tuple[str, str | int | bool], ...]
"""A map that cannot change: pairs in a tuple. A dict inside a frozen value could still be written to."""


class UndeclaredFact(AttributeError):
    """A hook touched a fact that its manifest does not declare under ``facts``."""

    def __init__(self, owner: str, fact: str) -> None:
        self.owner = owner
        self.fact = fact
        super().__init__(f"{owner}.{fact} was not gathered: declare it in profile.yaml under 'facts' for this hook")


class _InOrder(frozenset[object]):
    """A set as it is shown: in one order in every process, so that two runs tell one story."""

    def __repr__(self) -> str:
        return f"frozenset({{{', '.join(sorted(map(repr, self)))}}})" if self else "frozenset()"


class Value(BaseModel):
    """Base of all values: frozen, unknown fields refused, compared by content.

    A field can be *withheld*: it was not gathered, so reading it raises `UndeclaredFact`
    instead of pretending that there is nothing there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def withholding(self, *names: str) -> Self:
        """Return a copy on which reading any of ``names`` raises `UndeclaredFact`."""
        copy = self.model_copy()
        for name in names:
            copy.__dict__.pop(name, None)
        return copy

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        """Show what differs from the defaults: stories are made of values, and read by people."""
        for name, value in super().__repr_args__():
            field = type(self).model_fields.get(name or "")
            if field is None or field.is_required() or value != field.get_default(call_default_factory=True):
                yield name, _InOrder(value) if isinstance(value, frozenset) else value

    def __getattr__(self, name: str) -> object:
        # Only reached when normal lookup failed: a declared field that is missing was withheld.
        if name in type(self).model_fields:
            raise UndeclaredFact(type(self).__name__, name)
        return super().__getattr__(name)  # type: ignore[misc]  # pydantic defines it at run time only
