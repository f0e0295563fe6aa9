"""The fact checks: found, and run one after another against a simulator."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import cast

from greenroom.conformance.checks import Found, marked_in
from greenroom.conformance.zoom.standing import CheckRun
from greenroom.conformance.zoom.subject import SimulatedZoom, SubjectUnusable

FactCheck = Callable[[SimulatedZoom], Awaitable[None]]

_CHECKS = "greenroom.conformance.zoom.checks"


def find_fact_checks() -> tuple[Found[FactCheck], ...]:
    """Return every fact check, sorted by name."""
    return cast("tuple[Found[FactCheck], ...]", marked_in(_CHECKS))


async def run_all(zoom: SimulatedZoom, checks: Sequence[Found[FactCheck]]) -> AsyncIterator[CheckRun]:
    """Run the checks one after another, each from the starting state, and yield how each went."""
    for check in checks:
        await zoom.reset()
        yield await run_one(zoom, check)


async def run_one(zoom: SimulatedZoom, check: Found[FactCheck]) -> CheckRun:
    """Run one check; whatever goes wrong in it is a finding, since a simulator under check may answer anything."""
    try:
        await check.run(zoom)
    except SubjectUnusable as error:
        return CheckRun(check=check.name, facts=check.clauses, outcome="broken", said=_said(error))
    except Exception as error:  # noqa: BLE001  # not only AssertionError: a field that is not there is a KeyError
        return CheckRun(check=check.name, facts=check.clauses, outcome="failed", said=_said(error))
    return CheckRun(check=check.name, facts=check.clauses, outcome="passed")


def _said(error: Exception) -> str:
    """Return the line of the check that failed, and what was said."""
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if "/checks/" in frame.filename]
    where = f"line {lines[0].lineno}: {lines[0].line}" if lines else ""
    bare = isinstance(error, AssertionError) and not str(error)
    return where if bare else f"{where} ({type(error).__name__}: {error})".strip()
