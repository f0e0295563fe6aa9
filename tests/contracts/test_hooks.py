"""Contracts of every profile's hooks: whatever can be asked is answered, purely, with reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.conformance import strategies as draw
from greenroom.model import (
    Action,
    Answer,
    Ask,
    CreateRequest,
    HostChoice,
    HostRequest,
    Invites,
    Keep,
    MeetingRequest,
    NewMeeting,
    Refusal,
    Stage,
    UseLink,
    Wanted,
)
from greenroom.profiles import Answered, Profile

STAGES = {"draft": Stage.DRAFT, "saved": Stage.SAVED, "confirmed": Stage.CONFIRMED}

Asking = Callable[[Profile], st.SearchStrategy[Ask]]
QUESTIONS: dict[str, Asking] = {
    "authorize": draw.authorize_requests,
    "want_meeting": draw.meeting_requests,
    "select_host": draw.host_requests,
    "render_invite": draw.invite_requests,
    "disconnect": draw.disconnect_requests,
    "change": draw.change_requests,
}


def ask(profile: Profile, hook: str, request: Ask) -> Answered[Answer]:
    """Ask one hook through the façade, which judges every answer."""
    answered: Answered[Answer] = getattr(profile, hook)(request)
    return answered


@pytest.fixture(params=QUESTIONS)
def hook(request: pytest.FixtureRequest) -> str:
    """Return each hook in turn."""
    return str(request.param)


@QUICK
@given(data=st.data())
def test_every_consistent_question_is_answered(profile: Profile, hook: str, data: st.DataObject) -> None:
    """Hooks are total: no question that can be asked raises, and each answer keeps every promise."""
    assert ask(profile, hook, data.draw(QUESTIONS[hook](profile))).hook == hook


@QUICK
@given(data=st.data())
def test_the_same_question_has_the_same_answer(profile: Profile, hook: str, data: st.DataObject) -> None:
    """Hooks are deterministic: asking again, later in the same process, changes nothing."""
    request = data.draw(QUESTIONS[hook](profile))
    assert ask(profile, hook, request).answer == ask(profile, hook, request.model_copy(deep=True)).answer


@QUICK
@given(data=st.data())
def test_asking_leaves_the_question_as_it_was(profile: Profile, hook: str, data: st.DataObject) -> None:
    """Hooks are pure: the request is the same value after it was asked."""
    request = data.draw(QUESTIONS[hook](profile))
    before = request.model_dump_json()
    ask(profile, hook, request)
    assert request.model_dump_json() == before


@QUICK
@given(data=st.data(), days=st.integers(1, 400))
def test_a_gate_does_not_depend_on_the_date(profile: Profile, data: st.DataObject, days: int) -> None:
    """The gate's answer is about states, not about today: the same question on another day has the same answer."""
    request = data.draw(draw.authorize_requests(profile))
    later = request.model_copy(update={"at": request.at + timedelta(days=days)})
    assert profile.authorize(request).answer == profile.authorize(later).answer


@QUICK
@given(data=st.data())
def test_every_answer_cites_clauses_that_exist(profile: Profile, hook: str, data: st.DataObject) -> None:
    """A decision cites a clause of the profile or a default of core, never nothing and never somebody else's."""
    answer = ask(profile, hook, data.draw(QUESTIONS[hook](profile))).answer
    assert answer.because
    assert {reason.clause for reason in answer.because} <= set(profile.clauses)


@QUICK
@given(data=st.data())
def test_a_refusal_says_what_and_what_next(profile: Profile, data: st.DataObject) -> None:
    """A refusal has words in the profile's edition, and points only at actions the profile offers."""
    answer = profile.authorize(data.draw(draw.authorize_requests(profile))).answer
    if not isinstance(answer, Refusal):
        return
    text = profile.labels.text(answer.say)
    offered = {action for actions in profile.manifest.actions.values() for action in actions}
    assert text not in {"", answer.say.key}
    assert "{" not in text
    assert set(answer.next) <= offered


