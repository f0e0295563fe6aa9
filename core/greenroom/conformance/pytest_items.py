"""The checks of the kit as tests of pytest, one for each check and product."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from greenroom.conformance.kit import QUICK, Check, checks_for, result_of
from greenroom.conformance.orders import Order, opened
from greenroom.conformance.product import Product
from greenroom.conformance.subject import SubjectUnusable
from greenroom.conformance.verdicts import CheckResult
from greenroom.errors import GreenroomError
from greenroom.profiles import Registry, Switches

ALL = "all"
MISSING = 3
"""The exit code of a run in which a standard check is missing, as of the command."""


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    orders: tuple[Order, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the products are called."""
        return tuple(order.name for order in self.orders)

    @cached_property
    def registry(self) -> Registry:
        """What is installed."""
        return Registry.discover(self.orders[0].switches)

    def opened(self, name: str) -> AbstractContextManager[Product]:
        """Open the product of this name."""
        return opened(next(order for order in self.orders if order.name == name), self.registry)


def asked(config: pytest.Config) -> Asked:
    """Return what the command line asks for. Raises ``pytest.UsageError`` when it cannot be understood."""
    named, url, against = (config.getoption(f"--greenroom-{name}") for name in ("profile", "subject", "against"))
    switches = Switches.resolve(environment=os.environ)
    registry = Registry.discover(switches)
    if url and (named or not against):
        message = "--greenroom-subject is judged by one profile: say which with --greenroom-against, and name no other"
        raise pytest.UsageError(message)
    profiles = [""] if url else registry.names if ALL in named else tuple(dict.fromkeys(named))
    seed = config.getoption("--greenroom-seed")
    orders = [
        Order(profile=one, by=against or one, subject=url or "", seed=seed, examples=QUICK, switches=switches)
        for one in profiles
    ]
    try:
        for order in orders:
            for name in filter(None, (order.profile, order.by)):
                registry.profile(name)
    except GreenroomError as error:
        raise pytest.UsageError(str(error)) from None
    if not orders:
        message = "--greenroom-profile all: no profile is installed"
        raise pytest.UsageError(message)
    return Asked(tuple(orders))


class Kit:
    """What the kit does in a run of pytest: adds its checks to what was collected, and sees that they stay."""

    def __init__(self, found: Asked) -> None:
        self._asked = found
        self._expected: set[str] = set()

    def pytest_report_header(self) -> str:
        """Say what is judged."""
        first = self._asked.orders[0]
        return f"greenroom: {', '.join(self._asked.names)}; --greenroom-seed {first.seed}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Add the checks before anything is selected, so that ``-k`` applies to them."""
        added = [item for order in self._asked.orders for item in _items(session, self._asked, order)]
        self._expected = {item.nodeid for item in added}
        items.extend(added)

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Expect no more what was left out openly: pytest counts and shows it."""
        self._expected -= {item.nodeid for item in items}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """End the run when a check was taken out of it unseen."""
        gone = self._expected - {item.nodeid for item in session.items}
        if gone:
            pytest.exit(f"a standard check is missing: {', '.join(sorted(gone))}", returncode=MISSING)


class Judged(pytest.Collector):
    """A product, as the node above its checks."""

    def collect(self) -> list[pytest.Item]:
        """Return nothing: `Kit` adds the checks."""
        return []


class CheckFailed(Exception):
    """A check did not pass; the message is all that there is to tell."""


class CheckItem(pytest.Item):
    """One check of one product."""

    check: Check
    seed: int
    examples: int
    opened: Callable[[], AbstractContextManager[Product]]

    def runtest(self) -> None:
        """Judge the product; raises `CheckFailed`, or skips what is not applicable."""
        try:
            with self.opened() as product:
                result = result_of(product, self.check, seed=self.seed, examples=self.examples)
        except SubjectUnusable as error:
            raise CheckFailed(str(error)) from None
        if result.verdict == "not_applicable":
            pytest.skip(result.said)
        if result.verdict == "unscored":
            pytest.xfail(f"newer than the standard list, so it does not count yet: {result.said}")
        if result.verdict != "pass":
            raise CheckFailed("\n".join(_told(result, self)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:  # noqa: ARG002
        """Return what the kit says of a failure: no traceback leads through the product's code."""
        return str(excinfo.value if isinstance(excinfo.value, CheckFailed) else super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the item by what it judges."""
        return self.path, None, self.nodeid


def _items(session: pytest.Session, found: Asked, order: Order) -> Iterator[CheckItem]:
    above = Judged.from_parent(session, name=order.name, nodeid=f"greenroom::{order.name}")
    for check in checks_for(found.registry.profile(order.by)):
        item = CheckItem.from_parent(above, name=check.name)
        item.check, item.seed, item.examples = check, order.seed, order.examples
        item.opened = lambda: opened(order, found.registry)
        yield item


def _told(result: CheckResult, item: CheckItem) -> Iterator[str]:
    words = {"not_testable": "not testable: ", "error": "the kit itself failed: "}
    yield f"{words.get(result.verdict, '')}{result.said}"
    yield from (f"  {line}" for line in result.story)
    clauses = f" [{', '.join(result.clauses)}]" if result.clauses else ""
    parts = (("rule", f"{result.says}{clauses}"), ("why", result.why), ("fix", result.fix))
    yield from (f"{name}: {text}" for name, text in parts if text)
    yield f"repeat: pytest -k '{item.name}' --greenroom-seed {item.seed} and the options above"
