"""A host who is gone between the choice and the creation leads to a new decision, told plainly, and to one meeting."""

from __future__ import annotations

from typing import Any

import pytest
from tests.booking import panel_of
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_grants import instance

from greenroom.engine.outcomes import InterviewOutcome
from greenroom.facade import Greenroom
from greenroom.model import Action, Level, Scope

CREATE = "POST /users/{userId}/meetings"
APRIL, CALVIN, BRYNNA = (f"{name}@northwind.example" for name in ("april.lee", "calvin.ross", "brynna.diaz"))
NO_SUCH_USER = {"status": 404, "body": {"code": 1001, "message": "User does not exist."}}


def panel(*interviewers: str, kind: str | None = None) -> dict[str, Any]:
    """Return a panel of one interview with these interviewers, in this order."""
    made = panel_of("april.lee")
    made["interviews"][0]["interviewers"] = [{"name": email, "email": email} for email in interviewers]
    return {**made, "stage": kind} if kind else made


async def falling_back(greenroom: Greenroom, world: World) -> None:
    """Make organization First, where the next interviewer hosts if one cannot; its directory was just looked up."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    await greenroom.schedule("First", panel(BRYNNA))


async def refusing(greenroom: Greenroom, world: World) -> None:
    """Make organization Second, where whoever schedules hosts and nobody stands in; its directory was just read."""
    await greenroom.create_organization(
        "Second",
        "interviewplanner",
        facts={"zoom_plan": "business", "calendar": "google"},
        members={ZOOM_ADMIN: ["user"], RECRUITER: ["user"]},
    )
    await greenroom.act("Second", Action.APPROVAL_DECIDED, as_=ZOOM_ADMIN, level=Level.ORGANIZATION)
    await connected(greenroom, world, "Second", as_=ZOOM_ADMIN)
    await greenroom.configure("Second", {"video": "true"}, as_=ZOOM_ADMIN, scope=Scope.KIND, subject="Onsite")
    assert (await greenroom.schedule("Second", panel(BRYNNA, kind="Onsite"))).interviews[0].kind == "made"


@pytest.fixture
async def falls_back(greenroom: Greenroom, world: World) -> Greenroom:
    """A Greenroom with organization First."""
    await falling_back(greenroom, world)
    return greenroom


@pytest.fixture
async def refuses(greenroom: Greenroom, world: World) -> Greenroom:
    """A Greenroom with organization Second."""
    await refusing(greenroom, world)
    return greenroom


def leave(world: World, email: str, how: str) -> None:
    """Have somebody gone from Zoom, with nobody telling us."""
    if how == "deleted":
        world.control("DELETE", f"users/{email}")
    else:
        world.control("POST", f"users/{email}", status="inactive")


async def scheduled(greenroom: Greenroom, name: str, what: dict[str, Any]) -> InterviewOutcome:
    """Return what became of a panel's one interview."""
    return (await greenroom.schedule(name, what)).interviews[0]


@pytest.mark.parametrize("how", ["deleted", "deactivated"])
async def test_another_host_takes_over(falls_back: Greenroom, world: World, how: str) -> None:
    """Where the profile knows somebody else, they host: one live meeting, the first try closed with its reason."""
    before = world.creates
    leave(world, APRIL, how)
    outcome = await scheduled(falls_back, "First", panel(APRIL, CALVIN))
    assert (outcome.kind, outcome.host) == ("made", CALVIN)
    assert APRIL in outcome.happened[0]
    assert outcome.happened[-1] == f"It chose {CALVIN}."
    assert world.creates == before + 2
    found = await falls_back.explain(outcome.id)
    assert [(one.host, one.state, bool(one.reason)) for one in found.creations] == [
        (APRIL, "failed", True),
        (CALVIN, "done", False),
    ]
    assert [one.hook for one in found.decisions].count("select_host") == 2
    assert found.decisions[0].at < found.creations[0].at < found.decisions[3].at < found.creations[1].at
    assert [row["live"] for row in world.meetings if row["agenda"].startswith("Ref.")].count(True) == 2


