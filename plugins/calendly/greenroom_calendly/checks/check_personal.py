"""A personal and an admin-managed Zoom side by side: what is shown is what is used."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member
from greenroom.model import Action, Cause, Done, GoToZoom, HostChoice, Keep, Level, Wanted
from greenroom_calendly.checks.asks import (
    CONNECTED,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    UMAS_OWN_ZOOM,
    USER,
    activate,
    ask,
    connect_personal,
    declared,
    ending,
    hosted,
    personal,
    printed,
    scheduling,
    shown,
    whether,
    zooms,
)


@proves("CAL-16")
def check_a_personal_connection_is_not_overwritten(product: Product) -> None:
    """Connecting the organization keeps a grant at organization level and takes no personal one's place."""
    answer = activate(product)
    assert isinstance(answer, Keep)
    assert (answer.level, answer.replaces) == (Level.ORGANIZATION, False)
    assert "CAL-16" in cited(answer)


@proves("CAL-25", "CAL-26")
def check_never_two_personal_ones(product: Product) -> None:
    """A second personal Zoom takes the place of the first: one personal, one admin-managed, no third."""
    answer = connect_personal(product, own=CONNECTED, organization=CONNECTED)
    assert isinstance(answer, Keep)
    assert (answer.level, answer.replaces) == (Level.MEMBER, True)
    assert "CAL-26" in cited(answer)


@proves("CAL-27")
def check_the_personal_one_is_shown(product: Product) -> None:
    """With both connected the set-up page shows only the personal connection."""
    assert declared("levels: [member, organization]")
    assert shown(zooms(organization=CONNECTED, own=CONNECTED)) is Level.MEMBER


@proves("CAL-28")
def check_the_other_one_appears_instead(product: Product) -> None:
    """Once the personal connection is gone, the admin-managed one is shown and used."""
    gone = zooms(organization=CONNECTED)
    assert shown(gone) is Level.ORGANIZATION
    assert hosted(product, gone).via.level is Level.ORGANIZATION


@proves("CAL-29")
def check_the_personal_one_is_used(product: Product) -> None:
    """With both connected a meeting is made through the personal connection, under its Zoom user."""
    choice = hosted(product, zooms(organization=CONNECTED, own=CONNECTED))
    assert (choice.via.level, choice.host) == (Level.MEMBER, UMAS_OWN_ZOOM)
    assert "CAL-29" in cited(choice)


@proves("CAL-28", "CAL-30")
def check_disconnecting_the_personal_one_ends_only_that(product: Product) -> None:
    """A user disconnects their personal Zoom; the organization's connection is not touched."""
    both = zooms(organization=CONNECTED, own=CONNECTED)
    assert isinstance(ask(product, Action.DISCONNECT, Level.MEMBER, actor=USER, connections=both), Done)
    loss = ending(product, Cause.PERSON, Level.MEMBER)
    assert (loss.phase, loss.ends, loss.revoke, loss.flag_unmade) == (NOT_CONNECTED, "this", True, None)


@proves("CAL-30")
def check_nothing_personal_to_disconnect(product: Product) -> None:
    """The organization's connection is not disconnected in the place of a personal one that is not there."""
    only_organization = zooms(organization=CONNECTED)
    answer = ask(product, Action.DISCONNECT, Level.MEMBER, actor=USER, connections=only_organization)
    refusal(answer, "nothing_to_disconnect", "CORE-13")


@proves("CAL-39")
def check_personal_accounts_can_still_be_connected(product: Product) -> None:
    """Every active user connects a personal account, whatever became of the organization's; no Zoom role is asked."""
    for phase in (NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT):
        state = zooms(organization=phase)
        answer = ask(product, Action.CONNECT, Level.MEMBER, actor=USER, connections=state)
        assert isinstance(answer, GoToZoom)
        assert answer.app == "user"
        assert isinstance(connect_personal(product, organization=phase), Keep)


