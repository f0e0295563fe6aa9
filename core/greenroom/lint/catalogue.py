"""All rules, by their codes, and those that look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from greenroom.lint.rule import Found, Rule
from greenroom.lint.rules import clauses, documents, facts, hooks, purity, settings, states, templates, words
from greenroom.lint.silence import RULES as OF_SILENCE
from greenroom.lint.subject import Subject

_LOOKING = (documents, clauses, words, templates, facts, states, settings, hooks, purity)

CHECKS: tuple[Callable[[Subject], Iterator[Found]], ...] = tuple(one.check for one in _LOOKING)

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rules in (*(one.RULES for one in _LOOKING), OF_SILENCE) for rule in rules}
)
"""Every rule by its code, in the order of the page."""
