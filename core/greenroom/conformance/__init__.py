"""The conformance kit: facts, strategies, contracts and clause checks, using only what a third party could use."""

from __future__ import annotations

from greenroom.conformance.answers import cited, refusal
from greenroom.conformance.checks import FoundCheck, find_checks, proves
from greenroom.conformance.in_process import InProcess
from greenroom.conformance.product import Product
from greenroom.conformance.subject import Subject, SubjectFault, SubjectUnusable

__all__ = [
    "FoundCheck",
    "InProcess",
    "Product",
    "Subject",
    "SubjectFault",
    "SubjectUnusable",
    "cited",
    "find_checks",
    "proves",
    "refusal",
]
