"""An organization changes its profile: what carries over is what was said, and what was decided stays as decided."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import Any

import pytest
from tests.any_organization import PUBLIC_URL, Anybody, anybody, seen, switched_on
from tests.embedded import RECRUITER, ZOOM_ADMIN, ZOOM_OWNER, World

from greenroom.configuration import Configuration
from greenroom.engine.profile_change_views import ProfileChange
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Level
from greenroom.profiles import Registry, Switches

REGISTRY = Registry.discover()
PAIRS = list(permutations(REGISTRY.names, 2))
ROUND = set(pairwise((*REGISTRY.names, REGISTRY.names[0])))
"""Each profile left once and taken up once; the other pairs take their time."""
LONG_PAIRS = [pair if pair in ROUND else pytest.param(*pair, marks=pytest.mark.deep) for pair in PAIRS]


async def at_work(greenroom: Greenroom, world: World, profile: str) -> tuple[Anybody, str, str]:
    """Return a connected organization with an interview that has its link and one that waits for it."""
    one = await anybody(greenroom, world, profile, "Acme")
    for level in greenroom.profiles.profile(profile).manifest.levels:
        await one.connect(ZOOM_ADMIN, level)
    await switched_on(one)
    made = await one.schedule(ZOOM_ADMIN, interviewers=[{"name": "Adam", "email": ZOOM_ADMIN}])
    assert (await row(one, made))["join_url"]
    return one, made, await one.schedule(ZOOM_ADMIN, start=None)


async def row(one: Anybody, interview: str) -> dict[str, Any]:
    """Return an interview as listed."""
    found = (await one.greenroom.status(one.name)).interviews
    return next(each.model_dump() for each in found if each.id == interview)


async def decided_by(one: Anybody, interview: str) -> str:
    """Return the profile that decided last about an interview."""
    return (await one.greenroom.explain(interview)).decisions[-1].profile.partition("@")[0]


@pytest.mark.parametrize(("here", "there"), PAIRS)
async def test_what_was_said_is_what_changes(greenroom: Greenroom, world: World, here: str, there: str) -> None:
    """For every ordered pair of profiles: a dry run changes nothing and asks nothing of Zoom; the real run does what
    it said, with phases and roles of the new profile, and revokes what does not carry over."""
    one, made, waiting = await at_work(greenroom, world, here)
    await one.play([("share", ZOOM_ADMIN, Level.ORGANIZATION), ("opt_out", RECRUITER, Level.ORGANIZATION)])
    before, asked = await seen(one), len(world.ledger["requests"])
    foreseen = await greenroom.change_profile("Acme", there, dry_run=True)
    assert await seen(one) == before
    assert len(world.ledger["requests"]) == asked
    done = await greenroom.change_profile("Acme", there)
    assert done == foreseen.model_copy(update={"dry_run": False})
    after = await seen(one)
    judge(before, after, done, one, there)
    assert [(each.id, each.profile.partition("@")[0]) for each in done.interviews] == [(made, here), (waiting, here)]
    stranded = {each.id for each in done.interviews if each.stranded}
    assert {key for key, each in after["interviews"].items() if each["attention"]} == stranded


def judge(before: dict[str, Any], after: dict[str, Any], done: ProfileChange, one: Anybody, there: str) -> None:
    """Compare everything that is seen with what was said."""
    profile = one.greenroom.profiles.profile(there)
    assert after["organization"]["profile"] == there
    manifest, here = profile.manifest, one.greenroom.profiles.profile(one.profile).manifest
    shown = {(each["level"], each["owner"]): each for each in after["connections"]}
    for each in done.connections:
        if each.after is not None:
            now = shown[each.level.value, each.owner]
            assert (now["phase"], now["zoom_user"]) == (each.after.phase, each.zoom_user if each.carries else None)
            assert each.carries == (each.grant == "stays")
    ended = {
        (one.world.apps[here.apps[each.level]].client_id, each.zoom_user)
        for each in done.connections
        if each.grant == "revoked"
    }
    assert after["grants_at_zoom"] == before["grants_at_zoom"] - ended
    assert after["kept_grants"] <= before["kept_grants"] - ended
    assert after["meetings_at_zoom"] == before["meetings_at_zoom"]
    carried = {each.zoom_user for each in done.connections if each.carries}
    assert after["held"] == (carried if manifest.exclusive is not None else set())
    roles = {email: tuple(each["roles"]) for email, each in after["members"].items()}
    assert roles == {each.email: each.after for each in done.members}
    assert all(set(each.after) <= set(manifest.roles.known) for each in done.members)
    assert len(done.links) == len(before["links"]) - len(after["links"])
    assert after["links"] == ()
    assert (before["approval"].state, after["approval"].state) == done.approval
    assert len(before["opted_out"]) - len(after["opted_out"]) == len(done.opt_outs_end)
    assert after["letters"] == before["letters"]


@pytest.mark.parametrize(("here", "there"), LONG_PAIRS)
async def test_earlier_interviews_follow_their_own_profile(
    greenroom: Greenroom, world: World, here: str, there: str
) -> None:
    """For every ordered pair: moving and cancelling an earlier interview is decided by the profile it is under, and
    reaches Zoom where its connection carried over; a new interview is decided by the new profile."""
    one, made, waiting = await at_work(greenroom, world, here)
    link = (await row(one, made))["join_url"]
    done = await greenroom.change_profile("Acme", there)
    in_reach = next(each.in_reach for each in done.interviews if each.id == made)
    await greenroom.reschedule(made, "+6d 11:00", minutes=25)
    assert await decided_by(one, made) == here
    assert (await row(one, made))["join_url"] == link
    stranded = next(each.stranded for each in done.interviews if each.id == waiting)
    later = await greenroom.reschedule(waiting, "+7d 11:00", minutes=25)
    assert (later.kind == "made", await decided_by(one, waiting)) == (not stranded, here)
    meeting = next(each for each in world.meetings if each["join_url"] == link)
    assert (meeting["duration"] == 25) == in_reach
    for level in greenroom.profiles.profile(there).manifest.levels:
        await one.connect(ZOOM_ADMIN, level)
    await switched_on(one)
    fresh = await one.schedule(ZOOM_ADMIN, interviewers=[{"name": "Adam", "email": ZOOM_ADMIN}])
    assert (await decided_by(one, fresh), bool((await row(one, fresh))["join_url"])) == (there, True)
    await greenroom.cancel(made)
    assert await decided_by(one, made) == here
    assert (await row(one, made))["state"] == "cancelled"
    profiles = {each.id: each.profile.partition("@")[0] for each in (await greenroom.status("Acme")).interviews}
    assert (profiles[made], profiles[fresh]) == (here, there)


async def test_settings_come_back_with_their_profile(greenroom: Greenroom, world: World) -> None:
    """What a profile was set to is kept for the interviews under it, and comes back when the organization does."""
    one = await anybody(greenroom, world, "lever", "Acme")
    await one.connect(ZOOM_ADMIN, Level.ORGANIZATION)
    values = {"include_zoom_links": "on", "host_selection": "specific_hosts", "hosts": ZOOM_OWNER}
    await greenroom.configure("Acme", values, as_=ZOOM_ADMIN)
    before = await seen(one)
    left = await greenroom.change_profile("Acme", "interviewplanner")
    assert {(each.name, each.fate) for each in left.settings} == {(name, "left") for name in values}
    assert left.hosts_unverified == (ZOOM_OWNER,)
    assert (await greenroom.status("Acme")).organization.earlier == ("lever@2026-11",)
    assert (await seen(one))["verified"] == frozenset()
    back = await greenroom.change_profile("Acme", "lever")
    assert {(each.name, each.fate) for each in back.settings} == {(name, "restored") for name in values}
    after = await seen(one)
    assert (after["verified"], after["organization"]["settings"]) == (
        before["verified"],
        before["organization"]["settings"],
    )
    assert {email: each["roles"] for email, each in after["members"].items()} == {
        email: each["roles"] for email, each in before["members"].items()
    }


async def test_a_zoom_user_whom_another_organization_holds_does_not_carry_over(
    greenroom: Greenroom, world: World
) -> None:
    """Under a profile that connects a Zoom user to one organization only, whoever came first keeps it."""
    first = await anybody(greenroom, world, "lever", "First")
    assert await first.connect(ZOOM_ADMIN, Level.ORGANIZATION)
    second = await anybody(greenroom, world, "interviewplanner", "Second")
    assert await second.connect(ZOOM_ADMIN, Level.ORGANIZATION)
    done = await greenroom.change_profile("Second", "lever")
    assert [(each.carries, each.grant) for each in done.connections] == [(False, "shared")]
    assert "another organization" in done.connections[0].why
    assert (await greenroom.status("First")).connections[0].phase == "blue"
    assert (await greenroom.status("Second")).connections[0].phase == "off"


async def test_access_to_another_zoom_app_does_not_carry_over(configuration: Configuration, world: World) -> None:
    """Where the new profile has a Zoom app of its own, somebody has to authorize that one: the old access ends."""
    apps = {("lever" if one.kind == "admin" else name): one for name, one in configuration.zoom_apps.items()}
    apps["interviewplanner"] = apps["lever"]
    async with Greenroom(configuration.model_copy(update={"zoom_apps": apps}), switches=Switches()) as greenroom:
        one = await anybody(greenroom, world, "lever", "Acme")
        assert await one.connect(ZOOM_ADMIN, Level.ORGANIZATION)
        done = await greenroom.change_profile("Acme", "interviewplanner")
        assert [(each.carries, each.grant) for each in done.connections] == [(False, "revoked")]
        assert "another Zoom app" in done.connections[0].why
        assert (await seen(one))["grants_at_zoom"] == set()


async def test_links_that_wait_lead_nowhere_afterwards(world: World) -> None:
    """A link given out under the old profile is closed, and named among what changes."""
    async with Greenroom(world.configuration(PUBLIC_URL), switches=Switches()) as greenroom:
        one = await anybody(greenroom, world, "calendly", "Acme")
        shared = await greenroom.connect("Acme", as_=ZOOM_ADMIN, level=Level.ORGANIZATION, share=True)
        done = await greenroom.change_profile("Acme", "lever")
        assert [(link.path, link.after) for link in done.links] == [("shared", "closed")]
        with pytest.raises(BadInput, match="switched off or disconnected"):
            await one.follow(shared.url or "", ZOOM_ADMIN)


@pytest.mark.parametrize("granted", ["all", "fewest"])
async def test_access_carries_over_with_the_scopes_it_needs(
    configuration: Configuration, world: World, granted: str
) -> None:
    """A personal connection serves a profile that needs many scopes if they were all granted, and not otherwise."""
    wanted = [scope for spec in REGISTRY.profile("exelare").manifest.scopes for scope in spec.zoom]
    if granted == "all":
        world.control("POST", "apps/user", scopes=sorted({*wanted, "user:read:user", "meeting:read:list_meetings"}))
    else:
        world.control("POST", "apps/user", scopes=["meeting:write:meeting", "user:read:user"])
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        one = await anybody(greenroom, world, "trakstar", "Acme")
        assert await one.connect(ZOOM_ADMIN, Level.MEMBER)
        (found,) = (await greenroom.change_profile("Acme", "exelare")).connections
        assert (found.carries, "scopes" in found.why) == (granted == "all", granted != "all")


async def test_the_profile_it_is_under_already(greenroom: Greenroom, world: World) -> None:
    """Changing to the same profile and edition is refused, and so is one that is not installed."""
    await anybody(greenroom, world, "lever", "Acme")
    with pytest.raises(BadInput, match="already"):
        await greenroom.change_profile("Acme", "lever")
    with pytest.raises(Exception, match="nowhere"):
        await greenroom.change_profile("Acme", "nowhere", dry_run=True)
