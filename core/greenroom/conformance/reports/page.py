"""A report as one page that needs nothing else: how each product stands, then every check of every product."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from greenroom.conformance.reports.wording import (
    SYMBOLS,
    WORDS,
    excuse,
    extent,
    proportion,
    repeat,
    short,
    standing,
    tried,
    visible,
)
from greenroom.conformance.verdicts import PASSING, CheckResult, ConformanceReport, ProductReport

_NAMED = 12
"""How many checks a card names of those that stand against its product; the matrix has them all."""


@dataclass(frozen=True)
class _Cell:
    """What came of a row's check for one product: nothing when it was not run on it."""

    product: ProductReport
    result: CheckResult | None
    command: str = ""


@dataclass(frozen=True)
class _Row:
    """A check, with a cell for each product, and the text of its clauses."""

    anchor: str
    check: CheckResult
    cells: tuple[_Cell, ...]
    clauses: tuple[tuple[str, str], ...]

    @property
    def against(self) -> bool:
        """Whether it stands against some product."""
        return any(cell.result is not None and cell.result.verdict not in PASSING for cell in self.cells)

    @property
    def found(self) -> bool:
        """Whether something was found, excused or not."""
        return any(cell.result is not None and cell.result.said for cell in self.cells)


@dataclass(frozen=True)
class _Section:
    """Rows of one kind: the contracts, or the clause checks of one profile."""

    title: str
    kind: str
    rows: tuple[_Row, ...]


@dataclass(frozen=True)
class _Card:
    """How one product stands. ``against`` are the rows that do, as many as a card names; ``more`` how many others."""

    product: ProductReport
    against: tuple[_Row, ...]
    more: int


def html_report(report: ConformanceReport) -> str:
    """Return a report as a page: HTML with its style and script within, and a policy that allows no other.

    Whatever products and checks say is text on it: escaped, and characters that turn text around are written out.
    """
    sections = tuple(_sections(report))
    style, script = _resource("page.css"), _resource("page.js")
    return (
        _templates()
        .get_template("page.html")
        .render(
            report=report,
            cards=[_card(index, product, sections) for index, product in enumerate(report.products)],
            sections=sections,
            total=sum(len(section.rows) for section in sections),
            extent=extent(report),
            words=WORDS,
            symbols=SYMBOLS,
            style=Markup(style),  # noqa: S704  # a file of ours
            script=Markup(script),  # noqa: S704  # a file of ours
            policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'",
        )
    )


def _sections(report: ConformanceReport) -> Iterator[_Section]:
    judges = tuple(dict.fromkeys(product.by for product in report.products))
    anchors = (f"check-{number}" for number in range(1, 10**9))
    contracts = _rows(report, "contract", None, anchors)
    if contracts:
        yield _Section("Contracts: rules of every product", "contract", contracts)
    for by in judges:
        rows = _rows(report, "clause", by, anchors)
        if rows:
            yield _Section(f"Clauses of {by}", "clause", rows)


def _rows(report: ConformanceReport, kind: str, by: str | None, anchors: Iterator[str]) -> tuple[_Row, ...]:
    """Return a row for each check of a kind, of one judge's where it matters, in the order they were run."""
    found = [
        {result.check: result for result in product.results if result.kind == kind and by in (None, product.by)}
        for product in report.products
    ]
    first: dict[str, CheckResult] = {}
    for results in found:
        first = {**results, **first}
    names = dict.fromkeys(name for results in found for name in results)
    return tuple(
        _row(next(anchors), report, first[name], tuple(results.get(name) for results in found)) for name in names
    )


def _row(anchor: str, report: ConformanceReport, check: CheckResult, results: tuple[CheckResult | None, ...]) -> _Row:
    pairs = tuple(zip(report.products, results, strict=True))
    cells = tuple(
        _Cell(product, result, repeat(report, product, result) if result is not None else "")
        for product, result in pairs
    )
    texts = {clause: text for product, result in pairs if result is not None for clause, text in product.clauses}
    cited = dict.fromkeys(clause for _, result in pairs if result is not None for clause in result.clauses)
    return _Row(anchor, check, cells, tuple((clause, texts.get(clause, "")) for clause in cited))


def _card(index: int, product: ProductReport, sections: tuple[_Section, ...]) -> _Card:
    against = tuple(row for section in sections for row in section.rows if _stands_against(row.cells[index].result))
    return _Card(product, against[:_NAMED], len(against[_NAMED:]))


def _stands_against(result: CheckResult | None) -> bool:
    return result is not None and result.verdict not in PASSING


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def _resource(name: str) -> str:
    return files("greenroom.conformance.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(source: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("greenroom.conformance.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "duration": _duration,
        "excuse": excuse,
        "proportion": proportion,
        "short": short,
        "standing": standing,
        "tried": tried,
        "visible": visible,
    }
    return environment
