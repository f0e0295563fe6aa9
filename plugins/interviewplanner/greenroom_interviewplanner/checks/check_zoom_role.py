"""The dedicated Zoom role: how it is made, what it has to give, and to whom."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member
from greenroom.model import Action, Cause, Done, GoToZoom, Instruct, Keep, Permission, Wanted
from greenroom_interviewplanner.checks.asks import (
    APPROVED,
    BOTH,
    RITA,
    USERS,
    ZOE_AT_ZOOM,
    ZOOM_ROOMS,
    ask,
    complete,
    delegate,
    ending,
    instructed,
    steps,
    wanted,
)

VIEW_USERS = Permission(section="User and Permission Management", item="Users", view=True, edit=False)
EDIT_ROOMS = Permission(section="Zoom Rooms Management", item="Zoom rooms", view=True, edit=True)
RECORDINGS = Permission(section="Recording Management", item="Recordings", view=True)


def purpose_of(product: Product, permission: Permission) -> str:
    """Return what the recipe says that a permission is for; it has to be there with exactly these rights."""
    own = {name: getattr(permission, name) for name in Permission.model_fields}
    found = [one for one in product.manifest.recipes["zoom_role"].permissions if own.items() <= dict(one).items()]
    assert len(found) == 1, f"{permission} stands {len(found)} times in the recipe"
    return " ".join(product.words.messages[found[0].purpose].split())


@proves("IVP-15")
def check_the_order_of_the_steps(product: Product) -> None:
    """First the role, then its permissions, then its assignment."""
    told = steps(product, "zoom_role")
    marks = ('"+ Add Role"', "create a new dedicated role", "add the role permissions", "assign the new role")
    assert [next(number for number, step in enumerate(told) if mark in step) for mark in marks] == [2, 3, 4, 5]


@proves("IVP-16")
def check_where_a_role_is_added(product: Product) -> None:
    """On the "Zoom Roles" page, with the "+ Add Role" button in the top right."""
    where = 'go to the "Zoom Roles" page and click on the "+ Add Role" button in the top right.'
    assert any(step.endswith(where) for step in steps(product, "zoom_role"))


@proves("IVP-17", "IVP-18")
def check_the_recommended_name_and_description(product: Product) -> None:
    """The recipe carries both as the document prints them."""
    recipe = product.manifest.recipes["zoom_role"]
    assert recipe.name == "InterviewPlanner"
    assert recipe.description == "Role with the necessary permissions for InterviewPlanner to schedule interviews"


@proves("IVP-19")
def check_any_role_with_the_permissions_will_do(product: Product) -> None:
    """What the role is called, of what kind it is and what else it gives does not matter."""
    for zoom in (
        delegate(*BOTH),
        delegate(*BOTH, role="member"),
        delegate(*BOTH, RECORDINGS),
        delegate(USERS, EDIT_ROOMS),
    ):
        assert isinstance(complete(product, zoom, approval=APPROVED), Keep)


@proves("IVP-20", "IVP-21")
def check_the_permission_on_users(product: Product) -> None:
    """Users, View and Edit, is needed: to list users and manage meetings."""
    instructed(complete(product, delegate(ZOOM_ROOMS), approval=APPROVED), "IVP-12", "IVP-20")
    assert isinstance(complete(product, delegate(VIEW_USERS, ZOOM_ROOMS), approval=APPROVED), Instruct)
    assert purpose_of(product, USERS).startswith("To be able to list users and manage meetings.")


@proves("IVP-23")
def check_viewing_users_is_not_enough(product: Product) -> None:
    """Users, View without Edit, is named as what lacks."""
    answer = instructed(complete(product, delegate(VIEW_USERS, ZOOM_ROOMS), approval=APPROVED), "IVP-12", "IVP-23")
    about = {one.clause: (one.about, one.fact) for one in answer.because}
    assert about["IVP-23"] == ("User and Permission Management: Users", "View, but not Edit")


@proves("IVP-24", "IVP-25")
def check_the_permission_on_zoom_rooms(product: Product) -> None:
    """Zoom rooms, View and no more, is needed: to get a list of Zoom rooms."""
    assert isinstance(complete(product, delegate(USERS, ZOOM_ROOMS), approval=APPROVED), Keep)
    assert purpose_of(product, ZOOM_ROOMS) == "To be able to get a list of Zoom rooms."


@proves("IVP-25")
def check_zoom_rooms_are_listed(product: Product) -> None:
    """Once Zoom is connected anybody on the account gets the list; before, they are told to connect."""
    assert "rooms" in product.manifest.features
    listed = ask(product, Action.USE, phase="connected", feature="rooms")
    assert isinstance(listed, Done)
    assert "IVP-25" in cited(listed)
    answer = refusal(ask(product, Action.USE, feature="rooms"), "rooms_once_connected", "IVP-25")
    assert answer.next == (Action.CONNECT,)
    refusal(ask(product, Action.USE, phase="connected", feature="recordings"), "not_offered", "CORE-11")


@proves("IVP-26")
def check_zoom_rooms_are_needed(product: Product) -> None:
    """Users alone is not enough: Zoom rooms is named as what lacks."""
    answer = instructed(complete(product, delegate(USERS), approval=APPROVED), "IVP-12", "IVP-26")
    assert [one.about for one in answer.because][-1] == "Zoom Rooms Management: Zoom rooms"


@proves("IVP-26")
def check_a_permission_of_another_section_does_not_count(product: Product) -> None:
    """An item of the same name elsewhere in Zoom's role editor is another permission."""
    elsewhere = Permission(section="Recording Management", item="Zoom rooms", view=True)
    blind = Permission(section="Zoom Rooms Management", item="Zoom rooms", view=False)
    for other in (elsewhere, blind):
        instructed(complete(product, delegate(USERS, other), approval=APPROVED), "IVP-12", "IVP-26")


@proves("IVP-27")
def check_permissions_are_the_users(product: Product) -> None:
    """They are looked at when somebody authorizes; the app's own are Zoom's consent page's matter.

    So whoever loses them later disables nothing by that alone.
    """
    lost = ending(product, Cause.AUTHORIZER_ROLE)
    assert (lost.phase, lost.ends, lost.revoke) == ("connected", "nothing", False)
    assert isinstance(wanted(product, stage=True, phase=lost.phase), Wanted)
    assert product.prints(
        "They aren't permissions given to InterviewPlanner, they're permissions given to the user who will authorize"
    )
    assert not product.manifest.scopes


@proves("IVP-28", "IVP-29")
def check_to_whom_the_role_is_given(product: Product) -> None:
    """The role goes to whoever will manage the InterviewPlanner account, who then follows the admin's path."""
    *_, assigning, connecting = steps(product, "zoom_role")
    assert assigning.endswith("assign the new role to the person who will be managing the InterviewPlanner account.")
    assert '"Integrations" page' in connecting
    assert '"Connect your account"' in connecting


@proves("IVP-28")
def check_connecting_can_be_kept_to_some(product: Product) -> None:
    """Everybody may connect, unless a deployment keeps it to those who manage the account."""
    kept = (("connect_roles", "admin"),)
    manager = member("admin", email="zoe@acme.example")
    for anybody in (RITA, manager):
        assert isinstance(ask(product, Action.CONNECT, actor=anybody), GoToZoom)
    refusal(ask(product, Action.CONNECT, parameters=kept), "role_not_allowed", "IVP-28")
    refusal(complete(product, ZOE_AT_ZOOM, parameters=kept), "role_not_allowed", "IVP-28")
    assert isinstance(ask(product, Action.CONNECT, actor=manager, parameters=kept), GoToZoom)
