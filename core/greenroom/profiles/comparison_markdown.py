"""A comparison as Markdown: a table for each group."""

from __future__ import annotations

from itertools import groupby

from greenroom.profiles.comparison import ComparedDimension, Comparison, DimensionValue


def comparison_markdown(compared: Comparison, *, everything: bool) -> str:
    """Return the comparison: what differs, group by group; what does not only if ``everything`` is asked for."""
    head = "| | " + " | ".join(_plain(one.product) for one in compared.profiles) + " |"
    line = "|" + " --- |" * (len(compared.profiles) + 1)
    parts = [
        "\n".join((f"## {group}", "", head, line, *map(_row, rows)))
        for group, rows in groupby(compared.differences, key=lambda one: one.group)
    ]
    if everything and compared.alike:
        parts.append("\n".join(("## Alike", "", head, line, *map(_row, compared.alike))))
    return "\n\n".join(parts) + "\n"


def _row(row: ComparedDimension) -> str:
    return f"| **{_plain(row.title)}** | " + " | ".join(_cell(value) for value in row.values) + " |"


def _cell(value: DimensionValue) -> str:
    if value.basis == "silent":
        return f"- *{_plain(value.instead)}*" if value.instead else "-"
    cited = ", ".join(one.id for one in value.clauses)
    return f"{_plain(value.says)}<br>*{value.basis}* {cited}"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")
