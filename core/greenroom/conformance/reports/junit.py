"""A report as JUnit XML, a suite a product, for what shows test results of continuous integration."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from greenroom.conformance.reports.wording import WORDS, excuse, extent, repeat, short, visible
from greenroom.conformance.verdicts import CheckResult, ConformanceReport, ProductReport, Verdict

_ELEMENTS: dict[Verdict, str] = {
    "fail": "failure",
    "not_testable": "failure",
    "error": "error",
    "not_applicable": "skipped",
    "expected_failure": "skipped",
    "unscored": "skipped",
}
"""What could not be tested has not passed, so it is a failure; an error is the kit's own."""


def junit_report(report: ConformanceReport) -> str:
    """Return a report as JUnit XML. Characters that XML forbids are written out, as in ``⟦U+0000⟧``."""
    root = Element("testsuites", name="greenroom conformance")
    for product in report.products:
        root.append(_suite(report, product))
    results = [result for product in report.products for result in product.results]
    _count(root, results)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(report: ConformanceReport, product: ProductReport) -> Element:
    at = report.at.isoformat(timespec="seconds")
    suite = Element("testsuite", name=visible(product.name), timestamp=at)
    _count(suite, product.results)
    properties = SubElement(suite, "properties")
    for name, value in _facts(report, product):
        SubElement(properties, "property", name=name, value=visible(value))
    for result in product.results:
        suite.append(_case(report, product, result))
    return suite


def _facts(report: ConformanceReport, product: ProductReport) -> tuple[tuple[str, str], ...]:
    facts = (
        ("product", product.product),
        ("edition", product.edition),
        ("version", product.version),
        ("by", product.by),
        ("subject", product.subject),
        ("contracts", str(report.contracts)),
        ("standard", report.standard),
        ("budget", "" if report.budget is None else f"{report.budget:g}"),
        ("checksum", report.checksum),
        ("seed", str(report.seed)),
        ("examples", str(report.examples)),
        ("kit", report.kit),
        ("extent", extent(report)),
    )
    return tuple((name, value) for name, value in facts if value)


def _case(report: ConformanceReport, product: ProductReport, result: CheckResult) -> Element:
    classname = visible(f"{product.name}.{result.kind}")
    case = Element("testcase", classname=classname, name=visible(result.check), time=f"{result.seconds:.3f}")
    if result.verdict != "pass":
        word = WORDS[result.verdict]
        parts = (word, excuse(result), result.said)
        message = short(": ".join(part for part in parts if part), 500)
        found = SubElement(case, _ELEMENTS[result.verdict], message=message)
        if found.tag != "skipped":
            found.set("type", result.verdict)
            found.text = visible("\n".join(_told(report, product, result)))
    return case


def _told(report: ConformanceReport, product: ProductReport, result: CheckResult) -> tuple[str, ...]:
    texts = dict(product.clauses)
    parts = (
        ("rule: ", result.says),
        ("why: ", result.why),
        ("fix: ", result.fix),
        *((f"clause {clause}: ", texts.get(clause, "(not in the report)")) for clause in result.clauses),
        ("found: ", result.said),
        *(("  ", line) for line in result.story),
        ("repeat: ", repeat(report, product, result)),
    )
    return tuple(f"{name}{text}" for name, text in parts if text)


def _count(element: Element, results: tuple[CheckResult, ...] | list[CheckResult]) -> None:
    elements = [_ELEMENTS.get(result.verdict) for result in results]
    element.set("tests", str(len(elements)))
    for attribute, name in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(elements.count(name)))
    element.set("time", f"{sum(result.seconds for result in results):.3f}")
