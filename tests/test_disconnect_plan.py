"""A dry run of `disconnect` says exactly what the real run does: no more, no less."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.any_organization import PEOPLE, PUBLIC_URL, STEPS, Anybody, Drawn, Step, anybody, at_zoom, seen, switched_on
from tests.causes import lose
from tests.contracts.depth import DEEP, DEEP_EXAMPLES, QUICK
from tests.embedded import RECRUITER, ZOOM_ADMIN, World

from greenroom.engine.ending_views import DisconnectPlan, Uses
from greenroom.engine.outcomes import DisconnectOutcome
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.model import Action, Cause, Level
from greenroom.profiles import Registry, Switches

PROFILES = Registry.discover()


def applied(before: dict[str, Any], plan: DisconnectPlan, one: Anybody) -> dict[str, Any]:
    """Return what is to be seen once a plan was carried out, from what was seen before."""
    after = {**before, "connections": [dict(row) for row in before["connections"]]}
    for change in plan.connections:
        row = _row(after["connections"], change.level, change.owner)
        row |= {"phase": change.after.phase, "label": change.after.label, "colour": change.after.colour}
        row["kind"] = change.after.kind.value
        if change.grant != "stays":
            row["zoom_user"] = None
    after["interviews"] = {key: dict(row) for key, row in before["interviews"].items()}
    for marked in plan.interviews_marked:
        after["interviews"][marked.id]["attention"] = marked.text
    after["members"] = {email: _member(before["members"][email], plan) for email in before["members"]}
    after["approval"] = before["approval"].model_copy(update={"state": plan.approval})
    after["notices"] = [*before["notices"], *((told.to, told.text) for told in plan.notices)]
    after["grants_at_zoom"] = before["grants_at_zoom"] - _grants(one, plan, "revoked")
    after["kept_grants"] = before["kept_grants"] - _grants(one, plan, "revoked", "forgotten")
    connected = {row["zoom_user"] for row in after["connections"] if row["zoom_user"]}
    after["held"] = connected if one.greenroom.profiles.profile(one.profile).manifest.exclusive is not None else set()
    return after


def _grants(one: Anybody, plan: DisconnectPlan, *fates: str) -> set[tuple[str, str | None]]:
    """Return the grants that meet one of these fates: app and Zoom user."""
    profile = one.greenroom.profiles.profile(one.profile)
    return {
        (one.world.apps[profile.manifest.apps[change.level]].client_id, change.zoom_user)
        for change in plan.connections
        if change.grant in fates
    }


def _row(rows: list[dict[str, Any]], level: Level, owner: str) -> dict[str, Any]:
    return next(row for row in rows if (row["level"], row["owner"]) == (level.value, owner))


def _member(before: dict[str, Any], plan: DisconnectPlan) -> dict[str, Any]:
    change = next(one for one in plan.members if one.email == before["email"])
    assert _as_listed(change.before) == {
        name: before[name] for name in ("connected", "type", "type_label", "zoom_user")
    }
    return {**before, **_as_listed(change.after)}


def _as_listed(uses: Uses | None) -> dict[str, Any]:
    if uses is None:
        return {"connected": False, "type": None, "type_label": "", "zoom_user": None}
    return {
        "connected": True,
        "type": uses.level.value,
        "type_label": uses.level_label,
        "zoom_user": uses.zoom_user,
    }


FORESEEN = (
    "organization",
    "connections",
    "interviews",
    "members",
    "notices",
    "approval",
    "settings",
    "verified",
    "turns",
    "letters",
    "intents",
    "meetings_kept",
    "events",
    "grants_at_zoom",
    "held",
    "kept_grants",
    "meetings_at_zoom",
)
"""What a plan foretells word for word; the rest is compared with what it says of it."""


@asynccontextmanager
async def brought(profile: str, steps: list[Step]) -> AsyncIterator[Anybody]:
    """Bring an organization where these steps lead, at a Zoom of its own; what settings keep off is switched on
    early."""
    with TemporaryDirectory() as folder, World(Path(folder), seed=7) as world:
        async with Greenroom(world.configuration(PUBLIC_URL), switches=Switches()) as greenroom:
            yield await _after(await anybody(greenroom, world, profile, "Acme"), steps)


async def _after(one: Anybody, steps: list[Step]) -> Anybody:
    await one.play(steps[:3])
    await switched_on(one)
    await one.play(steps[3:])
    return one


async def compare(profile: str, steps: list[Step], who: str, level: Level) -> None:
    """Bring an organization somewhere, foresee a disconnect, do it, and compare everything."""
    async with brought(profile, steps) as one:
        greenroom = one.greenroom
        before, asked = await seen(one), len(one.world.ledger["requests"])
        foreseen = await greenroom.disconnect(one.name, as_=who, level=level, dry_run=True)
        assert await seen(one) == before
        assert len(one.world.ledger["requests"]) == asked
        decided = len(await greenroom.decisions(one.name))
        done = await greenroom.disconnect(one.name, as_=who, level=level, confirmed=True)
        after = await seen(one)
        assert (done.kind, done.code, done.plan) == (foreseen.kind, foreseen.code, foreseen.plan)
        new = len(await greenroom.decisions(one.name)) - decided
        if foreseen.plan is None:
            assert (after, new) == (before, 0)
        else:
            assert new == 2
            judge(before, after, foreseen, one)


async def compare_causes(profile: str, steps: list[Step], cause: Cause, who: str, level: Level) -> None:
    """Foresee what a cause at Zoom would mean for a connection, let it happen, and compare everything."""
    async with brought(profile, steps) as one:
        before = await seen(one)
        foreseen = await one.greenroom.disconnect(one.name, as_=who, level=level, dry_run=True, cause=cause)
        assert await seen(one) == before
        if foreseen.plan is None:
            assert foreseen.code == "nothing_connected"
            return
        await lose(one.greenroom, one.name, level, who, cause)
        judge(before, await seen(one), foreseen, one)


def judge(before: dict[str, Any], after: dict[str, Any], foreseen: DisconnectOutcome, one: Anybody) -> None:
    """Compare what is seen with what was foreseen."""
    plan = foreseen.plan
    assert plan is not None
    expected = applied(before, plan, one)
    assert {name: after[name] for name in FORESEEN} == {name: expected[name] for name in FORESEEN}
    opted_in = {change.email for change in plan.members if change.opt_out_ends}
    assert len(before["opted_out"]) - len(after["opted_out"]) == len(opted_in)
    closed = {(link.level, link.created_at) for link in plan.links if link.after == "closed"}
    gone = {(link.level, link.created_at) for link in set(before["links"]) - set(after["links"])}
    assert gone == closed
    assert len(plan.links) == len(before["links"])
    through = {row["id"] for row in before["interviews"].values() if row["join_url"] and row["host"]}
    assert {kept.id for kept in plan.interviews_kept} <= through


def level_in(profile: str, number: int) -> Level:
    """Return one of the levels a profile connects at."""
    levels = PROFILES.profile(profile).manifest.levels
    return levels[number % len(levels)]


def in_profile(profile: str, steps: list[Drawn]) -> list[Step]:
    """Return drawn steps at the profile's levels, behind a first connection at each."""
    opening: list[Step] = [("connect", ZOOM_ADMIN, level) for level in PROFILES.profile(profile).manifest.levels]
    return [*opening, *((verb, who, level_in(profile, number)) for verb, who, number in steps)]


