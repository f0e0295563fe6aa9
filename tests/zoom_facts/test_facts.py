"""Every fact of Zoom that the sandbox simulates is proven by a check, and every check holds."""

from __future__ import annotations

import re

import pytest
from tests.zoom_facts.conftest import Judged

from greenroom.conformance.checks import Found
from greenroom.conformance.zoom import load_facts
from greenroom.conformance.zoom.kit import FactCheck, find_fact_checks
from greenroom.conformance.zoom.subject import SimulatedZoom

FACTS = load_facts()
CHECKS = find_fact_checks()


@pytest.mark.parametrize("check", [pytest.param(one, id=one.name) for one in CHECKS])
async def test_fact_check(check: Found[FactCheck], simulated: SimulatedZoom, judged: Judged) -> None:
    """The facts a check proves hold, and every reply it saw on the way keeps the reply contract."""
    await check.run(simulated)
    assert judged.problems == []


@pytest.mark.parametrize("check", [pytest.param(one, id=one.name) for one in CHECKS])
def test_check_proves_facts_that_are_simulated(check: Found[FactCheck]) -> None:
    """A check names facts that exist, and none that is noted as not simulated."""
    assert [fact for fact in check.clauses if fact not in FACTS] == []
    assert [fact for fact in check.clauses if FACTS[fact].simulated == "no"] == []


def test_every_simulated_fact_is_proven() -> None:
    """A fact that is simulated in full has a check."""
    proven = {fact for check in CHECKS for fact in check.clauses}
    assert [fact.id for fact in FACTS.values() if fact.simulated == "yes" and fact.id not in proven] == []


def test_sources_are_public() -> None:
    """A source is named as anybody can look it up: no path of a machine, no shorthand."""
    hidden = re.compile(r"(^|\s)/|\b[A-Z]+-[A-Z]{1,3}\b|:\d{6,}|\.\./|file:")
    assert [fact.id for fact in FACTS.values() if hidden.search(fact.source)] == []
