"""Scheduling a Zoom Meeting: when the link is made, what whoever is not connected can do, who is told."""

from __future__ import annotations

from typing import get_args

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.model import Action, Detail, GivenLink, Level, NoMeeting, NotYet, Stage, UseLink, Wanted, Why, Wish
from greenroom_trakstar.checks.asks import (
    BEN,
    BEN_AT_ZOOM,
    BY_HAND,
    RITA,
    by_audience,
    changed,
    hosting,
    invited,
    own,
    says,
    scheduling,
)

UNCONNECTED = ("not_connected", "pre_approval_requested", "needs_reconnect")
DETAILS: frozenset[Detail] = frozenset({"join_url", "meeting_id", "passcode"})


@proves("TRK-24")
def check_another_users_connection_does_not_count(product: Product) -> None:
    """Ben's being connected does not make Rita connected, even when Ben confirms her interview."""
    bens = own("connected", of=BEN, zoom=BEN_AT_ZOOM)
    for actor in (RITA, BEN):
        refusal(product.want_meeting(scheduling(actor=actor, connected=bens)), "connect_first")
        refusal(product.select_host(hosting(actor=actor, connected=bens)), "connect_first")


@proves("TRK-30")
def check_the_meeting_type_is_the_wish(product: Product) -> None:
    """From the candidate's profile to the page "Interview Creation": only the type "Zoom Meeting" gets a meeting."""
    way = [product.words.places[one] for one in ("candidate", "create", "creation", "meeting_type")]
    assert way == ["candidate's profile", "create an interview", "Interview Creation", "Zoom Meeting"]
    for phase in ("connected", "not_connected"):
        for wish in (Wish(), Wish(zoom=False)):
            assert isinstance(product.want_meeting(scheduling(wish=wish, connected=own(phase))), NoMeeting)
    assert isinstance(product.want_meeting(scheduling(wish=Wish(zoom=True))), Wanted)
    assert product.manifest.link.opt_in == "interview"


@proves("TRK-31")
def check_the_message_before_confirmation(product: Product) -> None:
    """Connected and the type chosen, a message says when details come: once the meeting is confirmed."""
    for stage in (Stage.DRAFT, Stage.SAVED):
        answer = product.want_meeting(scheduling(stage=stage))
        assert isinstance(answer, NotYet)
        said = product.words.text(answer.say)
        assert said == "Meeting details will be generated once the meeting is confirmed."
        assert "TRK-31" in cited(answer)


@proves("TRK-32")
def check_no_meeting_before_confirmation(product: Product) -> None:
    """A draft and a saved interview have no meeting; it waits for the confirmation, as is declared."""
    for stage in (Stage.DRAFT, Stage.SAVED):
        answer = product.want_meeting(scheduling(stage=stage))
        assert isinstance(answer, NotYet)
        assert answer.until is Stage.CONFIRMED
        assert "TRK-32" in cited(answer)
    assert product.manifest.link.stage == "confirmed"


@proves("TRK-33")
def check_confirmed_gets_a_link(product: Product) -> None:
    """A confirmed interview gets its link by itself, and keeps wanting it once sent."""
    for stage in (Stage.CONFIRMED, Stage.SENT):
        answer = product.want_meeting(scheduling(stage=stage))
        assert isinstance(answer, Wanted)
        assert (answer.warnings, answer.notices) == ((), ())
        assert "TRK-33" in cited(answer)


@proves("TRK-34")
def check_everybody_gets_the_details_by_calendar(product: Product) -> None:
    """Candidates and interviewers have url, ID and password in an invite in the calendar, and nobody else is told."""
    letters = invited(product)
    sent = by_audience(letters)
    assert set(sent) == {"candidate", "interviewers"}
    for invite in sent.values():
        assert (invite.channel, invite.calendar) == ("calendar", "google")
        assert invite.shows == DETAILS
    assert "TRK-34" in cited(letters)


@proves("TRK-34")
def check_everybody_is_told_again(product: Product) -> None:
    """Who has the details in the calendar is told when the interview changes, and when it is cancelled."""
    new = invited(product)
    for why in get_args(Why):
        assert invited(product, why=why).items == new.items