EACH = pytest.mark.parametrize("profile", PROFILES.names)
FEW = settings(QUICK, max_examples=DEEP_EXAMPLES if DEEP else 5)
AT_ZOOM = tuple(one for one in Cause if one is not Cause.PERSON)


@EACH
@FEW
@given(steps=STEPS, who=st.sampled_from((ZOOM_ADMIN, *PEOPLE)), number=st.integers(0, 1))
def test_a_dry_run_foresees_the_real_run(profile: str, steps: list[Drawn], who: str, number: int) -> None:
    """Wherever people brought an organization, a dry run changes nothing, and what it says is the difference between
    everything seen before the real run and after it."""
    asyncio.run(compare(profile, in_profile(profile, steps), who, level_in(profile, number)))


@EACH
@FEW
@given(steps=STEPS, cause=st.sampled_from(AT_ZOOM), number=st.integers(0, 1))
def test_a_dry_run_foresees_what_happens_at_zoom(profile: str, steps: list[Drawn], cause: Cause, number: int) -> None:
    """What a dry run says of a cause at Zoom is what comes of it, also where the product lets nobody disconnect."""
    asyncio.run(compare_causes(profile, in_profile(profile, steps), cause, ZOOM_ADMIN, level_in(profile, number)))


async def test_a_grant_that_serves_another_organization_lives_on(greenroom: Greenroom, world: World) -> None:
    """Where the same Zoom user is connected elsewhere too, a plan says that the access stays, and it does."""
    first = await anybody(greenroom, world, "calendly", "First")
    second = await anybody(greenroom, world, "calendly", "Second")
    for one in (first, second):
        assert await one.connect(ZOOM_ADMIN, Level.ORGANIZATION)
    foreseen = await greenroom.disconnect("First", as_=ZOOM_ADMIN, level=Level.ORGANIZATION, dry_run=True)
    assert foreseen.plan is not None
    assert [change.grant for change in foreseen.plan.connections] == ["shared"]
    before = at_zoom(world)
    await greenroom.disconnect("First", as_=ZOOM_ADMIN, level=Level.ORGANIZATION, confirmed=True)
    assert at_zoom(world) == before
    await second.schedule(RECRUITER)
    assert len(world.meetings) == 1