async def test_the_next_booking_knows(falls_back: Greenroom, world: World) -> None:
    """What was learned is kept: the next interview goes to the other host with one create and no further look."""
    leave(world, APRIL, "deleted")
    await scheduled(falls_back, "First", panel(APRIL, CALVIN))
    before = len(world.ledger["requests"])
    outcome = await scheduled(falls_back, "First", panel(APRIL, CALVIN))
    assert (outcome.host, outcome.happened) == (CALVIN, ())
    assert [one["operation"] for one in world.ledger["requests"]][before:] == [CREATE]


async def test_a_profile_that_knows_nobody_else_refuses(refuses: Greenroom, world: World) -> None:
    """Where nobody stands in, the new decision is a refusal in the product's words, and there is no meeting."""
    before = world.creates
    leave(world, RECRUITER, "deactivated")
    outcome = await scheduled(refuses, "Second", panel(BRYNNA, kind="Onsite"))
    assert (outcome.kind, outcome.code) == ("refused", "scheduler_not_in_zoom")
    assert RECRUITER in outcome.happened[0]
    assert outcome.happened[-1] == "It refuses now."
    assert world.creates == before + 1
    found = await refuses.explain(outcome.id)
    assert [one.state for one in found.creations] == ["failed"]
    assert found.decisions[-1].kind == "refusal"


@pytest.mark.parametrize(
    ("made", "name", "kind", "host"),
    [(falling_back, "First", None, APRIL), (refusing, "Second", "Onsite", RECRUITER)],
    ids=["falls back", "refuses"],
)
async def test_the_same_host_is_not_tried_twice(
    greenroom: Greenroom, world: World, made: Any, name: str, kind: str | None, host: str
) -> None:
    """When fresh facts lead to the host whom Zoom refused, no second create is sent, and that is said."""
    await made(greenroom, world)
    before = world.creates
    world.fault(CREATE, "status", **NO_SUCH_USER)
    outcome = await scheduled(greenroom, name, panel(APRIL, CALVIN, kind=kind))
    assert (outcome.kind, outcome.code) == ("failed", "zoom.not_found")
    assert host in outcome.happened[0]
    assert outcome.happened[-1] == "It chose the same host again, so nothing more was asked of Zoom."
    assert world.creates == before + 1
    assert [one.state for one in (await greenroom.explain(outcome.id)).creations] == ["failed"]
    assert (await greenroom.retry(outcome.id)).kind == "made"


async def test_asked_once_more_not_again_and_again(falls_back: Greenroom, world: World) -> None:
    """When Zoom refuses the second host too, that is the end: two creates, both named, no meeting."""
    before = world.creates
    world.fault(CREATE, "status", times=None, **NO_SUCH_USER)
    world.control("POST", f"users/{APRIL}", status="inactive")
    outcome = await scheduled(falls_back, "First", panel(APRIL, CALVIN, BRYNNA))
    assert outcome.kind == "failed"
    assert outcome.happened[-1].startswith(f"It chose {CALVIN}, whom Zoom refused too")
    assert world.creates == before + 2


async def test_a_directory_that_cannot_be_looked_up_decides_nothing(falls_back: Greenroom, world: World) -> None:
    """When Zoom cannot say who exists, no second decision is made on old facts; a retry makes it later."""
    leave(world, APRIL, "deleted")
    world.fault("GET /users", "status", status=503, times=None)
    outcome = await scheduled(falls_back, "First", panel(APRIL, CALVIN))
    assert (outcome.kind, outcome.code) == ("failed", "zoom.unavailable")
    assert APRIL in outcome.happened[0]
    world.control("DELETE", "faults")
    before = world.creates
    assert (await falls_back.retry(outcome.id)).host == CALVIN
    assert world.creates == before + 1
