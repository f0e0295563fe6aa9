"""Each Hire user connects for themself: one Hire account per Zoom login, through Zoom's pages and back."""

from __future__ import annotations

from typing import get_args

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import attempt, member, zoom_user
from greenroom.model import Action, Cause, Done, GoToZoom, Keep, Level, Stage, UseLink, Wish, ZoomRole
from greenroom_trakstar.checks.asks import (
    APPROVED,
    BEN,
    BEN_AT_ZOOM,
    BY_HAND,
    RITA_AT_ZOOM,
    ask,
    button,
    complete,
    ending,
    own,
    says,
    scheduling,
)

UNCONNECTED = ("not_connected", "pre_approval_requested", "needs_reconnect")


@proves("TRK-01", "TRK-02")
def check_one_hire_account_per_zoom_login(product: Product) -> None:
    """A Zoom login that another Hire account holds is not connected here, and that account keeps it."""
    for phase in UNCONNECTED:
        answer = complete(product, phase=phase, plan="business", approval=APPROVED, held_elsewhere=True)
        refusal(answer, "zoom_login_in_use", "TRK-01", "TRK-02")
        assert answer.notices == ()


@proves("TRK-01")
def check_zoom_logins_are_exclusive(product: Product) -> None:
    """It is the Zoom login that serves one Hire account, and those who try another are told so."""
    exclusive = product.manifest.exclusive
    assert exclusive is not None
    assert exclusive.by == "zoom_user"
    answer = refusal(complete(product, held_elsewhere=True), "zoom_login_in_use")
    assert says(product, answer.say, "only able to connect to one Trakstar Hire account per Zoom login")


@proves("TRK-03")
def check_a_login_that_was_let_go_connects(product: Product) -> None:
    """Disconnecting lets the Zoom login go, and one that nobody holds any more can be connected."""
    loss = ending(product)
    assert (loss.ends, loss.revoke) == ("this", True)
    for phase in UNCONNECTED:
        assert isinstance(complete(product, phase=phase, held_elsewhere=False), Keep)


@proves("TRK-05")
def check_the_other_account_uses_the_manual_process(product: Product) -> None:
    """Who cannot connect here is pointed to entering details by hand, and may, at every stage."""
    answer = refusal(complete(product, held_elsewhere=True), "zoom_login_in_use", "TRK-05")
    assert answer.next == (Action.ENTER_MANUALLY,)
    manually = ask(product, Action.ENTER_MANUALLY)
    assert isinstance(manually, Done)
    assert "TRK-05" in cited(manually)
    for stage in Stage:
        typed = scheduling(stage=stage, wish=Wish(zoom=True, given=BY_HAND), connected=own("not_connected"))
        assert isinstance(product.want_meeting(typed), UseLink)


@proves("TRK-06")
def check_another_login_connects_beside(product: Product) -> None:
    """Ben's connection, through a Zoom login of his, does not keep Rita from connecting with hers."""
    beside = (own("not_connected"), own("connected", of=BEN, zoom=BEN_AT_ZOOM))
    assert isinstance(ask(product, Action.CONNECT, connections=beside), GoToZoom)
    answer = complete(product, connections=beside)
    assert isinstance(answer, Keep)
    assert not answer.replaces


@proves("TRK-23")
def check_every_user_for_themself(product: Product) -> None:
    """Connections are members' own, through a user-managed app; there is no link for somebody else."""
    manifest = product.manifest
    assert (manifest.levels, manifest.reach, manifest.apps) == ((Level.MEMBER,), "own", {Level.MEMBER: "user"})
    assert Action.SHARE not in manifest.actions[Level.MEMBER]
    refusal(ask(product, Action.SHARE), "not_offered")


@proves("TRK-23")
def check_roles_do_not_matter(product: Product) -> None:
    """Connecting asks for no role in Hire and none at Zoom, so losing one ends nothing."""
    for user in (member(), member("Hire user")):
        answer = ask(product, Action.CONNECT, user=user)
        assert isinstance(answer, GoToZoom)
        assert "TRK-23" in cited(answer)
    for role in get_args(ZoomRole):
        assert isinstance(complete(product, zoom=zoom_user(role=role)), Keep)
    loss = ending(product, Cause.AUTHORIZER_ROLE)
    assert (loss.phase, loss.ends, loss.revoke) == ("connected", "nothing", False)


