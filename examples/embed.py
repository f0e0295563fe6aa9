"""Embed Greenroom in an asynchronous program, here against the embedded Zoom."""

import asyncio
import tempfile
from pathlib import Path

from greenroom import Greenroom
from greenroom.embedded import EmbeddedZoom

RECRUITER = "rita.recruiter@northwind.example"
PANEL = {
    "scheduler": RECRUITER,
    "candidate": {"name": "Cam Novak", "email": "cam@home.example", "time_zone": "Europe/Prague"},
    "interviews": [{"title": "System design", "start": "+3d 10:00", "duration_minutes": 45, "place": {"zoom": True}}],
}


async def main(folder: Path, profile: str = "trakstar") -> str:
    """Connect a recruiter and schedule one interview; return its link."""
    with EmbeddedZoom(folder) as zoom:
        zoom.control("POST", "approvals", app="user", state="approved")  # a Zoom admin approves the app
        async with Greenroom(zoom.configuration()) as greenroom:
            await greenroom.create_organization("Northwind", profile)
            begun = await greenroom.connect("Northwind", as_=RECRUITER)
            await greenroom.complete_url(zoom.authorize(begun.url, RECRUITER))
            interview = (await greenroom.schedule("Northwind", PANEL)).interviews[0]
            for reason in interview.because:
                print(reason.clause, reason.about, reason.fact)
            return interview.meeting.join_url if interview.meeting else interview.message


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(asyncio.run(main(Path(folder))))
