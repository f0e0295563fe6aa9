"""Users schedule, and Zoom meeting details are shared automatically."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import NOW, person, with_zoom
from greenroom.model import (
    Action,
    CreateRequest,
    GivenLink,
    Level,
    NewMeeting,
    NoMeeting,
    NotYet,
    Stage,
    Wanted,
    Wish,
)
from greenroom_calendly.checks.asks import CONNECTED, UMA_AT_ZOOM, USER, hosted, invites, scheduling, whether, zooms

ORGANIZATION_CONNECTED = zooms(organization=CONNECTED)


@proves("CAL-15")
def check_no_step_is_needed_for_details(product: Product) -> None:
    """An event gets its meeting without anybody's asking for one."""
    for zoom in (None, True):
        assert isinstance(
            product.want_meeting(whether(scheduling(ORGANIZATION_CONNECTED, wish=Wish(zoom=zoom)))), Wanted
        )


@proves("CAL-15")
def check_everybody_gets_the_details_at_once(product: Product) -> None:
    """Interviewers and candidate have link, meeting ID and passcode in their calendars, with nobody's sending them."""
    found = invites(product)
    assert found.keys() == {"interviewers", "candidate"}
    for invite in found.values():
        assert invite.shows == {"join_url", "meeting_id", "passcode"}
        assert (invite.channel, invite.release, invite.editable) == ("calendar", "at_once", frozenset())


@proves("CAL-15")
def check_no_details_without_a_meeting(product: Product) -> None:
    """Where no meeting was made, an invite shows no details of one."""
    assert all(not invite.shows for invite in invites(product, linked=False).values())


@proves("CAL-15")
def check_not_before_it_is_scheduled(product: Product) -> None:
    """An event that is not scheduled yet has no meeting."""
    for stage in (Stage.DRAFT, Stage.SAVED):
        answer = product.want_meeting(whether(scheduling(ORGANIZATION_CONNECTED, stage=stage)))
        assert isinstance(answer, NotYet)
        assert answer.until is Stage.CONFIRMED


@proves("CAL-38")
def check_another_location_gets_no_meeting(product: Product) -> None:
    """An event whose location is not Zoom gets none, connected or not."""
    for connections in (ORGANIZATION_CONNECTED, zooms()):
        answer = product.want_meeting(whether(scheduling(connections, wish=Wish(zoom=False))))
        assert isinstance(answer, NoMeeting)


@proves("CAL-15")
def check_details_are_not_taken_from_elsewhere(product: Product) -> None:
    """A link entered by hand is not passed off as the product's behaviour: the document knows none."""
    given = Wish(zoom=True, given=GivenLink(url="https://example.zoom.us/j/1"))
    refusal(
        product.want_meeting(whether(scheduling(ORGANIZATION_CONNECTED, wish=given))),
        "manual_details_not_taken",
        "CORE-11",
    )


@proves("CAL-15")
def check_the_scheduling_user_hosts(product: Product) -> None:
    """Through the organization's connection the host is the scheduling user's own Zoom user in that account."""
    choice = hosted(product, ORGANIZATION_CONNECTED)
    assert (choice.via.level, choice.host) == (Level.ORGANIZATION, UMA_AT_ZOOM)


@proves("CAL-15")
def check_the_administrator_never_stands_in(product: Product) -> None:
    """A scheduling user who has no active Zoom user in the account gets a refusal, not the administrator as host."""
    for uma in (person(USER.email), with_zoom(USER.email, status="inactive"), with_zoom(USER.email, status="pending")):
        answer = refusal(
            product.select_host(scheduling(ORGANIZATION_CONNECTED, scheduler=uma)), "no_zoom_user", "CAL-15"
        )
        assert answer.next == (Action.CONNECT,)


@proves("CAL-15")
def check_zooms_own_settings_rule(product: Product) -> None:
    """Nothing but the topic is asked of Zoom: the document names no setting of a meeting."""
    asked = whether(scheduling(ORGANIZATION_CONNECTED))
    fields = {name: getattr(asked, name) for name in type(asked).model_fields}
    plan = product.create_meeting(
        CreateRequest(**{**fields, "at": NOW}, choice=hosted(product, ORGANIZATION_CONNECTED))
    )
    assert isinstance(plan, NewMeeting)
    assert plan == NewMeeting(topic="Onsite interview", because=plan.because)
    assert cited(plan) == {"CAL-15", "CORE-14"}