@proves("TRK-23")
def check_inactive_users_are_refused(product: Product) -> None:
    """Who is no longer an active Hire user does nothing to the integration."""
    gone = member("Hire user", active=False)
    for action in (Action.CONNECT, Action.ASK_APPROVAL, Action.DISCONNECT, Action.ENTER_MANUALLY):
        refusal(ask(product, action, user=gone), "not_an_active_member")
    back = attempt(level=Level.MEMBER)
    refusal(ask(product, Action.COMPLETE, user=gone, attempt=back, zoom=RITA_AT_ZOOM), "not_an_active_member")


@proves("TRK-25")
def check_the_place_to_connect(product: Product) -> None:
    """Connecting is found under "Settings", then "Connected Applications"."""
    assert product.words.pages == {Level.MEMBER: "Settings -> Connected Applications"}
    places = product.words.places
    assert (places["settings"], places["applications"]) == ("Settings", "Settings -> Connected Applications")
    assert product.words.action(Action.CONNECT, Level.MEMBER) == "Connect"


@proves("TRK-26")
def check_connect_goes_to_zoom(product: Product) -> None:
    """The button "Connect" leads to Zoom's login page, for whatever Zoom login; nothing has moved yet."""
    for phase in ("not_connected", "needs_reconnect"):
        assert button(product, phase) == "Connect"
        answer = ask(product, Action.CONNECT, phase=phase)
        assert isinstance(answer, GoToZoom)
        assert (answer.app, answer.phase, answer.must_be_email) == ("user", None, None)
        assert answer.warnings == ()


@proves("TRK-27")
def check_the_way_back_from_zoom(product: Product) -> None:
    """Approved at Zoom, the user is back on their own settings page and connected, with whatever Zoom login."""
    answer = complete(product)
    assert isinstance(answer, Keep)
    assert (answer.phase, answer.level, answer.replaces) == ("connected", Level.MEMBER, False)
    assert "TRK-27" in cited(answer)
    assert product.words.pages[answer.level] == "Settings -> Connected Applications"


@proves("TRK-28")
def check_connect_becomes_disconnect(product: Product) -> None:
    """The button that said "Connect" says "Disconnect": so it is after the first connecting, and after another."""
    for phase, replaces in (("not_connected", False), ("needs_reconnect", True)):
        assert button(product, phase) == "Connect"
        answer = complete(product, phase=phase)
        assert isinstance(answer, Keep)
        assert (button(product, answer.phase), answer.replaces) == ("Disconnect", replaces)


@proves("TRK-28")
def check_connected_offers_no_connect(product: Product) -> None:
    """Whoever is connected cannot connect, or ask for an approval, again: they may disconnect."""
    for answer in (
        ask(product, Action.CONNECT, phase="connected"),
        ask(product, Action.ASK_APPROVAL, phase="connected"),
        complete(product, phase="connected"),
    ):
        assert refusal(answer, "already_connected", "TRK-28").next == (Action.DISCONNECT,)


@proves("TRK-29")
def check_cancelled_or_failed_at_zoom(product: Product) -> None:
    """Who cancels or fails at Zoom has connected nothing, is told which it was, and finds "Connect" as before."""
    for outcome, code in (
        ("declined", "declined"),
        ("failed", "authorization_failed"),
        ("not_allowed", "authorization_failed"),
    ):
        answer = refusal(complete(product, outcome=outcome), code, "TRK-29")
        assert answer.next == (Action.CONNECT,)
        assert answer.because[0].fact == (outcome if code == "authorization_failed" else "")
    answer = refusal(ask(product, Action.COMPLETE), "authorization_failed", "TRK-29")
    assert answer.because[0].fact == "no answer"
    assert button(product, "not_connected") == "Connect"
