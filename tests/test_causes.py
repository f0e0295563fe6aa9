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
    """The phase afterwards, what the next interview is refused as (empty: it is made), and the clauses cited."""

    phase: str
    next: str
    clauses: str


E = Effect

EFFECTS: dict[str, dict[Cause, Effect]] = {
    "calendly": {
        Cause.PERSON: E("not_connected", "connect_first", "CAL-35 CAL-37 CAL-38 CORE-06"),
        Cause.SWITCHED_OFF: E("not_connected", "connect_first", "CAL-35 CAL-37 CAL-38 CORE-06"),
        Cause.UNINSTALLED: E("not_connected", "connect_first", "CAL-36 CAL-37 CAL-38"),
        Cause.AUTHORIZER_ROLE: E("needs_reconnect", "reconnect_needed", "CAL-21 CAL-22 CAL-23"),
        Cause.AUTHORIZER_GONE: E("not_connected", "connect_first", "CAL-36 CAL-37 CAL-38"),
        Cause.SCOPES_LOST: E("needs_reconnect", "reconnect_needed", "CORE-06"),
        Cause.APPROVAL_WITHDRAWN: E("needs_reconnect", "reconnect_needed", "CORE-08"),
        Cause.GRANT_DEAD: E("needs_reconnect", "reconnect_needed", "CORE-08"),
    },
    "exelare": {
        Cause.PERSON: E("not_connected", "login_first", "EXE-60 EXE-61 CORE-06"),
        Cause.SWITCHED_OFF: E("not_connected", "login_first", "EXE-60 EXE-61 CORE-06"),
        Cause.UNINSTALLED: E("not_connected", "login_first", "EXE-60 EXE-61 CORE-06"),
        Cause.AUTHORIZER_ROLE: E("connected", "", "EXE-04"),
        Cause.AUTHORIZER_GONE: E("needs_reconnect", "login_first", "CORE-08"),
        Cause.SCOPES_LOST: E("connected", "", "EXE-59"),
        Cause.APPROVAL_WITHDRAWN: E("needs_reconnect", "login_first", "CORE-08"),
        Cause.GRANT_DEAD: E("needs_reconnect", "login_first", "CORE-08"),
    },
    "interviewplanner": {
        Cause.PERSON: E("not_connected", "connect_first", "CORE-06"),
        Cause.SWITCHED_OFF: E("not_connected", "connect_first", "CORE-06"),
        Cause.UNINSTALLED: E("not_connected", "connect_first", "IVP-40 IVP-42"),
        Cause.AUTHORIZER_ROLE: E("connected", "", "IVP-27"),
        Cause.AUTHORIZER_GONE: E("needs_reconnect", "connect_first", "CORE-08"),
        Cause.SCOPES_LOST: E("needs_reconnect", "connect_first", "CORE-06"),
        Cause.APPROVAL_WITHDRAWN: E("needs_reconnect", "connect_first", "CORE-08"),
        Cause.GRANT_DEAD: E("needs_reconnect", "connect_first", "CORE-08"),
    },
    "lever": {
        Cause.PERSON: E("off", "not_connected", "CORE-06"),
        Cause.SWITCHED_OFF: E("off", "not_connected", "CORE-06"),
        Cause.UNINSTALLED: E("off", "not_connected", "CORE-06"),
        Cause.AUTHORIZER_ROLE: E("blue", "", "LEV-13"),
        Cause.AUTHORIZER_GONE: E("needs_reconnect", "not_connected", "CORE-08"),
        Cause.SCOPES_LOST: E("needs_reconnect", "not_connected", "CORE-06"),
        Cause.APPROVAL_WITHDRAWN: E("needs_reconnect", "not_connected", "CORE-08"),
        Cause.GRANT_DEAD: E("needs_reconnect", "not_connected", "CORE-08"),
    },
    "trakstar": {
        Cause.PERSON: E("not_connected", "connect_first", "TRK-50 TRK-51 TRK-53 TRK-54"),
        Cause.SWITCHED_OFF: E("not_connected", "connect_first", "TRK-50 TRK-51 TRK-53 TRK-54"),
        Cause.UNINSTALLED: E("not_connected", "connect_first", "TRK-50 TRK-51 TRK-53 TRK-54"),
        Cause.AUTHORIZER_ROLE: E("connected", "", "TRK-23"),
        Cause.AUTHORIZER_GONE: E("needs_reconnect", "connect_first", "CORE-08"),
        Cause.SCOPES_LOST: E("needs_reconnect", "connect_first", "TRK-50 TRK-51 TRK-53 TRK-54"),
        Cause.APPROVAL_WITHDRAWN: E("needs_reconnect", "connect_first", "CORE-08"),
        Cause.GRANT_DEAD: E("needs_reconnect", "connect_first", "CORE-08"),
    },
}
"""An empty refusal: the next interview is made. What core reads where the document is silent cites CORE-06 (a person's
wish, an app that was removed, scopes that are gone) or CORE-08 (a grant that ended at Zoom)."""


