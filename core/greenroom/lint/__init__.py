"""Static checks of a profile: its files are read with the place of everything in them, and never imported."""

from greenroom.lint.catalogue import RULES
from greenroom.lint.finding import Finding, Linted, Severity
from greenroom.lint.linting import lint
from greenroom.lint.rule import Rule
from greenroom.lint.source import ProfileSource, folders_below

__all__ = ["RULES", "Finding", "Linted", "ProfileSource", "Rule", "Severity", "folders_below", "lint"]
