"""The dedicated Zoom role: how it is made, what it has to give, and to whom."""

from __future__ import annotations

from greenroom.conformance import Product, proves, refusal
from greenroom.model import Action, Cause, Done, Keep, Permission, Wanted
from greenroom_interviewplanner.checks.asks import (
    APPROVED,
    BOTH,
    ask,
    complete,
    declared,
    delegate,
    ending,
    instructed,
    printed,
    wanted,
)
from greenroom_interviewplanner.gate import USERS, ZOOM_ROOMS

VIEW_USERS = Permission(section="User and Permission Management", item="Users", view=True, edit=False)
EDIT_ROOMS = Permission(section="Zoom Rooms Management", item="Zoom rooms", view=True, edit=True)
RECORDINGS = Permission(section="Recording Management", item="Recordings", view=True)


@proves("IVP-15")
def check_the_order_of_the_steps(product: Product) -> None:
    """First the role, then its permissions, then its assignment."""
    assert declared("- recipe.add_role - recipe.name_role - recipe.add_permissions - recipe.assign_role")
    assert printed("create a new dedicated role")


@proves("IVP-16")
def check_where_a_role_is_added(product: Product) -> None:
    """On the "Zoom Roles" page, with the "+ Add Role" button in the top right."""
    assert printed("zoom_roles: Zoom Roles", "add_role: + Add Role")
    assert printed('go to the "Zoom Roles" page and click on the "+ Add Role" button in the top right.')


@proves("IVP-17", "IVP-18")
def check_the_recommended_name_and_description(product: Product) -> None:
    """The recipe carries both as the document prints them."""
    description = "Role with the necessary permissions for InterviewPlanner to schedule interviews"
    assert declared("name: InterviewPlanner", f"description: {description}")


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
    assert declared("section: User and Permission Management item: Users view: true edit: true purpose: purpose.users")
    assert printed("purpose.users: >- To be able to list users and manage meetings.")


@proves("IVP-23")
def check_viewing_users_is_not_enough(product: Product) -> None:
    """Users, View without Edit, is named as what lacks."""
    answer = instructed(complete(product, delegate(VIEW_USERS, ZOOM_ROOMS), approval=APPROVED), "IVP-12", "IVP-23")
    about = {one.clause: (one.about, one.fact) for one in answer.because}
    assert about["IVP-23"] == ("User and Permission Management: Users", "View, but not Edit")


@proves("IVP-24", "IVP-25")
def check_the_permission_on_zoom_rooms(product: Product) -> None:
    """Zoom rooms, View, is in the recipe: to get a list of Zoom rooms."""
    assert declared("section: Zoom Rooms Management item: Zoom rooms view: true purpose: purpose.zoom_rooms")
    assert printed("purpose.zoom_rooms: To be able to get a list of Zoom rooms.")


@proves("IVP-25")
def check_zoom_rooms_are_listed(product: Product) -> None:
    """Once Zoom is connected anybody on the account gets the list; before, they are told to connect."""
    assert declared("rooms: {clauses: [IVP-24, IVP-25]}")
    assert isinstance(ask(product, Action.USE, phase="connected", feature="rooms"), Done)
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
    assert printed("They aren't permissions given to InterviewPlanner, they're permissions given to the user who")
    assert not declared("scopes:")


@proves("IVP-28", "IVP-29")
def check_to_whom_the_role_is_given(product: Product) -> None:
    """The role goes to whoever will manage the InterviewPlanner account, who then follows the admin's path."""
    assert declared("- recipe.assign_role - recipe.connect")
    assert printed("assign the new role to the person who will be managing the InterviewPlanner account.")