def test_nothing_is_left_out() -> None:
    """Each cause stands in the table of each profile."""
    assert sorted(EFFECTS) == PROFILES
    assert all(set(found) == set(Cause) for found in EFFECTS.values())


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("profile", PROFILES)
async def test_what_a_cause_does(greenroom: Greenroom, world: World, profile: str, cause: Cause) -> None:
    """The connection moves as the table says and the answer cites it; interviews, meetings and invites that are there
    stay [CORE-06]; the next interview is refused, or made where the connection is still good."""
    interview = await scheduled(greenroom, world, profile)
    before = await seen(greenroom, interview)
    level, email = LEVELS[profile]

    await Ground(greenroom, world, NAME, profile, level, email).gives_way(cause)

    rows = (await greenroom.status(NAME)).connections
    phase = next(one.phase for one in rows if one.level is level)
    (asked,) = (one for one in await greenroom.decisions(NAME) if one.hook == "disconnect")
    assert asked.question == f"connection ends: {cause.value}"
    cited = " ".join(reason.clause for reason in asked.reasons)
    upcoming = (await greenroom.schedule(NAME, SCHEDULED)).interviews[0]
    assert Effect(phase, upcoming.code or "", cited) == EFFECTS[profile][cause]
    assert (upcoming.kind == "made") is (upcoming.code is None)
    assert await seen(greenroom, interview) == before
    assert before.join_url in {one["join_url"] for one in world.meetings if one["live"]}


@pytest.mark.parametrize("profile", PROFILES)
async def test_a_cause_is_met_once(greenroom: Greenroom, world: World, profile: str) -> None:
    """Told again that the app was removed, a connection that has ended is left alone: nobody decides or hears anew."""
    await scheduled(greenroom, world, profile)
    ground = Ground(greenroom, world, NAME, profile, *LEVELS[profile])
    await ground.gives_way(Cause.UNINSTALLED)
    before, decisions = await greenroom.status(NAME), await greenroom.decisions(NAME)
    await ground.tell_removal(deauthorization_time="later")
    assert (await greenroom.status(NAME), await greenroom.decisions(NAME)) == (before, decisions)


@pytest.mark.parametrize("profile", PROFILES)
async def test_a_webhook_finds_whose_grant_has_ended(greenroom: Greenroom, world: World, profile: str) -> None:
    """The app's removal, found by a call first, leaves a connection to be made anew; told by webhook then, it ends as
    it would have."""
    await scheduled(greenroom, world, profile)
    level, email = LEVELS[profile]
    ground = Ground(greenroom, world, NAME, profile, level, email)
    await ground.gives_way(Cause.GRANT_DEAD)
    await ground.tell_removal(deauthorization_time="later")
    rows = (await greenroom.status(NAME)).connections
    phase = next(one.phase for one in rows if one.level is level)
    assert phase == EFFECTS[profile][Cause.UNINSTALLED].phase
