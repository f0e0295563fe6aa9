"""Core loads the profile and takes its answers, with no more facts than the manifest declares.

Core refuses an answer that cites no known clause, says what has no words, or names no declared phase.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint
from itertools import product

import pytest

from greenroom.conformance.facts import NOW, attempt, interview, meeting, member, organization
from greenroom.model import (
    Action,
    AuthorizeRequest,
    Cause,
    ChangeRequest,
    CreateRequest,
    DisconnectRequest,
    GivenLink,
    HostChoice,
    InviteRequest,
    Level,
    MeetingRequest,
    Say,
    Scope,
    SettingsView,
    Stage,
    Wish,
)
from greenroom.profiles import Profile, Registry, Switches
from greenroom.profiles.discovery import Installed
from greenroom.profiles.errors import Origin
from greenroom_exelare.checks.asks import (
    ADMINISTRATOR,
    CONNECTED,
    INA,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    ON,
    RITA_AT_ZOOM,
    authorized,
    login,
    scheduling,
    without,
)
from greenroom_exelare.scopes import FEATURES
from greenroom_exelare.settings import OrganizationSettings

PHASES = (NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT)
OUTCOMES = ("granted", "declined", "not_allowed", "approval_needed", "failed")


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The profile as a registry hands it out."""
    entry = EntryPoint("exelare", "greenroom_exelare.rules", "greenroom.profiles")
    installed = Installed(Origin("exelare", "greenroom-exelare", "0.1.0"), entry)
    return Registry([installed], [], Switches()).profile("exelare")


def _question(action: Action, level: Level, **facts: object) -> AuthorizeRequest:
    asked = {"organization": organization(), "actor": ADMINISTRATOR, "at": NOW, "action": action, "level": level}
    return AuthorizeRequest.model_validate({**asked, "connections": authorized(), **facts})


def test_it_loads_with_its_settings_and_walkthrough(profile: Profile) -> None:
    """The entry point leads to a whole profile."""
    assert profile.settings_model(Scope.ORGANIZATION) is OrganizationSettings
    assert profile.walkthrough.scheduler == "recruiter"


def test_core_takes_every_answer_of_the_gate(profile: Profile) -> None:
    """Whatever is asked of the gate, in any state, by any role, core can act on the answer."""
    for level, phase, toggle in product(Level, PHASES, (OFF, ON)):
        connections = authorized(phase, toggle=toggle)
        for action, role in product(profile.manifest.actions[level], profile.manifest.roles.known):
            if action is not Action.COMPLETE:
                profile.authorize(_question(action, level, actor=member(role), connections=connections))
        for outcome in OUTCOMES:
            zoom = RITA_AT_ZOOM if outcome == "granted" else None
            facts = {"connections": connections, "attempt": attempt(level=level, outcome=outcome), "zoom": zoom}
            for scopes in (without(), without("zoomapp")):
                profile.authorize(_question(Action.COMPLETE, level, **facts, scopes=scopes))


@pytest.mark.parametrize("feature", FEATURES)
def test_core_takes_every_answer_about_a_feature(profile: Profile, feature: str) -> None:
    """Allowed, missing its scope, or kept from somebody: each answer has its words."""
    lost = without(FEATURES[feature].scope or "zoomapp")
    for actor, scopes in product((ADMINISTRATOR, member(), None), (without(), lost)):
        connections = authorized(scopes=scopes)
        question = _question(Action.USE, Level.MEMBER, actor=actor, connections=connections, feature=feature)
        profile.authorize(question)


def test_core_takes_every_answer_about_an_interview(profile: Profile) -> None:
    """Meeting, host, plan and invites are decided from declared facts only."""
    asked = scheduling()
    fields = {name: getattr(asked, name) for name in MeetingRequest.model_fields}
    span = asked.interview.span
    assert span is not None
    given = Wish(zoom=True, given=GivenLink(url="https://example.zoom.us/j/1"))
    for about in (*(interview(INA, stage=stage) for stage in Stage), interview(INA, wish=given)):
        for phase, toggle in product(PHASES, (OFF, ON)):
            state = {"interview": about, "connections": authorized(phase, toggle=toggle), "busy": (span,)}
            profile.want_meeting(MeetingRequest.model_validate({**fields, **state}))
    choice = profile.select_host(asked).answer
    assert isinstance(choice, HostChoice)
    profile.create_meeting(CreateRequest.model_validate({**fields, "choice": choice}))


@pytest.mark.parametrize("why", ["new", "changed", "cancelled"])
def test_core_takes_invites_and_changes(profile: Profile, why: str) -> None:
    """Invites with and without calendar sync and its scopes, and changes in and out of reach, are answered."""
    asked, made = scheduling(), meeting(RITA_AT_ZOOM, login(CONNECTED))
    ground = {"organization": asked.organization, "actor": asked.actor, "at": NOW}
    for synchronized, scopes in product((False, True), (without(), without("calendar:update", "calendar:delete"))):
        settings = SettingsView(organization=OrganizationSettings(calendar_sync=synchronized))
        about = {"interview": asked.interview, "meeting": made, "why": why, "settings": settings}
        state = {**ground, **about, "connections": authorized(scopes=scopes)}
        profile.render_invite(InviteRequest.model_validate(state))
    after = None if why == "cancelled" else asked.interview
    for reachable in (True, False):
        moved = {"before": asked.interview, "after": after, "meeting": made, "reachable": reachable}
        profile.change(ChangeRequest.model_validate({**ground, **moved, "connections": authorized()}))


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("level", Level)
def test_core_takes_every_loss(profile: Profile, cause: Cause, level: Level) -> None:
    """Each cause of a loss has an answer for the switch and for an authorization."""
    shown = authorized()
    lost = next(found for found in shown if found.level is level)
    profile.disconnect(
        DisconnectRequest(
            organization=organization(), actor=None, at=NOW, connections=shown, cause=cause, connection=lost
        )
    )


def test_a_missing_permission_is_named_as_printed(profile: Profile) -> None:
    """Who lacks a permission reads which one, by the document's name."""
    text = profile.labels.text(Say(key="scope_missing", values=(("scope", "phone:read:*"),)))
    assert "The Zoom permission phone:read:* is not granted" in text
