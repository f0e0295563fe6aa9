"""The conformance kit: facts, strategies, contracts and clause checks, using only what a third party could use."""

from __future__ import annotations

from greenroom.conformance.checks import FoundCheck, find_checks, proves

__all__ = ["FoundCheck", "find_checks", "proves"]
