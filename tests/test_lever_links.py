"""Zoom links on Lever's interview events: added, pasted, beside a room, refused, and what is said of their limits."""

from __future__ import annotations

from typing import Any

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_lever_connection import instance

from greenroom.facade import Greenroom
from greenroom.model import Action, GivenLink

APRIL, CALVIN, BRYNNA, BASIL = (
    f"{name}@northwind.example" for name in ("april.lee", "calvin.ross", "brynna.diaz", "basil.stone")
)
"""Interviewers; Basil's licence at Zoom is Basic."""


def event(*interviewers: str, hour: int = 9, **changes: Any) -> dict[str, Any]:
    """Return one event of a panel, without a Zoom link unless ``changes`` say so."""
    return {
        "title": f"With {interviewers[0].partition('@')[0]}",
        "start": f"+3d {hour:02}:00",
        "duration_minutes": 30,
        "interviewers": [{"email": email} for email in interviewers],
        **changes,
    }


def draft(*events: dict[str, Any]) -> dict[str, Any]:
    """Return a scheduling draft of these events."""
    return {"scheduler": RECRUITER, "candidate": {"email": "cam@home.example"}, "interviews": list(events)}


@pytest.fixture
async def blue(greenroom: Greenroom, world: World) -> Greenroom:
    """Return a Greenroom whose Lever instance First has a blue toggle."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    return greenroom


async def panel(greenroom: Greenroom, *events: dict[str, Any]) -> tuple[str, ...]:
    """Schedule a draft; return the ids of its interviews."""
    return tuple(one.id for one in (await greenroom.schedule("First", draft(*events))).interviews)


async def links(greenroom: Greenroom) -> list[str | None]:
    """Return the links of the instance's interviews, as listed."""
    return [one.join_url for one in (await greenroom.status("First")).interviews]


async def test_a_link_is_added_to_the_event_it_was_picked_for(blue: Greenroom, world: World) -> None:
    """ "Add Zoom link" on one event of a draft makes a meeting for it then, and none for the others
    [LEV-38, LEV-60, LEV-61, LEV-62]."""
    nine, ten = await panel(blue, event(APRIL), event(CALVIN, hour=10))
    assert world.creates == 0
    added = await blue.place(nine, zoom=True)
    assert (added.kind, added.host) == ("made", APRIL)
    assert world.creates == 1
    first, second = await links(blue)
    assert first
    assert second is None
    assert (await blue.place(ten, zoom=True)).host == CALVIN
    assert len(set(await links(blue))) == 2


async def test_no_link_while_the_toggle_is_not_blue(greenroom: Greenroom, world: World) -> None:
    """In yellow a draft can be opened, but no link is generated; the event keeps its place [LEV-17]."""
    await instance(greenroom)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    (nine,) = await panel(greenroom, event(APRIL, place={"room": "Lagoon"}))
    refused = await greenroom.place(nine, zoom=True)
    assert (refused.kind, refused.code) == ("refused", "not_connected")
    assert world.creates == 0
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    assert (await greenroom.retry(nine)).kind == "made"


async def test_the_first_interviewer_with_zoom_hosts(blue: Greenroom) -> None:
    """Whoever has no active Zoom user is passed over; where nobody has one there is no link and no stand-in
    [LEV-36, LEV-37, LEV-48]."""
    nine, ten = await panel(
        blue,
        event("noor@elsewhere.example", "ines.inactive@northwind.example", CALVIN),
        event("noor@elsewhere.example", hour=10),
    )
    assert (await blue.place(nine, zoom=True)).host == CALVIN
    refused = await blue.place(ten, zoom=True)
    assert (refused.kind, refused.code) == ("refused", "no_eligible_host")


async def test_one_link_for_a_whole_panel(blue: Greenroom, world: World) -> None:
    """April's link pasted into the other events is theirs too and makes no other meeting; cancelling April's event
    leaves it to them, and it goes with the last of them [LEV-64]."""
    nine, half_past, ten = await panel(
        blue, event(APRIL, place={"zoom": True}), event(CALVIN, hour=10), event(BRYNNA, hour=11)
    )
    url = (await links(blue))[0]
    assert url is not None
    for other in (half_past, ten):
        assert (await blue.place(other, link=GivenLink(url=url))).kind == "link"
    assert world.creates == 1
    assert set(await links(blue)) == {url}
    await blue.cancel(nine)
    await blue.place(half_past, zoom=False)
    assert [one["live"] for one in world.meetings] == [True]
    await blue.cancel(ten)
    assert [one["live"] for one in world.meetings] == [False]


async def test_a_link_stays_until_it_is_taken_out(blue: Greenroom, world: World) -> None:
    """Adding it again changes nothing; taken out, its meeting goes, and a new one is made anew [CORE-15]."""
    (nine,) = await panel(blue, event(APRIL, place={"zoom": True}))
    first = (await links(blue))[0]
    await blue.place(nine, zoom=True)
    await blue.place(nine, room="Lagoon")
    assert await links(blue) == [first]
    await blue.place(nine, zoom=False)
    assert await links(blue) == [None]
    assert [one["live"] for one in world.meetings] == [False]
    decided = (await blue.explain(nine)).decisions
    assert "CORE-15" in {reason.clause for one in decided for reason in one.reasons}
    await blue.place(nine, zoom=True)
    assert [one["live"] for one in world.meetings] == [False, True]


