"""Core loads the profile and takes its answers, with no more facts than the manifest declares.

Core refuses an answer that cites no known clause, says what has no words, or names no declared phase.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint
from itertools import product

import pytest

from greenroom.conformance.facts import attempt, interview, meeting, member
from greenroom.model import (
    Action,
    Cause,
    ChangeRequest,
    DisconnectRequest,
    HostChoice,
    InviteRequest,
    Say,
    Scope,
    Stage,
)
from greenroom.profiles import Profile, Registry, Switches
from greenroom.profiles.discovery import Installed
from greenroom.profiles.errors import Origin
from greenroom_lever.checks.asks import (
    APRIL,
    NO_ZOOM,
    RITA_AT_ZOOM,
    ask,
    creating,
    event,
    hosting,
    specific_hosts,
    toggle,
)
from greenroom_lever.settings import OrganizationSettings

PHASES = ("off", "yellow", "blue", "needs_reconnect")
OUTCOMES = ("granted", "declined", "not_allowed", "approval_needed", "failed")


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The profile as a registry hands it out."""
    entry = EntryPoint("lever", "greenroom_lever.rules", "greenroom.profiles")
    installed = Installed(Origin("lever", "greenroom-lever", "0.1.0"), entry)
    return Registry([installed], [], Switches()).profile("lever")


def test_it_loads_with_its_settings_and_walkthrough(profile: Profile) -> None:
    """The entry point leads to a whole profile."""
    assert profile.settings_model(Scope.ORGANIZATION) is OrganizationSettings
    assert profile.walkthrough.scheduler == "recruiter"


def test_core_takes_every_answer_of_the_gate(profile: Profile) -> None:
    """Whatever is asked of the gate, in any phase, by any role, the answer is one core can act on."""
    offered = profile.manifest.actions[profile.manifest.levels[0]]
    for action, phase, role in product(offered, PHASES, profile.manifest.roles.known):
        if action is not Action.COMPLETE:
            profile.authorize(ask(action, phase=phase, actor=member(role)))
    for path, outcome, phase in product(("direct", "shared"), OUTCOMES, PHASES):
        zoom = RITA_AT_ZOOM if outcome == "granted" else None
        tried = attempt(path, outcome=outcome)
        profile.authorize(ask(Action.COMPLETE, phase=phase, attempt=tried, zoom=zoom))


def test_core_takes_every_answer_about_an_event(profile: Profile) -> None:
    """Meeting, host, plan and invites are decided from declared facts only."""
    for phase, calendar in product(PHASES, ("google", "microsoft365", "exchange_on_premise", "none")):
        profile.want_meeting(event(phase=phase, calendar=calendar))
    profile.select_host(hosting(about=interview(NO_ZOOM)))
    profile.select_host(hosting(settings=specific_hosts(NO_ZOOM, APRIL), hosts=(NO_ZOOM, APRIL)))
    choice = profile.select_host(hosting()).answer
    assert isinstance(choice, HostChoice)
    for disabled in (False, True):
        settings = OrganizationSettings(disable_personal_meeting_id=disabled)
        profile.create_meeting(creating(settings).model_copy(update={"choice": choice}))
    asked = event(about=interview(APRIL, stage=Stage.SENT))
    made = meeting(choice.host, choice.via)
    invited = InviteRequest(
        organization=asked.organization,
        actor=asked.actor,
        at=asked.at,
        interview=asked.interview,
        meeting=made,
        calendar="google",
    )
    profile.render_invite(invited)
    profile.change(
        ChangeRequest(
            organization=asked.organization,
            actor=asked.actor,
            at=asked.at,
            before=asked.interview,
            after=None,
            meeting=made,
        )
    )


@pytest.mark.parametrize("cause", Cause)
def test_core_takes_every_loss(profile: Profile, cause: Cause) -> None:
    """Each cause of a loss has an answer."""
    asked = event()
    profile.disconnect(
        DisconnectRequest(
            organization=asked.organization,
            actor=None,
            at=asked.at,
            connections=asked.connections,
            cause=cause,
            connection=toggle("blue"),
        )
    )


def test_warnings_read_with_their_figures(profile: Profile) -> None:
    """The values of a warning have their place in its words."""
    limit = profile.labels.text(Say(key="basic_limit", values=(("minutes", 40), ("people", 3))))
    assert "maximum of 40 minutes if there are 3 or more people" in limit
    unknown = profile.labels.text(Say(key="host_not_verified", values=(("email", "noor@acme.example"),)))
    assert unknown.startswith("noor@acme.example is not")