@proves("CAL-39")
def check_a_personal_account_wants_its_users_consent(product: Product) -> None:
    """A user who declines or fails at Zoom, or is no longer active, has no personal connection."""
    refusal(connect_personal(product, outcome="declined"), "declined", "CORE-12")
    refusal(connect_personal(product, outcome="failed"), "authorization_failed", "CAL-39")
    gone = member("user", active=False)
    refusal(ask(product, Action.CONNECT, Level.MEMBER, actor=gone), "not_an_active_member")
    refusal(ask(product, Action.COMPLETE, Level.MEMBER, actor=None), "not_an_active_member")


@proves("CAL-44")
def check_personal_after_the_organization(product: Product) -> None:
    """A user of a connected organization connects a personal Zoom too; now both, the personal one shown."""
    answer = connect_personal(product, organization=CONNECTED)
    assert isinstance(answer, Keep)
    assert answer.level is Level.MEMBER
    assert "CAL-44" in cited(answer)
    assert shown(zooms(organization=CONNECTED, own=CONNECTED)) is Level.MEMBER


@proves("CAL-24")
def check_personal_connections_survive_a_demotion(product: Product) -> None:
    """The administrator's losing their role leaves personal connections as they are, and in use."""
    loss = ending(product, Cause.AUTHORIZER_ROLE, Level.MEMBER)
    assert (loss.phase, loss.ends, loss.revoke) == (CONNECTED, "nothing", False)
    assert hosted(product, zooms(organization=NEEDS_RECONNECT, own=CONNECTED)).via.level is Level.MEMBER


@proves("CAL-40")
def check_personal_connections_survive_a_disconnect(product: Product) -> None:
    """Users with a personal connection stay connected, type personal, when the organization is disconnected."""
    left = zooms(own=CONNECTED)
    assert shown(left) is Level.MEMBER
    assert "CAL-40" in cited(hosted(product, left))
    assert ending(product, Cause.PERSON).ends == "all_of_organization"


@proves("CAL-29")
def check_an_inactive_personal_zoom_is_not_passed_over(product: Product) -> None:
    """A personal Zoom user who is not active any more is refused; the organization's does not quietly stand in."""
    own, theirs = zooms(organization=CONNECTED, own=CONNECTED)
    inactive = UMAS_OWN_ZOOM.model_copy(update={"status": "inactive"})
    answer = product.select_host(scheduling((own.model_copy(update={"zoom_user": inactive}), theirs)))
    assert refusal(answer, "zoom_user_not_active", "CORE-08").next == (Action.CONNECT,)


@proves("CAL-29")
def check_somebody_elses_personal_zoom_is_not_used(product: Product) -> None:
    """Only the scheduling user's own personal connection counts, not that of another user who acts."""
    theirs = member("user", email="ben@acme.example")
    asked = scheduling((personal(CONNECTED, of=theirs), *zooms()[1:])).model_copy(update={"actor": theirs})
    refusal(product.select_host(asked), "connect_first")
    refusal(product.want_meeting(whether(asked)), "connect_first")


@proves("CAL-02")
def check_a_new_user_schedules_at_once(product: Product) -> None:
    """Somebody who has just signed up to a connected organization schedules with no step of their own."""
    state = scheduling(zooms(organization=CONNECTED))
    assert isinstance(product.want_meeting(whether(state)), Wanted)
    assert isinstance(product.select_host(state), HostChoice)


@proves("CAL-32", "CAL-33")
def check_the_type_column(product: Product) -> None:
    """The Type column says organization or personal; with both it says personal, in one row."""
    assert printed("organization: organization", "member: personal", "member_type: Type")
    assert shown(zooms(organization=CONNECTED, own=CONNECTED)) is Level.MEMBER


@proves("CAL-34", "CAL-41")
def check_no_type_while_not_connected(product: Product) -> None:
    """Who has neither connection is shown as not connected, without a type; a broken one counts as none."""
    assert shown(zooms()) is None
    assert shown(zooms(organization=NEEDS_RECONNECT, own=NEEDS_RECONNECT)) is None
    refusal(product.select_host(scheduling(zooms())), "connect_first", "CAL-41")
