"""Core loads the profile and takes its answers, with no more facts than the manifest declares.

Core refuses an answer that cites no known clause, says what has no words, or names no declared phase.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint
from itertools import product

import pytest

from greenroom.conformance.facts import attempt, interview, meeting, person
from greenroom.model import (
    Action,
    Approval,
    Cause,
    ChangeRequest,
    CreateRequest,
    DisconnectRequest,
    GivenLink,
    HostChoice,
    MeetingRequest,
    Scope,
    SettingsChange,
    Stage,
    Wish,
)
from greenroom.profiles import Profile, Registry, Switches
from greenroom.profiles.discovery import Installed
from greenroom.profiles.errors import Origin
from greenroom_interviewplanner.checks.asks import (
    BOTH,
    RITA,
    ZOE_AT_ZOOM,
    accounts,
    delegate,
    hosting,
    inviting,
    question,
    scheduling,
)
from greenroom_interviewplanner.gate import USERS, ZOOM_ROOMS
from greenroom_interviewplanner.settings import CandidateSettings, StageSettings

PHASES = ("not_connected", "connected", "needs_reconnect")
OUTCOMES = ("declined", "not_allowed", "approval_needed", "failed")
APPROVALS = tuple(
    Approval.model_validate({"state": state}) for state in ("not_requested", "requested", "approved", "refused")
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The profile as a registry hands it out."""
    entry = EntryPoint("interviewplanner", "greenroom_interviewplanner.rules", "greenroom.profiles")
    installed = Installed(Origin("interviewplanner", "greenroom-interviewplanner", "0.1.0"), entry)
    return Registry([installed], [], Switches()).profile("interviewplanner")


def test_it_loads_with_its_settings_and_walkthrough(profile: Profile) -> None:
    """The entry point leads to a whole profile."""
    assert profile.settings_model(Scope.KIND) is StageSettings
    assert profile.settings_model(Scope.CANDIDATE) is CandidateSettings
    assert profile.walkthrough.stage == "Onsite"


def test_core_takes_every_answer_of_the_gate(profile: Profile) -> None:
    """Whatever is asked of the gate, in any phase and state of approval, the answer is one core can act on."""
    for action, phase, approval in product(Action, PHASES, APPROVALS):
        profile.authorize(question(action, phase=phase, approval=approval))
    for outcome, approval in product(OUTCOMES, APPROVALS):
        profile.authorize(question(Action.COMPLETE, approval=approval, attempt=attempt(outcome=outcome)))
    users = (ZOE_AT_ZOOM, delegate(), delegate(USERS), delegate(ZOOM_ROOMS), delegate(*BOTH))
    for zoom, approval, phase, actor in product(users, APPROVALS, PHASES, (RITA, None)):
        granted = {"attempt": attempt(), "zoom": zoom, "actor": actor}
        profile.authorize(question(Action.COMPLETE, phase=phase, approval=approval, **granted))
    for phase, video in product(PHASES, (True, False)):
        after = StageSettings(video=video)
        change = SettingsChange(scope=Scope.KIND, subject="Onsite", before=StageSettings(), after=after)
        profile.authorize(question(Action.CONFIGURE, phase=phase, change=change))


def test_core_takes_every_answer_about_an_interview(profile: Profile) -> None:
    """Meeting, host, plan and invites are decided from declared facts only."""
    for phase, reached, video, zoom in product(PHASES, Stage, (True, False), (True, False)):
        profile.want_meeting(scheduling(stage=video, phase=phase, reached=reached, wish=Wish(zoom=zoom)))
    profile.want_meeting(scheduling(wish=Wish(given=GivenLink(url="https://example.zoom.us/j/1"))))
    profile.select_host(hosting(phase="not_connected"))
    profile.select_host(hosting(interview(scheduler=person("rita@acme.example"), stage=Stage.CONFIRMED)))
    asked = hosting()
    choice = profile.select_host(asked).answer
    assert isinstance(choice, HostChoice)
    fields = {name: getattr(asked, name) for name in MeetingRequest.model_fields}
    for subject in ("Onsite", None):
        fields["interview"] = asked.interview.model_copy(update={"subject": subject})
        profile.create_meeting(CreateRequest.model_validate({**fields, "choice": choice}))


def test_core_takes_invites_and_changes(profile: Profile) -> None:
    """Invites with and without a meeting are answered; what follows a change is core's default."""
    made = meeting(ZOE_AT_ZOOM, accounts("connected"))
    for why, found in product(("new", "changed", "cancelled"), (made, None)):
        profile.render_invite(inviting(why=why, meeting=found))
    asked = scheduling()
    moved = ChangeRequest(
        organization=asked.organization,
        actor=asked.actor,
        at=asked.at,
        before=asked.interview,
        after=None,
        meeting=made,
    )
    assert [one.clause for one in profile.change(moved).answer.because] == ["CORE-02", "CORE-03"]


@pytest.mark.parametrize("cause", Cause)
def test_core_takes_every_loss(profile: Profile, cause: Cause) -> None:
    """Each cause of a loss has an answer."""
    asked = scheduling()
    profile.disconnect(
        DisconnectRequest(
            organization=asked.organization,
            actor=None,
            at=asked.at,
            connections=asked.connections,
            cause=cause,
            connection=accounts("connected"),
        )
    )
