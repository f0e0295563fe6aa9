"""A personal and an admin-managed Zoom side by side: what is shown is what is used."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import attempt, member
from greenroom.model import Action, Cause, Done, GoToZoom, Level, Wanted
from greenroom_calendly.checks.asks import (
    BOTH,
    CONNECTED,
    KINDS,
    NEEDS_RECONNECT,
    NEITHER,
    NOT_CONNECTED,
    ORGANIZATION_ONLY,
    PERSONAL_ONLY,
    UMAS_OWN_ZOOM,
    USER,
    activate,
    ask,
    connect_personal,
    ending,
    hosted,
    kept,
    listed,
    personal,
    scheduling,
    shown,
    whether,
    zooms,
)

PHASES = (NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT)


@proves("CAL-16")
def check_a_personal_connection_is_not_overwritten(product: Product) -> None:
    """The organization's connection takes no personal one's place: that stays, shown and used."""
    answer = kept(activate(product, own=CONNECTED))
    assert (answer.level, answer.replaces) == (Level.ORGANIZATION, False)
    assert "CAL-16" in cited(answer)
    assert hosted(product, BOTH).host == UMAS_OWN_ZOOM


@proves("CAL-25", "CAL-26")
def check_never_two_personal_ones(product: Product) -> None:
    """A second personal Zoom takes the place of the first, with or without the organization's: no third, and never two
    personal ones."""
    for organization in PHASES:
        answer = kept(connect_personal(product, own=CONNECTED, organization=organization))
        assert (answer.level, answer.replaces) == (Level.MEMBER, True)
        assert "CAL-26" in cited(answer)
    assert kept(connect_personal(product, own=NEEDS_RECONNECT)).replaces


@proves("CAL-25", "CAL-44")
def check_one_of_each_at_a_time(product: Product) -> None:
    """A user of a connected organization connects a personal Zoom too, which takes no other's place; now they have
    both, and see nobody else's."""
    assert set(product.manifest.levels) == {Level.ORGANIZATION, Level.MEMBER}
    assert product.manifest.reach == "organization"
    going = ask(product, Action.CONNECT, Level.MEMBER, actor=USER, connections=ORGANIZATION_ONLY)
    assert isinstance(going, GoToZoom)
    answer = kept(connect_personal(product, organization=CONNECTED))
    assert (answer.phase, answer.level, answer.replaces) == (CONNECTED, Level.MEMBER, False)
    assert cited(answer) == {"CAL-39", "CAL-44"} == cited(going)
    assert shown(product, BOTH) is Level.MEMBER


@proves("CAL-27")
def check_the_personal_one_is_shown(product: Product) -> None:
    """With both connected the Zoom setup page shows only the personal connection."""
    assert product.words.pages[Level.MEMBER] == "Zoom setup page"
    assert shown(product, BOTH) is Level.MEMBER


@proves("CAL-28")
def check_the_other_one_appears_instead(product: Product) -> None:
    """Once the personal connection is disconnected, the admin-managed one is shown and used."""
    for cause in (Cause.PERSON, Cause.SWITCHED_OFF, Cause.UNINSTALLED):
        gone = zooms(organization=CONNECTED, own=ending(product, cause, Level.MEMBER).phase)
        assert shown(product, gone) is Level.ORGANIZATION
        assert isinstance(product.want_meeting(whether(scheduling(gone))), Wanted)
        assert hosted(product, gone).via.level is Level.ORGANIZATION


@proves("CAL-29")
def check_the_personal_one_is_used(product: Product) -> None:
    """With both connected a meeting is made through the personal connection, under its Zoom user, whichever of the two
    was made first."""
    for connections in (BOTH, BOTH[::-1]):
        choice = hosted(product, connections)
        assert (choice.via.level, choice.host) == (Level.MEMBER, UMAS_OWN_ZOOM)
        assert cited(choice) == {"CAL-29"}


@proves("CAL-29")
def check_an_inactive_personal_zoom_is_not_passed_over(product: Product) -> None:
    """A personal Zoom user who is not active any more is refused; the organization's does not quietly stand in."""
    own, theirs = BOTH
    inactive = UMAS_OWN_ZOOM.model_copy(update={"status": "inactive"})
    answer = product.select_host(scheduling((own.model_copy(update={"zoom_user": inactive}), theirs)))
    assert refusal(answer, "zoom_user_not_active", "CORE-08").next == (Action.CONNECT,)


@proves("CAL-29")
def check_somebody_elses_personal_zoom_is_not_used(product: Product) -> None:
    """Only the scheduling user's own personal connection counts, not that of another user who acts."""
    ben = member("user", email="ben@acme.example")
    asked = scheduling((personal(CONNECTED, of=ben), *NEITHER[1:]), actor=ben)
    refusal(product.select_host(asked), "connect_first")
    refusal(product.want_meeting(whether(asked)), "connect_first")
    both = (personal(CONNECTED, of=ben), *ORGANIZATION_ONLY[1:])
    assert hosted(product, both, actor=ben).via.level is Level.ORGANIZATION


@proves("CAL-28", "CAL-30")
def check_disconnecting_the_personal_one_ends_only_that(product: Product) -> None:
    """A user disconnects their personal Zoom; the organization's connection is not touched."""
    assert Action.DISCONNECT in product.manifest.actions[Level.MEMBER]
    assert product.words.phase(Level.MEMBER, CONNECTED).button == product.words.action(Action.DISCONNECT, Level.MEMBER)
    for phase in (CONNECTED, NEEDS_RECONNECT):
        state = zooms(organization=CONNECTED, own=phase)
        answer = ask(product, Action.DISCONNECT, Level.MEMBER, actor=USER, connections=state)
        assert isinstance(answer, Done)
        assert cited(answer) == {"CAL-28", "CAL-30"}
        loss = ending(product, Cause.PERSON, Level.MEMBER, at=phase)
        assert (loss.phase, loss.ends, loss.revoke, loss.flag_unmade) == (NOT_CONNECTED, "this", True, None)
        assert cited(loss) == {"CAL-30", "CORE-06"}


