"""Video conferencing on stages and for candidates, the meeting that comes of it, and the end of it all."""

from __future__ import annotations

from typing import Literal

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import interview, meeting, person, with_zoom
from greenroom.model import (
    Action,
    Cause,
    Done,
    GivenLink,
    GoToZoom,
    Invites,
    Keep,
    Level,
    NoMeeting,
    NotYet,
    Stage,
    Wanted,
    Wish,
)
from greenroom_interviewplanner.checks.asks import (
    BEN,
    RITA,
    ZOE_AT_ZOOM,
    accounts,
    ask,
    chosen,
    complete,
    ending,
    hosting,
    inviting,
    planned,
    scheduling,
    setting,
    told_instead,
    wanted,
)

WITHOUT = ("not_connected", "needs_reconnect")
SCOPES: tuple[Literal["kind", "candidate"], ...] = ("kind", "candidate")


@proves("IVP-01")
def check_the_url_is_generated_when_the_candidate_is_scheduled(product: Product) -> None:
    """Connected and on, a meeting is wanted once the candidate is scheduled."""
    for reached in (Stage.CONFIRMED, Stage.SENT):
        assert isinstance(wanted(product, stage=True, reached=reached), Wanted)
    for subject in ("Onsite interview", None):
        rita = interview(stage=Stage.CONFIRMED, subject=subject, scheduler=with_zoom("rita@acme.example"))
        plan = planned(product, hosting(rita))
        assert plan.topic == subject or (subject is None and plan.topic)
        assert plan.use_pmi is False
        assert plan.insist == {"use_pmi"}


@proves("IVP-01")
def check_no_url_before(product: Product) -> None:
    """While the candidate is not scheduled there is no meeting yet."""
    for reached in (Stage.DRAFT, Stage.SAVED):
        answer = wanted(product, stage=True, reached=reached)
        assert isinstance(answer, NotYet)
        assert answer.until is Stage.CONFIRMED


@proves("IVP-01")
def check_who_is_told_the_url(product: Product) -> None:
    """Interviewers and candidate have it in their calendar invite, at once, and hear of changes."""
    made = meeting(ZOE_AT_ZOOM, accounts("connected"))
    assert product.manifest.sending.review_first is False
    for why, clauses in (("new", set()), ("changed", {"CORE-03"}), ("cancelled", {"CORE-03"})):
        letters = product.render_invite(inviting(why=why, meeting=made))
        assert isinstance(letters, Invites)
        assert cited(letters) == {"IVP-01", "IVP-02"} | clauses
        assert [one.audience for one in letters.items] == ["interviewers", "candidate"]
        assert {(one.channel, one.release, one.shows) for one in letters.items} == {
            ("calendar", "at_once", frozenset({"join_url"}))
        }


@proves("IVP-01", "IVP-39")
def check_without_a_meeting_nobody_is_shown_a_url(product: Product) -> None:
    """The invites of an interview without Zoom show no detail of a meeting."""
    letters = product.render_invite(inviting())
    assert isinstance(letters, Invites)
    assert not any(one.shows for one in letters.items)


@proves("IVP-21")
def check_the_scheduler_hosts(product: Product) -> None:
    """The meeting is the scheduler's, whoever connected and whoever interviews."""
    rita = interview(with_zoom("ina@acme.example"), stage=Stage.CONFIRMED, scheduler=with_zoom("rita@acme.example"))
    choice = chosen(product, hosting(rita))
    assert choice.host.email == "rita@acme.example"
    assert [(one.who, one.verdict) for one in choice.considered] == [("rita@acme.example", "host")]
    assert "IVP-21" in cited(choice)


@proves("IVP-21")
def check_nobody_stands_in_for_the_scheduler(product: Product) -> None:
    """A scheduler without an active Zoom user is refused; neither the admin nor an interviewer hosts."""
    for scheduler in (
        person("rita@acme.example"),
        with_zoom("rita@acme.example", status="inactive"),
        with_zoom("rita@acme.example", status="pending"),
    ):
        about = interview(with_zoom("ina@acme.example"), stage=Stage.CONFIRMED, scheduler=scheduler)
        refusal(product.select_host(hosting(about)), "scheduler_not_in_zoom", "IVP-21")


@proves("IVP-33")
def check_connecting_turns_nothing_on(product: Product) -> None:
    """Connected, video conferencing can be enabled; until somebody does, no meeting is made."""
    assert isinstance(complete(product, ZOE_AT_ZOOM), Keep)
    assert isinstance(wanted(product), NoMeeting)
    assert isinstance(setting(product, "kind", video=True), Done)
    assert isinstance(setting(product, "candidate", video=True), Done)


@proves("IVP-34")
def check_not_enabled_while_not_connected(product: Product) -> None:
    """Without a connection that works, neither a stage nor a candidate can be enabled."""
    for phase in WITHOUT:
        for scope in SCOPES:
            answer = refusal(setting(product, scope, video=True, phase=phase), "connect_to_enable", "IVP-34")
            assert answer.next == (Action.CONNECT,)
        refusal(ask(product, Action.CONFIGURE, phase=phase, offer=True), "connect_to_enable")


@proves("IVP-34")
def check_disabling_needs_no_connection(product: Product) -> None:
    """A setting that outlived its connection can still be turned off."""
    for phase in WITHOUT:
        assert isinstance(setting(product, "kind", video=False, phase=phase), Done)
        for video in (False, None):
            assert isinstance(setting(product, "candidate", video=video, phase=phase), Done)


@proves("IVP-35")
def check_a_stage_that_is_on(product: Product) -> None:
    """Whoever is scheduled in it meets over Zoom, with nothing said for the candidate."""
    answer = wanted(product, stage=True)
    assert isinstance(answer, Wanted)
    assert "IVP-35" in cited(answer)


