"""What a run of the kit is shown as: a page, JUnit, Markdown; and what two runs differ in. All pure functions."""

from __future__ import annotations

from greenroom.conformance.reports.difference import (
    difference,
    difference_markdown,
    difference_rows,
    without_times,
)
from greenroom.conformance.reports.junit import junit_report
from greenroom.conformance.reports.markdown import markdown_report
from greenroom.conformance.reports.page import html_report

__all__ = [
    "difference",
    "difference_markdown",
    "difference_rows",
    "html_report",
    "junit_report",
    "markdown_report",
    "without_times",
]
