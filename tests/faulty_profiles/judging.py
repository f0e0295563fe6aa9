"""Commit the faults of one product, each on a fresh copy, and judge each by the check that has to tell it.

    python -m tests.faulty_profiles.judging lever

prints one JSON object a fault, and one or more a variant; with a number, of so many variants at most. It runs in a
process of its own, because it imports the plugin anew for each.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator

from hypothesis import Phase, settings
from tests.faulty_profiles.faults import EngineFault, Fault, Variant

from greenroom.conformance import InProcess, Product
from greenroom.conformance.contract import contracts
from greenroom.conformance.copies import Copies, copies
from greenroom.conformance.kit import Check, checks_for, contract_check, judge
from greenroom.conformance.verdicts import PASSING
from greenroom.profiles import Registry
from greenroom.profiles.errors import ProfileError

SEED, EXAMPLES = 1, 60

Told = dict[str, str]


def contract_checks(*names: str) -> list[Check]:
    """Return the contracts of these names, or all, as checks."""
    return [contract_check(one) for one in contracts() if not names or one.name in names]


def quick() -> None:
    """Look for failures without making them smaller, which is most of the work."""
    settings.register_profile("quick", phases=(Phase.generate,))
    settings.load_profile("quick")


def _plugin_faults(name: str, faults: tuple[Fault, ...], variants: tuple[Variant, ...]) -> Iterator[Told]:
    its = {one.name: one for one in (*checks_for(Registry.discover().profile(name)), *contract_checks())}
    with copies(name) as made:
        for fault in faults:
            yield _judged(made, fault, its[fault.check])
        for variant in variants:
            yield from _variant(made, variant)


def _judged(made: Copies, fault: Fault, check: Check) -> Told:
    told = {"mistake": fault.mistake}
    try:
        product = made.changed(fault.commit)
    except ProfileError as error:
        return {**told, "verdict": "unloadable", "said": str(error)}
    (result,) = judge(product, [check], seed=SEED, examples=EXAMPLES)
    return {**told, "verdict": result.verdict, "said": result.said}


def _variant(made: Copies, variant: Variant) -> Iterator[Told]:
    for result in judge(made.changed(variant.change), contract_checks(), seed=SEED, examples=2):
        if result.verdict not in PASSING:
            yield {"variant": variant.name, "verdict": result.verdict, "said": f"{result.check}: {result.said}"}
    yield {"variant": variant.name, "verdict": "judged", "said": ""}


def _engine_faults(profile: str, faults: tuple[EngineFault, ...]) -> Iterator[Told]:
    for fault in faults:
        with fault.spoil():
            product = Product(InProcess(Registry.discover().profile(profile)))
            (result,) = judge(product, contract_checks(fault.check), seed=SEED, examples=EXAMPLES)
        yield {"mistake": fault.mistake, "verdict": result.verdict, "said": result.said}


def _main(name: str, most: int) -> None:
    cases = importlib.import_module(f"tests.faulty_profiles.{name}")
    if name == "engine":
        every = _engine_faults(cases.PROFILE, cases.FAULTS)
    else:
        every = _plugin_faults(name, cases.FAULTS, getattr(cases, "VARIANTS", ())[:most])
    for told in every:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    quick()
    _main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 99)
