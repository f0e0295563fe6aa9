"""An owner or admin starts the organization's connection, a Zoom administrator completes it."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import Action, GoToZoom, Level, ShareLink
from greenroom_calendly.checks.asks import (
    ADMIN,
    CONNECTED,
    KINDS,
    NEITHER,
    NOT_CONNECTED,
    ORGANIZATION_ONLY,
    OWNER,
    PERSONAL_ONLY,
    USER,
    ZACK_AT_ZOOM,
    ZOE_AT_ZOOM,
    activate,
    ask,
    kept,
    scheduling,
    whether,
)

BOTH_WAYS = (Action.SHARE, Action.CONNECT)
THE_BUTTON = "Connect Zoom for my organization"


@proves("CAL-01")
def check_an_organization_wide_connection_exists(product: Product) -> None:
    """The organization has a connection of its own, through an app for a whole account, whoever completes it."""
    assert product.manifest.apps == {Level.ORGANIZATION: "admin", Level.MEMBER: "user"}
    assert kept(activate(product)).level is Level.ORGANIZATION
    assert kept(activate(product, "direct", actor=ADMIN)).level is Level.ORGANIZATION


@proves("CAL-03")
def check_owners_and_admins_may_start(product: Product) -> None:
    """Owners and admins, and nobody else there is, get the link and may continue themselves."""
    roles = product.manifest.roles
    assert (set(roles.known), roles.plain) == ({"owner", "admin", "user"}, "user")
    assert roles.administrator in {"owner", "admin"}
    for actor in (OWNER, ADMIN):
        for connections in (NEITHER, PERSONAL_ONLY, ()):
            assert isinstance(ask(product, Action.SHARE, actor=actor, connections=connections), ShareLink)
            assert isinstance(ask(product, Action.CONNECT, actor=actor, connections=connections), GoToZoom)


@proves("CAL-03")
def check_a_manager_who_was_demoted_meanwhile(product: Product) -> None:
    """Who lost their Calendly role between leaving for Zoom and coming back completes nothing."""
    refusal(activate(product, "direct", actor=USER), "role_not_allowed", "CAL-03", "CAL-04")
    gone = OWNER.model_copy(update={"active": False})
    refusal(activate(product, "direct", actor=gone), "not_an_active_member")


@proves("CAL-04")
def check_users_may_not_start(product: Product) -> None:
    """A plain user can neither get the link nor go to Zoom for the organization, whatever Zoom they have."""
    for action in BOTH_WAYS:
        for connections in (NEITHER, PERSONAL_ONLY, ORGANIZATION_ONLY):
            answer = ask(product, action, actor=USER, connections=connections)
            said = product.words.text(refusal(answer, "role_not_allowed", "CAL-03", "CAL-04").say)
            assert said.startswith("Calendly owners and admins can connect")


@proves("CAL-04")
def check_a_role_of_somewhere_else_is_none(product: Product) -> None:
    """Only Calendly's own role names count, and only of members who are active."""
    for action in BOTH_WAYS:
        refusal(ask(product, action, actor=member("Admin", "administrator")), "role_not_allowed")
        refusal(ask(product, action, actor=member("owner", active=False)), "not_an_active_member")
        refusal(ask(product, action, actor=None), "not_an_active_member")


@proves("CAL-05", "CAL-06")
def check_only_zoom_admins_complete(product: Product) -> None:
    """An owner who is no Zoom admin comes back with a grant and still completes nothing."""
    for role in ("member", "custom"):
        zoom = zoom_user(OWNER.email, role=role)
        answer = refusal(activate(product, "direct", zoom=zoom, actor=OWNER), "zoom_admin_needed", "CAL-05")
        assert answer.next == (Action.SHARE,)


@proves("CAL-05", "CAL-06")
def check_a_sent_link_wants_a_zoom_admin_too(product: Product) -> None:
    """Whoever opens the link and is no Zoom admin completes nothing, and reads who can."""
    answer = activate(product, zoom=zoom_user("ben@acme.example"))
    said = product.words.text(refusal(answer, "zoom_admin_needed", "CAL-05", "CAL-06").say)
    assert said.startswith("Only Zoom admins have the authority to approve and complete the integration.")


@proves("CAL-06")
def check_zoom_says_who_is_the_right_admin(product: Product) -> None:
    """Who the right admin is shows only at Zoom: everybody is sent there, and whom Zoom turns away has the link to send
    as the way on."""
    assert isinstance(ask(product, Action.CONNECT, actor=OWNER, connections=PERSONAL_ONLY), GoToZoom)
    turned_away = refusal(
        activate(product, "direct", outcome="not_allowed", actor=OWNER), "zoom_admin_needed", "CAL-06"
    )
    assert turned_away.next == (Action.SHARE,)


@proves("CAL-07")
def check_the_path_reads_as_printed(product: Product) -> None:
    """From the home screen one goes to the Integrations & apps page, and there to the Zoom integration."""
    assert product.words.pages[Level.ORGANIZATION] == "home screen > Integrations & apps > Zoom"


