"""The pages of contracts: the list of all, and one for each, with what it is not for and a mistake that it tells."""

from __future__ import annotations

import importlib
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from greenroom.conformance.contract import VERSION, Contract, contracts
from greenroom.model import Value
from greenroom.reference.links import links
from greenroom.reference.source import summary_of
from greenroom.reference.wording import prose

_MUST = {True: "Says what must not happen.", False: "Says what must happen."}
_MOST_TOLD = 3
"""Mistakes that are shown in full; of others a page has the sentences."""

_WIDEST = 100
"""Columns of what was said."""

_HEAD = f"""\
# Contracts

Every product keeps these, whatever its document says. `greenroom conformance NAME` tries each, most on drawn examples,
and shows the smallest that breaks it; `--check CONTRACT` runs one. This is version {VERSION} of the list
([how it changes](stability.md#contracts-and-their-versions)). A page for each says why, where to look first, to which
profiles it is not applicable, and shows mistakes that it told."""


class ToldMistake(Value):
    """A mistake that was made on purpose, and what a contract said of it."""

    group: str
    """Which mistakes it was judged with."""
    where: str
    """Where it was made, in words."""
    contract: str
    """Which contract told it."""
    mistake: str
    """The mistake, in one sentence."""
    diff: str = ""
    """How it was made; empty where it takes more than a plugin's files."""
    said: str
    """What the kit said."""


def contract_page() -> str:
    """Return the list of contracts, by what they are about, in Markdown."""
    topics = groupby(contracts(), key=lambda one: one.body.__module__)
    return "\n\n".join((_HEAD, *(_topic(module, found) for module, found in topics))) + "\n"


def page_of(one: Contract, not_for: Mapping[str, str], told: Sequence[ToldMistake]) -> str:
    """Return the page of a contract, in Markdown.

    ``not_for``: the profiles here that it is not applicable to, by name, and why.
    """
    drawn = "One look is all of it." if one.once else "Tried on drawn examples."
    parts = (
        f"# {one.name}",
        one.says,
        f"{_MUST[one.refuses]} {drawn}",
        f"**Why:** {one.why}",
        f"**Where to look first:** {prose(one.fix, links('../reference'))}",
        f"```sh\ngreenroom conformance --all --check {one.name}\n```",
        "## Not applicable",
        _not_for(not_for),
        *_mistakes(told),
        "[All contracts](../contracts.md)",
    )
    return "\n\n".join(parts) + "\n"


def _topic(module: str, found: Iterable[Contract]) -> str:
    about = summary_of(importlib.import_module(module)).removeprefix("Contracts of ").replace("\n\n", " ")
    title, _, rest = about.partition(": ")
    rows = "\n".join(f"| [{one.name}](contracts/{one.name}.md) | {one.says} |" for one in found)
    return f"## {title.capitalize()}\n\n{rest.capitalize()}\n\n| Contract | Rule |\n|---|---|\n{rows}"


def _not_for(reasons: Mapping[str, str]) -> str:
    if not reasons:
        return "It is for every profile here."
    rows = "\n".join(f"| `{name}` | {why} |" for name, why in sorted(reasons.items()))
    return f"| Profile | Because |\n|---|---|\n{rows}"


def _mistakes(told: Sequence[ToldMistake]) -> list[str]:
    """Return the shortest mistakes as they were made, and the others in a sentence each."""
    if not told:
        return []
    shown = sorted(told, key=lambda one: (not one.diff, len(one.diff), one.where, one.mistake))
    parts = ["## Mistakes it tells", *map(_mistake, shown[:_MOST_TOLD])]
    rest = [f"- in {one.where}, {one.mistake}" for one in shown[_MOST_TOLD:]]
    return [*parts, "And these:\n\n" + "\n".join(rest)] if rest else parts


def _mistake(one: ToldMistake) -> str:
    made = f":\n\n```diff\n{one.diff}\n```\n\n" if one.diff else ", which no profile can do. "
    return f"In {one.where}, {one.mistake}{made}The kit says:\n\n```text\n{_wrapped(one.said)}\n```"


def _wrapped(said: str) -> str:
    """Break lines, so that a page need not be moved sideways to be read."""
    return "\n".join(part for line in said.splitlines() for part in textwrap.wrap(line, _WIDEST))
