"""The conformance kit: facts, strategies, contracts and clause checks, using only what a third party could use."""

from __future__ import annotations

from greenroom.conformance.answers import cited, refusal
from greenroom.conformance.checks import FoundCheck, find_checks, proves
from greenroom.conformance.documents import Documents

__all__ = ["Documents", "FoundCheck", "cited", "find_checks", "proves", "refusal"]
