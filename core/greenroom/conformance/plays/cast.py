"""Who takes part in a play: the cast that walkthroughs call for, two interviewers, another user, and a candidate whose
name tries to be more than a name."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.profiles import Profile
from greenroom.profiles.walkthrough import CastName
from greenroom.whatif.scenario import Opening, ScenarioPerson, Seat

CAST: Mapping[CastName, str] = {
    "zoom_owner": "olga",
    "zoom_admin": "ada",
    "second_zoom_admin": "ida",
    "recruiter": "rita",
    "coordinator": "ada",
    "solo": "sol",
}

ANOTHER = "ben"
"""A user beside the scheduler, who connects a Zoom of their own where there is such a thing."""

INTERVIEWERS = ("april", "pia")
CANDIDATE = "cam"
CANDIDATE_ZONE = "Asia/Kathmandu"
"""Five hours and three quarters ahead of UTC: no rounding hides a mistake."""

HOSTILE = 'Cam <img src=x onerror=alert(1)> "Nova"; RSVP=TRUE, mailto:eve@evil.example'
"""A name, as somebody could type it, that would be markup, a header and a calendar parameter where nobody looks."""

HOSTILE_TITLE = 'Design</title><script>alert(1)</script>; END:VEVENT, "q" {{ details }}'
"""A subject of the same kind."""

_PEOPLE: Mapping[str, ScenarioPerson] = {
    "olga": ScenarioPerson(name="Olga Owner", product="administrator", zoom=Seat(role="owner")),
    "ada": ScenarioPerson(name="Ada Admin", product="administrator", zoom=Seat(role="admin")),
    "ida": ScenarioPerson(name="Ida Admin", product="administrator", zoom=Seat(role="admin")),
    "rita": ScenarioPerson(name="Rita Recruiter", product="plain", zoom=Seat()),
    "ben": ScenarioPerson(name="Ben Buyer", product="plain", zoom=Seat()),
    "sol": ScenarioPerson(name="Sol Solo", product="plain", zoom=Seat(account="own")),
    "april": ScenarioPerson(name="April Lee", zoom=Seat()),
    "pia": ScenarioPerson(name="Pia Ode", zoom=Seat()),
    "cam": ScenarioPerson(name=HOSTILE, email="cam@home.example", time_zone=CANDIDATE_ZONE),
}


def scheduler(profile: Profile) -> str:
    """Return the name of whoever schedules when a profile's walkthrough is done."""
    return CAST[profile.walkthrough.scheduler]


def casting(profile: Profile) -> Opening:
    """Return the people and the Zoom of a profile's plays. The other user holds the roles of the one who schedules."""
    held = {one.who: one.roles for one in profile.walkthrough.organization.members}
    roles = {profile.name: held.get(profile.walkthrough.scheduler, (profile.manifest.roles.plain,))}
    people = {**_PEOPLE, ANOTHER: _PEOPLE[ANOTHER].model_copy(update={"roles": roles})}
    return Opening.model_validate(
        {
            "scenario": 1,
            "title": "A profile in use",
            "question": "Does it keep what every product has to keep?",
            "zoom": {"plan": "business", "approval": "required"},
            "people": {name: one.model_dump() for name, one in people.items()},
            "set_up": dict(CAST),
        }
    )
