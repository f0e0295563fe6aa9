"""InterviewPlanner, end to end: an admin's way, the two ways of everybody else, and the role as the recipe has it."""

from __future__ import annotations

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World
from tests.interviewplanner_account import APRIL, CORA, NAME, Account, account

from greenroom.embedded import ZoomPageShown
from greenroom.facade import Greenroom
from greenroom.model import Action
from greenroom.profiles import RecipeDescription, Registry, recipes_of

USERS, ROOMS = ("User:Read", "User:Edit"), ("ZoomRooms:Read",)
PRIVILEGES = {
    ("User and Permission Management", "Users", "View"): "User:Read",
    ("User and Permission Management", "Users", "Edit"): "User:Edit",
    ("Zoom Rooms Management", "Zoom rooms", "View"): "ZoomRooms:Read",
}
"""What Zoom's role editor prints, and the privilege it stands for."""

READING = ["user:read:user:admin", "user:read:list_permissions:admin"]


@pytest.fixture
async def planner(greenroom: Greenroom, world: World) -> Account:
    """A fresh account with nothing connected."""
    return await account(greenroom, world)


def recipe() -> RecipeDescription:
    """Return the role recipe as the profile ships it."""
    found = recipes_of(Registry.discover().profile("interviewplanner"))
    return next(one for one in found if one.name == "zoom_role")


def needed() -> set[str]:
    """Return the privileges that the recipe's permissions are."""
    return {PRIVILEGES[one.section, one.item, right] for one in recipe().permissions for right in one.rights}


async def test_a_zoom_admin_needs_no_preparation(planner: Account) -> None:
    """One Zoom admin authorizes and Zoom is there for everyone, those added later too [IVP-05, IVP-06, IVP-08,
    IVP-09, IVP-32]."""
    assert (await planner.connect()).phase == "connected"
    await planner.video("on")
    for who in (RECRUITER, APRIL, "calvin.ross@northwind.example"):
        made = await planner.schedule(who)
        assert (made.kind, made.host) == ("made", who)


async def test_the_recipe_is_complete_in_words() -> None:
    """The recipe names the role as recommended, has the steps in their order, and says what each permission is for
    [IVP-14, IVP-15, IVP-16, IVP-17, IVP-18, IVP-20, IVP-21, IVP-24, IVP-25, IVP-28]."""
    found = recipe()
    assert found.role_name == "InterviewPlanner"
    assert found.role_description == ("Role with the necessary permissions for InterviewPlanner to schedule interviews")
    assert [(one.item, one.rights) for one in found.permissions] == [
        ("Users", ("View", "Edit")),
        ("Zoom rooms", ("View",)),
    ]
    assert all(one.purpose.startswith("To be able to ") for one in found.permissions)
    order = ["link", "switch", "Add Role", "name and description", "add the role permissions", "assign", "Connect your"]
    assert all(word in step for word, step in zip(order, found.steps, strict=True))
    assert needed() == {*USERS, *ROOMS}


@pytest.mark.parametrize("role", ["InterviewPlanner", "Hiring team"])
@pytest.mark.parametrize("more", [(), ("Recording:Read",)])
async def test_pre_approved_with_the_role(planner: Account, role: str, more: tuple[str, ...]) -> None:
    """Both halves together the admin's path works, whatever the role is called and whatever more it gives
    [IVP-11, IVP-19, IVP-29]."""
    planner.world.give_role(CORA, role, {*needed(), *more})
    await planner.pre_approve()
    assert (await planner.connect(CORA)).phase == "connected"
    await planner.video("on")
    assert (await planner.schedule()).kind == "made"


@pytest.mark.parametrize("missing", sorted({*USERS, *ROOMS} - {"User:Read"}))
async def test_one_privilege_less_and_zoom_shows_its_refusal(planner: Account, missing: str) -> None:
    """With a privilege of the recipe missing Zoom lets nobody install the app: they see that they cannot, and
    nothing is connected [IVP-07, IVP-12, IVP-23, IVP-26]."""
    planner.world.give_role(CORA, "InterviewPlanner", needed() - {missing})
    await planner.pre_approve()
    with pytest.raises(ZoomPageShown, match="admin is required"):
        await planner.connect(CORA)
    assert await planner.phase() == "not_connected"


