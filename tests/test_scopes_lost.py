"""What Zoom takes away without a webhook is noticed where it shows: at a call, at a refresh, when somebody authorizes
anew; and the profile is told what exactly is gone."""

from __future__ import annotations

from datetime import timedelta

from tests.causes import Ground
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.recruiting import WorldClock
from tests.test_silence import scheduled

from greenroom.configuration import Configuration
from greenroom.engine.outcomes import DecisionView
from greenroom.facade import Greenroom
from greenroom.model import Action, Cause, Level
from greenroom.profiles import Switches

NAME = "First"
LISTING = "GET /users/{userId}"


async def losses(greenroom: Greenroom, name: str = NAME) -> list[DecisionView]:
    """Return the decisions about connections that ended or lost their ground."""
    return [one for one in await greenroom.decisions(name) if one.hook == "disconnect"]


def refuse_for(world: World, scope: str) -> None:
    """Have Zoom refuse the next look at a user for want of a scope."""
    message = f"Invalid access token, does not contain scopes:[{scope}]."
    world.fault(LISTING, "status", status=400, body={"code": 4711, "message": message})


async def test_a_refused_call_names_what_is_gone(greenroom: Greenroom, world: World) -> None:
    """A scope that was given and is refused is lost, and only what is tied to it [EXE-59]."""
    await scheduled(greenroom, world, "exelare")
    refuse_for(world, "user:read:user")
    await greenroom.refresh_directory(NAME)
    (loss,) = await losses(greenroom)
    assert loss.question == "connection ends: scopes_lost"
    assert [reason.fact for reason in loss.reasons] == ["no longer granted: user:read"]


async def test_what_was_never_given_is_not_lost(greenroom: Greenroom, world: World) -> None:
    """A refusal for a scope that nobody granted says nothing about the connection's ground."""
    await scheduled(greenroom, world, "exelare")
    refuse_for(world, "report:read:user")
    await greenroom.refresh_directory(NAME)
    assert await losses(greenroom) == []
    assert [one["operation"] for one in world.ledger["requests"]].count("POST /oauth/token") == 1


async def test_a_refresh_that_lists_less(configuration: Configuration, world: World) -> None:
    """New tokens that carry fewer scopes than those before them have lost the others [EXE-59]."""
    async with Greenroom(configuration, switches=Switches(), clock=WorldClock(world)) as greenroom:
        await scheduled(greenroom, world, "exelare")
        world.take_scopes("phone:")
        world.control("POST", "clock", advance=timedelta(hours=2).total_seconds())
        await greenroom.refresh_directory(NAME)
        (loss,) = await losses(greenroom)
    assert [reason.fact for reason in loss.reasons] == ["no longer granted: phone:read:*"]


async def test_authorizing_with_less_tells_whoever_shares_the_grant(greenroom: Greenroom, world: World) -> None:
    """Zoom's newest grant of an app and user stands for all: when it carries less, those who rest on it and did not
    ask for it lose what is missing; whoever authorized is told by the answer they got."""
    await scheduled(greenroom, world, "trakstar")
    await greenroom.create_organization("Second", "calendly", members={ZOOM_ADMIN: ["user"]})
    app = world.state.directory.find_app("user")
    assert app is not None
    less = [scope for scope in app.scopes if not scope.startswith("phone:")]
    world.control("POST", "apps/user", scopes=less)
    await connected(greenroom, world, "Second", as_=ZOOM_ADMIN, level=Level.MEMBER)
    assert [one.question for one in await losses(greenroom)] == ["connection ends: scopes_lost"]
    assert await losses(greenroom, "Second") == []
    again = await greenroom.connect(NAME, as_=ZOOM_ADMIN)
    assert again.kind == "go_to_zoom"


async def test_withdrawn_approval_has_to_be_asked_for_again(greenroom: Greenroom, world: World) -> None:
    """Once Zoom says that an admin disabled the app, nobody is led to a page that refuses them [TRK-09, TRK-10]."""
    world.control("POST", "approvals", app="user", state="approved")
    people = {RECRUITER: ["Hire user"], ZOOM_ADMIN: ["Hire user"]}
    await greenroom.create_organization(NAME, "trakstar", facts={"zoom_plan": "business"}, members=people)
    await greenroom.act(NAME, Action.ASK_APPROVAL, as_=RECRUITER)
    await greenroom.approval_decided(NAME, "approved", as_=RECRUITER)
    await connected(greenroom, world, NAME, as_=RECRUITER)
    ground = Ground(greenroom, world, NAME, "trakstar", Level.MEMBER, RECRUITER, RECRUITER)
    await ground.gives_way(Cause.APPROVAL_WITHDRAWN)
    for who in people:
        refused = await greenroom.connect(NAME, as_=who)
        assert (refused.code, refused.next) == ("pre_approval_needed", (Action.ASK_APPROVAL,))


async def test_who_left_the_account_without_a_webhook(greenroom: Greenroom, world: World) -> None:
    """Zoom's word at a refresh that a token's owner is gone is that cause, and not just a dead grant [CAL-36]."""
    await scheduled(greenroom, world, "calendly")
    world.control("DELETE", f"users/{ZOOM_ADMIN}")
    await greenroom.refresh_directory(NAME)
    (loss,) = await losses(greenroom)
    assert loss.question == "connection ends: authorizer_gone"
    assert "CAL-36" in {reason.clause for reason in loss.reasons}


async def test_a_refusal_shows_that_an_admin_is_one_no_more(greenroom: Greenroom, world: World) -> None:
    """Where Zoom does not permit something any more, who authorized is looked at: demoted without anybody's word, they
    are that cause [CAL-21, CAL-23]; while they are an admin, a refusal says nothing about them."""
    await scheduled(greenroom, world, "calendly")
    world.fault("GET /users", "status", status=403, body={"code": 200, "message": "No permission."})
    await greenroom.refresh_directory(NAME)
    assert await losses(greenroom) == []
    world.control("POST", f"users/{ZOOM_ADMIN}", role="member")
    await greenroom.refresh_directory(NAME)
    (loss,) = await losses(greenroom)
    assert loss.question == "connection ends: authorizer_role"


async def test_a_refused_look_is_not_looked_into(greenroom: Greenroom, world: World) -> None:
    """Where Zoom does not even say who authorized, nothing is concluded, and it is asked once."""
    await scheduled(greenroom, world, "calendly")
    for operation in ("GET /users", "GET /users/{userId}"):
        refusal = {"code": 200, "message": "No permission."}
        world.fault(operation, "status", status=403, body=refusal, times=None)
    before = len(world.ledger["requests"])
    await greenroom.refresh_directory(NAME)
    assert len(world.ledger["requests"]) == before + 2
    assert await losses(greenroom) == []
