"""One candidate, a complete form, and Save: then there is a Zoom meeting with a join URL of its own."""

from __future__ import annotations

from greenroom.conformance import Product, proves, refusal
from greenroom.conformance.facts import interview
from greenroom.model import (
    Candidate,
    CreateRequest,
    GivenLink,
    Interview,
    NewMeeting,
    NoMeeting,
    NotYet,
    Refusal,
    Stage,
    Wanted,
    Wish,
)
from greenroom_exelare.checks.asks import (
    EVERYTHING,
    INA,
    authorized,
    changed,
    declared,
    hosted,
    invites,
    planned,
    printed,
    scheduling,
    wanted,
    without,
)
from greenroom_exelare.settings import OrganizationSettings

SAVED = Stage.SAVED
CAM, KIM = (Candidate(email=f"{name}@home.example") for name in ("cam", "kim"))


def saved(**facts: object) -> Interview:
    """Return a saved interview whose form is complete but for ``facts``."""
    return interview(INA, stage=SAVED).model_copy(update=facts)


@proves("EXE-13", "EXE-14")
def check_the_way_to_schedule_reads_as_printed(product: Product) -> None:
    """Scheduling begins at the active candidates, with "Schedule" and "Zoom Meeting"."""
    assert printed("candidates: Candidates > Active", "schedule: Schedule > Zoom Meeting", "save: Save")


@proves("EXE-13")
def check_only_zoom_meetings_are_made_at_zoom(product: Product) -> None:
    """Where Zoom Meeting was not picked there is no meeting, authorized or not."""
    for zoom in (None, False):
        for phase in ("connected", "not_connected"):
            answer = wanted(product, saved(wish=Wish(zoom=zoom)), connections=authorized(phase))
            assert isinstance(answer, NoMeeting)


@proves("EXE-13")
def check_links_are_not_taken_from_elsewhere(product: Product) -> None:
    """A link entered by hand is not passed off as the product's behaviour: the document knows none."""
    given = Wish(zoom=True, given=GivenLink(url="https://example.zoom.us/j/1"))
    refusal(wanted(product, saved(wish=given)), "manual_details_not_taken", "CORE-11")


@proves("EXE-15")
def check_no_candidate_no_meeting(product: Product) -> None:
    """With no checkbox ticked no meeting can be made."""
    refusal(wanted(product, saved(candidates=())), "one_candidate", "EXE-15")


@proves("EXE-13", "EXE-15")
def check_one_candidate_at_a_time(product: Product) -> None:
    """Two ticked candidates are refused: the steps speak of one record."""
    refusal(wanted(product, saved(candidates=(CAM, KIM))), "one_candidate", "EXE-15")


@proves("EXE-16", "EXE-18")
def check_required_details(product: Product) -> None:
    """Subject, Date and Time are required: without one of them nothing is created."""
    for facts in ({"subject": None}, {"subject": "  "}, {"start": None, "zone": None}):
        refusal(wanted(product, saved(**facts)), "details_missing", "EXE-16", "EXE-18")


@proves("EXE-18")
def check_no_plan_without_a_subject(product: Product) -> None:
    """Nothing is asked of Zoom for an interview without a Subject, however it came that far."""
    asked = scheduling()
    fields = {name: getattr(asked, name) for name in CreateRequest.model_fields if name != "choice"}
    about = {"interview": saved(subject=None), "choice": hosted(product, asked.connections)}
    answer = product.create_meeting(CreateRequest.model_validate({**fields, **about}))
    refusal(answer, "details_missing", "EXE-18")


@proves("EXE-17")
def check_no_option_that_nobody_configured(product: Product) -> None:
    """Nothing is sent of join before host, waiting room, passcode, authentication or recording."""
    plan = planned(product)
    assert plan == NewMeeting(topic=plan.topic, use_pmi=False, insist=frozenset({"use_pmi"}), because=plan.because)


@proves("EXE-19")
def check_save_makes_the_meeting(product: Product) -> None:
    """A complete form that is saved gets its meeting, under the Subject that was entered."""
    assert isinstance(wanted(product), Wanted)
    assert planned(product).topic == "Onsite interview"


@proves("EXE-19")
def check_nothing_before_save(product: Product) -> None:
    """A form that was not saved makes no meeting, complete or not."""
    for facts in ({}, {"subject": None}):
        answer = wanted(product, saved(stage=Stage.DRAFT, **facts))
        assert isinstance(answer, NotYet)
        assert answer.until is SAVED


