"""Names that events speak of must be somebody's: each that is nobody's is a mistake with its place in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pydantic_core import InitErrorDetails, PydanticCustomError

from greenroom.profiles.walkthrough import CastName
from greenroom.whatif.events import Edit, Event, OfInterview, ScenarioInterview, Schedule

Place = tuple[str | int, ...]

_PERSON_FIELDS = ("by", "at_zoom", "who")


def wrong_references(
    people: Collection[str], cast: Mapping[CastName, str], events: Sequence[Event]
) -> list[InitErrorDetails]:
    """Return what is wrong: people nobody introduced, interviews nobody scheduled before, names used twice."""
    return [
        *(_unknown("person", name, people, ("set_up", role)) for role, name in cast.items() if name not in people),
        *_in_events(people, events),
    ]


def _in_events(people: Collection[str], events: Sequence[Event]) -> Iterator[InitErrorDetails]:
    scheduled: list[str] = []
    for index, event in enumerate(events):
        place: Place = ("events", index, event.kind)
        doing = event.doing
        for field in _PERSON_FIELDS:
            name = getattr(doing, field, None)
            if name is not None and name not in people:
                yield _unknown("person", name, people, (*place, field))
        if isinstance(doing, Schedule):
            yield from _in_panel(doing, people, scheduled, place)
        elif isinstance(doing, OfInterview | Edit) and doing.interview not in scheduled:
            yield _unknown("interview", doing.interview, scheduled, (*place, "interview"))


def _in_panel(
    doing: Schedule, people: Collection[str], scheduled: list[str], place: Place
) -> Iterator[InitErrorDetails]:
    for number, name in enumerate(doing.candidates):
        if name not in people:
            yield _unknown("person", name, people, (*place, "candidates", number))
    for number, interview in enumerate(doing.interviews):
        yield from _in_interview(interview, people, scheduled, (*place, "interviews", number))
        scheduled.append(interview.name)


def _in_interview(
    interview: ScenarioInterview, people: Collection[str], scheduled: list[str], place: Place
) -> Iterator[InitErrorDetails]:
    if interview.name in scheduled:
        problem = PydanticCustomError("name_taken", "an interview is called {name} already", {"name": interview.name})
        yield InitErrorDetails(type=problem, loc=(*place, "name"), input=interview.name)
    if interview.link_of is not None and interview.link_of not in scheduled:
        yield _unknown("interview", interview.link_of, scheduled, (*place, "link_of"))
    for number, name in enumerate(interview.interviewers):
        if name not in people:
            yield _unknown("person", name, people, (*place, "interviewers", number))
    if interview.host is not None and interview.host not in people:
        yield _unknown("person", interview.host, people, (*place, "host"))


def _unknown(what: str, name: str, known: Collection[str], place: Place) -> InitErrorDetails:
    found = ", ".join(sorted(known)) or "none yet"
    problem = PydanticCustomError(
        "unknown_name", "no {what} is called {name}; there are: {found}", {"what": what, "name": name, "found": found}
    )
    return InitErrorDetails(type=problem, loc=place, input=name)
