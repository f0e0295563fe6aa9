"""Owners and admins manage the organization's connection: the list of users, removal, disconnecting."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.model import Action, Cause, Done, Level, Wanted
from greenroom_calendly.checks.asks import (
    ADMIN,
    BOTH,
    CONNECTED,
    NEEDS_RECONNECT,
    NEITHER,
    NOT_CONNECTED,
    ORGANIZATION_ONLY,
    OWNER,
    USER,
    ask,
    ending,
    hosted,
    listed,
    scheduling,
    shown,
    whether,
    zooms,
)

BROKEN = zooms(organization=NEEDS_RECONNECT)
REMOVED = zooms(organization=CONNECTED, removed=True)


@proves("CAL-17")
def check_removal_can_be_allowed_once_connected(product: Product) -> None:
    """Owners and admins of a connected organization can allow users to remove the org-level connection."""
    for actor in (OWNER, ADMIN):
        assert isinstance(ask(product, Action.CONFIGURE, actor=actor, connections=ORGANIZATION_ONLY), Done)
    assert Action.CONFIGURE in product.manifest.actions[Level.ORGANIZATION]
    assert product.words.settings["allow_removal"] == "Allow users to remove the org-level connection"


@proves("CAL-17")
def check_removal_is_no_option_before(product: Product) -> None:
    """There is nothing to allow while the organization is not connected, and users allow nothing."""
    for connections in (NEITHER, BROKEN):
        answer = refusal(ask(product, Action.CONFIGURE, connections=connections), "configure_once_connected", "CAL-17")
        assert answer.next == (Action.SHARE, Action.CONNECT)
    by_user = ask(product, Action.CONFIGURE, actor=USER, connections=ORGANIZATION_ONLY)
    refusal(by_user, "role_not_allowed", "CAL-17", "CAL-43")


@proves("CAL-18")
def check_nobody_removes_what_is_not_allowed(product: Product) -> None:
    """While removal is not allowed nobody removes the org-level connection, owners, admins and those with a personal
    Zoom included."""
    for actor in (USER, ADMIN, OWNER):
        for connections in (ORGANIZATION_ONLY, BOTH):
            asked = ask(product, Action.REMOVE_MINE, actor=actor, connections=connections, allow_removal=False)
            refusal(asked, "removal_not_allowed", "CAL-18")


@proves("CAL-20")
def check_removal_is_not_allowed_unless_somebody_says_so(product: Product) -> None:
    """An organization in which nobody ever set anything allows no removal."""
    answer = ask(product, Action.REMOVE_MINE, actor=USER, connections=ORGANIZATION_ONLY)
    refusal(answer, "removal_not_allowed", "CAL-20")


@proves("CAL-19")
def check_removal_is_for_that_user_only(product: Product) -> None:
    """A user who may, removes it for themself and then schedules no more; the organization's connection moves to no
    other phase, and others schedule on."""
    assert Action.REMOVE_MINE in product.manifest.actions[Level.ORGANIZATION]
    for connections in (ORGANIZATION_ONLY, BROKEN):
        answer = ask(product, Action.REMOVE_MINE, actor=USER, connections=connections, allow_removal=True)
        assert isinstance(answer, Done)
        assert (answer.phase, cited(answer)) == (None, {"CAL-17", "CAL-19"})
    refused = refusal(product.select_host(scheduling(REMOVED)), "connect_first", "CAL-19", "CAL-39")
    assert refused.next == (Action.CONNECT,)
    assert listed(product, REMOVED) is None
    assert isinstance(product.want_meeting(whether(scheduling(ORGANIZATION_ONLY))), Wanted)


@proves("CAL-19")
def check_removal_of_what_is_not_there(product: Product) -> None:
    """What was removed before, or never was connected, cannot be removed, nor by somebody who is not active."""
    again = ask(product, Action.REMOVE_MINE, actor=USER, connections=REMOVED, allow_removal=True)
    refusal(again, "already_removed", "CAL-19")
    for connections in (NEITHER, ()):
        none = ask(product, Action.REMOVE_MINE, actor=USER, connections=connections, allow_removal=True)
        refusal(none, "nothing_to_remove", "CORE-13")
    gone = USER.model_copy(update={"active": False})
    left = ask(product, Action.REMOVE_MINE, actor=gone, connections=ORGANIZATION_ONLY, allow_removal=True)
    refusal(left, "not_an_active_member")


@proves("CAL-19")
def check_what_was_removed_is_not_got_back(product: Product) -> None:
    """Nothing is described by which a user takes a removal back, nor by which it is taken back for them."""
    for actor in (USER, ADMIN):
        answer = ask(product, Action.RESTORE_MINE, actor=actor, connections=REMOVED, allow_removal=True)
        refusal(answer, "not_offered", "CORE-11")


@proves("CAL-31")
def check_owners_and_admins_see_the_users(product: Product) -> None:
    """The list of users is theirs to see, whatever is connected."""
    assert Action.SEE_MEMBERS in product.manifest.actions[Level.ORGANIZATION]
    for actor in (OWNER, ADMIN):
        for connections in (NEITHER, ORGANIZATION_ONLY, BROKEN):
            answer = ask(product, Action.SEE_MEMBERS, actor=actor, connections=connections)
            assert isinstance(answer, Done)
            assert cited(answer) == {"CAL-31", "CAL-32"}


@proves("CAL-31")
def check_users_do_not_see_the_list(product: Product) -> None:
    """A plain user is not shown who else is connected."""
    answer = ask(product, Action.SEE_MEMBERS, actor=USER, connections=ORGANIZATION_ONLY)
    refusal(answer, "role_not_allowed", "CAL-31", "CAL-43")


@proves("CAL-31")
def check_connected_and_not_connected_read_as_printed(product: Product) -> None:
    """Whoever has a connection of either level is shown as connected, and whoever has none as not connected."""
    for level in (Level.ORGANIZATION, Level.MEMBER):
        labels = [product.words.phase(level, phase).label for phase in (CONNECTED, NOT_CONNECTED)]
        assert labels == ["Connected", "Not connected"]
    assert shown(product, ORGANIZATION_ONLY) is Level.ORGANIZATION


@proves("CAL-35")
def check_owners_and_admins_disconnect(product: Product) -> None:
    """Owners and admins have a Disconnect button on the Zoom integration's page, also while it is to be reconnected."""
    for actor in (OWNER, ADMIN):
        for connections in (ORGANIZATION_ONLY, BROKEN):
            answer = ask(product, Action.DISCONNECT, actor=actor, connections=connections)
            assert isinstance(answer, Done)
            assert cited(answer) == {"CAL-35"}
    assert Action.DISCONNECT in product.manifest.actions[Level.ORGANIZATION]
    assert product.words.action(Action.DISCONNECT, Level.ORGANIZATION) == "Disconnect"
    assert product.words.phase(Level.ORGANIZATION, CONNECTED).button == "Disconnect"
    assert product.words.pages[Level.ORGANIZATION] == "home screen > Integrations & apps > Zoom"


