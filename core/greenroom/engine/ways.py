"""What a person can do next, in the words of the organization's edition."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.engine.outcomes import InterviewOutcome, WayOn
from greenroom.model import Action, Level, Refusal
from greenroom.profiles import Profile

_WITH_INTERVIEWS = frozenset({Action.ENTER_MANUALLY, Action.CHOOSE_HOST, Action.USE})


def ways_on(profile: Profile, actions: Iterable[Action], level: Level | None = None) -> tuple[WayOn, ...]:
    """Return ``actions`` as the product labels them, each at ``level`` if it is offered there.

    Otherwise at the first level of the profile's precedence that offers it.
    """
    return tuple(_way(profile, action, level) for action in actions)


def page_of(profile: Profile, action: Action, level: Level) -> str:
    """Return the page of the product an action is on; nothing for what is done with an interview."""
    return "" if action in _WITH_INTERVIEWS else profile.labels.pages.get(level, "")


def refused_outcome(outcome: InterviewOutcome, profile: Profile, refusal: Refusal) -> InterviewOutcome:
    """Return the outcome of an interview with its refusal's code and what it leaves to do."""
    return outcome.model_copy(
        update={"code": refusal.code, "next": refusal.next, "ways_on": ways_on(profile, refusal.next)}
    )


def _way(profile: Profile, action: Action, level: Level | None) -> WayOn:
    manifest = profile.manifest
    order = ([level] if level in manifest.levels else []) + list(manifest.levels)
    at = next((one for one in order if one is not None and action in manifest.actions[one]), order[0])
    assert at is not None
    return WayOn(action=action, level=at, label=profile.labels.action(action, at), where=page_of(profile, action, at))
