"""Every installed profile's clause checks run, and say truthfully what they prove."""

from __future__ import annotations

import pytest

from greenroom.conformance import FoundCheck, InProcess, Product, find_checks
from greenroom.profiles import Registry

_REGISTRY = Registry.discover()
_PRODUCTS = {name: Product(InProcess(_REGISTRY.profile(name))) for name in _REGISTRY.names}
_CHECKS = {name: find_checks(f"{_REGISTRY.profile(name).folder.name}.checks") for name in _REGISTRY.names}


@pytest.mark.parametrize(
    ("name", "check"),
    [pytest.param(name, one, id=f"{name}:{one.name}") for name, found in _CHECKS.items() for one in found],
)
def test_clause_check(name: str, check: FoundCheck) -> None:
    """The clauses a check proves hold."""
    check.run(_PRODUCTS[name])


@pytest.mark.parametrize("name", sorted(_CHECKS))
def test_checks_prove_clauses_of_their_profile(name: str) -> None:
    """A check names clauses its profile ships, and none that is noted as not executable."""
    clauses = _REGISTRY.profile(name).clauses
    for check in _CHECKS[name]:
        for clause in check.clauses:
            assert clause in clauses, f"{check.name} proves {clause}"
            assert clauses[clause].note is None, f"{check.name} proves {clause}, which is noted as advice"


@pytest.mark.parametrize("name", sorted(_CHECKS))
def test_every_clause_is_proven_or_noted(name: str) -> None:
    """Each clause a profile ships is proven by a check, or says why it cannot be executed."""
    proven = {clause for check in _CHECKS[name] for clause in check.clauses}
    shipped = [clause for clause in _REGISTRY.profile(name).clauses.values() if clause.basis != "default"]
    assert [clause.id for clause in shipped if clause.id not in proven and clause.note is None] == []
