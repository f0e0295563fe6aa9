"""What is still open in a draft is legal; whether it stops a save is the profile's answer, with its clause."""

from __future__ import annotations

from typing import Any

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_grants import PANEL, instance

from greenroom.facade import Greenroom
from greenroom.model import Action


def panel(**changes: Any) -> dict[str, Any]:
    """Return the panel with fields of its one interview changed."""
    interviews: Any = PANEL["interviews"]
    return {**PANEL, "interviews": [{**interviews[0], **changes}]}


async def recruiting(greenroom: Greenroom, world: World, profile: str) -> None:
    """Make an organization whose recruiter is connected, under a product with connections of members."""
    roles = ["Administrator"] if profile == "exelare" else ["Hire user"]
    world.control("POST", "approvals", app="user", state="approved")
    await greenroom.create_organization("First", profile, members={RECRUITER: roles})
    if profile == "exelare":
        await greenroom.act("First", Action.ENABLE, as_=RECRUITER)
    await connected(greenroom, world, "First", as_=RECRUITER)


async def test_a_save_without_a_time_is_refused_where_the_product_refuses_it(
    greenroom: Greenroom, world: World
) -> None:
    """Subject, date or time missing: Save is refused and nothing is created [EXE-18]."""
    await recruiting(greenroom, world, "exelare")
    for missing in ({"title": None}, {"start": None}):
        outcome = (await greenroom.schedule("First", panel(**missing))).interviews[0]
        assert outcome.kind == "refused"
        assert "EXE-18" in {reason.clause for reason in outcome.because}
    assert world.creates == 0


async def test_an_interview_without_a_time_waits_where_the_product_waits(greenroom: Greenroom, world: World) -> None:
    """Not confirmed yet: details come later, no meeting exists [TRK-31, TRK-32]."""
    await recruiting(greenroom, world, "trakstar")
    outcome = (await greenroom.schedule("First", panel(start=None))).interviews[0]
    assert outcome.kind == "not_yet"
    assert outcome.message
    assert world.creates == 0


async def test_a_draft_without_a_time_gets_no_link_yet(greenroom: Greenroom, world: World) -> None:
    """Where the link is made in the draft, it waits for start and length [CORE-05]; setting them makes it."""
    await instance(greenroom, "First")
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    outcome = (await greenroom.schedule("First", panel(start=None))).interviews[0]
    assert outcome.kind == "refused"
    assert outcome.message
    assert world.creates == 0
    moved = await greenroom.reschedule(outcome.id, "+3d 10:00")
    assert moved.kind == "made"
    assert world.creates == 1


@pytest.mark.parametrize("profile", ["exelare"])
async def test_no_candidate_no_meeting(greenroom: Greenroom, world: World, profile: str) -> None:
    """No candidate chosen: no meeting can be made [EXE-15]."""
    await recruiting(greenroom, world, profile)
    source = panel()
    del source["candidate"]
    outcome = (await greenroom.schedule("First", source)).interviews[0]
    assert outcome.kind == "refused"
    assert "EXE-15" in {reason.clause for reason in outcome.because}


async def test_an_edited_letter_goes_out_as_edited(greenroom: Greenroom, world: World) -> None:
    """The pre-filled mail can be edited before Send, and the edited text goes out [EXE-28, EXE-30]."""
    await recruiting(greenroom, world, "exelare")
    outcome = await greenroom.schedule("First", panel())
    letter = next(one for one in outcome.interviews[0].letters if one.audience == "candidate")
    assert letter.state == "drafted"
    await greenroom.edit(letter.id, subject="See you soon", body="Bring your questions.\n")
    sent = await greenroom.send(outcome.panel)
    assert [one.subject for one in sent if one.audience == "candidate"] == ["See you soon"]
    assert "Bring your questions." in sent[0].text


async def test_a_refused_interview_is_made_once_the_ground_is_there(greenroom: Greenroom, world: World) -> None:
    """Scheduled before connecting, an interview is refused; after connecting, taking it up again makes its link."""
    world.control("POST", "approvals", app="user", state="approved")
    await greenroom.create_organization("First", "trakstar", members={RECRUITER: ["Hire user"]})
    refused = (await greenroom.schedule("First", panel())).interviews[0]
    assert refused.kind == "refused"
    await connected(greenroom, world, "First", as_=RECRUITER)
    assert (await greenroom.retry(refused.id)).kind == "made"


async def test_moving_an_interview_with_a_given_link_tells_the_told(greenroom: Greenroom, world: World) -> None:
    """Details entered by hand pass through as typed, without a Zoom call; a move is told as a change [TRK-46]."""
    await greenroom.create_organization("First", "trakstar", members={RECRUITER: ["Hire user"]})
    given = {"url": "https://example.zoom.us/j/95555555555", "meeting_id": "955 5555 5555", "password": "a b"}
    outcome = (await greenroom.schedule("First", panel(place={"zoom": True, "manual": given}))).interviews[0]
    assert outcome.kind == "link"
    assert {letter.state for letter in outcome.letters} == {"sent"}
    assert all(given["url"] in letter.text for letter in outcome.letters)
    moved = await greenroom.reschedule(outcome.id, "+6d 10:00")
    assert len([letter for letter in moved.letters if letter.state == "sent"]) == 2 * len(outcome.letters)
    assert world.ledger["requests"] == []
