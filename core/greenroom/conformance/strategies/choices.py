"""Draw one of a few values, from a strategy that is made once: making one costs more than drawing from it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import TypeVar, cast

from hypothesis import strategies as st

T = TypeVar("T", bound=Hashable)


def among(values: Iterable[T]) -> st.SearchStrategy[T]:
    """Draw one of ``values``, the first of which is the simplest."""
    return cast("st.SearchStrategy[T]", _among(tuple(values)))


@lru_cache(maxsize=1024)
def _among(values: tuple[Hashable, ...]) -> st.SearchStrategy[Hashable]:
    return st.sampled_from(values)
