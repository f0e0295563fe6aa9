"""The two ways to authenticate: "Authorize" for the Super Admin themself, "Share link" for a Zoom admin."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import attempt, member, zoom_user
from greenroom.model import Action, Attempt, GoToZoom, Keep, Level, Organization, ShareLink, Step, ZoomAccount
from greenroom_lever.checks.asks import RITA_AT_ZOOM, SUPER_ADMIN, ZOE_AT_ZOOM, ask, complete

BUTTONS = (Action.CONNECT, Action.SHARE)


def _kept(answer: Step) -> Keep:
    assert isinstance(answer, Keep), answer
    assert (answer.phase, answer.level) == ("blue", Level.ORGANIZATION)
    return answer


@proves("LEV-06")
def check_every_commercial_plan_is_accepted(product: Product) -> None:
    """An admin's authorization counts on any commercial plan, Basic included, and where the plan is unknown."""
    for plan in ("basic", "pro", "business", "education", "enterprise", None):
        account = ZoomAccount.model_validate({"id": "acc_1", "plan": plan, "source": "observed"})
        zoom = RITA_AT_ZOOM.model_copy(update={"account": account, "licence": "basic"})
        assert complete(product, zoom=zoom).kind == "keep", plan
        assert complete(product, "shared", zoom=zoom).kind == "keep", plan


@proves("LEV-10")
def check_government_is_refused_directly(product: Product) -> None:
    """A Super Admin who is an admin of Zoom for Government gets no connection."""
    rita = zoom_user(SUPER_ADMIN.email, role="admin", government=True)
    answer = refusal(complete(product, zoom=rita), "government_not_supported")
    told = "Lever does not integrate with zoom.gov instances (i.e. Zoom for Government)."
    assert product.words.text(answer.say).startswith(told)


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
        refusal(ask(product, action, organization=stated), "government_not_supported", "LEV-10")


@proves("LEV-16")
def check_both_buttons_at_yellow(product: Product) -> None:
    """The tile of a yellow toggle has the buttons "Share link" and "Authorize"."""
    assert isinstance(ask(product, Action.CONNECT, offer=True), GoToZoom)
    assert isinstance(ask(product, Action.SHARE, offer=True), ShareLink)
    assert product.words.action(Action.CONNECT, Level.ORGANIZATION) == "Authorize"
    assert product.words.action(Action.SHARE, Level.ORGANIZATION) == "Share link"


@proves("LEV-16", "LEV-30")
def check_no_buttons_while_off(product: Product) -> None:
    """Neither button works before the toggle was clicked."""
    for action in BUTTONS:
        answer = refusal(ask(product, action, phase="off"), "not_enabled", "LEV-16", "LEV-30")
        assert answer.next == (Action.ENABLE,)


@proves("LEV-16", "LEV-29")
def check_no_buttons_while_blue(product: Product) -> None:
    """Neither button is left once the toggle is blue."""
    for action in BUTTONS:
        refusal(ask(product, action, phase="blue"), "already_connected", "LEV-16", "LEV-29")


@proves("LEV-18", "LEV-19")
def check_authorize_goes_to_zoom_with_the_same_address(product: Product) -> None:
    """ "Authorize" leads to Zoom's login, demands the address of the Lever login, and moves nothing yet."""
    answer = ask(product, Action.CONNECT)
    assert isinstance(answer, GoToZoom)
    assert (answer.app, answer.must_be_email, answer.phase) == ("admin", SUPER_ADMIN.email, None)
    assert cited(answer) == {"LEV-18", "LEV-19"}


@proves("LEV-18", "LEV-20", "LEV-29")
def check_authorized_turns_blue(product: Product) -> None:
    """A Zoom admin with the same address who agrees on Zoom's consent page makes the toggle blue."""
    owner = zoom_user(SUPER_ADMIN.email, role="owner")
    for zoom in (RITA_AT_ZOOM, owner):
        assert cited(_kept(complete(product, zoom=zoom))) == {"LEV-18", "LEV-29"}
    assert product.words.phase(Level.ORGANIZATION, "blue").colour == "blue"


