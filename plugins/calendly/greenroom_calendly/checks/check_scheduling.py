"""Users schedule, and Zoom meeting details are shared automatically."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member, person, with_zoom
from greenroom.model import Action, GivenLink, Level, NewMeeting, NoMeeting, NotYet, Say, Stage, Wanted, Wish
from greenroom_calendly.checks.asks import (
    NEITHER,
    ORGANIZATION_ONLY,
    UMA_AT_ZOOM,
    USER,
    hosted,
    invites,
    planned,
    scheduling,
    whether,
)


@proves("CAL-02")
def check_a_new_user_schedules_at_once(product: Product) -> None:
    """Somebody who has just signed up to a connected organization schedules with no step of their own."""
    event = scheduling(ORGANIZATION_ONLY)
    wanted = product.want_meeting(whether(event))
    assert isinstance(wanted, Wanted)
    assert cited(wanted) == {"CAL-02", "CAL-15"}
    assert hosted(product, ORGANIZATION_ONLY).host == UMA_AT_ZOOM
    assert hosted(product, ORGANIZATION_ONLY[1:]).host == UMA_AT_ZOOM


@proves("CAL-15")
def check_no_step_is_needed_for_details(product: Product) -> None:
    """An event gets its meeting without anybody's asking for one, once it is scheduled and whenever it is told of."""
    for zoom in (None, True):
        for stage in (Stage.CONFIRMED, Stage.SENT):
            event = scheduling(ORGANIZATION_ONLY, wish=Wish(zoom=zoom), stage=stage)
            assert isinstance(product.want_meeting(whether(event)), Wanted)


@proves("CAL-15")
def check_not_before_it_is_scheduled(product: Product) -> None:
    """An event that is not scheduled yet has no meeting."""
    assert product.manifest.link.stage == "confirmed"
    for stage in (Stage.DRAFT, Stage.SAVED):
        answer = product.want_meeting(whether(scheduling(ORGANIZATION_ONLY, stage=stage)))
        assert isinstance(answer, NotYet)
        assert answer.until is Stage.CONFIRMED


@proves("CAL-15")
def check_everybody_gets_the_details_at_once(product: Product) -> None:
    """Interviewers and candidate have link, meeting ID and passcode in their calendars, with nobody's looking at
    them first or sending them."""
    assert not product.manifest.sending.review_first
    found = invites(product)
    assert found.keys() == {"interviewers", "candidate"}
    for invite in found.values():
        assert invite.shows == {"join_url", "meeting_id", "passcode"}
        assert (invite.channel, invite.calendar, invite.direct_link) == ("calendar", "google", True)
        assert (invite.release, invite.editable) == ("at_once", frozenset())


@proves("CAL-15")
def check_nobody_is_invited_who_is_not_there(product: Product) -> None:
    """An event without interviewers, or without a candidate, invites the others only."""
    event = scheduling(ORGANIZATION_ONLY).interview
    assert invites(product, event.model_copy(update={"interviewers": ()})).keys() == {"candidate"}
    assert invites(product, event.model_copy(update={"candidates": ()})).keys() == {"interviewers"}


@proves("CAL-15")
def check_no_details_without_a_meeting(product: Product) -> None:
    """Where no meeting was made, people are invited all the same, and shown no details of one; who schedules hears of
    it."""
    assert product.manifest.problems["creation"].to == "scheduler"
    found = invites(product, linked=False)
    assert found.keys() == {"interviewers", "candidate"}
    assert all(not invite.shows for invite in found.values())


@proves("CAL-38")
def check_another_location_gets_no_meeting(product: Product) -> None:
    """An event whose location is not Zoom gets none, connected or not, scheduled or not."""
    assert product.manifest.link.opt_in == "kind"
    for connections in (ORGANIZATION_ONLY, NEITHER):
        for stage in (Stage.DRAFT, Stage.CONFIRMED):
            event = scheduling(connections, wish=Wish(zoom=False), stage=stage)
            assert isinstance(product.want_meeting(whether(event)), NoMeeting)


@proves("CAL-15")
def check_details_are_not_taken_from_elsewhere(product: Product) -> None:
    """A link entered by hand is not passed off as the product's behaviour: the document knows none."""
    for zoom in (None, True, False):
        by_hand = Wish(zoom=zoom, given=GivenLink(url="https://example.zoom.us/j/1"))
        answer = product.want_meeting(whether(scheduling(ORGANIZATION_ONLY, wish=by_hand)))
        refusal(answer, "manual_details_not_taken", "CORE-11")


@proves("CAL-15")
def check_the_scheduling_user_hosts(product: Product) -> None:
    """Through the organization's connection the host is the scheduling user's own Zoom user in that account, whoever
    acts, and if nobody does."""
    for actor in (USER, member("admin"), None):
        choice = hosted(product, ORGANIZATION_ONLY, actor=actor)
        assert (choice.via.level, choice.host) == (Level.ORGANIZATION, UMA_AT_ZOOM)
        assert cited(choice) == {"CAL-15"}
        assert [(one.who, one.verdict) for one in choice.considered] == [(UMA_AT_ZOOM.email, "host")]


@proves("CAL-15")
def check_a_basic_zoom_user_hosts_too(product: Product) -> None:
    """The document asks for no licence of the user who schedules."""
    uma = with_zoom(USER.email, licensed=False)
    assert hosted(product, ORGANIZATION_ONLY, scheduler=uma).host == uma.zoom


@proves("CAL-15")
def check_the_administrator_never_stands_in(product: Product) -> None:
    """A scheduling user who has no active Zoom user in the account gets a refusal, not the administrator as host."""
    for uma in (person(USER.email), with_zoom(USER.email, status="inactive"), with_zoom(USER.email, status="pending")):
        answer = product.select_host(scheduling(ORGANIZATION_ONLY, scheduler=uma))
        assert refusal(answer, "no_zoom_user", "CAL-15", "CAL-39").next == (Action.CONNECT,)


@proves("CAL-15")
def check_zooms_own_settings_rule(product: Product) -> None:
    """Nothing but the topic is asked of Zoom: the document names no setting of a meeting, and promises no link that is
    unique."""
    assert product.manifest.link.unique == "silent"
    plan = planned(product, subject="Onsite interview")
    assert plan == NewMeeting(topic="Onsite interview", because=plan.because)
    assert cited(plan) == {"CAL-15", "CORE-14"}
    assert isinstance(planned(product, subject=None).topic, Say)
