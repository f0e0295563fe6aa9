"""The Zoom account that was used must stay an administrator's, and must stay."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import zoom_user
from greenroom.model import Action, Cause, GoToZoom, Level, Say, ShareLink
from greenroom_calendly.checks.asks import (
    CONNECTED,
    KINDS,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OWNER,
    ZACK_AT_ZOOM,
    ZOE_AT_ZOOM,
    activate,
    ask,
    ending,
    hosted,
    kept,
    scheduling,
    shown,
    whether,
    zooms,
)

BROKEN = zooms(organization=NEEDS_RECONNECT)


@proves("CAL-21", "CAL-22", "CAL-23")
def check_the_administrator_has_to_stay_one(product: Product) -> None:
    """A Zoom administrator who is removed as one, or whose role changes, leaves a connection to be made anew: it has
    ended for nobody, and nothing is given back at Zoom."""
    loss = ending(product, Cause.AUTHORIZER_ROLE)
    assert (loss.phase, loss.ends, loss.revoke) == (NEEDS_RECONNECT, "nothing", False)
    assert cited(loss) == {"CAL-21", "CAL-22", "CAL-23"}


@proves("CAL-22", "CAL-23")
def check_no_meetings_until_reconnected(product: Product) -> None:
    """While it has to be reconnected, nobody schedules through it; a personal Zoom is the way on."""
    spec = product.manifest.phase(Level.ORGANIZATION, NEEDS_RECONNECT)
    assert spec is not None
    assert spec.kind is KINDS[NEEDS_RECONNECT]
    event = scheduling(BROKEN)
    refused = refusal(product.want_meeting(whether(event)), "reconnect_needed", "CAL-22", "CAL-23", "CAL-39")
    assert refused.next == (Action.CONNECT,)
    refusal(product.select_host(event), "reconnect_needed")
    assert "reconnected with a different Zoom administrator account" in product.words.text(refused.say)


@proves("CAL-21", "CAL-22")
def check_who_schedules_is_told_to_reconnect(product: Product) -> None:
    """Whose meeting Zoom no longer makes hears that the account has to stay an administrator's, and what to do."""
    told = product.manifest.problems["permission_lost"]
    assert told.to == "scheduler"
    said = product.words.text(Say(key=told.say))
    assert "must stay as an administrator" in said
    assert "reconnect with a different Zoom administrator account" in said


@proves("CAL-22")
def check_another_administrator_reconnects(product: Product) -> None:
    """A connection that lost its administrator is started as at first, and a different administrator's takes its
    place."""
    button = product.words.phase(Level.ORGANIZATION, NEEDS_RECONNECT).button
    assert button == product.words.action(Action.SHARE, Level.ORGANIZATION)
    assert isinstance(ask(product, Action.SHARE, connections=BROKEN), ShareLink)
    assert isinstance(ask(product, Action.CONNECT, actor=OWNER, connections=BROKEN), GoToZoom)
    for own in (NOT_CONNECTED, CONNECTED):
        answer = kept(activate(product, zoom=ZACK_AT_ZOOM, organization=NEEDS_RECONNECT, own=own))
        assert (answer.phase, answer.level, answer.replaces) == (CONNECTED, Level.ORGANIZATION, True)


@proves("CAL-22")
def check_who_is_no_administrator_cannot_reconnect(product: Product) -> None:
    """Neither the account that is no administrator any more nor another plain one makes the connection anew."""
    demoted = ZOE_AT_ZOOM.model_copy(update={"role": "member"})
    for zoom in (demoted, zoom_user("ben@acme.example")):
        refusal(activate(product, zoom=zoom, organization=NEEDS_RECONNECT), "zoom_admin_needed", "CAL-05")


@proves("CAL-24")
def check_personal_connections_survive_a_demotion(product: Product) -> None:
    """The administrator's losing their role leaves personal connections as they are, shown and in use; their own
    asks for no role."""
    loss = ending(product, Cause.AUTHORIZER_ROLE, Level.MEMBER)
    assert (loss.phase, loss.ends, loss.revoke, loss.flag_unmade) == (CONNECTED, "nothing", False, None)
    left = zooms(organization=NEEDS_RECONNECT, own=CONNECTED)
    assert shown(product, left) is Level.MEMBER
    assert hosted(product, left).via.level is Level.MEMBER


@proves("CAL-36", "CAL-37")
def check_a_removed_zoom_account_disconnects(product: Product) -> None:
    """Removing the Zoom account, or the app from it, disconnects everybody who had the organization's connection, with
    nothing left at Zoom to revoke."""
    for cause in (Cause.AUTHORIZER_GONE, Cause.UNINSTALLED):
        for phase in (CONNECTED, NEEDS_RECONNECT):
            loss = ending(product, cause, at=phase)
            assert (loss.phase, loss.ends, loss.revoke) == (NOT_CONNECTED, "all_of_organization", False)
            assert cited(loss) == {"CAL-36", "CAL-37", "CAL-38"}


@proves("CAL-36")
def check_a_grant_that_fails_removes_nothing(product: Product) -> None:
    """A grant that Zoom does not honour any more is not a removed account: there is something left to reconnect."""
    for cause in (Cause.GRANT_DEAD, Cause.SCOPES_LOST, Cause.APPROVAL_WITHDRAWN):
        loss = ending(product, cause)
        assert (loss.phase, loss.revoke, loss.flag_unmade) == (NEEDS_RECONNECT, False, None)
        assert loss.ends != "all_of_organization"
