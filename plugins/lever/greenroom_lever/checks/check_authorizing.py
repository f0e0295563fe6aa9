"""The two ways to authenticate: "Authorize" for the Super Admin themself, "Share link" for a Zoom admin."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import Action, GoToZoom, Keep, Organization, ShareLink, ZoomAccount
from greenroom_lever.checks.asks import RITA_AT_ZOOM, SUPER_ADMIN, ZOE_AT_ZOOM, ask, complete, declared, printed

BUTTONS = (Action.CONNECT, Action.SHARE)


@proves("LEV-06")
def check_every_commercial_plan_is_accepted(product: Product) -> None:
    """An admin's authorization counts on any commercial plan, Basic included, and where the plan is unknown."""
    for plan in ("basic", "pro", "business", "education", "enterprise", None):
        account = ZoomAccount.model_validate({"id": "acc_1", "plan": plan, "source": "observed"})
        zoom = RITA_AT_ZOOM.model_copy(update={"account": account, "licence": "basic"})
        assert isinstance(complete(product, zoom=zoom), Keep), plan


@proves("LEV-10")
def check_government_is_refused_directly(product: Product) -> None:
    """A Super Admin who is an admin of Zoom for Government gets no connection."""
    rita = zoom_user(SUPER_ADMIN.email, role="admin", government=True)
    refusal(complete(product, zoom=rita), "government_not_supported")


@proves("LEV-10")
def check_government_is_refused_by_a_shared_link(product: Product) -> None:
    """An admin of Zoom for Government who opens a shared link gets no connection."""
    zoe = zoom_user("zoe@acme.example", role="owner", government=True)
    refusal(complete(product, "shared", zoom=zoe), "government_not_supported")


@proves("LEV-10")
def check_stated_government_is_refused_before_zoom(product: Product) -> None:
    """Nobody is sent to Zoom, and no link is given, for an account stated to be of Zoom for Government."""
    stated = Organization(id="org_1", zoom_account=ZoomAccount(cloud="government", source="stated"))
    for action in BUTTONS:
        refusal(product.authorize(ask(action, organization=stated)), "government_not_supported")


@proves("LEV-16")
def check_both_buttons_at_yellow(product: Product) -> None:
    """A yellow toggle offers "Share link" and "Authorize"."""
    assert isinstance(product.authorize(ask(Action.CONNECT, offer=True)), GoToZoom)
    assert isinstance(product.authorize(ask(Action.SHARE, offer=True)), ShareLink)
    assert printed("connect: Authorize", "share: Share link")


@proves("LEV-16", "LEV-30")
def check_no_buttons_while_off(product: Product) -> None:
    """Neither button works before the toggle was clicked."""
    for action in BUTTONS:
        answer = refusal(product.authorize(ask(action, phase="off")), "not_enabled")
        assert answer.next == (Action.ENABLE,)


@proves("LEV-16", "LEV-29")
def check_no_buttons_while_blue(product: Product) -> None:
    """Neither button is left once the toggle is blue."""
    for action in BUTTONS:
        refusal(product.authorize(ask(action, phase="blue")), "already_connected")


@proves("LEV-18", "LEV-19")
def check_authorize_goes_to_zoom_with_the_same_address(product: Product) -> None:
    """ "Authorize" leads to Zoom's admin-managed app and demands the address of the Lever login."""
    answer = product.authorize(ask(Action.CONNECT))
    assert isinstance(answer, GoToZoom)
    assert (answer.app, answer.must_be_email, answer.phase) == ("admin", SUPER_ADMIN.email, None)


@proves("LEV-18", "LEV-20", "LEV-29")
def check_authorized_turns_blue(product: Product) -> None:
    """A Zoom admin with the same address who agrees on Zoom's consent page makes the toggle blue."""
    answer = complete(product)
    assert isinstance(answer, Keep)
    assert (answer.phase, answer.level.value) == ("blue", "organization")
    assert cited(answer) == {"LEV-18", "LEV-29"}


@proves("LEV-19")
def check_address_is_compared_without_case(product: Product) -> None:
    """The same address in capitals is the same address."""
    answer = complete(product, zoom=zoom_user(SUPER_ADMIN.email.upper(), role="owner"))
    assert isinstance(answer, Keep)


@proves("LEV-19", "LEV-23")
def check_another_address_is_sent_to_share_link(product: Product) -> None:
    """A Zoom admin with another address cannot use "Authorize" and is pointed to "Share link"."""
    for address in ("zoe@acme.example", "rita+zoom@acme.example"):
        answer = refusal(complete(product, zoom=zoom_user(address, role="admin")), "different_email")
        assert answer.next == (Action.SHARE,)


@proves("LEV-20", "LEV-21")
def check_declining_authenticates_nothing(product: Product) -> None:
    """Whoever declines on the consent page leaves the toggle as it was."""
    answer = refusal(complete(product, outcome="declined", zoom=None), "declined")
    assert answer.next == (Action.CONNECT, Action.SHARE)


@proves("LEV-21")
def check_declining_a_shared_link_authenticates_nothing(product: Product) -> None:
    """A Zoom admin who opened a shared link may decline too."""
    refusal(complete(product, "shared", outcome="declined", zoom=None), "declined")


