"""Scheduling over stages, wishes, people and overlaps that nobody wrote down."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from greenroom.conformance.facts import NOW, interview, meeting, organization, zoom_user
from greenroom.model import (
    ChangeRequest,
    GivenLink,
    HostChoice,
    Member,
    NoMeeting,
    NotYet,
    Person,
    Refusal,
    Span,
    Stage,
    UseLink,
    Wanted,
    Wish,
    ZoomPlan,
)
from greenroom_trakstar.checks.asks import BEN, BEN_AT_ZOOM, RITA, hosting, own, scheduling
from greenroom_trakstar.rules import change, select_host, want_meeting

PHASES = ("not_connected", "pre_approval_requested", "connected", "needs_reconnect")
ALLOWED_TOGETHER = frozenset({"business", "education", "enterprise"})
MEMBERS = st.sampled_from((RITA, BEN))


@given(
    url=st.text(),
    meeting_id=st.none() | st.text(),
    password=st.none() | st.text(),
    stage=st.sampled_from(Stage),
    phase=st.sampled_from(PHASES),
)
def test_details_entered_by_hand_pass_as_typed(
    url: str, meeting_id: str | None, password: str | None, stage: Stage, phase: str
) -> None:
    """Whatever was typed is used byte for byte, connected or not; only a confirmed interview needs a url."""
    typed = GivenLink(url=url, meeting_id=meeting_id, password=password)
    answer = want_meeting(scheduling(stage=stage, wish=Wish(zoom=True, given=typed), connected=own(phase)))
    if stage >= Stage.CONFIRMED and not url.strip():
        assert isinstance(answer, Refusal)
        assert answer.code == "url_needed"
    else:
        assert isinstance(answer, UseLink)
        assert answer.link == typed


@given(stage=st.sampled_from(Stage), zoom=st.sampled_from((True, False, None)), phase=st.sampled_from(PHASES))
def test_what_is_wanted_when(stage: Stage, zoom: bool | None, phase: str) -> None:
    """The type, then the connection, then the stage decide, in this order."""
    answer = want_meeting(scheduling(stage=stage, wish=Wish(zoom=zoom), connected=own(phase)))
    if not zoom:
        assert isinstance(answer, NoMeeting)
    elif phase != "connected":
        assert isinstance(answer, Refusal)
    elif stage < Stage.CONFIRMED:
        assert isinstance(answer, NotYet)
    else:
        assert isinstance(answer, Wanted)


@given(actor=MEMBERS, scheduler=MEMBERS, owner=MEMBERS, phase=st.sampled_from(PHASES))
def test_only_the_schedulers_connection_hosts(actor: Member, scheduler: Member, owner: Member, phase: str) -> None:
    """Whoever acts, an interview is hosted through the usable connection of the member who schedules it."""
    about = interview(scheduler=Person(email=scheduler.email), stage=Stage.CONFIRMED)
    connected = own(phase, of=owner, zoom=BEN_AT_ZOOM)
    answer = select_host(hosting(about=about, actor=actor, connected=connected))
    assert isinstance(answer, HostChoice) == (scheduler == owner and phase == "connected")


def test_a_step_that_nobody_acts_in_uses_the_connection_it_is_shown() -> None:
    """A job that goes on without an acting member works with what it was given."""
    request = hosting().model_copy(update={"actor": None})
    assert isinstance(select_host(request), HostChoice)


@given(
    plan=st.sampled_from((None, "basic", "pro", "business", "education", "enterprise")),
    licensed=st.booleans(),
    shifts=st.lists(st.integers(-120, 120), max_size=4),
)
def test_overlaps_are_told_and_never_refused(plan: ZoomPlan | None, shifts: list[int], *, licensed: bool) -> None:
    """A warning is given exactly when any other meeting overlaps on a plan that is known not to allow it, whether
    the interview is made there or moved there."""
    host = zoom_user("rita.recruiter@zoom.example", plan=plan, licensed=licensed)
    load = tuple((host.email.upper(), _shifted(minutes)) for minutes in shifts)
    theirs, here = own("connected", zoom=host), interview()
    choice = select_host(hosting(connected=theirs, load=load))
    assert isinstance(choice, HostChoice)
    moved = ChangeRequest(
        organization=organization(),
        actor=RITA,
        at=NOW,
        connections=(theirs,),
        before=interview(start=None),
        after=here,
        meeting=meeting(host, theirs),
        load=load,
    )
    free = plan == "basic" or not licensed
    known_to_forbid = free or (plan is not None and plan not in ALLOWED_TOGETHER)
    told = any(abs(minutes) < 45 for minutes in shifts) and known_to_forbid
    for answer in (choice, change(moved)):
        assert ("one_meeting_at_a_time" in {one.key for one in answer.warnings}) == told


def _shifted(minutes: int) -> Span:
    span = interview().span
    assert span is not None
    moved = timedelta(minutes=minutes)
    return Span(start=span.start + moved, end=span.end + moved)


def test_a_stated_plan_counts_where_zoom_tells_none() -> None:
    """A user's own grant cannot read the plan; then what the organization stated is believed."""
    host = zoom_user("rita.recruiter@zoom.example", plan=None)
    span = interview().span
    assert span is not None
    request = hosting(connected=own("connected", zoom=host), load=((host.email, span),), plan="pro")
    answer = select_host(request)
    assert isinstance(answer, HostChoice)
    assert [one.key for one in answer.warnings] == ["one_meeting_at_a_time"]
