"""Run the machine over a profile: plays until a promise breaks, then the shortest story that breaks it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.errors import HypothesisException
from hypothesis.stateful import run_state_machine_as_test

from greenroom.conformance.machine.choosing import deeds_for
from greenroom.conformance.machine.company import opening
from greenroom.conformance.machine.deeds import DEEDS
from greenroom.conformance.machine.promise import Broken
from greenroom.conformance.machine.promises import ALL
from greenroom.conformance.machine.report import Count, Finding, MachineReport
from greenroom.conformance.machine.rules import Run, machine
from greenroom.conformance.machine.shrinking import Events, smallest
from greenroom.conformance.machine.trial import PromiseBroken, judge
from greenroom.profiles import Profile, Registry
from greenroom.whatif.scenario import Opening, Scenario
from greenroom.whatif.telling import sentence
from greenroom.whatif.theatre import Theatre

PLAYS, STEPS = 40, 15
"""Enough for every rule to fire at least once under each profile."""

_TITLE = "A play of the state machine"
_QUESTION = "Does everything hold that has to hold under every product?"


def run_machine(
    profile: Profile, registry: Registry, *, first: int = 0, plays: int = PLAYS, steps: int = STEPS
) -> MachineReport:
    """Give ``plays`` plays of up to ``steps`` events each to a profile, drawn from the seed ``first``.

    The same seed draws the same plays.
    """
    began = time.monotonic()
    with asyncio.Runner() as runner, _theatre(runner, registry) as theatre:
        run = Run(theatre, profile, runner)
        _play(run, first, plays, steps)
        finding = runner.run(_finding(theatre, profile, run.broken)) if run.broken is not None else None
        return _report(run, first, finding, time.monotonic() - began)


async def judge_scenario(scenario: Scenario, profile: Profile, registry: Registry) -> Broken | None:
    """Play a scenario and hold every step of it to every promise; return the first that breaks, if any."""
    async with Theatre(scenario, registry) as theatre:
        found = await judge(theatre, profile, scenario.events, set_up=scenario.set_up is not None)
    return found.broken if found is not None else None


@contextmanager
def _theatre(runner: asyncio.Runner, registry: Registry) -> Iterator[Theatre]:
    theatre = Theatre(opening(_TITLE, _QUESTION), registry)
    runner.run(theatre.__aenter__())
    try:
        yield theatre
    finally:
        runner.run(theatre.__aexit__(None, None, None))


def _play(run: Run, first: int, plays: int, steps: int) -> None:
    chosen = settings(
        max_examples=plays,
        stateful_step_count=steps,
        phases=[Phase.generate],  # a story is made shorter by leaving out events, not draws
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(seed(first)(machine(run)), settings=chosen)
    except (PromiseBroken, HypothesisException):
        if run.broken is None:
            raise


async def _finding(theatre: Theatre, profile: Profile, first: PromiseBroken) -> Finding:
    """Return the shortest story in which the same promise breaks."""
    promise = first.broken.promise
    last = first

    async def still(events: Events) -> bool:
        nonlocal last
        found = await judge(theatre, profile, events, set_up=first.set_up)
        if found is None or found.broken.promise is not promise:
            return False
        last = found
        return True

    await smallest(theatre.opening, first.events, still)
    told = _scenario(theatre.opening, profile, last)
    return Finding(
        promise=promise.name,
        says=promise.says,
        found=last.broken.found,
        fix=promise.fix,
        story=tuple(sentence(told, event) for event in told.events),
        scenario=told,
    )


def _scenario(opened: Opening, profile: Profile, last: PromiseBroken) -> Scenario:
    broken = last.broken
    words = {"title": f"{profile.manifest.product}: {broken.promise.name.replace('_', ' ')}"[:200]}
    said = {**words, "question": f"{broken.promise.says} But {broken.found}."[:500]}
    cast = opened.set_up if last.set_up else None
    return Scenario.of(opened.model_copy(update={**said, "set_up": cast}), last.events)


def _report(run: Run, first: int, finding: Finding | None, seconds: float) -> MachineReport:
    there = deeds_for(run.ground)
    idle = [one.name for one in ALL if not one.applies(run.profile.manifest)]
    return MachineReport(
        profile=run.profile.name,
        edition=run.profile.edition,
        product=run.profile.manifest.product,
        seed=first,
        plays=run.plays,
        events=sum(run.tally.outcomes.values()),
        seconds=seconds,
        rules=tuple(Count(name=one.name, says=one.says, times=run.fired[one.name]) for one in there),
        not_applicable=(*(name for name in DEEDS if name not in {one.name for one in there}), *idle),
        promises=tuple(
            Count(name=one.name, says=one.says, times=run.tally.at_stake[one.name])
            for one in ALL
            if one.name not in idle
        ),
        finding=finding,
    )
