"""Many bookings at once, in this process or in one of its own: ``python -m tests.booking ORGANIZATION COUNT HOURS``."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.embedded import environment

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches

HOSTS = ("april.lee", "calvin.ross", "brynna.diaz", "rita.recruiter")


class LaterClock:
    """The system's clock, some hours on."""

    def __init__(self, hours: float) -> None:
        self._ahead = timedelta(hours=hours)

    def now(self) -> datetime:
        """Return the instant it pretends to be."""
        return datetime.now(UTC) + self._ahead


def panel_of(host: str) -> dict[str, Any]:
    """Return a panel of one interview whose first interviewer is ``host`` of the demonstration world."""
    return {
        "scheduler": "rita.recruiter@northwind.example",
        "candidate": {"name": "Cam Novak", "email": "cam@home.example", "time_zone": "Europe/Prague"},
        "interviews": [
            {
                "title": "System design",
                "start": "+3d 09:00",
                "duration_minutes": 45,
                "interviewers": [{"name": host, "email": f"{host}@northwind.example"}],
                "place": {"zoom": True},
            }
        ],
    }


async def booked(greenroom: Greenroom, name: str, count: int) -> Counter[str]:
    """Book ``count`` interviews at once, over several hosts; return how many ended as what."""
    panels = [panel_of(HOSTS[number % len(HOSTS)]) for number in range(count)]
    found = await asyncio.gather(*(greenroom.schedule(name, panel) for panel in panels))
    return Counter(one.interviews[0].code or one.interviews[0].kind for one in found)


def booking_process(configuration: Configuration, name: str, count: int, hours: float) -> subprocess.Popen[str]:
    """Start a process that does the same ``hours`` from now, and prints the figures as JSON."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.booking", name, str(count), str(hours)],
        env={"PYTHONPATH": ":".join(sys.path), **environment(configuration)},
        stdout=subprocess.PIPE,
        text=True,
    )


async def main(name: str, count: int, hours: float) -> None:
    """Book and print."""
    async with Greenroom(switches=Switches(), clock=LaterClock(hours)) as greenroom:
        sys.stdout.write(json.dumps(await booked(greenroom, name, count)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
