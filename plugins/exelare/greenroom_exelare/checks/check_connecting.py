"""An administrator switches the integration on and logs in at Zoom; Exelare then acts for that user."""

from __future__ import annotations

from greenroom.conformance import Product, proves, refusal
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import Action, Cause, Done, GoToZoom, Keep, Level
from greenroom_exelare.checks.asks import (
    ADMINISTRATOR,
    CONNECTED,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    ON,
    RECRUITER,
    STRANGER,
    ask,
    authorized,
    complete,
    declared,
    ending,
    hosted,
    login,
    printed,
    scheduling,
    switch,
    use,
    wanted,
    without,
)
from greenroom_exelare.scopes import CLASSIC, FEATURES, SCOPES

SET_UP = (
    (Action.ENABLE, Level.ORGANIZATION),
    (Action.DISABLE, Level.ORGANIZATION),
    (Action.CONFIGURE, Level.ORGANIZATION),
    (Action.CONNECT, Level.MEMBER),
    (Action.COMPLETE, Level.MEMBER),
)


@proves("EXE-01")
def check_an_active_exelare_user_is_needed(product: Product) -> None:
    """Who has no active Exelare user account, or is nobody, sets up nothing."""
    for actor in (member("Administrator", active=False), None):
        for action, level in SET_UP:
            refusal(ask(product, action, level, actor=actor), "not_an_active_member", "EXE-01")


@proves("EXE-02")
def check_administrative_access_is_needed(product: Product) -> None:
    """A recruiter, or somebody without any role, sets up nothing."""
    for actor in (RECRUITER, STRANGER):
        for action, level in SET_UP:
            refusal(ask(product, action, level, actor=actor), "role_not_allowed", "EXE-02")


@proves("EXE-02")
def check_administrators_configure(product: Product) -> None:
    """Who has administrative access configures the integration, whatever its state."""
    for toggle in (OFF, ON):
        assert isinstance(ask(product, Action.CONFIGURE, connections=authorized(NOT_CONNECTED, toggle=toggle)), Done)


@proves("EXE-03")
def check_an_active_zoom_account_is_needed(product: Product) -> None:
    """A Zoom user who is deactivated, or has not accepted the invitation, authorizes nothing."""
    for status in ("inactive", "pending"):
        answer = complete(product, zoom=zoom_user("rita@acme.example", status=status))
        refusal(answer, "zoom_account_not_active", "EXE-03")


@proves("EXE-03")
def check_an_inactive_zoom_account_hosts_nothing(product: Product) -> None:
    """The authorized user's Zoom account has to stay active for meetings to be made."""
    gone = login(CONNECTED, zoom=zoom_user("rita@acme.example", status="inactive"))
    refusal(product.select_host(scheduling(connections=(gone, switch(ON)))), "zoom_account_not_active", "EXE-03")


@proves("EXE-04")
def check_authority_to_grant_is_needed(product: Product) -> None:
    """Whom Zoom does not let grant the permissions authorizes nothing."""
    for outcome in ("not_allowed", "approval_needed"):
        refusal(complete(product, outcome), "cannot_grant", "EXE-04")


@proves("EXE-04")
def check_authority_is_asked_for_once(product: Product) -> None:
    """A later change of the user's role at Zoom ends nothing by itself."""
    loss = ending(product, Cause.AUTHORIZER_ROLE)
    assert (loss.phase, loss.ends, loss.revoke) == (CONNECTED, "nothing", False)


@proves("EXE-06", "EXE-07")
def check_place_and_toggle_read_as_printed(product: Product) -> None:
    """The tile is found where the document says, and its switch says On."""
    assert printed("integrations: Profile Icon > Admin Module > Integrations", "tile: Zoom Integration", 'enable: "On"')


@proves("EXE-07")
def check_the_toggle_comes_first(product: Product) -> None:
    """Switching on moves the toggle and authorizes nothing; it is switched once."""
    answer = ask(product, Action.ENABLE, connections=authorized(NOT_CONNECTED, toggle=OFF))
    assert isinstance(answer, Done)
    assert answer.phase == ON
    refusal(ask(product, Action.ENABLE), "already_enabled", "EXE-07")


@proves("EXE-07", "EXE-08")
def check_no_login_while_off(product: Product) -> None:
    """While the toggle is off nobody is sent to Zoom, and nobody who comes back is authorized."""
    off = authorized(NOT_CONNECTED, toggle=OFF)
    answer = refusal(ask(product, Action.CONNECT, Level.MEMBER, connections=off), "not_enabled", "EXE-07")
    assert answer.next == (Action.ENABLE,)
    refusal(complete(product, toggle=OFF), "not_enabled", "EXE-08")