@proves("LEV-19")
def check_address_is_compared_without_case(product: Product) -> None:
    """The same address in capitals is the same address."""
    _kept(complete(product, zoom=zoom_user(SUPER_ADMIN.email.upper(), role="owner")))


@proves("LEV-19", "LEV-23")
def check_another_address_is_sent_to_share_link(product: Product) -> None:
    """A Zoom admin with another address cannot use "Authorize" and is pointed to "Share link"."""
    for address in ("zoe@acme.example", "rita+zoom@acme.example"):
        answer = refusal(
            complete(product, zoom=zoom_user(address, role="admin")), "different_email", "LEV-19", "LEV-23"
        )
        assert answer.next == (Action.SHARE,)
        told = "Login to Zoom using the same email address that you use to login to Lever."
        assert product.words.text(answer.say).startswith(told)


@proves("LEV-19")
def check_the_address_that_was_demanded_counts(product: Product) -> None:
    """What is compared is the address that was demanded on the way to Zoom; the login's where none is recorded."""
    tried = attempt(outcome="granted", must_be_email="zoe@acme.example")
    _kept(complete(product, attempt=tried, zoom=ZOE_AT_ZOOM))
    refusal(complete(product, attempt=tried), "different_email")
    _kept(complete(product, attempt=attempt(outcome="granted")))
    refusal(complete(product, attempt=attempt(outcome="granted"), zoom=ZOE_AT_ZOOM), "different_email")


@proves("LEV-20", "LEV-21")
def check_declining_authenticates_nothing(product: Product) -> None:
    """Whoever picks "Decline" leaves the toggle as it was, known to Zoom as an admin or not, and may try again."""
    for zoom in (None, RITA_AT_ZOOM):
        answer = refusal(complete(product, outcome="declined", zoom=zoom), "declined")
        assert answer.next == (Action.CONNECT, Action.SHARE)


@proves("LEV-21")
def check_declining_a_shared_link_authenticates_nothing(product: Product) -> None:
    """A Zoom admin who opened a shared link may decline too."""
    for zoom in (None, ZOE_AT_ZOOM):
        refusal(complete(product, "shared", outcome="declined", zoom=zoom), "declined")


@proves("LEV-22")
def check_not_a_zoom_admin_must_share(product: Product) -> None:
    """Without a Zoom admin role "Authorize" fails even with the same address."""
    for role in ("member", "custom"):
        zoom = RITA_AT_ZOOM.model_copy(update={"role": role})
        assert zoom.email == SUPER_ADMIN.email
        answer = refusal(complete(product, zoom=zoom), "zoom_admin_needed", "LEV-22")
        assert answer.next == (Action.SHARE,)


@proves("LEV-22")
def check_turned_away_by_zoom_must_share(product: Product) -> None:
    """Whom Zoom's own page does not let authorize is no Zoom admin."""
    answer = refusal(complete(product, outcome="not_allowed", zoom=None), "zoom_admin_needed", "LEV-22")
    assert answer.next == (Action.SHARE,)


@proves("LEV-24", "LEV-25")
def check_sharing_is_not_authorizing(product: Product) -> None:
    """ "Share link" copies a link for a Zoom admin, who is not told by it, and the toggle stays yellow."""
    answer = ask(product, Action.SHARE)
    assert isinstance(answer, ShareLink)
    assert (answer.app, answer.phase, answer.notices) == ("admin", None, ())
    assert cited(answer) == {"LEV-24", "LEV-25"}
    told = product.words.text(answer.say)
    assert told.startswith("The link has been copied. Share it with a Zoom admin at your organization")


@proves("LEV-24", "LEV-26")
def check_a_shared_link_lives_until_blue(product: Product) -> None:
    """A link that was copied is good for a Zoom admin until one of them has authorized."""
    assert product.manifest.share is not None
    assert product.manifest.share.life == "until_connected"


@proves("LEV-26", "LEV-28", "LEV-29")
def check_shared_link_completed_by_any_zoom_admin(product: Product) -> None:
    """A Zoom admin without a Lever login, with any address, authenticates the integration by the link."""
    owner = zoom_user("oda@acme.example", role="owner")
    for zoom in (ZOE_AT_ZOOM, owner):
        for actor in (None, member("Interviewer", email=zoom.email)):
            answer = _kept(complete(product, "shared", zoom=zoom, actor=actor))
            assert cited(answer) == {"LEV-26", "LEV-29"}


