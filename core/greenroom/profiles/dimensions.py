"""What profiles are compared by: core's questions, and core's words for the answers (``dimensions.yaml``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator

from greenroom.documents import load_model
from greenroom.model import Value

FILE = Path(__file__).with_name("dimensions.yaml")


class Group(Value):
    """Dimensions that are shown together."""

    name: str
    title: str


class Dimension(Value):
    """Something that every product's document answers, or is silent on.

    ``asks`` is the question; ``values`` are the words it can be answered with, and what each means. ``feature`` and
    ``capability`` name the entry of a manifest that says whether there is such a thing. ``choose`` is the question put
    to somebody who chooses a profile (most have none); with ``lacking`` a document's silence on it means that there is
    none. ``defaults``: the clauses of core's that fill a silence.
    """

    name: str
    group: str
    title: str
    asks: str
    values: dict[str, str] = Field(min_length=1)
    feature: str | None = None
    capability: str | None = None
    choose: str | None = None
    lacking: bool = False
    own_words: bool = False
    defaults: tuple[str, ...] = ()

    def says(self, words: tuple[str, ...], detail: str = "") -> str:
        """Return an answer as it reads: the meaning of each word, then the detail."""
        if self.own_words and detail:
            return detail
        meant = "; ".join(self.values[word] for word in words)
        return f"{meant} ({detail})" if detail else meant


class DimensionBook(Value):
    """All dimensions, in the order they are shown in; names are unique, groups exist."""

    groups: tuple[Group, ...]
    dimensions: tuple[Dimension, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        groups = {group.name for group in self.groups}
        for name, count in Counter(one.name for one in self.dimensions).items():
            if count > 1:
                message = f"the dimension {name!r} stands {count} times"
                raise ValueError(message)
        for one in self.dimensions:
            if one.group not in groups:
                message = f"the dimension {one.name!r} is of no group {one.group!r}"
                raise ValueError(message)
        return self


@cache
def dimension_book() -> DimensionBook:
    """Return core's dimensions and their groups."""
    return load_model(FILE, DimensionBook)


@cache
def dimensions() -> Mapping[str, Dimension]:
    """Return core's dimensions by name, in the order they are shown in."""
    return MappingProxyType({one.name: one for one in dimension_book().dimensions})


def wrong_words(name: str, words: tuple[str, ...]) -> str | None:
    """Return what is wrong with answering dimension ``name`` with these words, or ``None``."""
    dimension = dimensions().get(name)
    if dimension is None:
        return f"there is no dimension {name!r}; there are {', '.join(dimensions())}"
    unknown = [word for word in words if word not in dimension.values]
    if unknown:
        return f"dimension {name!r} has no value {unknown[0]!r}; it may be {', '.join(dimension.values)}"
    return None
