"""Commit the faults of one product, each on a fresh copy, and judge each by the contract that has to tell it.

    python -m tests.faulty_profiles.judging lever

prints one JSON object a fault. It runs in a process of its own, because it imports the plugin anew for each.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator

from hypothesis import Phase, settings

from greenroom.conformance.contract import contracts
from greenroom.conformance.copies import copies
from greenroom.conformance.kit import Check, _of_contract, judge
from greenroom.profiles.errors import ProfileError

SEED, EXAMPLES = 1, 60


def contract_checks(*names: str) -> list[Check]:
    """Return the contracts of these names, or all, as checks."""
    return [_of_contract(one) for one in contracts() if not names or one.name in names]


def quick() -> None:
    """Look for failures without making them smaller, which is most of the work."""
    settings.register_profile("quick", phases=(Phase.generate,))
    settings.load_profile("quick")


def _judge_here(name: str) -> Iterator[dict[str, str]]:
    cases = importlib.import_module(f"tests.faulty_profiles.{name}")
    with copies(name) as made:
        for fault in cases.FAULTS:
            told = {"mistake": fault.mistake}
            try:
                product = made.changed(fault.commit)
                (result,) = judge(product, contract_checks(fault.contract), seed=SEED, examples=EXAMPLES)
            except ProfileError as error:
                yield {**told, "verdict": "unloadable", "said": str(error)}
            else:
                yield {**told, "verdict": result.verdict, "said": result.said}
        for variant in getattr(cases, "VARIANTS", ()):
            product = made.changed(variant.change)
            for result in judge(product, contract_checks(), seed=SEED, examples=2):
                if result.verdict not in {"pass", "not_applicable"}:
                    yield {"variant": variant.name, "verdict": result.verdict, "said": f"{result.check}: {result.said}"}
            yield {"variant": variant.name, "verdict": "judged", "said": ""}


if __name__ == "__main__":
    quick()
    for told in _judge_here(sys.argv[1]):
        sys.stdout.write(json.dumps(told) + "\n")