@proves("TRK-37")
def check_interviewers_get_the_link_by_itself(product: Product) -> None:
    """An interviewer without Zoom gets the link automatically: at once, with nobody looking the invite over first."""
    letters = invited(product)
    invite = by_audience(letters)["interviewers"]
    assert "join_url" in invite.shows
    assert (invite.release, invite.direct_link) == ("at_once", True)
    assert product.manifest.sending.review_first is False
    assert "TRK-37" in cited(letters)


@proves("TRK-38")
def check_scheduling_needs_ones_own_connection(product: Product) -> None:
    """From the draft on, who schedules has to have connected; a request for approval or a broken one will not do."""
    for phase in UNCONNECTED:
        for stage in Stage:
            refusal(product.want_meeting(scheduling(stage=stage, connected=own(phase))), "connect_first", "TRK-38")
        refusal(product.select_host(hosting(connected=own(phase))), "connect_first")
    answer = refusal(product.want_meeting(scheduling(connected=own("not_connected"))), "connect_first")
    assert says(product, answer.say, "Settings -> Connected Applications")


@proves("TRK-44")
def check_the_message_to_connect(product: Product) -> None:
    """Not connected, the type "Zoom Meeting" meets a message to connect in order to auto generate links."""
    for phase in UNCONNECTED:
        answer = refusal(product.want_meeting(scheduling(connected=own(phase))), "connect_first", "TRK-44")
        assert answer.next[0] is Action.CONNECT
        assert says(product, answer.say, "connect your", "account", "in order to auto generate meeting links")


@proves("TRK-45")
def check_the_way_by_hand(product: Product) -> None:
    """Who is not connected is shown the other way, to enter url, ID and password by hand, and may take it."""
    assert Action.ENTER_MANUALLY in product.manifest.actions[Level.MEMBER]
    for phase in UNCONNECTED:
        answer = refusal(product.want_meeting(scheduling(connected=own(phase))), "connect_first", "TRK-45")
        assert Action.ENTER_MANUALLY in answer.next
        assert says(product, answer.say, "enter the meeting details (url, ID and password) manually")
        typed = scheduling(wish=Wish(zoom=True, given=BY_HAND), connected=own(phase))
        assert isinstance(product.want_meeting(typed), UseLink)
    places = product.words.places
    assert [places[one] for one in ("url", "meeting_id", "password")] == ["url", "ID", "password"]


@proves("TRK-45")
def check_only_the_url_is_needed(product: Product) -> None:
    """Confirmed, details without a url are refused; before, they may still be filled in. ID and password may lack."""
    blank = Wish(zoom=True, given=GivenLink(url=" ", meeting_id="1", password="pw"))  # noqa: S106  # made up
    bare = Wish(zoom=True, given=GivenLink(url="https://example.zoom.us/j/1"))
    for stage in Stage:
        assert isinstance(product.want_meeting(scheduling(wish=bare, stage=stage)), UseLink)
        answer = product.want_meeting(scheduling(wish=blank, stage=stage))
        if stage < Stage.CONFIRMED:
            assert isinstance(answer, UseLink)
        else:
            assert refusal(answer, "url_needed", "TRK-45").next == (Action.ENTER_MANUALLY, Action.CONNECT)


@proves("TRK-45", "TRK-46")
def check_details_pass_as_typed(product: Product) -> None:
    """Details entered by hand are used byte for byte, connected or not, at every stage: no meeting is made."""
    for phase in ("connected", *UNCONNECTED):
        for stage in Stage:
            typed = scheduling(stage=stage, wish=Wish(zoom=True, given=BY_HAND), connected=own(phase))
            answer = product.want_meeting(typed)
            assert isinstance(answer, UseLink)
            assert answer.link == BY_HAND
            assert cited(answer) >= {"TRK-45", "TRK-46"}


@proves("TRK-46")
def check_typed_details_reach_everybody(product: Product) -> None:
    """Everybody invited has them in the calendar, and a later change has nothing to do at Zoom."""
    letters = invited(product, given=BY_HAND)
    sent = by_audience(letters)
    assert {who: invite.shows for who, invite in sent.items()} == {"candidate": DETAILS, "interviewers": DETAILS}
    assert "TRK-46" in cited(letters)
    moved = changed(product, made=None, connections=(own("connected"),))
    assert (moved.at_zoom, moved.calendars, moved.warnings) == ("keep", "update", ())
