"""Judge several products, each in a process of its own where there are processors for it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from math import inf

from greenroom.conformance.baseline import Baseline, compared
from greenroom.conformance.contract import VERSION
from greenroom.conformance.in_process import InProcess
from greenroom.conformance.kit import Check, checks_for, checksum, report_on
from greenroom.conformance.product import Product
from greenroom.conformance.standard import standard
from greenroom.conformance.verdicts import CheckResult, ConformanceReport, ProductReport
from greenroom.errors import GreenroomError
from greenroom.profiles import Registry, Switches


class JudgeGone(GreenroomError):
    """A process that judged a product ended on its own, so that nothing can be said of it."""

    code = "conformance.judge_gone"

    def __init__(self) -> None:
        super().__init__("a process that judged ended on its own", where="--jobs", next="Judge again with --jobs 1")


Heard = Callable[[CheckResult], None]


@dataclass(frozen=True, kw_only=True)
class Order:
    """A product to be judged, told so that another process can do it.

    Attributes:
        profile: the installed profile that is judged; ``""`` for what answers at ``subject``.
        by: the profile whose clause checks judge it.
        subject: an address, or ``""``.
        only: the checks to run; all, when it is empty.
        budget: how many seconds it may take.
        switches: which plugins there are.
    """

    profile: str
    by: str
    subject: str = ""
    only: tuple[str, ...] = ()
    seed: int
    examples: int
    budget: float = inf
    switches: Switches

    @property
    def name(self) -> str:
        """What its report calls the product."""
        return self.profile or "subject"


def checks_of(order: Order, registry: Registry) -> tuple[Check, ...]:
    """Return the checks that an order asks for. Raises as `greenroom.profiles.Registry.profile` does."""
    every = checks_for(registry.profile(order.by))
    return tuple(check for check in every if not order.only or check.name in order.only)


def carry_out(order: Order, heard: Heard = lambda _result: None) -> ProductReport:
    """Judge a product; ``heard`` is told of each check as it ends.

    Raises `greenroom.conformance.SubjectUnusable` when it is not reached.
    """
    registry = Registry.discover(order.switches)
    with opened(order, registry) as product:
        return report_on(
            product,
            registry.profile(order.by),
            checks_of(order, registry),
            name=order.name,
            seed=order.seed,
            examples=order.examples,
            budget=order.budget,
            subject=order.subject,
            heard=heard,
        )


def judge_all(
    orders: Sequence[Order],
    *,
    jobs: int,
    budget: float | None = None,
    baseline: Baseline | None = None,
    heard: Heard = lambda _result: None,
) -> ConformanceReport:
    """Judge products and return the report: one at least, with one seed and as many examples for all.

    ``budget`` is in seconds for all of it, shared evenly. Raises as `carry_out` and `checks_of` do, and `JudgeGone`.
    """
    at, registry = datetime.now(UTC), Registry.discover(orders[0].switches)
    share = inf if budget is None else budget * min(jobs, len(orders)) / len(orders)
    shared = [replace(order, budget=share) for order in orders]
    products = _carry_out_all(shared, jobs=jobs, heard=heard)
    if baseline is not None:
        every = {check.name for order in orders for check in checks_of(replace(order, only=()), registry)}
        skipped = every if orders[0].only else ()
        products = (compared(one, baseline, today=at.date(), skipped=skipped) for one in products)
    return ConformanceReport(
        contracts=VERSION,
        standard=standard().digest,
        checksum=checksum([check for order in orders for check in checks_of(order, registry)]),
        only=orders[0].only,
        seed=orders[0].seed,
        examples=orders[0].examples,
        budget=budget,
        kit=version("greenroom"),
        at=at,
        products=tuple(products),
    )


def _carry_out_all(orders: Sequence[Order], *, jobs: int, heard: Heard) -> Iterator[ProductReport]:
    """Judge products, in order, ``jobs`` at a time; with one job, in this process. Raises `JudgeGone`, too.

    ``heard`` is told of each check: as it ends, or with several jobs when all of its product have ended.
    """
    if jobs == 1 or len(orders) == 1:
        yield from (carry_out(order, heard) for order in orders)
        return
    # Fresh processes: contracts that run the engine have threads, which a fork would not survive.
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(max_workers=min(jobs, len(orders)), mp_context=context) as pool:
            for report in pool.map(carry_out, orders):
                for result in report.results:
                    heard(result)
                yield report
    except BrokenProcessPool:
        raise JudgeGone from None


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def opened(order: Order, registry: Registry) -> Iterator[Product]:
    """Open what an order judges, for as long as the block lasts. Raises as `carry_out` does."""
    if not order.subject:
        yield Product(InProcess(registry.profile(order.profile)))
        return
    from greenroom.conformance.remote import RemoteSubject  # loads the HTTP library

    with RemoteSubject(order.subject) as remote:
        yield Product(remote)