@proves("EXE-08")
def check_login_goes_to_zoom_and_is_kept(product: Product) -> None:
    """ "Login" leads to Zoom's pages; the permissions approved there are that user's own authorization."""
    answer = ask(product, Action.CONNECT, Level.MEMBER)
    assert isinstance(answer, GoToZoom)
    assert (answer.app, answer.must_be_email) == ("user", None)
    kept = complete(product)
    assert isinstance(kept, Keep)
    assert (kept.phase, kept.level, kept.replaces) == (CONNECTED, Level.MEMBER, False)
    assert printed("connect: Login")


@proves("EXE-08")
def check_logging_in_again_renews(product: Product) -> None:
    """Who logs in again, having lost permissions or the whole grant, has the same authorization anew."""
    for phase in (CONNECTED, NEEDS_RECONNECT):
        assert isinstance(ask(product, Action.CONNECT, Level.MEMBER, connections=authorized(phase)), GoToZoom)
        kept = complete(product, phase=phase)
        assert isinstance(kept, Keep)
        assert kept.replaces


@proves("EXE-08", "EXE-33")
def check_all_permissions_are_required(product: Product) -> None:
    """Who approves fewer permissions than the thirteen is not authorized, and is told which are missing."""
    for scope in SCOPES:
        answer = refusal(complete(product, scopes=without(scope)), "scopes_required", "EXE-08")
        assert dict(answer.say.values)["scopes"] == scope
        refusal(complete(product, "failed", scopes=without(scope)), "scopes_required", "EXE-08")
    assert isinstance(complete(product, scopes=frozenset().union(*CLASSIC.values())), Keep)


@proves("EXE-09")
def check_on_is_not_authorized(product: Product) -> None:
    """With the toggle on and nobody through Zoom's page, no meeting can be scheduled."""
    answer = refusal(wanted(product, connections=authorized(NOT_CONNECTED)), "login_first", "EXE-09")
    assert answer.next == (Action.CONNECT,)
    refusal(complete(product, "failed"), "authorization_failed", "EXE-09")


@proves("EXE-09")
def check_authorized_but_off_schedules_nothing(product: Product) -> None:
    """Switching off stops everything, also what was authorized."""
    off = authorized(toggle=OFF)
    refusal(wanted(product, connections=off), "not_enabled", "EXE-09")
    refusal(product.select_host(scheduling(connections=off)), "not_enabled", "EXE-09")


@proves("EXE-07")
def check_switching_off(product: Product) -> None:
    """Switched off the toggle is off, once, and its end touches no user's grant."""
    answer = ask(product, Action.DISABLE, connections=authorized())
    assert isinstance(answer, Done)
    assert answer.phase == OFF
    refusal(ask(product, Action.DISABLE, connections=authorized(toggle=OFF)), "nothing_to_turn_off", "CORE-13")
    loss = ending(product, Cause.SWITCHED_OFF, Level.ORGANIZATION)
    assert (loss.phase, loss.ends, loss.revoke) == (OFF, "this", False)


@proves("EXE-10")
def check_declined_is_not_authorized(product: Product) -> None:
    """Who declines on Zoom's consent page has not authorized Exelare, and can try again."""
    answer = refusal(complete(product, "declined"), "declined", "EXE-10")
    assert answer.next == (Action.CONNECT,)


@proves("EXE-11")
def check_exelare_acts_for_the_authorized_user(product: Product) -> None:
    """A recruiter who has not logged in schedules through the authorized user, who hosts."""
    choice = hosted(product, authorized())
    assert choice.via.owner == ADMINISTRATOR.id
    assert choice.host == choice.via.zoom_user
    assert declared("reach: all")


@proves("EXE-11")
def check_ones_own_authorization_comes_first(product: Product) -> None:
    """Where several users have authorized, each acts as themself, whatever the order they are shown in."""
    other = member("Administrator", email="adam@acme.example")
    own = login(CONNECTED, of=other, zoom=zoom_user(other.email))
    for connections in ((own, *authorized()), (*authorized(), own)):
        assert hosted(product, connections, actor=other).via == own
        assert hosted(product, connections, actor=ADMINISTRATOR).via.owner == ADMINISTRATOR.id


@proves("EXE-12")
def check_no_data_without_authorization(product: Product) -> None:
    """Nobody uses anything of Zoom's while nobody has authorized explicitly."""
    at_zoom = [name for name, feature in FEATURES.items() if feature.scope is not None]
    for phase in (NOT_CONNECTED, NEEDS_RECONNECT):
        for feature in at_zoom:
            refusal(use(product, feature, connections=authorized(phase)), "login_first", "EXE-12")
