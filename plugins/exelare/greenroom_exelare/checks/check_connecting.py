"""An administrator switches the integration on and logs in at Zoom; Exelare then acts for that user."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import Action, Cause, Done, GoToZoom, Keep, Level, PhaseKind
from greenroom_exelare.checks.asks import (
    ADAM,
    ADAM_AT_ZOOM,
    ADMINISTRATOR,
    CLASSIC,
    CONNECTED,
    EVERYTHING,
    FEATURES,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    ON,
    RECRUITER,
    RITA_AT_ZOOM,
    SCOPES,
    STRANGER,
    ask,
    authorized,
    complete,
    ending,
    hosted,
    login,
    scheduling,
    switch,
    use,
    wanted,
    without,
)

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
        refusal(complete(product, actor=actor), "not_an_active_member", "EXE-01")
    assert product.prints("an active Exelare user account")


@proves("EXE-02")
def check_administrative_access_is_needed(product: Product) -> None:
    """A recruiter, or somebody without any role, sets up nothing, also not with Zoom's permission in hand."""
    for actor in (RECRUITER, STRANGER):
        for action, level in SET_UP:
            refusal(ask(product, action, level, actor=actor), "role_not_allowed", "EXE-02")
        refusal(complete(product, actor=actor), "role_not_allowed", "EXE-02")
    assert product.prints("administrative access to configure integrations")


@proves("EXE-02")
def check_administrators_configure(product: Product) -> None:
    """Who has administrative access configures the integration, whatever its state."""
    for toggle in (OFF, ON):
        answer = ask(product, Action.CONFIGURE, connections=authorized(NOT_CONNECTED, toggle=toggle))
        assert isinstance(answer, Done)
        assert answer.phase is None
        assert cited(answer) >= {"EXE-02"}


@proves("EXE-03")
def check_an_active_zoom_account_is_needed(product: Product) -> None:
    """A Zoom user who is deactivated, or has not accepted the invitation, authorizes nothing; any other may."""
    for status in ("inactive", "pending"):
        answer = complete(product, zoom=zoom_user("rita@acme.example", status=status))
        assert refusal(answer, "zoom_account_not_active", "EXE-03").next == (Action.CONNECT,)
    assert product.prints("an active Zoom account")
    assert isinstance(complete(product, zoom=zoom_user("rita@acme.example", licensed=False, plan="basic")), Keep)


@proves("EXE-03")
def check_an_inactive_zoom_account_hosts_nothing(product: Product) -> None:
    """The authorized user's Zoom account has to stay active for meetings to be made."""
    for status in ("inactive", "pending"):
        gone = login(CONNECTED, zoom=zoom_user("rita@acme.example", status=status))
        refusal(product.select_host(scheduling(connections=(gone, switch(ON)))), "zoom_account_not_active", "EXE-03")


@proves("EXE-04")
def check_authority_to_grant_is_needed(product: Product) -> None:
    """Whom Zoom does not let grant the permissions authorizes nothing, and may click Login again once it does."""
    for outcome in ("not_allowed", "approval_needed"):
        assert refusal(complete(product, outcome), "cannot_grant", "EXE-04").next == (Action.CONNECT,)
    assert product.prints("authorization to grant Zoom permissions")


@proves("EXE-04")
def check_zoom_says_who_has_authority_to_grant(product: Product) -> None:
    """Whom Zoom lets grant the permissions authorizes, be they owner, admin or anybody else there."""
    for role in ("owner", "admin", "member"):
        assert isinstance(complete(product, zoom=zoom_user("rita@acme.example", role=role)), Keep)


@proves("EXE-04")
def check_authority_is_asked_for_once(product: Product) -> None:
    """A later change of the user's role at Zoom ends nothing by itself."""
    for phase in (CONNECTED, NEEDS_RECONNECT):
        loss = ending(product, Cause.AUTHORIZER_ROLE, phase=phase)
        assert (loss.phase, loss.ends, loss.revoke) == (phase, "nothing", False)
        assert cited(loss) == {"EXE-04"}


@proves("EXE-06")
def check_the_tile_is_where_the_document_says(product: Product) -> None:
    """Switch and Login are on one tile, found through the Profile Icon, which is in the top-right corner."""
    module = "Profile Icon > Admin Module"
    assert {module, f"{module} > Integrations", "Zoom Integration"} <= set(product.words.places.values())
    assert product.words.level(Level.ORGANIZATION) == "Zoom Integration"
    for level in (Level.ORGANIZATION, Level.MEMBER):
        assert product.words.pages.get(level) == "Profile Icon > Admin Module > Integrations > Zoom Integration"
    assert product.prints("Profile Icon, in the top-right corner")