@proves("LEV-27")
def check_shared_link_opened_by_no_admin(product: Product) -> None:
    """A shared link does not make an admin of whoever opens it."""
    for role in ("member", "custom"):
        sam = zoom_user("sam@acme.example").model_copy(update={"role": role})
        answer = refusal(complete(product, "shared", zoom=sam), "zoom_admin_needed", "LEV-27")
        assert answer.next == (Action.SHARE,)


@proves("LEV-27")
def check_shared_link_turned_away_by_zoom(product: Product) -> None:
    """Whom Zoom's own page does not let authorize does not, with a shared link either."""
    refusal(complete(product, "shared", outcome="not_allowed", zoom=None), "zoom_admin_needed", "LEV-27")


@proves("LEV-30")
def check_a_failed_attempt_is_not_blue(product: Product) -> None:
    """What did not end in a grant to somebody Zoom names is not kept."""
    for outcome, zoom in (("failed", None), ("failed", RITA_AT_ZOOM), ("granted", None)):
        tried = Attempt.model_validate({**attempt().model_dump(), "outcome": outcome})
        answer = refusal(complete(product, attempt=tried, zoom=zoom), "authorization_failed")
        assert answer.next == (Action.CONNECT, Action.SHARE)
    refusal(complete(product, attempt=attempt(outcome=None)), "authorization_failed")
    refusal(complete(product, attempt=None), "authorization_failed")


@proves("LEV-30")
def check_turned_off_while_at_zoom(product: Product) -> None:
    """A grant that comes back when the toggle is off is not kept: a link is good while it is yellow."""
    for path in ("direct", "shared"):
        refusal(complete(product, path, phase="off"), "not_enabled")


@proves("LEV-30")
def check_a_shared_link_is_spent_once_blue(product: Product) -> None:
    """Whoever opens a link after the toggle turned blue authorizes nothing."""
    refusal(complete(product, "shared", zoom=ZOE_AT_ZOOM, phase="blue"), "already_connected")


@proves("LEV-11")
def check_demoted_while_at_zoom(product: Product) -> None:
    """A Super Admin who lost the role while at Zoom does not complete the set-up directly."""
    refusal(complete(product, actor=member("Admin")), "role_not_allowed", "LEV-11")
    for actor in (member("Super Admin", active=False), None):
        refusal(complete(product, actor=actor), "not_an_active_member")


@proves("LEV-31")
def check_one_zoom_admin_one_instance(product: Product) -> None:
    """A Zoom admin who enabled another Lever instance cannot enable this one, by either path."""
    for path in ("direct", "shared"):
        refusal(complete(product, path, held_elsewhere=True), "zoom_admin_in_use", "LEV-31")
    assert product.manifest.exclusive is not None
    assert product.manifest.exclusive.by == "zoom_user"


@proves("LEV-32")
def check_another_zoom_admin_enables_a_second_instance(product: Product) -> None:
    """Who serves another instance is pointed to another Zoom admin, who may enable this one."""
    answer = refusal(complete(product, held_elsewhere=True), "zoom_admin_in_use")
    assert answer.next == (Action.SHARE,)
    assert product.words.text(answer.say).endswith("Share the link with another Zoom admin.")
    assert not _kept(complete(product, "shared", zoom=ZOE_AT_ZOOM, held_elsewhere=False)).warnings


@proves("LEV-30")
def check_authorizing_again_after_a_dead_grant(product: Product) -> None:
    """A connection that needs to be authorized again turns blue by the same two buttons, replacing the old."""
    assert isinstance(ask(product, Action.CONNECT, phase="needs_reconnect"), GoToZoom)
    assert isinstance(ask(product, Action.SHARE, phase="needs_reconnect"), ShareLink)
    for path in ("direct", "shared"):
        assert _kept(complete(product, path, phase="needs_reconnect")).replaces
        assert not _kept(complete(product, path)).replaces
