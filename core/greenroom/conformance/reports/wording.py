"""The words of every form of a report: of verdicts, of products, of the command that repeats a check."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

from greenroom.conformance.kit import DEEP
from greenroom.conformance.verdicts import CheckResult, ConformanceReport, ProductReport, Verdict

WORDS: Mapping[Verdict, str] = {
    "fail": "fails",
    "error": "kit error",
    "not_testable": "not testable",
    "expected_failure": "expected failure",
    "unscored": "unscored",
    "pass": "passes",
    "not_applicable": "not applicable",
}
"""What a reader is told of each verdict, the gravest first."""

SYMBOLS: Mapping[Verdict, str] = {
    "fail": "✗",
    "error": "!",
    "not_testable": "?",
    "expected_failure": "≈",
    "unscored": "~",
    "pass": "✓",
    "not_applicable": "·",
}

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters that turn text around, end it, or that XML and HTML forbid. Tabs and line ends stay."""


def visible(text: str) -> str:
    """Return ``text`` with each character that would act instead of being read written out, as in ``⟦U+202E⟧``."""
    return _UNSEEN.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text.replace("\r\n", "\n"))


def short(text: str, length: int) -> str:
    """Return ``text`` on one line, and no longer than ``length`` characters."""
    line = " ".join(visible(text).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def standing(product: ProductReport) -> str:
    """Say in a word how a product stands. One of which nothing was checked has not passed."""
    if not product.results:
        return "not checked"
    return "passes" if product.passed else "fails"


def proportion(product: ProductReport) -> str:
    """Say how many of the checks that apply to a product, and count, passed."""
    counts = product.counts
    return f"{counts['pass']} of {counts.total() - counts['not_applicable'] - counts['unscored']}"


def extent(report: ConformanceReport) -> str:
    """Say of a run that was confined to some checks that it was; nothing of a whole one."""
    if not report.only:
        return ""
    return f"This run was confined to {len(report.only)} of the checks: it says nothing of the others."


def excuse(result: CheckResult) -> str:
    """Say why a failure is expected, until when, and where that is tracked; nothing of one that is not."""
    found = result.expected
    return "" if found is None else f"expected until {found.expires}: {found.reason} ({found.link})"


def tried(result: CheckResult) -> str:
    """Say how many examples a contract was tried on; nothing where none are drawn."""
    return "" if not result.examples else f"{result.examples} example{'s' if result.examples > 1 else ''}"


def repeat(report: ConformanceReport, product: ProductReport, result: CheckResult | None = None) -> str:
    """Return the command that judges a product again just so, by all checks or by the one of ``result``."""
    words = ["greenroom", "conformance"]
    if product.subject:
        words += ["--subject", product.subject, "--against", product.by]
    else:
        words += [product.name] if product.by == product.name else [product.name, "--against", product.by]
    if result is not None:
        words += ["--check", result.check]
    if report.examples == DEEP:
        words.append("--deep")
    return visible(shlex.join([*words, "--seed", str(report.seed)]))