@proves("EXE-07")
def check_the_toggle_comes_first(product: Product) -> None:
    """Switching on moves the toggle and authorizes nobody; it is switched once."""
    answer = ask(product, Action.ENABLE, connections=authorized(NOT_CONNECTED, toggle=OFF))
    assert isinstance(answer, Done)
    assert answer.phase == ON
    assert cited(answer) == {"EXE-07"}
    assert refusal(ask(product, Action.ENABLE), "already_enabled", "EXE-07").next == (Action.CONNECT,)
    assert Action.ENABLE in product.manifest.actions.get(Level.ORGANIZATION, ())
    assert product.words.phase(Level.ORGANIZATION, ON).label == product.words.action(Action.ENABLE) == "On"


@proves("EXE-07", "EXE-08")
def check_no_login_while_off(product: Product) -> None:
    """While the toggle is off nobody is sent to Zoom, and nobody who comes back is authorized."""
    for connections in (authorized(NOT_CONNECTED, toggle=OFF), ()):
        answer = refusal(ask(product, Action.CONNECT, Level.MEMBER, connections=connections), "not_enabled", "EXE-07")
        assert answer.next == (Action.ENABLE,)
    refusal(complete(product, toggle=OFF), "not_enabled", "EXE-08")


@proves("EXE-08")
def check_login_goes_to_zoom_and_is_kept(product: Product) -> None:
    """ "Login" leads to Zoom's pages; the permissions approved there are that user's own authorization."""
    answer = ask(product, Action.CONNECT, Level.MEMBER)
    assert isinstance(answer, GoToZoom)
    assert (answer.app, answer.must_be_email, cited(answer)) == ("user", None, {"EXE-08"})
    kept = complete(product, zoom=zoom_user("somebody.else@acme.example"))
    assert isinstance(kept, Keep)
    assert (kept.phase, kept.level, kept.replaces) == (CONNECTED, Level.MEMBER, False)
    assert cited(kept) >= {"EXE-08", "EXE-11"}
    assert {Action.CONNECT, Action.COMPLETE} <= set(product.manifest.actions.get(Level.MEMBER, ()))
    assert product.words.action(Action.CONNECT) == "Login"
    assert product.words.phase(Level.MEMBER, NOT_CONNECTED).button == "Login"


@proves("EXE-08")
def check_logging_in_again_renews(product: Product) -> None:
    """Who logs in again, having lost permissions or the whole grant, has the same authorization anew."""
    assert product.words.phase(Level.MEMBER, NEEDS_RECONNECT).button == "Login"
    for phase in (CONNECTED, NEEDS_RECONNECT):
        assert isinstance(ask(product, Action.CONNECT, Level.MEMBER, connections=authorized(phase)), GoToZoom)
        kept = complete(product, phase=phase)
        assert isinstance(kept, Keep)
        assert kept.replaces


@proves("EXE-08")
def check_everybody_logs_in_for_themself(product: Product) -> None:
    """Who logs in beside somebody else gets an authorization of their own, and takes nobody's away."""
    kept = complete(product, actor=ADAM, zoom=ADAM_AT_ZOOM, phase=CONNECTED)
    assert isinstance(kept, Keep)
    assert not kept.replaces


@proves("EXE-08", "EXE-33")
def check_all_permissions_are_required(product: Product) -> None:
    """Who approves fewer permissions than the thirteen is not authorized, and is told which are missing."""
    for scope in SCOPES:
        for outcome in ("granted", "failed"):
            answer = refusal(complete(product, outcome, scopes=without(scope)), "scopes_required", "EXE-08", "EXE-33")
            assert dict(answer.say.values)["scopes"] == scope
            assert answer.next == (Action.CONNECT,)
    two = refusal(complete(product, scopes=without("zoomapp", "calendar:read")), "scopes_required", "EXE-08")
    assert dict(two.say.values)["scopes"] == "calendar:read, zoomapp"
    assert isinstance(complete(product, scopes=frozenset().union(*CLASSIC.values())), Keep)


@proves("EXE-09")
def check_on_is_not_authorized(product: Product) -> None:
    """With the toggle on and nobody through Zoom's page, no meeting can be scheduled."""
    kinds = {phase.name: phase.kind for phase in product.manifest.phases.get(Level.ORGANIZATION, ())}
    assert kinds == {OFF: PhaseKind.IDLE, ON: PhaseKind.PENDING}
    for connections in (authorized(NOT_CONNECTED), (switch(ON),)):
        answer = refusal(wanted(product, connections=connections), "login_first", "EXE-09")
        assert answer.next == (Action.CONNECT,)
        refusal(product.select_host(scheduling(connections=connections)), "login_first", "EXE-09")


@proves("EXE-09")
def check_an_authorization_that_failed_is_none(product: Product) -> None:
    """Who comes back from Zoom without an answer, or with a failure, has not finished, and can try again."""
    answers = (complete(product, "failed"), ask(product, Action.COMPLETE, Level.MEMBER))
    for answer in answers:
        assert refusal(answer, "authorization_failed", "EXE-09").next == (Action.CONNECT,)
    refusal(complete(product, "failed", scopes=EVERYTHING), "authorization_failed", "EXE-09")


