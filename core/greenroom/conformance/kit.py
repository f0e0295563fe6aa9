"""The kit: run clause checks and contracts on a product, and say what came of each."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from greenroom.conformance.checks import FoundCheck, find_checks
from greenroom.conformance.contract import Contract, contracts
from greenroom.conformance.product import Product
from greenroom.conformance.subject import SubjectUnusable
from greenroom.conformance.verdicts import CheckResult, Kind, ProductReport, Verdict
from greenroom.profiles import Profile

QUICK, DEEP = 20, 500
"""Examples of each contract."""


@dataclass(frozen=True)
class Check:
    """Something to be run on a product: of either kind, with what a report says of it."""

    name: str
    kind: Kind
    clauses: tuple[str, ...]
    says: str
    why: str
    fix: str
    not_applicable: Callable[[Product], str]
    run: Callable[[Product, int, int], None]


class NotTestable(Exception):
    """Something cannot be checked, and why."""


def checks_for(by: Profile) -> tuple[Check, ...]:
    """Return everything a product is judged by: the clause checks of profile ``by``, then every contract.

    A profile whose plugin brings no clause checks has a check in their place that is not testable. Raises what
    importing its checks raises.
    """
    package = f"{by.folder.name}.checks"
    found = map(_of_clauses, find_checks(package)) if find_spec(package) is not None else (_MISSING,)
    return (*found, *map(_of_contract, contracts()))


def checksum(checks: Sequence[Check]) -> str:
    """Return a digest of the names of checks, in twelve hexadecimal digits."""
    return sha256("\n".join(sorted(f"{one.kind} {one.name}" for one in checks)).encode()).hexdigest()[:12]


def judge(product: Product, checks: Sequence[Check], *, seed: int, examples: int) -> Iterator[CheckResult]:
    """Run each check on ``product`` and yield what came of it; with one seed, always the same.

    Raises `SubjectUnusable` when the product is not reached.
    """
    for check in checks:
        began = time.perf_counter()
        verdict, said, story = _verdict(product, check, seed, examples)
        yield CheckResult(
            check=check.name,
            kind=check.kind,
            clauses=check.clauses,
            says=check.says,
            why=check.why,
            fix=check.fix,
            verdict=verdict,
            said=said,
            story=story,
            seconds=round(time.perf_counter() - began, 3),
        )


def report_on(
    product: Product,
    by: Profile,
    checks: Sequence[Check],
    *,
    name: str,
    seed: int,
    examples: int,
    subject: str = "",
    heard: Callable[[CheckResult], None] = lambda _result: None,
) -> ProductReport:
    """Judge a product by ``checks``, those of profile ``by`` and the contracts; ``heard`` is told of each as it ends.

    Raises `SubjectUnusable` when the product is not reached.
    """
    results = []
    for result in judge(product, checks, seed=seed, examples=examples):
        heard(result)
        results.append(result)
    return ProductReport(
        name=name,
        product=product.manifest.product,
        edition=product.words.edition,
        version="" if subject else by.version,
        by=by.name,
        subject=subject,
        results=tuple(results),
        clauses=tuple((one.id, one.then) for one in by.clauses.values()),
    )


def _verdict(product: Product, check: Check, seed: int, examples: int) -> tuple[Verdict, str, tuple[str, ...]]:
    try:
        not_applicable = check.not_applicable(product)
        if not_applicable:
            return "not_applicable", not_applicable, ()
        check.run(product, seed, examples)
    except SubjectUnusable:
        raise
    except NotTestable as reason:
        return "not_testable", str(reason), ()
    except AssertionError as failure:
        return "fail", _said(failure), _story(failure)
    except Exception as error:  # noqa: BLE001  # whatever a check or hypothesis raises is what there is to tell
        # A clause check that stumbles has met something its product would have had.
        return ("fail" if check.kind == "clause" else "error"), f"{type(error).__name__}: {_said(error)}", _story(error)
    return "pass", "", ()


def _said(error: BaseException) -> str:
    """Return an error's message, without what pytest adds to it; for a bare ``assert``, what was asserted."""
    said = str(error).partition("\nassert ")[0].strip()
    if said or not isinstance(error, AssertionError):
        return said
    frames = traceback.extract_tb(error.__traceback__)
    return f"this does not hold: {(frames[-1].line or '').removeprefix('assert ')}" if frames else "it does not hold"


def _story(error: BaseException) -> tuple[str, ...]:
    """Return the draws of the smallest failing example, as hypothesis notes them, a line each."""
    notes = [line for note in getattr(error, "__notes__", ()) for line in str(note).splitlines()]
    return tuple(line.strip() for line in notes if line.startswith("Draw "))


def _of_clauses(found: FoundCheck) -> Check:
    def run(product: Product, _seed: int, _examples: int) -> None:
        found.run(product)

    return Check(found.name, "clause", found.clauses, found.says, "", "", _always, run)


def _of_contract(contract: Contract) -> Check:
    def run(product: Product, first: int, examples: int) -> None:
        @seed(first)
        @settings(
            max_examples=1 if contract.once else examples,
            database=None,
            deadline=None,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def kept(data: st.DataObject) -> None:
            contract.body(product, data)

        try:
            kept()
        except HypothesisException as error:
            message = f"examples cannot be drawn: {error}"
            raise RuntimeError(message) from error

    return Check(contract.name, "contract", (), contract.says, contract.why, contract.fix, contract.unless, run)


def _always(_product: Product) -> str:
    return ""


def _nothing_to_run(_product: Product, _seed: int, _examples: int) -> None:
    message = "its plugin has no package `checks`: whether it does what its document says is not known"
    raise NotTestable(message)


_MISSING = Check(
    "clause_checks", "clause", (), "The plugin brings checks of its clauses.", "", "", _always, _nothing_to_run
)
