"""When Zoom refuses the host that was chosen: one more decision from fresh facts, told plainly [CORE-16]."""

from __future__ import annotations

from greenroom.engine.meetings import HostRefused
from greenroom.engine.outcomes import InterviewOutcome
from greenroom.engine.questions import Decided
from greenroom.model import HostChoice


def chosen_again(refused: HostRefused, decided: Decided) -> HostRefused | None:
    """Return the refusal anew if a decision is for the very host whom Zoom refused: Zoom is not asked twice."""
    choice = decided.choice.answer if decided.choice is not None else None
    if isinstance(choice, HostChoice) and choice.host.id == refused.choice.host.id:
        return HostRefused(choice, refused.refusal)
    return None


def told(outcome: InterviewOutcome, refused: HostRefused, again: HostRefused | None = None) -> InterviewOutcome:
    """Return an outcome that says what happened before it: whom Zoom refused, and what was decided then.

    ``again``: the second refusal, of the same host or of another one.
    """
    first = f"Zoom refused {refused.choice.host.email} as host: {refused.refusal.what}."
    asked = "Who exists at Zoom was looked up anew, and the profile asked once more."
    return outcome.model_copy(update={"happened": (first, asked, _then(outcome, refused, again))})


def _then(outcome: InterviewOutcome, refused: HostRefused, again: HostRefused | None) -> str:
    if again is not None and again.choice.host.id == refused.choice.host.id:
        return "It chose the same host again, so nothing more was asked of Zoom."
    if again is not None:
        return f"It chose {again.choice.host.email}, whom Zoom refused too: {again.refusal.what}."
    if outcome.kind == "refused":
        return "It refuses now."
    if outcome.kind in {"failed", "unclear"}:
        return "What came of that is said above."
    return f"It chose {outcome.host}." if outcome.host is not None else "It wants no new meeting now."
