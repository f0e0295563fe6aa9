"""What can happen to an organization, one thing after another: the events of a scenario, as its file has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st
from pydantic import JsonValue

from greenroom.conformance.product import Product
from greenroom.conformance.strategies.interviews import SUBJECTS
from greenroom.conformance.strategies.times import minutes, zones

Happening = Mapping[str, JsonValue]
"""One event, such as ``{"cancel": {"interview": "one"}}``."""


@st.composite
def event_sequences(
    draw: st.DrawFn,
    product: Product,
    people: Sequence[str],
    *,
    interviewers: Sequence[str],
    candidate: str,
    most: int = 8,
) -> list[Happening]:
    """Draw up to ``most`` events that a scenario with these people takes: ``people`` act in the product and have a
    Zoom user. Interviews are scheduled before anything is done with them, under names of their own; what a product
    refuses is left to it."""
    told: list[Happening] = []
    scheduled: list[str] = []
    for _ in range(draw(st.integers(1, most))):
        if not scheduled or draw(st.integers(0, 2)) == 0:
            scheduled.append(f"interview-{len(scheduled) + 1}")
            told.append(draw(_schedulings(scheduled[-1], people, interviewers, candidate)))
        else:
            told.append(draw(_afterwards(product, scheduled) | _around(product, people)))
    return told


@st.composite
def _schedulings(
    draw: st.DrawFn, name: str, people: Sequence[str], interviewers: Sequence[str], candidate: str
) -> Happening:
    interview: dict[str, JsonValue] = {
        "name": name,
        "title": draw(SUBJECTS),
        "start": draw(_moments()),
        "minutes": draw(minutes()),
        "zone": draw(zones()),
        "interviewers": list(draw(st.lists(st.sampled_from(interviewers), max_size=2, unique=True))),
        "zoom": draw(st.sampled_from((True, True, True, None, False))),
        "confirmed": draw(st.sampled_from((True, True, False))),
    }
    by = draw(st.sampled_from(people))
    return {"schedule": {"by": by, "candidates": [candidate], "kind": "Onsite", "interviews": [interview]}}


def _moments() -> st.SearchStrategy[str]:
    """Draw times as a scenario has them: days from the one on which they are said, and the hour, at noon or later, when
    no clock is changed."""
    return st.builds("+{}d {:02}:{:02}".format, st.integers(2, 60), st.integers(12, 18), st.sampled_from((0, 15, 45)))


def _afterwards(product: Product, scheduled: Sequence[str]) -> st.SearchStrategy[Happening]:
    """Draw what is done with an interview; what goes out unseen is not previewed first."""
    verbs = ("confirm", "send", "cancel", "retry", *(("preview",) if product.manifest.sending.review_first else ()))
    one = st.sampled_from(scheduled)
    done = st.builds(lambda verb, interview: {verb: {"interview": interview}}, st.sampled_from(verbs), one)
    return done | st.builds(lambda interview, start: _moved(interview, start), one, _moments())


def _moved(interview: str, start: str) -> Happening:
    return {"reschedule": {"interview": interview, "start": start}}


def _around(product: Product, people: Sequence[str]) -> st.SearchStrategy[Happening]:
    """Draw what people do to their connections, and what happens at Zoom."""
    levels = st.sampled_from([level.value for level in product.manifest.levels])
    who = st.sampled_from(people)
    return st.one_of(
        st.builds(lambda by, level: {"connect": {"by": by, "level": level}}, who, levels),
        st.builds(lambda by, level: {"disconnect": {"by": by, "level": level}}, who, levels),
        st.builds(lambda by: {"uninstall": {"by": by}}, who),
        st.builds(lambda hours: {"wait": {"hours": hours}}, st.integers(1, 48)),
    )
