"""Scheduling a Zoom Meeting: whose account, when the link is made, what is asked of Zoom, who is told."""

from __future__ import annotations

from datetime import timedelta

from greenroom.conformance import Product, proves, refusal
from greenroom.conformance.facts import NOW, interview, meeting, organization, person, with_zoom, zoom_user
from greenroom.model import (
    Action,
    CreateRequest,
    GivenLink,
    HostChoice,
    Invite,
    InviteRequest,
    Invites,
    Level,
    NewMeeting,
    NoMeeting,
    NotYet,
    Person,
    Span,
    Stage,
    UseLink,
    Wanted,
    Wish,
    ZoomPlan,
    ZoomUser,
)
from greenroom_trakstar.checks.asks import BEN, BEN_AT_ZOOM, RITA, RITA_AT_ZOOM, hosting, own, printed, scheduling

BY_HAND = GivenLink(url=" https://example.zoom.us/j/1 ", meeting_id="1", password=" pw ")  # noqa: S106  # made up
DETAILS = {"join_url", "meeting_id", "passcode"}


def _hosted(answer: object) -> HostChoice:
    assert isinstance(answer, HostChoice), answer
    return answer


def _overlapping(product: Product, plan: ZoomPlan | None, *, licensed: bool = True) -> tuple[str, ...]:
    host: ZoomUser = zoom_user("rita.recruiter@zoom.example", plan=plan, licensed=licensed)
    busy = interview().span
    assert busy is not None
    answer = _hosted(product.select_host(hosting(connected=own("connected", zoom=host), load=((host.email, busy),))))
    return tuple(one.key for one in answer.warnings)


def _plan(product: Product) -> NewMeeting:
    asked = hosting()
    choice = _hosted(product.select_host(asked))
    plan = product.create_meeting(
        CreateRequest(
            organization=asked.organization,
            actor=asked.actor,
            at=asked.at,
            connections=asked.connections,
            interview=asked.interview,
            choice=choice,
        )
    )
    assert isinstance(plan, NewMeeting)
    return plan


def _invites(product: Product, *, given: GivenLink | None = None) -> dict[str, Invite]:
    made = None if given else meeting(RITA_AT_ZOOM, own("connected"))
    about = interview(person("ina@acme.example"), stage=Stage.CONFIRMED)
    letters = product.render_invite(
        InviteRequest(
            organization=organization(),
            actor=RITA,
            at=NOW,
            interview=about,
            meeting=made,
            given=given,
            calendar="google",
        )
    )
    assert isinstance(letters, Invites)
    return {one.audience: one for one in letters.items}


@proves("TRK-20")
def check_pro_cannot_meet_twice_at_once(product: Product) -> None:
    """On Pro an overlapping meeting is reported; scheduling it is allowed."""
    assert _overlapping(product, "pro") == ("one_meeting_at_a_time",)


@proves("TRK-21")
def check_business_can(product: Product) -> None:
    """On Business two meetings at once are nothing to report."""
    assert _overlapping(product, "business") == ()


@proves("TRK-22")
def check_free_accounts_cannot(product: Product) -> None:
    """A free account is told of an overlap, whether the plan or the user's licence is Basic."""
    assert "one_meeting_at_a_time" in _overlapping(product, "basic")
    assert "one_meeting_at_a_time" in _overlapping(product, "business", licensed=False)


@proves("TRK-20")
def check_meetings_one_after_the_other(product: Product) -> None:
    """Meetings of the scheduler that only touch this one, and those of others, are no overlap."""
    pro = zoom_user("rita.recruiter@zoom.example", plan="pro")
    busy = interview().span
    assert busy is not None
    before = Span(start=busy.start - timedelta(hours=1), end=busy.start)
    for load in (((pro.email, before),), ((BEN.email, busy),)):
        answer = _hosted(product.select_host(hosting(connected=own("connected", zoom=pro), load=load)))
        assert not answer.warnings


@proves("TRK-24")
def check_another_users_connection_does_not_count(product: Product) -> None:
    """Ben's being connected does not make Rita connected, even when Ben confirms her interview."""
    bens = own("connected", of=BEN, zoom=BEN_AT_ZOOM)
    for actor in (RITA, BEN):
        refusal(product.want_meeting(scheduling(actor=actor, connected=bens)), "connect_first")
        refusal(product.select_host(hosting(actor=actor, connected=bens)), "connect_first")


@proves("TRK-30")
def check_the_meeting_type_is_the_wish(product: Product) -> None:
    """Only an interview of type "Zoom Meeting" gets a meeting."""
    assert printed("meeting_type: Zoom Meeting", "create: create an interview")
    for wish in (Wish(), Wish(zoom=False)):
        assert isinstance(product.want_meeting(scheduling(wish=wish)), NoMeeting)


@proves("TRK-31", "TRK-32")
def check_no_meeting_before_confirmation(product: Product) -> None:
    """Until the interview is confirmed there is a message and no meeting."""
    for stage in (Stage.DRAFT, Stage.SAVED):
        answer = product.want_meeting(scheduling(stage=stage))
        assert isinstance(answer, NotYet)
        assert (answer.until, answer.say.key) == (Stage.CONFIRMED, "details_once_confirmed")


@proves("TRK-33")
def check_confirmed_gets_a_link(product: Product) -> None:
    """A confirmed interview gets its link by itself, and keeps wanting it once sent."""
    for stage in (Stage.CONFIRMED, Stage.SENT):
        assert isinstance(product.want_meeting(scheduling(stage=stage)), Wanted)


