"""The company every play is about: who there is, how they stand in the product and at Zoom."""

from __future__ import annotations

from greenroom.model import Value
from greenroom.whatif.scenario import Company, Opening, ScenarioPerson, Seat

KIND = "Onsite"
"""What a product calls stage or event type."""


class Cast(Value):
    """The people of an opening by what they are good for; every name is one of its ``people``."""

    members: tuple[str, ...]
    zoom_admins: tuple[str, ...]
    zoom_users: tuple[str, ...]
    interviewers: tuple[str, ...]
    candidates: tuple[str, ...]


CAST = Cast(
    members=("rita", "ada", "olga", "tess"),
    zoom_admins=("ada", "olga"),
    zoom_users=("rita", "ada", "april", "ben", "olga", "sol"),
    interviewers=("april", "ben", "tess", "rita"),
    candidates=("cam", "kim"),
)
"""Two who administer it and are admin and owner at Zoom; one who schedules; one whom Zoom does not know."""

_PEOPLE = {
    "ada": ScenarioPerson(name="Ada Admin", product="administrator", zoom=Seat(role="admin")),
    "olga": ScenarioPerson(name="Olga Owner", product="administrator", zoom=Seat(role="owner")),
    "rita": ScenarioPerson(name="Rita Recruiter", product="plain", zoom=Seat()),
    "tess": ScenarioPerson(name="Tess Temp", product="plain"),
    "april": ScenarioPerson(name="April Lee", zoom=Seat()),
    "ben": ScenarioPerson(name="Ben Ωmega; <b>", zoom=Seat(licence="basic")),
    "sol": ScenarioPerson(name="Sol Solo", product="plain", zoom=Seat(account="own")),
    "cam": ScenarioPerson(name="Cam Novak", email="cam@home.example", time_zone="Europe/Prague"),
    "kim": ScenarioPerson(name="Kim O'Neil", email="kim@home.example", time_zone="America/St_Johns"),
}


def opening(title: str, question: str, *, set_up: bool = True) -> Opening:
    """Return how a play begins: with the profile's walkthrough played (``set_up``), or with nothing connected."""
    parts = {"zoom_owner": "olga", "zoom_admin": "ada", "second_zoom_admin": "olga", "recruiter": "rita"}
    return Opening.model_validate(
        {
            "scenario": 1,
            "title": title,
            "question": question,
            "zoom": Company(approval="required"),
            "people": _PEOPLE,
            "set_up": {**parts, "coordinator": "ada", "solo": "sol"} if set_up else None,
        }
    )
