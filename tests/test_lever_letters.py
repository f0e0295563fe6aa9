"""What Lever sends: looked at first, the link where it is to be, a room beside it, and nothing before "Send All"."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest
from icalendar import Calendar
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_lever_connection import instance
from tests.test_lever_links import APRIL, CALVIN, draft, event

from greenroom.configuration import Configuration
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Action

CANDIDATE = "cam@home.example"
ON_ZOOM = {"zoom": True}
IN_LAGOON = {"zoom": True, "room": "Lagoon"}


async def synced(greenroom: Greenroom, world: World, calendar: str = "google", **values: str) -> None:
    """Make a Lever instance with a blue toggle that is synced with ``calendar``."""
    await instance(greenroom, calendar=calendar)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    if values:
        await greenroom.configure("First", values, as_=ZOOM_ADMIN)


def sent(configuration: Configuration) -> dict[str, str]:
    """Return what went out so far: the plain text by the address of its first reader."""
    found = {}
    for path in sorted(configuration.out.rglob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        text = message.get_body(("plain",))
        assert text is not None
        found[str(message["To"])] = str(text.get_content())
    return found


def booked(configuration: Configuration, audience: str) -> Any:
    """Return the calendar event that went to an audience."""
    (path,) = configuration.out.rglob(f"*{audience}*.ics")
    (found,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return found


async def test_schedule_preview_send_all(greenroom: Greenroom, world: World, configuration: Configuration) -> None:
    """Scheduling sends nothing, sending before the preview is refused, "Send All" sends what was previewed to
    interviewers and candidate [LEV-70, LEV-72, LEV-73]."""
    await synced(greenroom, world)
    panel = (await greenroom.schedule("First", draft(event(APRIL, place=ON_ZOOM), event(CALVIN, hour=10)))).panel
    assert not sent(configuration)
    with pytest.raises(BadInput, match="LEV-72"):
        await greenroom.send(panel)
    seen = await greenroom.preview(panel)
    gone = await greenroom.send(panel)
    assert [one.text for one in gone] == [one.text for one in seen]
    assert {email for one in gone for email in one.recipients} == {APRIL, CALVIN, CANDIDATE}


async def test_only_events_with_a_link_show_one(greenroom: Greenroom, world: World) -> None:
    """The interviewer's event of an interview with a Zoom link shows it, another does not [LEV-71, LEV-76]."""
    await synced(greenroom, world)
    panel = (await greenroom.schedule("First", draft(event(APRIL, place=ON_ZOOM), event(CALVIN, hour=10)))).panel
    shown = {one.recipients: one.shows_link for one in await greenroom.preview(panel)}
    assert shown[APRIL,]
    assert not shown[CALVIN,]


@pytest.mark.parametrize("included", [True, False])
async def test_the_candidates_link_is_the_switch(greenroom: Greenroom, world: World, included: bool) -> None:
    """ "Include Zoom links" decides for the candidate; interviewers get theirs either way; it is off at first
    [LEV-74, LEV-75, LEV-78]."""
    await synced(greenroom, world, **({"include_zoom_links": "true"} if included else {}))
    panel = (await greenroom.schedule("First", draft(event(APRIL, place=ON_ZOOM)))).panel
    shown = {one.audience: one.shows_link for one in await greenroom.preview(panel)}
    assert shown == {"interviewers": True, "candidate": included}


async def test_what_was_sent_stays_as_it_was_sent(
    greenroom: Greenroom, world: World, configuration: Configuration
) -> None:
    """Switching "Include Zoom links" after "Send All" changes no letter that went out [LEV-79]."""
    await synced(greenroom, world)
    panel = (await greenroom.schedule("First", draft(event(APRIL, place=ON_ZOOM)))).panel
    await greenroom.preview(panel)
    await greenroom.send(panel)
    before = {path: path.read_bytes() for path in configuration.out.rglob("*") if path.is_file()}
    await greenroom.configure("First", {"include_zoom_links": "true"}, as_=ZOOM_ADMIN)
    assert await greenroom.preview(panel) == ()
    with pytest.raises(BadInput, match="nothing to send"):
        await greenroom.send(panel)
    assert {path: path.read_bytes() for path in configuration.out.rglob("*") if path.is_file()} == before


