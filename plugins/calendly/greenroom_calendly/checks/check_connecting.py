"""An owner or admin starts the organization's connection, a Zoom administrator completes it."""

from __future__ import annotations

from greenroom.conformance import Product, proves, refusal
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

BOTH_WAYS = (Action.SHARE, Action.CONNECT)


@proves("CAL-01")
def check_an_organization_wide_connection_exists(product: Product) -> None:
    """The organization has a connection of its own beside its users', through an app that an admin manages."""
    assert declared("levels: [member, organization]", "apps: {organization: admin, member: user}")


@proves("CAL-03")
def check_owners_and_admins_may_start(product: Product) -> None:
    """Owners and admins get the link and may continue themselves."""
    for actor in (OWNER, ADMIN):
        assert isinstance(ask(product, Action.SHARE, actor=actor), ShareLink)
        assert isinstance(ask(product, Action.CONNECT, actor=actor), GoToZoom)


@proves("CAL-04")
def check_users_may_not_start(product: Product) -> None:
    """A plain user can neither get the link nor go to Zoom for the organization."""
    for action in BOTH_WAYS:
        refusal(ask(product, action, actor=USER), "role_not_allowed", "CAL-04")


@proves("CAL-04")
def check_a_role_of_somewhere_else_is_none(product: Product) -> None:
    """Only Calendly's own role names count, and only of members who are active."""
    for action in BOTH_WAYS:
        refusal(ask(product, action, actor=member("Admin", "administrator")), "role_not_allowed")
        refusal(ask(product, action, actor=member("owner", active=False)), "not_an_active_member")


@proves("CAL-05", "CAL-06")
def check_only_zoom_admins_complete(product: Product) -> None:
    """An owner who is no Zoom admin comes back with a grant and still completes nothing."""
    for role in ("member", "custom"):
        zoom = zoom_user(OWNER.email, role=role)
        answer = refusal(activate(product, "direct", zoom=zoom, actor=OWNER), "zoom_admin_needed", "CAL-05")
        assert answer.next == (Action.SHARE,)


@proves("CAL-05", "CAL-06")
def check_a_sent_link_wants_a_zoom_admin_too(product: Product) -> None:
    """Whoever opens the link and is no Zoom admin completes nothing."""
    refusal(activate(product, zoom=zoom_user("ben@acme.example")), "zoom_admin_needed", "CAL-05", "CAL-06")


@proves("CAL-06")
def check_zoom_says_who_is_the_right_admin(product: Product) -> None:
    """Zoom's own page turns somebody away: nothing is connected, and the link is the way on."""
    refusal(activate(product, "direct", outcome="not_allowed", actor=OWNER), "zoom_admin_needed", "CAL-06")


@proves("CAL-07", "CAL-08")
def check_path_and_button_read_as_printed(product: Product) -> None:
    """The integration and its button are found where the document says, under its words."""
    assert printed("integrations: home screen > Integrations & apps", "share: Connect Zoom for my organization")


@proves("CAL-09", "CAL-10")
def check_the_button_gives_a_link(product: Product) -> None:
    """The button gives a link to be sent to the Zoom administrator; nothing is connected by it."""
    answer = ask(product, Action.SHARE)
    assert isinstance(answer, ShareLink)
    assert (answer.app, answer.phase, answer.say.key) == ("admin", None, "link_for_zoom_admin")


@proves("CAL-11")
def check_the_zoom_administrator_continues(product: Product) -> None:
    """A Calendly admin who is the Zoom administrator goes on to Zoom, with any address, and completes."""
    answer = ask(product, Action.CONNECT)
    assert isinstance(answer, GoToZoom)
    assert (answer.app, answer.must_be_email) == ("admin", None)
    assert isinstance(activate(product, "direct", actor=ADMIN), Keep)


@proves("CAL-12")
def check_the_zoom_administrator_activates(product: Product) -> None:
    """A Zoom owner or admin who finishes the activation connects the organization."""
    for role in ("owner", "admin"):
        answer = activate(product, zoom=zoom_user("zoe@acme.example", role=role))
        assert isinstance(answer, Keep)
        assert (answer.phase, answer.level, answer.replaces) == (CONNECTED, Level.ORGANIZATION, False)


@proves("CAL-13")
def check_not_finished_is_not_connected(product: Product) -> None:
    """An activation that was declined or failed connects nothing."""
    refusal(activate(product, outcome="declined"), "declined", "CAL-13")
    for outcome in ("failed", "approval_needed"):
        refusal(activate(product, outcome=outcome), "authorization_failed", "CAL-13")


@proves("CAL-13", "CAL-42")
def check_nobody_schedules_before_it_is_finished(product: Product) -> None:
    """While the link is out, users (those who have just signed up too) have no Zoom to schedule with."""
    answer = refusal(product.want_meeting(whether(scheduling(zooms()))), "connect_first", "CAL-13")
    assert answer.next == (Action.CONNECT,)


@proves("CAL-14")
def check_the_zoom_admin_needs_no_seat(product: Product) -> None:
    """A Zoom administrator who is no Calendly user completes a link that was sent to them."""
    assert isinstance(activate(product, zoom=ZOE_AT_ZOOM, actor=None), Keep)


@proves("CAL-03")
def check_a_manager_who_was_demoted_meanwhile(product: Product) -> None:
    """Who lost their Calendly role between leaving for Zoom and coming back completes nothing."""
    refusal(activate(product, "direct", actor=USER), "role_not_allowed", "CAL-03")


@proves("CAL-12", "CAL-35")
def check_a_connected_organization_stays_with_its_account(product: Product) -> None:
    """A link that is used late, or a second admin, does not put another Zoom account in place of the connected one."""
    for action in BOTH_WAYS:
        answer = refusal(ask(product, action, connections=zooms(organization=CONNECTED)), "already_connected", "CAL-35")
        assert answer.next == (Action.DISCONNECT,)
    refusal(activate(product, organization=CONNECTED), "already_connected")


@proves("CAL-22")
def check_reconnecting_takes_the_old_ones_place(product: Product) -> None:
    """A connection that lost its administrator is started and completed anew."""
    broken = zooms(organization=NEEDS_RECONNECT)
    assert isinstance(ask(product, Action.SHARE, connections=broken), ShareLink)
    answer = activate(product, organization=NEEDS_RECONNECT)
    assert isinstance(answer, Keep)
    assert answer.replaces


@proves("CAL-22")
def check_the_demoted_account_cannot_reconnect(product: Product) -> None:
    """The account that is no administrator any more does not make the connection anew."""
    demoted = ZOE_AT_ZOOM.model_copy(update={"role": "member"})
    refusal(activate(product, zoom=demoted, organization=NEEDS_RECONNECT), "zoom_admin_needed", "CAL-05")
