"""Core loads the profile and takes its answers, with no more facts than the manifest declares.

Core refuses an answer that cites no known clause, says what has no words, or names no declared phase.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint
from itertools import product

import pytest

from greenroom.conformance.facts import attempt, meeting, member, organization
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
    Person,
    Scope,
    Stage,
    Wish,
)
from greenroom.profiles import Profile, Registry, Switches
from greenroom.profiles.discovery import Installed
from greenroom.profiles.errors import Origin
from greenroom_calendly.checks.asks import (
    CONNECTED,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    UMAS_OWN_ZOOM,
    USER,
    ZOE_AT_ZOOM,
    personal,
    scheduling,
    whether,
    zooms,
)
from greenroom_calendly.settings import OrganizationSettings

PHASES = (NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT)
OUTCOMES = ("granted", "declined", "not_allowed", "approval_needed", "failed")


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The profile as a registry hands it out."""
    entry = EntryPoint("calendly", "greenroom_calendly.rules", "greenroom.profiles")
    installed = Installed(Origin("calendly", "greenroom-calendly", "0.1.0"), entry)
    return Registry([installed], [], Switches()).profile("calendly")


def _question(action: Action, level: Level, **facts: object) -> AuthorizeRequest:
    at = scheduling(zooms()).at
    asked = {"organization": organization(), "actor": USER, "at": at, "action": action, "level": level}
    return AuthorizeRequest.model_validate({**asked, **facts})


def test_it_loads_with_its_settings_and_walkthrough(profile: Profile) -> None:
    """The entry point leads to a whole profile."""
    assert profile.settings_model(Scope.ORGANIZATION) is OrganizationSettings
    assert profile.walkthrough.scheduler == "recruiter"


def test_core_takes_every_answer_of_the_gate(profile: Profile) -> None:
    """Whatever is asked of the gate, in any two phases, by any role, core can act on the answer."""
    for level, first, second in product(Level, PHASES, PHASES):
        connections = zooms(organization=first, own=second)
        for action, role in product(profile.manifest.actions[level], profile.manifest.roles.known):
            if action is not Action.COMPLETE:
                profile.authorize(_question(action, level, actor=member(role), connections=connections))
        for outcome, path in product(OUTCOMES, ("direct", "shared")):
            zoom = ZOE_AT_ZOOM if outcome == "granted" else None
            tried = attempt(path, level=level, outcome=outcome)
            profile.authorize(_question(Action.COMPLETE, level, connections=connections, attempt=tried, zoom=zoom))


def test_core_takes_every_answer_about_an_event(profile: Profile) -> None:
    """Meeting, host, plan, invites and changes are decided from declared facts only."""
    for stage, first, second in product(Stage, PHASES, PHASES):
        profile.want_meeting(whether(scheduling(zooms(organization=first, own=second), stage=stage)))
    given = Wish(given=GivenLink(url="https://example.zoom.us/j/1"))
    profile.want_meeting(whether(scheduling(zooms(), wish=given)))
    only_organization = zooms(organization=CONNECTED)
    profile.select_host(scheduling(only_organization, scheduler=Person(email=USER.email)))
    asked = scheduling(only_organization)
    choice = profile.select_host(asked).answer
    assert isinstance(choice, HostChoice)
    fields = {name: getattr(asked, name) for name in CreateRequest.model_fields if name != "choice"}
    profile.create_meeting(CreateRequest(**fields, choice=choice))
    made = meeting(UMAS_OWN_ZOOM, personal(CONNECTED))
    ground = {"organization": asked.organization, "actor": USER, "at": asked.at}
    for found in (made, None):
        invited = {**ground, "interview": asked.interview, "meeting": found, "calendar": "google"}
        profile.render_invite(InviteRequest.model_validate(invited))
    for after in (asked.interview, None):
        profile.change(
            ChangeRequest.model_validate({**ground, "before": asked.interview, "after": after, "meeting": made})
        )


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("level", Level)
def test_core_takes_every_loss(profile: Profile, cause: Cause, level: Level) -> None:
    """Each cause of a loss has an answer at both levels."""
    both = zooms(organization=CONNECTED, own=CONNECTED)
    lost = next(found for found in both if found.level is level)
    asked = _question(Action.DISCONNECT, level)
    profile.disconnect(
        DisconnectRequest(
            organization=asked.organization,
            actor=None,
            at=asked.at,
            connections=both,
            cause=cause,
            connection=lost,
        )
    )