@proves("TRK-34", "TRK-37")
def check_everybody_gets_the_details_by_calendar(product: Product) -> None:
    """Candidates and interviewers have the Zoom details in their calendar invite, at once."""
    sent = _invites(product)
    assert set(sent) == {"candidate", "interviewers"}
    for invite in sent.values():
        assert invite.shows == DETAILS
        assert (invite.channel, invite.release) == ("calendar", "at_once")


@proves("TRK-35")
def check_links_are_unique(product: Product) -> None:
    """No Personal Meeting ID is used, so every interview has a link of its own."""
    plan = _plan(product)
    assert plan.use_pmi is False
    assert "use_pmi" in plan.insist


@proves("TRK-36")
def check_interviewers_need_no_zoom(product: Product) -> None:
    """Interviewers without Zoom are no obstacle, and those with Zoom do not host."""
    for interviewer in (person("ina@acme.example"), with_zoom("ina@acme.example")):
        about = interview(interviewer, stage=Stage.CONFIRMED)
        assert _hosted(product.select_host(hosting(about=about))).host == RITA_AT_ZOOM


@proves("TRK-38", "TRK-44", "TRK-52")
def check_connect_first(product: Product) -> None:
    """A scheduler who is not connected is told to connect, or enter the details, at every stage."""
    for phase in ("not_connected", "pre_approval_requested", "needs_reconnect"):
        for stage in Stage:
            answer = refusal(product.want_meeting(scheduling(stage=stage, connected=own(phase))), "connect_first")
            assert answer.next == (Action.CONNECT, Action.ENTER_MANUALLY)
        refusal(product.select_host(hosting(connected=own(phase))), "connect_first")


@proves("TRK-39")
def check_the_scheduler_hosts(product: Product) -> None:
    """The meeting is made through the scheduler's connection, under its Zoom user, whatever its address."""
    answer = _hosted(product.select_host(hosting()))
    assert (answer.host, answer.via.owner, answer.turn) == (RITA_AT_ZOOM, RITA.id, None)


@proves("TRK-39")
def check_an_inactive_zoom_user_does_not_host(product: Product) -> None:
    """A scheduler whose Zoom user is no longer active is asked to connect again; nobody stands in."""
    gone = zoom_user("rita.recruiter@zoom.example", status="inactive")
    refusal(product.select_host(hosting(connected=own("connected", zoom=gone))), "zoom_user_not_active")


@proves("TRK-39")
def check_a_job_without_an_acting_member(product: Product) -> None:
    """What goes on by itself uses the connection it is shown, if it is a member's."""
    alone = hosting().model_copy(update={"actor": None})
    assert _hosted(product.select_host(alone)).host == RITA_AT_ZOOM
    others = own("connected").model_copy(update={"level": Level.ORGANIZATION})
    refusal(product.select_host(alone.model_copy(update={"connections": (others,)})), "connect_first")


@proves("TRK-40")
def check_each_link_under_its_own_scheduler(product: Product) -> None:
    """Rita's interviews are hosted by her Zoom user, Ben's by his."""
    about = interview(scheduler=Person(email=BEN.email), stage=Stage.CONFIRMED)
    bens = hosting(about=about, actor=BEN, connected=own("connected", of=BEN, zoom=BEN_AT_ZOOM))
    assert _hosted(product.select_host(bens)).host == BEN_AT_ZOOM
    assert _hosted(product.select_host(hosting())).host == RITA_AT_ZOOM


@proves("TRK-41")
def check_people_join_without_the_host(product: Product) -> None:
    """Joining before the host is asked for and the waiting room off; Zoom's overruling either is told."""
    plan = _plan(product)
    assert (plan.join_before_host, plan.waiting_room) == (True, False)
    assert plan.insist >= {"join_before_host", "waiting_room"}


@proves("TRK-42", "TRK-43")
def check_free_accounts_work_within_their_limits(product: Product) -> None:
    """A free scheduler hosts, and is told that Zoom's free limits apply; a paid one is not."""
    free = own("connected", zoom=zoom_user("rita@zoom.example", licensed=False, plan="basic"))
    assert [one.key for one in _hosted(product.select_host(hosting(connected=free))).warnings] == ["free_limits"]
    assert not _hosted(product.select_host(hosting())).warnings


@proves("TRK-45")
def check_url_is_needed_once_confirmed(product: Product) -> None:
    """Confirmed, details without a url are refused; before, they may still be filled in."""
    blank = Wish(zoom=True, given=GivenLink(url=" ", meeting_id="1"))
    refusal(product.want_meeting(scheduling(wish=blank)), "url_needed")
    assert isinstance(product.want_meeting(scheduling(wish=blank, stage=Stage.SAVED)), UseLink)
    assert printed("url: url", "meeting_id: ID", "password: password")


@proves("TRK-45", "TRK-46")
def check_details_pass_as_typed(product: Product) -> None:
    """Details entered by hand are used byte for byte, connected or not, and reach everybody invited."""
    for phase in ("not_connected", "connected"):
        answer = product.want_meeting(scheduling(wish=Wish(zoom=True, given=BY_HAND), connected=own(phase)))
        assert isinstance(answer, UseLink)
        assert answer.link == BY_HAND
    assert {frozenset(invite.shows) for invite in _invites(product, given=BY_HAND).values()} == {frozenset(DETAILS)}
