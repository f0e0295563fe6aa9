"""The page of core's defaults: what any profile may cite where its document is silent."""

from __future__ import annotations

from greenroom.model import Clause
from greenroom.profiles.clauses import core_clauses
from greenroom.reference.wording import table

_HEAD = """\
# Defaults of core

What Greenroom does where every document is silent. An answer of any profile may cite these ids as it cites its own
clauses (`because("CORE-03")`); they are shown as core's own, never as a product's behaviour, and need no entry in
`clauses.yaml`. Why they are as they are: [decisions](../decisions.md)."""


def defaults_page() -> str:
    """Return the page, in Markdown."""
    rows = [(f"`{one.id}`", _circumstances(one), one.then) for one in core_clauses().values()]
    return f"{_HEAD}\n\n{table(('Clause', 'Where', 'What holds'), rows)}\n"


def _circumstances(one: Clause) -> str:
    return ", ".join(part for part in (one.given, f"when {one.when}" if one.when else "") if part)