@proves("CAL-08")
def check_the_button_reads_as_printed(product: Product) -> None:
    """The organization's button has the document's words, and a user's own button has not."""
    assert [product.words.action(action, Level.ORGANIZATION) for action in BOTH_WAYS] == [THE_BUTTON, THE_BUTTON]
    assert product.words.phase(Level.ORGANIZATION, NOT_CONNECTED).button == THE_BUTTON
    assert product.words.action(Action.CONNECT, Level.MEMBER) != THE_BUTTON


@proves("CAL-09", "CAL-10")
def check_the_button_gives_a_link_to_send(product: Product) -> None:
    """The button gives a link that is good for one use, with the advice to send it to the Zoom administrator; it takes
    nobody to Zoom."""
    assert Action.SHARE in product.manifest.actions[Level.ORGANIZATION]
    assert product.manifest.share is not None
    assert product.manifest.share.life == "until_used"
    answer = ask(product, Action.SHARE)
    assert isinstance(answer, ShareLink)
    assert (answer.app, cited(answer)) == ("admin", {"CAL-08", "CAL-09", "CAL-10"})
    said = product.words.text(answer.say)
    assert said.startswith("Send this link to your Zoom administrator")
    assert "log into Zoom and complete the activation process" in said


@proves("CAL-11")
def check_the_zoom_administrator_continues(product: Product) -> None:
    """A Calendly admin who is the Zoom administrator goes on to Zoom, with any address, and completes."""
    assert Action.CONNECT in product.manifest.actions[Level.ORGANIZATION]
    shared = ask(product, Action.SHARE)
    assert isinstance(shared, ShareLink)
    assert "continue if you are the Zoom administrator" in product.words.text(shared.say)
    answer = ask(product, Action.CONNECT)
    assert isinstance(answer, GoToZoom)
    assert (answer.app, answer.must_be_email) == ("admin", None)
    assert cited(answer) == {"CAL-08", "CAL-11"}
    assert kept(activate(product, "direct", actor=ADMIN)).phase == CONNECTED


@proves("CAL-12")
def check_the_zoom_administrator_activates(product: Product) -> None:
    """A Zoom owner or admin who finishes the activation connects the organization."""
    assert Action.COMPLETE in product.manifest.actions[Level.ORGANIZATION]
    for role in ("owner", "admin"):
        answer = kept(activate(product, zoom=zoom_user("zoe@acme.example", role=role)))
        assert (answer.phase, answer.level, answer.replaces) == (CONNECTED, Level.ORGANIZATION, False)
        assert cited(answer) == {"CAL-05", "CAL-12", "CAL-16"}


@proves("CAL-12", "CAL-35")
def check_a_connected_organization_stays_with_its_account(product: Product) -> None:
    """A link that is used late, or a second admin, does not put another Zoom account in place of the connected one."""
    for action in BOTH_WAYS:
        answer = refusal(ask(product, action, connections=ORGANIZATION_ONLY), "already_connected", "CAL-35")
        assert answer.next == (Action.DISCONNECT,)
    refusal(activate(product, zoom=ZACK_AT_ZOOM, organization=CONNECTED), "already_connected")


@proves("CAL-13")
def check_a_link_connects_nothing(product: Product) -> None:
    """The organization starts as not connected, and stays so when the link was made or somebody has left for Zoom."""
    first = product.manifest.initial_phase(Level.ORGANIZATION)
    assert (first.name, first.kind) == (NOT_CONNECTED, KINDS[NOT_CONNECTED])
    for action in BOTH_WAYS:
        begun = ask(product, action)
        assert isinstance(begun, ShareLink | GoToZoom)
        assert begun.phase is None


@proves("CAL-13")
def check_not_finished_is_not_connected(product: Product) -> None:
    """An activation that was declined or failed connects nothing, and can be begun again."""
    assert refusal(activate(product, outcome="declined"), "declined", "CAL-13", "CORE-12").next == BOTH_WAYS
    for outcome in ("failed", "approval_needed"):
        assert refusal(activate(product, outcome=outcome), "authorization_failed", "CAL-13").next == BOTH_WAYS
    unheard_of = ask(product, Action.COMPLETE, actor=None, attempt=None, zoom=ZOE_AT_ZOOM)
    refusal(unheard_of, "authorization_failed", "CAL-13")


@proves("CAL-13", "CAL-42")
def check_nobody_schedules_before_it_is_finished(product: Product) -> None:
    """While the link is out, users (those who have just signed up too) have no Zoom to schedule with."""
    for connections in (NEITHER, ()):
        event = scheduling(connections)
        refused = refusal(product.want_meeting(whether(event)), "connect_first", "CAL-13", "CAL-39")
        assert refused.next == (Action.CONNECT,)
        refusal(product.select_host(event), "connect_first", "CAL-13")


@proves("CAL-14")
def check_the_zoom_admin_needs_no_seat(product: Product) -> None:
    """A Zoom administrator who is no Calendly user, or a plain one, completes a link that was sent to them."""
    for actor in (None, USER):
        answer = kept(activate(product, zoom=ZOE_AT_ZOOM, actor=actor))
        assert (answer.phase, answer.level) == (CONNECTED, Level.ORGANIZATION)
        assert "CAL-12" in cited(answer)
