"""``clauses.yaml``: a product's documented behaviour, one id each, and core's own defaults beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Self

from pydantic import model_validator

from greenroom.documents import load_model
from greenroom.model import Clause, Value

CORE_PREFIX = "CORE-"
DEFAULTS = Path(__file__).parents[1] / "defaults.yaml"

_ID = re.compile(r"[A-Z]{2,6}-\d{2,3}")


class ClauseBook(Value):
    """The clauses of one document about one product; ids are unique."""

    product: str = ""
    """What the product is called."""
    source: str = ""
    """The document."""
    clauses: tuple[Clause, ...]
    """Each behaviour, one id."""

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        counts = Counter(clause.id for clause in self.clauses)
        for name, count in counts.items():
            if count > 1:
                message = f"the clause id {name!r} stands {count} times"
                raise ValueError(message)
            if not _ID.fullmatch(name):
                message = f"the clause id {name!r} is not like 'ACME-07'"
                raise ValueError(message)
        return self

    def by_id(self) -> Mapping[str, Clause]:
        """Return the clauses by their ids."""
        return MappingProxyType({clause.id: clause for clause in self.clauses})


@cache
def core_clauses() -> Mapping[str, Clause]:
    """Return core's own defaults (``CORE-…``), which every profile may cite where its document is silent."""
    return load_model(DEFAULTS, ClauseBook).by_id()
