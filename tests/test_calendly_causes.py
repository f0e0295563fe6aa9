"""Calendly: what each cause does to connections, events and invites, for the organization's and for a personal one."""

from __future__ import annotations

import pytest
from tests.calendly_team import APRIL, NAME, ZOE, Team, team
from tests.causes import Ground
from tests.embedded import RECRUITER, ZOOM_ADMIN, World

from greenroom.engine.outcomes import InterviewOutcome
from greenroom.facade import Greenroom
from greenroom.model import Cause, Level

ENDED, BROKEN, LIVE = "not_connected", "needs_reconnect", "connected"

ORGANIZATION = {
    Cause.PERSON: (ENDED, True),
    Cause.SWITCHED_OFF: (ENDED, True),
    Cause.UNINSTALLED: (ENDED, True),
    Cause.AUTHORIZER_GONE: (ENDED, True),
    Cause.AUTHORIZER_ROLE: (BROKEN, False),
    Cause.SCOPES_LOST: (BROKEN, False),
    Cause.APPROVAL_WITHDRAWN: (BROKEN, False),
    Cause.GRANT_DEAD: (BROKEN, False),
}
"""The phase afterwards, and whether events that lost their way are marked: they are when the connection is gone, not
while it waits to be reconnected."""

PERSONAL = {
    Cause.PERSON: ENDED,
    Cause.SWITCHED_OFF: ENDED,
    Cause.UNINSTALLED: ENDED,
    Cause.AUTHORIZER_ROLE: LIVE,
    Cause.AUTHORIZER_GONE: BROKEN,
    Cause.SCOPES_LOST: BROKEN,
    Cause.APPROVAL_WITHDRAWN: BROKEN,
    Cause.GRANT_DEAD: BROKEN,
}


@pytest.fixture
async def calendly(greenroom: Greenroom, world: World) -> Team:
    """An organization connected through Adam, with April's personal account beside it."""
    found = await team(greenroom, world)
    await found.share()
    await found.connect(APRIL)
    return found


def ground(calendly: Team, of: str = "") -> Ground:
    """Return what the organization's connection, or somebody's own, rests on."""
    level = Level.MEMBER if of else Level.ORGANIZATION
    return Ground(calendly.greenroom, calendly.world, NAME, "calendly", level, of, of or ZOOM_ADMIN)


def test_no_cause_is_left_out() -> None:
    """Each cause there is stands in both tables."""
    assert set(ORGANIZATION) == set(PERSONAL) == set(Cause)


@pytest.mark.parametrize("cause", Cause)
async def test_the_organizations_connection(calendly: Team, cause: Cause) -> None:
    """Its end or break reaches everybody who had it and nobody's own; what was made and sent stays, and connecting
    anew mends it [CAL-22, CAL-23, CAL-24, CAL-36, CAL-37, CAL-38, CAL-40, CAL-41, CORE-06]."""
    phase, marks = ORGANIZATION[cause]
    made = await calendly.schedule()
    waiting = await calendly.schedule(start=None)

    await ground(calendly).gives_way(cause)

    assert await calendly.phase() == phase
    types = await calendly.types()
    assert (types[RECRUITER], types[APRIL]) == (None, "personal")
    refused = await calendly.schedule()
    assert refused.code == ("reconnect_needed" if phase == BROKEN else "connect_first")
    assert (await calendly.schedule(APRIL)).via is Level.MEMBER
    assert list(await calendly.needing_attention()) == ([waiting.id] if marks else [])
    await link_still_works(calendly, made)

    assert not (await calendly.share(at_zoom=ZOE)).refused
    assert (await calendly.greenroom.retry(refused.id)).kind == "made"
    assert await calendly.needing_attention() == {}


@pytest.mark.parametrize("cause", Cause)
async def test_a_personal_connection(calendly: Team, cause: Cause) -> None:
    """Its end or break is its user's alone: the organization's comes forward, and events go on through that
    [CAL-24, CAL-28, CAL-30, CORE-06]."""
    phase = PERSONAL[cause]
    made = await calendly.schedule(APRIL)

    await ground(calendly, of=APRIL).gives_way(cause)

    rows = (await calendly.greenroom.status(NAME)).connections
    assert {one.owner: one.phase for one in rows} == {NAME: LIVE, APRIL: phase}
    assert (await calendly.types())[APRIL] == ("personal" if phase == LIVE else "organization")
    assert (await calendly.schedule(APRIL)).via is (Level.MEMBER if phase == LIVE else Level.ORGANIZATION)
    assert (await calendly.schedule()).via is Level.ORGANIZATION
    assert await calendly.needing_attention() == {}
    await link_still_works(calendly, made)


async def link_still_works(calendly: Team, made: InterviewOutcome) -> None:
    """The meeting is live at Zoom, and the invites that name it are as they were sent."""
    again = await calendly.greenroom.retry(made.id)
    assert (again.kind, again.meeting, again.letters) == ("made", made.meeting, made.letters)
    assert made.meeting is not None
    assert made.meeting.join_url in {one["join_url"] for one in calendly.world.meetings if one["live"]}
    assert {letter.state for letter in again.letters} == {"sent"}


async def test_only_a_persons_wish_is_revoked(calendly: Team) -> None:
    """The grant goes back to Zoom when a person ends the connection; what Zoom ended itself needs no word of ours."""
    await calendly.disconnect(ZOOM_ADMIN, Level.ORGANIZATION)
    assert [one["path"] for one in calendly.world.ledger["requests"]].count("/oauth/revoke") == 1
    await calendly.share()
    await ground(calendly).gives_way(Cause.AUTHORIZER_GONE)
    assert [one["path"] for one in calendly.world.ledger["requests"]].count("/oauth/revoke") == 1
