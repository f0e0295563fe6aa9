"""Interviews from bare drafts to complete ones, and panels of them."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from greenroom.conformance.strategies.choices import among
from greenroom.conformance.strategies.people import candidates, colleagues, lists_of_people, looked_up
from greenroom.conformance.strategies.texts import typed_lines
from greenroom.conformance.strategies.times import slots
from greenroom.model import GivenLink, Interview, Stage, Wish

_LINK = GivenLink(url="https://example.zoom.us/j/95555555555", password="1234")  # noqa: S106  # made up
SUBJECTS = among(("System design", "System design", "Onsite")) | typed_lines()


@cache
@st.composite
def interviews(draw: st.DrawFn, *, stage: Stage | None = None, ripe: bool = False) -> Interview:
    """Draw interviews from bare drafts to complete ones, with and without wishes, rooms and people; ``ripe``: complete
    ones for which Zoom was wished."""
    complete = ripe or draw(st.integers(0, 3)) > 0
    given = draw(st.none() | st.just(_LINK))
    slot = draw(slots()) if complete else None
    return Interview(
        id="int_1",
        panel="pan_1",
        kind=draw(among((None, "Onsite"))),
        stage=stage if stage is not None else draw(among(Stage)),
        wish=Wish(zoom=True) if ripe else Wish(zoom=draw(among((None, True, False))), given=given),
        subject=draw(SUBJECTS) if complete else draw(st.none() | SUBJECTS),
        start=slot.start if slot else None,
        minutes=slot.minutes if slot else None,
        zone=slot.zone if slot else None,
        scheduler=draw(looked_up()),
        interviewers=draw(colleagues(4) | lists_of_people(4) if ripe else lists_of_people(4)),
        candidates=draw(candidates()),
        room=draw(among((None, "Lagoon"))),
        notes=draw(among((None, "Bring a laptop"))),
    )


@cache
@st.composite
def panels(draw: st.DrawFn, *, most: int = 3) -> tuple[Interview, ...]:
    """Draw the interviews of one panel, each with a time and an id of its own: one scheduler, one kind and the same
    candidates, in any order of times and zones."""
    first = draw(interviews(ripe=True))
    found = [first]
    for number in range(2, draw(st.integers(1, most)) + 1):
        slot = draw(slots())
        own = {"id": f"int_{number}", "start": slot.start, "minutes": slot.minutes, "zone": slot.zone}
        found.append(first.model_copy(update={**own, "interviewers": draw(lists_of_people(3))}))
    return tuple(found)
