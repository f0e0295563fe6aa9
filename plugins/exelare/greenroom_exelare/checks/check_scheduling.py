"""One candidate, a complete form, and Save: then there is a Zoom meeting with a join URL of its own."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import interview
from greenroom.model import (
    Action,
    Candidate,
    CreateRequest,
    GivenLink,
    Interview,
    NewMeeting,
    NoMeeting,
    NotYet,
    Stage,
    Wanted,
    Wish,
)
from greenroom_exelare.checks.asks import (
    EVERYTHING,
    INA,
    NOT_CONNECTED,
    authorized,
    hosted,
    planned,
    scheduling,
    wanted,
    without,
)

CAM, KIM = (Candidate(email=f"{name}@home.example") for name in ("cam", "kim"))


def saved(**facts: object) -> Interview:
    """Return a saved interview whose form is complete but for ``facts``."""
    return interview(INA, stage=Stage.SAVED).model_copy(update=facts)


@proves("EXE-13")
def check_the_way_to_schedule_reads_as_printed(product: Product) -> None:
    """Scheduling is "Schedule" and then "Zoom Meeting", for each interview anew."""
    assert product.prints("Schedule > Zoom Meeting")
    assert product.manifest.link.opt_in == "interview"


@proves("EXE-13")
def check_only_zoom_meetings_are_made_at_zoom(product: Product) -> None:
    """Where Zoom Meeting was not picked there is no meeting, authorized or not."""
    for zoom in (None, False):
        for phase in ("connected", NOT_CONNECTED):
            answer = wanted(product, saved(wish=Wish(zoom=zoom)), connections=authorized(phase))
            assert isinstance(answer, NoMeeting)
            assert cited(answer) == {"EXE-13"}


@proves("EXE-13")
def check_links_are_not_taken_from_elsewhere(product: Product) -> None:
    """A link entered by hand is not passed off as the product's behaviour: the document knows none."""
    for zoom in (True, None):
        given = Wish(zoom=zoom, given=GivenLink(url="https://example.zoom.us/j/1"))
        refusal(wanted(product, saved(wish=given)), "manual_details_not_taken", "CORE-11")


@proves("EXE-14")
def check_active_candidates_are_scheduled(product: Product) -> None:
    """Whom to schedule is chosen from the Active view of the candidates."""
    assert product.prints("Candidates > Active")


@proves("EXE-15")
def check_no_candidate_no_meeting(product: Product) -> None:
    """With no checkbox ticked no meeting can be made."""
    refusal(wanted(product, saved(candidates=())), "one_candidate", "EXE-15")


@proves("EXE-13", "EXE-21")
def check_one_candidate_at_a_time(product: Product) -> None:
    """One ticked candidate's profile is where the meeting is stored: two ticked ones are refused."""
    assert isinstance(wanted(product, saved(candidates=(CAM,))), Wanted)
    for several in ((CAM, KIM), (CAM, KIM, CAM)):
        refusal(wanted(product, saved(candidates=several)), "one_candidate", "EXE-13")


@proves("EXE-16", "EXE-18")
def check_required_details(product: Product) -> None:
    """Subject, Date and Time are required: without one of them nothing is created."""
    assert product.prints("required meeting details, Subject, Date and Time")
    for facts in ({"subject": None}, {"subject": "  "}, {"start": None, "zone": None}):
        refusal(wanted(product, saved(**facts)), "details_missing", "EXE-16", "EXE-18")


@proves("EXE-16")
def check_nothing_else_is_required(product: Product) -> None:
    """How long it takes, who interviews and what else there is to say may be left open."""
    for facts in ({"minutes": None}, {"interviewers": ()}, {"notes": None, "room": None, "kind": None}):
        assert isinstance(wanted(product, saved(**facts)), Wanted)


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
    assert plan == NewMeeting(topic=plan.topic, use_pmi=plan.use_pmi, insist=plan.insist, because=plan.because)


@proves("EXE-19")
def check_save_makes_the_meeting(product: Product) -> None:
    """A complete form that is saved gets its meeting, under the Subject that was entered."""
    for stage in (Stage.SAVED, Stage.CONFIRMED, Stage.SENT):
        answer = wanted(product, saved(stage=stage))
        assert isinstance(answer, Wanted)
        assert cited(answer) >= {"EXE-13", "EXE-19"}
    assert planned(product).topic == "Onsite interview"
    assert cited(planned(product)) >= {"EXE-19"}
    assert product.manifest.link.stage == "saved"
    assert product.words.action(Action.CONFIGURE) == product.words.places.get("save") == "Save"


@proves("EXE-19")
def check_nothing_before_save(product: Product) -> None:
    """A form that was not saved makes no meeting, complete or not."""
    for facts in ({}, {"subject": None}, {"candidates": ()}):
        answer = wanted(product, saved(stage=Stage.DRAFT, **facts))
        assert isinstance(answer, NotYet)
        assert answer.until is Stage.SAVED
        assert cited(answer) == {"EXE-19"}


@proves("EXE-20")
def check_the_join_url_is_unique(product: Product) -> None:
    """The host's Personal Meeting ID is kept out, and Zoom's overruling that makes the meeting degraded."""
    plan = planned(product)
    assert plan.use_pmi is False
    assert plan.insist == {"use_pmi"}
    assert cited(plan) >= {"EXE-20"}
    assert product.manifest.link.unique == "always"
    told = product.manifest.problems.get("degraded.use_pmi")
    assert told is not None
    assert told.to == "scheduler"


@proves("EXE-19", "EXE-59")
def check_scheduling_needs_its_permission(product: Product) -> None:
    """Without the permission to create meetings none is wanted; without any other it still is."""
    refused = refusal(
        wanted(product, connections=authorized(scopes=without("meeting:write"))), "scope_missing", "EXE-59"
    )
    assert refused.say.values == (("scope", "meeting:write"),)
    assert refused.next == (Action.CONNECT,)
    only = EVERYTHING - without("meeting:write")
    assert isinstance(wanted(product, connections=authorized(scopes=only)), Wanted)