@QUICK
@given(data=st.data())
def test_drawing_a_page_asks_the_same_question(profile: Profile, data: st.DataObject) -> None:
    """A dry ask has the answer of the real one: a page offers exactly what the gate allows."""
    request = data.draw(draw.authorize_requests(profile))
    dry = profile.authorize(request.model_copy(update={"offer": True})).answer
    real = profile.authorize(request.model_copy(update={"offer": False})).answer
    assert type(dry) is type(real)


@QUICK
@given(data=st.data())
def test_no_connection_without_authorization(profile: Profile, data: st.DataObject) -> None:
    """Only an attempt that Zoom granted is kept: declined, failed or never finished makes no connection."""
    request = data.draw(draw.authorize_requests(profile))
    answer = profile.authorize(request).answer
    if isinstance(answer, Keep):
        assert request.action is Action.COMPLETE
        assert request.attempt is not None
        assert request.attempt.outcome == "granted"
        assert request.zoom is not None


@QUICK
@given(data=st.data())
def test_a_connection_is_kept_for_nobody_elses_zoom_user(profile: Profile, data: st.DataObject) -> None:
    """Where the profile is exclusive, a Zoom user held by another organization is refused."""
    request = data.draw(draw.authorize_requests(profile))
    if profile.manifest.exclusive is not None and request.held_elsewhere:
        assert isinstance(profile.authorize(request).answer, Refusal)


@QUICK
@given(data=st.data())
def test_the_host_is_an_active_user_of_the_connected_account(profile: Profile, data: st.DataObject) -> None:
    """A meeting's host is active, in the account of the connection, and the connection is one that works."""
    request = data.draw(draw.host_requests(profile))
    answer = profile.select_host(request).answer
    if isinstance(answer, HostChoice):
        assert answer.host.status == "active"
        assert answer.via in request.connections
        assert answer.via.usable
        assert answer.via.zoom_user is not None
        assert answer.host.account.id == answer.via.zoom_user.account.id


@QUICK
@given(data=st.data())
def test_no_meeting_before_the_link_stage(profile: Profile, data: st.DataObject) -> None:
    """No meeting is wanted before the stage at which the product makes its link."""
    stage = STAGES[profile.manifest.link.stage]
    request = data.draw(draw.meeting_requests(profile))
    if request.interview.stage < stage:
        assert not isinstance(profile.want_meeting(request).answer, Wanted)


@QUICK
@given(data=st.data())
def test_a_given_link_passes_through_as_typed(profile: Profile, data: st.DataObject) -> None:
    """Details a person typed are used byte for byte, or not at all."""
    request = data.draw(draw.meeting_requests(profile))
    answer = profile.want_meeting(request).answer
    if isinstance(answer, UseLink):
        assert answer.link == request.interview.wish.given


@QUICK
@given(data=st.data())
def test_a_plan_only_insists_on_what_it_asks_for(profile: Profile, data: st.DataObject) -> None:
    """A field is insisted on only if it is sent; the topic is never empty."""
    plan = planned(profile, data.draw(draw.host_requests(profile)))
    if plan is not None:
        assert plan.topic
        for field in plan.insist:
            assert getattr(plan, field) is not None


@QUICK
@given(data=st.data())
def test_invites_go_to_each_audience_once(profile: Profile, data: st.DataObject) -> None:
    """Nobody is told twice of the same interview by the same channel."""
    answer = profile.render_invite(data.draw(draw.invite_requests(profile))).answer
    if isinstance(answer, Invites):
        keys = [(invite.audience, invite.channel, invite.calendar) for invite in answer.items]
        assert len(keys) == len(set(keys))


def planned(profile: Profile, request: HostRequest) -> NewMeeting | None:
    """Return the plan for a request that gets as far as one."""
    fields = {name: getattr(request, name) for name in MeetingRequest.model_fields}
    if not isinstance(profile.want_meeting(MeetingRequest(**fields)).answer, Wanted):
        return None
    choice = profile.select_host(request).answer
    if not isinstance(choice, HostChoice):
        return None
    plan = profile.create_meeting(CreateRequest(**fields, choice=choice)).answer
    return plan if isinstance(plan, NewMeeting) else None