async def test_an_opt_out_ends_with_what_it_was_from(greenroom: Greenroom, world: World) -> None:
    """Whoever had removed themselves from the connection that ends is named, and has a later one again."""
    one = await anybody(greenroom, world, "calendly", "Acme")
    assert await one.connect(ZOOM_ADMIN, Level.ORGANIZATION)
    await switched_on(one)
    await one.play([("opt_out", RECRUITER, Level.ORGANIZATION)])
    outcome = await greenroom.disconnect("Acme", as_=ZOOM_ADMIN, level=Level.ORGANIZATION, confirmed=True)
    assert outcome.plan is not None
    assert [change.email for change in outcome.plan.members if change.opt_out_ends] == [RECRUITER]
    assert (await seen(one))["opted_out"] == frozenset()


async def test_a_link_given_out_leads_nowhere_once_the_toggle_is_off(world: World) -> None:
    """A link that lives until somebody connects is closed with the wish to connect, as the plan says; whoever opens
    it is told so."""
    async with Greenroom(world.configuration(PUBLIC_URL), switches=Switches()) as greenroom:
        one = await anybody(greenroom, world, "lever", "Acme")
        await greenroom.act("Acme", Action.ENABLE, as_=ZOOM_ADMIN)
        shared = await greenroom.connect("Acme", as_=ZOOM_ADMIN, share=True)
        foreseen = await greenroom.disconnect("Acme", as_=ZOOM_ADMIN, dry_run=True)
        assert foreseen.plan is not None
        assert [link.after for link in foreseen.plan.links] == ["closed"]
        await greenroom.disconnect("Acme", as_=ZOOM_ADMIN, confirmed=True)
        with pytest.raises(BadInput, match="switched off or disconnected since"):
            await one.follow(shared.url or "", ZOOM_ADMIN)


async def test_whoever_is_at_zoom_just_now_is_named(greenroom: Greenroom, world: World) -> None:
    """Where no service runs, a way to Zoom's own page that was given out can still be followed, and is among the
    links of the plan."""
    one = await anybody(greenroom, world, "calendly", "Acme")
    assert await one.connect(RECRUITER, Level.MEMBER)
    await greenroom.connect("Acme", as_=ZOOM_ADMIN, level=Level.ORGANIZATION, share=True)
    foreseen = await greenroom.disconnect("Acme", as_=RECRUITER, level=Level.MEMBER, dry_run=True)
    assert foreseen.plan is not None
    assert [(link.level, link.path, link.after) for link in foreseen.plan.links] == [
        (Level.ORGANIZATION, "shared", "open")
    ]


async def test_what_could_not_be_revoked_is_said(greenroom: Greenroom, world: World) -> None:
    """When Zoom cannot be reached to end a grant, the disconnect is done here and names whose grant lives on there."""
    one = await anybody(greenroom, world, "calendly", "Acme")
    assert await one.connect(RECRUITER, Level.MEMBER)
    world.fault("POST /oauth/revoke", "status", status=500, times=None)
    outcome = await greenroom.disconnect("Acme", as_=RECRUITER, level=Level.MEMBER, confirmed=True)
    assert (outcome.kind, outcome.unrevoked) == ("done", (RECRUITER,))


async def test_only_a_dry_run_asks_about_a_cause_at_zoom(greenroom: Greenroom, world: World) -> None:
    """Nobody can bring about from here what happens at Zoom."""
    await anybody(greenroom, world, "calendly", "Acme")
    with pytest.raises(BadInput, match="cannot be brought about"):
        await greenroom.disconnect("Acme", as_=ZOOM_ADMIN, cause=Cause.UNINSTALLED)
