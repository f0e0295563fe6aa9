"""Parameters: what a document leaves to a figure may be overridden, and is then said to deviate, everywhere."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from click.testing import CliRunner
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected, environment
from tests.test_lever_connection import instance
from tests.test_lever_links import BASIL, CALVIN, draft, event

from greenroom.cli import main
from greenroom.errors import ConfigurationFault
from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.profiles import Registry, Switches

LONGER = "basic_limit_minutes is 90 here, 40 in the profile"


@pytest.fixture
async def overriding(world: World) -> AsyncIterator[Greenroom]:
    """Return a Greenroom whose deployment lets Basic hosts meet for 90 minutes, with a connected Lever instance."""
    configuration = world.configuration().model_copy(update={"parameters": {"lever": {"basic_limit_minutes": 90}}})
    async with Greenroom(configuration, switches=Switches()) as opened:
        await instance(opened)
        await opened.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
        await connected(opened, world, "First", as_=ZOOM_ADMIN)
        yield opened


async def test_an_override_is_carried_out_and_said(overriding: Greenroom) -> None:
    """An hour on a Basic host is no warning here, and outcome, explanation and status say that this deviates."""
    source = draft(event(BASIL, CALVIN, duration_minutes=60, place={"zoom": True}))
    outcome = (await overriding.schedule("First", source)).interviews[0]
    assert outcome.warnings == ()
    assert outcome.deviating == (LONGER,)
    explained = {one.hook: one.deviating for one in (await overriding.explain(outcome.id)).decisions}
    assert explained["select_host"] == (LONGER,)
    assert (await overriding.status("First")).organization.deviating == (LONGER,)


async def test_what_does_not_rest_on_it_does_not_deviate(overriding: Greenroom) -> None:
    """A decision that would be the same with the documented value is the product's: it is not marked."""
    outcome = (await overriding.schedule("First", draft(event(CALVIN, place={"zoom": True})))).interviews[0]
    assert outcome.deviating == ()
    assert all(one.deviating == () for one in (await overriding.explain(outcome.id)).decisions)


async def test_a_gate_that_deviates_says_so(world: World) -> None:
    """Pre-approval is asked of Business accounts only, here: a Pro user is led on, and the outcome deviates."""
    configuration = world.configuration().model_copy(
        update={"parameters": {"trakstar": {"approval_required_plans": "business"}}}
    )
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        for name, plan in (("Small", "pro"), ("Large", "business")):
            members = {RECRUITER: ["Hire user"]}
            await greenroom.create_organization(name, "trakstar", facts={"zoom_plan": plan}, members=members)
        led = await greenroom.connect("Small", as_=RECRUITER)
        refused = await greenroom.connect("Large", as_=RECRUITER)
    assert led.kind == "go_to_zoom"
    assert [one.split()[0] for one in led.deviating] == ["approval_required_plans"]
    assert (refused.kind, refused.deviating) == ("refusal", ())


async def test_who_may_connect_can_be_kept_to_a_role(world: World) -> None:
    """Any user connects unless a deployment reserves it; then the others are refused, which deviates, and whoever
    has the role goes on as documented."""
    configuration = world.configuration().model_copy(
        update={"parameters": {"interviewplanner": {"connect_roles": "admin"}}}
    )
    async with Greenroom(configuration, switches=Switches()) as greenroom:
        members = {RECRUITER: ["user"], ZOOM_ADMIN: ["admin"]}
        await greenroom.create_organization("First", "interviewplanner", members=members)
        refused = await greenroom.connect("First", as_=RECRUITER)
        led = await greenroom.connect("First", as_=ZOOM_ADMIN)
    assert (refused.code, bool(refused.deviating)) == ("role_not_allowed", True)
    assert (led.kind, led.deviating) == ("go_to_zoom", ())


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"lever": {"no_such": 1}}, "no such parameter"),
        ({"lever": {"basic_limit_minutes": "long"}}, "a whole number"),
        ({"nobody": {"x": 1}}, "no profile 'nobody'"),
    ],
)
def test_a_wrong_override_is_refused_by_name(given: dict[str, dict[str, object]], problem: str) -> None:
    """A parameter or profile that does not exist, or a value of another type, names its variable and what there is."""
    with pytest.raises(ConfigurationFault, match=problem) as raised:
        Registry.discover(Switches(), given).profile("lever")
    assert raised.value.where.startswith("GREENROOM_PARAMETERS__")
    assert raised.value.next


def test_the_documented_value_is_no_deviation() -> None:
    """A parameter set to what the profile says anyway, as text, overrides nothing."""
    profile = Registry.discover(Switches(), {"lever": {"basic_limit_minutes": "40"}}).profile("lever")
    assert profile.deviations == ()


def test_the_environment_overrides_and_the_command_line_says_so(world: World) -> None:
    """A variable sets a parameter; the profile's page and an organization's status print that it deviates."""
    variables = environment(world.configuration()) | {"GREENROOM_PARAMETERS__LEVER__BASIC_LIMIT_MINUTES": "90"}
    run = CliRunner(env={**variables, "COLUMNS": "200"})
    shown = run.invoke(main, ["profiles", "show", "lever", "--json"])
    assert json.loads(shown.stdout)["data"]["deviating"] == [LONGER]
    run.invoke(main, ["org", "create", "First", "--profile", "lever"])
    assert LONGER in run.invoke(main, ["status", "First"]).output
