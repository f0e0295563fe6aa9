"""Trakstar Hire's connections, end to end: each user their own, one Hire account per Zoom login, confirmed goodbyes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.embedded import RECRUITER, World, connected
from tests.test_trakstar_approval import APRIL, SAM, button, hire

from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Action


@pytest.fixture
def approved(world: World) -> World:
    """Return an embedded Zoom whose admins have approved the app."""
    world.control("POST", "approvals", app="user", state="approved")
    return world


def meeting_type(place: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Return an interview that Rita schedules; its type is "Zoom Meeting" unless ``place`` says otherwise."""
    interview = {
        "title": "System design",
        "start": "+3d 09:00",
        "duration_minutes": 45,
        "interviewers": [{"email": "noor@elsewhere.example"}],
        "place": place or {"zoom": True},
        **changes,
    }
    return {"scheduler": RECRUITER, "candidate": {"email": "cam@home.example"}, "interviews": [interview]}


async def test_connect_becomes_disconnect(greenroom: Greenroom, approved: World) -> None:
    """The button leads to Zoom and says "Disconnect" on return; its change is the sign of success
    [TRK-26, TRK-27, TRK-28]."""
    await hire(greenroom, RECRUITER)
    assert await button(greenroom, RECRUITER) == "Connect"
    await connected(greenroom, approved, "First", as_=RECRUITER)
    assert await button(greenroom, RECRUITER) == "Disconnect"


async def test_declining_leaves_connect(greenroom: Greenroom, approved: World) -> None:
    """Whoever declines at Zoom is not connected, and may try again [TRK-29]."""
    await hire(greenroom, RECRUITER)
    begun = await greenroom.connect("First", as_=RECRUITER)
    settled = await greenroom.complete_url(approved.authorize(begun.url, RECRUITER, "decline"))
    assert settled.code == "declined"
    assert await button(greenroom, RECRUITER) == "Connect"
    await connected(greenroom, approved, "First", as_=RECRUITER)


async def test_one_hire_account_for_a_zoom_login(greenroom: Greenroom, approved: World) -> None:
    """Rita's login serves the first Hire account: the second is refused, points to entering details by hand, and the
    first still makes links; other logins connect theirs [TRK-01, TRK-02, TRK-05, TRK-06]."""
    await hire(greenroom, RECRUITER)
    await hire(greenroom, RECRUITER, APRIL, name="Second")
    await connected(greenroom, approved, "First", as_=RECRUITER)
    begun = await greenroom.connect("Second", as_=RECRUITER)
    refused = await greenroom.complete_url(approved.authorize(begun.url, RECRUITER))
    assert refused.code == "zoom_login_in_use"
    assert refused.next == (Action.ENTER_MANUALLY,)
    assert (await greenroom.schedule("First", meeting_type())).interviews[0].kind == "made"
    by_hand = meeting_type({"manual": {"url": "https://zoom.example/j/42"}})
    assert (await greenroom.schedule("Second", by_hand)).interviews[0].kind == "link"
    await connected(greenroom, approved, "Second", as_=APRIL)


async def test_a_login_is_free_again_after_disconnecting(greenroom: Greenroom, approved: World) -> None:
    """Disconnected from the first Hire account, the login connects the second [TRK-03]."""
    await hire(greenroom, RECRUITER)
    await hire(greenroom, RECRUITER, name="Second")
    await connected(greenroom, approved, "First", as_=RECRUITER)
    await greenroom.disconnect("First", as_=RECRUITER, confirmed=True)
    await connected(greenroom, approved, "Second", as_=RECRUITER)


async def test_another_users_connection_is_nobody_elses(greenroom: Greenroom, approved: World) -> None:
    """April is connected, Rita schedules: she counts as not connected, and is told how to go on
    [TRK-23, TRK-24, TRK-38, TRK-44]."""
    await hire(greenroom, RECRUITER, APRIL)
    await connected(greenroom, approved, "First", as_=APRIL)
    outcome = (await greenroom.schedule("First", meeting_type())).interviews[0]
    assert (outcome.kind, outcome.code) == ("refused", "connect_first")
    assert set(outcome.next) == {Action.CONNECT, Action.ENTER_MANUALLY}
    assert approved.creates == 0


async def test_disconnecting_asks_first(greenroom: Greenroom, approved: World) -> None:
    """ "Disconnect" asks to confirm and says what it means; dismissed, nothing happened; confirmed, the button is
    "Connect" again and one can reconnect [TRK-47, TRK-48, TRK-49, TRK-54]."""
    await hire(greenroom, RECRUITER)
    await connected(greenroom, approved, "First", as_=RECRUITER)
    asked = await greenroom.disconnect("First", as_=RECRUITER)
    assert (asked.kind, asked.message) == ("confirm", "Confirm Disconnect")
    assert [said for said in asked.warnings if "future interviews" in said]
    assert [said for said in asked.warnings if "will be maintained" in said]
    assert await button(greenroom, RECRUITER) == "Disconnect"
    await greenroom.disconnect("First", as_=RECRUITER, confirmed=True)
    assert await button(greenroom, RECRUITER) == "Connect"
    await connected(greenroom, approved, "First", as_=RECRUITER)


async def test_links_outlive_the_connection(greenroom: Greenroom, approved: World) -> None:
    """After a disconnect links already made stay, new interviews get none, and others' connections live on
    [TRK-50, TRK-51, TRK-52, TRK-53]."""
    await hire(greenroom, RECRUITER, APRIL)
    for user in (RECRUITER, APRIL):
        await connected(greenroom, approved, "First", as_=user)
    made = (await greenroom.schedule("First", meeting_type())).interviews[0]
    await greenroom.disconnect("First", as_=RECRUITER, confirmed=True)
    assert (await greenroom.schedule("First", meeting_type())).interviews[0].code == "connect_first"
    listed = {one.id: one.join_url for one in (await greenroom.status("First")).interviews}
    assert made.meeting is not None
    assert listed[made.id] == made.meeting.join_url
    assert approved.meetings[0]["live"]
    other = {**meeting_type(), "scheduler": APRIL}
    assert (await greenroom.schedule("First", other)).interviews[0].host == APRIL


async def test_an_old_link_cannot_follow_and_that_is_said(greenroom: Greenroom, approved: World) -> None:
    """Moved after a disconnect, the interview keeps its link, people are told, and so is whoever moved it that
    Zoom's meeting stays where it was [TRK-51, CORE-09]."""
    await hire(greenroom, RECRUITER)
    await connected(greenroom, approved, "First", as_=RECRUITER)
    made = (await greenroom.schedule("First", meeting_type())).interviews[0]
    await greenroom.disconnect("First", as_=RECRUITER, confirmed=True)
    moved = await greenroom.reschedule(made.id, "+5d 09:00")
    assert moved.meeting == made.meeting
    assert ["The link is kept" in said for said in moved.warnings] == [True]
    assert not approved.meetings[0]["updated_at"]
    assert {one.state for one in moved.letters} == {"sent"}


async def test_nobody_disconnects_what_is_not_connected(greenroom: Greenroom, approved: World) -> None:
    """Without a connection there is nothing to disconnect [CORE-13]; nobody is asked to confirm it."""
    await hire(greenroom, SAM)
    refused = await greenroom.disconnect("First", as_=SAM)
    assert refused.kind == "refusal"
    with pytest.raises(BadInput, match="leads to Zoom"):
        await greenroom.act("First", Action.CONNECT, as_=SAM)
    assert not approved.ledger["requests"]
