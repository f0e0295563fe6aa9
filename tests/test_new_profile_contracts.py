"""A profile begun for a product nobody has seen keeps every contract, whatever was chosen; it lacks its author."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.scaffolds import EVERY, PAIRS, SINGLES, called, install

from greenroom.conformance import InProcess, Product
from greenroom.conformance.kit import QUICK, Check, checks_for, judge
from greenroom.conformance.plays.playing import not_played
from greenroom.conformance.verdicts import PASSING
from greenroom.profiles import Registry
from greenroom.scaffold import Options

FIRST = "check_first.check_the_first_clause_is_written"
FEW = 3


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Every combination of a covering few, installed at once."""
    folder = tmp_path_factory.mktemp("profiles")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(install(dict.fromkeys((*PAIRS, *SINGLES)), folder))
        yield Registry.discover()


@pytest.fixture(scope="module")
def every_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Every combination there is, installed at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(install(EVERY, tmp_path_factory.mktemp("profiles")))
        yield Registry.discover()


def _any(_check: Check) -> bool:
    return True


def _asks_only(check: Check) -> bool:
    """Whether a check asks the profile, and plays no story through the engine, which takes a second."""
    return check.not_applicable is not not_played


def _failing(
    registry: Registry, options: Options, *, examples: int, wanted: Callable[[Check], bool] = _any
) -> dict[str, str]:
    profile = registry.profile(options.name)
    checks = list(filter(wanted, checks_for(profile)))
    results = judge(Product(InProcess(profile)), checks, seed=1, examples=examples)
    return {one.check: one.said for one in results if one.verdict not in PASSING}


@pytest.mark.parametrize("options", PAIRS, ids=called)
def test_only_the_first_clause_is_left_to_write(options: Options, site: Registry) -> None:
    """Where any two choices meet, one clause check fails: it names the file and the line still marked TODO."""
    failing = _failing(site, options, examples=1, wanted=lambda check: check.kind == "clause")
    assert failing.keys() == {FIRST}, failing
    file = site.profile(options.name).folder / "clauses.yaml"
    line = next(number for number, text in enumerate(file.read_text("utf-8").splitlines(), 1) if "TODO" in text)
    assert failing[FIRST].startswith(f"{options.package}/clauses.yaml, line {line}: ")
    assert "still marked TODO" in failing[FIRST]


@pytest.mark.parametrize("options", SINGLES, ids=called)
def test_contracts_are_kept_under_each_choice(options: Options, site: Registry) -> None:
    """Each choice stands in a profile that keeps every contract of its answers from the start."""
    assert _failing(site, options, examples=1, wanted=_asks_only).keys() == {FIRST}


@pytest.mark.deep
@pytest.mark.parametrize("options", PAIRS, ids=called)
def test_contracts_are_kept_where_choices_meet(options: Options, site: Registry) -> None:
    """Where any two choices meet, every contract is kept in as many examples as a quick run tries."""
    assert _failing(site, options, examples=QUICK).keys() == {FIRST}


@pytest.mark.deep
@pytest.mark.parametrize("options", EVERY, ids=called)
def test_contracts_are_kept_by_every_combination(options: Options, every_site: Registry) -> None:
    """Each combination of choices keeps every contract."""
    assert _failing(every_site, options, examples=FEW).keys() == {FIRST}