@proves("IVP-36")
def check_a_candidate_who_is_on(product: Product) -> None:
    """On a stage that is off, Zoom is for the candidate it was enabled for."""
    answer = wanted(product, candidate=True)
    assert isinstance(answer, Wanted)
    assert answer.because[0].clause == "IVP-36"
    assert answer.because[0].fact == "the candidate is on, the stage off"


@proves("IVP-36", "IVP-37")
def check_the_stage_stays_off(product: Product) -> None:
    """Enabled for one candidate, the stage is off as before: the next candidate has no meeting."""
    theirs = wanted(product, candidate=True)
    assert isinstance(theirs, Wanted)
    assert theirs.because[0].fact == "the candidate is on, the stage off"
    assert isinstance(wanted(product), NoMeeting)
    changed = setting(product, "candidate", video=True)
    assert isinstance(changed, Done)
    assert changed.phase is None


@proves("IVP-38")
def check_a_candidate_who_is_off(product: Product) -> None:
    """On a stage that is on, Zoom can be disabled for one candidate."""
    answer = wanted(product, stage=True, candidate=False)
    assert isinstance(answer, NoMeeting)
    assert cited(answer) == {"IVP-38"}
    assert isinstance(setting(product, "candidate", video=False), Done)


@proves("IVP-39")
def check_off_and_nothing_said(product: Product) -> None:
    """A stage that is off and a candidate of whom nothing was said: no meeting, connected or not."""
    for phase in ("connected", *WITHOUT):
        answer = wanted(product, phase=phase)
        assert isinstance(answer, NoMeeting)
        assert cited(answer) == {"IVP-39"}


@proves("IVP-35", "IVP-39")
def check_the_interview_itself_does_not_decide(product: Product) -> None:
    """Stage and candidate decide; whoever asked for something else on the interview is told so."""
    off = product.want_meeting(scheduling(wish=Wish(zoom=True)))
    assert isinstance(off, NoMeeting)
    assert [one.key for one in off.warnings] == ["video_is_off"]
    on = product.want_meeting(scheduling(stage=True, wish=Wish(zoom=False)))
    assert isinstance(on, Wanted)
    assert [one.key for one in on.warnings] == ["video_is_on"]
    for video, zoom in ((True, True), (True, None), (False, False), (False, None)):
        assert not product.want_meeting(scheduling(stage=video, wish=Wish(zoom=zoom))).warnings


@proves("IVP-01")
def check_details_by_hand_are_not_taken(product: Product) -> None:
    """The document knows URLs that are generated only; others are refused, not dropped."""
    typed = Wish(zoom=True, given=GivenLink(url="https://example.zoom.us/j/1"))
    for video in (True, False):
        refusal(product.want_meeting(scheduling(stage=video, wish=typed)), "details_not_taken", "CORE-11")


@proves("IVP-40")
def check_uninstalling_happens_at_zoom(product: Product) -> None:
    """The way is told: Zoom Marketplace, "Installed Apps", "Uninstall"."""
    told = told_instead(product, Action.DISCONNECT)
    assert 'log into your Zoom account, navigate to the "Installed Apps" page on the Zoom Marketplace' in told
    assert told.endswith('click on the "Uninstall" button.')


@proves("IVP-41")
def check_the_product_has_no_disconnect(product: Product) -> None:
    """Nothing in InterviewPlanner ends the connection."""
    for action in (Action.DISCONNECT, Action.DISABLE, Action.REMOVE_MINE):
        refusal(ask(product, action, phase="connected", confirmed=True), "not_offered", "CORE-11")
    assert not {Action.DISCONNECT, Action.DISABLE, Action.REMOVE_MINE} & set(
        product.manifest.actions[Level.ORGANIZATION]
    )


@proves("IVP-42")
def check_uninstalled_means_nobody(product: Product) -> None:
    """The app gone, nobody on the account gets a meeting, though stages and candidates are still on."""
    gone = ending(product, Cause.UNINSTALLED)
    assert (gone.phase, gone.ends) == ("not_connected", "all_of_organization")
    assert "IVP-42" in cited(gone)
    for actor in (RITA, BEN):
        for on in (scheduling(stage=True, phase=gone.phase, actor=actor), scheduling(candidate=True, phase=gone.phase)):
            answer = refusal(product.want_meeting(on), "connect_first", "IVP-42")
            assert answer.next == (Action.CONNECT,)
    refusal(product.select_host(hosting(phase=gone.phase)), "connect_first", "IVP-42")


@proves("IVP-42")
def check_a_connection_that_is_broken_serves_nobody(product: Product) -> None:
    """Other ends of the grant are no uninstalling: the connection is to be made again, and nobody schedules until."""
    for cause in (Cause.GRANT_DEAD, Cause.AUTHORIZER_GONE):
        lost = ending(product, cause)
        assert lost.phase == "needs_reconnect"
        refusal(wanted(product, stage=True, phase=lost.phase), "connect_first", "IVP-42")


@proves("IVP-43")
def check_connecting_after_uninstalling(product: Product) -> None:
    """The same path leads back, and what was enabled is in force again."""
    gone = ending(product, Cause.UNINSTALLED)
    leading = ask(product, Action.CONNECT, phase=gone.phase)
    assert isinstance(leading, GoToZoom)
    assert not leading.warnings
    back = complete(product, ZOE_AT_ZOOM, phase=gone.phase)
    assert isinstance(back, Keep)
    assert isinstance(wanted(product, stage=True, phase=back.phase), Wanted)
