"""The kit: run clause checks and contracts on a product, and say what came of each."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from math import inf

from greenroom.conformance.checks import FoundCheck, find_checks
from greenroom.conformance.contract import Contract, contracts
from greenroom.conformance.product import Product
from greenroom.conformance.standard import departure, standard
from greenroom.conformance.story import story_of
from greenroom.conformance.subject import SubjectUnusable
from greenroom.conformance.trying import Effort, try_contract
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
    run: Callable[[Product, Effort], None]


class MissingCheck(Exception):
    """A standard check was removed, or another stands in its place."""


class NotTestable(Exception):
    """Something cannot be checked, and why."""


def checks_for(by: Profile) -> tuple[Check, ...]:
    """Return everything a product is judged by: the clause checks of profile ``by``, then every contract.

    A profile whose plugin brings no clause checks, or none that can be loaded, has a check in their place that is not
    testable. A standard check that is gone, or in whose place another stands, has one that is an error of the kit's.
    """
    there = contracts()
    apart = departure(there, standard())
    kept = (one for one in there if one.name not in apart.others)
    gone = (_missing(name, "it is not there") for name in apart.missing)
    other = (_missing(name, "another stands in its place") for name in apart.others)
    return (*_clause_checks(by), *map(contract_check, kept), *gone, *other)


def _clause_checks(by: Profile) -> tuple[Check, ...]:
    """Return the clause checks of a profile; where there are none, a check that is not testable."""
    package = f"{by.folder.name}.checks"
    try:
        if find_spec(package) is not None:
            return tuple(map(_of_clauses, find_checks(package)))
    except Exception as error:  # noqa: BLE001  # a plugin's code, as it is imported
        return (_untestable(f"its package `checks` cannot be loaded: {type(error).__name__}: {error}"),)
    return (_untestable("its plugin has no package `checks`: whether it does what its document says is not known"),)


def checksum(checks: Sequence[Check]) -> str:
    """Return a digest of the names of checks, in twelve hexadecimal digits."""
    return sha256("\n".join(sorted(f"{one.kind} {one.name}" for one in checks)).encode()).hexdigest()[:12]


def judge(
    product: Product, checks: Sequence[Check], *, seed: int, examples: int, budget: float = inf
) -> Iterator[CheckResult]:
    """Run each check on ``product`` and yield what came of it; with one seed, and time enough, always the same.

    ``budget`` is in seconds. What is left of it is shared evenly among the checks that are left; a contract tries at
    least one example, and a check whose turn comes when nothing is left is not testable.

    Raises `SubjectUnusable` when the product is not reached.
    """
    ends = time.monotonic() + budget
    for left, check in zip(range(len(checks), 0, -1), checks, strict=True):
        began = time.monotonic()
        if began >= ends:
            said = f"it was not tried: the budget of {budget:g} seconds was used up before its turn"
            yield _result(check, "not_testable", said)
        else:
            until = began + (ends - began) / left
            yield result_of(product, check, seed=seed, examples=examples, until=until)


def result_of(product: Product, check: Check, *, seed: int, examples: int, until: float = inf) -> CheckResult:
    """Run one check and return what came of it; ``until``, by `time.monotonic`, is when it begins no more examples.

    Raises `SubjectUnusable` when the product is not reached.
    """
    began, effort = time.monotonic(), Effort(seed, examples, until)
    verdict, said, story = _verdict(product, check, effort)
    if verdict == "fail" and check.kind == "contract" and check.name in departure(contracts(), standard()).newer:
        verdict = "unscored"
    seconds = round(time.monotonic() - began, 3)
    return _result(check, verdict, said, story, examples=effort.tried, seconds=seconds)


def _result(
    check: Check,
    verdict: Verdict,
    said: str,
    story: tuple[str, ...] = (),
    *,
    examples: int = 0,
    seconds: float = 0.0,
) -> CheckResult:
    return CheckResult(
        check=check.name,
        kind=check.kind,
        clauses=check.clauses,
        says=check.says,
        why=check.why,
        fix=check.fix,
        verdict=verdict,
        said=said,
        story=story,
        examples=examples,
        seconds=seconds,
    )


def report_on(
    product: Product,
    by: Profile,
    checks: Sequence[Check],
    *,
    name: str,
    seed: int,
    examples: int,
    budget: float = inf,
    subject: str = "",
    heard: Callable[[CheckResult], None] = lambda _result: None,
) -> ProductReport:
    """Judge a product by ``checks``, those of profile ``by`` and the contracts; ``heard`` is told of each as it ends.

    Raises `SubjectUnusable` when the product is not reached.
    """
    results = []
    for result in judge(product, checks, seed=seed, examples=examples, budget=budget):
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


def _verdict(product: Product, check: Check, effort: Effort) -> tuple[Verdict, str, tuple[str, ...]]:
    try:
        not_applicable = check.not_applicable(product)
        if not_applicable:
            return "not_applicable", not_applicable, ()
        check.run(product, effort)
    except SubjectUnusable:
        raise
    except MissingCheck as missing:
        return "error", str(missing), ()
    except NotTestable as reason:
        return "not_testable", str(reason), ()
    except AssertionError as failure:
        return "fail", _said(failure), story_of(failure)
    except Exception as error:  # noqa: BLE001  # whatever a check or hypothesis raises is what there is to tell
        # A clause check that stumbles has met something its product would have had.
        return (
            ("fail" if check.kind == "clause" else "error"),
            f"{type(error).__name__}: {_said(error)}",
            story_of(error),
        )
    return "pass", "", ()


def _said(error: BaseException) -> str:
    """Return an error's message, without what pytest adds to it; for a bare ``assert``, what was asserted."""
    said = str(error).partition("\nassert ")[0].strip()
    if said or not isinstance(error, AssertionError):
        return said
    frames = traceback.extract_tb(error.__traceback__)
    return f"this does not hold: {(frames[-1].line or '').removeprefix('assert ')}" if frames else "it does not hold"


def _of_clauses(found: FoundCheck) -> Check:
    def run(product: Product, _effort: Effort) -> None:
        found.run(product)

    return Check(found.name, "clause", found.clauses, found.says, "", "", _always, run)


def contract_check(contract: Contract) -> Check:
    """Return a contract as a check, which can be judged alone."""
    run = partial(try_contract, contract)
    return Check(contract.name, "contract", (), contract.says, contract.why, contract.fix, contract.unless, run)


def _missing(name: str, how: str) -> Check:
    """Return the check that tells of a standard one that is missing."""

    def run(_product: Product, _effort: Effort) -> None:
        message = f"a standard check is missing: {name} ({how})"
        raise MissingCheck(message)

    says = f"The standard checks of version {standard().version} are all there."
    fix = "Look for what removes or replaces it: a plugin, a conftest, an installation that was changed."
    return Check(name, "contract", (), says, "", fix, _always, run)


def _always(_product: Product) -> str:
    return ""


def _untestable(why: str) -> Check:
    """Return the check that stands where a plugin brings no clause checks."""

    def run(_product: Product, _effort: Effort) -> None:
        raise NotTestable(why)

    return Check("clause_checks", "clause", (), "The plugin brings checks of its clauses.", "", "", _always, run)
