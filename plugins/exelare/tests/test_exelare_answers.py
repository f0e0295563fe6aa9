"""Core takes every answer about a feature: what a random request seldom asks is asked here one by one.

Core refuses an answer that cites no known clause, says what has no words, or names no declared phase.
"""

from __future__ import annotations

from itertools import product

import pytest

from greenroom.conformance.facts import NOW, member, organization
from greenroom.model import Action, AuthorizeRequest, Level
from greenroom.profiles import Profile, Registry
from greenroom_exelare.checks.asks import ADMINISTRATOR, authorized, without
from greenroom_exelare.scopes import FEATURES


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The profile as a registry hands it out."""
    return Registry.discover().profile("exelare")


@pytest.mark.parametrize("feature", FEATURES)
def test_core_takes_every_answer_about_a_feature(profile: Profile, feature: str) -> None:
    """Allowed, missing its scope, or kept from somebody: each answer has its words."""
    lost = without(FEATURES[feature].scope or "zoomapp")
    for actor, scopes in product((ADMINISTRATOR, member(), None), (without(), lost)):
        asked = {"organization": organization(), "actor": actor, "at": NOW, "action": Action.USE, "feature": feature}
        connections = authorized(scopes=scopes)
        profile.authorize(AuthorizeRequest.model_validate({**asked, "level": Level.MEMBER, "connections": connections}))