@proves("CAL-30")
def check_a_personal_grant_that_fails_is_that_users_alone(product: Product) -> None:
    """A personal grant that Zoom does not honour any more is to be connected again; the organization's goes on."""
    for cause in (Cause.AUTHORIZER_GONE, Cause.GRANT_DEAD, Cause.SCOPES_LOST, Cause.APPROVAL_WITHDRAWN):
        loss = ending(product, cause, Level.MEMBER)
        assert (loss.phase, loss.revoke, loss.flag_unmade) == (NEEDS_RECONNECT, False, None)
        assert loss.ends != "all_of_organization"
        assert hosted(product, zooms(organization=CONNECTED, own=loss.phase)).via.level is Level.ORGANIZATION


@proves("CAL-30")
def check_nothing_personal_to_disconnect(product: Product) -> None:
    """The organization's connection is not disconnected in the place of a personal one that is not there."""
    answer = ask(product, Action.DISCONNECT, Level.MEMBER, actor=USER, connections=ORGANIZATION_ONLY)
    refusal(answer, "nothing_to_disconnect", "CORE-13")


@proves("CAL-39")
def check_personal_accounts_can_still_be_connected(product: Product) -> None:
    """Every user connects a personal account, whatever became of the organization's; no role is asked for."""
    assert {Action.CONNECT, Action.COMPLETE} <= set(product.manifest.actions[Level.MEMBER])
    for phase in PHASES:
        answer = ask(product, Action.CONNECT, Level.MEMBER, actor=USER, connections=zooms(organization=phase))
        assert isinstance(answer, GoToZoom)
        assert (answer.app, answer.must_be_email) == ("user", None)
        assert "CAL-39" in cited(answer)
        assert kept(connect_personal(product, organization=phase)).level is Level.MEMBER


@proves("CAL-39")
def check_a_personal_account_wants_its_users_consent(product: Product) -> None:
    """A user who declines or fails at Zoom, or is no longer active, has no personal connection."""
    assert refusal(connect_personal(product, outcome="declined"), "declined", "CORE-12").next == (Action.CONNECT,)
    failed = refusal(connect_personal(product, outcome="failed"), "authorization_failed", "CAL-39")
    assert failed.next == (Action.CONNECT,)
    for outcome, zoom in (("granted", None), ("failed", UMAS_OWN_ZOOM)):
        tried = attempt(level=Level.MEMBER, outcome=outcome)
        unclear = ask(product, Action.COMPLETE, Level.MEMBER, actor=USER, attempt=tried, zoom=zoom)
        refusal(unclear, "authorization_failed", "CAL-39")
    refusal(ask(product, Action.COMPLETE, Level.MEMBER, actor=USER), "authorization_failed")
    gone = member("user", active=False)
    for action in (Action.CONNECT, Action.COMPLETE, Action.DISCONNECT):
        for actor in (gone, None):
            refusal(ask(product, action, Level.MEMBER, actor=actor, connections=PERSONAL_ONLY), "not_an_active_member")


@proves("CAL-39")
def check_a_personal_one_has_nothing_to_manage(product: Product) -> None:
    """What owners and admins do to the organization's connection nobody does to a personal one, and no link is shared
    for it."""
    for action in (Action.SHARE, Action.CONFIGURE, Action.SEE_MEMBERS, Action.REMOVE_MINE):
        refusal(ask(product, action, Level.MEMBER, connections=BOTH), "not_offered")


@proves("CAL-40")
def check_personal_connections_survive_a_disconnect(product: Product) -> None:
    """Users with a personal connection stay connected, type personal, and schedule on when the organization is
    disconnected."""
    for cause in (Cause.PERSON, Cause.AUTHORIZER_GONE):
        left = zooms(organization=ending(product, cause).phase, own=CONNECTED)
        assert listed(product, left) == "personal"
        assert isinstance(product.want_meeting(whether(scheduling(left))), Wanted)
        choice = hosted(product, left)
        assert (choice.host, cited(choice)) == (UMAS_OWN_ZOOM, {"CAL-40"})


@proves("CAL-32", "CAL-33")
def check_the_type_column(product: Product) -> None:
    """The Type column says organization or personal; of a user with both it says personal."""
    assert (product.words.places["members"], product.words.places["member_type"]) == ("Zoom integration page", "Type")
    types = [listed(product, connections) for connections in (ORGANIZATION_ONLY, PERSONAL_ONLY, BOTH)]
    assert types == ["organization", "personal", "personal"]


@proves("CAL-34", "CAL-41")
def check_no_type_while_not_connected(product: Product) -> None:
    """Who has neither connection has no type; one that is to be reconnected counts as none."""
    assert listed(product, NEITHER) is None
    assert listed(product, zooms(organization=NEEDS_RECONNECT, own=NEEDS_RECONNECT)) is None
    for level in (Level.ORGANIZATION, Level.MEMBER):
        assert {spec.name: spec.kind for spec in product.manifest.phases[level]} == KINDS
    refusal(product.select_host(scheduling(NEITHER)), "connect_first", "CAL-41")
