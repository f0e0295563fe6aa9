"""The facts of Zoom and their checks, to be turned on any simulator of it that starts in the kit's world.

The checks talk HTTP only: OAuth, REST, and the control API under ``/_sandbox/``::

    from greenroom.conformance.zoom.kit import find_fact_checks, run_all
    from greenroom.conformance.zoom.subject import SimulatedZoom

    async with SimulatedZoom.at("http://127.0.0.1:49152") as zoom:
        async for one in run_all(zoom, find_fact_checks()):
            print(one.check, one.outcome, one.said)

This door opens on values alone, so that reading the facts loads no HTTP library.
"""

from __future__ import annotations

from greenroom.conformance.zoom.facts import Fact, load_facts
from greenroom.conformance.zoom.standing import CheckRun, FactStanding, join

__all__ = ["CheckRun", "Fact", "FactStanding", "join", "load_facts"]
