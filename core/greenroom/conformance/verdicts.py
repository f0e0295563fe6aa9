"""What the kit says of a product: a verdict for each check, and the report they make up."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pydantic import AwareDatetime

from greenroom.model import Value

Verdict = Literal["pass", "fail", "not_applicable", "not_testable", "error", "expected_failure"]
"""``not_applicable``: the manifest says that there is nothing to check. ``not_testable``: it could not be checked,
which is no pass. ``error``: the kit itself failed. ``expected_failure``: it fails, as was written down, and that has
not expired."""

PASSING: frozenset[Verdict] = frozenset({"pass", "not_applicable", "expected_failure"})

Kind = Literal["clause", "contract"]


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
    """One run of the kit. ``contracts`` is the version of the list of contracts, ``checksum`` that of the names of
    everything that was checked: two reports with one checksum can be compared. ``only``: the checks that the run was
    confined to; nothing when it was a whole one."""

    contracts: int
    checksum: str
    only: tuple[str, ...] = ()
    seed: int
    examples: int
    kit: str
    at: AwareDatetime
    products: tuple[ProductReport, ...]
