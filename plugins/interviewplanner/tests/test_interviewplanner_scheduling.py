"""Scheduling over stages, candidates, connections and people that nobody wrote down."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.conformance.facts import interview, person, zoom_user
from greenroom.model import (
    HostChoice,
    NoMeeting,
    NotYet,
    Person,
    Refusal,
    SettingsView,
    Stage,
    Wanted,
    Wish,
    ZoomStatus,
)
from greenroom.profiles import Registry
from greenroom_interviewplanner.checks.asks import INA, accounts, hosting, scheduling

PLANNER = Product(InProcess(Registry.discover().profile("interviewplanner")))
UNHURRIED = settings(deadline=None)
"""The first question loads the profile."""

phases = st.sampled_from(("not_connected", "connected", "needs_reconnect"))
said = st.sampled_from((True, False, None))


@UNHURRIED
@given(stage=st.booleans(), candidate=said, wish=said, phase=phases, reached=st.sampled_from(Stage))
def test_the_candidate_then_the_stage_decide(
    candidate: bool | None, wish: bool | None, phase: str, reached: Stage, *, stage: bool
) -> None:
    """What was said for the candidate decides, else the stage; then the connection, then how far it has come."""
    on = stage if candidate is None else candidate
    request = scheduling(stage=stage, candidate=candidate, phase=phase, reached=reached, wish=Wish(zoom=wish))
    answer = PLANNER.want_meeting(request)
    if not on:
        assert isinstance(answer, NoMeeting)
    elif phase != "connected":
        assert isinstance(answer, Refusal)
        assert answer.code == "connect_first"
    elif reached < Stage.CONFIRMED:
        assert isinstance(answer, NotYet)
    else:
        assert isinstance(answer, Wanted)


@UNHURRIED
@given(candidate=said, wish=said)
def test_an_interview_without_a_stage_is_off(candidate: bool | None, wish: bool | None) -> None:
    """Where no stage was named there is no stage that is on: only the candidate's setting counts."""
    asked = scheduling(candidate=candidate, wish=Wish(zoom=wish))
    view = SettingsView(candidate=asked.settings.candidate)
    answer = PLANNER.want_meeting(asked.model_copy(update={"settings": view}))
    assert isinstance(answer, Wanted) == (candidate is True)


@UNHURRIED
@given(
    status=st.sampled_from((None, "active", "inactive", "pending")),
    licensed=st.booleans(),
    phase=phases,
)
def test_the_scheduler_hosts_or_nobody(status: ZoomStatus | None, phase: str, *, licensed: bool) -> None:
    """Through the account's connection the scheduler's own active Zoom user hosts, of whatever licence."""
    zoom = None if status is None else zoom_user("rita@acme.example", status=status, licensed=licensed)
    about = interview(INA, stage=Stage.CONFIRMED, scheduler=person("rita@acme.example", zoom=zoom))
    answer = PLANNER.select_host(hosting(about, phase=phase))
    assert isinstance(answer, HostChoice) == (status == "active" and phase == "connected")
    if isinstance(answer, HostChoice):
        assert (answer.host, answer.via, answer.turn) == (zoom, accounts("connected"), None)


def test_a_refusal_names_the_scheduler() -> None:
    """Whose Zoom user was looked for, and what was found, can be explained."""
    about = interview(INA, stage=Stage.CONFIRMED, scheduler=Person(email="rita@acme.example", zoom=None))
    answer = PLANNER.select_host(hosting(about))
    assert isinstance(answer, Refusal)
    assert [(one.about, one.fact) for one in answer.because] == [("rita@acme.example", "no Zoom user in this account")]
