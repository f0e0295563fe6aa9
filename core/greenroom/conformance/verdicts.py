"""What the kit says: a verdict for each check, the report they make up, and what two reports differ in."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal

from pydantic import AwareDatetime

from greenroom.model import Value

Verdict = Literal["pass", "fail", "not_applicable", "not_testable", "error", "expected_failure", "unscored"]
"""``not_applicable``: the manifest says that there is nothing to check. ``not_testable``: it could not be checked,
which is no pass. ``error``: the kit itself failed. ``expected_failure``: it fails, as was written down, and that has
not expired. ``unscored``: it fails, and is newer than the frozen list of standard checks, so that it counts only from
the next version on."""

PASSING: frozenset[Verdict] = frozenset({"pass", "not_applicable", "expected_failure", "unscored"})

Kind = Literal["clause", "contract"]


class Expected(Value):
    """Why a failure is expected, where that is tracked, and the last day on which it is."""

    reason: str
    link: str
    expires: date


class CheckResult(Value):
    """What came of one check.

    ``says`` is the rule, ``why`` what its breach costs and ``fix`` where to look (contracts only). ``said`` is what
    the check found, ``story`` the smallest example that shows it, a line a step. ``seconds`` is how long it took.
    """

    check: str
    kind: Kind
    clauses: tuple[str, ...] = ()
    says: str
    why: str = ""
    fix: str = ""
    verdict: Verdict
    said: str = ""
    story: tuple[str, ...] = ()
    examples: int = 0
    expected: Expected | None = None
    seconds: float


class ProductReport(Value):
    """All that was found of one product. ``by`` is the profile whose clause checks judged it; ``subject`` the address
    it was reached at, nothing for a profile in this process."""

    name: str
    product: str
    edition: str
    version: str
    by: str
    subject: str = ""
    results: tuple[CheckResult, ...]
    clauses: tuple[tuple[str, str], ...] = ()

    @property
    def counts(self) -> Counter[Verdict]:
        """How many checks came to each verdict."""
        return Counter(result.verdict for result in self.results)

    @property
    def passed(self) -> bool:
        """Whether nothing stands against it."""
        return all(result.verdict in PASSING for result in self.results)

    @property
    def seconds(self) -> float:
        """How long all of it took."""
        return sum(result.seconds for result in self.results)


class ConformanceReport(Value):
    """One run of the kit.

    ``contracts`` is the version of the list of contracts and ``standard`` the digest of that list; ``checksum`` is that
    of the names of everything that was checked: two reports with one checksum can be compared. ``only``: the checks
    that the run was confined to; nothing when it was a whole one. ``budget``: the seconds it was given, if it was; then
    what came of it depends on the machine as well as on the seed.
    """

    contracts: int
    standard: str = ""
    checksum: str
    only: tuple[str, ...] = ()
    seed: int
    examples: int
    budget: float | None = None
    kit: str
    at: AwareDatetime
    products: tuple[ProductReport, ...]


Turn = Literal["regression", "mended", "unproven", "changed", "appeared", "vanished"]
"""``regression``: it passed, and fails. ``mended``: it failed, and passes. ``unproven``: it passed, and could not be
checked any more. ``changed``: any other change of verdict, and every change of a contract between two versions of the
list. ``appeared`` and ``vanished``: checks of one run only, whatever came of them."""


class CheckChange(Value):
    """A check that came out differently for a product; ``before`` or ``after`` is nothing when it was not run then."""

    turn: Turn
    product: str
    by: str
    kind: Kind
    check: str
    before: Verdict | None
    after: Verdict | None
    said: str = ""


class ReportDifference(Value):
    """What changed from one report to another.

    ``comparable``: both ran the same checks of one version of the contracts. ``cautions`` says what makes a change
    less than news of the product. ``came`` and ``went`` name products of one run only; their checks are no changes.
    """

    comparable: bool
    cautions: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    changes: tuple[CheckChange, ...] = ()

    @property
    def regressions(self) -> tuple[CheckChange, ...]:
        """The changes of checks that passed and now fail."""
        return tuple(change for change in self.changes if change.turn == "regression")


class ListedCheck(Value):
    """A check as it is listed. ``version``: of the contracts, or of the plugin that brings a clause check. ``digest``
    is that of all it asks: a check that asks something else has another."""

    check: str
    kind: Kind
    version: str
    digest: str
    clauses: tuple[str, ...] = ()
    says: str
