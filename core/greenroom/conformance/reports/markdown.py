"""A report as Markdown: how each product stands, then only what stands against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from greenroom.conformance.reports.wording import (
    SYMBOLS,
    WORDS,
    excuse,
    extent,
    proportion,
    repeat,
    short,
    standing,
    visible,
)
from greenroom.conformance.verdicts import PASSING, CheckResult, ConformanceReport, ProductReport


def markdown_report(report: ConformanceReport) -> str:
    """Return a report as Markdown.

    What products and their checks say stands in code only, so that none of it becomes a link, a table or HTML.
    """
    return "\n".join((*_head(report), *_summary(report), *_against(report)))


def cell(text: str) -> str:
    """Return ``text`` as code for a table: without ``|``, and at most 300 characters."""
    return code(short(text, 300).replace("|", "¦"))


def code(text: str) -> str:
    """Return ``text`` as code within a line, all on one line."""
    line = " ".join(visible(text).split())
    fence = "`" * (_longest_run(line) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line}{fence}" if line else ""


def block(lines: Sequence[str]) -> str:
    """Return ``lines`` as a block of code that nothing in them can end."""
    text = "\n".join(map(visible, lines))
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def rows(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table, whose cells must not hold a bare ``|``."""
    for row in (heads, ["---"] * len(heads), *cells):
        yield f"| {' | '.join(row)} |"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _head(report: ConformanceReport) -> Iterator[str]:
    standard = f" (standard list {code(report.standard)})" if report.standard else ""
    yield "# Conformance"
    yield ""
    yield (
        f"Contracts version {report.contracts}{standard}, checks {code(report.checksum)}, seed {report.seed}, "
        f"{report.examples} examples, kit {code(report.kit)}, {report.at:%Y-%m-%d %H:%M %Z}."
    )
    yield ""
    if report.only:
        yield extent(report)
        yield ""


def _summary(report: ConformanceReport) -> Iterator[str]:
    heads = ("product", "by", "stands", "passed of those that apply", *WORDS.values(), "seconds")
    cells = [
        (
            cell(one.name),
            cell(one.by),
            standing(one),
            proportion(one),
            *(str(one.counts[verdict]) for verdict in WORDS),
            f"{one.seconds:.1f}",
        )
        for one in report.products
    ]
    yield from rows(heads, cells)
    yield ""


def _against(report: ConformanceReport) -> Iterator[str]:
    for product in report.products:
        against = [result for result in product.results if result.verdict not in PASSING]
        if against:
            yield f"## What stands against {cell(product.name)}"
            yield ""
        for result in against:
            yield from _finding(report, product, result)
        expected = [result for result in product.results if result.expected is not None]
        if expected:
            yield f"## What is expected of {cell(product.name)} to fail"
            yield ""
            yield from (f"- {code(result.check)}: {code(excuse(result))}" for result in expected)
            yield ""


def _finding(report: ConformanceReport, product: ProductReport, result: CheckResult) -> Iterator[str]:
    texts = dict(product.clauses)
    yield f"### {SYMBOLS[result.verdict]} {WORDS[result.verdict]}: {code(result.check)}"
    yield ""
    lines = (
        ("Rule", result.says),
        ("Why", result.why),
        ("Fix", result.fix),
        *(("Clause", f"{clause}: {texts.get(clause, '(not in the report)')}") for clause in result.clauses),
    )
    for name, text in lines:
        if text:
            yield f"- {name}: {code(text)}"
    yield ""
    found = (result.said, *result.story) if result.said else result.story
    if found:
        yield block(found)
        yield ""
    yield "Repeat it:"
    yield ""
    yield block((repeat(report, product, result),))
    yield ""
