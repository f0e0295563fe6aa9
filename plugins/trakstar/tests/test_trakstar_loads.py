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
    InviteRequest,
    Level,
    Scope,
    Stage,
    Wish,
)
from greenroom.profiles import Profile, Registry, Switches
from greenroom.profiles.discovery import Installed
from greenroom.profiles.errors import Origin
from greenroom_trakstar.checks.asks import RITA_AT_ZOOM, hosting, own, question, scheduling

PHASES = ("not_connected", "pre_approval_requested", "connected", "needs_reconnect")
OUTCOMES = ("granted", "declined", "not_allowed", "approval_needed", "failed")
APPROVALS = ("not_requested", "requested", "approved", "refused")


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The profile as a registry hands it out."""
    entry = EntryPoint("trakstar", "greenroom_trakstar.rules", "greenroom.profiles")
    installed = Installed(Origin("trakstar", "greenroom-trakstar", "0.1.0"), entry)
    return Registry([installed], [], Switches()).profile("trakstar")


def test_it_loads_without_settings(profile: Profile) -> None:
    """The entry point leads to a whole profile; the document names no setting."""
    assert all(profile.settings_model(scope) is None for scope in Scope)
    assert profile.walkthrough.scheduler == "recruiter"


def test_core_takes_every_answer_of_the_gate(profile: Profile) -> None:
    """Whatever is asked of the gate, in any phase, plan and state of approval, core can act on the answer."""
    offered = [action for action in profile.manifest.actions[Level.MEMBER] if action is not Action.COMPLETE]
    for action, phase, state in product(offered, PHASES, APPROVALS):
        approval = Approval.model_validate({"state": state})
        profile.authorize(question(action, phase=phase, plan="basic", approval=approval))
        profile.authorize(question(action, phase=phase, plan="business", approval=approval, confirmed=True))
    for outcome, phase, held in product(OUTCOMES, PHASES, (False, True)):
        tried = attempt(level=Level.MEMBER, outcome=outcome)
        zoom = RITA_AT_ZOOM if outcome == "granted" else None
        profile.authorize(question(Action.COMPLETE, phase=phase, attempt=tried, zoom=zoom, held_elsewhere=held))


def test_core_takes_every_answer_about_an_interview(profile: Profile) -> None:
    """Meeting, host, plan and invites are decided from declared facts only."""
    for phase, stage in product(PHASES, Stage):
        profile.want_meeting(scheduling(stage=stage, connected=own(phase)))
    profile.want_meeting(scheduling(wish=Wish(zoom=True, given=GivenLink(url=""))))
    profile.select_host(hosting(connected=own("not_connected")))
    busy = interview().span
    assert busy is not None
    asked = hosting(load=((RITA_AT_ZOOM.email, busy),))
    choice = profile.select_host(asked).answer
    assert isinstance(choice, HostChoice)
    profile.create_meeting(
        CreateRequest(
            organization=asked.organization,
            actor=asked.actor,
            at=asked.at,
            connections=asked.connections,
            interview=asked.interview,
            choice=choice,
        )
    )


def test_core_takes_invites_and_changes(profile: Profile) -> None:
    """Invites of a made and of a given meeting, and a change whose meeting is out of reach, are answered."""
    asked = scheduling()
    made = meeting(RITA_AT_ZOOM, own("connected"))
    invited = InviteRequest(
        organization=asked.organization,
        actor=asked.actor,
        at=asked.at,
        interview=interview(person("ina@acme.example")),
        meeting=made,
        calendar="google",
    )
    profile.render_invite(invited)
    profile.render_invite(invited.model_copy(update={"meeting": None, "given": GivenLink(url="https://x.example")}))
    for reachable in (True, False):
        profile.change(
            ChangeRequest(
                organization=asked.organization,
                actor=asked.actor,
                at=asked.at,
                before=asked.interview,
                after=None,
                meeting=made,
                reachable=reachable,
            )
        )


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
            connection=own("connected"),
        )
    )
