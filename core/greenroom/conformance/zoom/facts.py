"""Facts of Zoom: what is known of how it behaves, how surely, from where, and whether it is simulated."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from greenroom.documents import load_model
from greenroom.model import Value

Area = Literal[
    "oauth",
    "apps",
    "scopes",
    "errors",
    "users",
    "settings",
    "meetings",
    "security",
    "plans",
    "live",
    "recordings",
    "phone",
    "chat",
    "calendar",
    "limits",
    "webhooks",
]

Confidence = Literal["certain", "likely", "unsure"]
"""Official text or reproduced; official but dated, or several independent reports; one report or an inference."""

Simulated = Literal["yes", "no", "partly"]


class Fact(Value):
    """One fact of Zoom.

    ``source`` names what it rests on by its public name or address. ``note`` says what stands in the way of a
    fact that is not simulated in full; only such a fact has one, and only such a fact may go unproven.
    """

    id: Annotated[str, Field(pattern=r"^ZOOM-\d{3}$")]
    area: Area
    fact: Annotated[str, Field(min_length=20, max_length=400)]
    confidence: Confidence
    source: Annotated[str, Field(min_length=8, max_length=200)]
    simulated: Simulated
    note: Annotated[str, Field(min_length=20, max_length=300)] | None = None

    @model_validator(mode="after")
    def _note_explains_a_gap(self) -> Self:
        if (self.note is None) != (self.simulated == "yes"):
            message = "a fact simulated in full has no note, any other says in one what is missing"
            raise ValueError(message)
        return self


class FactSheet(Value):
    """All facts, in the order of their numbers; a number is given once."""

    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _numbered_in_order(self) -> Self:
        for before, after in zip(self.facts, self.facts[1:], strict=False):
            if after.id <= before.id:
                message = f"{after.id} stands after {before.id}: facts stand in the order of their numbers, each once"
                raise ValueError(message)
        return self


def load_facts() -> Mapping[str, Fact]:
    """Return the facts by id, in the order of their numbers.

    Raises `greenroom.documents.DocumentError`, naming line and field, when the file breaks a rule.
    """
    with as_file(files("greenroom.conformance.zoom") / "facts.yaml") as path:
        sheet = load_model(path, FactSheet)
    return {fact.id: fact for fact in sheet.facts}
