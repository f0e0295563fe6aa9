"""Write the pages of contracts: ``python -m tests.contract_pages docs``.

Every mistake is judged; what was said then stands in ``docs/contracts/told.json``, and the pages are made from that.
``--static`` makes them from what was said last.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pydantic import TypeAdapter
from tests.told_mistakes import GROUPS, judged

from greenroom.conformance import InProcess, Product
from greenroom.conformance.contract import Contract, contracts
from greenroom.conformance.contract_page import ToldMistake, contract_page, page_of
from greenroom.profiles import Registry

FOLDER = Path(__file__).parents[1] / "docs" / "contracts"
TOLD = FOLDER / "told.json"

_ROWS = TypeAdapter(tuple[ToldMistake, ...])


def pages(told: Iterable[ToldMistake]) -> Mapping[str, str]:
    """Return every page by its path below ``docs``."""
    registry = Registry.discover()
    products = {name: Product(InProcess(registry.profile(name))) for name in registry.names}
    rows = tuple(told)
    found = {"contracts.md": contract_page()}
    for one in contracts():
        mine = [row for row in rows if row.contract == one.name]
        found[f"contracts/{one.name}.md"] = page_of(one, _not_for(one, products), mine)
    return found


def stored() -> tuple[ToldMistake, ...]:
    """Return what was said when the mistakes were judged last."""
    return _ROWS.validate_json(TOLD.read_text("utf-8"))


def _not_for(one: Contract, found: Mapping[str, Product]) -> dict[str, str]:
    return {name: why for name, product in found.items() if (why := one.unless(product))}


def _judge_all() -> tuple[list[ToldMistake], list[str]]:
    """Return what is said of every mistake now, and which groups could not be judged: of those, what was said last."""
    rows: list[ToldMistake] = []
    failed: list[str] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for group, waiting in [(group, pool.submit(judged, group)) for group in GROUPS]:
            try:
                rows.extend(waiting.result())
            except subprocess.CalledProcessError as error:
                failed.append(f"{group}: {error.stderr.strip().splitlines()[-1]}")
                rows.extend(row for row in stored() if row.group == group)
    return rows, failed


def main(docs: Path, *, judge: bool) -> int:
    """Write every page; return 1 when some mistakes could not be judged."""
    rows, failed = _judge_all() if judge else (list(stored()), [])
    TOLD.write_text(_ROWS.dump_json(tuple(rows), indent=1).decode() + "\n", "utf-8")
    made = pages(rows)
    for left_over in {f"contracts/{path.name}" for path in FOLDER.glob("*.md")} - made.keys():
        (docs / left_over).unlink()
    for path, text in made.items():
        (docs / path).write_text(text, "utf-8")
    for what in failed:
        sys.stderr.write(f"{what}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), judge="--static" not in sys.argv))
