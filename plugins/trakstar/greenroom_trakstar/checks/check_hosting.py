"""The scheduler's Zoom: who hosts, what is asked of Zoom, and what the plan of that account means for it."""

from __future__ import annotations

from datetime import timedelta

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import interview, meeting, with_zoom, zoom_user
from greenroom.model import Action, Answer, Follow, HostChoice, HostRequest, Span, Stage, ZoomPlan
from greenroom_trakstar.checks.asks import (
    BEN,
    BEN_AT_ZOOM,
    INA,
    RITA,
    RITA_AT_ZOOM,
    changed,
    chosen,
    hosting,
    of_ben,
    own,
    planned,
    says,
)

BUSY = interview().span


def _overlapping(
    product: Product, plan: ZoomPlan | None, *, licensed: bool = True, stated: ZoomPlan | None = None
) -> HostChoice:
    """Return the choice of Rita as host who has a meeting at that time, her Zoom account being on ``plan``."""
    assert BUSY is not None
    host = zoom_user("rita.recruiter@zoom.example", plan=plan, licensed=licensed)
    asked = hosting(connected=own("connected", zoom=host), load=((host.email, BUSY),), plan=stated)
    return chosen(product, asked)


def _moved_onto_another(product: Product, plan: ZoomPlan, *, cancelled: bool = False) -> Follow:
    """Return what follows when Rita's interview is moved to where she has another meeting, or cancelled."""
    assert BUSY is not None
    theirs = own("connected", zoom=zoom_user("rita.recruiter@zoom.example", plan=plan))
    assert theirs.zoom_user is not None
    load = ((theirs.zoom_user.email, BUSY),)
    made = meeting(theirs.zoom_user, theirs)
    return changed(product, made=made, cancelled=cancelled, connections=(theirs,), load=load)


def _told(answer: Answer) -> list[str]:
    return [one.key for one in answer.warnings]


@proves("TRK-20")
def check_pro_cannot_meet_twice_at_once(product: Product) -> None:
    """On Pro an overlapping meeting is reported, with what it would take; scheduling it is allowed."""
    answer = _overlapping(product, "pro")
    assert _told(answer) == ["one_meeting_at_a_time"]
    assert "TRK-20" in cited(answer)
    said = answer.warnings[0]
    assert says(product, said, "Pro Zoom accounts will not allow for multiple meetings to occur at once")
    assert says(product, said, "you must have a Business Zoom account to schedule multiple meetings at a time")


@proves("TRK-20")
def check_whose_plan_nobody_knows(product: Product) -> None:
    """Where Zoom does not tell the plan the one that was stated counts; where neither does, nothing is said."""
    assert _told(_overlapping(product, None, stated="pro")) == ["one_meeting_at_a_time"]
    assert _told(_overlapping(product, None, stated="business")) == []
    assert _told(_overlapping(product, None)) == []


@proves("TRK-20")
def check_meetings_one_after_the_other(product: Product) -> None:
    """Meetings of the scheduler that only touch this one, and those of others, are no overlap."""
    assert BUSY is not None
    pro = zoom_user("rita.recruiter@zoom.example", plan="pro")
    before = Span(start=BUSY.start - timedelta(hours=1), end=BUSY.start)
    for load in (((pro.email, before),), ((BEN.email, BUSY),)):
        assert chosen(product, hosting(connected=own("connected", zoom=pro), load=load)).warnings == ()


@proves("TRK-20", "TRK-21")
def check_moving_onto_another_meeting(product: Product) -> None:
    """An interview that is moved onto another meeting of its host is judged like one that is made there; one that is
    cancelled is in nobody's way."""
    pro, business = _moved_onto_another(product, "pro"), _moved_onto_another(product, "business")
    assert (pro.at_zoom, _told(pro)) == ("update", ["one_meeting_at_a_time"])
    assert "TRK-20" in cited(pro)
    assert (business.at_zoom, _told(business)) == ("update", [])
    assert "TRK-21" in cited(business)
    cancelled = _moved_onto_another(product, "pro", cancelled=True)
    assert (cancelled.at_zoom, _told(cancelled)) == ("delete", [])


@proves("TRK-21")
def check_business_can(product: Product) -> None:
    """On Business two meetings at once are nothing to report."""
    answer = _overlapping(product, "business")
    assert _told(answer) == []
    assert "TRK-21" in cited(answer)


@proves("TRK-21")
def check_what_is_above_business_can(product: Product) -> None:
    """The larger plans allow what Business allows."""
    for plan in ("education", "enterprise"):
        assert _told(_overlapping(product, plan)) == []


@proves("TRK-22")
def check_free_accounts_cannot(product: Product) -> None:
    """A free account is told of an overlap beside its limits, whether the plan or the user's licence is Basic."""
    for answer in (_overlapping(product, "basic"), _overlapping(product, "business", licensed=False)):
        assert _told(answer) == ["one_meeting_at_a_time", "free_limits"]
        assert "TRK-22" in cited(answer)