async def test_a_room_goes_beside_the_link_when_it_is_sent(
    greenroom: Greenroom, world: World, configuration: Configuration
) -> None:
    """A room picked after the link leaves the link; it is not booked in the draft, and the event that goes out has
    both [LEV-65, LEV-66, LEV-69]."""
    await synced(greenroom, world)
    outcome = (await greenroom.schedule("First", draft(event(APRIL, place=ON_ZOOM)))).interviews[0]
    assert outcome.meeting is not None
    await greenroom.place(outcome.id, room="Lagoon")
    shown = (await greenroom.status("First")).interviews[0]
    assert (shown.room, shown.room_booked, shown.join_url) == ("Lagoon", False, outcome.meeting.join_url)
    assert not list(configuration.out.rglob("*.ics"))
    await greenroom.preview(outcome.id)
    await greenroom.send(outcome.id)
    found = booked(configuration, "interviewers")
    assert found["location"].startswith("Lagoon")
    assert found["url"] == outcome.meeting.join_url
    assert (await greenroom.status("First")).interviews[0].room_booked


@pytest.mark.parametrize(
    ("calendar", "place", "direct"),
    [("microsoft365", IN_LAGOON, False), ("microsoft365", ON_ZOOM, True), ("google", IN_LAGOON, True)],
)
async def test_office_365_with_a_room_has_no_direct_link(
    greenroom: Greenroom,
    world: World,
    configuration: Configuration,
    calendar: str,
    place: dict[str, Any],
    direct: bool,
) -> None:
    """Office 365 and a room: the link is text to copy, with that advice and nothing to click; without a room, or
    with G Suite, it is direct [LEV-67, LEV-68, LEV-69, LEV-76]."""
    await synced(greenroom, world, calendar)
    outcome = (await greenroom.schedule("First", draft(event(APRIL, place=place)))).interviews[0]
    assert outcome.meeting is not None
    url = outcome.meeting.join_url
    await greenroom.preview(outcome.id)
    await greenroom.send(outcome.id)
    text = sent(configuration)[APRIL]
    assert url in text
    assert ("copy and paste the URL" in text) is not direct
    assert (booked(configuration, "interviewers").get("url") == url) is direct
    (page,) = configuration.out.rglob("*interviewers*.html")
    assert (f'href="{url}"' in page.read_text()) is direct


async def test_a_link_added_after_sending_is_told(greenroom: Greenroom, world: World) -> None:
    """Everybody who had the event without a link is told when one is added, and of the room beside it [CORE-03]."""
    await synced(greenroom, world)
    outcome = (await greenroom.schedule("First", draft(event(APRIL)))).interviews[0]
    await greenroom.preview(outcome.id)
    await greenroom.send(outcome.id)
    added = await greenroom.place(outcome.id, zoom=True, room="Summit")
    told = [one for one in added.letters if one.subject.startswith("Updated")]
    assert {email for one in told for email in one.recipients} == {APRIL, CANDIDATE}
    assert all(one.state == "sent" and "Summit" in one.text for one in told)
    assert await greenroom.retry(outcome.id) == await greenroom.retry(outcome.id)
    assert len((await greenroom.retry(outcome.id)).letters) == len(added.letters)


async def test_the_scheduler_of_any_role_sends(greenroom: Greenroom, world: World) -> None:
    """All five roles of the document schedule with Zoom; none is refused for its role [LEV-01]."""
    await synced(greenroom, world)
    for role in ("Super Admin", "Admin", "Team Member", "Limited Team Member", "Interviewer"):
        await greenroom.save_member("First", RECRUITER, [role])
        outcome = (await greenroom.schedule("First", draft(event(APRIL, place=ON_ZOOM)))).interviews[0]
        assert outcome.kind == "made", role
