"""Write docs/zoom-facts.md: ``python -m tests.zoom_facts.page docs/zoom-facts.md``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.zoom_facts.flips import FLIPS

from greenroom.conformance.zoom import FactStanding, join, load_facts
from greenroom.conformance.zoom.contract import required_replies
from greenroom.conformance.zoom.kit import find_fact_checks

_HEAD = """\
# Facts of Zoom

What the embedded Zoom simulates, fact by fact: how sure each is, where it comes from, and which checks prove that it
is simulated. Nothing here was tried against zoom.us. This page is made by `make facts`; the facts stand in
`core/greenroom/conformance/zoom/facts.yaml`.

| mark | meaning |
| --- | --- |
| certain | Zoom's own documents say so, or it was reproduced |
| likely | official but dated, or told by several integrators independently |
| unsure | a single report, an inference, or sources that contradict each other |

```sh
greenroom clauses --sandbox          # the facts with their checks
greenroom clauses --sandbox --run    # run the checks against an embedded Zoom
```

The checks talk HTTP only (OAuth, REST, and the control API under `/_sandbox/`), so they can be turned on another
simulator that starts in the kit's world, `core/greenroom/conformance/zoom/world.yaml`:

```python
from greenroom.conformance.zoom.kit import find_fact_checks, run_all
from greenroom.conformance.zoom.subject import SimulatedZoom

async with SimulatedZoom.at("http://127.0.0.1:49152") as zoom:
    async for one in run_all(zoom, find_fact_checks()):
        print(one.check, one.outcome, one.said)
```
"""

_FLIPS = """
## The checks look

Each of these facts was made false in the sandbox. The checks on the right failed then; related checks, and those
before the change, passed. `tests/zoom_facts/test_flips.py` does it again.

| fact | instead | noticed by |
| --- | --- | --- |
"""

_CONTRACT = """
## The reply contract

Beside the facts every reply is held to Zoom's published documents: names, types and enumerations, the fields a success
carries at least (`required.yaml`: {operations} replies, {fields} fields, each with its mark) and the codes a refusal
may have (`errors.yaml`). For each operation the tests empty a reply, leave out each field in turn and change its type,
and see that the contract says so.
"""


def page() -> str:
    """Return the page."""
    facts = join(load_facts(), find_fact_checks())
    parts = [_HEAD, _count(facts)]
    for area, found in groupby(sorted(facts, key=lambda one: one.area), key=lambda one: one.area):
        parts.append(
            f"\n## {area.capitalize()}\n\n| fact | | mark | source | proven by |\n| --- | --- | --- | --- | --- |\n"
        )
        parts += [_row(one) for one in found]
    parts += [_FLIPS, *_flips()]
    replies = required_replies().values()
    fields = sum(len(one.fields) for one in replies)
    parts.append(_CONTRACT.format(operations=len(replies), fields=fields))
    return "".join(parts)


def _count(facts: tuple[FactStanding, ...]) -> str:
    simulated = Counter(one.simulated for one in facts)
    marks = Counter(one.confidence for one in facts)
    sure = ", ".join(f"{marks[mark]} {mark}" for mark in ("certain", "likely", "unsure"))
    return (
        f"\n{len(facts)} facts ({sure}): {simulated['yes']} simulated, {simulated['partly']} in part, "
        f"{simulated['no']} not; {len(find_fact_checks())} checks.\n"
    )


def _row(one: FactStanding) -> str:
    checks = "<br>".join(f"`{check}`" for check in one.checks)
    missing = (
        f"*{one.simulated} simulated:* {one.note}" if one.simulated == "partly" else f"*not simulated:* {one.note}"
    )
    proof = checks if one.note is None else "<br>".join(filter(None, (checks, missing)))
    return f"| {one.id} | {_cell(one.fact)} | {one.confidence} | {_cell(one.source)} | {_cell(proof)} |\n"


def _flips() -> Iterator[str]:
    for flip in FLIPS:
        noticed = "<br>".join(f"`{check}`" for check in flip.noticed_by)
        yield f"| {flip.fact} | {flip.instead} | {noticed} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
