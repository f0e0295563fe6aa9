"""What is done next: which deeds there are under a profile, and one of them drawn after another."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from greenroom.conformance.machine.deeds import DEEDS, Deed
from greenroom.conformance.machine.ground import Ground
from greenroom.conformance.machine.plot import Plot
from greenroom.whatif.events import Event

FAMILIES: tuple[tuple[str, ...], ...] = (
    ("schedule", "propose", "schedule", "paste"),
    ("schedule", "propose", "confirm"),
    ("reschedule", "cancel", "place", "confirm"),
    ("reschedule", "place", "retry"),
    ("connect", "connect", "share", "open_link", "disconnect"),
    ("act", "act_elsewhere", "configure"),
    ("preview", "edit", "send"),
    ("approve", "reject", "uninstall", "remove_scope"),
    ("demote", "change_user", "change_account"),
    ("fail", "lose_answer", "lose_answer", "work_again"),
    ("wait", "restart", "work_again"),
    ("again", "open_link"),
)
"""Deeds that are alike: each family comes as often as any other, however many deeds it has.

Interviews come most often, as most can go wrong with them; what ends connections comes seldom, as little can follow.
"""


_SIDES = 2**23
"""Of larger numbers hypothesis prefers small ones, and so the same deeds."""


def next_deeds(ground: Ground, plot: Plot) -> st.SearchStrategy[Deed]:
    """Draw what is done next: a family, and one of its deeds that there are at this moment.

    By dice that hypothesis seeds: left to itself it prefers what comes first, and some deeds would hardly be done.
    """
    there = {one.name: one for one in deeds_for(ground) if one.possible(plot)}
    families = [[there[name] for name in family if name in there] for family in FAMILIES]
    return st.integers(0, _SIDES).map(lambda seed: _thrown([one for one in families if one], seed, plot))


def _thrown(families: list[list[Deed]], seed: int, plot: Plot) -> Deed:
    """Throw the dice: on from another event, the same seed throws otherwise."""
    last = plot.last.model_dump_json(exclude_defaults=True) if plot.last is not None else ""
    dice = random.Random(f"{seed} {plot.events} {last}")  # noqa: S311  # a game
    return dice.choice(dice.choice(families))


def deeds_for(ground: Ground) -> tuple[Deed, ...]:
    """Return the deeds that there are under a profile, in a fixed order."""
    return tuple(deed for deed in DEEDS.values() if deed.applies(ground))


@st.composite
def event_sequences(draw: st.DrawFn, ground: Ground, *, most: int = 6) -> tuple[Event, ...]:
    """Draw what may happen one after another, up to ``most`` events; each speaks only of what is there by then."""
    plot, events = Plot(), []
    for _ in range(draw(st.integers(1, most))):
        deed = draw(next_deeds(ground, plot))
        events.append(draw(deed.draw(ground, plot)))
        plot = plot.after(events[-1])
    return tuple(events)
