"""All promises, and the end of a play: what no play may leave behind."""

from __future__ import annotations

from greenroom.conformance.machine import promises_of_connections as connections
from greenroom.conformance.machine import promises_of_letters as letters
from greenroom.conformance.machine import promises_of_meetings as meetings
from greenroom.conformance.machine.promise import Complaints, Promise, Step, promise

PROMISES: tuple[Promise, ...] = tuple(
    one for module in (letters, connections, meetings) for one in vars(module).values() if isinstance(one, Promise)
)
"""What is looked at after every step, the gravest first: of several that break at once, the first is told."""


@promise(
    "Every event comes to an end that can be told: done, refused, failed, or not possible; nothing is raised.",
    fix="the report of the error names the place; a hook of the profile raises, or the engine has a defect",
)
def every_event_ends(_: Step) -> Complaints:
    """What came to an outcome has kept it; what raised breaks it before there is one to look at."""
    return []


@promise(
    "Nothing waits forever: once Zoom works and time has passed, everything is settled, or said to be otherwise.",
    fix="`greenroom retry` and a restart have to end every question that a lost answer left open",
)
def nothing_waits_forever(step: Step) -> Complaints:
    """At the end of a play nothing is unclear and nobody is awaited.

    Where a connection has ended, Zoom cannot be asked any more: then it stays unclear, and the interview says so.
    """
    unclear = [one.subject for one in step.after.interviews if one.unclear and not step.reference.lost]
    doubted = sorted(step.reference.doubted) if not step.reference.lost else []
    overdue = [one for one in step.after.waiting if one.until is not None and not one.over]
    return [
        *(f"nobody knows whether Zoom made the meeting of {name}" for name in unclear),
        *(f"nobody can say how Zoom has {name}" for name in doubted),
        *(f"{one.started_by} is still awaited from Zoom's page, since {one.since}" for one in overdue),
    ]


ALL = (*PROMISES, every_event_ends, nothing_waits_forever)
"""Those, and the two that are not about a step."""