@proves("CAL-35")
def check_nothing_to_disconnect(product: Product) -> None:
    """Without a connection there is nothing to disconnect."""
    assert refusal(ask(product, Action.DISCONNECT), "nothing_to_disconnect", "CORE-13").next == (Action.CONNECT,)


@proves("CAL-35", "CAL-37")
def check_disconnect_ends_it_for_everybody(product: Product) -> None:
    """Disconnecting ends the organization's connection for all who have it, and revokes it at Zoom."""
    for cause in (Cause.PERSON, Cause.SWITCHED_OFF):
        for phase in (CONNECTED, NEEDS_RECONNECT):
            loss = ending(product, cause, at=phase)
            assert (loss.phase, loss.ends, loss.revoke) == (NOT_CONNECTED, "all_of_organization", True)
            assert cited(loss) == {"CAL-35", "CAL-37", "CAL-38", "CORE-06"}


@proves("CAL-43")
def check_users_disconnect_nothing_of_the_organizations(product: Product) -> None:
    """The organization's Disconnect button is not a plain user's, not even where they may remove it for themself."""
    for connections in (ORGANIZATION_ONLY, BROKEN):
        for allowed in (None, True):
            answer = ask(product, Action.DISCONNECT, actor=USER, connections=connections, allow_removal=allowed)
            refusal(answer, "role_not_allowed", "CAL-43")


@proves("CAL-38")
def check_locations_are_flagged(product: Product) -> None:
    """Events whose location was Zoom are marked as needing attention, whichever way it was disconnected, and not while
    it is only to be reconnected."""
    for cause in (Cause.PERSON, Cause.SWITCHED_OFF, Cause.AUTHORIZER_GONE, Cause.UNINSTALLED):
        flag = ending(product, cause).flag_unmade
        assert flag is not None, cause
        assert "the location of this event" in product.words.text(flag)
        assert "You can connect your own personal Zoom account" in product.words.text(flag)
    assert ending(product, Cause.AUTHORIZER_ROLE).flag_unmade is None


@proves("CAL-41")
def check_users_of_the_organizations_are_not_connected(product: Product) -> None:
    """After a disconnect users who had only the organization's Zoom are shown as not connected, and cannot schedule."""
    for cause in (Cause.PERSON, Cause.AUTHORIZER_GONE):
        left = zooms(organization=ending(product, cause).phase)
        assert shown(product, left) is None
        refusal(product.want_meeting(whether(scheduling(left))), "connect_first", "CAL-41")
    assert product.words.phase(Level.ORGANIZATION, ending(product, Cause.PERSON).phase).label == "Not connected"


@proves("CAL-42")
def check_who_signs_up_afterwards_starts_as_not_connected(product: Product) -> None:
    """Somebody who signs up while nothing is connected has no type, reads as not connected and cannot schedule."""
    first = product.manifest.initial_phase(Level.MEMBER)
    assert product.words.phase(Level.MEMBER, first.name).label == "Not connected"
    for connections in ((), NEITHER):
        assert listed(product, connections) is None
        refusal(product.select_host(scheduling(connections)), "connect_first")
    assert hosted(product, ORGANIZATION_ONLY).via.level is Level.ORGANIZATION
