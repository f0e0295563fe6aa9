"""A dry run of `disconnect` says exactly what the real run does: no more, no less."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.any_organization import PEOPLE, PUBLIC_URL, STEPS, Anybody, Step, anybody, seen, switched_on
from tests.contracts.depth import QUICK
from tests.embedded import ZOOM_ADMIN, World

from greenroom.engine.ending_views import DisconnectPlan, Uses
from greenroom.engine.outcomes import DisconnectOutcome
from greenroom.facade import Greenroom
from greenroom.model import Level
from greenroom.profiles import Registry, Switches

NUMBERS = count(1)
PROFILES = Registry.discover().names


def applied(before: dict[str, Any], plan: DisconnectPlan, one: Anybody) -> dict[str, Any]:
    """Return what is to be seen once a plan was carried out, from what was seen before."""
    after = {**before, "connections": [dict(row) for row in before["connections"]]}
    for change in plan.connections:
        row = _row(after["connections"], change.level, change.owner)
        row |= {"phase": change.after.phase, "label": change.after.label, "colour": change.after.colour}
        row["kind"] = change.after.kind.value
        if change.grant != "stays":
            row["zoom_user"] = None
    after["interviews"] = {id: dict(row) for id, row in before["interviews"].items()}
    for marked in plan.interviews_marked:
        after["interviews"][marked.id]["attention"] = marked.text
    after["members"] = {email: _member(before["members"][email], plan) for email in before["members"]}
    after["notices"] = [*before["notices"], *((told.to, told.text) for told in plan.notices)]
    revoked = {change.zoom_user for change in plan.connections if change.grant == "revoked"}
    levels = {change.level for change in plan.connections if change.grant == "revoked"}
    apps = {one.world.apps[one.greenroom.profiles.profile(_profile(before)).manifest.apps[level]] for level in levels}
    ended = {(app.client_id, user) for app in apps for user in revoked}
    after["grants_at_zoom"] = before["grants_at_zoom"] - ended
    return after


def _profile(before: dict[str, Any]) -> str:
    return str(before["organization"]["profile"])


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
    "meetings_at_zoom",
)
"""What a plan foretells word for word; the rest is compared with what it says of it."""


async def compare(world: World, profile: str, steps: list[Step], who: str, level: Level) -> None:
    """Bring an organization somewhere, foresee a disconnect, do it, and compare everything."""
    async with Greenroom(world.configuration(PUBLIC_URL), switches=Switches()) as greenroom:
        one = await anybody(greenroom, world, profile, f"{profile} {next(NUMBERS)}")
        await one.play(steps[:3])
        await switched_on(one)
        await one.play(steps[3:])
        before, asked = await seen(one), len(world.ledger["requests"])
        foreseen = await greenroom.disconnect(one.name, as_=who, level=level, dry_run=True)
        assert await seen(one) == before
        assert len(world.ledger["requests"]) == asked
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
    left = [change for change in plan.connections if change.grant in {"revoked", "forgotten"}]
    assert len(before["kept_grants"] - after["kept_grants"]) >= bool(left)
    released = before["held"] - after["held"]
    assert released <= {change.zoom_user for change in plan.connections}
    through = {row["id"] for row in before["interviews"].values() if row["join_url"] and row["host"]}
    assert {kept.id for kept in plan.interviews_kept} <= through


@pytest.mark.parametrize("profile", PROFILES)
@QUICK
@given(steps=STEPS, who=st.sampled_from(PEOPLE), level=st.sampled_from(list(Level)))
def test_a_dry_run_foresees_the_real_run(world: World, profile: str, steps: list[Step], who: str, level: Level) -> None:
    """Wherever people brought an organization, a dry run changes nothing, and what it says is the difference between
    everything seen before the real run and after it."""
    first: Step = ("connect", who if level is Level.MEMBER else ZOOM_ADMIN, level)
    asyncio.run(compare(world, profile, [first, *steps], who, level))
