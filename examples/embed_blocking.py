"""Embed Greenroom in a program without async, here against the embedded Zoom."""

import tempfile
from pathlib import Path

from greenroom.blocking import Greenroom
from greenroom.embedded import EmbeddedZoom
from greenroom.model import Action

ADMIN = "adam.admin@northwind.example"
INTERVIEW = {
    "title": "System design",
    "start": "+3d 10:00",
    "duration_minutes": 45,
    "interviewers": [{"name": "April Lee", "email": "april.lee@northwind.example"}],
    "place": {"zoom": True},
}
PANEL = {
    "scheduler": "rita.recruiter@northwind.example",
    "candidate": {"name": "Cam Novak", "email": "cam@home.example"},
    "interviews": [INTERVIEW],
}


def main(folder: Path) -> str:
    """Connect an organization and schedule one interview; return who hosts it."""
    with EmbeddedZoom(folder) as zoom, Greenroom(zoom.configuration()) as greenroom:
        members = {ADMIN: ["Super Admin"]}
        greenroom.create_organization("Northwind", "lever", facts={"calendar": "google"}, members=members)
        greenroom.act("Northwind", Action.ENABLE, as_=ADMIN)
        begun = greenroom.connect("Northwind", as_=ADMIN)
        greenroom.complete_url(zoom.authorize(begun.url, ADMIN))
        return greenroom.schedule("Northwind", PANEL).interviews[0].host or "nobody"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(main(Path(folder)))
