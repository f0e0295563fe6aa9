"""Disconnecting: two clicks, one's own connection, links kept, and the way back."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import meeting
from greenroom.model import Action, Confirm, Done, GoToZoom, Keep, Level, Stage, UseLink, Wanted, Wish
from greenroom_trakstar.checks.asks import (
    BEN,
    BEN_AT_ZOOM,
    BY_HAND,
    RITA_AT_ZOOM,
    ask,
    button,
    changed,
    chosen,
    complete,
    ending,
    hosting,
    of_ben,
    own,
    says,
    scheduling,
)

WITH_A_CONNECTION = ("connected", "needs_reconnect")


@proves("TRK-47")
def check_the_place_to_disconnect(product: Product) -> None:
    """ "Disconnect" stands where "Connect" stood, under "Settings", then "Connected Applications"."""
    assert Action.DISCONNECT in product.manifest.actions[Level.MEMBER]
    assert product.words.action(Action.DISCONNECT, Level.MEMBER) == "Disconnect"
    assert button(product, "connected") == "Disconnect"
    assert product.words.pages[Level.MEMBER] == "Settings -> Connected Applications"


@proves("TRK-48")
def check_disconnecting_is_confirmed_first(product: Product) -> None:
    """The first click shows a popup; only "Confirm Disconnect" removes the integration."""
    for phase in WITH_A_CONNECTION:
        answer = ask(product, Action.DISCONNECT, phase=phase)
        assert isinstance(answer, Confirm)
        assert product.words.text(answer.say) == "Confirm Disconnect"
        assert "TRK-48" in cited(answer)
        confirmed = ask(product, Action.DISCONNECT, phase=phase, confirmed=True)
        assert isinstance(confirmed, Done)
        assert "TRK-48" in cited(confirmed)


@proves("TRK-50", "TRK-51")
def check_the_popup_says_what_it_means(product: Product) -> None:
    """Before confirming one reads that there will be no links on future interviews, and that earlier ones stay."""
    answer = ask(product, Action.DISCONNECT, phase="connected")
    assert cited(answer) >= {"TRK-50", "TRK-51"}
    assert len(answer.warnings) == 2
    future, earlier = answer.warnings
    assert says(product, future, "no longer be able to auto-create Zoom links on future interviews")
    assert says(product, earlier, "Any previous links created for upcoming interviews will be maintained")


@proves("TRK-49")
def check_a_dismissed_popup_changes_nothing(product: Product) -> None:
    """The popup by itself, also when a page only asks for it, ends nothing and tells nobody."""
    for offer in (False, True):
        answer = ask(product, Action.DISCONNECT, phase="connected", offer=offer)
        assert isinstance(answer, Confirm)
        assert answer.notices == ()
    assert isinstance(product.want_meeting(scheduling()), Wanted)


@proves("TRK-48", "TRK-54")
def check_nothing_to_disconnect(product: Product) -> None:
    """Without a connection there is nothing to disconnect, and no popup; one may connect."""
    for phase in ("not_connected", "pre_approval_requested"):
        for confirmed in (False, True):
            answer = refusal(ask(product, Action.DISCONNECT, phase=phase, confirmed=confirmed), "nothing_to_disconnect")
            assert answer.next == (Action.CONNECT,)


@proves("TRK-50")
def check_no_links_once_disconnected(product: Product) -> None:
    """After disconnecting the access is given back, and neither a meeting is wanted nor a host found."""
    loss = ending(product)
    assert (loss.phase, loss.revoke) == ("not_connected", True)
    assert "TRK-50" in cited(loss)
    disconnected = own(loss.phase)
    for stage in Stage:
        refusal(product.want_meeting(scheduling(stage=stage, connected=disconnected)), "connect_first")
    refusal(product.select_host(hosting(connected=disconnected)), "connect_first")


@proves("TRK-51")
def check_links_made_before_are_kept(product: Product) -> None:
    """A link outlives its connection; that the meeting at Zoom cannot follow a change is said."""
    made = meeting(RITA_AT_ZOOM, own("connected"))
    loss = ending(product)
    assert loss.flag_unmade is None
    assert "TRK-51" in cited(loss)
    for cancelled, calendars in ((False, "update"), (True, "cancel")):
        kept = changed(product, made=made, cancelled=cancelled, reachable=False, connections=(own("not_connected"),))
        assert (kept.at_zoom, kept.calendars) == ("keep", calendars)
        assert [one.key for one in kept.warnings] == ["link_not_updated"]
        assert "TRK-51" in cited(kept)
    followed = changed(product, made=made, connections=(own("connected"),))
    assert (followed.at_zoom, followed.warnings) == ("update", ())


@proves("TRK-52")
def check_disconnected_is_as_never_connected(product: Product) -> None:
    """Choosing "Zoom Meeting" then meets the message to connect and the entry by hand, as if one never had."""
    disconnected, never = own(ending(product).phase), own("not_connected")
    answer = refusal(product.want_meeting(scheduling(connected=disconnected)), "connect_first")
    assert answer.next == (Action.CONNECT, Action.ENTER_MANUALLY)
    assert answer == product.want_meeting(scheduling(connected=never))
    typed = product.want_meeting(scheduling(wish=Wish(zoom=True, given=BY_HAND), connected=disconnected))
    assert isinstance(typed, UseLink)


@proves("TRK-53")
def check_disconnecting_ends_one_connection(product: Product) -> None:
    """Only the user's own connection ends: Ben's goes on making links for Ben."""
    loss = ending(product)
    assert loss.ends == "this"
    assert "TRK-53" in cited(loss)
    bens = own("connected", of=BEN, zoom=BEN_AT_ZOOM)
    assert isinstance(product.want_meeting(scheduling(about=of_ben(), actor=BEN, connected=bens)), Wanted)
    assert chosen(product, hosting(about=of_ben(), actor=BEN, connected=bens)).host == BEN_AT_ZOOM


@proves("TRK-54")
def check_reconnecting(product: Product) -> None:
    """Disconnected, the button is "Connect" again, leads to Zoom, and connects anew."""
    loss = ending(product)
    phase = loss.phase
    assert phase == "not_connected"
    assert "TRK-54" in cited(loss)
    assert button(product, phase) == "Connect"
    assert isinstance(ask(product, Action.CONNECT, phase=phase), GoToZoom)
    again = complete(product, phase=phase)
    assert isinstance(again, Keep)
    assert not again.replaces
