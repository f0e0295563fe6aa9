"""Video conferencing, switched on for a stage or case by case for a candidate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from greenroom.model import Scope, Settings


def _nothing_typed(value: object) -> object:
    return None if value == "" else value


class StageSettings(Settings):
    """The settings of one interview stage: whether it is meant to be conducted over Zoom [IVP-35]."""

    video: bool = Field(default=False, title="video", description="help.video_of_stage")


class CandidateSettings(Settings):
    """The settings of one candidate: video conferencing on or off, whatever the stage says [IVP-36, IVP-38].

    ``None``, typed as nothing at all, leaves it to the stage.
    """

    video: Annotated[bool | None, BeforeValidator(_nothing_typed)] = Field(
        default=None, title="video", description="help.video_of_candidate"
    )


SETTINGS: Mapping[Scope, type[Settings]] = {Scope.KIND: StageSettings, Scope.CANDIDATE: CandidateSettings}
