"""Write the page of contracts: ``python -m greenroom.conformance.contract_page docs/contracts.md``."""

from __future__ import annotations

import sys
from pathlib import Path

from greenroom.conformance.contract import VERSION, Contract, contracts

_HEAD = f"""\
# Contracts

Every product keeps these, whatever its document says. `greenroom conformance NAME` tries each on drawn examples, and
shows the smallest that breaks it; `--check CONTRACT` runs one. This is version {VERSION} of the list.

"""


def contract_page() -> str:
    """Return the page in Markdown: each contract with its rule, what its breach costs, and where to look."""
    return _HEAD + "\n".join(map(_section, contracts()))


def _section(one: Contract) -> str:
    kind = "Says what must not happen." if one.refuses else "Says what must happen."
    return f"## {one.name}\n\n{one.says}\n\n*Why:* {one.why}\n\n*Fix:* {one.fix}\n\n{kind}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(contract_page(), "utf-8")