@proves("EXE-09")
def check_authorized_but_off_schedules_nothing(product: Product) -> None:
    """Switching off stops everything, also what was authorized."""
    for off in (authorized(toggle=OFF), (login(CONNECTED),)):
        assert refusal(wanted(product, connections=off), "not_enabled", "EXE-09").next == (Action.ENABLE,)
        refusal(product.select_host(scheduling(connections=off)), "not_enabled", "EXE-09")


@proves("EXE-07")
def check_switching_off(product: Product) -> None:
    """Switched off the toggle is off, once, and its end touches no user's grant."""
    answer = ask(product, Action.DISABLE, connections=authorized())
    assert isinstance(answer, Done)
    assert answer.phase == OFF
    assert cited(answer) >= {"EXE-07"}
    again = refusal(ask(product, Action.DISABLE, connections=authorized(toggle=OFF)), "nothing_to_turn_off", "CORE-13")
    assert again.next == (Action.ENABLE,)
    for cause in (Cause.SWITCHED_OFF, Cause.PERSON):
        loss = ending(product, cause, Level.ORGANIZATION)
        assert (loss.phase, loss.ends, loss.revoke) == (OFF, "this", False)
        assert cited(loss) >= {"EXE-07"}
    assert Action.DISABLE in product.manifest.actions.get(Level.ORGANIZATION, ())
    assert product.words.phase(Level.ORGANIZATION, OFF).label == product.words.action(Action.DISABLE) == "Off"


@proves("EXE-07")
def check_the_toggle_holds_no_grant(product: Product) -> None:
    """Nothing that happens at Zoom moves the toggle, which is somebody's to switch."""
    for cause in set(Cause) - {Cause.SWITCHED_OFF, Cause.PERSON}:
        for toggle in (OFF, ON):
            loss = ending(product, cause, Level.ORGANIZATION, toggle=toggle)
            assert (loss.phase, loss.ends, loss.revoke) == (toggle, "nothing", False), cause
            assert cited(loss) == {"EXE-07"}


@proves("EXE-10")
def check_declined_is_not_authorized(product: Product) -> None:
    """Who declines on Zoom's consent page has not authorized Exelare, and can try again."""
    for scopes in (frozenset(), EVERYTHING):
        assert refusal(complete(product, "declined", scopes=scopes), "declined", "EXE-10").next == (Action.CONNECT,)


@proves("EXE-11")
def check_exelare_acts_for_the_authorized_user(product: Product) -> None:
    """Who has not logged in schedules through the authorized user, who hosts; so does what nobody is behind."""
    for actor in (RECRUITER, None):
        choice = hosted(product, authorized(), actor=actor)
        assert choice.via == login(CONNECTED)
        assert choice.host == RITA_AT_ZOOM
        assert choice.turn is None
        assert cited(choice) >= {"EXE-11"}
        considered = [(one.who, one.verdict, one.because.clause) for one in choice.considered]
        assert considered == [("rita@acme.example", "host", "EXE-11")]
    assert product.manifest.reach == "all"
    assert product.manifest.levels == (Level.MEMBER, Level.ORGANIZATION)
    assert product.words.level(Level.MEMBER) == "authorized user"


@proves("EXE-11")
def check_ones_own_authorization_comes_first(product: Product) -> None:
    """Where several users have authorized, each acts as themself, whatever the order they are shown in."""
    own = login(CONNECTED, of=ADAM, zoom=ADAM_AT_ZOOM)
    orders = ((own, *authorized()), (*authorized(), own))
    for connections in orders:
        assert hosted(product, connections, actor=ADAM).via == own
        assert hosted(product, connections, actor=ADMINISTRATOR).via == login(CONNECTED)
    assert len({hosted(product, connections).host.email for connections in orders}) == 1


@proves("EXE-11")
def check_a_lapsed_authorization_is_not_acted_through(product: Product) -> None:
    """Whose own authorization has lapsed acts through the authorized user, as those do who never had one."""
    for phase in (NOT_CONNECTED, NEEDS_RECONNECT):
        lapsed = login(phase, of=ADAM, zoom=ADAM_AT_ZOOM)
        assert hosted(product, (lapsed, *authorized()), actor=ADAM).via == login(CONNECTED)


@proves("EXE-12")
def check_no_data_without_authorization(product: Product) -> None:
    """Nobody uses anything of Zoom's while nobody has authorized explicitly, or nobody any more."""
    for phase in (NOT_CONNECTED, NEEDS_RECONNECT):
        for feature in FEATURES:
            for actor in (ADMINISTRATOR, RECRUITER):
                answer = use(product, feature, actor=actor, connections=authorized(phase))
                assert refusal(answer, "login_first", "EXE-12").next == (Action.CONNECT,)