@proves("TRK-35")
def check_links_are_unique(product: Product) -> None:
    """Every interview has a meeting of its own, named after it; a Personal Meeting ID is refused, whatever the
    host's Zoom prefers, and should Zoom use it all the same that is told."""
    for subject in ("Onsite interview", "Second round", None):
        plan = planned(product, hosting(about=interview(INA, subject=subject, stage=Stage.CONFIRMED)))
        assert plan.use_pmi is False
        assert "use_pmi" in plan.insist
        assert plan.topic == subject or (subject is None and plan.topic)
        assert "TRK-35" in cited(plan)
    assert product.manifest.link.unique == "always"
    assert "degraded.use_pmi" in product.manifest.problems


@proves("TRK-36")
def check_interviewers_need_no_zoom(product: Product) -> None:
    """Interviewers without Zoom are no obstacle; nor are there any needed."""
    for interviewers in ((INA,), (INA, with_zoom("noor@acme.example")), ()):
        about = interview(*interviewers, stage=Stage.CONFIRMED)
        assert chosen(product, hosting(about=about)).host == RITA_AT_ZOOM


@proves("TRK-39")
def check_the_scheduler_hosts(product: Product) -> None:
    """The meeting is made through the scheduler's connection, under its Zoom user, whatever its address; neither an
    interviewer with Zoom nor a turn has a say."""
    about = interview(with_zoom("ina@acme.example"), stage=Stage.CONFIRMED)
    answer = chosen(product, hosting(about=about))
    assert (answer.host, answer.via, answer.turn) == (RITA_AT_ZOOM, own("connected"), None)
    assert [(one.who, one.verdict) for one in answer.considered] == [(RITA_AT_ZOOM.email, "host")]
    assert "TRK-39" in cited(answer)


@proves("TRK-39")
def check_an_inactive_zoom_user_does_not_host(product: Product) -> None:
    """A scheduler whose Zoom user is no longer active is asked to connect again; nobody stands in."""
    for status in ("inactive", "pending"):
        gone = zoom_user("rita.recruiter@zoom.example", status=status)
        answer = product.select_host(hosting(connected=own("connected", zoom=gone)))
        assert refusal(answer, "zoom_user_not_active").next == (Action.CONNECT, Action.ENTER_MANUALLY)


@proves("TRK-39")
def check_a_job_without_an_acting_member(product: Product) -> None:
    """What goes on by itself uses the connection it is shown."""
    alone = hosting().model_copy(update={"actor": None})
    assert chosen(product, alone).host == RITA_AT_ZOOM


@proves("TRK-40")
def check_each_link_under_its_own_scheduler(product: Product) -> None:
    """Rita's interviews are hosted by her Zoom user, Ben's by his; Ben's confirming one of hers changes nothing."""
    ritas, bens = own("connected"), own("connected", of=BEN, zoom=BEN_AT_ZOOM)
    for actor, about, first, host in (
        (RITA, None, ritas, RITA_AT_ZOOM),
        (BEN, of_ben(), bens, BEN_AT_ZOOM),
        (BEN, None, bens, RITA_AT_ZOOM),
    ):
        asked = hosting(about=about, actor=actor, connected=first)
        other = bens if first is ritas else ritas
        both = HostRequest.model_validate({**dict(asked), "connections": (first, other)})
        choice = chosen(product, both)
        assert choice.host == host
        assert "TRK-40" in cited(choice)


@proves("TRK-41")
def check_people_join_without_the_host(product: Product) -> None:
    """Joining before the host is asked for and the waiting room off; Zoom's overruling either is told."""
    plan = planned(product, hosting())
    assert (plan.join_before_host, plan.waiting_room) == (True, False)
    assert plan.insist >= {"join_before_host", "waiting_room"}
    assert "TRK-41" in cited(plan)
    assert {"degraded.join_before_host", "degraded.waiting_room"} <= set(product.manifest.problems)


@proves("TRK-42")
def check_links_work_with_free_and_paid(product: Product) -> None:
    """A free scheduler hosts as a paid one does, and the same is asked of Zoom."""
    free = own("connected", zoom=zoom_user("rita.recruiter@zoom.example", licensed=False, plan="basic"))
    choice = chosen(product, hosting(connected=free))
    assert choice.host == free.zoom_user
    assert "TRK-42" in cited(choice)
    assert planned(product, hosting(connected=free)) == planned(product, hosting())


@proves("TRK-43")
def check_the_schedulers_status_counts(product: Product) -> None:
    """A free scheduler is told that Zoom's free limits apply, whatever the organization's account is; a paid one is
    not, whatever it is."""
    email = "rita.recruiter@zoom.example"
    free = [
        zoom_user(email, licensed=False, plan="basic"),
        zoom_user(email, licensed=False),
        zoom_user(email, plan="basic"),
    ]
    for user in free:
        answer = chosen(product, hosting(connected=own("connected", zoom=user), plan="business"))
        assert _told(answer) == ["free_limits"]
        assert "TRK-43" in cited(answer)
        assert says(product, answer.warnings[0], "scheduler", "free")
    assert _told(chosen(product, hosting(plan="basic"))) == []