@pytest.mark.parametrize(("calendar", "clause"), [("exchange_on_premise", "LEV-57"), ("none", "LEV-58")])
async def test_other_calendars_get_no_link(greenroom: Greenroom, world: World, calendar: str, clause: str) -> None:
    """Synced with Exchange on-premise or with nothing, a blue toggle makes no link [LEV-57, LEV-58]."""
    await instance(greenroom, calendar=calendar)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    outcome = (await greenroom.schedule("First", draft(event(APRIL, place={"zoom": True})))).interviews[0]
    assert outcome.kind == "refused"
    assert clause in {reason.clause for reason in outcome.because}
    assert world.creates == 0


async def test_personal_meeting_ids_are_kept_out_only_by_the_switch(blue: Greenroom, world: World) -> None:
    """Where April's Zoom uses her Personal Meeting ID two candidates share a link; with the switch on links are
    unique, Zoom's settings are as they were, and what was made stays as it was, either way
    [LEV-49, LEV-50, LEV-51, LEV-52, LEV-53, LEV-54]."""
    world_setting(world, APRIL, use_pmi_for_scheduled_meetings=True)
    before = zoom_settings(world, APRIL)
    await panel(blue, event(APRIL, place={"zoom": True}), event(APRIL, hour=10, place={"zoom": True}))
    assert len(set(await links(blue))) == 1
    await blue.configure("First", {"disable_personal_meeting_id": "true"}, as_=ZOOM_ADMIN)
    await panel(blue, event(APRIL, hour=11, place={"zoom": True}), event(APRIL, hour=12, place={"zoom": True}))
    await blue.configure("First", {"disable_personal_meeting_id": "false"}, as_=ZOOM_ADMIN)
    found = await links(blue)
    assert found[0] == found[1]
    assert len(set(found)) == 3
    assert [bool(one["pmi"]) for one in world.meetings] == [True, True, False, False]
    assert all(not one["updated_at"] for one in world.meetings)
    assert zoom_settings(world, APRIL) == before


async def test_a_shared_personal_room_outlives_one_event(blue: Greenroom, world: World) -> None:
    """Two events in April's personal room are two meetings: cancelling one leaves the other's [LEV-50]."""
    world_setting(world, APRIL, use_pmi_for_scheduled_meetings=True)
    nine, _ = await panel(blue, event(APRIL, place={"zoom": True}), event(APRIL, hour=10, place={"zoom": True}))
    await blue.cancel(nine)
    assert [one["live"] for one in world.meetings] == [False, True]


@pytest.mark.parametrize(
    ("minutes", "people", "warned"), [(60, (BASIL, CALVIN), True), (60, (BASIL,), False), (40, (BASIL, CALVIN), False)]
)
async def test_a_basic_hosts_forty_minutes_are_said(
    blue: Greenroom, minutes: int, people: tuple[str, ...], warned: bool
) -> None:
    """The link is made, and planned beyond 40 minutes with three people or more the limit is said, at once, in a
    dry run and in the explanation; nobody is refused [LEV-06, LEV-07, LEV-08, LEV-09]."""
    source = draft(event(*people, duration_minutes=minutes, place={"zoom": True}))
    dry = (await blue.schedule("First", source, dry_run=True)).interviews[0]
    outcome = (await blue.schedule("First", source)).interviews[0]
    assert (outcome.kind, outcome.host) == ("made", BASIL)
    assert any("40 minutes" in one for one in outcome.warnings) is warned
    assert dry.warnings == outcome.warnings
    explained = [said for one in (await blue.explain(outcome.id)).decisions for said in one.warnings]
    assert any("40 minutes" in one for one in explained) is warned


async def test_a_basic_hosts_limit_is_said_when_the_interview_grows(blue: Greenroom) -> None:
    """Moved to an hour after the link was added, the limit is said as well [LEV-09]."""
    (nine,) = await panel(blue, event(BASIL, CALVIN, place={"zoom": True}))
    moved = await blue.reschedule(nine, "+4d 09:00", minutes=60)
    assert moved.kind == "made"
    assert any("40 minutes" in one for one in moved.warnings)


async def test_a_refused_creation_is_told_to_the_scheduler(blue: Greenroom, world: World) -> None:
    """Lever attempts; when Zoom refuses there is no link, and the scheduler is told so [LEV-48]."""
    world.fault("POST /users/{userId}/meetings", "status", status=400)
    outcome = (await blue.schedule("First", draft(event(APRIL, place={"zoom": True})))).interviews[0]
    assert outcome.kind == "failed"
    assert await links(blue) == [None]
    assert [one.to for one in (await blue.status("First")).notices] == [RECRUITER]


async def test_waiting_rooms_and_passwords_are_zooms(blue: Greenroom, world: World) -> None:
    """Nothing about security is sent, so Zoom's own waiting room comes and goes with the account's password
    [LEV-80, LEV-81, LEV-82, LEV-83, LEV-84]."""
    await panel(blue, event(APRIL, place={"zoom": True}))
    world.control("POST", "accounts/northwind-account", settings={"require_password": False, "join_before_host": True})
    await panel(blue, event(CALVIN, place={"zoom": True}))
    protected, bare = world.meetings
    assert protected["settings"]["waiting_room"] is False
    assert bare["settings"]["waiting_room"] is True
    assert bare["settings"]["join_before_host"] is False


def world_setting(world: World, email: str, **settings: bool) -> None:
    """Change somebody's own settings at Zoom."""
    world.control("POST", f"users/{email}", settings=settings)


def zoom_settings(world: World, email: str) -> Any:
    """Return how Zoom shows somebody."""
    accounts: Any = world.control("GET", "world")["accounts"]
    return next(one for account in accounts for one in account["users"] if one["email"] == email)
