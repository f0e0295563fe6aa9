"""From a long story to the shortest that still shows the same: events are left out, and what is said of them too.

Every candidate is a whole scenario, played from the beginning: nothing is believed that was not seen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

from pydantic import ValidationError

from greenroom.whatif.events import Doing, Event, Schedule
from greenroom.whatif.scenario import Opening, Scenario

Events = tuple[Event, ...]
StillShows = Callable[[Events], Awaitable[bool]]

MOST_PLAYS = 150
"""How often a story is played at most to make it shorter."""


class _Shrinking:
    def __init__(self, opening: Opening, events: Events, still: StillShows, most: int) -> None:
        self._opening = opening
        self.events = events
        self._still = still
        self._left = most
        self._seen: set[str] = set()

    async def smaller(self, candidate: Events) -> bool:
        """Take a candidate if it is a scenario, was not tried before, and still shows it."""
        key = repr(candidate)
        if not candidate or key in self._seen or self._left <= 0 or not _is_scenario(self._opening, candidate):
            return False
        self._seen.add(key)
        self._left -= 1
        if not await self._still(candidate):
            return False
        self.events = candidate
        return True


async def smallest(opening: Opening, events: Events, still: StillShows, *, most: int = MOST_PLAYS) -> Events:
    """Return the shortest story found within ``most`` plays that ``still`` shows what ``events`` do.

    What is left cannot do without any one of its events, as far as the plays sufficed.
    """
    story = _Shrinking(opening, events, still, most)
    went_on = True
    while went_on:
        went_on = await _fewer(story) or await _plainer(story)
    return story.events


async def _fewer(story: _Shrinking) -> bool:
    """Leave out half of what is there, a quarter, at last single events; the last ones first."""
    went_on, size = False, max(1, len(story.events) // 2)
    while size:
        end = len(story.events)
        while end > 0:
            went_on |= await story.smaller(_without(story.events, max(0, end - size), end))
            end = min(end - size, len(story.events))
        size //= 2
    return went_on


async def _plainer(story: _Shrinking) -> bool:
    """Say less of each event: whatever has a value of its own accord is left at that."""
    went_on = False
    for index in reversed(range(len(story.events))):
        for event in _plainer_events(story.events[index]):
            went_on |= await story.smaller((*story.events[:index], event, *story.events[index + 1 :]))
    return went_on


def _without(events: Events, start: int, end: int) -> Events:
    """Return events without a stretch, and without what is done with interviews that were scheduled in it."""
    gone = {one.name for event in events[start:end] for one in _scheduled(event)}
    rest = (*events[:start], *events[end:])
    return tuple(one for one in rest if getattr(one.doing, "interview", None) not in gone)


def _scheduled(event: Event) -> tuple[Doing, ...] | tuple[()]:
    return event.doing.interviews if isinstance(event.doing, Schedule) else ()  # type: ignore[return-value]


def _plainer_events(event: Event) -> Iterator[Event]:
    said = event.model_dump(mode="json", exclude_defaults=True)
    doing = said[event.kind]
    places = [doing, *doing.get("interviews", ())]
    for place in places:
        for name in tuple(place):
            kept = place.pop(name)
            yield from _valid(said)
            place[name] = kept


def _valid(said: dict[str, object]) -> Iterator[Event]:
    try:
        yield Event.model_validate(said)
    except ValidationError:
        return


def _is_scenario(opening: Opening, events: Events) -> bool:
    try:
        Scenario.of(opening, events)
    except ValidationError:
        return False
    return True
