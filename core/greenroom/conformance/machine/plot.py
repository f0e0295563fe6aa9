"""What the events of a play amount to so far, whatever came of them: the names that later events can speak of."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.model import Value
from greenroom.whatif.events import Event, OfInterview, Place, Schedule


class Plot(Value):
    """What later events rest on.

    Attributes:
        interviews: all that were scheduled, by the scenario's names; ``proposed``: those whose time is not agreed;
            ``cancelled``: those somebody cancelled.
        typed: links that were typed by hand.
        shared: whether somebody asked for a link to give on.
        faulty: whether Zoom was told to go wrong, and not to work again since.
        last: the event before this moment; ``events``: how many there were.
    """

    interviews: tuple[str, ...] = ()
    proposed: frozenset[str] = frozenset()
    cancelled: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()
    shared: bool = False
    faulty: bool = False
    last: Event | None = None
    events: int = 0

    @property
    def live(self) -> tuple[str, ...]:
        """The interviews that nobody cancelled."""
        return tuple(name for name in self.interviews if name not in self.cancelled)

    def after(self, event: Event) -> Plot:
        """Return the plot once ``event`` has happened."""
        now = self.model_copy(update={"last": event, "events": self.events + 1})
        doing = event.doing
        if isinstance(doing, Schedule):
            return now._scheduled(doing)
        if isinstance(doing, Place) and doing.url:
            return now.model_copy(update={"typed": self.typed | {doing.url}})
        if isinstance(doing, OfInterview) and event.confirm is not None:
            return now.model_copy(update={"proposed": self.proposed - {doing.interview}})
        if isinstance(doing, OfInterview) and event.cancel is not None:
            return now.model_copy(update={"cancelled": self.cancelled | {doing.interview}})
        if event.share is not None:
            return now.model_copy(update={"shared": True})
        if event.zoom_down is not None or event.zoom_up is not None:
            return now.model_copy(update={"faulty": event.zoom_down is not None})
        return now

    def _scheduled(self, doing: Schedule) -> Plot:
        return self.model_copy(
            update={
                "interviews": (*self.interviews, *(one.name for one in doing.interviews)),
                "proposed": self.proposed | {one.name for one in doing.interviews if not one.confirmed},
                "typed": self.typed | {one.url for one in doing.interviews if one.url},
            }
        )


def plot_of(events: Iterable[Event]) -> Plot:
    """Return what ``events`` amount to."""
    plot = Plot()
    for event in events:
        plot = plot.after(event)
    return plot
