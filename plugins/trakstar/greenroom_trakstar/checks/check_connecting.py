"""Each Hire user connects, and disconnects, for themself."""

from __future__ import annotations

from greenroom.conformance import Product, proves, refusal
from greenroom.conformance.facts import NOW, attempt, interview, meeting, member, organization
from greenroom.model import (
    Action,
    Cause,
    ChangeRequest,
    Confirm,
    Done,
    Follow,
    GoToZoom,
    Keep,
    Level,
    Person,
    Stage,
    Wanted,
)
from greenroom_trakstar.checks.asks import (
    BEN,
    RITA,
    RITA_AT_ZOOM,
    ask,
    complete,
    declared,
    ending,
    own,
    printed,
    scheduling,
)


@proves("TRK-01", "TRK-02")
def check_one_hire_account_per_zoom_login(product: Product) -> None:
    """A Zoom login that another Hire account holds is not connected here; that account is not touched."""
    refusal(complete(product, held_elsewhere=True), "zoom_login_in_use")
    assert declared("exclusive: {by: zoom_user, clauses: [TRK-01, TRK-02, TRK-03]}")


@proves("TRK-05")
def check_the_other_account_uses_the_manual_process(product: Product) -> None:
    """Who cannot connect here is pointed to entering details by hand, and may."""
    answer = refusal(complete(product, held_elsewhere=True), "zoom_login_in_use")
    assert answer.next == (Action.ENTER_MANUALLY,)
    assert isinstance(ask(product, Action.ENTER_MANUALLY), Done)


@proves("TRK-03", "TRK-06")
def check_a_zoom_login_nobody_holds_connects(product: Product) -> None:
    """A login of its own, or one that another account has let go, can be connected."""
    assert isinstance(complete(product, held_elsewhere=False), Keep)


@proves("TRK-23")
def check_every_user_for_themself(product: Product) -> None:
    """Connections are members' own, through a user-managed app; there is no link for somebody else."""
    assert declared("levels: [member]", "reach: own", "apps: {member: user}")
    refusal(ask(product, Action.SHARE), "not_offered")


@proves("TRK-23")
def check_a_zoom_role_does_not_matter(product: Product) -> None:
    """Connecting asks for no role at Zoom, so losing one ends nothing."""
    loss = ending(product, Cause.AUTHORIZER_ROLE)
    assert (loss.phase, loss.ends, loss.revoke) == ("connected", "nothing", False)


@proves("TRK-23")
def check_inactive_users_are_refused(product: Product) -> None:
    """Who is no longer an active Hire user does nothing to the integration."""
    gone = member("Hire user", active=False)
    for action in (Action.CONNECT, Action.ASK_APPROVAL, Action.DISCONNECT, Action.ENTER_MANUALLY):
        refusal(ask(product, action, actor=gone), "not_an_active_member")
    back = attempt(level=Level.MEMBER)
    refusal(ask(product, Action.COMPLETE, actor=gone, attempt=back, zoom=RITA_AT_ZOOM), "not_an_active_member")


@proves("TRK-25", "TRK-47")
def check_places_read_as_printed(product: Product) -> None:
    """Connecting and disconnecting are found where the document says."""
    assert printed("applications: Settings -> Connected Applications", "connect: Connect", "disconnect: Disconnect")


@proves("TRK-26")
def check_connect_goes_to_zoom(product: Product) -> None:
    """The button "Connect" leads to Zoom's pages for the user-managed app, with any Zoom login."""
    for phase in ("not_connected", "needs_reconnect"):
        answer = ask(product, Action.CONNECT, phase=phase)
        assert isinstance(answer, GoToZoom)
        assert (answer.app, answer.phase, answer.must_be_email) == ("user", None, None)


@proves("TRK-27", "TRK-28")
def check_approved_at_zoom_is_connected(product: Product) -> None:
    """Back from Zoom the button says "Disconnect": the user's own connection is made."""
    answer = complete(product)
    assert isinstance(answer, Keep)
    assert (answer.phase, answer.level, answer.replaces) == ("connected", Level.MEMBER, False)
    assert printed("connected: {label: Connected, colour: green, button: Disconnect}")
    again = complete(product, phase="needs_reconnect")
    assert isinstance(again, Keep)
    assert again.replaces


