"""How a field of Zoom's replies is read: as what it should be, or as nothing.

A reply that is right in what matters must not be lost over a field nobody asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

R = TypeVar("R", bound=BaseModel)


def _or_none(value: object, read: ValidatorFunctionWrapHandler) -> object:
    try:
        return read(value)
    except (ValidationError, OverflowError):
        return None


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


OrNone = WrapValidator(_or_none)
AsText = BeforeValidator(_as_text)
"""Zoom sends ids as numbers here and as texts there."""

Bool = Annotated[StrictBool | None, OrNone]
Int = Annotated[StrictInt | None, OrNone]
Text = Annotated[StrictStr | None, OrNone]
Id = Annotated[Annotated[StrictStr, StringConstraints(min_length=1, max_length=256)] | None, OrNone]
IdOfAnyType = Annotated[Id, AsText]
Instant = Annotated[Annotated[AwareDatetime, AfterValidator(_in_utc)] | None, OrNone]
Recorded = Annotated[Literal["none", "local", "cloud"] | None, OrNone]
MeetingId = Annotated[str, AsText, StringConstraints(pattern=r"^[0-9]{1,20}$")]
Link = Annotated[StrictStr, StringConstraints(pattern=r"^https?://[\x21-\x7e]{1,4000}$")]


class Reply(BaseModel):
    """Base of what a reply is read into: what it does not name is left out, and no error shows what was sent."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


def read(kind: type[R], document: Mapping[str, object]) -> R | None:
    """Return a reply as ``kind``, ``None`` if what must be right is not."""
    try:
        return kind.model_validate(document)
    except ValidationError:
        return None
