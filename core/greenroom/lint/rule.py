"""A rule: its stable code, and what the page of rules tells of it."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.lint.finding import Place, Severity


@dataclass(frozen=True, slots=True)
class Found:
    """A breach of ``rule`` at ``place``, before anybody was asked whether to overlook it."""

    place: Place
    rule: Rule
    what: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is looked at.

    ``code`` never changes its meaning and is never given to another rule; ``why`` is what the mistake would cost.
    """

    code: str
    title: str
    severity: Severity = "error"
    why: str
    fix: str

    def at(self, place: Place, what: str, *, next: str = "") -> Found:
        """Return a breach; ``next`` says more exactly than ``fix`` what to do, where that is known."""
        return Found(place, self, what, next or self.fix)