@proves("LEV-22")
def check_not_a_zoom_admin_must_share(product: Product) -> None:
    """Without a Zoom admin role "Authorize" fails even with the same address."""
    for role in ("member", "custom"):
        zoom = RITA_AT_ZOOM.model_copy(update={"role": role})
        answer = refusal(complete(product, zoom=zoom), "zoom_admin_needed", "LEV-22")
        assert answer.next == (Action.SHARE,)


@proves("LEV-22")
def check_turned_away_by_zoom_must_share(product: Product) -> None:
    """Whom Zoom's own page does not let authorize is no Zoom admin."""
    answer = refusal(complete(product, outcome="not_allowed", zoom=None), "zoom_admin_needed", "LEV-22")
    assert answer.next == (Action.SHARE,)


@proves("LEV-24", "LEV-25")
def check_sharing_is_not_authorizing(product: Product) -> None:
    """ "Share link" gives out a link to the admin-managed app, and the toggle stays yellow."""
    answer = product.authorize(ask(Action.SHARE))
    assert isinstance(answer, ShareLink)
    assert (answer.app, answer.phase, answer.say.key) == ("admin", None, "link_copied")


@proves("LEV-26", "LEV-28", "LEV-29")
def check_shared_link_completed_by_any_zoom_admin(product: Product) -> None:
    """A Zoom admin without a Lever login, with any address, authenticates the integration by the link."""
    answer = complete(product, "shared", zoom=ZOE_AT_ZOOM)
    assert isinstance(answer, Keep)
    assert answer.phase == "blue"
    assert cited(answer) == {"LEV-26", "LEV-29"}


@proves("LEV-27")
def check_shared_link_opened_by_no_admin(product: Product) -> None:
    """A shared link does not make an admin of whoever opens it."""
    refusal(complete(product, "shared", zoom=zoom_user("sam@acme.example")), "zoom_admin_needed", "LEV-27")


@proves("LEV-27")
def check_shared_link_turned_away_by_zoom(product: Product) -> None:
    """Whom Zoom's own page does not let authorize does not, with a shared link either."""
    refusal(complete(product, "shared", outcome="not_allowed", zoom=None), "zoom_admin_needed", "LEV-27")


@proves("LEV-30")
def check_a_failed_attempt_is_not_blue(product: Product) -> None:
    """What did not end in a grant to somebody Zoom names is not kept."""
    refusal(complete(product, outcome="failed", zoom=None), "authorization_failed")
    refusal(complete(product, outcome="granted", zoom=None), "authorization_failed")


@proves("LEV-30")
def check_turned_off_while_at_zoom(product: Product) -> None:
    """A grant that comes back when the toggle is off is not kept: a link is good while it is yellow."""
    for path in ("direct", "shared"):
        refusal(complete(product, path, phase="off"), "not_enabled")


@proves("LEV-30")
def check_a_shared_link_is_spent_once_blue(product: Product) -> None:
    """Whoever opens a link after the toggle turned blue authorizes nothing."""
    refusal(complete(product, "shared", zoom=ZOE_AT_ZOOM, phase="blue"), "already_connected")


@proves("LEV-12")
def check_approval_asked_by_zoom_is_no_way_in(product: Product) -> None:
    """When Zoom asks for its pre-approval the integration is not enabled by it."""
    refusal(complete(product, outcome="approval_needed", zoom=None), "pre_approval_not_usable")


@proves("LEV-05")
def check_package_counts_until_the_end(product: Product) -> None:
    """Authorizing does not complete on a package that does not have the integration."""
    elsewhere = Organization(id="org_1", package="Lever Basic")
    refusal(complete(product, organization=elsewhere), "package_not_eligible")


@proves("LEV-11")
def check_demoted_while_at_zoom(product: Product) -> None:
    """A Super Admin who lost the role while at Zoom does not complete the set-up directly."""
    refusal(complete(product, actor=member("Admin")), "role_not_allowed")


@proves("LEV-31")
def check_one_zoom_admin_one_instance(product: Product) -> None:
    """A Zoom admin who enabled another Lever instance cannot enable this one, by either path."""
    for path in ("direct", "shared"):
        refusal(complete(product, path, held_elsewhere=True), "zoom_admin_in_use")
    assert declared("exclusive: {by: zoom_user, clauses: [LEV-31, LEV-32]}")


@proves("LEV-32")
def check_another_zoom_admin_enables_a_second_instance(product: Product) -> None:
    """A Zoom admin who serves no other instance may enable this one."""
    assert isinstance(complete(product, "shared", zoom=ZOE_AT_ZOOM, held_elsewhere=False), Keep)


@proves("LEV-30")
def check_authorizing_again_after_a_dead_grant(product: Product) -> None:
    """A connection that needs to be authorized again turns blue by the same two buttons, replacing the old."""
    assert isinstance(product.authorize(ask(Action.CONNECT, phase="needs_reconnect")), GoToZoom)
    answer = complete(product, phase="needs_reconnect")
    assert isinstance(answer, Keep)
    assert answer.replaces
    first = complete(product)
    assert isinstance(first, Keep)
    assert not first.replaces