@pytest.mark.parametrize(
    ("privileges", "lacks"),
    [
        ({"User:Read", "ZoomRooms:Read"}, {"IVP-23"}),
        ({"User:Edit"}, {"IVP-26"}),
        ({"User:Read"}, {"IVP-23", "IVP-26"}),
    ],
)
async def test_one_privilege_less_and_the_product_says_which(
    planner: Account, privileges: set[str], lacks: set[str]
) -> None:
    """Where Zoom itself would let them, the answer names the missing permission and shows the recipe; what Zoom
    granted is given back [IVP-07, IVP-12, IVP-23, IVP-26, IVP-27]."""
    planner.world.control("POST", f"apps/{planner.world.apps['admin'].name}", scopes=READING)
    planner.world.give_role(CORA, "InterviewPlanner", privileges)
    await planner.pre_approve()

    answer = await planner.connect(CORA)

    assert (answer.kind, answer.phase) == ("instruct", "not_connected")
    assert {one.clause for one in answer.because} - {"IVP-07", "IVP-12"} == lacks
    assert answer.instructions == recipe()
    assert [way.label for way in answer.ways_on] == ["Connect your account"]
    assert any(one["path"] == "/oauth/revoke" for one in planner.world.ledger["requests"])


async def test_the_role_without_pre_approval(planner: Account) -> None:
    """With the permissions alone Zoom refuses where the account wants apps approved; where it does not, we do, until
    somebody notes that the switch was flipped [IVP-13, IVP-14]."""
    planner.world.give_role(CORA, "InterviewPlanner", needed())
    with pytest.raises(ZoomPageShown):
        await planner.connect(CORA)
    planner.world.control("POST", "accounts/northwind-account", require_approval=False)
    answer = await planner.connect(CORA)
    assert (answer.kind, answer.next) == ("instruct", (Action.APPROVAL_DECIDED, Action.CONNECT))
    assert [way.label for way in answer.ways_on] == ["The app has been pre-approved", "Connect your account"]
    await planner.pre_approve()
    assert (await planner.connect(CORA)).phase == "connected"


async def test_the_other_way_is_an_admin(planner: Account) -> None:
    """Instead a Zoom admin logs in and connects, with no approval and no role; one who cannot log in cannot
    [IVP-10, IVP-30, IVP-31, IVP-32]."""
    with pytest.raises(ZoomPageShown):
        await planner.connect(RECRUITER)
    shared = await planner.greenroom.connect(NAME, as_=RECRUITER, share=True)
    assert "log into InterviewPlanner" in shared.message
    assert (await planner.connect(ZOOM_ADMIN)).phase == "connected"


async def test_permissions_are_the_authorizers(planner: Account) -> None:
    """They belong to whoever authorizes: everybody else schedules without any of them [IVP-08, IVP-27]."""
    planner.world.give_role(CORA, "InterviewPlanner", needed())
    await planner.pre_approve()
    await planner.connect(CORA)
    await planner.video("on")
    assert (await planner.schedule(APRIL)).host == APRIL


async def test_zoom_rooms_are_listed(planner: Account) -> None:
    """The second permission is there to list Zoom rooms, which anybody on the account can once Zoom is connected
    [IVP-08, IVP-24, IVP-25]."""
    before = await planner.greenroom.rooms(NAME, as_=RECRUITER)
    assert (before.kind, before.code) == ("refusal", "rooms_once_connected")
    assert [way.label for way in before.ways_on] == ["Connect your account"]
    planner.world.give_role(CORA, "InterviewPlanner", needed())
    await planner.pre_approve()
    await planner.connect(CORA)
    listed = await planner.greenroom.rooms(NAME, as_=RECRUITER)
    assert {one.name for one in listed.rooms} == {"Lagoon", "Summit"}


async def test_rooms_are_not_everybodys(greenroom: Greenroom) -> None:
    """A profile whose document lists no rooms does not list them [CORE-11]."""
    await greenroom.create_organization("Other", "trakstar")
    assert (await greenroom.rooms("Other")).code == "not_offered"


async def test_where_the_button_is(planner: Account) -> None:
    """ "Connect your account" is offered where the document has it [IVP-03, IVP-04]."""
    offers = await planner.greenroom.actions(NAME, as_=RECRUITER)
    (button,) = (one for one in offers if one.action is Action.CONNECT)
    assert (button.label, button.where) == ("Connect your account", "Integrations > Video conferencing > Edit")