@proves("TRK-28")
def check_connected_offers_no_connect(product: Product) -> None:
    """A connected user has the button "Disconnect" in place of "Connect"."""
    answer = refusal(ask(product, Action.CONNECT, phase="connected"), "already_connected")
    assert answer.next == (Action.DISCONNECT,)
    refusal(complete(product, phase="connected"), "already_connected")
    refusal(ask(product, Action.ASK_APPROVAL, phase="connected"), "already_connected")


@proves("TRK-29")
def check_cancelled_or_failed_at_zoom(product: Product) -> None:
    """Who cancels or fails at Zoom stays unconnected and can try again."""
    for outcome, code in (
        ("declined", "declined"),
        ("failed", "authorization_failed"),
        ("not_allowed", "authorization_failed"),
    ):
        answer = refusal(complete(product, outcome=outcome), code)
        assert answer.next == (Action.CONNECT,)


@proves("TRK-48")
def check_disconnecting_is_confirmed_first(product: Product) -> None:
    """The first click shows a popup; only "Confirm Disconnect" removes the integration."""
    answer = ask(product, Action.DISCONNECT, phase="connected")
    assert isinstance(answer, Confirm)
    assert answer.say.key == "confirm_disconnect"
    assert printed("confirm_disconnect: Confirm Disconnect")
    assert isinstance(ask(product, Action.DISCONNECT, phase="connected", confirmed=True), Done)


@proves("TRK-49")
def check_a_dismissed_popup_changes_nothing(product: Product) -> None:
    """The popup by itself moves no phase and tells nobody."""
    answer = ask(product, Action.DISCONNECT, phase="connected", offer=True)
    assert isinstance(answer, Confirm)
    assert not answer.notices


@proves("TRK-48", "TRK-54")
def check_nothing_to_disconnect(product: Product) -> None:
    """Without a connection there is nothing to disconnect; the button is "Connect"."""
    for phase in ("not_connected", "pre_approval_requested"):
        for confirmed in (False, True):
            answer = refusal(ask(product, Action.DISCONNECT, phase=phase, confirmed=confirmed), "nothing_to_disconnect")
            assert answer.next == (Action.CONNECT,)


@proves("TRK-50", "TRK-52")
def check_disconnected_is_never_connected(product: Product) -> None:
    """After disconnecting, a Zoom Meeting meets the message to connect, as before the first connection."""
    disconnected = own(ending(product).phase)
    answer = refusal(product.want_meeting(scheduling(connected=disconnected)), "connect_first")
    assert answer.next == (Action.CONNECT, Action.ENTER_MANUALLY)


@proves("TRK-51")
def check_links_made_before_are_kept(product: Product) -> None:
    """A link outlives its connection; that the meeting at Zoom cannot follow a change is said."""
    request = ChangeRequest(
        organization=organization(),
        actor=RITA,
        at=NOW,
        connections=(own("not_connected"),),
        before=interview(),
        after=interview(minutes=60),
        meeting=meeting(RITA_AT_ZOOM, own("connected")),
        reachable=False,
    )
    answer = product.change(request)
    assert isinstance(answer, Follow)
    assert answer.at_zoom == "keep"
    assert [one.key for one in answer.warnings] == ["link_not_updated"]
    followed = product.change(request.model_copy(update={"reachable": True}))
    assert isinstance(followed, Follow)
    assert (followed.at_zoom, followed.warnings) == ("update", ())


@proves("TRK-53")
def check_disconnecting_ends_one_connection(product: Product) -> None:
    """Only the user's own connection ends, and its grant is given back."""
    loss = ending(product)
    assert (loss.phase, loss.ends, loss.revoke) == ("not_connected", "this", True)
    bens = scheduling(actor=BEN, connected=own("connected", of=BEN))
    about = interview(scheduler=Person(email=BEN.email), stage=Stage.CONFIRMED)
    assert isinstance(product.want_meeting(bens.model_copy(update={"interview": about})), Wanted)


@proves("TRK-54")
def check_reconnecting(product: Product) -> None:
    """Disconnected, the button is "Connect" again and leads to Zoom."""
    assert isinstance(ask(product, Action.CONNECT, phase=ending(product).phase), GoToZoom)
    assert printed("not_connected: {label: Not connected, colour: grey, button: Connect}")