@proves("EXE-20")
def check_the_join_url_is_unique(product: Product) -> None:
    """The host's Personal Meeting ID is kept out, and Zoom's overruling that makes the meeting degraded."""
    plan = planned(product)
    assert plan.use_pmi is False
    assert plan.insist == {"use_pmi"}
    assert declared("link: {stage: saved, opt_in: interview, unique: always, clauses: [EXE-13, EXE-19, EXE-20]}")


@proves("EXE-21")
def check_a_meeting_belongs_to_one_candidate(product: Product) -> None:
    """Meeting information has one candidate profile to be stored in: of none or of several none is made."""
    assert isinstance(wanted(product, saved(candidates=(CAM,))), Wanted)
    for candidates in ((), (CAM, KIM)):
        assert isinstance(wanted(product, saved(candidates=candidates)), Refusal)


@proves("EXE-22", "EXE-37")
def check_calendar_sync_makes_an_event(product: Product) -> None:
    """With calendar sync on, the event is in the recruiter's Zoom-connected calendar at once."""
    event = invites(product, calendar_sync=True)["scheduler"]
    assert (event.channel, event.calendar, event.release) == ("calendar", "zoom", "at_once")
    assert event.shows == {"join_url"}


@proves("EXE-23")
def check_no_event_without_calendar_sync(product: Product) -> None:
    """Calendar sync is off until enabled; then there is no event, and everything else as before."""
    assert not OrganizationSettings().calendar_sync
    assert invites(product).keys() == {"candidate"}
    assert isinstance(wanted(product), Wanted)


@proves("EXE-38", "EXE-39")
def check_the_event_follows(product: Product) -> None:
    """The event is modified when the interview is rescheduled and removed when it is canceled."""
    for why, scope in (("changed", "calendar:update"), ("cancelled", "calendar:delete")):
        assert "scheduler" in invites(product, why=why, calendar_sync=True)
        assert "scheduler" not in invites(product, why=why, calendar_sync=True, scopes=without(scope))


@proves("EXE-37", "EXE-59")
def check_no_event_that_could_not_follow(product: Product) -> None:
    """Without one of the permissions to create, modify and remove events none is created; the mail still is."""
    for scope in ("calendar:write", "calendar:update", "calendar:delete"):
        assert invites(product, calendar_sync=True, scopes=without(scope)).keys() == {"candidate"}


@proves("EXE-41")
def check_rescheduling_updates_the_meeting(product: Product) -> None:
    """A rescheduled interview updates its meeting in place, so the join URL stays."""
    answer = changed(product)
    assert answer.kind == "follow"
    assert (answer.at_zoom, answer.calendars) == ("update", "update")


@proves("EXE-42")
def check_cancelling_deletes_the_meeting(product: Product) -> None:
    """A canceled interview deletes its meeting at Zoom and takes back its events."""
    answer = changed(product, cancelled=True)
    assert answer.kind == "follow"
    assert (answer.at_zoom, answer.calendars) == ("delete", "cancel")


@proves("EXE-41", "EXE-42", "EXE-59")
def check_changes_need_their_permission(product: Product) -> None:
    """Without the permission to update or delete meetings just that is refused, and the other still works."""
    for scope, cancelled in (("meeting:update", False), ("meeting:delete", True)):
        left = authorized(scopes=without(scope))
        refusal(changed(product, cancelled=cancelled, connections=left), "scope_missing", "EXE-59")
        assert changed(product, cancelled=not cancelled, connections=left).kind == "follow"


@proves("EXE-61")
def check_out_of_reach_a_meeting_is_kept(product: Product) -> None:
    """Revoked or switched off, nothing is done at Zoom any more, and that is said."""
    for answer in (changed(product, reachable=False), changed(product, connections=authorized(toggle="off"))):
        assert answer.kind == "follow"
        assert answer.at_zoom == "keep"
        assert [say.key for say in answer.warnings] == ["meeting_not_changed"]


@proves("EXE-59")
def check_scheduling_needs_its_permission(product: Product) -> None:
    """Without the permission to create meetings none is wanted; without any other it still is."""
    refusal(wanted(product, connections=authorized(scopes=without("meeting:write"))), "scope_missing", "EXE-59")
    only = EVERYTHING - without("meeting:write")
    assert isinstance(wanted(product, connections=authorized(scopes=only)), Wanted)
