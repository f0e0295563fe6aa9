"""Core's own messages, for refusals that no profile answers, and the way from a `Say` to text."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.model import Because, Refusal, Say
from greenroom.profiles import Profile

_CORE_MESSAGES = {
    "core.not_offered": "This profile does not offer that.",
    "core.not_connected": "There is no connection to Zoom through which that could be done.",
    "core.nothing_connected": "There is no connection that could be ended.",
    "core.time_missing": "No meeting is made before start and length are known.",
    "core.preview_first": "Look at the invites before sending them: preview first.",
    "core.cancelled": "This interview was cancelled.",
    "core.nothing_to_send": "There is nothing to send.",
}


def text_of(profile: Profile, say: Say) -> str:
    """Return a message in the organization's edition, or core's own words for core's keys."""
    return _CORE_MESSAGES.get(say.key) or profile.labels.text(say)


def defaults_in(profile: Profile, reasons: Iterable[Because]) -> tuple[str, ...]:
    """Return in words, each once, the defaults of core's among ``reasons``: no document of a product says them."""
    ids = dict.fromkeys(reason.clause for reason in reasons)
    cited = (profile.clauses[one] for one in ids if one in profile.clauses)
    return tuple(f"{clause.then} [{clause.id}]" for clause in cited if clause.basis == "default")


def core_refusal(code: str, clause: str, *, about: str = "") -> Refusal:
    """Return core's own refusal; ``code`` without its ``core.`` prefix names the message."""
    return Refusal(code=code, say=Say(key=f"core.{code}"), because=(Because(clause=clause, about=about),))
