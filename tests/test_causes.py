"""Every cause for which a connection can lose its ground, under every profile: what it does to the connection, to
interviews and invites that are there, and to the next interview."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from tests.causes import Ground
from tests.embedded import ZOOM_ADMIN, World
from tests.test_change_by_zoom import seen
from tests.test_grants import PANEL
from tests.test_silence import PROFILES, scheduled

from greenroom.facade import Greenroom
from greenroom.model import Cause, Level

NAME = "First"
SCHEDULED = {**PANEL, "scheduler": ZOOM_ADMIN, "stage": "Onsite"}

LEVELS = {
    "lever": (Level.ORGANIZATION, ""),
    "trakstar": (Level.MEMBER, ZOOM_ADMIN),
    "calendly": (Level.ORGANIZATION, ""),
    "interviewplanner": (Level.ORGANIZATION, ""),
    "exelare": (Level.MEMBER, ZOOM_ADMIN),
}
"""Whose connection it is that a Zoom admin made."""


class Effect(NamedTuple):
    """The phase afterwards, what a new interview is refused as (empty: it is made), and the clauses of the answer."""

    phase: str
    next: str
    clauses: str


E = Effect


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("profile", PROFILES)
async def test_print(greenroom: Greenroom, world: World, profile: str, cause: Cause) -> None:
    interview = await scheduled(greenroom, world, profile)
    level, email = LEVELS[profile]
    await Ground(greenroom, world, NAME, profile, level, email).gives_way(cause)
    rows = (await greenroom.status(NAME)).connections
    phase = next(one.phase for one in rows if one.level is level)
    after = (await greenroom.schedule(NAME, SCHEDULED)).interviews[0]
    dec = [d for d in await greenroom.decisions(NAME) if d.hook == "disconnect"]
    with open("/tmp/matrix.txt", "a") as f:
        f.write(f"{profile} {cause.name} {phase} {after.kind} {after.code} {[ [r.clause for r in d.reasons] for d in dec]}\n")
