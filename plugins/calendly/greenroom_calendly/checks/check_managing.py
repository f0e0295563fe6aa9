"""Owners and admins manage the organization's connection: the list of users, removal, disconnecting, its loss."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.model import Action, Cause, Done, Wanted
from greenroom_calendly.checks.asks import (
    ADMIN,
    CONNECTED,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OWNER,
    USER,
    ask,
    ending,
    printed,
    scheduling,
    whether,
    zooms,
)
from greenroom_calendly.settings import OrganizationSettings

ORGANIZATION_CONNECTED = zooms(organization=CONNECTED)


@proves("CAL-17")
def check_removal_can_be_allowed_once_connected(product: Product) -> None:
    """Owners and admins of a connected organization can allow users to remove the org-level connection."""
    for actor in (OWNER, ADMIN):
        assert isinstance(ask(product, Action.CONFIGURE, actor=actor, connections=ORGANIZATION_CONNECTED), Done)
    assert printed("allow_removal: Allow users to remove the org-level connection")


@proves("CAL-17")
def check_removal_is_no_option_before(product: Product) -> None:
    """There is nothing to allow while the organization is not connected, and users allow nothing."""
    for phase in (NOT_CONNECTED, NEEDS_RECONNECT):
        answer = ask(product, Action.CONFIGURE, connections=zooms(organization=phase))
        refusal(answer, "configure_once_connected", "CAL-17")
    refusal(
        ask(product, Action.CONFIGURE, actor=USER, connections=ORGANIZATION_CONNECTED), "role_not_allowed", "CAL-43"
    )


@proves("CAL-18", "CAL-20")
def check_removal_is_not_allowed_unless_somebody_says_so(product: Product) -> None:
    """A fresh organization allows no removal, and then no user can remove the connection for themself."""
    assert not OrganizationSettings().allow_removal
    answer = ask(product, Action.REMOVE_MINE, actor=USER, connections=ORGANIZATION_CONNECTED)
    refusal(answer, "removal_not_allowed", "CAL-18", "CAL-20")


@proves("CAL-19")
def check_removal_is_for_that_user_only(product: Product) -> None:
    """A user who may, removes it for themself; the organization's connection moves to no other phase."""
    answer = ask(product, Action.REMOVE_MINE, actor=USER, connections=ORGANIZATION_CONNECTED, allow_removal=True)
    assert isinstance(answer, Done)
    assert answer.phase is None
    refusal(product.select_host(scheduling(zooms(organization=CONNECTED, removed=True))), "connect_first", "CAL-19")
    assert isinstance(product.want_meeting(whether(scheduling(ORGANIZATION_CONNECTED))), Wanted)


@proves("CAL-19")
def check_removal_of_what_is_not_there(product: Product) -> None:
    """What was removed before, or never was connected, cannot be removed."""
    removed = zooms(organization=CONNECTED, removed=True)
    again = ask(product, Action.REMOVE_MINE, actor=USER, connections=removed, allow_removal=True)
    refusal(again, "already_removed", "CAL-19")
    refusal(ask(product, Action.REMOVE_MINE, actor=USER, allow_removal=True), "nothing_to_remove", "CORE-13")


@proves("CAL-21", "CAL-22", "CAL-23")
def check_the_administrator_has_to_stay_one(product: Product) -> None:
    """A Zoom administrator who is removed as one, or whose role changes, leaves a connection to be made anew."""
    loss = ending(product, Cause.AUTHORIZER_ROLE)
    assert (loss.phase, loss.ends, loss.revoke) == (NEEDS_RECONNECT, "nothing", False)


@proves("CAL-22", "CAL-23")
def check_no_meetings_until_reconnected(product: Product) -> None:
    """While it has to be reconnected, nobody schedules through the organization's connection."""
    broken = scheduling(zooms(organization=NEEDS_RECONNECT))
    refusal(product.want_meeting(whether(broken)), "reconnect_needed", "CAL-22", "CAL-23")
    refusal(product.select_host(broken), "reconnect_needed")


@proves("CAL-31")
def check_owners_and_admins_see_the_users(product: Product) -> None:
    """The list of users, each connected or not connected, is theirs to see."""
    for actor in (OWNER, ADMIN):
        assert isinstance(ask(product, Action.SEE_MEMBERS, actor=actor), Done)
    assert printed("connected: {label: Connected, colour: green, button: Disconnect}")


@proves("CAL-31")
def check_users_do_not_see_the_list(product: Product) -> None:
    """A plain user is not shown who else is connected."""
    refusal(
        ask(product, Action.SEE_MEMBERS, actor=USER, connections=ORGANIZATION_CONNECTED), "role_not_allowed", "CAL-31"
    )


@proves("CAL-35", "CAL-37")
def check_disconnect_ends_it_for_everybody(product: Product) -> None:
    """The Disconnect button ends the organization's connection for all who have it, and revokes it at Zoom."""
    for actor in (OWNER, ADMIN):
        assert isinstance(ask(product, Action.DISCONNECT, actor=actor, connections=ORGANIZATION_CONNECTED), Done)
    loss = ending(product, Cause.PERSON)
    assert (loss.phase, loss.ends, loss.revoke) == (NOT_CONNECTED, "all_of_organization", True)
    assert printed("integration: Integrations & apps > Zoom", "disconnect: Disconnect")


@proves("CAL-43")
def check_users_disconnect_nothing_of_the_organizations(product: Product) -> None:
    """The organization's Disconnect button is not a plain user's."""
    answer = ask(product, Action.DISCONNECT, actor=USER, connections=ORGANIZATION_CONNECTED)
    refusal(answer, "role_not_allowed", "CAL-43")
    removing = ask(product, Action.DISCONNECT, actor=USER, connections=ORGANIZATION_CONNECTED, allow_removal=True)
    refusal(removing, "role_not_allowed", "CAL-43")


@proves("CAL-35")
def check_nothing_to_disconnect(product: Product) -> None:
    """Without a connection there is nothing to disconnect."""
    refusal(ask(product, Action.DISCONNECT), "nothing_to_disconnect", "CORE-13")


@proves("CAL-36", "CAL-37")
def check_a_removed_zoom_account_disconnects(product: Product) -> None:
    """Removing the Zoom account, or the app from it, disconnects everybody who had the organization's connection."""
    for cause in (Cause.AUTHORIZER_GONE, Cause.UNINSTALLED):
        loss = ending(product, cause)
        assert (loss.phase, loss.ends) == (NOT_CONNECTED, "all_of_organization")
        assert cited(loss) >= {"CAL-36", "CAL-37"}


@proves("CAL-38")
def check_locations_are_flagged_and_stay(product: Product) -> None:
    """Events whose location was Zoom are marked as needing attention, whichever way it was disconnected."""
    for cause in (Cause.PERSON, Cause.AUTHORIZER_GONE, Cause.UNINSTALLED):
        flag = ending(product, cause).flag_unmade
        assert flag is not None
        assert flag.key == "location_attention"
    assert ending(product, Cause.AUTHORIZER_ROLE).flag_unmade is None


@proves("CAL-41", "CAL-42")
def check_everybody_without_a_personal_one_is_not_connected(product: Product) -> None:
    """After a disconnect users who had only the organization's Zoom, and those who sign up later, cannot schedule."""
    left = ending(product, Cause.PERSON).phase
    refusal(product.want_meeting(whether(scheduling(zooms(organization=left)))), "connect_first", "CAL-41")
