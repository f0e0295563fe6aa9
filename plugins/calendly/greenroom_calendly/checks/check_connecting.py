"""An owner or admin starts the organization's connection, a Zoom administrator completes it."""

from __future__ import annotations

from greenroom.conformance import proves, refusal
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import Action, GoToZoom, Keep, Level, ShareLink
from greenroom_calendly.checks.asks import (
    ADMIN,
    CONNECTED,
    NEEDS_RECONNECT,
    OWNER,
    USER,
    ZOE_AT_ZOOM,
    activate,
    ask,
    declared,
    printed,
    scheduling,
    whether,
    zooms,
)
from greenroom_calendly.rules import want_meeting

BOTH_WAYS = (Action.SHARE, Action.CONNECT)


@proves("CAL-01")
def check_an_organization_wide_connection_exists() -> None:
    """The organization has a connection of its own beside its users', through an app that an admin manages."""
    assert declared("levels: [member, organization]", "apps: {organization: admin, member: user}")


@proves("CAL-03")
def check_owners_and_admins_may_start() -> None:
    """Owners and admins get the link and may continue themselves."""
    for actor in (OWNER, ADMIN):
        assert isinstance(ask(Action.SHARE, actor=actor), ShareLink)
        assert isinstance(ask(Action.CONNECT, actor=actor), GoToZoom)


@proves("CAL-04")
def check_users_may_not_start() -> None:
    """A plain user can neither get the link nor go to Zoom for the organization."""
    for action in BOTH_WAYS:
        refusal(ask(action, actor=USER), "role_not_allowed", "CAL-04")


@proves("CAL-04")
def check_a_role_of_somewhere_else_is_none() -> None:
    """Only Calendly's own role names count, and only of members who are active."""
    for action in BOTH_WAYS:
        refusal(ask(action, actor=member("Admin", "administrator")), "role_not_allowed")
        refusal(ask(action, actor=member("owner", active=False)), "not_an_active_member")


@proves("CAL-05", "CAL-06")
def check_only_zoom_admins_complete() -> None:
    """An owner who is no Zoom admin comes back with a grant and still completes nothing."""
    for role in ("member", "custom"):
        zoom = zoom_user(OWNER.email, role=role)
        answer = refusal(activate("direct", zoom=zoom, actor=OWNER), "zoom_admin_needed", "CAL-05")
        assert answer.next == (Action.SHARE,)


@proves("CAL-05", "CAL-06")
def check_a_sent_link_wants_a_zoom_admin_too() -> None:
    """Whoever opens the link and is no Zoom admin completes nothing."""
    refusal(activate(zoom=zoom_user("ben@acme.example")), "zoom_admin_needed", "CAL-05", "CAL-06")


@proves("CAL-06")
def check_zoom_says_who_is_the_right_admin() -> None:
    """Zoom's own page turns somebody away: nothing is connected, and the link is the way on."""
    refusal(activate("direct", outcome="not_allowed", actor=OWNER), "zoom_admin_needed", "CAL-06")


@proves("CAL-07", "CAL-08")
def check_path_and_button_read_as_printed() -> None:
    """The integration and its button are found where the document says, under its words."""
    assert printed("integrations: home screen > Integrations & apps", "share: Connect Zoom for my organization")


@proves("CAL-09", "CAL-10")
def check_the_button_gives_a_link() -> None:
    """The button gives a link to be sent to the Zoom administrator; nothing is connected by it."""
    answer = ask(Action.SHARE)
    assert isinstance(answer, ShareLink)
    assert (answer.app, answer.phase, answer.say.key) == ("admin", None, "link_for_zoom_admin")


@proves("CAL-11")
def check_the_zoom_administrator_continues() -> None:
    """A Calendly admin who is the Zoom administrator goes on to Zoom, with any address, and completes."""
    answer = ask(Action.CONNECT)
    assert isinstance(answer, GoToZoom)
    assert (answer.app, answer.must_be_email) == ("admin", None)
    assert isinstance(activate("direct", actor=ADMIN), Keep)


@proves("CAL-12")
def check_the_zoom_administrator_activates() -> None:
    """A Zoom owner or admin who finishes the activation connects the organization."""
    for role in ("owner", "admin"):
        answer = activate(zoom=zoom_user("zoe@acme.example", role=role))
        assert isinstance(answer, Keep)
        assert (answer.phase, answer.level, answer.replaces) == (CONNECTED, Level.ORGANIZATION, False)


@proves("CAL-13")
def check_not_finished_is_not_connected() -> None:
    """An activation that was declined or failed connects nothing."""
    refusal(activate(outcome="declined"), "declined", "CAL-13")
    for outcome in ("failed", "approval_needed"):
        refusal(activate(outcome=outcome), "authorization_failed", "CAL-13")


@proves("CAL-13", "CAL-42")
def check_nobody_schedules_before_it_is_finished() -> None:
    """While the link is out, users (those who have just signed up too) have no Zoom to schedule with."""
    answer = refusal(want_meeting(whether(scheduling(zooms()))), "connect_first", "CAL-13")
    assert answer.next == (Action.CONNECT,)


@proves("CAL-14")
def check_the_zoom_admin_needs_no_seat() -> None:
    """A Zoom administrator who is no Calendly user completes a link that was sent to them."""
    assert isinstance(activate(zoom=ZOE_AT_ZOOM, actor=None), Keep)


@proves("CAL-03")
def check_a_manager_who_was_demoted_meanwhile() -> None:
    """Who lost their Calendly role between leaving for Zoom and coming back completes nothing."""
    refusal(activate("direct", actor=USER), "role_not_allowed", "CAL-03")


@proves("CAL-12", "CAL-35")
def check_a_connected_organization_stays_with_its_account() -> None:
    """A link that is used late, or a second admin, does not put another Zoom account in place of the connected one."""
    for action in BOTH_WAYS:
        answer = refusal(ask(action, connections=zooms(organization=CONNECTED)), "already_connected", "CAL-35")
        assert answer.next == (Action.DISCONNECT,)
    refusal(activate(organization=CONNECTED), "already_connected")


@proves("CAL-22")
def check_reconnecting_takes_the_old_ones_place() -> None:
    """A connection that lost its administrator is started and completed anew."""
    broken = zooms(organization=NEEDS_RECONNECT)
    assert isinstance(ask(Action.SHARE, connections=broken), ShareLink)
    answer = activate(organization=NEEDS_RECONNECT)
    assert isinstance(answer, Keep)
    assert answer.replaces


@proves("CAL-22")
def check_the_demoted_account_cannot_reconnect() -> None:
    """The account that is no administrator any more does not make the connection anew."""
    demoted = ZOE_AT_ZOOM.model_copy(update={"role": "member"})
    refusal(activate(zoom=demoted, organization=NEEDS_RECONNECT), "zoom_admin_needed", "CAL-05")
